package plan_test

import (
	"slices"
	"testing"
)

// A change of a provider that is on names those whose codes go through it, however many they are, and is no switch.
func TestAChangeOfALiveProviderNamesItsUsers(t *testing.T) {
	t.Parallel()
	both := []string{"text", "voice"}
	for name, c := range map[string]struct {
		world   *world
		users   []string
		heading string
	}{
		"one": {
			tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "twilio")),
			[]string{"MFA by SMS"},
			"Change the tenant-level provider, which MFA by SMS uses now",
		},
		"two": {
			tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "twilio"), connection("b", "moved")),
			[]string{"MFA by SMS", "Passwordless, connection b"},
			"Change the tenant-level provider, which MFA by SMS and Passwordless, connection b use now",
		},
		"three": {
			tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "twilio"), connection("b", "moved"), connection("c", "moved")),
			[]string{"MFA by SMS", "Passwordless, connection b", "Passwordless, connection c"},
			"Change the tenant-level provider, which MFA by SMS and 2 more use now",
		},
		"nobody": {
			tenantOf(unified(true), provider("twilio", false, "text"), connection("a", "twilio")),
			[]string{},
			"Change the tenant-level provider, which is on already",
		},
		"not on yet": {
			tenantOf(unified(false), provider("twilio", true, "text"), connection("a", "twilio")), nil, "",
		},
	} {
		choices := twilioChoices(both, nil)
		choices.MFA, choices.Connections = false, move("con_a")
		p, err := build(c.world, choices)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		m, found := p.Move("provider")
		switch {
		case found != (c.users != nil):
			t.Errorf("%s: the provider is changed by %v", name, p.Summary.Moves)
		case found && (!m.Changes() || !slices.Equal(m.Users, c.users) || m.Heading() != c.heading):
			t.Errorf("%s: %q for %q", name, m.Heading(), m.Users)
		}
		if other, _ := p.Move("con_a"); other.Changes() || other.Heading() != `Switch on: Passwordless connection "a"` {
			t.Errorf("%s: %q", name, other.Heading())
		}
	}
}
