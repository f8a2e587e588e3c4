package wizard_test

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// admin is the answers file of a scenario, with the files it names.
func (w *world) admin(name string) (wizard.Answers, wizard.Host) {
	w.t.Helper()
	want, err := testdata.Expectation(name)
	if err != nil {
		w.t.Fatal(err)
	}
	host := w.host()
	host.ReadFile = func(path string) ([]byte, error) {
		if file, ok := want.Files[path]; ok {
			return []byte(file), nil
		}
		return nil, fmt.Errorf("%s: %w", path, fs.ErrNotExist)
	}
	return w.parse(want.Answers), host
}

func (w *world) parse(file []byte) wizard.Answers {
	w.t.Helper()
	answers, err := wizard.ParseAnswers(file, func(ref wizard.SecretRef) (string, error) { return testdata.Secret(ref.Env), nil })
	if err != nil {
		w.t.Fatalf("%v in\n%s", err, file)
	}
	return answers
}

// unanswered are answers but for those under a key, or below it.
func unanswered(answers wizard.Answers, prefix string) wizard.Answers {
	rest := wizard.Answers{}
	for key, value := range answers {
		if string(key) != prefix && !strings.HasPrefix(string(key), prefix+".") {
			rest[key] = value
		}
	}
	return rest
}

// What only a person can decide has no default: each is named by its key when it is missing, and everything goes on when it is
// there.
func TestDecisionsAreNeverDefaulted(t *testing.T) {
	t.Parallel()
	cases := []struct{ scenario, without, open string }{
		{"passwordless-twilio", "scope.connections", "scope.connections.con_"},
		{"mixed-on-purpose", "scope.connections", "scope.connections.con_"},
		{"same-account-other-sender", "provider", "provider"},
		{"same-account-other-sender", "twilio", "twilio.from"},
		{"same-account-messaging-service", "twilio", "twilio.from"},
		{"different-accounts", "provider", "provider"},
		{"different-carriers", "provider", "provider"},
		{"different-carriers", "action.non_code", "action.non_code"},
		{"different-carriers", "action.failure", "action.failure"},
		{"different-carriers", "action.routes", "action.routes.mfa_after_passwordless"},
		{"mfa-action", "action.on_error", "action.on_error"},
		{"mfa-action", "action.non_code", "action.non_code"},
		{"mfa-action-v1", "action.language", "action.language"},
		{"mfa-action-voice", "action.voice", "action.voice"},
		{"passwordless-gateway", "action.failure", "action.failure"},
		{"templates-macros", "templates.otp_verify", "templates.otp_verify.source"},
		{"half-live-gateway", "provider", "provider"},
		{"half-live-gateway", "accept", "accept"},
		{"provider-other-kind", "provider", "provider"},
		{"mfa-auth0-sender", "provider", "provider"},
		{"mfa-several-actions", "action.delivers", "action.delivers"},
		{"mfa-hook-without-action", "accept", "accept"},
		{"custom-actions-several", "action.id", "action.id"},
		{"custom-actions-several", "action.non_code", "action.non_code"},
		{"custom-action-undeployed", "action.source", "action.source"},
		{"mfa-twilio", "accept", "accept"},
		{"mfa-twilio-voice", "delivery_methods", "resolution"},
		{"nothing", "provider", "provider"},
		{"nothing", "twilio", "twilio.sid"},
	}
	for _, c := range cases {
		t.Run(c.scenario+" without "+c.without, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.scenario)
			answers, host := w.admin(c.scenario)
			answers = unanswered(answers, c.without)
			if c.open == "resolution" {
				answers = unanswered(answers, "resolution")
			}
			_, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
			if err != nil {
				t.Fatal(err)
			}
			asked := func(q wizard.Question) bool { return strings.HasPrefix(string(q.Key), c.open) }
			if !slices.ContainsFunc(open, asked) {
				t.Errorf("open %v, want %s", open, c.open)
			}
		})
	}
}

// The answers of every scenario lead to a plan or to an end, and written out as a file they lead to the same.
func TestTheAnswersOfEveryScenarioComeBackFromAFile(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		if testing.Short() && !slices.Contains(few, name) {
			continue
		}
		want, err := testdata.Expectation(name)
		if err != nil {
			t.Fatal(err)
		}
		if want.Answers == nil || name == "actions-at-limit" || name == "many" {
			continue // nobody migrates it, its answers are refused, or reading it takes long
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, name)
			known := w.read()
			answers, host := w.admin(name)
			first := w.outcome(known, answers, host)
			file, err := wizard.WriteAnswers(t.Context(), known, answers, host)
			if err != nil {
				t.Fatal(err)
			}
			if second := w.outcome(known, w.parse(file), host); first != second {
				t.Errorf("another outcome with\n%s", file)
			}
		})
	}
}

// outcome is the plan that answers lead to, or the page with which the conversation ends.
func (w *world) outcome(known wizard.Known, answers wizard.Answers, host wizard.Host) string {
	w.t.Helper()
	choices, open, err := wizard.Drive(w.t.Context(), known, answers, host)
	var ended *wizard.Ended
	switch {
	case errors.As(err, &ended):
		return ended.Page.ID
	case err != nil:
		w.t.Fatal(err)
	case len(open) > 0:
		w.t.Fatalf("nobody answers %v", open)
	}
	p, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if errors.Is(err, plan.ErrNothing) {
		return "nothing to do"
	}
	if err != nil {
		w.t.Fatal(err)
	}
	return string(p.Bytes())
}

func TestChoicesThatCannotBeAreRefusedWithTheReason(t *testing.T) {
	t.Parallel()
	cases := []struct {
		scenario string
		more     wizard.Answers
		want     string
	}{
		{"different-accounts", wizard.Answers{"provider": "twilio"}, "different Twilio accounts"},
		{"different-carriers", wizard.Answers{"provider": "twilio"}, "Auth0's documentation names one way"},
		{"half-live-gateway", wizard.Answers{"provider": "twilio"}, "Auth0's documentation names one way"},
		{"two-carriers-gateway-action", wizard.Answers{"provider": "twilio"}, "Auth0's documentation names one way"},
		{"custom-action-stub", wizard.Answers{"action.source": "existing"}, "it sends nothing"},
		{"actions-at-limit", nil, "actions-at-limit"},
		{"custom-action-undeployed", wizard.Answers{"action.non_code": "drop"}, "change_password: it sends it: POST"},
		{"mfa-action", wizard.Answers{"action.on_error": "shrug"}, `action.on_error: "shrug" is not one of keep, drop, retry`},
		{"mfa-action", wizard.Answers{"action.source": "gateway"}, `action.source: "gateway" is not one of translate, file, starter`},
		{"mfa-several-actions", wizard.Answers{"action.delivers": "nonsense"}, `action.delivers: "nonsense" is not one of`},
		{"custom-actions-several", wizard.Answers{"action.id": "nonsense"}, `action.id: "nonsense" is not one of`},
		{"mfa-off", wizard.Answers{"scope.mfa": "move"}, `scope.mfa: "move" is not one of leave, turn-on`},
		{"nothing", wizard.Answers{"new_connection.applications": []string{"Nobody's"}}, `no application "Nobody's"`},
		{"nothing", wizard.Answers{"new_connection.name": "-sms"}, "letters, digits, and single hyphens"},
		{"migrated", wizard.Answers{"provider": "none"}, "users of MFA by SMS"},
		{"mfa-twilio", wizard.Answers{"provider": "none"}, "there is nothing to disable"},
		{"half-provider-only", wizard.Answers{"provider": "none"}, "there is nothing to do"},
	}
	for _, c := range cases {
		t.Run(c.scenario+": "+c.want, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.scenario)
			answers, host := wizard.Answers{}, w.host()
			if want, err := testdata.Expectation(c.scenario); err == nil && want.Answers != nil {
				answers, host = w.admin(c.scenario)
			}
			for key, value := range c.more {
				answers[key] = value
			}
			if _, _, err := wizard.Drive(t.Context(), w.read(), answers, host); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

// Every scenario that can be migrated comes to its report by the pages alone, and what moved travels by the provider then. Pages
// filled from the answers file are passed as they are.
func TestEveryScenarioReachesItsReport(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		if testing.Short() && !slices.Contains(few, name) {
			continue
		}
		want, err := testdata.Expectation(name)
		if err != nil {
			t.Fatal(err)
		}
		if want.Answers == nil || name == "many" || want.In("docs").Result != testdata.Holds && want.In("docs").Result != testdata.Gap {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, name)
			answers, host := w.admin(name)
			p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), answers), host: host, says: wizard.Answers{
				"by": "Robin", "test.arrived.text": "yes", "test.arrived.voice": "yes",
				"former.twilio.auth_token": wizard.NewSecret("what was before"), "former.provider.auth_token": wizard.NewSecret("what was before"),
			}}
			ways := promised(p.until("review"))
			if last := p.until("report"); last.ID != "report" {
				t.Fatalf("ended at %q: %s %v, after %v", last.ID, last.Lead, last.Blocks, p.pages)
			}
			for _, m := range p.session.Known().Plan.Summary.Moves {
				if m.ID == plan.MoveProvider {
					continue
				}
				if result := w.tenant.Deliver(t.Context(), w.delivery(m)); !result.Delivered || !strings.HasPrefix(result.Via, "tenant-") {
					t.Errorf("%s: %+v", m.Title, result)
				}
			}
			w.keepsThePromise(ways)
		})
	}
}
