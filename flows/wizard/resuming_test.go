package wizard_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// emulated is a person at a tenant that outlives the session, as a real one does.
func emulated(t *testing.T, w *world, says wizard.Answers) *person {
	t.Helper()
	known := w.known(wizard.Emulated)
	if f := w.runs.forward; f != nil {
		known.Unfinished = []wizard.UnfinishedRun{{ID: "run_1", Folder: f.folder, WaitsFor: f.state(t).WaitsFor, Back: w.runs.back != nil}}
	}
	host := w.host()
	host.Handset, host.SignIn = nil, nil
	whole := wizard.Answers{"by": "Robin", "test.to": "+15005550123", "test.arrived.text": "yes"}
	if w.runs.forward != nil {
		whole["twilio.auth_token"] = wizard.NewSecret("made-up")
	}
	for key, value := range says {
		whole[key] = value
	}
	return &person{T: t, session: wizard.NewSession(known, nil), host: host, says: whole}
}

// cutOff makes the steps of the current page's effect stop after so many are done.
func (p *person) cutOff(after int) {
	p.Helper()
	ctx, cancel := context.WithCancel(p.Context())
	defer cancel()
	page := p.session.Page()
	answers := p.session.Answers()
	for _, q := range page.Questions {
		answers[q.Key] = p.answer(q)
	}
	p.failed = page.Effect.Do(ctx, p.host, answers, func(change func(wizard.Known) wizard.Known) {
		p.session.Update(change)
		if state := p.session.Known().Standing(); state != nil && doneOf(*state) >= after {
			cancel()
		}
	})
	if p.failed == nil {
		p.Fatalf("%s was not cut off", page.ID)
	}
}

func doneOf(state run.State) int {
	n := 0
	for _, s := range state.Steps {
		if s.Status == run.Done {
			n++
		}
	}
	return n
}

// TestARunGoesOnInAnotherSession: wherever a session ended, the next one offers the run, opens at the page where it stands, asks for
// the secrets that are still needed, and comes to the same end.
func TestARunGoesOnInAnotherSession(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		until string // the page on which the first session ended
		cut   int    // its effect was cut off after so many steps of the run
		world string
		pages string // of the second session
	}{
		{until: "prepare", cut: 1, pages: "connect prepare test-text arrived-text move-mfa confirm-mfa after"},
		{until: "test-text", pages: "connect test-text arrived-text move-mfa confirm-mfa after"},
		{until: "arrived-text", pages: "connect arrived-text move-mfa confirm-mfa after"},
		{until: "move-mfa", pages: "connect move-mfa confirm-mfa after"},
		{until: "move-mfa", cut: 5, pages: "connect move-mfa confirm-mfa after"},
		{until: "dashboard-mfa", world: "dashboard", pages: "connect move-mfa confirm-mfa after"},
		{until: "confirm-mfa", pages: "connect confirm-mfa after"},
		{until: "after", pages: "connect after"},
	} {
		t.Run(fmt.Sprint(c.until, c.cut), func(t *testing.T) {
			t.Parallel()
			w := worldLike(t, c.world)
			first := emulated(t, w, nil)
			if page := first.until(c.until); page.ID != c.until {
				t.Fatalf("ended at %q", page.ID)
			}
			if c.cut > 0 {
				first.cutOff(c.cut)
			}
			if c.world != "" {
				w.ownSettings(false)
			}
			second := emulated(t, w, nil)
			if page := second.session.Page(); len(page.Questions) != 1 || page.Questions[0].Default != "run_1" {
				t.Fatalf("the run is not offered: %+v", page.Questions)
			}
			if page := second.until("report"); page.ID != "report" {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			begun := c.cut == 5 || c.world != ""
			if by := second.asked["move-mfa"]; (by == wizard.One) != begun && strings.Contains(c.pages, "move-mfa") {
				t.Errorf("it asks for the switch by %q", by)
			}
			if got := strings.Join(second.pages, " "); got != c.pages {
				t.Errorf("pages\n%s, want\n%s", got, c.pages)
			}
			if got := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); got.Via != "tenant-twilio" {
				t.Errorf("a code goes %+v", got)
			}
		})
	}
}

// TestSecretsAreAskedForAgain: no run keeps any, and only what is left of it needs some.
func TestSecretsAreAskedForAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	first := emulated(t, w, nil)
	first.until("prepare")
	first.host.Open = func(p plan.Plan, before tenant.Snapshot, _ func(string) (string, error)) (wizard.Run, error) {
		return w.open(p, before, func(string) (string, error) { return "", errNothingChosen })
	}
	if err := first.pass(); err == nil {
		t.Fatal("went on without a secret")
	}
	second := emulated(t, w, nil)
	page := second.until("resume")
	if page.ID != "resume" || len(page.Questions) != 1 || page.Questions[0].Kind != wizard.Hidden || page.Questions[0].Title != "Twilio's AuthToken" {
		t.Fatalf("%s asks %+v", page.ID, page.Questions)
	}
	second.says["twilio.auth_token"] = wizard.NewSecret("")
	if err := second.pass(); err == nil {
		t.Fatal("went on without a secret")
	}
	second.session.Back()
	if got := second.session.Page().ID; got != "connect" {
		t.Fatalf("back leads to %q", got)
	}
	second.says["twilio.auth_token"] = wizard.NewSecret("made-up")
	if page := second.until("report"); page.ID != "report" || !slices.Contains(second.pages, "resume") {
		t.Errorf("ended at %q: %v", page.ID, second.pages)
	}
}

// TestBeginningAnew: the run that is there stays where it stands, and nothing of it is in the new conversation.
func TestBeginningAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	emulated(t, w, nil).until("move-mfa")
	stood := w.runs.forward.state(t)
	second := emulated(t, w, nil)
	second.must()
	if second.session.Page().ID != "move-mfa" {
		t.Fatalf("it goes on at %q", second.session.Page().ID)
	}
	third := emulated(t, w, wizard.Answers{"resume": "anew"})
	page := third.until("review")
	if page.ID != "review" || third.session.Known().Run != nil {
		t.Errorf("ended at %q", page.ID)
	}
	if now := w.runs.forward.state(t); now.Entries != stood.Entries {
		t.Errorf("the run that was there has %d entries, had %d", now.Entries, stood.Entries)
	}
}

// A dry run can go on with nothing, so it names the command; many runs would fill the page, so that the newest are offered.
func TestWhatIsOfferedOfUnfinishedRuns(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	for _, c := range []struct {
		mode    wizard.Mode
		runs    int
		options int
		says    string
	}{
		{wizard.DryRun, 1, 0, "upe status run_0"},
		{wizard.Live, 1, 3, ""},
		{wizard.Live, 5, 5, "2 older runs not shown here: upe status"},
	} {
		known := w.known(c.mode)
		for i := range c.runs {
			known.Unfinished = append(known.Unfinished, wizard.UnfinishedRun{ID: fmt.Sprintf("run_%d", i), WaitsFor: "a person"})
		}
		page := wizard.Next(known, nil)
		options := 0
		for _, q := range page.Questions {
			options += len(q.Options)
		}
		if said := fmt.Sprint(page.Blocks); options != c.options || !strings.Contains(said, c.says) {
			t.Errorf("%s, %d runs: %d options, %s", c.mode, c.runs, options, said)
		}
	}
}

// An answers file is for a plan of its own, whatever is unfinished.
func TestAnAnswersFileDoesNotGoOnWithARun(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	known := w.known(wizard.Live)
	known.Unfinished = []wizard.UnfinishedRun{{ID: "run_1", WaitsFor: "a person"}}
	says := wizard.Answers{"accept": []string{"no-user-feedback"}}
	if _, open, err := wizard.Drive(t.Context(), known, says, w.host()); err != nil || len(open) > 0 {
		t.Errorf("%v, open: %v", err, open)
	}
}

// The environment that was stated for a run holds when it goes on: it decides how a switch is confirmed.
func TestAResumedRunKeepsItsEnvironment(t *testing.T) {
	t.Parallel()
	for environment, want := range map[string]wizard.Kind{"production": wizard.Retype, "staging": wizard.YesNo} {
		w := newWorld(t, "mfa-twilio")
		emulated(t, w, wizard.Answers{"environment": environment}).until("move-mfa")
		if page := emulated(t, w, nil).until("move-mfa"); page.Questions[0].Kind != want {
			t.Errorf("%s: asks by %s, want %s", environment, page.Questions[0].Kind, want)
		}
	}
}

// A run that goes on can still be left for a plan of its own, when its test message does not arrive.
func TestAResumedRunCanBeChosenAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	emulated(t, w, nil).until("arrived-text")
	p := emulated(t, w, wizard.Answers{"test.arrived.text": "no", "test.next": "change"})
	p.until("test-text")
	p.must()
	if got := p.session.Page().ID; got != "verify" {
		t.Fatalf("choosing again leads to %q", got)
	}
	p.says["test.arrived.text"] = "yes"
	if page := p.until("report"); page.ID != "report" || !w.runs.forward.state(t).Finished {
		t.Errorf("ended at %q: %s", page.ID, page.Lead)
	}
}
