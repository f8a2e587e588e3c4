package screens_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"charm.land/lipgloss/v2"
	"pgregory.net/rapid"

	"upe/flows/wizard"
	"upe/ui/screens"
)

// walkKeys are what a person who knows nothing might press.
var walkKeys = []tea.KeyPressMsg{
	{Code: tea.KeyEnter},
	{Code: tea.KeyEnter},
	{Code: tea.KeyEnter},
	{Code: tea.KeyEscape},
	{Code: tea.KeyTab},
	{Code: tea.KeyTab, Mod: tea.ModShift},
	{Code: tea.KeyUp},
	{Code: tea.KeyDown},
	{Code: tea.KeyLeft},
	{Code: tea.KeyHome},
	{Code: tea.KeyPgDown},
	{Code: tea.KeyPgUp},
	{Code: tea.KeySpace, Text: " "},
	{Code: tea.KeyBackspace},
	{Code: 'j', Mod: tea.ModCtrl},
	{Code: 'd', Mod: tea.ModCtrl},
	{Code: 'u', Mod: tea.ModCtrl},
	{Code: 'o', Mod: tea.ModCtrl},
	{Code: tea.KeyF1},
	{Code: 'c', Mod: tea.ModCtrl},
	{Code: 'l', Mod: tea.ModCtrl},
	{Code: 'A', Text: "A"},
	{Code: 'C', Text: "C"},
	{Code: 'd', Text: "d"},
	{Code: 'g', Text: "g"},
	{Code: '?', Text: "?"},
	{Code: '日', Text: "日"},
	{Code: 'e', Text: "e\u0301"},
	{Code: 'a', Mod: tea.ModCtrl},
	{Code: '/', Text: "/"},
}

// A random walk over all pages, in windows of all sizes: nothing panics, everything fits, the cursor is inside of the window,
// and what was answered on a page is what its question is filled with when one comes back.
func TestRandomWalk(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		pages := []func(wizard.Known) wizard.Page{
			still(verifyPage()), still(providerPage()), still(twilioPage()), still(methodsPage()), still(templatesPage()), still(askedPlan()),
			still(proofWalk()), still(testPage()), switchOrPause, still(endPage()),
		}
		if rapid.Bool().Draw(t, "near the switch") {
			pages = []func(wizard.Known) wizard.Page{still(providerPage()), switchOrPause, still(endPage())}
		}
		session := wizard.NewSessionWith(story(pages...), acme(wizard.Live), nil)
		r := screens.New(screens.Options{Session: session, Host: demoHost(), Now: func() time.Time { return noon }})
		answered := wizard.Answers{}
		for range 30 {
			w, h := rapid.IntRange(55, 130).Draw(t, "width"), rapid.IntRange(17, 45).Draw(t, "height")
			r.Update(tea.WindowSizeMsg{Width: w, Height: h})
			before := session.Answers()
			paused := session.Page().ID == "pause-mfa"
			pressed := rapid.SampledFrom(walkKeys).Draw(t, "key")
			r.Update(pressed)
			answeredThere := before["seen.pause-mfa"] != nil // that leads on, and esc from there to the page before
			if pressed.Code == tea.KeyEscape && !answeredThere && paused != (session.Page().ID == "pause-mfa") && !reflect.DeepEqual(before, session.Answers()) {
				t.Fatalf("at the switch and back, %v became %v", before, session.Answers())
			}
			for key, value := range session.Answers() {
				answered[key] = value
			}
			keptAnswers(t, session, before, answered)
			v := r.View()
			fits(t, v, w, h)
		}
	})
}

// switchOrPause is the page of a switch, from which esc leads to what can be done instead, and from there back to it.
func switchOrPause(k wizard.Known) wizard.Page {
	page := movePage()
	page.Effect = nil // nobody runs commands here
	page.Leave = func(k wizard.Known) wizard.Known { k.Paused = "mfa"; return k }
	if k.Paused == "" {
		return page
	}
	return wizard.Page{
		ID: "pause-mfa", Stage: wizard.StageMove, Group: wizard.SwitchOn, Title: "Before the switch: MFA", Lead: "Nothing of it is switched.",
		Questions: []wizard.Question{{
			Key: "pause.mfa", Kind: wizard.One, Title: "What next?", Default: "on",
			Options: []wizard.Option{{Value: "on", Label: "Back to the switch"}, {Value: "back", Label: "Take the run back"}},
		}},
		Leave: func(k wizard.Known) wizard.Known { k.Paused = ""; return k },
	}
}

// proofWalk is the page of the proof without its effect: nobody runs commands here.
func proofWalk() wizard.Page {
	page := proofPage()
	page.Effect = nil
	return page
}

// keptAnswers checks that answers that going back took out are still what their questions are filled with.
func keptAnswers(t *rapid.T, session *wizard.Session, before, answered wizard.Answers) {
	for _, key := range []wizard.Key{"provider", "twilio.sid", "twilio.auth_token"} {
		_, was := before[key]
		_, is := session.Answers()[key]
		if was && !is && session.Default(wizard.Question{Key: key}) != answered[key] {
			t.Fatalf("%s was forgotten by going back", key)
		}
	}
}

func fits(t *rapid.T, v tea.View, w, h int) {
	if c := v.Cursor; c != nil && (c.X < 0 || c.X >= w || c.Y < 0 || c.Y >= h) {
		t.Fatalf("the cursor is at %d,%d in a window of %dx%d", c.X, c.Y, w, h)
	}
	lines := strings.Split(v.Content, "\n")
	if len(lines) > h {
		t.Fatalf("%d lines in a window of %dx%d", len(lines), w, h)
	}
	for _, line := range lines {
		if got := lipgloss.Width(line); got > w {
			t.Fatalf("a line of %d cells in a window of %dx%d: %q", got, w, h, line)
		}
	}
}
