package translate_test

import (
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/diff"
	"upe/flows/js"
	"upe/flows/syntax"
	"upe/flows/translate"
	"upe/flows/translate/fixtures"
)

var update = flag.Bool("update", false, "write the diffs under testdata anew; then read them line by line")

// all reads every fixture; a short run, which the race detector slows down, gets one for each thing that they show.
func all(t *testing.T) []fixtures.Fixture {
	t.Helper()
	found, err := fixtures.Load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		return fixtures.Sample(found)
	}
	return found
}

// some are fixtures for checks that do not depend on what a fixture shows: a short run gets every tenth of them.
func some(t *testing.T) []fixtures.Fixture {
	t.Helper()
	found := fixtures.Sample(all(t))
	if !testing.Short() {
		return found
	}
	var few []fixtures.Fixture
	for chunk := range slices.Chunk(found, 10) {
		few = append(few, chunk[0])
	}
	return few
}

func translated(t *testing.T, source translate.Source, options translate.Options) translate.Translation {
	t.Helper()
	result, err := translate.Translate(t.Context(), source, options)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

func TestFixtures(t *testing.T) {
	t.Parallel()
	for _, f := range all(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			result := translated(t, f.Source(), f.Options())
			compare(t, f, result)
			named(t, f, result)
			sound(t, f.Source(), result)
			golden(t, f, result)
		})
	}
}

// compare holds a translation against its want.yaml.
func compare(t *testing.T, f fixtures.Fixture, result translate.Translation) {
	t.Helper()
	if result.Reading.Class != f.Want.Class || result.Reading.Shape != f.Want.Shape {
		t.Errorf("reads as %q of shape %q, want %q of %q: %v", result.Reading.Class, result.Reading.Shape, f.Want.Class, f.Want.Shape, result.Reading.Why)
	}
	if !f.Want.Style.Allows(string(result.Style)) {
		t.Errorf("style %q, want %q: %v", result.Style, f.Want.Style, result.Remarks)
	}
	sorted(t, "handlers of other triggers", f.Want.Others, result.Reading.Others)
	if result.Style == translate.Refused {
		return
	}
	sorted(t, "secrets", f.Want.Secrets, result.Secrets)
	sorted(t, "decisions", f.Want.Decisions, ids(result.Decisions))
	for _, d := range result.Decisions {
		if d.Answer != f.Want.Decided[d.ID] {
			t.Errorf("%s is answered by %q, want %q", d.ID, d.Answer, f.Want.Decided[d.ID])
		}
	}
	if style := result.Style; style == translate.Rewrite || style == translate.Adapter {
		modules(t, f, result)
	}
}

// modules checks that every module of the old Action is carried over in its version, and that it runs on a runtime of today.
func modules(t *testing.T, f fixtures.Fixture, result translate.Translation) {
	t.Helper()
	for _, m := range f.Source().Modules {
		if !slices.Contains(result.Modules, m) {
			t.Errorf("module %v is lost: %v", m, result.Modules)
		}
	}
	if result.Runtime != "node22" {
		t.Errorf("runtime %q", result.Runtime)
	}
}

func sorted(t *testing.T, what string, want, got []string) {
	t.Helper()
	if diff := cmp.Diff(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(got))); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func ids(decisions []translate.Decision) []string {
	var all []string
	for _, d := range decisions {
		all = append(all, d.ID)
	}
	return all
}

// named checks that each case a fixture shows is named to the reader, and that none is named in alarm which it does not show.
func named(t *testing.T, f fixtures.Fixture, result translate.Translation) {
	t.Helper()
	said, wanted := map[int]bool{}, map[int]bool{f.Want.Case: true}
	for _, d := range result.Decisions {
		said[asked[d.ID]], wanted[asked[d.ID]] = true, true
	}
	for _, number := range f.Want.Remarks {
		wanted[number] = true
	}
	for _, r := range slices.Concat(result.Reading.Why, result.Remarks) {
		said[r.Case] = true
		if r.Severity != translate.Note && r.Case != 0 && !wanted[r.Case] {
			t.Errorf("a false alarm: %+v", r)
		}
	}
	for _, number := range f.Want.Remarks {
		if !said[number] {
			t.Errorf("case %d is not named in %+v", number, result.Remarks)
		}
	}
}

// asked are the cases that a decision is about: where it is asked, the case is named.
var asked = map[string]int{
	translate.OnError: 3, translate.Voice: 6, translate.NonCode: 9, translate.SecurityContext: 11, translate.Language: 14,
}

// sound checks what holds for every translation, whatever is wanted of it.
func sound(t *testing.T, source translate.Source, result translate.Translation) {
	t.Helper()
	lines := strings.Count(source.Code, "\n") + 1
	for _, r := range slices.Concat(result.Remarks, result.Reading.Why) {
		if r.Text == "" || r.Line < 0 || r.Line > lines || r.Case < 0 || r.Case > cases {
			t.Errorf("remark %+v of code of %d lines", r, lines)
		}
	}
	for _, d := range result.Decisions {
		if d.Title == "" || d.Why == "" || d.Line < 0 || d.Line > lines || len(d.Choices) < 2 {
			t.Errorf("decision %+v of code of %d lines", d, lines)
		}
		for _, c := range d.Choices {
			if c.Value == "" || c.Label == "" || c.Consequence == "" {
				t.Errorf("%s offers %+v", d.ID, c)
			}
		}
	}
	if result.Style == translate.Refused {
		if result.Code != "" || len(result.Edits) != 0 || len(result.Remarks) == 0 {
			t.Errorf("refused, but with %d edits, code %q and the reasons %v", len(result.Edits), result.Code, result.Remarks)
		}
		return
	}
	code, err := syntax.Apply(source.Code, result.Edits)
	if err != nil || code != result.Code {
		t.Errorf("the edits make (%v):\n%s\nthe translation is:\n%s", err, code, result.Code)
	}
	if err := js.Check(result.Code); err != nil {
		t.Errorf("the translation does not parse: %v\n%s", err, result.Code)
	}
}

// TestReadingIsThatOfTheTranslation checks that the two entrances agree.
func TestReadingIsThatOfTheTranslation(t *testing.T) {
	t.Parallel()
	for _, f := range some(t) {
		reading, err := translate.Read(t.Context(), f.Source())
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(reading, translated(t, f.Source(), f.Options()).Reading); diff != "" {
			t.Errorf("%s: the translator reads otherwise than the reader (-reader +translator):\n%s", f.Name, diff)
		}
	}
}

// TestEveryAnswerGivesCodeThatParses takes each answer to each question, in both styles. Names of the code and names that the
// translator adds meet here.
func TestEveryAnswerGivesCodeThatParses(t *testing.T) {
	t.Parallel()
	for _, f := range some(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			questions := translated(t, f.Source(), f.Options()).Decisions
			for nth := range 3 {
				options := translate.Options{Style: []translate.Style{translate.Rewrite, translate.Adapter}[nth%2], Decided: map[string]string{}}
				for _, d := range questions {
					options.Decided[d.ID] = d.Choices[nth%len(d.Choices)].Value
				}
				result := translated(t, f.Source(), options)
				sound(t, f.Source(), result)
				if open := result.Open(); len(open) > 0 {
					t.Errorf("still open: %v", ids(open))
				}
			}
		})
	}
}

// golden compares the change with diff.golden, or writes it with -update. A line end of Windows is none of its lines' business.
func golden(t *testing.T, f fixtures.Fixture, result translate.Translation) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(f.Name), "diff.golden")
	after := result.Code
	if result.Style == translate.Refused {
		after = f.Code
	}
	got := diff.Unified(unix(f.Code), unix(after), "legacy.js", "action.js")
	if *update {
		write(t, path, got)
		return
	}
	want, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; -update accepts):\n%s", path, diff)
	}
}

// write writes a golden, or removes it where there is no change.
func write(t *testing.T, path, text string) {
	t.Helper()
	err := os.WriteFile(path, []byte(text), 0o644)
	if text == "" {
		err = os.Remove(path)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
}

func unix(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// TestLineEndsAndMarksChangeNothing translates fixtures with both kinds of line ends, with and without a byte order mark. What
// is edited, and into what, is the same.
func TestLineEndsAndMarksChangeNothing(t *testing.T) {
	t.Parallel()
	for _, f := range some(t) {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			plain := strings.TrimPrefix(unix(f.Code), mark)
			dos := strings.ReplaceAll(plain, "\n", "\r\n")
			want := normal(translated(t, with(f, plain), f.Options()), plain)
			for name, code := range map[string]string{"CRLF": dos, "a mark and CRLF": mark + dos} {
				got := normal(translated(t, with(f, code), f.Options()), code)
				if diff := cmp.Diff(want, got); diff != "" {
					t.Errorf("with %s (-plain +%s):\n%s", name, name, diff)
				}
			}
		})
	}
}

const mark = "\ufeff"

func with(f fixtures.Fixture, code string) translate.Source {
	source := f.Source()
	source.Code = code
	return source
}

// normal puts the edits of a translation where they are in code without a mark and with line ends of one byte.
func normal(result translate.Translation, code string) translate.Translation {
	place := func(at int) int { return len(strings.TrimPrefix(unix(code[:at]), mark)) }
	for i, e := range result.Edits {
		result.Edits[i] = syntax.Edit{Start: place(e.Start), End: place(e.End), New: unix(e.New)}
	}
	result.Code = strings.TrimPrefix(unix(result.Code), mark)
	return result
}

// cases is how many cases there are in which no translation is exact.
const cases = 29

func TestThereIsAFixtureForEachCase(t *testing.T) {
	t.Parallel()
	shown := shows(t)
	for number := 1; number <= cases; number++ {
		if !slices.ContainsFunc(slices.Collect(maps.Values(shown)), func(w fixtures.Want) bool { return w.Case == number }) {
			t.Errorf("case %d has no fixture", number)
		}
	}
	for name, want := range shown {
		if numbered, ok := strings.CutPrefix(filepath.Base(name), "case-"); ok && !strings.HasPrefix(numbered, twoDigits(want.Case)+"-") {
			t.Errorf("%s shows case %d", name, want.Case)
		}
	}
}

func twoDigits(n int) string { return string([]byte{byte('0' + n/10), byte('0' + n%10)}) }

// patterns are the ways of writing such an Action that the study of public code counted, and some that it did not meet but that are
// no less legal; each in the word by which fixtures name it.
var patterns = []string{
	// How the handler is exported, and how its parameters look.
	"arrow-event-api", "arrow-event", "function-expression", "function-export", "module-exports-object", "exported-const",
	"destructured-parameter", "renamed-parameter", "typescript", "other-triggers", "hook", "v1", "exports-alias", "chained-exports",
	"frozen-exports", "bundle", "arrow-expression", "handler-called",
	// How the message is read.
	"direct-read", "destructured-options", "alias-or-empty", "alias-const", "single-alias", "default-values", "optional-chaining",
	"destructured-event", "whole-object-forwarded", "spread", "rest", "computed-access", "in-operator", "write-to-event",
	"reassigned-alias", "event-to-helper", "stringify-event", "shadowed-name", "nested-helper", "parameter-default",
	// What of it is read, and what is done with it.
	"recipient", "text", "code", "action", "message_type", "unknown-field", "compare-message-type", "ignores-message-type",
	"switch-action", "compare-action", "action-forwarded", "number-cleanup", "recipient-surgery", "security-context",
	// What else of the event.
	"user", "user-agent", "ip", "language", "tenant-id", "client", "configuration", "secrets-to-helpers",
	// Failures, results, and the api.
	"throw", "try", "fetch-unchecked", "return-value", "return-promise", "fire-and-forget", "api-cache", "api-invented", "api-to-helper",
	// Modules, constants, and the process.
	"top-level-require", "require-in-handler", "top-level-constants", "process-env", "core-crypto", "core-https",
	"twilio", "axios", "aws-sdk", "direct7", "prelude", "ua-parser-js", "awesome-phonenumber", "auth0", "notification-helper", "uuid",
	"xmldom", "xpath", "fetch", "request", "nexmo",
	// The new trigger.
	"new-notification", "new-stringify-event", "new-whole-notification", "new-destructured-notification",
	// Bytes and syntax.
	"crlf", "bom", "astral", "modern-syntax", "no-semicolons", "four-blanks",
}

func TestThereIsAFixtureForEachPattern(t *testing.T) {
	t.Parallel()
	shown := map[string]bool{}
	for name, want := range shows(t) {
		for _, pattern := range want.Patterns {
			shown[pattern] = true
			if !slices.Contains(patterns, pattern) {
				t.Errorf("%s shows %q, which nobody has heard of", name, pattern)
			}
		}
	}
	for _, pattern := range patterns {
		if !shown[pattern] {
			t.Errorf("no fixture shows %q", pattern)
		}
	}
}

// shows reads what is wanted of each fixture, in short runs too.
func shows(t *testing.T) map[string]fixtures.Want {
	t.Helper()
	found, err := fixtures.Load(os.DirFS("testdata"))
	if err != nil {
		t.Fatal(err)
	}
	wants := map[string]fixtures.Want{}
	for _, f := range found {
		wants[f.Name] = f.Want
	}
	return wants
}
