package run_test

import (
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

func TestWhatAWriteLosesOnTheWayIsFound(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name  string
		drops []string
		hides any // how the token is shown after the write
		kind  fault
		lost  []string // empty: nothing
	}{
		{"nothing", nil, nil, "", nil},
		{"two options", []string{"template", "from"}, nil, "", []string{`/options/from: want "+1 *** *** 00", have nothing`, `/options/template: want "{{ code }}", have nothing`}},
		{"no answer, and an option", []string{"from"}, nil, lost, []string{`/options/from: want "+1 *** *** 00", have nothing`}},
		{"what was empty", []string{"messaging_service_sid", "unknown"}, nil, "", nil},
		{"the token is masked", nil, "********", "", nil},
		{"the token is absent", []string{"twilio_token"}, nil, "", nil},
		{"another token", nil, "another-token", "", []string{`/options/twilio_token: want "(secret)", have "(secret)"`}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log, p := newFake(), run.NewMemory(nil), migration()
				f.options["template"], f.options["messaging_service_sid"] = "{{ code }}", ""
				f.drops, f.hides = c.drops, c.hides
				p.Summary.Moves[1].Channels = nil
				survive(t, stages()[0], f, log, p)
				f.fault = once(tenant.PatchConnection, c.kind)
				state, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
				var differs *run.Difference
				switch {
				case c.lost == nil && err != nil:
					t.Errorf("%v", err)
				case c.lost == nil:
				case !errors.As(err, &differs) || !slices.Equal(differs.Fields, c.lost):
					t.Errorf("%v", err)
				case status(state, "connection") != run.Broken:
					t.Errorf("the step is %s", status(state, "connection"))
				default:
					keepsSecrets(t, err.Error())
					// Running again does not talk it round: what was lost is still lost.
					f.drops = nil
					again, err := newRunner(f, log).Run(t.Context(), p, run.Until{Phase: plan.Switch, Move: "con_1"}, nil)
					if !errors.As(err, &differs) || status(again, "connection") != run.Broken {
						t.Errorf("the second run says %v, the step is %s", err, status(again, "connection"))
					}
				}
				keepsSecrets(t, string(read(t, log)))
			})
		})
	}
}

func TestBindingsThatChangedSinceThePlanAreNotOverwritten(t *testing.T) {
	t.Parallel()
	other := map[string]any{"id": "bin_9", "display_name": "other", "action": map[string]any{"id": "act_9"}}
	const kept = `[{"display_name":"other","ref":{"type":"binding_id","value":"bin_9"}}]`
	for name, c := range map[string]struct {
		saw   string // by the plan
		now   []any
		stale bool
	}{
		"none, as before":     {`[]`, []any{}, false},
		"the same":            {kept, []any{other}, false},
		"one more":            {`[]`, []any{other}, true},
		"one less":            {kept, []any{}, true},
		"another name":        {kept, []any{lay(other, map[string]any{"display_name": "new"})}, true},
		"a plan without them": {``, []any{other}, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, p := newFake(), migration()
				i := slices.IndexFunc(p.Steps, func(s plan.Step) bool { return s.ID == "bind" })
				p.Steps[i].Before = raw(c.saw)
				f.fault = func(_ int, call tenant.Call) fault {
					if call.Op == tenant.DeployAction { // long after the plan's facts were compared
						f.bindings = c.now
					}
					return ""
				}
				_, err := newRunner(f, run.NewMemory(nil)).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
				var stale *run.Stale
				switch wrote := f.wrote("PATCH /actions/triggers"); {
				case !c.stale && (err != nil || wrote != 1):
					t.Errorf("%v, %d writes", err, wrote)
				case !c.stale:
				case !errors.As(err, &stale) || wrote != 0 || stale.Differences[0].Fact.What != "what is bound to custom-phone-provider":
					t.Errorf("%v, %d writes", err, wrote)
				}
			})
		})
	}
}

func TestASecretInsideBase64IsScrubbed(t *testing.T) {
	t.Parallel()
	const secret = "?>~ a token ~>?>~" // its base 64 is not the same in an address
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawURLEncoding} {
		for _, around := range [][2]string{{"", ""}, {"A", ""}, {"AB", ""}, {"ABC", "z"}, {"ABCD", "zz"}, {"AC0123456789:", "zzz"}} {
			synctest.Test(t, func(t *testing.T) {
				f, log := newFake(), run.NewMemory(nil)
				encoded := encoding.EncodeToString([]byte(around[0] + secret + around[1]))
				f.says = "Authorization: Basic " + encoded + " was not accepted"
				f.fault = once(tenant.CreateAction, refuse)
				r := newRunner(f, log)
				r.Secret = func(string) (string, error) { return secret, nil }
				_, err := r.Run(t.Context(), migration(), run.Until{Phase: plan.Prepare}, nil)
				var answered *tenant.Error
				if !errors.As(err, &answered) || !strings.Contains(answered.Message, tenant.Redacted) || !strings.Contains(answered.Message, "was not accepted") {
					t.Fatalf("%v", err)
				}
				if last := strings.TrimRight(encoded, "="); around[1] == "" && strings.Contains(answered.Message, tenant.Redacted+last[len(last)-1:]) {
					t.Errorf("its last bits are left: %v", err)
				}
				// No piece of it that holds more than two whole bytes of the secret is left.
				middle := encoded[(len(around[0])+2)*4/3+1 : (len(around[0])+len(secret)-2)*4/3-1]
				for i := 0; i+4 <= len(middle); i++ {
					if strings.Contains(err.Error()+string(read(t, log)), middle[i:i+4]) {
						t.Errorf("%q: %v", around, err)
					}
				}
			})
		}
	}
}
