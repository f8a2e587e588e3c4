package plan_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// What going back may lose and need is known before the move, so that nobody learns it in the worst of moments.
func TestGoingBackIsKnownBeforeTheMove(t *testing.T) {
	t.Parallel()
	w := tenantOf(factors("sms"), mfaTwilio(account))
	p, err := build(w, twilioChoices([]string{"text"}, []string{"sms"}))
	if err != nil {
		t.Fatal(err)
	}
	before := w.snapshot().Redacted()
	gaps, secrets := p.GoingBack(before, plan.MoveMFA)
	if len(gaps) != 1 || !slices.Equal(gaps[0].Flows, []string{"MFA by SMS"}) {
		t.Errorf("gaps %+v", gaps)
	}
	if len(secrets) != 1 || secrets[0].Name != plan.SecretTwilioToken {
		t.Errorf("secrets %+v", secrets)
	}
	if gaps, secrets = p.GoingBack(before, "con_none"); len(gaps)+len(secrets) > 0 {
		t.Errorf("a move that is not in the plan: %+v, %+v", gaps, secrets)
	}
}

// The provider's step names who will send through it, and nobody who stays.
func TestAPlanSaysWhoWillSendThroughTheProvider(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		moves int // connections
		mfa   bool
		want  string
	}{
		{0, true, "MFA sends through it once switched on."},
		{1, false, `Passwordless connection "a" sends through it`},
		{1, true, `MFA and Passwordless connection "a" send through it`},
		{2, true, `MFA, Passwordless connection "a" and Passwordless connection "b" send`},
		{5, true, `MFA, Passwordless connection "a", Passwordless connection "b" and 3 more send`},
	} {
		shapes := []shape{factors("sms"), mfaTwilio(account)}
		choices := twilioChoices([]string{"text"}, []string{"sms"})
		choices.MFA, choices.Connections = c.mfa, map[string]plan.Choice{}
		for i := range 5 {
			name := string(rune('a' + i))
			shapes = append(shapes, connection(name, "twilio"))
			choices.Connections["con_"+name] = plan.Choice{Move: i < c.moves}
		}
		p, err := build(tenantOf(shapes...), choices)
		if err != nil {
			t.Fatal(err)
		}
		if s, _ := p.Step("provider"); !strings.HasPrefix(s.Why, c.want) {
			t.Errorf("%q, want %q", s.Why, c.want)
		}
	}
}

// A plan is read before anything is written, and again long after: nothing in it happens "now" that only the switch brings.
func TestWhatTheSwitchBringsIsNotSaidToBeSo(t *testing.T) {
	t.Parallel()
	p, err := build(tenantOf(factors("sms"), mfaTwilio(account)), twilioChoices([]string{"text"}, []string{"sms"}))
	if err != nil {
		t.Fatal(err)
	}
	s, _ := p.Step("legacy-endpoints")
	if !strings.HasPrefix(s.Why, "Once MFA has moved,") || strings.Contains(s.Why, "403 now") {
		t.Errorf("%q", s.Why)
	}
	if s, _ = p.Step("mfa-unified"); !strings.Contains(s.Title, "a switch in the Dashboard may be left to turn") {
		t.Errorf("what a person may have to do is not in its title: %q", s.Title)
	}
	p, err = build(tenantOf(factors("sms"), mfaTwilio(account), unified(true)), twilioChoices([]string{"text"}, []string{"sms"}))
	if err != nil {
		t.Fatal(err)
	}
	if s, ok := p.Step("mfa-unified"); ok && !strings.Contains(s.Title, "turn its switch in the Dashboard") {
		t.Errorf("that switch is the move: %q", s.Title)
	}
}

// Whom a plan reaches that send through the provider already: nobody where it writes to nothing that they travel through.
func TestWhomAPlanReaches(t *testing.T) {
	t.Parallel()
	live := tenantOf(factors("sms"), mfaTwilio(account), unified(true), provider("twilio", false, "text"))
	choices := twilioChoices([]string{"text", "voice"}, []string{"sms"})
	p, err := build(live, choices)
	if err != nil {
		t.Fatal(err)
	}
	if got := p.Reaches(); !slices.Equal(got, []string{"MFA by SMS"}) {
		t.Errorf("%v", got)
	}
	p.Steps = slices.DeleteFunc(p.Steps, func(s plan.Step) bool { return s.Call != nil && s.Call.Op == tenant.PatchProvider })
	if got := p.Reaches(); len(got) > 0 {
		t.Errorf("it writes to no provider, and reaches %v", got)
	}
}

// What somebody decided stays with the plan, where no step shows it.
func TestDecisionsStayWithThePlan(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, []string{"sms"})
	choices.Decided = []string{"Accepted: users will not be told (no-user-feedback)"}
	w := tenantOf(factors("sms"), mfaTwilio(account))
	p, err := build(w, choices)
	if err != nil || !slices.Equal(p.Summary.Decided, choices.Decided) {
		t.Fatalf("%v, %v", p.Summary.Decided, err)
	}
	choices.Decided = nil
	if other, err := build(w, choices); err != nil || other.Checksum == p.Checksum {
		t.Error("a plan that was decided otherwise is another one")
	}
}
