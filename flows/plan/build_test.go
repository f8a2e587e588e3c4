package plan_test

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

func TestStepsOfEachShape(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"mfa-twilio": "prepare:provider prepare:template-otp_enroll prepare:template-otp_verify test:test-text " +
			"switch:tenant-flag@mfa switch:mfa-unified@mfa after:legacy-endpoints",
		"passwordless": "prepare:provider prepare:template-otp_verify test:test-text " +
			"switch:tenant-flag@con_a switch:connection-con_a@con_a",
		"live-provider": "switch:provider@provider switch:template-otp_verify@provider test:test-text " +
			"switch:connection-con_a@con_a",
		"passwordless-beside-mfa": "prepare:provider test:test-text switch:connection-con_a@con_a",
	}
	for name, ids := range want {
		s := scenarios()[name]
		p, err := build(s.world(), s.choices)
		if err != nil || stepIDs(p) != ids {
			t.Errorf("%s: %v\n%s\nwant\n%s", name, err, stepIDs(p), ids)
		}
	}
}

func TestChoicesThatMakeNoPlan(t *testing.T) {
	t.Parallel()
	text, sms := []string{"text"}, []string{"sms"}
	legacy := tenantOf(factors("sms"), mfaTwilio(account), connection("a", "twilio"))
	cases := []struct {
		name   string
		world  *world
		change func(*plan.Choices)
		says   string
	}{
		{"unknown method", legacy, func(c *plan.Choices) { c.DeliveryMethods = []string{"text", "fax"} }, `"fax"`},
		{"unknown type", legacy, func(c *plan.Choices) { c.MessageTypes = []string{"text"} }, `"text"`},
		{"no method", legacy, func(c *plan.Choices) { c.DeliveryMethods = nil }, "at least one delivery method"},
		{"no type", legacy, func(c *plan.Choices) { c.MessageTypes = nil }, "at least one message type"},
		{"uncovered", legacy, func(c *plan.Choices) { c.MessageTypes = []string{"sms", "voice"} }, "Voice is not covered"},
		{"passwordless by voice", legacy, func(c *plan.Choices) {
			c.MFA, c.DeliveryMethods, c.Connections = false, []string{"voice"}, move("con_a")
		}, "needs the delivery method text"},
		{"no provider", legacy, func(c *plan.Choices) { c.Provider = "auth0" }, "twilio or custom"},
		{"no account", legacy, func(c *plan.Choices) { c.Twilio.SID = "" }, "Account SID is missing"},
		{"no sender", legacy, func(c *plan.Choices) { c.Twilio.From = "" }, "From number or a Messaging Service"},
		{"voice from a service", legacy, func(c *plan.Choices) {
			c.DeliveryMethods, c.Twilio = []string{"voice", "text"}, plan.Twilio{SID: account, MessagingServiceSID: service}
		}, "voice needs a From number"},
		{"voice from a sender id", legacy, func(c *plan.Choices) {
			c.DeliveryMethods, c.Twilio.From = []string{"voice", "text"}, "ACME"
		}, `voice needs a phone number as From; "ACME" sends text messages only`},
		{"voice from a short code", legacy, func(c *plan.Choices) {
			c.DeliveryMethods, c.Twilio.From = []string{"voice", "text"}, "12345"
		}, `"12345" sends text messages only`},
		{"no Action", legacy, func(c *plan.Choices) { c.Provider = tenant.KindCustom }, "needs an Action"},
		{"an empty Action", legacy, func(c *plan.Choices) { c.Provider, c.Action = tenant.KindCustom, &plan.Action{Name: "x"} }, "no code"},
		{"a nameless Action", legacy, func(c *plan.Choices) { c.Provider, c.Action = tenant.KindCustom, &plan.Action{Code: "x"} }, "no name"},
		{"nothing to keep", legacy, func(c *plan.Choices) { c.Provider, c.Action = tenant.KindCustom, &plan.Action{Keep: true} }, "to keep"},
		{"an Action that is gone", legacy, func(c *plan.Choices) {
			c.Provider, c.Action = tenant.KindCustom, &plan.Action{ID: "act_9", Keep: true}
		}, `no custom-phone-provider Action "act_9"`},
		{"a second Action", tenantOf(factors("sms"), mfaHook, action(true, true)), func(c *plan.Choices) {
			a := newAction()
			c.Provider, c.Action = tenant.KindCustom, &a
		}, "can have one only"},
		{"a connection that is gone", legacy, func(c *plan.Choices) { c.Connections = move("con_9") }, `"con_9"`},
		{"unknown template", legacy, func(c *plan.Choices) { c.Templates = map[string]plan.Template{"welcome": {Text: "x"}} }, `"welcome"`},
		{"a template that is disabled and kept", tenantOf(factors("sms"), mfaTwilio(account), customised(true)), func(*plan.Choices) {}, "the message template otp_verify is disabled"},
		{"empty template", legacy, func(c *plan.Choices) { c.Templates = map[string]plan.Template{"otp_verify": {}} }, "is empty"},
		{
			"voice of MFA that has moved", tenantOf(factors("sms", "voice"), unified(true), provider("twilio", false, "text", "voice"), connection("a", "twilio")),
			func(c *plan.Choices) { c.MFA, c.Connections = false, move("con_a") }, "MFA by voice uses the tenant-level provider already",
		},
		{
			"text of a connection that has moved", tenantOf(factors("voice"), mfaTwilio(account), provider("twilio", false, "text"), connection("a", "moved")),
			func(c *plan.Choices) { c.DeliveryMethods, c.MessageTypes = []string{"voice"}, []string{"voice"} }, `connection "a" uses`,
		},
	}
	for _, c := range cases {
		choices := twilioChoices(text, sms)
		c.change(&choices)
		_, err := build(c.world, choices)
		var invalid *plan.Invalid
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want one problem with %q", c.name, err, c.says)
		}
	}
}

func TestAConnectionWithoutReadableOptionsCannotMove(t *testing.T) {
	t.Parallel()
	w := tenantOf(connection("a", "twilio"))
	delete(as[object](w.connections[0]), "options")
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = move("con_a")
	if _, err := build(w, choices); err == nil || !strings.Contains(err.Error(), "read:connections_options") {
		t.Error(err)
	}
}

func TestNothingToDo(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, []string{"sms"})
	choices.Connections = move("con_a")
	choices.Templates = map[string]plan.Template{"otp_verify": {Text: "old {{ code }}"}}
	w := tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"), connection("a", "moved"), customised(false))
	if p, err := build(w, choices); !errors.Is(err, plan.ErrNothing) {
		t.Errorf("%v %s", err, stepIDs(p))
	}
	// Giving up a delivery method that nobody uses is something to do.
	w = tenantOf(factors("sms"), unified(true), provider("twilio", false, "text", "voice"))
	choices.Templates, choices.Connections = nil, nil
	if p, err := build(w, choices); err != nil || stepIDs(p) != "after:provider-narrow" {
		t.Errorf("%v %s", err, stepIDs(p))
	}
}

func TestTemplatesAreWrittenOnlyWhereTheyDiffer(t *testing.T) {
	t.Parallel()
	same := plan.Template{Text: "old {{ code }}", Voice: "old call {{ code }}"}
	cases := []struct {
		name  string
		shape shape
		want  plan.Template
		op    tenant.Op // "": not written
		body  string
	}{
		{"the same", customised(false), same, "", ""},
		{"the default", func(*world) {}, plan.Template{Text: "default"}, "", ""},
		{
			"the same, disabled", customised(true), same, tenant.PatchPhoneTemplate,
			`{"content":{"body":{"text":"old {{ code }}","voice":"old call {{ code }}"},"from":"Acme"},"disabled":false}`,
		},
		{
			"other words", customised(false),
			plan.Template{Text: "new", From: "Acme 2"},
			tenant.PatchPhoneTemplate,
			`{"content":{"body":{"text":"new","voice":"old call {{ code }}"},"from":"Acme 2"},"disabled":false}`,
		},
		{
			"never customised", func(*world) {},
			plan.Template{Text: "new"},
			tenant.CreatePhoneTemplate,
			`{"content":{"body":{"text":"new","voice":"default"},"syntax":"liquid"},"disabled":false,"type":"otp_verify"}`,
		},
		{
			"not even listed", func(w *world) { w.templates = []any{} },
			plan.Template{Text: "new"},
			tenant.CreatePhoneTemplate,
			`{"content":{"body":{"text":"new"},"syntax":"liquid"},"disabled":false,"type":"otp_verify"}`,
		},
	}
	for _, c := range cases {
		choices := twilioChoices([]string{"text"}, []string{"sms"})
		choices.Templates = map[string]plan.Template{"otp_verify": c.want}
		w := tenantOf(factors("sms"), mfaTwilio(account), c.shape)
		p, err := build(w, choices)
		step, written := p.Step("template-otp_verify")
		if err != nil || written != (c.op != "") {
			t.Errorf("%s: %v, written: %v", c.name, err, written)
			continue
		}
		if written && (step.Call.Op != c.op || string(step.Call.Body) != c.body) {
			t.Errorf("%s: %s %s", c.name, step.Call.Op, step.Call.Body)
		}
		if written {
			if holds, err := newTrial(w).holds(step.Done); holds || err != nil {
				t.Errorf("%s: its check holds before it is written", c.name)
			}
		}
	}
}

func TestAMessagingServiceThatIsGivenUpIsSeen(t *testing.T) {
	t.Parallel()
	w := tenantOf(factors("sms"), unified(true), provider("twilio", false, "text"))
	as[object](as[object](w.providers[0])["configuration"])["mssid"] = service
	p, err := build(w, twilioChoices([]string{"text"}, []string{"sms"}))
	if err != nil || stepIDs(p) != "switch:provider@provider test:test-text" {
		t.Fatalf("%v %s", err, stepIDs(p))
	}
	if holds, err := newTrial(w).holds(p.Steps[0].Done); holds || err != nil {
		t.Error("the check holds while the Messaging Service is still there")
	}
}

func TestTheActionIsWrittenOnlyWhereItMust(t *testing.T) {
	t.Parallel()
	text, sms := []string{"text"}, []string{"sms"}
	keep := plan.Action{ID: "act_1", Name: "Custom Phone Provider", Keep: true}
	same := plan.Action{ID: "act_1", Name: "Custom Phone Provider", Code: sends}
	secret := same
	secret.Secrets = []string{"API_KEY"}
	depends := same
	depends.Dependencies = []plan.Dependency{{Name: "axios", Version: "latest"}}
	rest := " prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa after:legacy-endpoints after:old-action"
	draft := func(w *world) { // deployed once, with a newer draft beside it
		as[object](w.actions[0])["all_changes_deployed"] = false
		as[object](w.actions[0])["deployed_version"] = object{"id": "ver_1", "code": sends + " // older"}
	}
	cases := []struct {
		name   string
		shape  shape
		action plan.Action
		want   string
	}{
		{"kept, ready", action(true, true), keep, ""},
		{"kept, not deployed", action(false, true), keep, "prepare:action-deploy"},
		{"kept, not bound", action(true, false), keep, "prepare:action-bind"},
		{"kept, with a draft", func(w *world) { action(true, true)(w); draft(w) }, keep, ""},
		{
			"kept, not built", func(w *world) { action(false, true)(w); as[object](w.actions[0])["status"] = "building" }, keep,
			"prepare:action-built prepare:action-deploy",
		},
		{"the same code", action(true, true), same, ""},
		{"the same code, not deployed", func(w *world) { action(true, true)(w); draft(w) }, same, "prepare:action-deploy"},
		{"the same code, other secrets", action(true, true), secret, "prepare:action prepare:action-built prepare:action-deploy"},
		{"the same code, other modules", action(true, true), depends, "prepare:action prepare:action-built prepare:action-deploy"},
	}
	for _, c := range cases {
		p, err := build(tenantOf(factors("sms"), mfaHook, c.shape), customChoices(c.action, text, sms))
		if got := stepIDs(p); err != nil || got != strings.TrimSpace(c.want+rest) {
			t.Errorf("%s: %v %s", c.name, err, got)
		}
	}
}

// A write that carries secrets must be sent although its check holds: Auth0 never shows whether they are right.
func TestStepsThatCarrySecretsSaySo(t *testing.T) {
	t.Parallel()
	for name, want := range map[string][]string{
		"mfa-twilio": {"provider"}, "custom-new": {"action"}, "custom-keep": nil,
		"mfa-and-passwordless": {"provider", "connection-con_a", "connection-con_b"}, "passwordless": {"provider", "connection-con_a"},
	} {
		s := scenarios()[name]
		p, err := build(s.world(), s.choices)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, step := range p.Steps {
			if step.CarriesSecrets() {
				got = append(got, step.ID)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", name, got, want)
		}
	}
}

// TestSecretsOfAConnection: to write its options back must never delete a secret that they imply, nor write a mask.
func TestSecretsOfAConnection(t *testing.T) {
	t.Parallel()
	const token, key = "connections.con_a.twilio_token", "connections.con_a.gateway_secret"
	cases := []struct {
		kind, secretsAre string
		keeps            string // what must be readable when it is written
		asks             string
	}{
		{"twilio", "clear", "/options/twilio_token", ""},
		{"twilio", "masked", "", "twilio.auth_token"}, // the provider's account is the same one
		{"twilio", "absent", "", "twilio.auth_token"},
		{"other", "clear", "/options/twilio_token", ""},
		{"other", "masked", "", token},
		{"other", "absent", "", token},
		{"gateway", "absent", "", ""},
		{"signed", "clear", "/options/gateway_authentication/secret", ""},
		{"signed", "masked", "", key},
		{"signed", "absent", "", key},
	}
	for _, c := range cases {
		choices := twilioChoices([]string{"text"}, nil)
		choices.Connections = move("con_a")
		p, err := build(tenantOf(connection("a", c.kind), secretsAre(c.secretsAre)), choices)
		if err != nil {
			t.Fatal(err)
		}
		step, _ := p.Step("connection-con_a")
		if got := strings.Join(step.Merge.Secrets, " "); got != c.keeps {
			t.Errorf("%s %s: keeps %q, want %q", c.kind, c.secretsAre, got, c.keeps)
		}
		if sent := string(step.Call.Body); strings.Contains(sent, "$secret") != (c.asks != "") || !strings.Contains(sent, c.asks) {
			t.Errorf("%s %s: sends %s, want it to ask for %q", c.kind, c.secretsAre, sent, c.asks)
		}
		if !slices.ContainsFunc(p.Secrets, func(s plan.Secret) bool { return s.Name == c.asks && s.Why != "" }) && c.asks != "" {
			t.Errorf("%s %s: %q is not among %v", c.kind, c.secretsAre, c.asks, p.Secrets)
		}
		if says := strings.Contains(step.Why, "as you enter it again"); says != (c.asks != "") {
			t.Errorf("%s %s: asks for %q and says %s", c.kind, c.secretsAre, c.asks, step.Why)
		}
	}
}

func TestBeforeOfAFlagThatIsNotThere(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		flag any
		want string
	}{{nil, "null"}, {false, "false"}} {
		p, err := build(tenantOf(factors("sms"), mfaTwilio(account), unified(c.flag)), twilioChoices([]string{"text"}, []string{"sms"}))
		if err != nil {
			t.Fatal(err)
		}
		step, _ := p.Step("tenant-flag")
		if got, want := string(step.Before), `{"phone_consolidated_experience":`+c.want+`}`; got != want {
			t.Errorf("flag %v: before is %s, want %s", c.flag, got, want)
		}
		if step.Done.Silent != (c.flag == nil) || strings.Contains(step.Why, "Auth0's answer to this request is all that tells") != step.Done.Silent {
			t.Errorf("flag %v: silent %v: %s", c.flag, step.Done.Silent, step.Why)
		}
	}
}

// Turning the flag on for a connection is harmless only while MFA sends nothing: the plan relies on that.
func TestAFlagForPasswordlessReliesOnMFABeingOff(t *testing.T) {
	t.Parallel()
	s := scenarios()["passwordless"]
	w := s.world()
	p, err := build(w, s.choices)
	if err != nil {
		t.Fatal(err)
	}
	factors("sms")(w)
	now := w.snapshot()
	changed, err := plan.Drift(p.Relies, func(path string) (tenant.Part, error) { return now.Parts[path], nil })
	if err != nil || len(changed) != 2 {
		t.Errorf("somebody enabled MFA by SMS, seen: %v %+v", err, changed)
	}
}

func TestIDsFromATenantAreEscapedInPointers(t *testing.T) {
	t.Parallel()
	w := tenantOf(connection("a", "twilio"))
	as[object](w.connections[0])["id"] = "con/~1"
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = move("con/~1")
	s := w.snapshot()
	p, err := plan.Build(s, judge.Judge(s), choices)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(p.Relies, func(f plan.Fact) bool { return f.Path == tenant.PathSMSConnections })
	if i < 0 || string(p.Relies[i].Value) == "null" {
		t.Errorf("the options of the connection are not among %+v", p.Relies)
	}
}

func TestReadable(t *testing.T) {
	t.Parallel()
	for secret, want := range map[string]bool{
		"": false, "********": false, "•••": false, "****1234": false, "abcd•••": false, "xxxxxxxx": false, tenant.Redacted: false,
		"0123456789abcdef0123456789abcdef": true, "a*b": true, "x1": true,
	} {
		if got := plan.Readable(secret); got != want {
			t.Errorf("%q: %v", secret, got)
		}
	}
}

func TestProjectSaysRefusedAndNothing(t *testing.T) {
	t.Parallel()
	cases := []struct {
		part    tenant.Part
		pointer string
		want    string
	}{
		{tenant.Part{Raw: json.RawMessage(`{"a":{"auth_token":"x","n":1}}`)}, "/a", `{"auth_token":"(secret)","n":1}`},
		{tenant.Part{Raw: json.RawMessage(`{"a":1}`)}, "/b", `null`},
		{tenant.Part{Raw: json.RawMessage(`{}`)}, "", `null`},
		{tenant.Part{}, "/a", `null`},
		{tenant.Part{Raw: json.RawMessage(`<html>`)}, "/a", `null`},
		{tenant.Part{Err: &tenant.Error{Status: 403, Code: "insufficient_scope"}}, "/a", `{"refused":"insufficient_scope"}`},
		{tenant.Part{Err: &tenant.Error{Status: 404}}, "/a", `{"refused":"404"}`},
	}
	for _, c := range cases {
		if got := string(plan.Project(c.part, c.pointer)); got != c.want {
			t.Errorf("%+v %s: %s, want %s", c.part, c.pointer, got, c.want)
		}
	}
	boom := errors.New("boom")
	if _, err := plan.Drift([]plan.Fact{{Path: "x", What: "it"}}, func(string) (tenant.Part, error) { return tenant.Part{}, boom }); !errors.Is(err, boom) {
		t.Errorf("a read that fails: %v", err)
	}
}

// A provider that sends keeps its credentials unless its account or its kind changes (facts: a PATCH without them keeps working).
func TestALiveProviderKeepsItsCredentials(t *testing.T) {
	t.Parallel()
	elsewhere := func(c *plan.Choices) { c.Twilio.SID = other }
	custom := func(c *plan.Choices) { a := newAction(); c.Provider, c.Action = tenant.KindCustom, &a }
	cases := []struct {
		name   string
		shape  shape
		change func(*plan.Choices)
		body   string // of the credentials: "" when none are sent
		oneWay bool
		says   string
	}{
		{"wider", provider("twilio", false, "text"), func(*plan.Choices) {}, "", false, ""},
		{"another sender", provider("twilio", false, "text"), func(c *plan.Choices) { c.Twilio.From = "+15005550009" }, "", false, ""},
		{"another account", provider("twilio", false, "text"), elsewhere, `{"auth_token":{"$secret":"twilio.auth_token"}}`, true, account},
		{"another kind", provider("twilio", false, "text"), custom, `{}`, true, "It is Twilio now."},
		{"from custom", provider("custom", false, "text"), func(*plan.Choices) {}, `{"auth_token":{"$secret":"twilio.auth_token"}}`, false, "It is custom now."},
		{"not live", provider("twilio", true, "text"), func(*plan.Choices) {}, `{"auth_token":{"$secret":"twilio.auth_token"}}`, false, "Nothing is sent"},
	}
	for _, c := range cases {
		flag := unified(c.name != "not live")
		choices := twilioChoices([]string{"text", "voice"}, []string{"sms"})
		c.change(&choices)
		p, err := build(tenantOf(factors("sms"), mfaTwilio(account), action(true, true), flag, c.shape), withAction(choices))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		step, _ := p.Step("provider")
		credentials, sent := plan.At(decoded(step.Call.Body), "/credentials")
		if got := string(plan.Encode(credentials)); sent != (c.body != "") || sent && got != c.body {
			t.Errorf("%s: sends the credentials %s, want %q", c.name, got, c.body)
		}
		asks := slices.ContainsFunc(p.Secrets, func(s plan.Secret) bool { return len(s.Undo) == 0 })
		if asks != strings.Contains(c.body, "$secret") || step.CarriesSecrets() != asks {
			t.Errorf("%s: asks for %v", c.name, p.Secrets)
		}
		lost := strings.Contains(step.Why, "cannot be read back")
		if step.OneWay != c.oneWay || lost != c.oneWay || !strings.Contains(step.Why, c.says) {
			t.Errorf("%s: one way %v: %s", c.name, step.OneWay, step.Why)
		}
		if again := strings.Contains(step.UndoDashboard, "AuthToken"); again != strings.Contains(step.Undo, "entered again") || c.oneWay && !again {
			t.Errorf("%s: taken back by %q, %q", c.name, step.Undo, step.UndoDashboard)
		}
	}
}

// withAction uses the tenant's Action where one is chosen.
func withAction(c plan.Choices) plan.Choices {
	if c.Action != nil {
		c.Action.ID, c.Action.Keep = "act_1", true
	}
	return c
}

func TestWhyTheTokenIsAskedForIsTrueInBothCases(t *testing.T) {
	t.Parallel()
	p, err := build(tenantOf(factors("sms"), mfaTwilio(account)), twilioChoices([]string{"text"}, []string{"sms"}))
	const want = "the tenant-level provider needs it; taken from the tenant's old settings where Auth0 still shows it, else copy it from the Twilio console"
	if err != nil || len(p.Secrets) != 1 || p.Secrets[0].Why != want {
		t.Errorf("%v %+v", err, p.Secrets)
	}
}

// One secret may be needed twice: by the provider, and by a connection whose settings Auth0 replaces whole.
func TestASecretIsAskedForWithEveryUse(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = move("con_a", "con_b")
	p, err := build(tenantOf(connection("a", "twilio"), connection("b", "twilio"), secretsAre("masked")), choices)
	if err != nil || len(p.Secrets) != 1 {
		t.Fatalf("%v, asks for %+v", err, p.Secrets)
	}
	for _, use := range []string{"the tenant-level provider needs it", `the connection "a" holds`, `the connection "b" holds`} {
		if strings.Count(p.Secrets[0].Why, use) != 1 {
			t.Errorf("%q does not say once: %s", p.Secrets[0].Why, use)
		}
	}
}

// Only a gateway's failure was ever told to an application.
func TestApplicationsOfAGatewayAreReviewed(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]bool{"twilio": false, "gateway": true} {
		choices := twilioChoices([]string{"text"}, nil)
		choices.Connections = move("con_a")
		p, err := build(tenantOf(connection("a", kind)), choices)
		if err != nil {
			t.Fatal(err)
		}
		step, there := p.Step("passwordless-errors")
		if there != want || there && !strings.Contains(step.Why, `the applications of "a"`) {
			t.Errorf("%s: %v, %s", kind, there, step.Why)
		}
	}
}

// The order of moves is the admin's (DESIGN, "Order"): what belongs to one move is not needed by another.
func TestAConnectionDoesNotWaitForTheFlagOfMFA(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"mfa-and-passwordless": "provider", "passwordless": "provider tenant-flag", "passwordless-beside-mfa": "provider",
	} {
		s := scenarios()[name]
		w := s.world()
		p, err := build(w, s.choices)
		if err != nil {
			t.Fatal(err)
		}
		step, _ := p.Step("connection-con_a")
		if got := strings.Join(step.Needs, " "); got != want {
			t.Errorf("%s: the connection needs %q, want %q", name, got, want)
		}
		if flag, both := p.Step("tenant-flag"); both && strings.Contains(step.Why, "before MFA") != (flag.Move == plan.MoveMFA) {
			t.Errorf("%s: %s", name, step.Why)
		}
	}
}

// A flag that is on and closed nothing: what is left of the move is the Dashboard's own switch, proven by the API.
func TestAFlagThatIsOnAlreadyLeavesTheDashboardsSwitch(t *testing.T) {
	t.Parallel()
	w := tenantOf(factors("sms"), mfaTwilio(account), unified(true), dashboard, provider("twilio", false, "text"))
	p, err := build(w, twilioChoices([]string{"text"}, []string{"sms"}))
	if err != nil || stepIDs(p) != "test:test-text switch:mfa-unified@mfa after:legacy-endpoints" {
		t.Fatalf("%v %s", err, stepIDs(p))
	}
	step, _ := p.Step("mfa-unified")
	if step.Kind != plan.Manual || step.Proof != "api" || strings.Contains(step.Undo, "Unified Phone Experience") ||
		step.UndoDashboard != "Security > Multi-factor Auth > Phone Message > Use Tenant-level Messaging Provider: off, Save" {
		t.Errorf("%+v", step)
	}
	run := newTrial(w)
	for _, turned := range []bool{false, true} {
		w.turned = turned
		if holds, err := run.holds(step.Done); err != nil || holds != turned {
			t.Errorf("switch turned: %v, holds: %v, %v", turned, holds, err)
		}
	}
	// Without a provider it is made first, and the switch waits for it. MFA may use it at once: that is a move of its own.
	p, err = build(tenantOf(factors("sms"), mfaTwilio(account), unified(true), dashboard), twilioChoices([]string{"text"}, []string{"sms"}))
	step, _ = p.Step("mfa-unified")
	if err != nil || stepIDs(p) != "switch:provider@provider test:test-text switch:mfa-unified@mfa after:legacy-endpoints" || !slices.Equal(step.Needs, []string{"provider"}) {
		t.Errorf("%v %s, needs %v", err, stepIDs(p), step.Needs)
	}
}

// MFA that may have moved must not lose a delivery method by a plan that is about something else.
func TestMFAThatMayHaveMovedKeepsItsDeliveryMethod(t *testing.T) {
	t.Parallel()
	w := tenantOf(factors("sms", "voice"), mfaTwilio(account), unified(true), dashboard, provider("twilio", false, "text", "voice"), connection("a", "twilio"))
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = move("con_a")
	if p, err := build(w, choices); err == nil || !strings.Contains(err.Error(), "MFA by voice may use") {
		t.Errorf("%v %s", err, stepIDs(p))
	}
	choices.DeliveryMethods = []string{"text", "voice"}
	if _, err := build(w, choices); err != nil {
		t.Error(err)
	}
}

// A connection of which nobody knows whether it waits for a provider: to make one is a switch, and what a live one delivers stays.
func TestAConnectionThatMayBeMovedAlready(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, nil)
	choices.MFA, choices.Connections = false, move("con_a")
	for _, c := range []struct {
		world *world
		ids   string
	}{
		{tenantOf(connection("a", "odd")), "switch:provider@provider test:test-text switch:tenant-flag@con_a switch:connection-con_a@con_a"},
		{tenantOf(connection("a", "odd"), provider("twilio", true, "text")), "switch:provider@provider test:test-text switch:tenant-flag@con_a switch:connection-con_a@con_a"},
		{tenantOf(connection("a", "odd"), provider("twilio", false, "text")), "test:test-text switch:tenant-flag@con_a switch:connection-con_a@con_a"},
	} {
		p, err := build(c.world, choices)
		if err != nil || stepIDs(p) != c.ids {
			t.Fatalf("%v\n%s\nwant\n%s", err, stepIDs(p), c.ids)
		}
		if s, ok := p.Step("provider"); ok && !strings.Contains(s.Why, "as soon as it is there") {
			t.Errorf("%q does not say whom it reaches", s.Why)
		}
	}
}

// Everything has moved, and voice is not delivered: to add the method is a switch of its own.
func TestAMigratedTenantCanBeWidened(t *testing.T) {
	t.Parallel()
	for _, types := range [][]string{nil, {"sms", "voice"}} {
		w := tenantOf(factors("sms", "voice"), unified(true), provider("twilio", false, "text"), connection("a", "moved"))
		p, err := build(w, twilioChoices([]string{"text", "voice"}, types))
		if err != nil || stepIDs(p) != "switch:provider@provider" || len(p.Secrets) > 0 {
			t.Fatalf("%v %s %v", err, stepIDs(p), p.Secrets)
		}
		if err := newTrial(w).send(p.Steps[0]); err != nil || !slices.Equal(w.methods(), []string{"text", "voice"}) {
			t.Errorf("%v: the provider delivers %v", err, w.methods())
		}
		for _, route := range judge.Judge(w.snapshot()).Routes {
			if !route.Delivers {
				t.Errorf("%s by %s does not deliver: %s", route.Flow, route.Channel, route.Problem)
			}
		}
	}
}
