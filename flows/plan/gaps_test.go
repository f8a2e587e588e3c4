package plan_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// gapsOf puts the gaps of a plan into a line: "tenant-flag..provider MFA by SMS".
func gapsOf(p plan.Plan) string {
	var all []string
	for _, g := range p.Summary.Gaps {
		all = append(all, fmt.Sprintf("%s..%s %s", g.From, g.To, strings.Join(g.Flows, ", ")))
	}
	return strings.Join(all, "; ")
}

func TestGapsThatAPlanStates(t *testing.T) {
	t.Parallel()
	live := func(kind string, shapes ...shape) *world {
		return tenantOf(append([]shape{factors("sms", "voice"), unified(true), provider(kind, false, "text", "voice"), connection("a", "gateway")}, shapes...)...)
	}
	both := []string{"text", "voice"}
	twilio := func(change func(*plan.Choices)) plan.Choices {
		c := twilioChoices(both, nil)
		change(&c)
		return c
	}
	changed := newAction()
	changed.ID = "act_1"
	first := func(c plan.Choices) plan.Choices { c.FlagFirst = true; return c }
	connectionOnly := twilio(func(c *plan.Choices) { c.Connections = move("con_a") })
	cases := []struct {
		name    string
		world   *world
		choices plan.Choices
		want    string
	}{
		{"the usual way", tenantOf(factors("sms"), mfaTwilio(account)), twilioChoices(both, []string{"sms"}), ""},
		{"the flag first", tenantOf(factors("sms"), mfaTwilio(account)), first(twilioChoices(both, []string{"sms"})), "tenant-flag..provider MFA by SMS"},
		{
			"the flag first, and a connection", tenantOf(factors("sms"), mfaTwilio(account), connection("a", "gateway")),
			first(twilioChoices(both, []string{"sms"})), `tenant-flag..provider MFA by SMS, the connection "a"`,
		},
		{"the flag first, and nobody sends yet", tenantOf(), first(twilio(func(c *plan.Choices) { c.NewConnection = fresh() })), ""},
		{"the flag is on", tenantOf(factors("sms"), mfaTwilio(account), unified(true), dashboard), first(twilioChoices(both, []string{"sms"})), ""},
		{"a provider is there", tenantOf(factors("sms"), mfaTwilio(account), provider("twilio", true, "text")), first(twilioChoices(both, []string{"sms"})), ""},
		{"live, another kind", live("twilio"), withMoves(customChoices(newAction(), both, nil)), "provider..test-voice MFA by SMS, MFA by voice"},
		{"live, another account", live("twilio"), twilio(func(c *plan.Choices) { c.Twilio.SID = other }), "provider..test-voice MFA by SMS, MFA by voice"},
		{"live, another sender", live("twilio"), twilio(func(c *plan.Choices) { c.Twilio.From = "+15005550009" }), "provider..test-voice MFA by SMS, MFA by voice"},
		{"live, as it is", live("twilio"), connectionOnly, ""},
		{"live, other code", live("custom", action(true, true)), customChoices(changed, both, nil), "action-deploy..test-voice MFA by SMS, MFA by voice"},
		{"live, another binding", live("custom", action(true, false)), customChoices(plan.Action{ID: "act_1", Keep: true}, both, nil), "action-bind..test-voice MFA by SMS, MFA by voice"},
	}
	for _, c := range cases {
		p, err := build(c.world, c.choices)
		if err != nil || gapsOf(p) != c.want {
			t.Errorf("%s: %v %q, want %q (%s)", c.name, err, gapsOf(p), c.want, stepIDs(p))
		}
		for _, g := range p.Summary.Gaps {
			_, begins := p.Step(g.From)
			if _, ends := p.Step(g.To); !begins || !ends || g.What == "" || g.Length == "" {
				t.Errorf("%s: %+v", c.name, g)
			}
		}
	}
}

// withMoves moves the connection a as well.
func withMoves(c plan.Choices) plan.Choices {
	c.Connections = move("con_a")
	return c
}

// Where the provider is refused before the flag, the plan that accepts the gap carries, and the usual one stops at the provider
// with nothing that users notice written.
func TestAProviderAfterTheFlag(t *testing.T) {
	t.Parallel()
	for accepted, want := range map[bool]string{
		false: "prepare:provider test:test-text switch:tenant-flag@mfa switch:mfa-unified@mfa after:legacy-endpoints",
		true:  "switch:tenant-flag@provider switch:provider@provider test:test-text switch:mfa-unified@mfa after:legacy-endpoints",
	} {
		w := tenantOf(factors("sms"), mfaTwilio(account), func(w *world) { w.afterFlag = true })
		choices := twilioChoices([]string{"text"}, []string{"sms"})
		choices.FlagFirst = accepted
		p, err := build(w, choices)
		if err != nil || stepIDs(p) != want {
			t.Fatalf("%v %s", err, stepIDs(p))
		}
		run, failed := newTrial(w), ""
		for _, s := range p.Steps {
			if s.Kind != plan.Request {
				continue
			}
			if err := run.send(s); err != nil {
				failed = s.ID
				break
			}
		}
		if accepted != (failed == "") || !accepted && (failed != "provider" || flagged(w)) {
			t.Errorf("accepted %v: %q fails, the flag is %v", accepted, failed, flagged(w))
		}
	}
}

// The Action of a custom provider is made before the flag: nothing of it needs the flag, and it keeps the gap short.
func TestTheActionComesBeforeTheFlag(t *testing.T) {
	t.Parallel()
	choices := customChoices(newAction(), []string{"text"}, []string{"sms"})
	choices.FlagFirst = true
	choices.Templates = map[string]plan.Template{"otp_verify": {Text: "{{ code }}"}}
	p, err := build(tenantOf(factors("sms"), mfaHook), choices)
	const want = "prepare:action prepare:action-built prepare:action-deploy prepare:action-bind " +
		"switch:tenant-flag@provider switch:provider@provider switch:template-otp_verify@provider test:test-text switch:mfa-unified@mfa " +
		"after:legacy-endpoints after:old-action"
	flag, _ := p.Step("tenant-flag")
	if err != nil || stepIDs(p) != want || !slices.Equal(flag.Needs, []string{"action-deploy", "action-bind"}) {
		t.Errorf("%v %s, the flag needs %v", err, stepIDs(p), flag.Needs)
	}
}

func TestTheFlagFirstMovesMFA(t *testing.T) {
	t.Parallel()
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections, choices.FlagFirst = move("con_a"), true
	_, err := build(tenantOf(factors("sms"), mfaTwilio(account), connection("a", "gateway")), choices)
	if err == nil || !strings.Contains(err.Error(), "flag-before-provider turns the tenant flag on, and the flag moves MFA") {
		t.Error(err)
	}
}

// Promise: before the first switching write the tenant route can deliver the whole baseline, also the routes that stay; and in the end
// nothing is taken away that a flow that stays may need.
func TestWhatStaysIsCoveredToo(t *testing.T) {
	t.Parallel()
	const covered = "is not documented. If it does, this one goes through the tenant-level provider as well; it is covered, because that provider delivers "
	cases := []struct {
		name    string
		world   *world
		choices plan.Choices
		during  string
		end     string
		says    string // of what stays; "" where the flag is not turned on
	}{
		{
			"MFA by voice stays", tenantOf(factors("sms", "voice"), mfaTwilio(account), connection("a", "gateway")),
			withMoves(twilioChoices([]string{"text"}, nil)), "text voice", "text voice", "",
		},
		{
			"a connection stays", tenantOf(factors("voice"), mfaTwilio(account), connection("a", "gateway")),
			twilioChoices([]string{"voice"}, []string{"voice"}), "text voice", "text voice", covered + "text.",
		},
		{
			"a connection that nobody uses stays", tenantOf(factors("voice"), mfaTwilio(account), connection("a", "gateway"), func(w *world) { clear(w.enabled) }),
			twilioChoices([]string{"voice"}, []string{"voice"}), "voice", "voice", "",
		},
		{
			"voice is given up", tenantOf(factors("sms", "voice"), mfaTwilio(account)),
			twilioChoices([]string{"text"}, []string{"sms"}), "text voice", "text", "",
		},
	}
	for _, c := range cases {
		p, err := build(c.world, c.choices)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		run := newTrial(c.world)
		during := ""
		for _, s := range p.Steps {
			if s.Phase == plan.Switch && during == "" {
				during = strings.Join(c.world.methods(), " ")
			}
			if s.Kind == plan.Request {
				if err := run.send(s); err != nil {
					t.Fatalf("%s: %s: %v", c.name, s.ID, err)
				}
			}
		}
		end := strings.Join(c.world.methods(), " ")
		if during != c.during || end != c.end || strings.Join(p.Summary.DeliveryMethods, " ") != c.end {
			t.Errorf("%s: %s while it moves, %s in the end, the summary says %v", c.name, during, end, p.Summary.DeliveryMethods)
		}
		if said := slices.ContainsFunc(p.Summary.Stays, func(s plan.Stay) bool { return c.says != "" && strings.HasSuffix(s.Why, c.says) }); said != (c.says != "") {
			t.Errorf("%s: %+v", c.name, p.Summary.Stays)
		}
	}
}

// A call needs a number. One that somebody gets today must be possible while the flows move, also where voice was not chosen.
func TestACallOfTodayNeedsANumber(t *testing.T) {
	t.Parallel()
	choices := withMoves(twilioChoices([]string{"text"}, nil))
	choices.Twilio = plan.Twilio{SID: account, MessagingServiceSID: service}
	_, err := build(tenantOf(factors("sms", "voice"), mfaTwilio(account), connection("a", "gateway")), choices)
	if err == nil || !strings.Contains(err.Error(), "MFA by voice delivers now") {
		t.Error(err)
	}
	if _, err := build(tenantOf(factors("sms"), mfaTwilio(account), connection("a", "gateway")), choices); err != nil {
		t.Error(err)
	}
}

// Twilio sends now, so a new Action reaches nobody before the provider is changed.
func TestOnlyTheWritesThatReachUsersSaySo(t *testing.T) {
	t.Parallel()
	for kind, want := range map[string]string{"twilio": "provider", "custom": "action-deploy"} {
		a := newAction()
		w := tenantOf(factors("sms"), unified(true), provider(kind, false, "text"))
		if kind == "custom" {
			action(true, true)(w)
			a.ID = "act_1"
		}
		p, err := build(w, customChoices(a, []string{"text"}, nil))
		if err != nil {
			t.Fatal(err)
		}
		var reach []string
		for _, s := range p.Steps {
			if strings.Contains(s.Why, "this can reach users at once") {
				reach = append(reach, s.ID)
			}
		}
		if strings.Join(reach, " ") != want {
			t.Errorf("%s: %v", kind, reach)
		}
	}
}

// A gateway's key that is entered again is laid into what is there: method, audience and the rest stay.
func TestAGatewaysOtherSettingsStay(t *testing.T) {
	t.Parallel()
	for _, how := range []string{"clear", "masked", "absent"} {
		w := tenantOf(connection("a", "signed"), secretsAre(how))
		before := as[object](as[object](w.connections[0])["options"])
		authentication := as[object](before["gateway_authentication"])
		authentication["subject"], authentication["secret_base64_encoded"], authentication["later"] = "s", "false", list([]string{"x"})
		want := plan.Encode(before)
		p, err := build(w, withMoves(twilioChoices([]string{"text"}, nil)))
		if err != nil {
			t.Fatal(err)
		}
		step, _ := p.Step("connection-con_a")
		if err := newTrial(w).send(step); err != nil {
			t.Fatal(err)
		}
		after := as[object](as[object](w.connections[0])["options"])
		if after["use_phone_provider"] != true {
			t.Errorf("%s: it has not moved", how)
		}
		delete(after, "use_phone_provider")
		got := strings.ReplaceAll(string(plan.Encode(after)), typed("connections.con_a.gateway_secret"), canary+"-a-secret")
		if got != string(want) {
			t.Errorf("%s: %s, want %s", how, got, want)
		}
	}
}

// The word that one report gives for an opt-in counts as one.
func TestTheWordUnifiedIsAnOptIn(t *testing.T) {
	t.Parallel()
	w := tenantOf(unified(true), provider("twilio", false, "text"), connection("a", "moved"), connection("b", "twilio"))
	as[object](as[object](w.connections[0])["options"])["use_phone_provider"] = "unified"
	choices := twilioChoices([]string{"text"}, nil)
	choices.Connections = move("con_a", "con_b")
	p, err := build(w, choices)
	if err != nil || len(p.Summary.Moves) != 1 || p.Summary.Moves[0].ID != "con_b" {
		t.Errorf("%v %+v", err, p.Summary.Moves)
	}
	if slices.ContainsFunc(p.Writes(), func(c tenant.Call) bool { return c.ID == "con_a" }) {
		t.Error("it is written again")
	}
}
