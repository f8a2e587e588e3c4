package syntax

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"sync"
	"time"

	"upe/flows/js"
)

// Version is the version of the embedded acorn.
const Version = "8.19.0"

//go:embed acorn/acorn.min.js.gz
var compressed []byte

//go:embed bridge.js
var bridge string

// limits leave room for code of a megabyte, ten times what an Action may be, on a machine that is busy.
var limits = js.Limits{Time: time.Minute, Memory: 256 << 20, Output: 64 << 20}

// library holds the parser once it is loaded (20 ms, on first use). It is a cache: no tree depends on those before it.
var library = sync.OnceValues(func() (*js.Library, error) {
	source, err := js.Unpack(compressed)
	if err != nil {
		return nil, err
	}
	return js.NewLibrary(limits, source, bridge), nil
})

// Error is a fault in code, found on parsing.
type Error struct {
	Line    int    // from 1
	Offset  int    // in bytes
	Message string // acorn's words, which may quote the code
}

// Error puts the line first, as compilers do.
func (e *Error) Error() string { return fmt.Sprintf("line %d: %s", e.Line, e.Message) }

// answer is what bridge.js returns.
type answer struct {
	Module   bool
	Comments []int
	Strings  []string
	Nodes    []int
	Fault    *struct {
		Pos     int
		Message string
	}
}

// Parse reads code. The error is an *Error that names the line, a limit of package js, or the end of ctx.
func Parse(ctx context.Context, code string) (*Tree, error) {
	parser, err := library()
	if err != nil {
		return nil, err
	}
	var a answer
	if err := parser.Call(ctx, "parse", &a, code); err != nil {
		if errors.Is(err, js.ErrThrown) {
			return nil, &Error{Line: 1, Message: "the code is nested too deeply to be read"}
		}
		return nil, fmt.Errorf("parse JavaScript: %w", err)
	}
	at := offsets(code)
	if a.Fault != nil {
		pos := at(a.Fault.Pos)
		return nil, &Error{Line: 1 + strings.Count(code[:pos], "\n"), Offset: pos, Message: a.Fault.Message}
	}
	t := &Tree{Code: code, Module: a.Module}
	for i := 0; i+1 < len(a.Comments); i += 2 {
		t.Comments = append(t.Comments, Span{at(a.Comments[i]), at(a.Comments[i+1])})
	}
	t.Root = build(a, at)
	resolve(t)
	return t, nil
}

// offsets turns offsets in UTF-16 units, as JavaScript counts, into offsets in the bytes of code. Bytes that are no UTF-8 reach
// JavaScript as one U+FFFD each.
func offsets(code string) func(int) int {
	clamp := func(i int) int { return max(0, min(i, len(code))) }
	first := strings.IndexFunc(code, func(r rune) bool { return r >= 0x80 })
	if first < 0 {
		return clamp
	}
	table := make([]int, 0, len(code)-first+1)
	for i, r := range code[first:] {
		table = append(table, first+i)
		if r > 0xffff {
			table = append(table, first+i)
		}
	}
	table = append(table, len(code))
	return func(i int) int {
		if i < first {
			return clamp(i)
		}
		return table[min(i-first, len(table)-1)]
	}
}
