package plan_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// A reading is one answer to what Auth0 does not document: where a flow goes.
type reading struct {
	name       string
	mfa        func(*world) bool         // through the tenant-level provider
	connection func(*world, object) bool // the same
}

func flagged(w *world) bool { return w.settings["phone_consolidated_experience"] == true }

// readings are the possible ones. That the flag alone moves everything, and that it moves nothing, are among them.
func readings() []reading {
	flag := func(w *world, _ object) bool { return flagged(w) }
	optIn := func(_ *world, options object) bool { return options["use_phone_provider"] == true }
	return []reading{
		{"the flag moves MFA, its opt-in a connection", flagged, optIn},
		{"the flag moves everything", flagged, flag},
		{"the Dashboard moves MFA, its opt-in a connection", func(w *world) bool { return w.turned }, optIn},
		{
			"flag and Dashboard move MFA, flag and opt-in a connection", func(w *world) bool { return flagged(w) || w.turned },
			func(w *world, options object) bool { return flagged(w) || options["use_phone_provider"] == true },
		},
	}
}

// delivered lists the codes that arrive in a world under a reading: "mfa sms", "con_a sms".
func (r reading) delivered(w *world) []string {
	var codes []string
	for _, channel := range texts(w.types) {
		legacy := w.selected != "auth0" || channel == "sms"
		if w.factor && w.carries(r.mfa(w), channel, legacy) {
			codes = append(codes, "mfa "+channel)
		}
	}
	for _, each := range w.connections {
		c := as[object](each)
		options := as[object](c["options"])
		legacy := options["gateway_url"] != nil || options["twilio_sid"] != nil
		if len(w.enabled[as[string](c["id"])]) > 0 && w.carries(r.connection(w, options), "sms", legacy) {
			codes = append(codes, as[string](c["id"])+" sms")
		}
	}
	return codes
}

// carries reports whether a code by a channel arrives: through the tenant-level provider, or else by the flow's own settings.
func (w *world) carries(unified bool, channel string, legacy bool) bool {
	if !unified {
		return legacy
	}
	method := map[string]string{"sms": "text", "voice": "voice"}[channel]
	if len(w.providers) == 0 || !slices.Contains(w.methods(), method) {
		return false
	}
	p := as[object](w.providers[0])
	return p["disabled"] != true && (p["name"] != tenant.KindCustom || slices.ContainsFunc(w.actions, func(a any) bool {
		return as[object](a)["all_changes_deployed"] == true || as[object](a)["deployed_version"] != nil
	}))
}

// TestNoCodeIsLost carries plans out and looks after every write, under every reading, whether the codes that arrived before still do.
// Only a stated gap is an exception, and only for the flows it names; and a factor that the admin gave up, from the write on that
// disables it.
func TestNoCodeIsLost(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, w *world, s tenant.Snapshot, _ plan.Choices, p plan.Plan) {
		if judged(s).Verdict == judge.Blocked {
			t.Skip("codes may be failing now: that is repaired first")
		}
		baseline := map[string][]string{}
		for _, r := range readings() {
			baseline[r.name] = r.delivered(w)
		}
		run := newTrial(w)
		for _, step := range p.Steps {
			switch step.Kind {
			case plan.Request:
				if err := run.send(step); err != nil {
					t.Fatalf("%s: %v", step.ID, err)
				}
			case plan.Manual:
				w.turned = w.turned || step.ID == "mfa-unified"
			case plan.Wait, plan.Test:
			}
			for _, r := range readings() {
				lost := minus(minus(baseline[r.name], r.delivered(w)), givenUp(w))
				if len(lost) > 0 && !stated(p, step, lost) {
					t.Fatalf("if %s, %v is lost after %s: %s", r.name, lost, step.ID, stepIDs(p))
				}
			}
		}
	})
}

// givenUp are the MFA factors that are not there any more.
func givenUp(w *world) []string {
	var gone []string
	for _, channel := range minus([]string{"sms", "voice"}, texts(w.types)) {
		gone = append(gone, "mfa "+channel)
	}
	return gone
}

// stated reports whether step lies in a gap of the plan that names every flow of which codes are lost.
func stated(p plan.Plan, step plan.Step, lost []string) bool {
	at := func(id string) int { return slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == id }) }
	return slices.ContainsFunc(p.Summary.Gaps, func(g plan.Gap) bool {
		return at(g.From) <= at(step.ID) && at(step.ID) < at(g.To) && !slices.ContainsFunc(lost, func(code string) bool {
			return !slices.ContainsFunc(p.Baseline, func(r judge.Route) bool {
				return (r.Flow == judge.MFA && code == "mfa "+r.Channel || code == r.Connection+" "+r.Channel) && slices.Contains(g.Flows, nameOf(r))
			})
		})
	})
}

// nameOf is how a gap names a route.
func nameOf(r judge.Route) string {
	if r.Flow == judge.MFA {
		return "MFA by " + judge.ChannelName(r.Channel)
	}
	return `the connection "` + r.Name + `"`
}
