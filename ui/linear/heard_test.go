package linear_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/linear"
)

// heard are the lines that were printed behind a text, up to another one.
func (t talk) heard(tb testing.TB, from, to string) string {
	tb.Helper()
	_, rest, ok := strings.Cut(t.said, from)
	between, _, end := strings.Cut(rest, to)
	if !ok || !end {
		tb.Fatalf("nothing was said between %q and %q:\n%s", from, to, t.said)
	}
	return between
}

// TestNoLineOfCodeOrRequestIsLeftOut: code and bodies are full of lines that are alike, and each of them counts.
func TestNoLineOfCodeOrRequestIsLeftOut(t *testing.T) {
	t.Parallel()
	some := rapid.SliceOfN(rapid.SampledFrom([]string{"{", "}", "  {", "  to: 1,", "", "  ", "});", "text", "+ 1", "- 1"}), 1, 12)
	rapid.Check(t, func(r *rapid.T) {
		code, before, after := text(some.Draw(r, "code")), text(some.Draw(r, "before")), text(some.Draw(r, "after"))
		body, err := json.Marshal(map[string]any{"a": map[string]any{"b": code}, "c": map[string]any{"b": before}})
		if err != nil {
			r.Fatal(err)
		}
		p := page("a")
		p.Blocks = []wizard.Block{
			wizard.Code{Title: "Code", Text: code},
			wizard.Diff{Title: "Change", Before: before, After: after, Language: wizard.JavaScript},
			wizard.Steps{Items: []wizard.StepItem{
				{Title: "First", Body: body, Before: body, After: body}, {Title: "Second", Body: body, Before: body, After: body},
			}},
		}
		got := converse(context.Background(), ":details\n\n\n", p)
		_, said, _ := strings.Cut(got.said, "This page with its details:")
		rest := said
		for _, one := range wanted(code, body) {
			_, after, ok := strings.Cut(rest, one+"\n")
			if !ok {
				r.Fatalf("%q is not said, or out of its order:\n%s", one, said)
			}
			rest = after
		}
		_, change, _ := strings.Cut(said, "Change:\n")
		for _, side := range []string{before, after} {
			rest := change
			for _, one := range strings.Split(side, "\n") {
				_, after, ok := strings.Cut(rest, "    "+one+"\n")
				if !ok {
					r.Fatalf("%q of a change is not said, or out of its order:\n%s", one, change)
				}
				rest = after
			}
		}
	})
}

func text(lines []string) string { return strings.Join(append(lines, "end"), "\n") }

// wanted are the lines of a page with code and two steps of one body, as they are said.
func wanted(code string, body json.RawMessage) []string {
	var lines []string
	for _, one := range strings.Split(code, "\n") {
		lines = append(lines, "    "+one)
	}
	var shown strings.Builder
	encoder := json.NewEncoder(&shown)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(body); err != nil {
		panic(err)
	}
	for _, title := range []string{"First", "Second"} {
		lines = append(lines, title)
		for _, label := range []string{"Body sent:", "Before:", "After:"} {
			lines = append(lines, label)
			for _, one := range strings.Split(strings.TrimSpace(shown.String()), "\n") {
				lines = append(lines, "       "+one)
			}
		}
	}
	return lines
}

// TestAChoiceIsHeardBeforeItIsMade: what each option comes to is said with it, what all have in common once, and how the chosen one is
// made behind it.
func TestAChoiceIsHeardBeforeItIsMade(t *testing.T) {
	t.Parallel()
	words := wizard.Question{Key: "words", Kind: wizard.One, Title: "Which words?", Options: options("no"), Default: "twilio"}
	words.Options = append(words.Options, wizard.Option{Value: "own", Label: "Write my own"})
	p := page("words", words)
	p.Live = func(given wizard.Answers) []wizard.Block {
		after := map[wizard.Value]string{"custom": "your code: 1"}[given["words"]]
		if after == "" {
			after = "1 is your code"
		}
		return []wizard.Block{
			wizard.Preview{Rows: []wizard.PreviewRow{{Label: "MFA, SMS", Before: "1 is your code", After: after}}},
			wizard.Diff{Title: "How", Before: "@@code@@", After: fmt.Sprint("{{ code }} by ", given["words"])},
		}
	}
	got := converse(t.Context(), "\n\n", p)
	before := got.heard(t, "Page: Page words", "Type a number")
	want := `
Going on: Nothing is written.

  MFA, SMS, today: 1 is your code

Which words?
  1. Twilio: your account sends
       MFA, SMS, afterwards: the same
  2. Custom
       MFA, SMS, afterwards: your code: 1
  3. Write my own
     The same as with 1.
  Not available: Auth0, because no
`
	if strings.TrimLeft(before, "\n") != strings.TrimLeft(want, "\n") {
		t.Errorf("before the question:\n%s\nwant:\n%s", before, want)
	}
	if behind := got.heard(t, "Chosen: Twilio.", "Page: The end"); !strings.Contains(behind, "Today: @@code@@") || !strings.Contains(behind, "{{ code }} by twilio") {
		t.Errorf("behind it:\n%s", behind)
	}
}

// TestWhatAnAnswerChangesIsHeard, with the title of its block, before the page is left: one may still answer otherwise.
func TestWhatAnAnswerChangesIsHeard(t *testing.T) {
	t.Parallel()
	p := page("from", wizard.Question{Key: "from", Kind: wizard.Line, Title: "From", Default: "+1"},
		wizard.Question{Key: "service", Kind: wizard.Line, Title: "Service", Default: "MG"})
	p.Live = func(given wizard.Answers) []wizard.Block {
		facts := wizard.Facts{Title: "Not as today"}
		for _, key := range []wizard.Key{"from", "service"} {
			if given[key] != map[wizard.Key]string{"from": "+1", "service": "MG"}[key] {
				facts.Rows = append(facts.Rows, wizard.Fact{Label: string(key), Value: fmt.Sprint(given[key])})
			}
		}
		if len(facts.Rows) == 0 {
			return nil
		}
		return []wizard.Block{facts}
	}
	asks := "Press enter to go on with that, or type :back to answer otherwise: "
	for _, c := range []struct{ name, typed, says, not string }{
		{"as it is", "\n\n", "Press enter to close", asks},
		{"the first", "+2\n\n\n", "Not as today:\n  from: +2\n", asks},
		{"the last", "\nMX\n\n", "Not as today:\n  service: MX\n\n" + asks, "\x00"},
		{"both: the title is said with each", "+2\nMX\n\n", "Not as today:\n  service: MX\n\n" + asks, "\x00"},
		{"taken back", "\nMX\n:back\nMG\n\n", "Question 2 of 2: Service\nType it, :empty for none, :reset for MG, or press enter for MX: Taken: MG.", "\x00"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := converse(t.Context(), c.typed+"\n", p)
			got.says(t, c.says)
			if strings.Contains(got.said, c.not) {
				t.Errorf("it says %q:\n%s", c.not, got.said)
			}
		})
	}
}

// TestASecretIsAcknowledged by its length, and told apart from the one that was there; that one can be had back.
func TestASecretIsAcknowledged(t *testing.T) {
	t.Parallel()
	q := wizard.Question{Key: "token", Kind: wizard.Hidden, Title: "AuthToken", Default: wizard.NewSecret("kept-canary")}
	p := page("a", q, wizard.Question{Key: "name", Kind: wizard.Line, Title: "Name"})
	for _, c := range []struct{ name, typed, want, says string }{
		{"kept", "\nx\n", "kept-canary", "Enter keeps the one that is filled in: \nKept."},
		{"typed", "typed-canary\nx\n", "typed-canary", "Taken: 12 characters."},
		{"typed and kept", "typed-canary\n:back\n\nx\n", "typed-canary", "Enter keeps the one you typed, 12 characters; :reset takes the one that was filled in: \nKept."},
		{"had back", "typed-canary\n:back\n:reset\nx\n", "kept-canary", "Taken: the one that was filled in at first."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := converse(t.Context(), c.typed+"\n", p)
			got.says(t, c.says)
			if kept, _ := got.session.Answers()["token"].(wizard.Secret); kept.Reveal() != c.want {
				t.Errorf("answered %q, want %q\n%s", kept.Reveal(), c.want, got.said)
			}
			if strings.Contains(got.said, "canary") {
				t.Errorf("it says a secret:\n%s", got.said)
			}
		})
	}
}

// TestAnOptionalAnswerCanBeEmptied, by a word that the prompt names; blanks alone change nothing.
func TestAnOptionalAnswerCanBeEmptied(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, typed, want, says string }{
		{"enter", "\n", "MG1", "Type it, :empty for none, or press enter for MG1: Kept."},
		{"emptied", ":empty\n", "", "Taken: none."},
		{"blanks", "  \n", "MG1", "Kept."},
		{"another", "MG2\n", "MG2", "Taken: MG2."},
		{"a long one", "MG0123456789abcdef0123456789abcdef\n", "MG0123456789abcdef0123456789abcdef", "Taken: 34 characters, ending in cdef."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := converse(t.Context(), c.typed+"\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.Line, Title: "Service", Default: "MG1"}))
			got.says(t, c.says)
			if got.session.Answers()["k"] != c.want {
				t.Errorf("answered %q, want %q\n%s", got.session.Answers()["k"], c.want, got.said)
			}
		})
	}
	needed := converse(t.Context(), ":empty\n\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.Line, Title: "SID", Default: "AC", Check: wants("AC")}))
	needed.says(t, "There is no :empty here.", "Type it, or press enter for AC: ")
}

// TestAnOptionIsTakenByItsName, or by a beginning that no other has.
func TestAnOptionIsTakenByItsName(t *testing.T) {
	t.Parallel()
	all := []wizard.Option{{Value: "p", Label: "Production"}, {Value: "s", Label: "Staging"}, {Value: "a", Label: "Add Voice: SMS + Voice."}, {Value: "b", Label: "Add SMS"}}
	for typed, want := range map[string]string{
		"Production": "p", "prod": "p", "STAGING": "s", " add voice ": "a", "add s": "b", "2": "s",
		"pr": "", "add": "", "x": "", "0": "", "5": "", "1,2": "",
	} {
		got := converse(t.Context(), typed+"\n2\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.One, Title: "Q", Options: all}))
		if want == "" {
			got.says(t, "It takes a number from 1 to 4, or the name of a choice.")
		} else if got.session.Answers()["k"] != want {
			t.Errorf("%q answers %v, want %q", typed, got.session.Answers()["k"], want)
		}
	}
	got := converse(t.Context(), "I know\n1\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.Many, Title: "Q", Options: all[:1]}))
	got.says(t, `Type 1 to choose it, or press enter for none: "I know" is not it: it takes 1, or 0 for none. `, "Chosen: Production.")
	got = converse(t.Context(), "staging, add voice\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.Many, Title: "Q", Options: all}))
	got.says(t, "Chosen: Staging, Add Voice.\n")
}

// TestDetailsAreOfOnePage: the page after it comes without.
func TestDetailsAreOfOnePage(t *testing.T) {
	t.Parallel()
	pages := []wizard.Page{page("a"), page("b")}
	for i := range pages {
		pages[i].Blocks = []wizard.Block{wizard.Steps{Items: []wizard.StepItem{{Title: "Step of " + pages[i].ID, Why: "because of " + pages[i].ID}}}}
	}
	got := converse(t.Context(), ":details\n\n\n\n", pages...)
	got.says(t, "This page with its details:\n\nPage: Page a\n", "Why: because of a", "Step of b")
	if strings.Contains(got.said, "because of b") {
		t.Errorf("the details stay:\n%s", got.said)
	}
}

// TestGoingOnDependsOnTheAnswers: the number is said before a message goes to it, and what writes nothing takes no yes.
func TestGoingOnDependsOnTheAnswers(t *testing.T) {
	t.Parallel()
	sent := wizard.Value(nil)
	p := page("send", wizard.Question{Key: "to", Kind: wizard.Line, Title: "Number"})
	p.Going = func(given wizard.Answers) wizard.Going {
		if given["to"] == "" {
			return wizard.Going{Continue: "Go on", Safe: "Nothing is sent."}
		}
		return wizard.Going{Continue: fmt.Sprint("Send it to ", given["to"]), Safe: "One message is sent.", Writes: true}
	}
	p.Effect = &wizard.Effect{Title: "Sending", Writes: true, Do: func(_ context.Context, _ wizard.Host, given wizard.Answers, _ func(func(wizard.Known) wizard.Known)) error {
		sent = given["to"]
		return nil
	}}
	got := converse(t.Context(), "+1\n:back\n+2\n\nyes\n\n", p)
	got.says(t, "Type yes for: Send it to +1. ", "Back to question 1 of 1.", "Type yes for: Send it to +2. Nothing was done.")
	if sent != "+2" {
		t.Errorf("sent to %v\n%s", sent, got.said)
	}
	converse(t.Context(), "\n\n\n", p).says(t, "Going on: Nothing is sent.\nPress enter for: Go on. ")
}

// TestBackAfterWritingIsTheQuestionBefore, also where no page before can be gone back to.
func TestBackAfterWritingIsTheQuestionBefore(t *testing.T) {
	t.Parallel()
	arrived := page("arrived", wizard.Question{Key: "arrived", Kind: wizard.One, Title: "Did it arrive?", Options: options("no")},
		wizard.Question{Key: "by", Kind: wizard.Line, Title: "Your name", Check: wants("Robin")})
	known := wizard.Known{Open: opened{}}
	session := wizard.NewSessionWith(script{arrived}.next, known, nil)
	var out strings.Builder
	err := linear.Run(t.Context(), linear.Options{
		Session: session, In: linear.NewLines(strings.NewReader("2\n:back\n:back\n1\nRobin\n\n")), Out: &out, Now: time.Now,
	})
	if err != nil || session.Answers()["arrived"] != "twilio" || session.Answers()["by"] != "Robin" {
		t.Errorf("%v, answers %v\n%s", err, session.Answers(), out.String())
	}
	talk{said: out.String()}.says(t, "Back to question 1 of 2.", "No way back: ")
}

type aRun = wizard.Run

// opened is a run that has begun.
type opened struct{ aRun }

// TestOnlyWhatIsNeededIsHeardMeanwhile: a paragraph that comes and goes while something goes on is not said, unless it stays.
func TestOnlyWhatIsNeededIsHeardMeanwhile(t *testing.T) {
	t.Parallel()
	for _, fails := range []error{nil, errors.New("it is still off")} {
		next := func(k wizard.Known, a wizard.Answers) wizard.Page {
			p := write(new(int), nil)
			p.Blocks = []wizard.Block{wizard.Steps{Items: []wizard.StepItem{{Title: "See that it is on", ByHand: true, Status: run.Status(k.Name)}}}}
			if k.Name == string(run.Waiting) {
				p.Blocks = append(p.Blocks, wizard.Text{Title: "See that it is on", Body: "Turn it on in the Dashboard."})
			}
			p.Effect.Do = func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
				for _, status := range []run.Status{run.Doing, run.Waiting, run.Doing, run.Waiting, run.Done} {
					if fails == nil || status != run.Done {
						update(func(k wizard.Known) wizard.Known { k.Name = string(status); return k })
					}
				}
				return fails
			}
			if a["seen.write"] == true {
				return script{}.next(k, a)
			}
			return p
		}
		var out strings.Builder
		session := wizard.NewSessionWith(next, wizard.Known{Name: string(run.Todo)}, nil)
		_ = linear.Run(t.Context(), linear.Options{Session: session, In: linear.NewLines(strings.NewReader("yes\n\n:quit\n")), Out: &out, Now: time.Now})
		if n := strings.Count(out.String(), "Turn it on"); (n > 0) != (fails != nil) || n > 1 {
			t.Errorf("fails: %v; what to do by hand is said %d times:\n%s", fails, n, out.String())
		}
		if strings.Contains(out.String(), "working") || strings.Contains(out.String(), "left for you") != (fails != nil) {
			t.Errorf("fails: %v\n%s", fails, out.String())
		}
	}
}

// TestASIDIsSpelledOnce on a page, and told by its end from then on, also by prompts; two that end alike are spelled.
func TestASIDIsSpelledOnce(t *testing.T) {
	t.Parallel()
	const account, alike = "AC0123456789abcdef0123456789abcd6952", "ACfedcba9876543210fedcba9876546952"
	sid := account[:2] + account[4:]
	p := page("a", wizard.Question{Key: "sid", Kind: wizard.Line, Title: "Account SID", Default: sid})
	p.Lead = "It goes through " + sid + "."
	p.Blocks = []wizard.Block{wizard.Text{Body: "From " + sid + ", or " + alike + "."}, wizard.Code{Text: "sid = " + sid}}
	got := converse(t.Context(), "\n\n", p)
	got.says(t, "It goes through "+sid+".", "From AC ending in 6952, or "+alike+".", "    sid = "+sid+"\n", "or press enter for the one ending in 6952: ")
}

// TestSpokenPunctuation: no two marks follow each other, and a list stands behind one colon.
func TestSpokenPunctuation(t *testing.T) {
	t.Parallel()
	q := wizard.Question{Key: "k", Kind: wizard.One, Title: "Q", Options: []wizard.Option{
		{Value: "a", Label: "Add Voice, so that MFA can use it.", Consequence: "SMS + Voice"},
		{Value: "b", Label: "Go on to prepare: the next page asks again"},
	}, Default: "b"}
	p := page("a", q)
	p.Blocks = []wizard.Block{
		wizard.Facts{Title: "The Action that sends: Acme", Rows: []wizard.Fact{{Label: "Yours:", Value: "it"}}},
		wizard.Text{Title: "Your code in .", Body: "Nothing found."},
		wizard.Facts{Title: "What it needs.", Rows: []wizard.Fact{{Label: "Runtime", Value: "node22"}}},
	}
	got := converse(t.Context(), "1\n:back\n2\n\n", p, page("b"))
	got.says(t, "  1. Add Voice, so that MFA can use it: SMS + Voice\n", "Chosen: Add Voice, so that MFA can use it.\n", "press enter for 2, Go on to prepare: ",
		"Chosen: Go on to prepare.\n", "The Action that sends: Acme.\n  Yours: it\n", "What it needs:\n  Runtime: node22\n", "Your code in .:\n  Nothing found.\n")
	converse(t.Context(), "\n\n", page("a", wizard.Question{Key: "k", Kind: wizard.PathTo, Title: "Folder", Default: "."})).
		says(t, "press enter for a dot, the folder you are in: ")
}
