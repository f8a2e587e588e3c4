package syntax_test

import (
	"errors"
	"strings"
	"testing"

	"upe/flows/syntax"
)

func parse(tb testing.TB, code string) *syntax.Tree {
	tb.Helper()
	tree, err := syntax.Parse(tb.Context(), code)
	if err != nil {
		tb.Fatalf("%v\n%s", err, code)
	}
	return tree
}

// What an Action on node22 may say.
func TestParseReadsModernCode(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"for await (const x of y()) ;", "const m = await import('twilio')", "a ??= b?.[c]?.(d)", "x = { async *f() { yield* g() } }",
		"class A { #p = 1; static { this.#q() } static #q() {} get p() { return #p in this } }", "1_000n ** 2n", "/(?<y>\\d{4})/dv",
		"label: for (;;) { break label }", "try { f() } catch { g() }", "x = `a${`b${c}`}`", "new.target", "async ({ a: { b = 1 }, ...c }, [d, , e]) => d",
		"if (a) function f() {}", "return 1", "var \\u0061b = 'a\u2028b'", "export_ = import_",
	} {
		tree, err := syntax.Parse(t.Context(), "async function f() {\n"+code+"\n}")
		if err != nil || tree.Module {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestParseReadsCommonJS(t *testing.T) {
	t.Parallel()
	if tree := parse(t, "return;"); tree.Module {
		t.Error("a return outside a function makes no module")
	}
	for _, code := range []string{"import a from 'b'", "export const a = await b", "export default 1", "export * from 'a'"} {
		if tree := parse(t, code); !tree.Module {
			t.Errorf("%s: not read as a module", code)
		}
	}
}

func TestParseNamesTheFault(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]string{
		"a\n\nconst x: string = 1": "line 3: Unexpected token",
		"'ü😀'; await f()":          "line 1: ",
		"const a; ":                "line 1: Unexpected token",
		"/(/":                      "line 1: Invalid regular expression: /(/: Unterminated group",
		strings.Repeat("(", 20000): "line 1: Not enough stack space",
	} {
		_, err := syntax.Parse(t.Context(), code)
		var fault *syntax.Error
		if !errors.As(err, &fault) || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%.40s: %v, want %s", code, err, want)
		}
	}
}

// Every node stands for the bytes it was read from, whatever their width.
func TestSpansAreBytes(t *testing.T) {
	t.Parallel()
	const plain = "/* A */ const name = 'x'; // B\nsend(`${name}!`, name);\n"
	for what, code := range map[string]string{
		"plain":     plain,
		"CRLF":      strings.ReplaceAll(plain, "\n", "\r\n"),
		"BOM":       "\ufeff" + plain,
		"wide":      strings.NewReplacer("A", "é€", "'x'", "'日本'", "!", "😀").Replace(plain),
		"astral":    strings.NewReplacer("A", "😀😀", "name", "𝒜b").Replace(plain),
		"broken":    strings.NewReplacer("A", "\xff\xfe", "'x'", "'\xc3'").Replace(plain),
		"separator": strings.ReplaceAll(plain, "A", "\u2028"),
	} {
		tree := parse(t, code)
		name := "name"
		if what == "astral" {
			name = "𝒜b"
		}
		found := 0
		for n := range tree.Root.All() {
			if n.Is("Identifier") && n.Text != "send" {
				found++
				if tree.Source(n) != name {
					t.Errorf("%s: %q stands for %q", what, n.Text, tree.Source(n))
				}
			}
			if n.Is("ExpressionStatement") && !strings.HasPrefix(tree.Source(n), "send(") {
				t.Errorf("%s: statement %q", what, tree.Source(n))
			}
		}
		if found != 3 || len(tree.Comments) != 2 {
			t.Errorf("%s: %d names, %d comments", what, found, len(tree.Comments))
		}
		if last := tree.Comments[1]; code[last.Start:last.End] != "// B" {
			t.Errorf("%s: comment %q", what, code[last.Start:last.End])
		}
	}
}
