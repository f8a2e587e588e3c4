package wizard_test

import (
	"strings"
	"testing"

	"upe/flows/wizard"
)

// TestBeforeTheSwitchThereIsAWayOut: esc on a switch that was not turned leads to what can be done instead, and back.
func TestBeforeTheSwitchThereIsAWayOut(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.until("move-mfa")
	p.session.Back()
	if got := p.session.Page().ID; got != "pause-mfa" {
		t.Fatalf("back leads to %q", got)
	}
	p.session.Back()
	if got := p.session.Page().ID; got != "move-mfa" {
		t.Fatalf("and back again to %q", got)
	}
	p.session.Back()
	p.says["pause.mfa"] = "back"
	p.must()
	if page := p.session.Page(); page.ID != "back" || !strings.Contains(page.Safe, "users notice nothing") {
		t.Fatalf("taking it back leads to %q: %s", page.ID, page.Safe)
	}
	p.says["back.next"] = "anew"
	page := p.until("back-done")
	if page.ID != "back-done" {
		t.Fatalf("ended at %q", page.ID)
	}
	p.must()
	if got := p.session.Page(); got.ID != "provider" || p.session.Known().Run != nil {
		t.Errorf("choosing again leads to %q", got.ID)
	}
}

// TestAMessageThatArrivedAmissIsNoProof, and no lie either: nobody has to say that it did not arrive.
func TestAMessageThatArrivedAmissIsNoProof(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.says["test.arrived.text"] = "amiss"
	page := p.until("arrived-text")
	if !strings.Contains(shown(page), "It should come from +15005550006") {
		t.Errorf("whom it should come from is not said: %s", shown(page))
	}
	p.must()
	page = p.session.Page()
	if page.ID != "test-text" || !strings.Contains(shown(page), "arrived, and not as it should") || page.Questions[0].Key != "test.next" {
		t.Fatalf("then comes %q: %s", page.ID, shown(page))
	}
	if e := p.session.Known().Run.Evidence[0]; e.Missing || !e.Arrived.IsZero() {
		t.Errorf("the record says %+v", e)
	}
	p.says["test.next"], p.says["test.to"] = "send", ""
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "a number is needed") {
		t.Errorf("sends to nobody: %v", err)
	}
	p.says["test.next"] = "back"
	p.must() // without a number
	if got := p.session.Page().ID; got != "back" {
		t.Errorf("taking it back leads to %q", got)
	}
}

// TestASenderIsNeeded: the page itself refuses a provider without one, and says what differs from today.
func TestASenderIsNeeded(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	page := p.until("twilio")
	p.says["twilio.from"] = ""
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "twilio.from: there is no sender") {
		t.Fatalf("goes on without a sender: %v", err)
	}
	if said := live(page, wizard.Answers{"twilio.from": "+15005550001"}); !strings.Contains(said, "+15005550001 today +15005550006") {
		t.Errorf("the change is not marked: %s", said)
	}
	p.says["twilio.from"] = "+15005550001"
	plan := p.until("review")
	if said := shown(plan); !strings.Contains(said, "nobody's today: MFA from +15005550006") {
		t.Errorf("the plan does not say that the sender changes: %s", said)
	}
}

// TestWhatIsKeptForTheSameTenant: answers, and no secrets.
func TestWhatIsKeptForTheSameTenant(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.says["twilio.auth_token"] = wizard.NewSecret("0123456789abcdef0123456789abcdef")
	p.until("review")
	kept := p.session.Kept()
	if kept["twilio.from"] != "+15005550006" {
		t.Errorf("kept: %v", kept)
	}
	for key, value := range kept {
		if _, secret := value.(wizard.Secret); secret || strings.HasPrefix(string(key), "seen.") {
			t.Errorf("%s is kept", key)
		}
	}
}

// TestBeforeALiveProviderIsChangedOneCanGoBack: nothing is prepared there, so the switch is the first page of the run, and esc leaves it.
func TestBeforeALiveProviderIsChangedOneCanGoBack(t *testing.T) {
	t.Parallel()
	p := onLive(t)
	p.until("move-provider")
	if ok, why := p.session.CanBack(); !ok {
		t.Fatalf("no way back: %s", why)
	}
	p.session.Back()
	if id := p.session.Page().ID; strings.HasPrefix(id, "move-") || p.session.Known().Open != nil {
		t.Errorf("esc leads to %q, with the run open: %v", id, p.session.Known().Open != nil)
	}
	p.until("confirm-provider")
	if ok, _ := p.session.CanBack(); ok {
		t.Error("what reached users is left by esc")
	}
}
