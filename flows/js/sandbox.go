package js

import (
	"context"
	"errors"
	"fmt"
	"time"

	"modernc.org/quickjs"
)

// sandbox is a VM with limits. It belongs to one goroutine at a time.
type sandbox struct {
	vm      *quickjs.VM
	limits  Limits
	control quickjs.Value // what the prelude answered
	loaded  bool
	stopped error // the limit that Go found exceeded: ErrOutput, ErrMemory

	interrupted bool // the real clock ended a run
}

func newSandbox(limits Limits) (*sandbox, error) {
	vm, err := quickjs.NewVM()
	if err != nil {
		return nil, fmt.Errorf("start JavaScript VM: %w", err)
	}
	s := &sandbox{vm: vm, limits: limits.withDefaults()}
	vm.SetMemoryLimit(s.limits.Memory)
	// Most runs are over before there is anything to collect; by default the prelude alone sets off a collection.
	vm.SetGCThreshold(min(1<<20, s.limits.Memory/8))
	// The watch below stops scripts; this one is there should it ever be starved.
	// SetMaxStackSize stays untouched: the default is safe, larger values are not.
	return s, vm.SetEvalTimeout(2 * s.limits.Time)
}

func (s *sandbox) close() {
	if s.loaded {
		s.control.Free()
	}
	_ = s.vm.Close()
}

// load evaluates the prelude and keeps what it answers.
func (s *sandbox) load(prelude program) error {
	bytecode, err := prelude()
	if err != nil {
		return err
	}
	control, err := s.vm.EvalBytecodeValue(bytecode)
	if err != nil {
		return err
	}
	s.control, s.loaded = control, true
	return nil
}

func (s *sandbox) call(args ...any) (any, error) {
	return s.control.Call(quickjs.UndefinedValue, args...)
}

// guard runs work, which calls into the VM, within the limits. Its error is an
// *Error, or the reason why ctx ended.
func (s *sandbox) guard(ctx context.Context, work func(context.Context) error) error {
	ctx, cancel := context.WithTimeoutCause(ctx, s.limits.Time, ErrTimeout)
	defer cancel()
	done := make(chan struct{})
	idle := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { defer close(idle); s.interrupt(done) })
	defer func() { // also when a host function panics
		close(done)
		if !stop() {
			<-idle
		}
	}()
	err := work(ctx)
	// A promise can swallow the exception that an interrupt throws, so the
	// context is asked, not only the error.
	return s.fault(context.Cause(ctx), err)
}

// patience is how often a script is asked to stop before it is shaken.
const patience = 20

// interrupt asks until done: a request made between two calls into the VM is forgotten.
//
// The engine looks for requests every 10,000 steps, and an async function makes a
// rejected promise of one, so a loop around such a function may never hear of any. From
// then on memory is taken away and given back: without it no such function can be called,
// so that the loop is alone with the steps, and is met by chance. The limit is one word,
// which the engine reads when it allocates, and the VM lives until this has ended.
func (s *sandbox) interrupt(done <-chan struct{}) {
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for asked := 0; ; asked++ {
		s.vm.Interrupt()
		if asked == patience {
			tick.Reset(100 * time.Microsecond)
		}
		if asked >= patience {
			s.vm.SetMemoryLimit(s.limits.Memory * uintptr(asked%2))
		}
		select {
		case <-done:
			return
		case <-tick.C:
		}
	}
}

// fault decides what a run's end means.
func (s *sandbox) fault(cause, err error) error {
	switch {
	case s.stopped != nil:
		return &Error{Kind: s.stopped}
	case errors.Is(cause, ErrTimeout):
		s.interrupted = true
		return &Error{Kind: ErrTimeout, Message: "stopped after " + s.limits.Time.String()}
	case cause != nil:
		return cause
	case err == nil:
		return nil
	}
	var thrown *quickjs.Error
	if !errors.As(err, &thrown) {
		return err
	}
	return fromEngine(thrown)
}

// fromEngine names the limits that the engine reports as exceptions.
func fromEngine(e *quickjs.Error) *Error {
	out := &Error{Kind: ErrThrown, Class: e.Name, Message: e.Message, Line: lineOf(e.Stack)}
	limit := engineLimit(e.Name, e.Message)
	switch {
	case limit != nil:
		return limit
	case e.Error() == "null": // not even an Error fits in memory
		return &Error{Kind: ErrMemory}
	case e.Name == "SyntaxError" && e.FileName == "<eval>":
		out.Kind, out.Line = ErrSyntax, e.LineNumber
	case e.Name == "" && e.Message == "":
		out.Message = e.Error()
	}
	return out
}

// engineLimit answers the limit that an exception of the engine stands for, or nil.
func engineLimit(class, message string) *Error {
	switch class + ": " + message {
	case "InternalError: interrupted":
		return &Error{Kind: ErrTimeout}
	case "InternalError: out of memory":
		return &Error{Kind: ErrMemory}
	}
	return nil
}
