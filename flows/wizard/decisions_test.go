package wizard_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/client/emulator"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// visitor is a person who looks at an embedded tenant.
func visitor(t *testing.T, scenario string, says wizard.Answers) (*world, *person) {
	t.Helper()
	w, p := inTheDemo(t, scenario)
	for key, value := range says {
		p.says[key] = value
	}
	return w, p
}

// question is one that a page asks.
func question(t *testing.T, page wizard.Page, key wizard.Key) wizard.Question {
	t.Helper()
	i := slices.IndexFunc(page.Questions, func(q wizard.Question) bool { return q.Key == key })
	if i < 0 {
		t.Fatalf("%s does not ask %s", page.ID, key)
	}
	return page.Questions[i]
}

// shown is what a page says.
func shown(page wizard.Page) string {
	text := page.Lead + fmt.Sprint(page.Blocks)
	for _, q := range page.Questions {
		text += q.Title + q.Help
	}
	return text
}

// What must be known before anything is written is accepted one by one, on a page that says what it means.
func TestWhatIsToBeKnownIsAcceptedByItself(t *testing.T) {
	t.Parallel()
	cases := map[string][]string{
		"mfa-twilio":              {"no-user-feedback"},
		"mfa-hook-without-action": {"no-action-bound", "no-user-feedback"},
		"mfa-several-actions":     {"no-user-feedback"}, // which Action delivers is asked where it is chosen
		"different-carriers":      {"no-user-feedback"},
	}
	for scenario, want := range cases {
		_, p := visitor(t, scenario, wizard.Answers{"accept": []string{}})
		page := p.until("decisions")
		var ids []string
		for _, o := range question(t, page, "accept").Options {
			ids = append(ids, o.Value)
			if !strings.Contains(shown(page), o.Value) {
				t.Errorf("%s: %s is asked and not shown", scenario, o.Value)
			}
		}
		if !slices.Equal(ids, want) {
			t.Errorf("%s: asks to accept %v, want %v", scenario, ids, want)
		}
		if err := p.pass(); err == nil || !strings.Contains(err.Error(), want[0]) {
			t.Errorf("%s: went on: %v", scenario, err)
		}
	}
}

// The reason why a question has no default stands beside it.
func TestTheReasonOfADecisionIsShown(t *testing.T) {
	t.Parallel()
	cases := []struct {
		scenario, page string
		says           wizard.Answers
		want           []string
	}{
		{"same-account-other-sender", "provider", nil, []string{"has different senders today", "Passwordless \"parents\""}},
		{"same-account-other-sender", "twilio", wizard.Answers{"provider": "twilio"}, []string{"gives all of it one", "Today MFA from +15005550006, Passwordless \"parents\" from +15005550008."}},
		{"different-carriers", "provider", nil, []string{"different carriers today", "the SMS gateway"}},
		{"mfa-auth0-sender", "provider", nil, []string{"has no successor"}},
		{"half-live-gateway", "provider", nil, []string{"go through it already", "MFA by SMS"}},
		{"mfa-several-actions", "action-delivers", wizard.Answers{"provider": "custom"}, []string{"A custom provider runs one"}},
		{"custom-actions-several", "action-which", wizard.Answers{"provider": "custom"}, []string{"not documented which of several runs"}},
		{"custom-action-undeployed", "action", wizard.Answers{"provider": "custom"}, []string{"has changes that are not deployed", "Deployed, and with the changes"}},
		{"nothing", "provider", wizard.Answers{"scope.mfa": "turn-on"}, []string{"choose a carrier"}},
	}
	for _, c := range cases {
		t.Run(c.scenario+" "+c.page, func(t *testing.T) {
			t.Parallel()
			_, p := visitor(t, c.scenario, c.says)
			page := p.until(c.page)
			if page.ID != c.page {
				t.Fatalf("ended at %q: %s", page.ID, page.Lead)
			}
			for _, want := range c.want {
				if !strings.Contains(shown(page), want) {
					t.Errorf("no %q in %s", want, shown(page))
				}
			}
			if q := page.Questions[0]; q.Default != nil && q.Kind == wizard.One {
				t.Errorf("%s has the default %v", q.Key, q.Default)
			}
		})
	}
}

// In the wizard too, an answers file may name a connection by its name.
func TestAnAnswersFileFillsTheWizard(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "passwordless-twilio")
	filled := wizard.Answers{"scope.connections.sms": "leave", "environment": "staging"}
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), filled), host: w.host(), says: wizard.Answers{}}
	for _, q := range p.until("scope").Questions {
		want := map[bool]string{true: "staging", false: "leave"}[q.Key == "environment"]
		if got := p.session.Default(q); got != want {
			t.Errorf("%s is filled with %v, want %s", q.Key, got, want)
		}
	}
}

// The Dashboard's stub cannot be taken for an Action that sends.
func TestTheStubIsNotOffered(t *testing.T) {
	t.Parallel()
	_, p := visitor(t, "custom-action-stub", nil)
	q := question(t, p.until("action"), "action.source")
	if o := q.Options[0]; o.Value != "existing" || !strings.Contains(o.Disabled, "sends nothing") || q.Default != "translate" {
		t.Errorf("option %+v, default %v", o, q.Default)
	}
}

// An existing Action is tried like any other, and what it does with notifications that are not codes has to be what is wanted.
func TestAnExistingActionIsTried(t *testing.T) {
	t.Parallel()
	_, p := visitor(t, "custom-action-undeployed", wizard.Answers{"action.source": "existing", "action.non_code": "drop"})
	page := p.until("action-does")
	if !strings.Contains(shown(page), "password_breach") || len(page.Questions) != 1 {
		t.Fatalf("%s asks %d questions: %s", page.ID, len(page.Questions), shown(page))
	}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "the Action did otherwise") {
		t.Errorf("went on with the wrong answer: %v", err)
	}
	p.says["action.non_code"] = "deliver"
	p.must()
	if got := p.session.Page().ID; got != "methods" {
		t.Errorf("then comes %q", got)
	}
}

// Nothing configured is no dead end.
func TestATenantIsSetUpFromScratch(t *testing.T) {
	t.Parallel()
	const pages = "connect verify scope new-connection provider twilio methods review prepare test-text arrived-text move-mfa"
	w, p := visitor(t, "nothing", wizard.Answers{
		"scope.mfa": "turn-on", "new_connection.name": "sms", "new_connection.sign_ups": "closed", "provider": "twilio",
		"twilio.sid": "ACaf2de21f0f15db9e970288df42fce42d", "twilio.auth_token": wizard.NewSecret(testdata.Secret("UPE_TEST_TWILIO_AUTH_TOKEN")),
		"twilio.from": "+15005550006",
	})
	lead := p.until("verify").Lead
	if !strings.Contains(lead, "set up what you want") {
		t.Errorf("the check says %q", lead)
	}
	clients := question(t, p.until("new-connection"), "new_connection.applications").Options
	p.says["new_connection.applications"] = []string{clients[0].Value}
	policies := p.session.Known().Snapshot.Policies()
	last := p.until("report")
	if last.ID != "report" || !strings.HasPrefix(strings.Join(p.pages, " "), pages) {
		t.Fatalf("ended at %q (%s) after %v", last.ID, last.Lead, p.pages)
	}
	for _, d := range []emulator.Delivery{
		{Flow: emulator.FlowMFA, Channel: "sms", To: "+15005550123"},
		{Flow: emulator.FlowPasswordless, Channel: "sms", Connection: "sms", To: "+15005550123"},
	} {
		if result := w.tenant.Deliver(t.Context(), d); !result.Delivered || result.Via != emulator.ViaTenantTwilio {
			t.Errorf("%s: %+v", d.Flow, result)
		}
	}
	after := w.read()
	if got := after.Snapshot.Policies(); !slices.Equal(got, policies) {
		t.Errorf("the MFA policies are %v, and were %v", got, policies)
	}
	made, _ := after.Snapshot.Connection("sms")
	if !made.SMS().DisableSignup || !slices.Equal(after.Snapshot.EnabledClients(made.ID), []string{clients[0].Value}) {
		t.Errorf("made %s with %v", made.Options, after.Snapshot.EnabledClients(made.ID))
	}
}

func TestNothingIsSetUpUnasked(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"nothing", "mfa-off"} {
		_, p := visitor(t, scenario, nil)
		page := p.until("scope")
		if q := question(t, page, "scope.mfa"); q.Default != "leave" {
			t.Errorf("%s: the default is %v", scenario, q.Default)
		}
	}
	_, p := visitor(t, "nothing", nil)
	if page := p.until("review"); page.ID != "nothing-chosen" {
		t.Errorf("leads to %q", page.ID)
	}
}

// MFA that is configured and off can be turned on by the way.
func TestMFAByPhoneIsTurnedOn(t *testing.T) {
	t.Parallel()
	w, p := visitor(t, "mfa-off", wizard.Answers{"scope.mfa": "turn-on", "templates.otp_verify.source": "default"})
	page := p.until("provider")
	if page.ID == "provider" && question(t, page, "provider").Default == nil {
		p.says["provider"] = "twilio"
	}
	if p.until("twilio").ID == "twilio" && question(t, p.session.Page(), "twilio.from").Default == "" {
		p.says["twilio.from"] = "+15005550006"
	}
	if last := p.until("report"); last.ID != "report" {
		t.Fatalf("ended at %q: %s %v", last.ID, last.Lead, last.Blocks)
	}
	result := w.tenant.Deliver(t.Context(), emulator.Delivery{Flow: emulator.FlowMFA, Channel: "sms", To: "+15005550123"})
	if !result.Delivered || result.Via != emulator.ViaTenantTwilio {
		t.Errorf("a code goes %+v", result)
	}
}

// A time in which codes may be lost is stated and accepted before the plan is shown.
func TestAGapIsAcceptedBeforeThePlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "half-live-gateway")
	answers, host := w.admin("half-live-gateway")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), answers), host: host, says: answers}
	page := p.until("gaps")
	if page.ID != "gaps" || !strings.Contains(shown(page), "codes are lost until the write is taken back") {
		t.Fatalf("ended at %q: %s", page.ID, shown(page))
	}
	p.says["accept"] = []string{}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "gap-provider") {
		t.Errorf("went on: %v", err)
	}
	p.says["accept"] = []string{"gap-provider"}
	p.must()
	if got := p.session.Page().ID; got != "review" {
		t.Errorf("then comes %q", got)
	}
	// What another page was given under the same key stays, also when one goes back.
	if got := p.session.Answers()["accept"]; !equal(got, []string{"no-user-feedback", "gap-provider"}) {
		t.Errorf("accepted %v", got)
	}
	p.session.Back()
	if got := p.session.Answers()["accept"]; !equal(got, []string{"no-user-feedback"}) {
		t.Errorf("after going back: accepted %v", got)
	}
	if got := p.session.Default(question(t, p.session.Page(), "accept")); !equal(got, []string{"no-user-feedback", "gap-provider"}) {
		t.Errorf("after going back: filled with %v", got)
	}
}

// Where Auth0 takes a provider only once the flag is on, the wizard says what that costs, and asks.
func TestTheFlagFirstIsOfferedWhenAuth0RefusesTheProvider(t *testing.T) {
	t.Parallel()
	file, err := testdata.Tenant("mfa-twilio")
	if err != nil {
		t.Fatal(err)
	}
	w := worldOf(t, []byte(strings.Replace(string(file), `"docs"`, `"provider-after-flag"`, 1)))
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{"by": "Robin", "test.arrived.text": "yes"}}
	p.until("prepare")
	if err := p.pass(); err == nil {
		t.Fatal("the provider was not refused")
	}
	page := p.session.Page()
	if q := question(t, page, "prepare.next"); q.Default != "again" || !strings.Contains(shown(page), "codes may be lost") {
		t.Fatalf("%+v: %s", q, shown(page))
	}
	p.says["prepare.next"] = "flag-first"
	p.must()
	if got := p.session.Page().ID; got != "provider" {
		t.Fatalf("leads to %q", got)
	}
	gap := p.until("gaps")
	if gap.ID != "gaps" || question(t, gap, "accept").Options[0].Value != plan.AcceptFlagFirst {
		t.Fatalf("ended at %q: %v", gap.ID, gap.Questions)
	}
	if last := p.until("report"); last.ID != "report" {
		t.Fatalf("ended at %q: %s %v", last.ID, last.Lead, last.Blocks)
	}
	if result := w.tenant.Deliver(t.Context(), w.delivery(plan.Move{ID: plan.MoveMFA})); result.Via != emulator.ViaTenantTwilio {
		t.Errorf("a code goes %+v", result)
	}
}

// Trying a Passwordless login makes a user: said before anybody tries.
func TestItIsSaidThatALoginMakesAUser(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "passwordless-twilio")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Emulated), nil), host: w.host(), says: wizard.Answers{
		"by": "Robin", "test.arrived.text": "yes", "test.to": "+15005550123",
	}}
	id := p.until("scope").Questions[0].Key
	move := strings.TrimPrefix(string(id), "scope.connections.")
	for _, page := range []string{"move-" + move, "confirm-" + move} {
		if got := p.until(page); got.ID != page || !strings.Contains(shown(got), "creates a user when the number is new") {
			t.Errorf("%s does not say it: %s", got.ID, shown(got))
		}
	}
}

// What only Auth0 Support can do has a text to send, with the facts in it.
func TestATextForSupportIsReady(t *testing.T) {
	t.Parallel()
	for _, scenario := range []string{"forced-unified", "actions-at-limit", "voice-not-allowed", "mfa-twilio"} {
		_, p := visitor(t, scenario, nil)
		page := p.until("verify")
		needed := len(judge.Support(*p.session.Known().Judgement))
		if got := strings.Count(shown(page), "For Auth0 Support, ready to copy"); got != needed {
			t.Errorf("%s: %d texts, want %d", scenario, got, needed)
		}
	}
	_, p := visitor(t, "forced-unified", nil)
	if page := p.until("verify"); !strings.Contains(shown(page), "Subject: ") {
		t.Errorf("no text: %s", shown(page))
	}
}

// Whatever is answered, in whatever order, there is a page: with an id, a title, and questions that can be told apart.
func TestThereIsAlwaysAPage(t *testing.T) {
	t.Parallel()
	knowns := map[string]wizard.Known{}
	for _, name := range testdata.Tenants() {
		if name != "many" { // a thousand connections make every draw slow
			knowns[name] = newWorld(t, name).read()
		}
	}
	names := testdata.Tenants()
	names = slices.DeleteFunc(names, func(name string) bool { return name == "many" })
	rapid.Check(t, func(rt *rapid.T) {
		known := knowns[rapid.SampledFrom(names).Draw(rt, "tenant")]
		answers := wizard.Answers{}
		for range rapid.IntRange(0, 14).Draw(rt, "pages") {
			page := wizard.Next(known, answers)
			wellFormed(rt, page)
			if page.Final {
				return
			}
			for _, q := range page.Questions {
				answers[q.Key] = anything(rt, q)
			}
			answers[wizard.Key("seen."+page.ID)] = true
		}
	})
}

func wellFormed(t *rapid.T, page wizard.Page) {
	keys := map[wizard.Key]bool{}
	for _, q := range page.Questions {
		if keys[q.Key] || q.Title == "" {
			t.Fatalf("%s: the question %q", page.ID, q.Key)
		}
		if page.ID != "review" && !documented(q.Key) {
			t.Fatalf("%s: the key %q is not documented", page.ID, q.Key)
		}
		keys[q.Key] = true
	}
	if page.ID == "" || page.Title == "" || page.Continue == "" || !slices.Contains(wizard.Groups(), page.Group) {
		t.Fatalf("page %+v", page)
	}
}

// documented reports whether an answers file may have a key.
func documented(key wizard.Key) bool {
	return slices.ContainsFunc(wizard.AnswerKeys(), func(k wizard.KeyDoc) bool {
		ok, err := path.Match(strings.ReplaceAll(k.Key, ".", "/"), strings.ReplaceAll(string(key), ".", "/"))
		return ok && err == nil && k.Says != "" && k.Default != ""
	})
}

// anything is an answer that a question's front end could give, or one that no front end would.
func anything(t *rapid.T, q wizard.Question) wizard.Value {
	values := []string{"", "nonsense", "none", "+15005550006"}
	for _, o := range q.Options {
		values = append(values, o.Value, o.Value)
	}
	if rapid.IntRange(0, 19).Draw(t, "odd") == 0 {
		return rapid.SampledFrom([]wizard.Value{nil, true, 7, []string{"x"}, "x"}).Draw(t, "value")
	}
	switch q.Kind {
	case wizard.Many:
		return rapid.SliceOfN(rapid.SampledFrom(values), 0, 3).Draw(t, string(q.Key))
	case wizard.Hidden:
		return wizard.NewSecret("made-up")
	case wizard.YesNo:
		return rapid.Bool().Draw(t, string(q.Key))
	case wizard.One, wizard.Line, wizard.Prose, wizard.Retype, wizard.PathTo:
	}
	return rapid.SampledFrom(values).Draw(t, string(q.Key))
}
