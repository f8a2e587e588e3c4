package wizard_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"upe/flows/action"
	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// scenario is one embedded tenant and what a person says beside the defaults.
type scenario struct {
	name  string
	says  wizard.Answers
	pages string // the pages, in order
	via   string // how codes travel afterwards
}

func scenarios(t *testing.T) []scenario {
	t.Helper()
	file := filepath.Join(t.TempDir(), "action.js")
	if err := os.WriteFile(file, []byte(action.Starter), 0o600); err != nil {
		t.Fatal(err)
	}
	me := wizard.Answers{"by": "Robin", "test.arrived.text": "yes", "test.arrived.voice": "yes"}
	with := func(more wizard.Answers) wizard.Answers {
		for key, value := range me {
			more[key] = value
		}
		return more
	}
	all := []scenario{
		{
			name: "mfa-twilio", says: with(wizard.Answers{}), via: "tenant-twilio",
			pages: "connect verify scope decisions provider twilio methods template-otp_verify template-otp_enroll review prepare " +
				"test-text arrived-text move-mfa login-mfa confirm-mfa after",
		},
		{
			name: "mfa-twilio-voice", says: with(wizard.Answers{"resolution": "add-method"}), via: "tenant-twilio",
			pages: "connect verify scope decisions provider twilio methods conflicts template-otp_verify template-otp_enroll review prepare " +
				"test-text arrived-text test-voice arrived-voice move-mfa login-mfa confirm-mfa after",
		},
		{
			name: "mfa-action", via: "tenant-custom",
			says: with(wizard.Answers{
				"action.source": "file", "action.file": file, "action.non_code": "deliver",
				"action.secrets.GATEWAY_URL":   wizard.NewSecret("https://sms.acme-gateway.example/messages"),
				"action.secrets.GATEWAY_TOKEN": wizard.NewSecret("made-up"),
			}),
			pages: "connect verify scope decisions provider action-today action action-file action-does methods template-otp_verify template-otp_enroll " +
				"review prepare test-text arrived-text move-mfa login-mfa confirm-mfa after",
		},
		{
			name: "mfa-action", via: "tenant-custom",
			says: with(wizard.Answers{
				"action.on_error": "keep", "action.non_code": "deliver", "action.secrets.GATEWAY_TOKEN": wizard.NewSecret("made-up"),
			}),
			pages: "connect verify scope decisions provider action-today action action-decide-on_error action-decide-non_code action-make action-new action-does methods template-otp_verify " +
				"template-otp_enroll review prepare test-text arrived-text move-mfa login-mfa confirm-mfa after",
		},
		{
			name: "passwordless-gateway", via: "tenant-custom",
			says:  with(wizard.Answers{"action.failure": "auto", "action.non_code": "deliver"}),
			pages: "connect verify scope decisions provider action action-decide-failure action-decide-non_code action-make action-new action-does methods template-otp_verify connections review",
		},
		{
			name: "two-carriers-gateway-action", via: "tenant-custom",
			says: with(wizard.Answers{
				"provider": "custom", "action.failure": "drop", "action.non_code": "deliver", "action.on_error": "drop", "action.voice": "as_text",
				"action.routes.mfa_after_passwordless": "passwordless", "action.routes.no_connection": "mfa", "action.routes.notices": "mfa",
				"action.secrets.BULK_KEY": wizard.NewSecret("made-up"),
			}),
			pages: "connect verify scope decisions provider action-today action action-decide-on_error action-decide-non_code action-decide-voice " +
				"action-decide-failure action-make action-decide-routes.mfa_after_passwordless",
		},
		{
			name: "passwordless-twilio", says: with(wizard.Answers{}), via: "tenant-twilio",
			pages: "connect verify scope decisions provider twilio methods template-otp_verify connections review prepare test-text arrived-text",
		},
	}
	if raced { // the engine is 35 times slower then
		all = slices.DeleteFunc(all, func(s scenario) bool { return !slices.Contains(few, s.name) })
	}
	return all
}

func TestAPersonMigratesEveryScenario(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s.name)
			p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: s.says}
			last := p.until("report")
			if last.ID != "report" {
				t.Fatalf("ended at %q: %s", last.ID, last.Lead)
			}
			if got := strings.Join(p.pages, " "); !strings.HasPrefix(got, s.pages) {
				t.Errorf("pages\n%s, want\n%s", got, s.pages)
			}
			for _, m := range p.session.Known().Plan.Summary.Moves {
				result := w.tenant.Deliver(t.Context(), w.delivery(m))
				if !result.Delivered || result.Via != s.via {
					t.Errorf("%s: %+v, want via %s", m.ID, result, s.via)
				}
			}
		})
	}
}

func TestADryRunEndsAtThePlanAndSendsOnlyReads(t *testing.T) {
	t.Parallel()
	for _, s := range scenarios(t) {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, s.name)
			p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), nil), host: w.host(), says: s.says}
			if last := p.until("saved"); last.ID != "saved" {
				t.Fatalf("ended at %q: %s", last.ID, last.Lead)
			}
			sent := w.tenant.Requests()
			if len(sent) < 15 {
				t.Fatalf("only %d requests were seen: the check below would check nothing", len(sent))
			}
			for _, r := range sent {
				if r.Method != "GET" {
					t.Errorf("sent %s %s", r.Method, r.Path)
				}
			}
			if !json.Valid(w.saved["plan.json"]) {
				t.Error("no plan was saved")
			}
		})
	}
}

func TestBackKeepsEveryAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio-voice")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{
		"twilio.from": "+1 500 555 0006", "resolution": "add-method", "environment": "staging",
	}}
	p.until("review")
	before := p.session.Answers()
	depth := len(p.pages)
	for range depth {
		p.session.Back()
	}
	if got := p.session.Page().ID; got != "connect" {
		t.Fatalf("back leads to %q", got)
	}
	p.says = wizard.Answers{}
	p.until("review")
	for key, want := range before {
		if got := p.session.Answers()[key]; !equal(got, want) {
			t.Errorf("%s: %v, want %v", key, got, want)
		}
	}
}

func equal(a, b wizard.Value) bool {
	left, _ := json.Marshal(a)
	right, _ := json.Marshal(b)
	return string(left) == string(right)
}

func equalJSON(t *testing.T, value wizard.Value, want string) bool {
	t.Helper()
	got, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(got) == want
}

func TestACodeThatDidNotArriveIsSentAgain(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{
		"by": "Robin", "test.arrived.text": "no",
	}}
	p.until("arrived-text")
	if err := p.pass(); err != nil {
		t.Fatal(err)
	}
	if got := p.session.Page().ID; got != "test-text" {
		t.Errorf("after a no comes %q, want another test", got)
	}
}

func TestSecretsPrintAsPlaceholders(t *testing.T) {
	t.Parallel()
	s := wizard.NewSecret("hunter2")
	encoded, err := json.Marshal(wizard.Answers{"twilio.auth_token": s})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{s.String(), s.GoString(), string(encoded)} {
		if strings.Contains(text, "hunter2") {
			t.Errorf("%q shows the secret", text)
		}
	}
}

func inTheDemo(t *testing.T, name string) (*world, *person) {
	t.Helper()
	w := newWorld(t, name)
	return w, &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{
		"by": "Robin", "test.arrived.text": "yes",
	}}
}

func (p *person) must() {
	p.Helper()
	if err := p.pass(); err != nil {
		p.Fatal(err)
	}
}

func TestALoginThatDoesNotWorkLeadsToTheUndo(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.until("confirm-mfa")
	p.says["login.mfa"] = "no"
	p.must()
	page := p.session.Page()
	if page.ID != "trouble-mfa" || !strings.Contains(fmt.Sprint(page.Blocks), "Unified Phone Experience: off") {
		t.Fatalf("after a no comes %q: %v", page.ID, page.Blocks)
	}
	p.must() // try again
	if got := p.session.Page().ID; got != "login-mfa" {
		t.Errorf("trying again leads to %q", got)
	}
	p.must()
	p.must()
	p.says["trouble.mfa"] = "stop"
	p.must()
	if page := p.session.Page(); !page.Final || page.ID != "stopped-mfa" {
		t.Errorf("stopping leads to %q", page.ID)
	}
}

func TestSettingsCanBeChosenAgainAfterATestFailed(t *testing.T) {
	t.Parallel()
	w, p := inTheDemo(t, "mfa-twilio")
	p.says["twilio.from"] = "+15005550001"
	p.says["test.arrived.text"] = "no"
	p.until("arrived-text")
	p.must()
	p.says["test.next"] = "change"
	p.must()
	if got := p.session.Page().ID; got != "provider" {
		t.Fatalf("choosing again leads to %q", got)
	}
	p.says = wizard.Answers{"by": "Robin", "test.arrived.text": "yes", "twilio.from": "+15005550006"}
	if last := p.until("report"); last.ID != "report" {
		t.Fatalf("ended at %q: %s %v", last.ID, last.Lead, last.Blocks)
	}
	result := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA}))
	if result.From != "+15005550006" || result.Via != "tenant-twilio" {
		t.Errorf("a code goes %+v", result)
	}
}

func TestGoingWithoutProofNeedsAReason(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.says["test.arrived.text"] = "no"
	p.until("arrived-text")
	p.must()
	p.says["test.next"] = "skip"
	p.must()
	if got := p.session.Page().ID; got != "without-text" {
		t.Fatalf("skipping leads to %q", got)
	}
	if err := p.pass(); err == nil {
		t.Fatal("went on without a reason")
	}
	p.says["test.reason.text"] = "the carrier shows it as delivered"
	p.must()
	page := p.session.Page()
	if page.ID != "move-mfa" || !strings.Contains(fmt.Sprint(page.Blocks), "the carrier shows it as delivered") {
		t.Errorf("then comes %q: %v", page.ID, page.Blocks)
	}
}

// In the demo one can see that nothing arrived; saying otherwise would teach the wrong thing.
func TestTheDemoDoesNotLetOneVouchForSilence(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-action")
	p.says["action.source"] = "starter"
	p.says["action.non_code"] = "deliver"
	p.says["action.secrets.GATEWAY_URL"] = wizard.NewSecret("not a URL")
	p.says["action.secrets.GATEWAY_TOKEN"] = wizard.NewSecret("made-up")
	page := p.until("arrived-text")
	if yes := page.Questions[0].Options[0]; yes.Value != "yes" || yes.Disabled == "" {
		t.Errorf("one may say %+v", yes)
	}
}

// Where the flag alone does not move MFA, a person turns the Dashboard's own switch, and is told which.
func TestASwitchThatOnlyTheDashboardHasIsAskedFor(t *testing.T) {
	t.Parallel()
	file, err := testdata.Tenant("mfa-twilio")
	if err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, []byte(strings.Replace(string(file), `"docs"`, `"dashboard"`, 1)))
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{
		"by": "Robin", "test.arrived.text": "yes",
	}}
	page := p.until("dashboard-mfa")
	if page.ID != "dashboard-mfa" || !strings.Contains(fmt.Sprint(page.Blocks), "Use Tenant-level Messaging Provider: on") {
		t.Fatalf("ended at %q: %v", page.ID, page.Blocks)
	}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "still shows it as off") {
		t.Errorf("went on with the switch off: %v", err)
	}
	if err := w.tenant.Toggle("legacy_mfa_phone_provider", false); err != nil {
		t.Fatal(err)
	}
	if last := p.until("report"); last.ID != "report" {
		t.Errorf("ended at %q: %s", last.ID, last.Lead)
	}
}

func TestGoingWithoutProofCanBeTakenBack(t *testing.T) {
	t.Parallel()
	_, p := inTheDemo(t, "mfa-twilio")
	p.says["test.arrived.text"] = "no"
	p.until("arrived-text")
	p.must()
	p.says["test.next"] = "skip"
	p.must()
	p.session.Back()
	if got := p.session.Page().ID; got != "test-text" {
		t.Errorf("back leads to %q", got)
	}
}

// A plan that changes an Action that is bound must not be made stale by its own doing.
func TestAnActionCanBeChangedAfterATestFailed(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	w, p := inTheDemo(t, "mfa-action")
	p.says["action.source"] = "starter"
	p.says["action.non_code"] = "deliver"
	p.says["action.secrets.GATEWAY_URL"] = wizard.NewSecret("not a URL")
	p.says["action.secrets.GATEWAY_TOKEN"] = wizard.NewSecret("made-up")
	p.says["test.arrived.text"] = "no"
	p.until("arrived-text")
	p.must()
	p.says["test.next"] = "change"
	p.must()
	p.says["test.arrived.text"] = "yes"
	p.says["action.secrets.GATEWAY_URL"] = wizard.NewSecret("https://sms.acme-gateway.example/messages")
	if last := p.until("report"); last.ID != "report" {
		t.Fatalf("ended at %q: %s %v", last.ID, last.Lead, last.Blocks)
	}
	if result := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); result.Via != "tenant-custom" || !result.Delivered {
		t.Errorf("a code goes %+v", result)
	}
}

func TestAnUnstatedEnvironmentCountsAsProduction(t *testing.T) {
	t.Parallel()
	for environment, want := range map[string]wizard.Kind{"production": wizard.Retype, "": wizard.Retype, "staging": wizard.YesNo} {
		_, p := inTheDemo(t, "mfa-twilio")
		p.says["environment"] = environment
		if got := p.until("move-mfa").Questions[0].Kind; got != want {
			t.Errorf("%q: asks by %s, want %s", environment, got, want)
		}
	}
}

func TestFindingsAreCountedWhereTheyMayNotBeSeen(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"mfa-twilio":       "What was found: 1 warning, 1 note",
		"mfa-twilio-voice": "What was found: 1 to decide, 2 warnings, 2 notes",
	} {
		_, p := inTheDemo(t, name)
		blocks := p.until("verify").Blocks
		if found, ok := blocks[len(blocks)-1].(wizard.Findings); !ok || found.Title != want {
			t.Errorf("%s: %q, want %q", name, found.Title, want)
		}
	}
}
