package syntax_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/syntax"
)

// Each x is listed by its line: a number for the variable it stands for, in the order in which they appear, "global", or "-" for a name
// that is no variable. A shorthand property is both a name and a variable.
func TestNamesAreResolved(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"(x) => { x; ({ x: x, x }); y.x }; x":                       "1 1 - 1 - 1 - global",
		"(x) => { { let x; x } x; (x) => x; x }":                    "1 2 2 1 3 3 1",
		"function f() { { var x } x } x":                            "1 1 global",
		"f(x); var x":                                               "1 1",
		"{ function x() {} x() } x":                                 "1 1 global",
		"y = function x() { x }; x":                                 "1 1 global",
		"try {} catch (x) { x } x":                                  "1 1 global",
		"for (let x = 0; x;) { x } x":                               "1 1 1 global",
		"switch (x) { case 1: let x; x }":                           "1 1 1",
		"const { x: [x = x, ...y], ...z } = a; ({ x: x } = a)":      "- 1 1 - 1",
		"(x, y = x) => 0":                                           "1 1",
		"class x { x = x; x() { x } [x]() {} static { var x; x } }": "1 - 1 - 1 1 2 2",
		"x: for (;;) { continue x } x":                              "- - global",
		"({ a: { x: x } }) => x":                                    "- 1 1",
		"import { x as x } from 'y'; export { x as x }":             "- 1 1 -",
		"x.x(x?.x, [x].x)[x]":                                       "global - global - global - global",
	} {
		ids := map[*syntax.Binding]int{}
		var got []string
		for n := range parse(t, code).Root.All() {
			switch {
			case !n.Is("Identifier") || n.Text != "x":
			case n.Binding != nil:
				if ids[n.Binding] == 0 {
					ids[n.Binding] = len(ids) + 1
				}
				got = append(got, fmt.Sprint(ids[n.Binding]))
			case n.Parent.Is("MemberExpression") && n.Field == "property" && !n.Parent.Computed(), n.Field == "key", n.Field == "label", n.Field == "imported", n.Field == "exported":
				got = append(got, "-")
			default:
				got = append(got, "global")
			}
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s\n-want +got\n%s", code, diff)
		}
	}
}

func TestGlobals(t *testing.T) {
	t.Parallel()
	tree := parse(t, "fetch(a.fetch, { fetch: b }); (fetch) => fetch; fetch")
	if got := len(tree.Globals["fetch"]); got != 2 {
		t.Errorf("%d uses of fetch, want 2", got)
	}
}

func TestConstantVariables(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{
		"const x = 1; x": true, "let x = 1; x.y = 2": true, "let x = 1; x = 2": false, "let x; x++": false, "let x; [x] = y": false,
		"let x; ({ y: x = 1 } = z)": false, "let x; for (x of y);": false, "let x; for (x.y of z);": true, "var x = 1; var x": false,
		"let x; ({ [x]: y } = z)": true, "let x; delete x.y": true, "let x; (() => { x ||= 1 })": false,
	} {
		for n := range parse(t, code).Root.All() {
			if n.Is("Identifier") && n.Text == "x" && n.Binding != nil {
				if n.Binding.Constant() != want {
					t.Errorf("%s: constant %v", code, !want)
				}
				break
			}
		}
	}
}
