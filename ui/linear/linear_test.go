package linear_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/linear"
)

// script makes the pages of a conversation: the first that was not passed is shown, then one that ends it.
type script []wizard.Page

func (s script) next(_ wizard.Known, answers wizard.Answers) wizard.Page {
	for _, p := range s {
		if answers[wizard.Key("seen."+p.ID)] != true {
			return p
		}
	}
	return wizard.Page{ID: "end", Stage: wizard.StageReport, Group: wizard.SwitchOn, Title: "The end", Final: true}
}

// page is one that asks.
func page(id string, questions ...wizard.Question) wizard.Page {
	return wizard.Page{ID: id, Stage: wizard.StageScope, Group: wizard.Look, Title: "Page " + id, Questions: questions, Safe: "Nothing is written."}
}

// talk holds a conversation of pages with typed lines.
type talk struct {
	session *wizard.Session
	said    string
	err     error
}

func converse(ctx context.Context, typed string, pages ...wizard.Page) talk {
	known := wizard.Known{Mode: wizard.Live, Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}}
	t := talk{session: wizard.NewSessionWith(script(pages).next, known, wizard.Answers{})}
	var out strings.Builder
	t.err = linear.Run(ctx, linear.Options{
		Session: t.session, In: linear.NewLines(strings.NewReader(typed)), Out: &out, Now: time.Now,
	})
	t.said = out.String()
	return t
}

func (t talk) says(tb testing.TB, wanted ...string) {
	tb.Helper()
	for _, text := range wanted {
		if !strings.Contains(t.said, text) {
			tb.Errorf("it does not say %q:\n%s", text, t.said)
		}
	}
}

func options(disabled string) []wizard.Option {
	return []wizard.Option{
		{Value: "twilio", Label: "Twilio", Consequence: "your account sends"},
		{Value: "auth0", Label: "Auth0", Disabled: disabled},
		{Value: "custom", Label: "Custom"},
	}
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	const key = wizard.Key("k")
	for _, c := range []struct {
		name     string
		question wizard.Question
		typed    string
		want     wizard.Value
		says     string
	}{
		{"a number", wizard.Question{Kind: wizard.One, Options: options("it cannot send")}, "2\n", "custom", "Not available: Auth0, because it cannot send"},
		{"the default", wizard.Question{Kind: wizard.One, Options: options("no"), Default: "custom"}, "\n", "custom", "press enter for 2, Custom"},
		{"no default: enter decides nothing", wizard.Question{Kind: wizard.One, Options: options("no")}, "\n1\n", "twilio", "It takes a number from 1 to 2, or the name of a choice."},
		{"no such number", wizard.Question{Kind: wizard.One, Options: options("no")}, "3\nx\n1\n", "twilio", "It takes a number from 1 to 2, or the name of a choice."},
		{"several", wizard.Question{Kind: wizard.Many, Options: options("")}, "1, 3\n", []string{"twilio", "custom"}, "Chosen: Twilio, Custom."},
		{"none of several", wizard.Question{Kind: wizard.Many, Options: options(""), Default: []string{"auth0"}}, "0\n", []string{}, "press enter for Auth0"},
		{"several as they are", wizard.Question{Kind: wizard.Many, Options: options(""), Default: []string{"auth0"}}, "\n", []string{"auth0"}, "press enter for Auth0"},
		{"yes", wizard.Question{Kind: wizard.YesNo}, "yes\n", true, "enter means no"},
		{"y is not yes", wizard.Question{Kind: wizard.YesNo}, "y\nno\n", false, "enter means no"},
		{"enter is no", wizard.Question{Kind: wizard.YesNo}, "\n", false, "enter means no"},
		{"a line", wizard.Question{Kind: wizard.Line, Default: "+1"}, "+15005550006\r\n", "+15005550006", "press enter for +1"},
		{"a line as it is", wizard.Question{Kind: wizard.Line, Default: "+1"}, "\n", "+1", ""},
		{"a line that begins with a colon", wizard.Question{Kind: wizard.Line}, "::x\n", ":x", ""},
		{"a path", wizard.Question{Kind: wizard.PathTo}, "/tmp/a b\n", "/tmp/a b", ""},
		{"several lines", wizard.Question{Kind: wizard.Prose, Default: "old"}, "one\n\ntwo\n.\n", "one\n\ntwo", "old"},
		{"several lines as they are", wizard.Question{Kind: wizard.Prose, Default: "old\n"}, "\n", "old\n", ""},
		{"a secret", wizard.Question{Kind: wizard.Hidden}, "s3cret\n", wizard.NewSecret("s3cret"), ""},
		{"a secret that is kept", wizard.Question{Kind: wizard.Hidden, Default: wizard.NewSecret("old")}, "\n", wizard.NewSecret("old"), "Enter keeps the one that is filled in"},
		{"typed in full", wizard.Question{Kind: wizard.Retype, Want: "acme", Check: wants("acme")}, "acm\nacme\n", "acme", "Type acme in full"},
		{"refused first", wizard.Question{Kind: wizard.Line, Check: wants("b")}, "a\nb\n", "b", "That does not do: it must be b."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			c.question.Key, c.question.Title = key, "The question"
			got := converse(t.Context(), c.typed+"\n", page("one", c.question))
			if got.err != nil {
				t.Fatalf("%v\n%s", got.err, got.said)
			}
			got.says(t, "The question", c.says)
			same := cmp.Comparer(func(a, b wizard.Secret) bool { return a.Reveal() == b.Reveal() })
			if diff := cmp.Diff(c.want, got.session.Answers()[key], same); diff != "" {
				t.Errorf("answer (-want +got):\n%s\n%s", diff, got.said)
			}
		})
	}
}

func wants(text string) func(wizard.Value) error {
	return func(v wizard.Value) error {
		if v != text {
			return fmt.Errorf("it must be %s", text)
		}
		return nil
	}
}

// write is a page whose effect counts how often it ran.
func write(ran *int, err error) wizard.Page {
	p := page("write")
	p.Continue, p.Safe = "Prepare now", "3 writes; users notice nothing."
	p.Effect = &wizard.Effect{Title: "Preparing", Writes: true, Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		*ran++
		return err
	}}
	return p
}

func TestAWriteTakesTheWordYes(t *testing.T) {
	t.Parallel()
	for typed, want := range map[string]int{
		"": 0, "\n": 0, "\n\n\n": 0, "y\n": 0, "Y\n": 0, "ok\n": 0, "1\n": 0, "again\n": 0, "yess\n": 0, ":yes\n": 0,
		"yes\n": 1, "Yes\n": 1, "\nyes\n": 1, "yes": 1,
	} {
		ran := 0
		got := converse(t.Context(), typed, write(&ran, nil))
		if ran != want {
			t.Errorf("typed %q: it ran %d times, want %d\n%s", typed, ran, want, got.said)
		}
		if want == 0 && !errors.Is(got.err, linear.ErrInputEnded) {
			t.Errorf("typed %q: %v, want that the input ended", typed, got.err)
		}
	}
}

// TestTheEndOfInputAnswersNothing: wherever the input ends, what was asked there is not decided.
func TestTheEndOfInputAnswersNothing(t *testing.T) {
	t.Parallel()
	for _, kind := range []wizard.Kind{wizard.One, wizard.Many, wizard.Line, wizard.Hidden, wizard.Prose, wizard.YesNo, wizard.Retype, wizard.PathTo} {
		q := wizard.Question{Key: "k", Kind: kind, Title: "Q", Options: options(""), Default: map[wizard.Kind]wizard.Value{wizard.One: "twilio"}[kind]}
		ran := 0
		got := converse(t.Context(), "", page("one", q), write(&ran, nil))
		if _, answered := got.session.Answers()["k"]; answered || !errors.Is(got.err, linear.ErrInputEnded) || ran > 0 {
			t.Errorf("%s: answered %v, %v", kind, answered, got.err)
		}
		got.says(t, "The input ended here. Nothing was decided by that.")
	}
}

// TestStoppingAnswersNothing: ctrl+c while somebody is asked ends the conversation at once, with its own error.
func TestStoppingAnswersNothing(t *testing.T) {
	t.Parallel()
	silent, _ := io.Pipe()
	ctx, stop := context.WithCancelCause(t.Context())
	reason, ran := errors.New("ctrl+c"), 0
	session := wizard.NewSessionWith(script{write(&ran, nil)}.next, wizard.Known{}, nil)
	ended := make(chan error)
	var out strings.Builder
	go func() {
		ended <- linear.Run(ctx, linear.Options{Session: session, In: linear.NewLines(silent), Out: &out, Now: time.Now})
	}()
	stop(reason)
	if err := <-ended; !errors.Is(err, reason) || ran > 0 {
		t.Errorf("%v, ran %d", err, ran)
	}
	if !strings.Contains(out.String(), "Stopped.") {
		t.Error(out.String())
	}
}

// TestStoppingWaitsForWhatRuns: an effect that was asked to stop is waited for.
func TestStoppingWaitsForWhatRuns(t *testing.T) {
	t.Parallel()
	ctx, stop := context.WithCancel(t.Context())
	finished, p := false, write(new(int), nil)
	p.Effect.Do = func(ctx context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
		stop()
		<-ctx.Done()
		time.Sleep(10 * time.Millisecond) // the request in flight
		update(func(k wizard.Known) wizard.Known { return k })
		finished = true
		return ctx.Err()
	}
	got := converse(ctx, "yes\n", p)
	if !errors.Is(got.err, context.Canceled) || !finished {
		t.Errorf("%v, finished %v", got.err, finished)
	}
	got.says(t, "Stopping at a safe point: the request in flight is waited for.")
}

func TestAFailure(t *testing.T) {
	t.Parallel()
	refusal := errors.New("auth0 answered 403")
	for _, c := range []struct {
		name, typed string
		ran         int
		fails       error
	}{
		{"tried again", "yes\nagain\nagain\n:quit\n", 3, refusal},
		{"enter does not try again", "yes\n\n\n:quit\n", 1, refusal},
		{"back", "1\nyes\n:back\n2\n:quit\n", 1, nil},
		{"input ends", "yes\n", 1, linear.ErrInputEnded},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ran := 0
			pages := []wizard.Page{write(&ran, refusal)}
			if strings.HasPrefix(c.typed, "1") {
				pages = append([]wizard.Page{page("before", wizard.Question{Key: "k", Kind: wizard.One, Title: "Q", Options: options("no")})}, pages...)
			}
			got := converse(t.Context(), c.typed, pages...)
			if !errors.Is(got.err, c.fails) || c.fails == nil && got.err != nil || ran != c.ran {
				t.Errorf("%v, want %v; ran %d times, want %d\n%s", got.err, c.fails, ran, c.ran, got.said)
			}
			got.says(t, "This failed: Preparing.", "Why: auth0 answered 403")
		})
	}
}

func TestCommands(t *testing.T) {
	t.Parallel()
	ask := func(key wizard.Key) wizard.Question {
		return wizard.Question{Key: key, Kind: wizard.One, Title: "Which " + string(key), Options: options("no"), Source: "auth0.com/docs"}
	}
	for _, c := range []struct{ name, typed, says string }{
		{"back keeps what was answered", "2\n:back\n\n1\n\n", "press enter for 2, Custom"},
		{"no way back from the first page", ":back\n1\n1\n\n", "No way back: this is the first page."},
		{"repeat", ":repeat\n1\n1\n\n", "Page: Page a\n\nGoing on: Nothing is written.\n\nWhich a"},
		{"details", ":details\n1\n1\n\n", "Documented: auth0.com/docs"},
		{"help", ":help\n1\n1\n\n", ":back - to the question before, or to the page before"},
		{"unknown", ":nonsense\n1\n1\n\n", "There is no :nonsense here."},
		{"quit", ":quit\n", "Left. Nothing was written to the tenant."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := converse(t.Context(), c.typed, page("a", ask("a")), page("b", ask("b")))
			if got.err != nil {
				t.Fatal(got.err, got.said)
			}
			got.says(t, c.says)
		})
	}
}

// TestSecretsAreNeverRepeated: not when typed, not when kept, not when the page is printed again.
func TestSecretsAreNeverRepeated(t *testing.T) {
	t.Parallel()
	q := wizard.Question{Key: "k", Kind: wizard.Hidden, Title: "AuthToken", Default: wizard.NewSecret("kept-canary")}
	got := converse(t.Context(), "typed-canary\n:back\n\n\n", page("a", q), page("b", wizard.Question{Key: "x", Kind: wizard.YesNo, Title: "Go on?"}))
	if strings.Contains(got.said, "canary") {
		t.Errorf("it shows a secret:\n%s", got.said)
	}
}

// TestProgressIsSaidOnce: what changes is said when it changes, and what stays is not said again.
func TestProgressIsSaidOnce(t *testing.T) {
	t.Parallel()
	next := func(k wizard.Known, a wizard.Answers) wizard.Page {
		p := write(new(int), nil)
		p.Blocks = []wizard.Block{wizard.Facts{Title: "How it stands", Rows: []wizard.Fact{{Label: "State", Value: k.Name}}}}
		p.Effect.Do = func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			for _, name := range []string{"begun", "begun", "half", "half", "whole"} {
				update(func(k wizard.Known) wizard.Known { k.Name = name; return k })
			}
			return nil
		}
		if a["seen.write"] == true {
			return script{}.next(k, a)
		}
		return p
	}
	var out strings.Builder
	session := wizard.NewSessionWith(next, wizard.Known{Name: "waiting"}, nil)
	err := linear.Run(t.Context(), linear.Options{Session: session, In: linear.NewLines(strings.NewReader("yes\n\n")), Out: &out, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	for _, state := range []string{"State: waiting", "State: begun", "State: half", "State: whole", "How it stands"} {
		if n := strings.Count(out.String(), state); n != 1 {
			t.Errorf("%q is said %d times:\n%s", state, n, out.String())
		}
	}
}
