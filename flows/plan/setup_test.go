package plan_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// fresh is a choice of a new connection with the applications named.
func fresh(clients ...string) *plan.NewConnection {
	return &plan.NewConnection{Name: "sms", Clients: clients}
}

func TestStepsOfASetUp(t *testing.T) {
	t.Parallel()
	idle := func(w *world) { w.types = list([]string{"voice"}) } // message types that stand there while the factor is off
	noTypes := func(w *world) { w.factor = true }
	mfa := func(c *plan.Choices) { c.SetUpMFA = true }
	connection1 := func(c *plan.Choices) { c.SetUpMFA, c.NewConnection = false, fresh("app1") }
	both := func(c *plan.Choices) { c.SetUpMFA, c.NewConnection = true, fresh("app1") }
	cases := []struct {
		name   string
		world  *world
		change func(*plan.Choices)
		want   string
	}{
		{
			"nothing there, MFA", tenantOf(), mfa,
			"prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa switch:mfa-factor@mfa switch:message-types@mfa after:legacy-endpoints",
		},
		{
			"nothing there, a connection", tenantOf(), connection1,
			"prepare:provider test:test-text switch:tenant-flag@new-connection switch:new-connection@new-connection switch:clients-new-connection-1@new-connection",
		},
		{
			"nothing there, both", tenantOf(), both,
			"prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa switch:mfa-factor@mfa switch:message-types@mfa " +
				"switch:new-connection@new-connection switch:clients-new-connection-1@new-connection after:legacy-endpoints",
		},
		{
			"a new tenant, unified from the start", tenantOf(unified(true), idle), both,
			"prepare:provider test:test-text switch:mfa-factor@mfa switch:message-types@mfa " +
				"switch:new-connection@new-connection switch:clients-new-connection-1@new-connection",
		},
		{
			"Passwordless has moved, MFA is added", tenantOf(unified(true), provider("twilio", false, "text"), connection("a", "moved")), mfa,
			"test:test-text switch:mfa-factor@mfa switch:message-types@mfa",
		},
		{
			"Passwordless is there, MFA is added", tenantOf(connection("a", "gateway")), mfa,
			"prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa switch:mfa-factor@mfa switch:message-types@mfa after:legacy-endpoints",
		},
		{
			"the factor is on, with no types", tenantOf(noTypes), mfa,
			"prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa switch:message-types@mfa after:legacy-endpoints",
		},
		{
			"MFA is in use, so there is nothing to set up", tenantOf(factors("sms"), mfaTwilio(account)),
			func(c *plan.Choices) { c.SetUpMFA, c.NewConnection = true, fresh() },
			"prepare:provider test:test-text switch:new-connection@new-connection",
		},
		{
			"nobody is asked for MFA", tenantOf(func(w *world) { w.policies = []any{} }), mfa,
			"prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa switch:mfa-factor@mfa switch:message-types@mfa " +
				"after:legacy-endpoints after:mfa-policies",
		},
	}
	for _, c := range cases {
		choices := twilioChoices([]string{"text"}, []string{"sms"})
		choices.MFA = false
		c.change(&choices)
		p, err := build(c.world, choices)
		if err != nil || stepIDs(p) != c.want {
			t.Errorf("%s: %v\n%s\nwant\n%s", c.name, err, stepIDs(p), c.want)
		}
	}
}

// MFA that is off has no message types that somebody uses, so what stands there is replaced at once, and never needs a delivery
// method.
func TestASetUpWritesExactlyTheFactorsThatWereChosen(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, []string{"sms"})
	choices.SetUpMFA = true
	p, err := build(tenantOf(unified(true), func(w *world) { w.types = list([]string{"voice"}) }), choices)
	if err != nil {
		t.Fatal(err)
	}
	types, _ := p.Step("message-types")
	provider, _ := p.Step("provider")
	if string(types.Call.Body) != `{"message_types":["sms"]}` || strings.Contains(string(provider.Call.Body), "voice") {
		t.Errorf("%s %s", types.Call.Body, provider.Call.Body)
	}
	if m, _ := p.Move(plan.MoveMFA); !slices.Equal(m.Channels, []string{"text"}) {
		t.Errorf("it is tested by %v", m.Channels)
	}
}

// MFA that is moved while it is off: Auth0 refuses message types then, so none are written.
func TestMovingMFAThatIsOffWritesNoMessageTypes(t *testing.T) {
	t.Parallel()
	p, err := build(tenantOf(mfaTwilio(account)), twilioChoices([]string{"text", "voice"}, []string{"sms", "voice"}))
	if err != nil || stepIDs(p) != "prepare:provider test:test-text test:test-voice switch:tenant-flag@mfa switch:mfa-unified@mfa after:legacy-endpoints" {
		t.Errorf("%v %s", err, stepIDs(p))
	}
}

func TestANewConnectionSaysWhatItIs(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, nil)
	choices.NewConnection = &plan.NewConnection{Name: "sms-2", DisableSignup: true, CodeLength: 8, CodeSeconds: 300}
	p, err := build(tenantOf(), choices)
	if err != nil {
		t.Fatal(err)
	}
	step, _ := p.Step(plan.MoveNewConnection)
	const want = `{"name":"sms-2","options":{"brute_force_protection":true,"disable_signup":true,"name":"sms-2",` +
		`"totp":{"length":8,"time_step":300},"use_phone_provider":true},"strategy":"sms"}`
	if string(step.Call.Body) != want {
		t.Errorf("%s", step.Call.Body)
	}
	if m, ok := p.Move("sms-2"); !ok || m.ID != plan.MoveNewConnection {
		t.Errorf("the move is not found by the connection's name: %+v", p.Summary.Moves)
	}
}

// At most 50 applications go into one request; those that are enabled already are left out, and nobody is switched off.
func TestApplicationsAreEnabledFiftyAtATime(t *testing.T) {
	t.Parallel()
	var all []string
	for i := range 120 {
		all = append(all, fmt.Sprintf("app%d", i+1))
	}
	w := tenantOf(apps(119), connection("a", "gateway"))
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = map[string]plan.Choice{"con_a": {Move: true, Clients: append(all, "app7")}}
	choices.NewConnection = fresh(all...)
	p, err := build(w, choices)
	if err != nil {
		t.Fatal(err)
	}
	var sizes []string
	for _, s := range p.Steps {
		if s.Call != nil && s.Call.Op == tenant.PatchConnectionClients {
			sizes = append(sizes, fmt.Sprintf("%s %d", s.ID, len(as[[]any](decoded(s.Call.Body)))))
		}
	}
	const want = "clients-con_a-1 50, clients-con_a-2 50, clients-con_a-3 19, clients-new-connection-1 50, clients-new-connection-2 50, clients-new-connection-3 20"
	if strings.Join(sizes, ", ") != want {
		t.Errorf("%v", sizes)
	}
	run := newTrial(w)
	for _, s := range p.Steps {
		if s.Kind == plan.Request {
			if err := run.send(s); err != nil {
				t.Fatalf("%s: %v", s.ID, err)
			}
		}
	}
	for _, id := range []string{"con_a", "con_new"} {
		if got := clientsOf(w, id); len(got) != 120 || len(minus(all, got)) > 0 {
			t.Errorf("%s has %d applications", id, len(got))
		}
	}
}

func TestSetUpsThatMakeNoPlan(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name   string
		change func(*plan.Choices)
		says   string
	}{
		{"no factor", func(c *plan.Choices) { c.SetUpMFA, c.MessageTypes = true, nil }, "at least one message type"},
		{"uncovered", func(c *plan.Choices) { c.SetUpMFA, c.MessageTypes = true, []string{"voice"} }, "Voice is not covered"},
		{"a connection by voice", func(c *plan.Choices) { c.DeliveryMethods = []string{"voice"} }, "needs the delivery method text"},
		{"no name", func(c *plan.Choices) { c.NewConnection.Name = "" }, "cannot be the name"},
		{"a hyphen at the end", func(c *plan.Choices) { c.NewConnection.Name = "sms-" }, "cannot be the name"},
		{"two hyphens", func(c *plan.Choices) { c.NewConnection.Name = "s--ms" }, "cannot be the name"},
		{"a long name", func(c *plan.Choices) { c.NewConnection.Name = strings.Repeat("s", 129) }, "128 at most"},
		{"a name that is taken", func(c *plan.Choices) { c.NewConnection.Name = "b" }, `a connection "b" already`},
		{"three digits", func(c *plan.Choices) { c.NewConnection.CodeLength = 3 }, "4 to 40 digits"},
		{"a short life", func(c *plan.Choices) { c.NewConnection.CodeSeconds = 59 }, "60 seconds at least"},
		{"an application that is gone", func(c *plan.Choices) { c.NewConnection.Clients = []string{"app1", "app9"} }, `client id "app9"`},
	}
	for _, c := range cases {
		choices := twilioChoices([]string{"text"}, []string{"sms"})
		choices.MFA, choices.NewConnection = false, fresh("app1")
		choices.Connections = map[string]plan.Choice{"con_b": {Clients: []string{"unheard of"}}} // it stays, so nothing is said of it
		c.change(&choices)
		w := tenantOf(connection("b", "gateway"))
		delete(w.enabled, "con_b") // nobody uses it
		_, err := build(w, choices)
		var invalid *plan.Invalid
		if !errors.As(err, &invalid) || len(invalid.Problems) != 1 || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want one problem with %q", c.name, err, c.says)
		}
	}
}

// A connection of that name that comes later makes the plan stale: it was about another one.
func TestANewConnectionReliesOnItsNameBeingFree(t *testing.T) {
	t.Parallel()
	w := tenantOf()
	choices := twilioChoices([]string{"text"}, nil)
	choices.NewConnection = fresh("app1")
	p, err := build(w, choices)
	if err != nil {
		t.Fatal(err)
	}
	connection("sms", "gateway")(w)
	now := w.snapshot()
	changed, err := plan.Drift(p.Relies, func(path string) (tenant.Part, error) { return now.Parts[path], nil })
	if err != nil || len(changed) != 1 || changed[0].Fact.What != `that there is no sms connection "sms"` {
		t.Errorf("%v %+v", err, changed)
	}
}

func TestActionsThatMakeNoPlan(t *testing.T) {
	t.Parallel()
	text, sms := []string{"text"}, []string{"sms"}
	isStub := func(w *world) { as[object](w.actions[0])["code"] = stub }
	replace := newAction()
	replace.ID = "act_1"
	beyond := func(change func(*plan.Action)) plan.Action {
		a := newAction()
		change(&a)
		return a
	}
	cases := []struct {
		name   string
		shape  shape
		action plan.Action
		full   bool
		says   string // "" where there is a plan
	}{
		{"several, none named", func(w *world) { action(true, true)(w); rival(w) }, newAction(), false, `2 custom-phone-provider Actions ("Older", id act_0; "Custom Phone Provider", id act_1)`},
		{"several, none named to keep", func(w *world) { action(true, true)(w); rival(w) }, plan.Action{Keep: true}, false, "say which of them sends"},
		{"one of several", func(w *world) { action(true, true)(w); rival(w) }, plan.Action{ID: "act_1", Keep: true}, false, ""},
		{"a stub that is kept", func(w *world) { action(true, true)(w); isStub(w) }, plan.Action{ID: "act_1", Keep: true}, false, "sends nothing, so it cannot be kept"},
		{"a stub that is replaced", func(w *world) { action(true, true)(w); isStub(w) }, replace, false, ""},
		{"a new one at the limit", func(*world) {}, newAction(), true, "as many Actions as Auth0 allows"},
		{"an old one at the limit", action(true, true), replace, true, ""},
		{"too much code", func(*world) {}, beyond(func(a *plan.Action) { a.Code += strings.Repeat("/", 100_000) }), false, "and Auth0 takes 100000 at most"},
		{"too many secrets", func(*world) {}, beyond(func(a *plan.Action) { a.Secrets = strings.Split(strings.Repeat("X", 31), "") }), false, "31 secrets"},
		{"a long name", func(*world) {}, beyond(func(a *plan.Action) { a.Secrets = []string{strings.Repeat("X", 129)} }), false, "longer than 128 characters"},
		{"too many modules", func(*world) {}, beyond(func(a *plan.Action) { a.Dependencies = make([]plan.Dependency, 11) }), false, "11 npm modules"},
	}
	for _, c := range cases {
		s := tenantOf(factors("sms"), mfaHook, c.shape).snapshot()
		judged := judge.Judge(s)
		if c.full {
			judged.Findings = append(judged.Findings, judge.Finding{ID: "actions-at-limit", Severity: judge.Decision})
		}
		_, err := plan.Build(s, judged, customChoices(c.action, text, sms))
		var invalid *plan.Invalid
		if refused := errors.As(err, &invalid); refused != (c.says != "") || refused && (len(invalid.Problems) != 1 || !strings.Contains(err.Error(), c.says)) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

// The draft that waits beside a deployed version was reviewed by nobody: who keeps the Action keeps what runs.
func TestAKeptActionIsNotDeployed(t *testing.T) {
	t.Parallel()
	w := tenantOf(factors("sms"), mfaHook, action(false, true), rival)
	as[object](w.actions[1])["deployed_version"] = object{"id": "ver_1", "code": sends}
	p, err := build(w, customChoices(plan.Action{ID: "act_1", Keep: true}, []string{"text"}, []string{"sms"}))
	if err != nil || slices.ContainsFunc(p.Steps, func(s plan.Step) bool { return s.Call != nil && s.Call.Op == tenant.DeployAction }) {
		t.Fatalf("%v %s", err, stepIDs(p))
	}
	// Of several Actions one alone stays bound; to delete the others is left to a person.
	run := newTrial(w)
	bind, _ := p.Step("action-bind")
	if err := run.send(bind); err != nil || len(w.bindings) != 1 || as[object](w.bindings[0])["id"] != "bin_1" {
		t.Errorf("%v: bound are %v", err, w.bindings)
	}
	left, _ := p.Step("other-actions")
	if left.Kind != plan.Manual || !strings.Contains(left.Why, `"Older", id act_0`) || len(w.actions) != 2 {
		t.Errorf("%+v", left)
	}
}
