package proof

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"

	"upe/flows/js"
	"upe/flows/translate"
)

// Legacy is an Action of the trigger send-phone-message, of either version, or a Hook: what its code does with the event it knew.
func Legacy(source translate.Source) Old {
	return &legacy{source: source, read: sync.OnceValues(func() (translate.Reading, error) {
		return translate.Read(context.Background(), source)
	})}
}

type legacy struct {
	source translate.Source
	read   func() (translate.Reading, error)
}

// Run runs the code in the sandbox, with the event of its trigger.
func (l *legacy) Run(ctx context.Context, c Case) (js.Result, error) {
	run, err := l.action(c)
	if err != nil {
		return js.Result{}, err
	}
	return runAction(ctx, c, run)
}

func (l *legacy) action(c Case) (js.Action, error) {
	run := js.Action{Code: l.source.Code, Handler: js.SendPhoneMessage, API: []js.Feature{js.Cache}}
	shape, err := l.shape()
	if err != nil {
		return run, err
	}
	switch shape {
	case translate.ShapeHook:
		run.Entry = js.Callback
		run.Event, run.Context, err = c.hook()
	case translate.ShapeV1:
		run.Entry = js.Exported
		run.Event, run.Context, err = c.flat()
	case translate.ShapeV2, translate.ShapeNew, translate.ShapeNone:
		run.Event, err = c.legacy()
	}
	return run, err
}

func (l *legacy) shape() (translate.Shape, error) {
	reading, err := l.read()
	if err != nil {
		return "", fmt.Errorf("read the old Action: %w", err)
	}
	return reading.Shape, nil
}

// nested reports whether the event has the fields of the new one beside the message. The flat one had some of them always.
func (l *legacy) nested() bool {
	shape, err := l.shape()
	return err == nil && shape == translate.ShapeV2
}

// secrets are the names that the old code reads. Code that cannot be read says so when it is run.
func (l *legacy) secrets() []string {
	names := slices.Concat(l.source.Secrets, secretNames(l.source.Code))
	if reading, err := l.read(); err == nil {
		names = append(names, reading.Secrets...)
	}
	return names
}

// numbers are the beginnings of numbers that the code names, as "+49": it may do something else for them.
func (l *legacy) numbers() []string { return prefixes(l.source.Code) }

// unknown are what the old code reads, and of which nobody has said whether the new event has it.
func (l *legacy) unknown() []string {
	var all []string
	if strings.Contains(l.source.Code, "multifactor") {
		all = append(all, "user.multifactor: no documentation of the new event names it; both sides were given it")
	}
	if shape, err := l.shape(); err == nil && shape == translate.ShapeHook {
		all = append(all, "the Hook's own surroundings: whether work after the callback was finished there is not known, and modules of older versions of Node are not here")
	}
	return all
}

// methods are those of the message types that MFA may send, where that is known.
func (l *legacy) methods() []string {
	known := slices.DeleteFunc(slices.Clone(codeMethods), func(method string) bool {
		return !slices.Contains(l.source.MessageTypes, legacyMethod[method])
	})
	if len(known) == 0 {
		return codeMethods
	}
	return known
}

func (l *legacy) types() []string { return codeTypes }

// runAction runs either side under the same conditions.
func runAction(ctx context.Context, c Case, a js.Action) (js.Result, error) {
	a.Answer, a.Now, a.Limits = c.answer(), now, c.settled.limits
	result, err := js.Run(ctx, a)
	if err != nil {
		return js.Result{}, fmt.Errorf("run %s: %w", c, err)
	}
	return result, nil
}

// newSide runs the new code with the event of custom-phone-provider.
func newSide(ctx context.Context, c Case, code string) (js.Result, error) {
	event, err := c.Event()
	if err != nil {
		return js.Result{}, err
	}
	return runAction(ctx, c, js.Action{
		Code: code, Handler: js.CustomPhoneProvider, Event: event, API: []js.Feature{js.Cache, js.Notification},
	})
}
