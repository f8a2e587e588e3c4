// Package liquid renders and inspects Auth0's message templates with LiquidJS
// itself, the engine they are written for, run inside [js.Library]. What Auth0
// adds, its version and its list of allowed tags and filters, is not known here.
//
// A template is text from a tenant and may be hostile: time, memory and the size
// of the result are limited as [js.Limits] says, and a template reaches neither
// files nor network. The only way out of determinism is the word now given to
// the date filter.
package liquid

import (
	"context"
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"upe/flows/js"
)

// Version is the version of the embedded LiquidJS.
const Version = "10.30.1"

//go:embed liquidjs/liquid.browser.min.js.gz
var packed []byte

//go:embed bridge.js
var bridge string

// library holds the engine once it is loaded (18 ms, on first use). It is a
// cache: no result depends on the calls before it.
var library = sync.OnceValues(func() (*js.Library, error) {
	engine, err := js.Unpack(packed)
	if err != nil {
		return nil, err
	}
	return js.NewLibrary(js.Limits{}, engine, bridge), nil
})

// Error is a fault in a template, found on parsing or rendering.
type Error struct {
	Line, Column int    // from 1; 0 when LiquidJS does not say
	Message      string // LiquidJS's words, which quote the template
}

// Error names the place first.
func (e *Error) Error() string {
	if e.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Message)
}

// Render fills a template in. As LiquidJS does by default, a variable that is not
// in vars renders as nothing, and an unknown filter changes nothing. Errors are
// *Error, a limit of package js, or the end of ctx.
func Render(ctx context.Context, template string, vars map[string]any) (string, error) {
	if vars == nil {
		vars = map[string]any{}
	}
	text, err := call[string](ctx, "render", template, vars)
	if err != nil {
		return "", fmt.Errorf("render template: %w", err)
	}
	return text, nil
}

// Check parses a template and nothing more. The error is an *Error that names
// the line, or a limit of package js.
func Check(template string) error {
	if _, err := call[any](context.Background(), "check", template); err != nil {
		return fmt.Errorf("parse template: %w", err)
	}
	return nil
}

// Variables lists the variables that a template expects to be given, with their
// full paths ("code", "user.user_metadata.lang", "items[0].name"), sorted, each
// once. Names that the template assigns itself are not among them.
func Variables(template string) ([]string, error) {
	names, err := call[[]string](context.Background(), "variables", template)
	if err != nil {
		return nil, fmt.Errorf("parse template: %w", err)
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}

// call asks a function of bridge.js.
func call[T any](ctx context.Context, function string, args ...any) (T, error) {
	var answer struct {
		Value T
		Fault *Error
	}
	engine, err := library()
	if err != nil {
		return answer.Value, err
	}
	err = engine.Call(ctx, function, &answer, args...)
	if err == nil && answer.Fault != nil {
		err = answer.Fault
	}
	return answer.Value, err
}
