package wizard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// onLive is a person who has voice added to a provider that MFA by SMS uses now.
func onLive(t *testing.T) *person {
	t.Helper()
	_, p := inTheDemo(t, "half-connection-left")
	p.says["delivery_methods"] = []string{"text", "voice"}
	return p
}

// whole is everything that a page says.
func whole(p wizard.Page) string {
	said := fmt.Sprintln(p.Title, p.Lead, p.Blocks)
	if p.Live != nil {
		said += fmt.Sprintln(p.Live(wizard.Answers{}))
	}
	for _, q := range p.Questions {
		said += fmt.Sprintln(q.Title, q.Help, q.Options)
	}
	return said
}

func saysIn(t *testing.T, p wizard.Page, all ...string) {
	t.Helper()
	for _, want := range all {
		if !strings.Contains(whole(p), want) {
			t.Errorf("page %s: %q is not in\n%s", p.ID, want, whole(p))
		}
	}
}

// TestALiveProviderIsNamedByWhoUsesIt: a change of a provider that is in use reaches its users at once. Each page says whom, and none
// that nothing is switched.
func TestALiveProviderIsNamedByWhoUsesIt(t *testing.T) {
	t.Parallel()
	for page, want := range map[string][]string{
		"scope":               {"Has moved already MFA by SMS"},
		"template-otp_verify": {"is what users of MFA by SMS read already: other words reach them at once", "MFA by SMS, which uses the provider already"},
		"review": {
			"The provider is changed under those who use it now (MFA by SMS)", "Change the tenant-level provider, which MFA by SMS uses now",
			"voice: no test message, because nothing that this plan moves uses it",
		},
		"move-provider": {
			"Change the tenant-level provider, which MFA by SMS uses now", "Codes of MFA by SMS go through this provider now",
			"Taking it back needs nothing that Auth0 does not show", "Delivery methods SMS becomes SMS and voice",
		},
		"test-text":        {"It sends for others already: MFA by SMS."},
		"login-provider":   {"is changed"},
		"confirm-provider": {"is changed"},
	} {
		p := onLive(t)
		got := p.until(page)
		if got.ID != page {
			t.Fatalf("%s is not reached, but %s", page, got.ID)
		}
		saysIn(t, got, want...)
		if text := whole(got); strings.Contains(text, "the old way") || strings.Contains(text, "Switch on: Tenant-level") {
			t.Errorf("%s: %s", page, text)
		}
	}
}

// TestAMessageThatDoesNotArriveOnALiveProvider: the way it took is that of users' codes, so their codes come first: taking back, where
// this run changed something.
func TestAMessageThatDoesNotArriveOnALiveProvider(t *testing.T) {
	t.Parallel()
	const hit = "Codes of MFA by SMS take the same way now: their users are probably affected at this moment."
	for name, c := range map[string]struct {
		methods []string
		says    string
		first   string
	}{
		"changed by this run": {[]string{"text", "voice"}, hit + " Take the run back first", "back"},
		"as it was before":    {[]string{"text"}, hit + " This run has written nothing", "send"},
	} {
		p := onLive(t)
		p.says["delivery_methods"], p.says["test.arrived.text"] = c.methods, "no"
		asked := p.until("arrived-text")
		if no := optionOf(t, asked.Questions[0], "no"); strings.Contains(no.Label, "nothing is switched") {
			t.Errorf("%s: %q", name, no.Label)
		}
		p.must()
		page := p.session.Page()
		saysIn(t, page, c.says)
		if q := page.Questions[0]; q.Key != "test.next" || q.Default != wizard.Value(c.first) || q.Options[0].Value != c.first {
			t.Errorf("%s: it offers %v first, and %v is chosen", name, q.Options[0], q.Default)
		}
	}
}

// TestWhoIsOnTheProviderAfterASwitchOfThisRun: once the first flow has moved, a message that does not arrive is bad news for its users,
// though none was on the provider before.
func TestWhoIsOnTheProviderAfterASwitchOfThisRun(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.until("confirm-mfa")
	saysIn(t, p.session.Page(), "MFA is switched on")
	known := p.session.Known()
	known.Amiss = "text"
	saysIn(t, wizard.Next(known, p.session.Answers()), "It sends for others already: MFA.", "Codes of MFA take the same way now", "Take the run back first")
}

// TestDeliveryMethodsCoverWhoUsesTheProvider: what is not asked about is not lost.
func TestDeliveryMethodsCoverWhoUsesTheProvider(t *testing.T) {
	t.Parallel()
	p := onLive(t)
	page := p.until("methods")
	for methods, want := range map[string]string{
		"text": "Everything you move is covered.", "text voice": "Everything you move is covered.",
		"voice": "MFA by SMS goes through this provider already: without it its users could not log in",
	} {
		chosen := strings.Fields(methods)
		answers := p.session.Answers()
		answers["delivery_methods"] = chosen
		matrix, ok := page.Live(answers)[0].(wizard.Matrix)
		names := []string{}
		for _, row := range matrix.Rows {
			names = append(names, row.Label)
		}
		if !ok || !slices.Contains(names, "MFA, which uses it now") || !strings.Contains(matrix.Verdict, want) {
			t.Errorf("%s: %v %q", methods, names, matrix.Verdict)
		}
		if err := page.Questions[0].Check(chosen); (err == nil) != (methods != "voice") {
			t.Errorf("%s: %v", methods, err)
		}
	}
}

// TestALoginSpeaksForItsDeliveryMethodOnly: where codes come by SMS and by voice, the word of who tried one does not prove the other.
func TestALoginSpeaksForItsDeliveryMethodOnly(t *testing.T) {
	t.Parallel()
	for answer, want := range map[string]string{
		"only-text": "by Robin; voice: not proven by a login", "only-voice": "by Robin; SMS: not proven by a login", "yes": "by Robin",
	} {
		_, p := inTheDemo(t, "mfa-twilio-voice")
		p.says["resolution"], p.says["test.arrived.voice"], p.says["login.mfa"] = "add-method", "yes", answer
		saysIn(t, p.until("confirm-mfa"), "MFA is switched on")
		if q := p.session.Page().Questions[0]; q.Title != "Could you log in with a code, by SMS and voice?" || len(q.Options) != 4 {
			t.Errorf("it asks %q with %v", q.Title, q.Options)
		}
		facts := whole(p.until("report"))
		if !strings.Contains(facts, want) || answer == "yes" && strings.Contains(facts, "not proven") {
			t.Errorf("%s: %q is not in %s", answer, want, facts)
		}
	}
}

// TestWhatTheEndTakesAwayCanWait: a factor that is given up ends with a question of its own, which names it and says who notices.
func TestWhatTheEndTakesAwayCanWait(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ environment, answer, then string }{
		{"development", "now", "report"}, {"development", "later", "after-kept"}, {"production", "now", "after"}, {"production", "later", "after-kept"},
	} {
		w, p := inTheDemo(t, "mfa-twilio-voice")
		p.says["resolution"], p.says["test.arrived.voice"], p.says["environment"], p.says["after.next"] = "drop-factor", "yes", c.environment, c.answer
		page := p.until("after")
		saysIn(t, page, "MFA by voice ends with this", "Users who get their codes by nothing else could not log in", "turn MFA by voice off, which you gave up")
		if page.Questions[0].Default != wizard.Value("later") {
			t.Errorf("%v is chosen beforehand", page.Questions[0].Default)
		}
		p.must()
		got := p.session.Page()
		if got.ID != c.then || c.then == "after" && got.Questions[0].Kind != wizard.Retype {
			t.Errorf("%v: then comes %q with %v", c, got.ID, got.Questions)
		}
		types := w.read().Snapshot.MessageTypes()
		if still := slices.Contains(types, "voice"); still != (c.then != "report") {
			t.Errorf("%v: MFA is by %v", c, types)
		}
		if c.then == "after" {
			if p.must(); p.session.Page().ID != "report" {
				t.Errorf("the domain leads to %q", p.session.Page().ID)
			}
		}
	}
}

// TestAnotherCarriersMessageIsNoProof: the test message of an Action goes as one of no connection. Where the connection is switched that is
// said again, and a delivery method that it does not need is not shown.
func TestAnotherCarriersMessageIsNoProof(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "two-carriers-gateway-action")
	answers, host := w.admin("two-carriers-gateway-action")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: host, says: answers}
	p.says["by"], p.says["test.arrived.text"], p.says["test.arrived.voice"] = "Robin", "yes", "yes"
	for range 90 {
		page := p.session.Page()
		if page.Final {
			t.Fatalf("ended at %s", whole(page))
		}
		if strings.HasPrefix(page.ID, "move-con_") {
			break
		}
		p.must()
	}
	for _, b := range p.session.Page().Blocks {
		if shown, ok := b.(wizard.Evidence); ok && (len(shown.Rows) != 1 || shown.Rows[0].Channel != "text") {
			t.Errorf("a connection is proven by %v", shown.Rows)
		}
	}
	saysIn(t, p.session.Page(), `It does not prove`, `codes of the Passwordless connection "meter-readers"`)
	if end := p.until("report"); strings.Contains(end.Lead, "tested") {
		t.Errorf("it ends with %q", end.Lead)
	}
}
