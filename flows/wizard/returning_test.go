package wizard_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/client/oracle"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// worldLike is the tenant mfa-twilio in another world; "" leaves it in its own.
func worldLike(t *testing.T, name string) *world {
	t.Helper()
	file, err := testdata.Tenant("mfa-twilio")
	if err != nil {
		t.Fatal(err)
	}
	if name != "" {
		file = []byte(strings.Replace(string(file), `"world": "docs"`, fmt.Sprintf(`"world": %q`, name), 1))
	}
	w := worldOf(t, file)
	if got := w.tenant.State(); name != "" && !strings.Contains(string(got), fmt.Sprintf(`%q`, name)) {
		t.Fatalf("it is not in the world %s", name)
	}
	return w
}

// ownSettings turns the Dashboard's switch of MFA: to its own settings, or to the tenant-level provider.
func (w *world) ownSettings(on bool) {
	w.t.Helper()
	if err := w.tenant.Toggle("legacy_mfa_phone_provider", on); err != nil {
		w.t.Fatal(err)
	}
}

// troubled is a person whose login did not work, and who takes the run back.
func troubled() wizard.Answers { return wizard.Answers{"login.mfa": "no", "trouble.mfa": "back"} }

// TestTakingARunBack: from wherever it is offered, in every way in which Auth0 may behave, the tenant is as it was.
func TestTakingARunBack(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, world string
		says        wizard.Answers
		from        string // the page from which it begins
		fails       bool   // the effect of that page is cut off after the first write
		hand        bool   // a person turns the Dashboard's switch on the way forward, and on the way back
	}{
		{name: "from the report", says: wizard.Answers{"end": "back"}, from: "report"},
		{name: "when a login did not work", says: troubled(), from: "trouble-mfa"},
		{name: "with the Dashboard's switch", world: "dashboard", says: troubled(), from: "trouble-mfa", hand: true},
		{name: "settings lost", world: "one-way", says: troubled(), from: "trouble-mfa"},
		{name: "when a move cannot be finished", says: wizard.Answers{"started.mfa": "back"}, from: "move-mfa", fails: true},
		{name: "in the middle of a move", world: "dashboard", says: wizard.Answers{"dashboard.mfa": "back"}, from: "dashboard-mfa"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := worldLike(t, c.world)
			before := w.tenant.State()
			p := emulated(t, w, c.says)
			if c.hand {
				p.until("dashboard-mfa")
				w.ownSettings(false)
			}
			if page := p.until(c.from); page.ID != c.from {
				t.Fatalf("ended at %q", page.ID)
			}
			if c.fails {
				p.cutOff(5)
			}
			p.must()
			p.shownAndNotDone(w, c.from)
			page := p.until("back-hand")
			if c.hand != (page.ID == "back-hand") {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			if c.hand {
				if err := p.pass(); err == nil {
					t.Fatal("went on although the switch is as it was")
				}
				w.ownSettings(true)
				page = p.until("back-done")
			}
			p.isAsItWas(w, before, page)
		})
	}
}

// shownAndNotDone checks the page that shows the way back: it lists what would happen, begins with no, and can be left.
func (p *person) shownAndNotDone(w *world, from string) {
	p.Helper()
	page := p.session.Page()
	q := page.Questions[len(page.Questions)-1]
	if page.ID != "back" || q.Kind != wizard.Retype || p.session.Default(q) != nil {
		p.Fatalf("page %q ends with %+v", page.ID, q)
	}
	if shown := fmt.Sprint(page.Blocks); !strings.Contains(shown, "back to its own settings") {
		p.Errorf("it shows %s", shown)
	}
	wrote := len(w.tenant.Requests())
	p.session.Back()
	if got := p.session.Page().ID; got != from {
		p.Fatalf("leaving it leads to %q", got)
	}
	p.must()
	for _, r := range w.tenant.Requests()[wrote:] {
		if r.Method != "GET" {
			p.Errorf("looking has sent %s %s", r.Method, r.Path)
		}
	}
}

// isAsItWas checks the end of a way back.
func (p *person) isAsItWas(w *world, before json.RawMessage, page wizard.Page) {
	p.Helper()
	if page.ID != "back-done" || page.Title != "Taken back" || !strings.Contains(fmt.Sprint(page.Blocks), "/runs/1/revert/report.md") {
		p.Fatalf("ended at %q: %s %v", page.ID, page.Title, page.Blocks)
	}
	if got := w.tenant.Deliver(p.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "legacy-twilio" {
		p.Errorf("a code goes %+v", got)
	}
	for _, path := range oracle.Changes(before, w.tenant.State()) {
		if !stamped(path) {
			p.Errorf("is not as it was: %s", path)
		}
	}
}

// TestAWayBackGoesOnInAnotherSession: it is offered as such, asks for the secrets anew, and is not confirmed again.
func TestAWayBackGoesOnInAnotherSession(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	before := w.tenant.State()
	first := emulated(t, w, troubled())
	first.until("back")
	first.cutOff(1)
	second := emulated(t, w, nil)
	if option := second.session.Page().Questions[0].Options[0]; !strings.Contains(option.Label, "taking back run run_1") {
		t.Errorf("it offers %+v", option)
	}
	second.must()
	var asked []string
	for _, q := range second.session.Page().Questions {
		asked = append(asked, string(q.Key))
	}
	if page := second.session.Page(); page.ID != "back" || !slices.Equal(asked, []string{"twilio.auth_token", "turn./runs/1/revert"}) {
		t.Fatalf("page %q asks %v", page.ID, asked)
	}
	second.isAsItWas(w, before, second.until("back-done"))
}

// TestGivingAWayBackUp: where the Dashboard's switch is not there, nobody is left without codes, and Support has a text.
func TestGivingAWayBackUp(t *testing.T) {
	t.Parallel()
	w := worldLike(t, "dashboard")
	p := emulated(t, w, troubled())
	p.until("dashboard-mfa")
	w.ownSettings(false)
	if page := p.until("back-hand"); page.ID != "back-hand" {
		t.Fatalf("ended at %q", page.ID)
	}
	p.says["turn./runs/1/revert"] = "give-up"
	p.must()
	if page := p.session.Page(); page.ID != "back" || page.Title != "Give the way back up" {
		t.Fatalf("giving up leads to %q", page.Title)
	}
	p.session.Back() // to what is under way: nobody goes forward meanwhile
	if got := p.session.Page().ID; got != "back-hand" {
		t.Fatalf("leaving it leads to %q", got)
	}
	p.host.Support = func(_ context.Context, way wizard.WayBack) ([]judge.SupportText, error) {
		if !way.GivesUp || !strings.Contains(string(w.tenant.State()), `"phone_consolidated_experience": true`) {
			t.Error("the text for Support is made before the flag is on again")
		}
		return []judge.SupportText{{Text: "as it is after that"}}, nil
	}
	p.must()
	page := p.until("back-done")
	if text := fmt.Sprint(page.Blocks); !strings.Contains(text, "as it is after that") {
		t.Errorf("it shows %s", text)
	}
	if page.Title != "The way back is given up" {
		t.Errorf("ended at %q: %s", page.Title, page.Lead)
	}
	if got := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "tenant-twilio" {
		t.Errorf("a code goes %+v", got)
	}
}

// TestAWayBackIsPlannedAnew: what changed since is in the new one, and it is confirmed by itself.
func TestAWayBackIsPlannedAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	p := emulated(t, w, troubled())
	p.until("back")
	p.cutOff(1)
	p.says["turn./runs/1/revert"] = "anew"
	p.must()
	page := p.session.Page()
	if q := page.Questions[len(page.Questions)-1]; page.ID != "back" || q.Kind != wizard.Retype || p.session.Default(q) != nil {
		t.Fatalf("page %q ends with %+v", page.ID, q)
	}
	page = p.until("back-done")
	if page.ID != "back-done" || !strings.Contains(fmt.Sprint(page.Blocks), "/runs/1/revert-2") {
		t.Fatalf("ended at %q: %v", page.ID, page.Blocks)
	}
	if got := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "legacy-twilio" {
		t.Errorf("a code goes %+v", got)
	}
}

// In a demo the tenant is there until the program ends, so that going back can be tried as well.
func TestTakingADemoBack(t *testing.T) {
	t.Parallel()
	w, p := inTheDemo(t, "mfa-twilio")
	before := w.tenant.State()
	p.says["end"] = "back"
	p.until("report")
	p.must()
	p.isAsItWas(w, before, p.until("back-done"))
}

// What the way back had turned off is turned on again: codes go through the tenant-level provider, whatever becomes of the old settings.
func TestGivingUpTurnsOnAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	p := emulated(t, w, troubled())
	p.until("back")
	p.cutOff(1)
	if says := hint(p.failed); !strings.Contains(says, "giving it up") {
		t.Errorf("it says %q", says)
	}
	if got := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "legacy-twilio" {
		t.Fatalf("in the middle a code goes %+v", got)
	}
	p.says["turn./runs/1/revert"] = "give-up"
	p.must()
	if page := p.session.Page(); !strings.Contains(fmt.Sprint(page.Blocks), "on for the tenant again") {
		t.Fatalf("it shows %v", page.Blocks)
	}
	p.until("back-done")
	if got := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "tenant-twilio" {
		t.Errorf("a code goes %+v", got)
	}
}

func hint(err error) string {
	var known interface{ Hint() string }
	if errors.As(err, &known) {
		return known.Hint()
	}
	return ""
}

// TestEveryScenarioIsTakenBack: whatever was moved goes back from the report, and the secrets that this may need are asked for.
func TestEveryScenarioIsTakenBack(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s.name)
			before := w.tenant.State()
			p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: s.says}
			p.says["end"] = "back"
			if page := p.until("report"); page.ID != "report" {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			p.must()
			for _, q := range p.session.Page().Questions {
				if _, known := p.says[q.Key]; q.Kind == wizard.Hidden && !known {
					p.says[q.Key] = wizard.NewSecret("made-up")
				}
			}
			page := p.until("back-done")
			if page.ID != "back-done" {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			for _, path := range oracle.Changes(before, w.tenant.State()) {
				if !stamped(path) {
					t.Errorf("is not as it was: %s", path)
				}
			}
		})
	}
}
