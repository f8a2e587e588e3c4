package js

import (
	"embed"
	"fmt"
	"strings"
	"sync"

	"modernc.org/quickjs"
)

//go:embed runtime/*.js
var runtimeFiles embed.FS

// program is bytecode, made when first asked for: reading the source costs 4 ms,
// loading its bytecode half a millisecond.
type program func() ([]byte, error)

// What every VM starts with. Running one answers the function that Go drives the
// VM with.
var (
	actionPrelude  = prelude("builtins", "bytes", "url", "clock", "console", "fetch", "axios", "require", "action")
	libraryPrelude = prelude("builtins", "bytes", "url", "console", "library")
)

// prelude is a program of runtime files, in one function whose names scripts
// cannot see.
func prelude(names ...string) program {
	return sync.OnceValues(func() ([]byte, error) {
		var source strings.Builder
		source.WriteString("(function () { 'use strict';\n")
		for _, name := range names {
			text, err := runtimeFiles.ReadFile("runtime/" + name + ".js")
			if err != nil {
				return nil, fmt.Errorf("read embedded JavaScript: %w", err)
			}
			source.Write(text)
		}
		source.WriteString("\n})()")
		vm, err := quickjs.NewVM()
		if err != nil {
			return nil, fmt.Errorf("start JavaScript VM: %w", err)
		}
		defer func() { _ = vm.Close() }()
		return vm.Compile(source.String(), quickjs.EvalGlobal)
	})
}
