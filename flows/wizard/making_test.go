package wizard_test

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/proof"
	"upe/flows/translate"
	"upe/flows/wizard"
	"upe/testdata"
)

// gatewayAction is the Action of mfa-action, translated with these answers.
func gatewayAction() wizard.Answers {
	return wizard.Answers{"action.on_error": "keep", "action.non_code": "deliver", "action.secrets.GATEWAY_TOKEN": wizard.NewSecret("made-up")}
}

// What the old Action needs is carried over: modules with their versions, the names of secrets. The runtime is one that Auth0 has.
func TestATranslatedActionKeepsWhatItNeeds(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-action")
	answers, host := w.admin("mfa-action")
	choices, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
	if err != nil || len(open) > 0 {
		t.Fatalf("open %v, error %v", open, err)
	}
	a := choices.Action
	if !strings.Contains(a.Code, "exports.onExecuteCustomPhoneProvider") || strings.Contains(a.Code, "message_options") {
		t.Errorf("code\n%s", a.Code)
	}
	if !slices.Equal(a.Dependencies, []plan.Dependency{{Name: "axios", Version: "1.7.9"}}) || a.Runtime != "node22" || !slices.Equal(a.Secrets, []string{"GATEWAY_TOKEN"}) {
		t.Errorf("%v, %s, %v", a.Dependencies, a.Runtime, a.Secrets)
	}
}

// Whoever carries a plan out has to find the value of each secret, and reads what it is: in the plan, and where it is missing.
func TestThePlanSaysWhatEachSecretIs(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	for scenario, want := range map[string][]string{
		"two-carriers-gateway-action": {
			`action.secrets.BULK_KEY: a secret of the Action, the one of this name that the Action "Quillon Bulk" has`,
			`action.secrets.GATEWAY_SECRET: a secret of the Action, what Auth0 signs its tokens for the SMS gateway of the connection "meter-readers" with`,
		},
		"different-accounts": {"action.secrets.TWILIO_AUTH_TOKEN_MFA: a secret of the Action, the AuthToken of the Twilio account ACf587d60a788e9b82d37dd98b58276537"},
	} {
		w := newWorld(t, scenario)
		answers, host := w.admin(scenario)
		known := w.read()
		choices, open, err := wizard.Drive(t.Context(), known, answers, host)
		if err != nil || len(open) > 0 {
			t.Fatalf("%s: open %v, error %v", scenario, open, err)
		}
		made, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
		if err != nil {
			t.Fatal(err)
		}
		var all []string
		for _, s := range made.Secrets {
			all = append(all, s.Name+": "+s.Why)
		}
		for _, one := range want {
			if !slices.Contains(all, one) {
				t.Errorf("%s: no %q in\n%s", scenario, one, strings.Join(all, "\n"))
			}
		}
	}
}

// The stub that the Dashboard makes is the Action that gets the code: a tenant has one.
func TestTheStubGetsTheTranslatedCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "custom-action-stub")
	answers, host := w.admin("custom-action-stub")
	known := w.read()
	choices, _, err := wizard.Drive(t.Context(), known, answers, host)
	if err != nil {
		t.Fatal(err)
	}
	if stub := known.Snapshot.Actions("custom-phone-provider")[0]; choices.Action.ID != stub.ID || choices.Action.Keep || choices.Action.Code == stub.Code {
		t.Errorf("%+v", choices.Action)
	}
}

// The page of the code says what was proven, and shows old and new.
func TestTheCodeIsShownWithItsProof(t *testing.T) {
	t.Parallel()
	_, p := visitor(t, "mfa-action", gatewayAction())
	page := p.until("action-new")
	if page.ID != "action-new" || !strings.Contains(shown(page), "Same behaviour but for what you decided (") || !strings.Contains(shown(page), "a small version of it ran") {
		t.Errorf("%s: %s", page.ID, shown(page))
	}
	i := slices.IndexFunc(page.Blocks, func(b wizard.Block) bool {
		d, ok := b.(wizard.Diff)
		return ok && d.Language == wizard.JavaScript && strings.Contains(d.Before, "onExecuteSendPhoneMessage") && strings.Contains(d.After, "onExecuteCustomPhoneProvider")
	})
	if i < 0 || page.Edit == nil || len(page.Questions) != 0 {
		t.Errorf("no code side by side, or %d questions", len(page.Questions))
	}
}

// editCode changes the code on the page as an editor would.
func editCode(t *testing.T, p *person, change func(string) string) error {
	t.Helper()
	page := p.session.Page()
	return page.Edit.Use(change(page.Edit.Text)).Do(t.Context(), p.host, nil, p.session.Update)
}

// What is written by hand is proven again. A difference has to be accepted in so many words before there is a plan.
func TestAChangeByHandIsProvenAgain(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	_, p := visitor(t, "mfa-action", gatewayAction())
	p.until("action-new")
	if err := editCode(t, p, func(code string) string { return strings.Replace(code, `"ACME"`, `"INITECH"`, 1) }); err != nil {
		t.Fatal(err)
	}
	page := p.session.Page()
	if made := p.session.Known().Made; made.Proof.Verdict != proof.Differs || !made.Edited || !strings.Contains(shown(page), "INITECH") {
		t.Fatalf("%s: %s", made.Proof.Verdict, shown(page))
	}
	p.says["accept"] = []string{}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "action-differs") {
		t.Errorf("went on without a word: %v", err)
	}
	p.says["accept"] = []string{"action-differs"}
	p.must()
	if code := p.until("review"); code.ID != "review" {
		t.Fatalf("ended at %s", code.ID)
	}
	if made := wizard.Choices(p.session.Known(), p.session.Answers()); !strings.Contains(made.Action.Code, "INITECH") {
		t.Errorf("the plan has the code of before\n%s", made.Action.Code)
	}
}

// Back and on again loses nothing that somebody has written. With another answer the Action is another one, and the page says so.
func TestAChangeByHandOutlivesGoingBack(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	_, p := visitor(t, "mfa-action", gatewayAction())
	p.until("action-new")
	if err := editCode(t, p, func(code string) string { return "// Kept by hand.\n" + code }); err != nil {
		t.Fatal(err)
	}
	p.session.Back()
	if page := p.session.Page(); page.ID != "action-make" || !strings.Contains(shown(page), "changed its code by hand") {
		t.Errorf("%s: %s", page.ID, shown(page))
	}
	p.until("action-new")
	if made := p.session.Known().Made; !made.Edited || !strings.Contains(made.Code, "Kept by hand") || made.Proof.Verdict != proof.Same {
		t.Errorf("%s\n%s", made.Proof.Sentence(), made.Code)
	}
	p.session.Back()
	p.says["action.style"] = "adapter"
	p.until("action-new")
	if made := p.session.Known().Made; made.Edited || made.Style != translate.Adapter {
		t.Errorf("%s\n%s", made.Style, made.Code)
	}
}

// A mistake in the editor changes nothing, and what was written is not lost.
func TestBrokenCodeIsNotTaken(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	_, p := visitor(t, "mfa-action", gatewayAction())
	p.until("action-new")
	for name, code := range map[string]string{
		"does not parse": "exports.onExecuteCustomPhoneProvider = async (",
		"would lose":     "exports.onExecuteCustomPhoneProvider = async (event, api) => api.notification.drop('no');",
	} {
		before := p.session.Known().Made.Code
		if err := editCode(t, p, func(string) string { return code }); err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", name, err)
		}
		if page := p.session.Page(); page.Edit.Text != code || p.session.Known().Made.Code != before {
			t.Errorf("%s: the editor gets %q", name, page.Edit.Text)
		}
	}
}

// An answer that changes makes another Action, and what was known of the former one counts for nothing.
func TestAnotherAnswerMakesTheActionAnew(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	_, p := visitor(t, "mfa-action", gatewayAction())
	p.until("action-does")
	first := p.session.Known().Made.Code
	for p.session.Page().ID != "action-decide-on_error" {
		p.session.Back()
	}
	p.says["action.on_error"] = "drop"
	page := p.until("action-new")
	if made := p.session.Known().Made; page.ID != "action-new" || made.Code == first || !strings.Contains(made.Code, "notification.drop") {
		t.Errorf("%s shows\n%s", page.ID, made.Code)
	}
	p.until("review")
	if made := wizard.Choices(p.session.Known(), p.session.Answers()); !strings.Contains(made.Action.Code, "notification.drop") {
		t.Errorf("the plan has\n%s", made.Action.Code)
	}
}

// Back from a question that came up late leads to it again, and not past it.
func TestBackToAQuestionThatCameUpLate(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	_, p := visitor(t, "different-carriers", wizard.Answers{
		"provider": "custom", "action.non_code": "deliver", "action.failure": "auto", "action.routes.no_connection": "mfa",
		"action.routes.mfa_after_passwordless": "passwordless", "action.routes.notices": "mfa", "action.secrets.TWILIO_AUTH_TOKEN": wizard.NewSecret("made-up"),
	})
	p.until("action-new")
	late := p.pages[len(p.pages)-1]
	p.session.Back()
	if got := p.session.Page().ID; got != late || late == "action-make" {
		t.Fatalf("back leads to %q, from after %q", got, late)
	}
	p.must()
	if got := p.session.Page().ID; got != "action-new" {
		t.Errorf("then comes %q", got)
	}
}

// What is not among the choices is no answer: it is refused by name, and decides nothing.
func TestMakeTodayTakesNoAnswerThatIsNotAChoice(t *testing.T) {
	t.Parallel()
	cases := []struct{ scenario, key, value, choices string }{
		{"mfa-action", "action.on_error", "dorp", "keep, drop, retry"},
		{"passwordless-gateway", "action.failure", "dorp", "auto, drop, retry"},
		{"passwordless-gateway", "action.non_code", "maybe", "deliver, drop"},
		{"different-carriers", "action.routes.no_connection", "somebody", "mfa, "},
	}
	for _, c := range cases {
		if raced && c.scenario != "mfa-action" {
			continue
		}
		w := newWorld(t, c.scenario)
		_, err := wizard.MakeToday(t.Context(), w.read(), wizard.Answers{wizard.Key(c.key): c.value})
		if want := fmt.Sprintf("%s: %q is not one of %s", strings.TrimPrefix(c.key, "action.routes."), c.value, c.choices); !errors.Is(err, wizard.ErrNoSuchAnswer) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s %s=%s: %v, want %q", c.scenario, c.key, c.value, err, want)
		}
	}
}

// Auth0 would refuse it only when the plan is carried out: nobody is to come that far.
func TestAnActionBeyondALimitIsNotMade(t *testing.T) {
	t.Parallel()
	long := `exports.onExecuteSendPhoneMessage = async (event) => { await fetch("https://g.example", { body: event.message_options.text }); };` +
		strings.Repeat("\n// a comment of forty characters, or so  ", 2500)
	made, err := wizard.TranslateFile(t.Context(), long, translate.Options{})
	if !errors.Is(err, wizard.ErrLimits) || made.Code == "" {
		t.Errorf("error %v", err)
	}
	w := newWorld(t, "mfa-action")
	answers, host := w.admin("mfa-action")
	answers["action.source"], answers["action.file"] = "file", "long.js"
	host.ReadFile = func(string) ([]byte, error) { return []byte(long), nil }
	if _, _, err := wizard.Drive(t.Context(), w.read(), answers, host); !errors.Is(err, wizard.ErrLimits) {
		t.Errorf("of a file: error %v", err)
	}
}

// A secret that Auth0 still shows with the settings of today need not be typed again.
func TestTheSecretOfTheGatewayIsFilledIn(t *testing.T) {
	t.Parallel()
	_, p := visitor(t, "passwordless-gateway", wizard.Answers{"action.failure": "auto", "action.non_code": "deliver"})
	q := question(t, p.until("action-does"), "action.secrets.GATEWAY_SECRET")
	if s, ok := q.Default.(wizard.Secret); !ok || s.Reveal() != "not-a-real-secret-gateway-secret-0000001" {
		t.Errorf("filled with %v", q.Default)
	}
}

// What cannot be translated says why, and leaves other ways.
func TestAnActionThatDeliversNothingIsNotOffered(t *testing.T) {
	t.Parallel()
	w := worldWith(t, "mfa-action", `exports.onExecuteSendPhoneMessage = async (event) => { console.log(event.message_options.action); };`)
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host(), says: wizard.Answers{}}
	page := p.until("action")
	q := question(t, page, "action.source")
	if o := q.Options[0]; o.Value != "translate" || o.Disabled == "" || q.Default != nil {
		t.Errorf("option %+v, default %v", q.Options[0], q.Default)
	}
	if !strings.Contains(shown(page), "it only watches") {
		t.Errorf("%s", shown(page))
	}
}

func TestMakeToday(t *testing.T) {
	t.Parallel()
	routes := wizard.Answers{
		"action.failure": "auto", "action.non_code": "deliver", "action.on_error": "keep", "action.voice": "as_text",
		"action.routes.mfa_after_passwordless": "passwordless", "action.routes.no_connection": "mfa", "action.routes.notices": "mfa",
	}
	cases := []struct {
		scenario string
		answers  wizard.Answers
		style    translate.Style
		open     int
		verdict  proof.Verdict
		err      error
	}{
		{"mfa-action", nil, translate.Rewrite, 2, proof.Same, nil},
		{"mfa-action", wizard.Answers{"action.style": "adapter"}, translate.Adapter, 2, proof.Same, nil},
		{"passwordless-gateway", wizard.Answers{"action.failure": "drop", "action.non_code": "drop"}, "", 0, proof.Same, nil},
		{"different-carriers", routes, "", 0, proof.Same, nil},
		{"two-carriers-gateway-action", routes, "", 0, proof.Same, nil},
		{"two-carriers-gateway-action", wizard.Answers{"action.source": "translate"}, translate.Rewrite, 3, proof.Same, nil},
		{"mfa-several-actions", nil, "", 0, "", wizard.ErrWhichDelivers},
		{"mfa-several-actions", wizard.Answers{"action.delivers": "Send over Twilio"}, translate.Rewrite, 2, proof.Same, nil},
		{"mfa-twilio", nil, "", 0, "", wizard.ErrNothingToMake},
		{"mfa-action", wizard.Answers{"action.source": "route"}, "", 0, "", wizard.ErrNothingToMake},
	}
	for _, c := range cases {
		if raced && c.scenario != "mfa-action" {
			continue
		}
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.scenario)
			made, err := wizard.MakeToday(t.Context(), w.read(), c.answers)
			if !errors.Is(err, c.err) || err == nil && (made.Style != c.style || len(made.Open()) != c.open || made.Proof.Verdict != c.verdict) {
				t.Errorf("style %q, open %v, %s, %v", made.Style, made.Open(), made.Proof.Sentence(), err)
			}
		})
	}
}

// worldWith is an embedded tenant whose Actions have this code.
func worldWith(t *testing.T, name, code string) *world {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]json.RawMessage
	if err := json.Unmarshal(file, &raw); err != nil {
		t.Fatal(err)
	}
	var actions []map[string]any
	if err := json.Unmarshal(raw["actions"], &actions); err != nil {
		t.Fatal(err)
	}
	for _, action := range actions {
		action["code"] = code
		delete(action, "deployed_version")
	}
	if raw["actions"], err = json.Marshal(actions); err != nil {
		t.Fatal(err)
	}
	if file, err = json.Marshal(raw); err != nil {
		t.Fatal(err)
	}
	return worldOf(t, file)
}

// What reaches a carrier is the same before and after, byte for byte: the new Action really runs on the emulated tenant. Where nobody
// has ever worded a message, Auth0's own words change, and nothing else does.
func TestTheSameRequestBeforeAndAfter(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	scenarios := map[string]bool{
		"mfa-action": true, "mfa-action-v1": true, "mfa-action-voice": false, "mfa-action-shared": false, "mfa-several-actions": false,
		"custom-action-stub": false, "passwordless-gateway": true, "passwordless-gateway-string": true, "gateway-jwt": true, "gateway-req-info": true,
		"two-carriers-gateway-action": true, "different-carriers": true, "different-accounts": true,
	}
	for name, worded := range scenarios {
		if testing.Short() && !slices.Contains(few, name) {
			continue
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, name)
			before := w.sent(worded)
			if len(before) == 0 {
				t.Fatal("nothing sends")
			}
			answers, host := w.admin(name)
			p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), answers), host: host, says: wizard.Answers{
				"by": "Robin", "test.arrived.text": "yes", "test.arrived.voice": "yes",
			}}
			if last := p.until("report"); last.ID != "report" {
				t.Fatalf("ended at %q: %s %v", last.ID, last.Lead, last.Blocks)
			}
			after := w.sent(worded)
			for code, want := range before {
				if got := after[code]; got != want {
					t.Errorf("%s\nbefore %s\nafter  %s", code, want, got)
				}
			}
		})
	}
}

// sent are the requests for each code that the tenant delivers now, by what it is for; without the text unless it is the tenant's own.
func (w *world) sent(worded bool) map[string]string {
	all := map[string]string{}
	known := w.read()
	for _, r := range known.Judgement.Routes {
		for _, message := range []string{"verify", "enroll"} {
			d := emulator.Delivery{Flow: "mfa", Message: message, Channel: r.Channel, To: "+15005550123", Code: "123456"}
			if r.Connection != "" {
				d.Flow, d.Connection = "passwordless", r.Connection
			}
			if r.Connection != "" && message == "enroll" {
				continue
			}
			var requests []string
			result := w.tenant.Deliver(w.t.Context(), d)
			for _, one := range result.Requests {
				if !worded {
					one.Body = strings.ReplaceAll(one.Body, result.Text, "the text")
				}
				requests = append(requests, one.Method+" "+one.URL+" "+headerOf(one.Headers)+" "+one.Body)
			}
			all[fmt.Sprint(d)] = strings.Join(requests, "; ")
		}
	}
	return all
}

// headerOf are headers that a carrier looks at. A token says when it was made, which is another time each time.
func headerOf(headers map[string]string) string {
	authorization := ""
	for name, value := range headers {
		if strings.EqualFold(name, "authorization") {
			authorization = value
		}
	}
	parts := strings.Split(authorization, ".")
	if len(parts) != 3 {
		return authorization
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	var claims map[string]any
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return authorization
	}
	delete(claims, "iat")
	return parts[0] + fmt.Sprint(claims)
}

// A country can be given to one of the carriers, whatever flow its messages are from. That is another way than today, and has to be
// accepted like any other.
func TestACountryGoesByOneCarrier(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	w := newWorld(t, "different-carriers")
	answers, host := w.admin("different-carriers")
	answers["action.countries.mfa"] = "+44, 49"
	if _, open, err := wizard.Drive(t.Context(), w.read(), answers, host); err != nil || keysOf(open) != "accept" {
		t.Errorf("open %v, error %v", open, err)
	}
	answers["accept"] = []string{"no-user-feedback", "action-differs"}
	choices, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
	if err != nil || len(open) > 0 {
		t.Fatalf("open %v, error %v", open, err)
	}
	if !strings.Contains(choices.Action.Code, `countries: ["44", "49"]`) {
		t.Errorf("no countries in\n%s", choices.Action.Code)
	}
	for text, want := range map[string]string{
		"abroad": "no country calling code", "1 242": "no country calling code", "+15550001234": "no country calling code", "0": "no country calling code",
		"1242, 44": "+44 cannot go by two carriers",
	} {
		answers["action.countries.sms"] = text
		if _, _, err = wizard.Drive(t.Context(), w.read(), answers, host); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", text, err, want)
		}
	}
}

// Who reviews the plan reads where the code comes from, and what was proven of it.
func TestThePlanSaysWhereTheCodeComesFrom(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-action")
	answers, host := w.admin("mfa-action")
	known := w.read()
	choices, _, err := wizard.Drive(t.Context(), known, answers, host)
	if err != nil {
		t.Fatal(err)
	}
	made, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if err != nil {
		t.Fatal(err)
	}
	if step, _ := made.Step("action"); !strings.Contains(step.Why, "translated from the Action that sends today, and run beside that: same behaviour but for what you decided (") {
		t.Errorf("why: %s", step.Why)
	}
}

// A plan that sends a flow by another carrier than today says so to whoever reviews it: the proof is of the other flows.
func TestThePlanSaysWhatGoesAnotherWay(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	w := newWorld(t, "two-carriers-gateway-action")
	answers, host := w.admin("two-carriers-gateway-action")
	answers["action.source"] = "translate"
	known := w.read()
	choices, open, err := wizard.Drive(t.Context(), known, answers, host)
	if err != nil || len(open) > 0 {
		t.Fatalf("open %v, error %v", open, err)
	}
	if want := `Passwordless "meter-readers" goes by this Action from then on, and no longer by the SMS gateway`; !strings.Contains(choices.Action.Origin, want) {
		t.Errorf("no %q in %s", want, choices.Action.Origin)
	}
}

// However often somebody goes back and answers otherwise, what the plan gets was made with the answers as they are.
func TestWhatWasMadeFitsTheAnswers(t *testing.T) {
	t.Parallel()
	if raced || testing.Short() {
		t.Skip("every run of it makes many Actions")
	}
	for seed := range uint64(24) {
		chance := rand.New(rand.NewPCG(seed, seed))
		scenario := []string{"mfa-action", "mfa-action-voice", "two-carriers-gateway-action"}[seed%3]
		t.Run(fmt.Sprint(scenario, " ", seed), func(t *testing.T) {
			t.Parallel()
			_, p := visitor(t, scenario, wizard.Answers{"provider": "custom", "action.file": "none"})
			for range 40 {
				page := p.session.Page()
				if page.Stage == wizard.StageMethods || page.Final {
					break
				}
				if page.Stage == wizard.StageDetails && chance.IntN(4) == 0 {
					p.session.Back()
					continue
				}
				for _, q := range page.Questions {
					if q.Kind == wizard.One && strings.HasPrefix(string(q.Key), "action.") {
						options := open(q)
						p.says[q.Key] = options[chance.IntN(len(options))]
					}
				}
				_ = p.pass() // what is refused keeps its page
			}
			fits(t, p.session.Known(), p.session.Answers())
		})
	}
}

// open are the options of a question that can be chosen.
func open(q wizard.Question) []string {
	var values []string
	for _, o := range q.Options {
		if o.Disabled == "" {
			values = append(values, o.Value)
		}
	}
	return values
}

// fits holds the Action of the plan against the answers.
func fits(t *testing.T, known wizard.Known, answers wizard.Answers) {
	t.Helper()
	source := answers["action.source"]
	chosen := wizard.Choices(known, answers).Action
	if chosen == nil || source != "translate" && source != "gateway" && source != "route" {
		return
	}
	if chosen.Code != known.Made.Code {
		t.Fatalf("the plan has other code than what was made")
	}
	for _, d := range known.Made.Decisions {
		if got := answers[wizard.Key("action."+d.ID)]; got != d.Answer {
			t.Fatalf("%s was made with %q, and the answer is %v", d.ID, d.Answer, got)
		}
	}
}
