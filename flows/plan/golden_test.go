package plan_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"upe/flows/plan"
)

var update = flag.Bool("update", false, "write the plans under testdata anew; then read them line by line")

// scenario is a tenant and what its admin chose.
type scenario struct {
	world   func() *world
	choices plan.Choices
}

// scenarios are whole migrations. Their plans are kept under testdata to be read: words, order, and what is sent.
func scenarios() map[string]scenario {
	sms, both := []string{"sms"}, []string{"sms", "voice"}
	text, calls := []string{"text"}, []string{"text", "voice"}

	shortest := twilioChoices(text, sms)
	shortest.Templates = map[string]plan.Template{
		"otp_verify": {Text: "{{ code }} to log in", Voice: "Your code is {{ code }}"},
		"otp_enroll": {Text: "{{ code }} to enroll", Voice: "Your code is {{ code }}"},
	}
	voice := twilioChoices(calls, both)
	voice.Twilio.MessagingServiceSID = service

	changed := newAction()
	changed.ID = "act_1"
	narrower := customChoices(changed, text, sms)

	passwordless := twilioChoices(text, nil)
	passwordless.Connections = move("con_a")
	passwordless.Connections["con_b"] = plan.Choice{Why: "its gateway stays until next year"}
	passwordless.Templates = map[string]plan.Template{"otp_verify": {Text: "{{ code }} for Acme", Voice: "Your code is {{ code }}"}}

	all := twilioChoices(calls, both)
	all.Connections = move("con_a", "con_b")

	live := twilioChoices(calls, nil)
	live.Connections = move("con_a")
	live.Templates = map[string]plan.Template{"otp_verify": {Text: "{{ code }} for Acme"}}

	beside := twilioChoices(text, nil)
	beside.Connections = move("con_a")

	scratch := twilioChoices(text, sms)
	scratch.MFA, scratch.SetUpMFA = false, true
	scratch.NewConnection = &plan.NewConnection{Name: "sms", Clients: []string{"app1", "app2"}}

	first := twilioChoices(text, sms)
	first.Connections, first.FlagFirst = move("con_a"), true

	gateway := customChoices(newAction(), text, nil)
	gateway.Connections = move("con_a")

	keeps := customChoices(plan.Action{ID: "act_1", Keep: true}, text, sms)

	return map[string]scenario{
		"from-scratch": {func() *world { return tenantOf(apps(1), func(w *world) { w.policies = []any{} }) }, scratch},
		"flag-first": {func() *world {
			return tenantOf(factors("sms", "voice"), mfaTwilio(account), connection("a", "twilio"), connection("b", "gateway"), func(w *world) { w.afterFlag = true })
		}, first},
		"live-to-custom": {func() *world {
			return tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "gateway"))
		}, gateway},
		"several-actions": {func() *world { return tenantOf(factors("sms"), mfaHook, action(true, true), rival) }, keeps},
		"mfa-twilio":      {func() *world { return tenantOf(factors("sms"), mfaTwilio(account)) }, shortest},
		"mfa-twilio-voice": {func() *world {
			return tenantOf(factors("sms", "voice"), mfaTwilio(account), provider("twilio", true, "text"))
		}, voice},
		"custom-new": {func() *world {
			w := tenantOf(factors("sms"), mfaHook)
			w.bindings = []any{doc(`{"id":"bin_0","display_name":"Leftover","action":{"id":"act_gone","name":"Leftover"}}`)}
			return w
		}, customChoices(newAction(), text, sms)},
		"custom-existing-narrower": {func() *world {
			return tenantOf(factors("sms", "voice"), mfaTwilio(account), action(true, true), provider("custom", true, "text"))
		}, narrower},
		"custom-keep": {
			func() *world { return tenantOf(factors("sms"), mfaHook, action(false, false), unified(nil)) },
			customChoices(plan.Action{ID: "act_1", Name: "Custom Phone Provider", Keep: true}, text, sms),
		},
		"passwordless": {func() *world {
			return tenantOf(connection("a", "other"), connection("b", "gateway"), secretsAre("masked"), customised(false))
		}, passwordless},
		"mfa-and-passwordless": {func() *world {
			return tenantOf(factors("sms"), mfaTwilio(account), connection("a", "twilio"), connection("b", "signed"), secretsAre("absent"))
		}, all},
		"live-provider": {func() *world {
			return tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "twilio"), customised(false))
		}, live},
		"passwordless-beside-mfa": {func() *world { return tenantOf(factors("sms"), mfaTwilio(account), connection("a", "twilio")) }, beside},
	}
}

func TestWholePlans(t *testing.T) {
	t.Parallel()
	for name, s := range scenarios() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p, err := build(s.world(), s.choices)
			if err != nil {
				t.Fatal(err)
			}
			file := filepath.Join("testdata", name+".json")
			if *update {
				if err := os.WriteFile(file, p.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if got := string(p.Bytes()); got != string(want) {
				t.Errorf("the plan is not the one in %s (write it with -update, then read it):\n%s", file, firstDifference(string(want), got))
			}
		})
	}
}

// firstDifference shows where two texts part, with the lines before.
func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return strings.Join(w[max(0, i-4):i], "\n") + "\n- " + w[i] + "\n+ " + g[i]
		}
	}
	return "one of them ends early"
}
