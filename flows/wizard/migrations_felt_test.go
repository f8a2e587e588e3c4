package wizard_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"upe/client/emulator"
)

// unfelt are the quirks that make no difference to any migration, with the reason. A quirk that is neither felt nor here would be a
// question that no scenario asks.
var unfelt = map[string]string{
	"binding_needed":             "the plan binds the Action wherever it is not bound",
	"factor_first":               "the plan turns the phone factor on before it sets message types",
	"inline_enabled_clients":     "the applications of a connection are read where they are shown today",
	"one-way":                    "it differs once the tenant flag is turned off, and a migration never does that",
	"second_provider_allowed":    "a provider that is there is changed; no second one is created",
	"shrink_refused":             "what is dropped is taken from the message types before it is taken from the delivery methods",
	"try_needs_enabled_provider": "test messages are sent through an enabled provider only",
}

// sensitive are scenarios beside the few whose settings a quirk or world could be about.
var sensitive = []string{
	"secrets-absent", "mfa-twilio-voice", "provider-narrower", "provider-disabled", "custom-action-undeployed", "passwordless-several",
	"mfa-twilio-add-voice", "mfa-twilio-voice-drop-voice",
}

// newID is an id that an emulated tenant makes: it follows from the tenant file, which says the quirks.
var newID = regexp.MustCompile(`(pro|tem|con)_\w+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

// trace is everything of a migration that a quirk could make different: what was found, what was planned, what was sent and how it was
// answered, what came of it.
func (m *migration) trace() string {
	var out strings.Builder
	for _, f := range m.found {
		fmt.Fprintln(&out, f.ID, f.Severity, f.Evidence)
	}
	for _, s := range m.plan.Steps {
		fmt.Fprintln(&out, s.ID, s.Kind, s.Phase, s.Needs)
	}
	var sent []string // in no order: reads are sent side by side
	for _, r := range m.tenant.Requests() {
		sent = append(sent, fmt.Sprint(r.Method, r.Status, r.Path))
	}
	slices.Sort(sent)
	fmt.Fprintln(&out, sent, m.out)
	return newID.ReplaceAllString(out.String(), "ID")
}

// TestEveryWorldAndQuirkIsFelt looks for a scenario in which it makes a difference.
func TestEveryWorldAndQuirkIsFelt(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("it runs many migrations twice")
	}
	trials := slices.DeleteFunc(all(t), func(s trial) bool { return !slices.Contains(few, s.name) && !slices.Contains(sensitive, s.name) })
	plain := map[string]string{} // by world and scenario
	felt := func(way combination) string {
		from := way.world
		if len(way.quirks) == 0 {
			from = emulator.Worlds()[0]
		}
		for _, s := range trials {
			at := from + "/" + s.name
			if plain[at] == "" {
				plain[at] = s.migrate(t, combination{world: from}).trace()
			}
			if s.migrate(t, way).trace() != plain[at] {
				return way.world + "/" + s.name
			}
		}
		return ""
	}
	for _, world := range emulator.Worlds()[1:] {
		complainUnfelt(t, world, felt(combination{world: world}))
	}
	for _, quirk := range emulator.Quirks() {
		world := emulator.Worlds()[0]
		if quirk == "legacy_closed_by_flag" {
			world = "dashboard" // where anything else than the flag moves MFA
		}
		complainUnfelt(t, quirk, felt(combination{world, []string{quirk}}))
	}
}

func complainUnfelt(t *testing.T, what, where string) {
	t.Helper()
	switch why, said := unfelt[what]; {
	case where == "" && !said:
		t.Errorf("no scenario feels %s", what)
	case where != "" && said:
		t.Errorf("%s feels %s, which was said to make no difference: %s", where, what, why)
	case where != "":
		t.Logf("%s is felt by %s", what, where)
	}
}
