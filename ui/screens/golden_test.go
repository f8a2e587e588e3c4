package screens_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/run"
	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// sizes are the windows that every page is drawn in: comfortable, roomy, the smallest, and too small.
var sizes = [][2]int{{80, 24}, {120, 40}, {60, 20}, {30, 8}}

// gallery are pages that together hold every block and every kind of question.
var gallery = []struct {
	name string
	mode wizard.Mode
	page wizard.Page
	keys []string
}{
	{"verify", wizard.DryRun, verifyPage(), nil},
	{"verify-details", wizard.DryRun, verifyPage(), []string{"d", "pgdown"}},
	{"one", wizard.Demo, providerPage(), []string{"down"}},
	{"line-and-hidden", wizard.Live, twilioPage(), []string{"A", "C", "tab", "x", "y"}},
	{"kept-secret", wizard.Live, keptPage(), nil},
	{"line-wrong", wizard.Live, twilioPage(), []string{"B", "enter"}},
	{"many-and-matrix", wizard.DryRun, methodsPage(), nil},
	{"many-toggled", wizard.DryRun, methodsPage(), []string{"down", "space"}},
	{"diff-code-prose", wizard.DryRun, templatesPage(), nil},
	{"code", wizard.Demo, codePage(), nil},
	{"code-whole", wizard.Demo, codePage(), []string{"d"}},
	{"preview", wizard.DryRun, wordingPage(), nil},
	{"path-and-yes-no", wizard.DryRun, templatesPage(), []string{"enter", "enter", "down"}},
	{"steps", wizard.DryRun, reviewPage(), []string{"down"}},
	{"step-open", wizard.DryRun, reviewPage(), []string{"down", "down", "d"}},
	{"asked-plan", wizard.Live, askedPlan(), nil},
	{"asked-plan-steps", wizard.Live, askedPlan(), []string{"tab", "down"}},
	{"asked-plan-open", wizard.Live, askedPlan(), []string{"d", "down"}},
	{"switch", wizard.Live, askedSwitch(), nil},
	{"proof", wizard.Demo, proofPage(), nil},
	{"proof-phone", wizard.Demo, proofPage(), []string{"p"}},
	{"evidence-and-handset", wizard.Demo, testPage(), nil},
	{"retype", wizard.Live, movePage(), nil},
	{"final", wizard.Demo, endPage(), nil},
	{"keys", wizard.Demo, endPage(), []string{"?"}},
}

func TestPages(t *testing.T) {
	t.Parallel()
	for _, g := range gallery {
		for _, size := range sizes {
			w, h := size[0], size[1]
			t.Run(fmt.Sprintf("%s-%dx%d", g.name, w, h), func(t *testing.T) {
				t.Parallel()
				now := noon
				r := newRoot(screens.Options{Host: demoHost(), Now: func() time.Time { now = now.Add(time.Second); return now }},
					acme(g.mode), still(g.page), still(endPage()))
				draw(t, r, w, h)
				for _, key := range g.keys {
					press(r, key)
					draw(t, r, w, h)
				}
				termtest.Golden(t, fmt.Sprintf("%s-%dx%d", g.name, w, h), draw(t, r, w, h))
			})
		}
	}
}

// No size makes it crash, and none makes it draw outside of the window.
func TestEverySizeFits(t *testing.T) {
	t.Parallel()
	for _, g := range gallery {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			r := newRoot(screens.Options{Host: demoHost(), Now: func() time.Time { return noon }}, acme(g.mode), still(g.page), still(endPage()))
			r.View() // before the first size
			for _, w := range []int{-1, 0, 1, 2, 59, 60, 61, 99, 100, 200} {
				for _, h := range []int{-1, 0, 1, 19, 20, 21, 60} {
					draw(t, r, w, h)
				}
			}
		})
	}
}

// A tenant can carry anything in its texts; none of it reaches the terminal as it is.
func TestHostileTexts(t *testing.T) {
	t.Parallel()
	const evil = "\x1b]0;title\x07\x1b[31m\u202egnp.exe\u200b\u009b2J"
	for _, g := range gallery {
		t.Run(g.name, func(t *testing.T) {
			t.Parallel()
			page := g.page
			page.Title, page.Lead, page.Safe = evil, evil+"\n"+evil, evil
			page.Blocks = append([]wizard.Block{
				wizard.Text{Title: evil, Body: evil, Tone: wizard.Bad},
				wizard.Facts{Rows: []wizard.Fact{{Label: evil, Value: evil, Note: evil}}},
				wizard.Journey{Legs: []wizard.Leg{{Flow: evil, Through: evil, Carrier: evil}}},
				wizard.Diff{Before: evil, After: evil + evil},
				wizard.Preview{Title: evil, Rows: []wizard.PreviewRow{{Label: evil, Before: evil, After: evil, Note: evil}, {Before: "", After: evil}}},
				wizard.Code{Title: evil, Text: evil},
				wizard.Findings{Parts: []wizard.Part{{Path: evil, JSON: []byte(`{"a":"` + evil + `"}`)}, {JSON: []byte("{\"a\":\"\u202e\"}")}}},
				wizard.Steps{Items: []wizard.StepItem{{Title: evil, Body: []byte(`{"a":"` + evil + `"}`), After: []byte("{\"a\":\"\u202e\"}"), Note: evil}}},
				wizard.Messages{Items: []wizard.Message{{From: evil, Text: evil}}},
			}, page.Blocks...)
			page.Questions = append([]wizard.Question{
				{Key: "a", Kind: wizard.Line, Title: evil, Help: evil, Default: evil},
				{Key: "b", Kind: wizard.Prose, Title: evil, Default: evil + "\n" + evil},
				{Key: "c", Kind: wizard.One, Title: evil, Options: []wizard.Option{{Value: evil, Label: evil, Consequence: evil}, {Label: evil, Disabled: evil}}},
			}, page.Questions...)
			page.Live = func(wizard.Answers) []wizard.Block { return []wizard.Block{wizard.Text{Body: evil}} }
			known := acme(g.mode)
			known.Name, known.Tenant.Domain, known.Folder, known.Run = evil, evil, evil, &run.State{Entries: 1}
			r := newRoot(screens.Options{Host: demoHost(), Now: func() time.Time { return noon }}, known, still(page), still(endPage()))
			r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
			r.Update(tea.KeyPressMsg{Code: 'o', Mod: tea.ModCtrl}) // details
			for _, h := range []int{24, 400, 401} {
				r.Update(tea.WindowSizeMsg{Width: 80, Height: h})
				if h == 401 { // asks whether to leave
					r.Update(tea.KeyPressMsg{Code: 'c', Mod: tea.ModCtrl})
				}
				v := r.View()
				termtest.Fits(t, v.Content, 80, h)
				for _, text := range []string{ansi.Strip(v.Content), v.WindowTitle} {
					if i := strings.IndexFunc(text, forbidden); i >= 0 {
						t.Errorf("%q reaches the terminal near %q", []rune(text[i:])[0], text[max(i-20, 0):i])
					}
				}
				if strings.Contains(v.Content, "\x1b]") || strings.Contains(v.Content, "\x1b[31m\\") {
					t.Error("an escape sequence of the tenant reaches the terminal")
				}
			}
		})
	}
}

func forbidden(r rune) bool {
	return r != '\n' && (r < ' ' || r == 0x7f || 0x80 <= r && r < 0xa0 || r == '\u202e' || r == '\u200b')
}

// What was not typed comes back byte for byte, whatever the screen had to do to show it.
func TestUneditedAnswersComeBackAsTheyWere(t *testing.T) {
	t.Parallel()
	const odd = "tab\tand \u202emarks"
	long := strings.Repeat("a line of code\t// with a tab\n", 300)
	page := wizard.Page{ID: "p", Questions: []wizard.Question{
		{Key: "line", Kind: wizard.Line, Default: odd},
		{Key: "prose", Kind: wizard.Prose, Default: long},
		{Key: "one", Kind: wizard.One, Default: odd, Options: []wizard.Option{{Value: "x", Label: "same"}, {Value: odd, Label: "same"}}},
		{Key: "many", Kind: wizard.Many, Default: []string{odd}, Options: []wizard.Option{{Value: "x", Label: "same"}, {Value: odd, Label: "same"}}},
		{Key: "secret", Kind: wizard.Hidden, Default: wizard.NewSecret(odd)},
	}}
	session := wizard.NewSessionWith(story(still(page), still(endPage())), acme(wizard.Demo), nil)
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 100})
	for range page.Questions {
		draw(t, r, 80, 100)
		press(r, "enter")
	}
	if !r.Finished() {
		t.Fatalf("the page was not passed:\n%s", draw(t, r, 80, 100))
	}
	answers := session.Answers()
	if answers["line"] != odd || answers["one"] != odd || answers["prose"] != long {
		t.Errorf("got %q, %q and a prose of %d bytes", answers["line"], answers["one"], len(answer[string](t, answers, "prose")))
	}
	if got := answer[[]string](t, answers, "many"); len(got) != 1 || got[0] != odd {
		t.Errorf("many: %q", got)
	}
	if got := answer[wizard.Secret](t, answers, "secret").Reveal(); got != odd {
		t.Errorf("secret: %q", got)
	}
}

// Bubbles' field for several lines refuses the hundredth by default; an Action is longer.
func TestALongTextCanBeEdited(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("line\n", 300)
	page := wizard.Page{ID: "p", Questions: []wizard.Question{{Key: "prose", Kind: wizard.Prose, Default: long}}}
	session := wizard.NewSessionWith(story(still(page), still(endPage())), acme(wizard.Demo), nil)
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	draw(t, r, 80, 24)
	r.Update(tea.KeyPressMsg{Code: 'j', Mod: tea.ModCtrl})
	press(r, "x")
	press(r, "enter")
	if got := answer[string](t, session.Answers(), "prose"); got != "\nx"+long {
		t.Errorf("got %d bytes, want %d", len(got), len(long)+2)
	}
}

// Two connections may have one name: Huh toggles by label.
func TestOptionsOfOneName(t *testing.T) {
	t.Parallel()
	page := wizard.Page{ID: "p", Questions: []wizard.Question{{Key: "many", Kind: wizard.Many, Options: []wizard.Option{
		{Value: "con_1", Label: "sms"}, {Value: "con_2", Label: "sms"}, {Value: "con_3", Label: "sms"},
	}}}}
	session := wizard.NewSessionWith(story(still(page), still(endPage())), acme(wizard.Demo), nil)
	r := screens.New(screens.Options{Session: session, Now: func() time.Time { return noon }})
	for _, key := range []string{"down", "space", "enter"} {
		draw(t, r, 80, 24)
		press(r, key)
	}
	if got := answer[[]string](t, session.Answers(), "many"); len(got) != 1 || got[0] != "con_2" {
		t.Errorf("chose %q", got)
	}
}

// demoHost can save files and has an empty handset.
func demoHost() wizard.Host {
	return wizard.Host{
		Save:    func(name string, _ []byte) (string, error) { return "here/" + name, nil },
		Handset: func(context.Context) ([]wizard.Message, error) { return nil, nil },
	}
}

// answer is one answer, of the type that its question has.
func answer[T any](t *testing.T, answers wizard.Answers, key wizard.Key) T {
	t.Helper()
	value, ok := answers[key].(T)
	if !ok {
		t.Fatalf("%s is a %T", key, answers[key])
	}
	return value
}

// press presses a key by the name it has in a binding.
func press(r *screens.Root, name string) {
	codes := map[string]rune{
		"enter": tea.KeyEnter, "tab": tea.KeyTab, "up": tea.KeyUp, "down": tea.KeyDown, "pgdown": tea.KeyPgDown, "pgup": tea.KeyPgUp, "esc": tea.KeyEscape,
		"backspace": tea.KeyBackspace,
	}
	if code, ok := codes[name]; ok {
		r.Update(tea.KeyPressMsg{Code: code})
		return
	}
	if name == "space" {
		name = " "
	}
	r.Update(tea.KeyPressMsg{Code: []rune(name)[0], Text: name})
}

// draw is the screen as text in a window of that size, checked for fitting into it.
func draw(t *testing.T, r *screens.Root, w, h int) string {
	t.Helper()
	r.Update(tea.WindowSizeMsg{Width: w, Height: h})
	content := r.View().Content
	termtest.Fits(t, content, max(w, 0), max(h, 1))
	lines := strings.Split(ansi.Strip(content), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}
