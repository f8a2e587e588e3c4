package linear_test

import (
	"context"
	"errors"
	"io/fs"
	"strings"
	"testing"
	"time"

	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/linear"
)

// scribe is an editor that changes a text by itself, and ends the last line as editors do.
type scribe struct{ text, adds string }

func (s *scribe) Run() error {
	if s.adds == "broken" {
		return errors.New("exit status 1")
	}
	s.text += s.adds + "\n"
	return nil
}
func (s *scribe) Text() (string, error) { return s.text, nil }

// edits holds a conversation of one page whose text can be changed, and another.
func edits(t *testing.T, adds, typed string, p wizard.Page) talk {
	t.Helper()
	known := wizard.Known{Mode: wizard.Live, Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}}
	said := talk{session: wizard.NewSessionWith(script{p}.next, known, wizard.Answers{})}
	var out strings.Builder
	o := linear.Options{Session: said.session, In: linear.NewLines(strings.NewReader(typed)), Out: &out, Now: time.Now}
	o.Host.ReadFile = func(path string) ([]byte, error) {
		if path != "my file.js" {
			return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
		}
		return []byte("from the file\n"), nil
	}
	if adds != "" {
		o.Editor = func(_, text string) (linear.Editor, error) { return &scribe{text, adds}, nil }
	}
	said.err = linear.Run(t.Context(), o)
	said.said = out.String()
	return said
}

func TestAnAnswerIsChangedInAnEditor(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		adds, typed string
		want        wizard.Answers
		says        []string
	}{
		"in the editor":          {" more", ":edit\n\n\n\n", wizard.Answers{"text": "written more", "voice": "spoken"}, []string{"Your editor has the terminal now.", "Taken over.", "| written more"}},
		"the one that is asked":  {" more", "\n:edit\n\n\n\n", wizard.Answers{"text": "written", "voice": "spoken more"}, nil},
		"with what was typed":    {" more", "begun\n:edit\n\n\n\n", wizard.Answers{"text": "begun more", "voice": "spoken"}, nil},
		"what was typed is kept": {" more", "begun\n:repeat\n\n\n\n", wizard.Answers{"text": "begun", "voice": "spoken"}, nil},
		"a file":                 {"", ":edit my file.js\n\n\n\n", wizard.Answers{"text": "from the file", "voice": "spoken"}, nil},
		"no such file":           {"", ":edit other.js\n\n\n\n", wizard.Answers{"text": "written"}, []string{"Nothing was changed: open other.js: file does not exist."}},
		"no terminal":            {"", ":edit\n\n\n\n", wizard.Answers{"text": "written"}, []string{"There is no terminal here that an editor could use.", `then type ":edit" and the path of the file`}},
		"a broken editor":        {"broken", ":edit\n\n\n\n", wizard.Answers{"text": "written"}, []string{"Nothing was changed: exit status 1."}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := page("words", wizard.Question{Key: "text", Kind: wizard.Prose, Title: "SMS", Default: "written"},
				wizard.Question{Key: "voice", Kind: wizard.Prose, Title: "Voice", Default: "spoken"})
			p.Edit = &wizard.Edit{Name: "message.liquid", Keys: []wizard.Key{"text", "voice"}}
			got := edits(t, tt.adds, tt.typed, p)
			if got.err != nil {
				t.Fatalf("%v\n%s", got.err, got.said)
			}
			got.says(t, tt.says...)
			for key, want := range tt.want {
				if answer := got.session.Answers()[key]; answer != want {
					t.Errorf("%s is %q, want %q\n%s", key, answer, want, got.said)
				}
			}
		})
	}
}

// TestCodeIsChangedInAnEditor: what the page does with a changed text is done, and the page is printed again with what came of it.
func TestCodeIsChangedInAnEditor(t *testing.T) {
	t.Parallel()
	p := page("code")
	p.Edit = &wizard.Edit{Name: "action.js", Text: "a = 1\n", Use: func(text string) *wizard.Effect {
		return &wizard.Effect{Title: "Proving it again", Do: func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
			if strings.Contains(text, "nonsense") {
				return errors.New("line 1: this is no code")
			}
			update(func(k wizard.Known) wizard.Known { k.Name = "proved " + strings.TrimSpace(text); return k })
			return nil
		}}
	}}
	got := edits(t, "nonsense", ":edit\n:edit my file.js\n\n\n", p)
	if got.err != nil {
		t.Fatalf("%v\n%s", got.err, got.said)
	}
	got.says(t, "It was not taken over: line 1: this is no code", `":edit" opens it again`, "Taken over.",
		"acme.us.auth0.com (proved from the file)")
	if n := strings.Count(got.said, "Page code"); n != 2 {
		t.Errorf("the page is printed %d times\n%s", n, got.said)
	}
	got = edits(t, "x", ":help\n\n\n", p)
	got.says(t, ":edit - change the text in your editor; followed by the path of a file: take what that holds")
}

// TestBackToTheConversationBefore: the first page of a conversation that another one led to leads back there; nobody is greeted twice.
func TestBackToTheConversationBefore(t *testing.T) {
	t.Parallel()
	for _, follows := range []bool{false, true} {
		session := wizard.NewSessionWith(script{page("one"), page("two")}.next, wizard.Known{}, wizard.Answers{})
		var out strings.Builder
		err := linear.Run(t.Context(), linear.Options{
			Session: session, In: linear.NewLines(strings.NewReader("\n:back\n:back\n:quit\n")), Out: &out, Now: time.Now, Follows: follows, Greeted: follows,
		})
		said := talk{said: out.String()}
		if greeted := strings.Contains(said.said, "line by line"); greeted == follows {
			t.Errorf("follows %v: greeted %v", follows, greeted)
		}
		if follows != errors.Is(err, linear.ErrBack) {
			t.Errorf("follows %v: %v", follows, err)
		}
		if !follows {
			said.says(t, "No way back: this is the first page.")
		}
	}
}

// TestEveryLineOfAPageIsPrinted: a line that stands twice on a page, as in code and in requests, is no repetition.
func TestEveryLineOfAPageIsPrinted(t *testing.T) {
	t.Parallel()
	p := page("code")
	code := "f({\n  a: 1,\n});\nf({\n  b: 1,\n});"
	p.Blocks = []wizard.Block{wizard.Code{Text: code}, wizard.Code{Text: code}}
	got := converse(t.Context(), "\n\n", p)
	if n := strings.Count(got.said, "    f({\n"); n != 4 {
		t.Errorf("a line that is there four times is printed %d times:\n%s", n, got.said)
	}
}

// TestToAndFroBetweenQuestions: back leads to the question before, what there is can be taken away, and what is chosen from is heard first.
func TestToAndFroBetweenQuestions(t *testing.T) {
	t.Parallel()
	p := page("twilio", wizard.Question{Key: "sid", Kind: wizard.Line, Title: "Account SID", Check: wants("AC1")},
		wizard.Question{Key: "service", Kind: wizard.Line, Title: "Messaging Service", Default: "MG1"})
	p.Live = func(given wizard.Answers) []wizard.Block {
		sid, _ := given["sid"].(string)
		return []wizard.Block{wizard.Text{Body: "It is " + sid + "."}}
	}
	p.Together = func(given wizard.Answers) (wizard.Key, error) {
		if given["service"] == "MG2" {
			return "service", errors.New("the two do not fit")
		}
		return "", nil
	}
	got := converse(t.Context(), "AC1\n:back\n\nMG2\n\n:empty\n\n\n", p)
	if got.err != nil {
		t.Fatalf("%v\n%s", got.err, got.said)
	}
	got.says(t, "It is .", "It is AC1.", "Type it, :empty for none, or press enter for MG1:", "That does not do: the two do not fit.", "Taken: none.")
	if first, asked := strings.Index(got.said, "It is ."), strings.Index(got.said, "Question 1"); first > asked {
		t.Errorf("what is chosen from comes after the question:\n%s", got.said)
	}
	if answers := got.session.Answers(); answers["service"] != "" || answers["sid"] != "AC1" {
		t.Errorf("answers %v\n%s", answers, got.said)
	}
}

// TestBackFromTheConsent leads to the last question: a number that was mistyped is typed again before anything is sent.
func TestBackFromTheConsent(t *testing.T) {
	t.Parallel()
	p := page("send", wizard.Question{Key: "to", Kind: wizard.Line, Title: "Number"})
	sent := ""
	p.Effect = &wizard.Effect{Title: "Sending", Writes: true, Do: func(_ context.Context, _ wizard.Host, given wizard.Answers, _ func(func(wizard.Known) wizard.Known)) error {
		sent, _ = given["to"].(string)
		return nil
	}}
	got := converse(t.Context(), "1\n:back\n2\nyes\n\n", p)
	if got.err != nil || sent != "2" {
		t.Errorf("sent to %q, %v\n%s", sent, got.err, got.said)
	}
}
