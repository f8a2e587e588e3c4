package js

import (
	"errors"
	"fmt"
	"time"
)

// Limits bound what a script may use. A zero field means its default.
type Limits struct {
	Time   time.Duration // wall clock of the whole run, default 5 s
	Memory uintptr       // bytes of the VM's heap, default 64 MiB
	Output int           // bytes of calls, logs or result handed to Go, default 1 MiB
}

func (l Limits) withDefaults() Limits {
	if l.Time <= 0 {
		l.Time = 5 * time.Second
	}
	if l.Memory == 0 {
		l.Memory = 64 << 20
	}
	if l.Output <= 0 {
		l.Output = 1 << 20
	}
	return l
}

// What an [Error] is, for errors.Is.
var (
	ErrTimeout   = errors.New("script took too long")           // a limit on time, real or virtual
	ErrMemory    = errors.New("script used too much memory")    // Limits.Memory
	ErrOutput    = errors.New("script recorded too much")       // Limits.Output
	ErrSyntax    = errors.New("script is not JavaScript")       // does not parse
	ErrThrown    = errors.New("script threw an error")          // an exception nobody caught
	ErrNoHandler = errors.New("script exports no such handler") // the name is not a function of module.exports
)

// Error is a script's failure. Kind is one of the Err values above.
type Error struct {
	Kind    error
	Class   string // of what was thrown: "TypeError", "AxiosError"; "string" for throw "text"
	Message string // the script's own words; may hold secrets and control characters
	Line    int    // in the script, from 1; 0 when not known
}

// Error puts the line first, as compilers do.
func (e *Error) Error() string {
	text := e.Kind.Error()
	switch {
	case e.Class != "" && e.Message != "":
		text = e.Class + ": " + e.Message
	case e.Message != "":
		text += ": " + e.Message
	}
	if e.Line > 0 {
		return fmt.Sprintf("line %d: %s", e.Line, text)
	}
	return text
}

// Unwrap answers Kind.
func (e *Error) Unwrap() error { return e.Kind }
