package wizard_test

import (
	"errors"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// read is what `upe plan` knows: the tenant was read and judged.
func (w *world) read() wizard.Known {
	w.t.Helper()
	known := w.known(wizard.DryRun)
	snapshot, err := w.host().Read(w.t.Context(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	judged := judge.Judge(snapshot)
	known.Snapshot, known.Judgement = &snapshot, &judged
	return known
}

// accepted are the answers of an admin who knows what is to be known, and moves the connection of passwordless-twilio.
func accepted(more wizard.Answers) wizard.Answers {
	answers := wizard.Answers{"accept": []string{"no-user-feedback"}}
	for key, value := range more {
		answers[key] = value
	}
	return answers
}

var moveSMS = wizard.Answers{"scope.connections.sms": "move"}

func noSecrets(wizard.SecretRef) (string, error) { return "", nil }

// only are the answers without which there is no plan for a tenant.
func only(name string) wizard.Answers {
	if name == "passwordless-twilio" {
		return accepted(moveSMS)
	}
	return accepted(nil)
}

func TestDefaultsMakeAPlanWhereNothingIsToDecide(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mfa-twilio", "passwordless-twilio"} {
		w := newWorld(t, name)
		known := w.read()
		choices, open, err := wizard.Drive(t.Context(), known, only(name), w.host())
		if err != nil || len(open) > 0 {
			t.Fatalf("%s: open %v, error %v", name, open, err)
		}
		if _, err := plan.Build(*known.Snapshot, *known.Judgement, choices); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestDecisionsAreNamedByTheirKey(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio-voice")
	_, open, err := wizard.Drive(t.Context(), w.read(), accepted(nil), w.host())
	if err != nil || len(open) != 1 || open[0].Key != "resolution" {
		t.Fatalf("open %v, error %v; want the resolution of the conflict", open, err)
	}
	choices, open, err := wizard.Drive(t.Context(), w.read(), accepted(wizard.Answers{"delivery_methods": []string{"text", "voice"}}), w.host())
	if err != nil || len(open) > 0 || len(choices.DeliveryMethods) != 2 {
		t.Errorf("with both delivery methods: open %v, error %v, %v", open, err, choices.DeliveryMethods)
	}
}

func TestWrongAnswersAreNamedByTheirKey(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		answers wizard.Answers
		want    string
	}{
		"sid":      {wizard.Answers{"twilio.sid": "AC12"}, "twilio.sid: "},
		"provider": {wizard.Answers{"provider": "vonage"}, `provider: "vonage" is not one of twilio, custom`},
		"methods":  {wizard.Answers{"delivery_methods": []string{"fax"}}, `delivery_methods: "fax" is not one of`},
	}
	for name, c := range cases {
		w := newWorld(t, "mfa-twilio")
		if _, _, err := wizard.Drive(t.Context(), w.read(), accepted(c.answers), w.host()); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

func TestLeavingEverythingEndsTheConversation(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	_, _, err := wizard.Drive(t.Context(), w.read(), wizard.Answers{"scope.mfa": "leave"}, w.host())
	var ended *wizard.Ended
	if !errors.As(err, &ended) {
		t.Errorf("error %v, want the end", err)
	}
}

func TestAnswersFile(t *testing.T) {
	t.Parallel()
	lookup := func(ref wizard.SecretRef) (string, error) {
		if ref.File == "missing" {
			return "", errors.New("no such file")
		}
		return map[string]string{"TOKEN": "hunter2"}[ref.Env], nil
	}
	cases := []struct{ name, file, key, want, wrong string }{
		{name: "text", file: "provider: custom", key: "provider", want: `"custom"`},
		{name: "list", file: "delivery_methods: [text, voice]", key: "delivery_methods", want: `["text","voice"]`},
		{name: "scope as a word", file: "scope: {connections: {con_1: leave}}", key: "scope.connections.con_1", want: `"leave"`},
		{name: "scope as a boolean", file: "scope: {mfa: true}", key: "scope.mfa", want: `"move"`},
		{name: "empty is no answer", file: "twilio: {from: ''}", key: "twilio.from", want: "null"},
		{name: "secret", file: "twilio: {auth_token: {env: TOKEN}}", key: "twilio.auth_token", want: `"(secret)"`},
		{name: "secret not there", file: "twilio: {auth_token: {env: OTHER}}", key: "twilio.auth_token", want: "null"},
		{name: "secret in the file", file: "twilio: {auth_token: hunter2}", wrong: "line 2: twilio.auth_token is {env: NAME}"},
		{name: "secret unreadable", file: "twilio: {auth_token: {file: missing}}", wrong: "no such file"},
		{name: "unknown key", file: "twilio: {sdi: AC}", wrong: `line 2: the answers file has no key "twilio.sdi"`},
		{name: "unknown top key", file: "colour: red", wrong: `no key "colour"`},
		{name: "value for a group", file: "twilio: yes", wrong: "twilio holds other keys"},
		{name: "twice", file: "provider: twilio\nprovider: custom", wrong: "line 3: provider stands there twice"},
		{name: "group for a value", file: "provider: {a: b}", wrong: "provider is a text"},
		{name: "scope of another kind", file: "scope: {mfa: maybe}", wrong: "scope.mfa is move or leave"},
	}
	for _, c := range cases {
		answers, err := wizard.ParseAnswers([]byte("schema: upe.answers/1\n"+c.file+"\n"), lookup)
		switch {
		case c.wrong != "":
			if err == nil || !strings.Contains(err.Error(), c.wrong) || strings.Contains(err.Error(), "hunter2") {
				t.Errorf("%s: error %v, want %q", c.name, err, c.wrong)
			}
		case err != nil:
			t.Errorf("%s: %v", c.name, err)
		case !equalJSON(t, answers[wizard.Key(c.key)], c.want):
			t.Errorf("%s: %v, want %s", c.name, answers[wizard.Key(c.key)], c.want)
		}
	}
	for _, file := range []string{"", "provider: twilio", "schema: upe.answers/9", "schema: ["} {
		if _, err := wizard.ParseAnswers([]byte(file), noSecrets); err == nil {
			t.Errorf("%q was accepted", file)
		}
	}
}

func FuzzAnswersFile(f *testing.F) {
	f.Add("schema: upe.answers/1\nscope: {mfa: move}\ntwilio: {auth_token: {env: X}}\n")
	f.Add("schema: upe.answers/1\na: &a [*a]\n")
	f.Fuzz(func(t *testing.T, file string) {
		answers, err := wizard.ParseAnswers([]byte(file), noSecrets)
		if (answers == nil) == (err == nil) {
			t.Errorf("answers %v and error %v", answers, err)
		}
	})
}

func TestAWrittenAnswersFileMakesTheSamePlan(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mfa-twilio", "passwordless-twilio"} {
		w := newWorld(t, name)
		known := w.read()
		file, err := wizard.WriteAnswers(t.Context(), known, only(name), w.host())
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(file), "not-a-real-token") {
			t.Errorf("%s: the file holds the AuthToken", name)
		}
		answers, err := wizard.ParseAnswers(file, noSecrets)
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, file)
		}
		from, _, err := wizard.Drive(t.Context(), known, answers, w.host())
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, file)
		}
		without, _, err := wizard.Drive(t.Context(), known, only(name), w.host())
		if err != nil {
			t.Fatal(err)
		}
		if a, b := build(t, known, from), build(t, known, without); a != b {
			t.Errorf("%s: another plan\n%s", name, file)
		}
	}
}

func build(t *testing.T, known wizard.Known, choices plan.Choices) string {
	t.Helper()
	p, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if err != nil {
		t.Fatal(err)
	}
	return string(p.Bytes())
}

func TestAConnectionMayBeNamedByItsName(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "passwordless-twilio")
	_, _, err := wizard.Drive(t.Context(), w.read(), wizard.Answers{"scope.connections.sms": "leave"}, w.host())
	var ended *wizard.Ended
	if !errors.As(err, &ended) {
		t.Errorf("error %v: the only connection was to be left", err)
	}
}

// A typing mistake would otherwise move what was to be left.
func TestAnswersThatNameNothingAreErrors(t *testing.T) {
	t.Parallel()
	cases := map[wizard.Key]string{
		"scope.connections.con_typo": `no sms connection "con_typo"`,
		"templates.otp_verfy.source": `"otp_verfy" is no message type`,
	}
	for key, want := range cases {
		w := newWorld(t, "passwordless-twilio")
		if _, _, err := wizard.Drive(t.Context(), w.read(), accepted(wizard.Answers{key: "leave"}), w.host()); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", key, err, want)
		}
	}
}

// TestAWrittenFileServesTenantsOfOneKind: connections are called by name, since ids are a tenant's own.
func TestAWrittenFileServesTenantsOfOneKind(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "passwordless-twilio")
	file, err := wizard.WriteAnswers(t.Context(), w.read(), nil, w.host())
	if err != nil || !strings.Contains(string(file), "    sms: \"\"\n") || strings.Contains(string(file), "con_") {
		t.Errorf("%v, the connection is not called by its name in\n%s", err, file)
	}
}

// TestAnEmptyListIsNoAnswer: where something has to be chosen, [] leaves the question open.
func TestAnEmptyListIsNoAnswer(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	_, open, err := wizard.Drive(t.Context(), w.read(), accepted(wizard.Answers{"delivery_methods": []string{}}), w.host())
	if err != nil || len(open) != 1 || open[0].Key != "delivery_methods" {
		t.Errorf("open %v, error %v", open, err)
	}
}

func TestOneOwnWordingHasToBeWritten(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "passwordless-twilio")
	own := only("passwordless-twilio")
	own["templates.otp_verify.source"] = "file"
	if _, open, err := wizard.Drive(t.Context(), w.read(), own, w.host()); err != nil || len(open) != 1 || open[0].Key != "templates.otp_verify.text" {
		t.Fatalf("open %v, error %v; want the text", open, err)
	}
	own["templates.otp_verify.text"] = "{{ code }} opens Umbrella"
	choices, open, err := wizard.Drive(t.Context(), w.read(), own, w.host())
	if err != nil || len(open) > 0 || choices.Templates["otp_verify"].Text != "{{ code }} opens Umbrella" {
		t.Errorf("open %v, error %v, %+v", open, err, choices.Templates)
	}
}

func TestAnAnswersFileWithADecisionHasTheQuestionsAfterItToo(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio-voice")
	known := w.read()
	file, err := wizard.WriteAnswers(t.Context(), known, accepted(nil), w.host())
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(file), "otp_enroll:") || !strings.Contains(string(file), `resolution: ""`) {
		t.Errorf("the file stops early:\n%s", file)
	}
	answers, err := wizard.ParseAnswers([]byte(strings.Replace(string(file), `resolution: ""`, "resolution: add-method", 1)), noSecrets)
	if err != nil {
		t.Fatal(err)
	}
	choices, open, err := wizard.Drive(t.Context(), known, answers, w.host())
	if err != nil || len(open) > 0 || len(choices.DeliveryMethods) != 2 {
		t.Errorf("open %v, error %v, %+v", open, err, choices.DeliveryMethods)
	}
}

// A file is written also where the likely answer cannot be chosen, and where a list is asked for of which not every part can be had.
func TestAnAnswersFileIsWrittenWhereTheLikelyAnswerWillNotDo(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		scenario string
		given    wizard.Answers
		want     string
	}{
		{"actions-at-limit", nil, `provider: ""`},
		{"different-carriers", nil, `provider: ""`},
		{"mfa-voice", wizard.Answers{"twilio.from": "GLOBEX"}, `delivery_methods: []`},
	} {
		w := newWorld(t, c.scenario)
		file, err := wizard.WriteAnswers(t.Context(), w.read(), accepted(c.given), w.host())
		if err != nil || !strings.Contains(string(file), c.want) {
			t.Errorf("%s: %v, no %q in\n%s", c.scenario, err, c.want, file)
		}
	}
}

func TestAnUndecidedQuestionIsWrittenAsOpen(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-action")
	file, err := wizard.WriteAnswers(t.Context(), w.read(), nil, w.host())
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"schema: upe.answers/1", "provider: custom", "source: translate", `on_error: ""`, "retry: ", "yours to decide"} {
		if !strings.Contains(string(file), want) {
			t.Errorf("no %q in\n%s", want, file)
		}
	}
}

func TestTheRightTenantIsNamedInEveryPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	known := w.read()
	choices, _, err := wizard.Drive(t.Context(), known, accepted(nil), w.host())
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
	if err != nil {
		t.Fatal(err)
	}
	if p.Tenant != (tenant.Identity{Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/"}) {
		t.Errorf("tenant %+v", p.Tenant)
	}
}
