package plan_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// drawWorld draws a tenant; drawChoices draws what its admin may choose, mostly sensible.
func drawWorld(t *rapid.T) *world {
	w := tenantOf(secretsAre(rapid.SampledFrom([]string{"clear", "masked", "absent"}).Draw(t, "secrets are")))
	unified(rapid.SampledFrom([]any{nil, false, false, true}).Draw(t, "flag"))(w)
	w.dashboard = rapid.Bool().Draw(t, "dashboard")
	w.types = list(rapid.SliceOfDistinct(rapid.SampledFrom([]string{"sms", "voice"}), rapid.ID[string]).Draw(t, "types of a factor that is off"))
	w.policies = list(rapid.SampledFrom([][]string{{}, {"all-applications"}}).Draw(t, "policies"))
	apps(rapid.SampledFrom([]int{0, 0, 1, 2, 55}).Draw(t, "applications"))(w)
	if rapid.Bool().Draw(t, "mfa") {
		factors(subset(t, "factors", "sms", "voice")...)(w)
		rapid.SampledFrom([]shape{mfaHook, mfaTwilio(account), mfaTwilio(other)}).Draw(t, "carrier")(w)
	}
	if kind := rapid.SampledFrom([]string{"", "twilio", "custom"}).Draw(t, "provider"); kind != "" {
		provider(kind, rapid.Bool().Draw(t, "disabled"), subset(t, "methods", "text", "voice")...)(w)
	}
	for _, name := range []string{"a", "b", "c"} {
		if kind := rapid.SampledFrom([]string{"", "twilio", "other", "gateway", "signed", "moved"}).Draw(t, "connection "+name); kind != "" {
			connection(name, kind)(w)
		}
	}
	if rapid.Bool().Draw(t, "action") {
		action(rapid.Bool().Draw(t, "deployed"), rapid.Bool().Draw(t, "bound"))(w)
		if rapid.Bool().Draw(t, "another action") {
			rival(w)
		}
	}
	if rapid.Bool().Draw(t, "template") {
		customised(rapid.Bool().Draw(t, "template disabled"))(w)
	}
	return w
}

func subset(t *rapid.T, label string, members ...string) []string {
	picked := []string{}
	for _, m := range members {
		if rapid.Bool().Draw(t, label+" "+m) {
			picked = append(picked, m)
		}
	}
	if len(picked) == 0 {
		picked = append(picked, rapid.SampledFrom(members).Draw(t, label))
	}
	return rapid.Permutation(picked).Draw(t, label+" order")
}

func drawChoices(t *rapid.T, w *world) plan.Choices {
	c := twilioChoices(subset(t, "wanted methods", "text", "voice"), nil)
	if c.MFA = rapid.Bool().Draw(t, "move mfa"); c.MFA {
		c.MessageTypes = subset(t, "wanted types", "sms", "voice")
	}
	if rapid.Bool().Draw(t, "service") {
		c.Twilio.MessagingServiceSID = service
	}
	for _, each := range w.connections {
		c.Connections[as[string](as[object](each)["id"])] = plan.Choice{
			Move: rapid.Bool().Draw(t, "move"), Why: "drawn", Clients: drawClients(t, w, "enabled too"),
		}
	}
	if c.SetUpMFA = rapid.Bool().Draw(t, "set up mfa"); c.SetUpMFA {
		c.MessageTypes = subset(t, "types to set up", "sms", "voice")
	}
	if rapid.Bool().Draw(t, "new connection") {
		c.NewConnection = &plan.NewConnection{Name: "fresh", CodeLength: rapid.SampledFrom([]int{0, 8}).Draw(t, "digits"), Clients: drawClients(t, w, "enabled")}
	}
	c.FlagFirst = rapid.Bool().Draw(t, "flag first")
	if rapid.Bool().Draw(t, "custom") {
		a := newAction()
		if len(w.actions) > 0 {
			a.ID, a.Keep = "act_1", rapid.Bool().Draw(t, "keep")
			if rapid.Bool().Draw(t, "same code") {
				a.Code, a.Secrets, a.Dependencies = sends, nil, nil
			}
		}
		c.Provider, c.Action = tenant.KindCustom, &a
	}
	for _, kind := range []string{"otp_verify", "otp_enroll"} {
		if rapid.Bool().Draw(t, "write "+kind) {
			word := rapid.SampledFrom([]string{"default", "old {{ code }}", "new {{ code }}"})
			if c.Templates == nil {
				c.Templates = map[string]plan.Template{}
			}
			c.Templates[kind] = plan.Template{Text: word.Draw(t, "text"), Voice: word.Draw(t, "voice")}
		}
	}
	return c
}

// judged judges a snapshot without running the code of its Actions, which takes most of the time of these tests and finds out
// nothing that they are about: whether an Action is a stub.
func judged(s tenant.Snapshot) judge.Judgement {
	silent := s
	silent.Parts = maps.Clone(s.Parts)
	for _, path := range []string{tenant.PathPhoneActions, tenant.PathLegacyActions} {
		actions, _ := decoded(s.Parts[path].Raw).([]any)
		for _, a := range actions {
			delete(as[object](a), "code")
			if version, ok := as[object](a)["deployed_version"].(object); ok {
				delete(version, "code")
			}
		}
		silent.Parts[path] = tenant.Part{Raw: plan.Encode(actions)}
	}
	return judge.Judge(silent)
}

// drawClients draws applications: none, or the first of them, in any order.
func drawClients(t *rapid.T, w *world, label string) []string {
	var ids []string
	for _, c := range w.clients[:rapid.IntRange(0, len(w.clients)).Draw(t, label)] {
		ids = append(ids, as[string](as[object](c)["client_id"]))
	}
	return rapid.Permutation(ids).Draw(t, label+" order")
}

// checkPlans runs a property over plans of random tenants and choices. Choices that make no plan are drawn again.
func checkPlans(t *testing.T, property func(t *rapid.T, w *world, s tenant.Snapshot, c plan.Choices, p plan.Plan)) {
	t.Helper()
	rapid.Check(t, func(t *rapid.T) {
		w := drawWorld(t)
		c := drawChoices(t, w)
		s := w.snapshot()
		p, err := plan.Build(s, judged(s), c)
		var invalid *plan.Invalid
		if errors.As(err, &invalid) || errors.Is(err, plan.ErrNothing) {
			t.Skip(err.Error())
		}
		if err != nil {
			t.Fatal(err)
		}
		property(t, w, s, c, p)
	})
}

func TestAPlanIsInOrder(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, _ *world, _ tenant.Snapshot, _ plan.Choices, p plan.Plan) {
		earlier := map[string]bool{}
		ended := false
		for _, s := range p.Steps {
			for _, id := range s.Needs {
				if !earlier[id] {
					t.Fatalf("%s needs %s, which does not come before it: %s", s.ID, id, stepIDs(p))
				}
			}
			if earlier[s.ID] {
				t.Fatalf("%s is there twice", s.ID)
			}
			earlier[s.ID] = true
			if ended = ended || s.Phase == plan.After; ended && s.Phase != plan.After {
				t.Fatalf("%s comes after the end: %s", s.ID, stepIDs(p))
			}
			if _, known := p.Move(s.Move); known != (s.Phase == plan.Switch) || (s.Move == "") == known {
				t.Fatalf("%s in phase %s has the move %q: %s", s.ID, s.Phase, s.Move, stepIDs(p))
			}
			complete(t, s)
			for _, step := range references(s) {
				if !needsIt(p, s, step) {
					t.Fatalf("%s uses an answer of %s, which it does not need first", s.ID, step)
				}
			}
		}
		for _, m := range p.Summary.Moves {
			if len(p.In(plan.Switch, m.ID)) == 0 {
				t.Fatalf("the move %s has no step: %s", m.ID, stepIDs(p))
			}
		}
	})
}

// complete: whoever reads a step learns what it does, why, how to do it by hand, and how to undo it; a write can be verified.
func complete(t *rapid.T, s plan.Step) {
	if s.Title == "" || s.Why == "" || s.Dashboard == "" || s.Undo == "" || s.Basis == "" || s.Source == "" {
		t.Fatalf("%s leaves something unsaid: %+v", s.ID, s)
	}
	if clicks := s.Kind == plan.Request || s.Proof == "api"; clicks != (s.UndoDashboard != "") || s.UndoDashboard == s.Dashboard {
		t.Fatalf("%s is taken back in the Dashboard by %q", s.ID, s.UndoDashboard)
	}
	switch s.Kind {
	case plan.Request:
		if s.Call == nil || s.Done == nil || s.After == nil || !s.Call.Op.Writes() || s.Done.Get.Op.Writes() || len(plan.Touches(s)) == 0 {
			t.Fatalf("%s: %+v", s.ID, s)
		}
	case plan.Test:
		if s.Call == nil || s.Channel == "" {
			t.Fatalf("%s: %+v", s.ID, s)
		}
	case plan.Wait:
		if s.Call != nil || s.Done == nil || s.Fails == nil {
			t.Fatalf("%s: a wait looks, and sends nothing", s.ID)
		}
	case plan.Manual:
		if s.Call != nil || (s.Proof == "api") != (s.Done != nil) || s.Proof == "" {
			t.Fatalf("%s: %+v", s.ID, s)
		}
	}
}

// references lists the steps whose answers a step uses.
func references(s plan.Step) []string {
	var used []string
	raw, err := json.Marshal(s)
	if err != nil {
		panic(err)
	}
	for _, before := range []string{`"@`, `"$from":"`} {
		for _, rest := range strings.Split(string(raw), before)[1:] {
			step, _, _ := strings.Cut(rest, "#")
			used = append(used, step)
		}
	}
	return used
}

func needsIt(p plan.Plan, s plan.Step, id string) bool {
	if slices.Contains(s.Needs, id) {
		return true
	}
	return slices.ContainsFunc(s.Needs, func(need string) bool {
		n, ok := p.Step(need)
		return ok && needsIt(p, n, id)
	})
}

func TestAPlanIsTheSameTwiceAndSurvivesItsFile(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, _ *world, s tenant.Snapshot, c plan.Choices, p plan.Plan) {
		again, err := plan.Build(s, judged(s), c)
		if err != nil || !bytes.Equal(again.Bytes(), p.Bytes()) {
			t.Fatalf("the second plan differs: %v", err)
		}
		if strings.Contains(string(p.Bytes()), canary) {
			t.Fatalf("a secret stands in the plan:\n%s", p.Bytes())
		}
		back, err := plan.Parse(p.Bytes())
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(back, p) {
			t.Fatalf("read back\n%+v\nwritten\n%+v", back, p)
		}
	})
}

// TestEveryCheckTellsDoneFromNotDone carries plans out. Each check is false before its write and true after it, unless the write
// carries a secret, which no check can see. What a step changes is what Touches says. Nothing legacy is lost.
func TestEveryCheckTellsDoneFromNotDone(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, w *world, s tenant.Snapshot, c plan.Choices, p plan.Plan) {
		run := newTrial(w)
		live := judged(s).Live.Live
		for _, step := range p.Steps {
			if step.Kind == plan.Request {
				sendAndWatch(t, run, p, step, live)
			}
			if step.Done == nil || step.Kind == plan.Request {
				continue
			}
			if step.Kind == plan.Manual {
				w.turned = true
			}
			if holds, err := run.holds(step.Done); err != nil || !holds {
				t.Fatalf("%s does not hold in its place: %v", step.ID, err)
			}
		}
		for _, asked := range p.Secrets {
			if run.asked[asked.Name] != (len(asked.Undo) == 0) {
				t.Fatalf("%s is asked for and never used", asked.Name)
			}
			delete(run.asked, asked.Name)
		}
		if len(run.asked) > 0 {
			t.Fatalf("used without being asked for first: %v", run.asked)
		}
		reached(t, w, c, p)
	})
}

func sendAndWatch(t *rapid.T, run *trial, p plan.Plan, step plan.Step, live bool) {
	w := run.world
	before, methods, types := relied(w, p), w.methods(), texts(w.types)
	if done, err := run.holds(step.Done); err != nil || done && !step.CarriesSecrets() {
		t.Fatalf("%s holds before its write (%v): %s", step.ID, err, step.Done.Want)
	}
	if step.Phase == plan.Switch && step.Move != plan.MoveProvider {
		covers(t, p, step, methods)
	}
	if err := run.send(step); err != nil {
		t.Fatalf("%s: %v", step.ID, err)
	}
	if done, err := run.holds(step.Done); err != nil || !done {
		t.Fatalf("%s does not hold after its write (%v): %s", step.ID, err, step.Done.Want)
	}
	changedOnly(t, p, step, before, relied(w, p))
	if step.Phase == plan.After {
		return
	}
	if lost := minus(types, texts(w.types)); len(lost) > 0 && step.ID != "message-types" { // MFA is being set up: nobody uses them
		t.Fatalf("%s takes the message type %v before the end", step.ID, lost)
	}
	if lost := minus(methods, w.methods()); len(lost) > 0 && (live || step.Phase == plan.Switch) {
		t.Fatalf("%s takes the delivery method %v before the end", step.ID, lost)
	}
}

// covers: while flows move, the provider delivers what is used now, by a flow that moves or by one that stays, and what is wanted.
func covers(t *rapid.T, p plan.Plan, step plan.Step, methods []string) {
	needed := slices.Clone(p.Summary.DeliveryMethods)
	for _, r := range p.Baseline {
		needed = append(needed, map[string]string{"sms": "text", "voice": "voice"}[r.Channel])
	}
	if lost := minus(needed, methods); len(lost) > 0 {
		t.Fatalf("at %s the provider does not deliver %v", step.ID, lost)
	}
}

// changedOnly: what a write changed among the facts of its plan is in the parts that the step says it touches.
func changedOnly(t *rapid.T, p plan.Plan, step plan.Step, before, after []json.RawMessage) {
	for i, fact := range p.Relies {
		if !bytes.Equal(before[i], after[i]) && !slices.Contains(plan.Touches(step), fact.Path) {
			t.Fatalf("%s changed %s from %s to %s without saying so", step.ID, fact.What, before[i], after[i])
		}
	}
}

// relied are the values of a plan's facts as they are now.
func relied(w *world, p plan.Plan) []json.RawMessage {
	parts := map[string]tenant.Part{}
	values := make([]json.RawMessage, len(p.Relies))
	for i, fact := range p.Relies {
		part, ok := parts[fact.Path]
		if !ok {
			var err error
			if part, err = tenant.ReadPart(context.Background(), w, fact.Path); err != nil {
				panic(err)
			}
			parts[fact.Path] = part
		}
		values[i] = plan.Project(part, fact.Pointer)
	}
	return values
}

// reached: at the end the tenant is as chosen, and every connection kept its secrets.
func reached(t *rapid.T, w *world, c plan.Choices, p plan.Plan) {
	if got, want := w.methods(), p.Summary.DeliveryMethods; len(minus(got, want))+len(minus(want, got))+len(minus(c.DeliveryMethods, got)) > 0 {
		t.Fatalf("the provider delivers %v at the end, want %v", got, want)
	}
	if c.SetUpMFA && !w.factor {
		t.Fatal("the phone factor is off")
	}
	if _, moved := p.Move(plan.MoveMFA); moved && w.factor && len(minus(texts(w.types), c.MessageTypes))+len(minus(c.MessageTypes, texts(w.types))) > 0 {
		t.Fatalf("MFA has %v at the end, want %v", w.types, c.MessageTypes)
	}
	configuration := as[object](as[object](w.providers[0])["configuration"])
	if want := c.Twilio.MessagingServiceSID; c.Provider == tenant.KindTwilio && want != "" && configuration["mssid"] != want {
		t.Fatalf("the Messaging Service is %v", configuration["mssid"])
	}
	for _, each := range w.connections {
		con := as[object](each)
		options := as[object](con["options"])
		_, moves := p.Move(as[string](con["id"]))
		if asked := c.Connections[as[string](con["id"])].Clients; moves && len(minus(asked, clientsOf(w, con["id"]))) > 0 {
			t.Fatalf("%v has the applications %v, want %v", con["name"], clientsOf(w, con["id"]), asked)
		}
		if moves && options["use_phone_provider"] != true {
			t.Fatalf("%v has not moved", con["name"])
		}
		for _, pointer := range []string{"/twilio_token", "/gateway_authentication/secret"} {
			secret, has := plan.At(options, pointer)
			implied := pointer == "/twilio_token" && options["twilio_sid"] != nil || pointer != "/twilio_token" && options["gateway_authentication"] != nil
			if text, _ := secret.(string); implied && (!has || !strings.Contains(text, canary)) {
				t.Fatalf("%v lost %s: it is %v now", con["name"], pointer, secret)
			}
		}
	}
}

func clientsOf(w *world, connection any) []string {
	var ids []string
	for _, c := range w.enabled[as[string](connection)] {
		ids = append(ids, as[string](as[object](c)["client_id"]))
	}
	return ids
}

func minus(a, b []string) []string {
	return slices.DeleteFunc(slices.Clone(a), func(s string) bool { return slices.Contains(b, s) })
}

func TestThePermitAllowsExactlyThePlansWrites(t *testing.T) {
	t.Parallel()
	checkPlans(t, func(t *rapid.T, _ *world, _ tenant.Snapshot, _ plan.Choices, p plan.Plan) {
		permit := p.Permit()
		if permit.Tenant != p.Tenant {
			t.Fatalf("the permit is for %v", permit.Tenant)
		}
		planned := func(op tenant.Op, id string) bool {
			return slices.ContainsFunc(p.Steps, func(s plan.Step) bool {
				return s.Call != nil && s.Call.Op == op && (s.Call.ID == id || strings.HasPrefix(s.Call.ID, "@"))
			})
		}
		for _, op := range tenant.Ops() {
			for _, id := range []string{"", "pro_1", "pro_2", "con_a", "con_b", "act_1", "tem_otp_verify", tenant.TriggerPhone, tenant.TriggerLegacy} {
				call := tenant.Call{Op: op, ID: id}
				if got, want := permit.Allows(call), !op.Writes() || planned(op, id); got != want {
					t.Fatalf("%s %q: allowed %v, want %v", op, id, got, want)
				}
			}
		}
	})
}
