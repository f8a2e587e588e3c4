package js

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"

	"modernc.org/quickjs"
)

// Library is a set of scripts, loaded once, whose global functions Go calls. It
// is safe for concurrent use: one call runs at a time. A call that exceeds the
// limits costs the loaded VM; the next call loads a fresh one.
type Library struct {
	limits  Limits
	scripts []string

	mu  sync.Mutex
	box *sandbox // nil until the first call
}

// NewLibrary makes a library of scripts, evaluated in order on the first call.
// They see the language, URL and TextEncoder, and a silent console.
func NewLibrary(limits Limits, scripts ...string) *Library {
	return &Library{limits: limits.withDefaults(), scripts: scripts}
}

// Call calls a global function with arguments that go through JSON, and decodes
// what it returns into out, unless that is nil. The function is not awaited.
// Errors are *Error, or the reason why ctx ended.
func (l *Library) Call(ctx context.Context, function string, out any, args ...any) error {
	if args == nil {
		args = []any{}
	}
	in, err := json.Marshal(args)
	if err != nil {
		return fmt.Errorf("encode arguments of %s: %w", function, err)
	}
	result, err := l.call(ctx, function, string(in))
	if err != nil || out == nil {
		return err
	}
	if err := json.Unmarshal([]byte(result), out); err != nil {
		return fmt.Errorf("decode result of %s: %w", function, err)
	}
	return nil
}

func (l *Library) call(ctx context.Context, function, args string) (string, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return "", context.Cause(ctx)
	}
	if err := l.open(ctx); err != nil {
		return "", err
	}
	var result string
	err := l.box.guard(ctx, func(context.Context) error {
		out, err := l.box.call(function, args)
		result, _ = out.(string)
		if len(result) > l.limits.Output {
			l.box.stopped = ErrOutput
		}
		return err
	})
	if err != nil && !errors.Is(err, ErrThrown) {
		l.discard()
	}
	return result, err
}

// open loads the scripts if they are not loaded.
func (l *Library) open(ctx context.Context) error {
	if l.box != nil {
		return nil
	}
	box, err := newSandbox(l.limits)
	if err != nil {
		return err
	}
	l.box = box
	err = box.guard(ctx, func(context.Context) error {
		if err := box.load(libraryPrelude); err != nil {
			return err
		}
		for _, script := range l.scripts {
			value, err := box.vm.EvalValue(script, quickjs.EvalGlobal)
			if err != nil {
				return err
			}
			value.Free()
		}
		return nil
	})
	if err != nil {
		l.discard()
		return fmt.Errorf("load library: %w", err)
	}
	return nil
}

func (l *Library) discard() {
	l.box.close()
	l.box = nil
}

// Close frees the VM. The library can be used again afterwards.
func (l *Library) Close() {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.box != nil {
		l.discard()
	}
}
