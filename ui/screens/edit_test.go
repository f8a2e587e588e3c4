package screens_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// scribe is an editor that changes a text by itself.
type scribe struct {
	text  string
	err   error
	wrote func(text string) string
}

func (s *scribe) Run() error {
	s.text = s.wrote(s.text)
	return s.err
}
func (s *scribe) Text() (string, error) { return s.text, nil }
func (s *scribe) SetStdin(io.Reader)    {}
func (s *scribe) SetStdout(io.Writer)   {}
func (s *scribe) SetStderr(io.Writer)   {}

// writes is an editor front ends can open, which gets every text and makes another of it.
func writes(got *[]string, err error, change func(string) string) func(string, string) (screens.Editor, error) {
	return func(_, text string) (screens.Editor, error) {
		*got = append(*got, text)
		return &scribe{text: text, err: err, wrote: change}, nil
	}
}

// editing is a page whose code is taken over when it is no nonsense. What it says is the code.
func editing(k wizard.Known) wizard.Page {
	code := "a = 1\x1b[31m"
	if len(k.Saved) > 0 {
		code = k.Saved[len(k.Saved)-1]
	}
	return wizard.Page{
		ID: "code", Stage: wizard.StageDetails, Group: wizard.Choose, Title: "The Action",
		Blocks: []wizard.Block{wizard.Code{Text: code, Language: wizard.JavaScript}},
		Edit: &wizard.Edit{Name: "action.js", Text: code, Use: func(text string) *wizard.Effect {
			return &wizard.Effect{Title: "Looking at it", Do: func(_ context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
				if strings.Contains(text, "nonsense") {
					return errors.New("this is no code")
				}
				update(func(k wizard.Known) wizard.Known { k.Saved = append(k.Saved, text); return k })
				return nil
			}}
		}},
	}
}

func TestCodeIsChangedInAnEditor(t *testing.T) {
	t.Parallel()
	var got []string
	o := screens.Options{Now: time.Now, Editor: writes(&got, nil, func(text string) string { return text + "\nb = 2" })}
	r := newRoot(o, acme(wizard.Demo), editing, still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("e")
		s.WaitText("b = 2")
		shows(s, "Taken over from the editor.", `a = 1\x1b[31m`)
		afterGrace(s)
		s.Press("pgdown", "enter") // the reader of before the editor takes a key with it, where the input is no terminal
		shows(s, "Done")
	})
	if len(got) != 1 || got[0] != "a = 1\x1b[31m" {
		t.Errorf("the editor got %q: the text goes there as it is, not as it is shown", got)
	}
}

func TestWhatAnEditorBrings(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		err    error
		change func(string) string
		want   []string
	}{
		{"nothing new", nil, func(text string) string { return text }, []string{"Nothing was changed.", "a = 1"}},
		{"an error", errors.New("exit status 1"), func(string) string { return "b" }, []string{"The editor ended with an error", "exit status 1", "a = 1"}},
		{"nonsense", nil, func(string) string { return "nonsense" }, []string{"Not finished: Looking at it", "this is no code", "enter opens the editor again"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			var got []string
			r := newRoot(screens.Options{Now: time.Now, Editor: writes(&got, c.err, c.change)}, acme(wizard.Demo), editing, still(endPage()))
			termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
				s.Press("e")
				s.WaitText(c.want[0])
				shows(s, c.want...)
			})
		})
	}
}

func TestAnAnswerIsChangedInAnEditor(t *testing.T) {
	t.Parallel()
	page := wizard.Page{
		ID: "starter", Stage: wizard.StageDetails, Group: wizard.Choose, Title: "The Action's code",
		Questions: []wizard.Question{{Key: "action.code", Kind: wizard.Prose, Title: "Code", Default: "start"}},
		Edit:      &wizard.Edit{Name: "action.js", Keys: []wizard.Key{"action.code"}},
	}
	var got []string
	r := newRoot(screens.Options{Now: time.Now, Editor: writes(&got, nil, func(text string) string { return text + " and end" })},
		acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Type("the ")
		s.Press("ctrl+x")
		s.WaitText("the start and end")
	})
	if len(got) != 1 || got[0] != "the start" {
		t.Errorf("the editor got %q", got)
	}
}

// TestTheFocusedAnswerIsChangedInAnEditor: of two texts it is the one in which the person is, and there they are again afterwards.
func TestTheFocusedAnswerIsChangedInAnEditor(t *testing.T) {
	t.Parallel()
	page := wizard.Page{
		ID: "words", Stage: wizard.StageTemplates, Group: wizard.Choose, Title: "Your words",
		Questions: []wizard.Question{
			{Key: "text", Kind: wizard.Prose, Title: "SMS", Default: "written"}, {Key: "voice", Kind: wizard.Prose, Title: "Voice", Default: "spoken"},
		},
		Edit: &wizard.Edit{Name: "message.liquid", Keys: []wizard.Key{"text", "voice"}},
	}
	var got []string
	r := newRoot(screens.Options{Now: time.Now, Editor: writes(&got, nil, func(text string) string { return text + " twice\n" })},
		acme(wizard.Demo), still(page), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("tab", "ctrl+x")
		s.WaitText("spoken twice")
		s.Press("pgdown") // the reader of before the editor takes a key with it, where the input is no terminal
		s.Type("now ")
		s.WaitText("now spoken twice")
	})
	if len(got) != 1 || got[0] != "spoken" {
		t.Errorf("the editor got %q", got)
	}
}

func TestNoEditorIsSaidSo(t *testing.T) {
	t.Parallel()
	none := func(string, string) (screens.Editor, error) { return nil, errors.New("set $EDITOR") }
	r := newRoot(screens.Options{Now: time.Now, Editor: none}, acme(wizard.Demo), editing, still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		s.Press("e")
		shows(s, "No editor: set $EDITOR.")
	})
}
