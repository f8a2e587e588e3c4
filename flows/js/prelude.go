package js

import (
	"fmt"
	"strings"
	"sync"
)

// program is bytecode, made when first asked for: reading the source costs 4 ms,
// loading its bytecode half a millisecond.
type program func() ([]byte, error)

// What every VM starts with. Running one answers the function that Go drives the
// VM with.
var (
	actionPrelude  = prelude("", "builtins", "bytes", "url", "clock", "console", "fetch", "require", "action")
	libraryPrelude = prelude("", "builtins", "bytes", "url", "console", "library")
)

// moduleFiles are the modules that most Actions do without, by the name of their
// file. Running one answers a function of what it needs of the action prelude.
var moduleFiles = map[string]program{
	"axios":   prelude("core", "modules/axios"),
	"buffer":  prelude("core", "modules/buffer"),
	"clients": prelude("core", "modules/clients"),
	"crypto":  prelude("core", "modules/crypto"),
	"forms":   prelude("core", "modules/forms"),
	"http":    prelude("core", "modules/http"),
	"node":    prelude("core", "modules/node"),
}

// prelude is a program of runtime files, in one function whose names scripts
// cannot see. With a parameter it answers that function, else what it returns.
func prelude(parameter string, names ...string) program {
	return sync.OnceValues(func() ([]byte, error) {
		files, err := runtimeFiles()
		if err != nil {
			return nil, err
		}
		var source strings.Builder
		source.WriteString("(function (" + parameter + ") { 'use strict';\n")
		for _, name := range names {
			text, ok := files[name]
			if !ok {
				return nil, fmt.Errorf("there is no embedded script %q", name)
			}
			source.WriteString(text)
		}
		source.WriteString("\n})")
		if parameter == "" {
			source.WriteString("()")
		}
		return bytecode(source.String())
	})
}
