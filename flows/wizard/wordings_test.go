package wizard_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"upe/flows/wizard"
	"upe/testdata"
)

// changed is the world of a tenant file in which something was changed.
func changed(t *testing.T, name string, change func(file map[string]any)) *world {
	t.Helper()
	raw, err := testdata.Tenant(name)
	var file map[string]any
	if err == nil {
		err = json.Unmarshal(raw, &file)
	}
	if err == nil {
		change(file)
		raw, err = json.Marshal(file)
	}
	if err != nil {
		t.Fatal(err)
	}
	return worldOf(t, raw)
}

// legacy changes the wordings of MFA.
func legacy(enrollment, verification string) func(map[string]any) {
	return func(file map[string]any) {
		guardian, _ := file["guardian"].(map[string]any)
		guardian["templates"] = map[string]any{"enrollment_message": enrollment, "verification_message": verification}
	}
}

func phoneTemplate(disabled bool, text string) func(map[string]any) {
	return func(file map[string]any) {
		file["phone_templates"] = []any{map[string]any{
			"id": "tem_a", "type": "otp_verify", "disabled": disabled,
			"content": map[string]any{"syntax": "liquid", "body": map[string]any{"text": text, "voice": "{{ code }}"}},
		}}
	}
}

// pageOf walks to a page with answers over the defaults.
func (w *world) pageOf(id string, says wizard.Answers) wizard.Page {
	w.t.Helper()
	all := accepted(says)
	all["twilio.auth_token"] = wizard.NewSecret(testdata.Secret("UPE_TEST_TWILIO_AUTH_TOKEN"))
	p := &person{T: w.t, session: wizard.NewSession(w.known(wizard.DryRun), nil), host: w.host(), says: all}
	got := p.until(id)
	if got.ID != id {
		w.t.Fatalf("ended at %q: %s", got.ID, got.Lead)
	}
	return got
}

func optionOf(t *testing.T, q wizard.Question, value string) wizard.Option {
	t.Helper()
	for _, o := range q.Options {
		if o.Value == value {
			return o
		}
	}
	t.Fatalf("%s has no option %q", q.Key, value)
	return wizard.Option{}
}

// A template that nobody gets, or without a code, is no choice: the flows that move would lose their codes.
func TestATemplateThatCannotServeIsNotKept(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		disabled bool
		text     string
		says     string // "": it can be kept
	}{
		"disabled": {true, "Your code: {{ code }}", "it is disabled"},
		"codeless": {false, "Hello", "there is no {{ code }}"},
		"sound":    {false, "Your code: {{ code }}", ""},
	}
	for name, c := range cases {
		w := changed(t, "mfa-twilio", phoneTemplate(c.disabled, c.text))
		page := w.pageOf("template-otp_verify", nil)
		q := page.Questions[0]
		keep := optionOf(t, q, "keep")
		if (keep.Disabled == "") != (c.says == "") || !strings.Contains(keep.Disabled, c.says) {
			t.Errorf("%s: kept unless %q", name, keep.Disabled)
		}
		if c.says != "" && (q.Default == "keep" || !strings.Contains(fmt.Sprint(page.Blocks), c.says)) {
			t.Errorf("%s: default %v, the page shows %v", name, q.Default, page.Blocks)
		}
		_, _, err := wizard.Drive(t.Context(), w.read(), accepted(wizard.Answers{"templates.otp_verify.source": "keep"}), w.host())
		if (err != nil) != (c.says != "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: an answers file that keeps it: %v", name, err)
		}
	}
}

// Where nothing tells which words to take, the question says why and shows them all.
func TestADecisionBetweenWordingsShowsThem(t *testing.T) {
	t.Parallel()
	q := at(t, "templates-macros", "template-otp_verify", nil).session.Page().Questions[0]
	if !strings.Contains(q.Help, `say different things today: MFA; Passwordless, connection "sms".`) {
		t.Errorf("it says %q", q.Help)
	}
	for value, words := range map[string]string{"mfa": "login code. Do not share it.", "passwordless": "sign-in code", "default": "is your verification code for"} {
		if o := optionOf(t, q, value); !strings.Contains(o.Consequence, words) {
			t.Errorf("%s shows %q", value, o.Consequence)
		}
	}
	if q := at(t, "mfa-twilio", "template-otp_verify", nil).session.Page().Questions[0]; q.Help != "" || strings.Contains(optionOf(t, q, "mfa").Consequence, `"`) {
		t.Errorf("nothing is to decide, and it says %q, %+v", q.Help, q.Options)
	}
}

// A wording that cannot be carried over says why wherever it is met: at its option, and where other words are asked for.
func TestAWordingThatCannotBeCarriedOverSaysWhy(t *testing.T) {
	t.Parallel()
	const why = "there is no {{ code }}"
	w := changed(t, "mfa-twilio", legacy("Hello", "{{ code }} is it"))
	_, open, err := wizard.Drive(t.Context(), w.read(), accepted(nil), w.host())
	if err != nil || len(open) != 1 || open[0].Key != "templates.otp_enroll.text" || !strings.Contains(open[0].Help, "cannot be carried over: "+why) {
		t.Errorf("open %+v, error %v", open, err)
	}
	_, _, err = wizard.Drive(t.Context(), w.read(), accepted(wizard.Answers{"templates.otp_enroll.source": "mfa"}), w.host())
	if err == nil || !strings.Contains(err.Error(), `"mfa" cannot be chosen: `+why) {
		t.Errorf("error %v", err)
	}
}

// What the page of a wording warns of, `upe plan` notes; both say it once, though it is true of the SMS and of the call.
func TestRemarksOnAWordingAreMadeOnce(t *testing.T) {
	t.Parallel()
	const remark = "foo.bar has no counterpart"
	w := changed(t, "mfa-twilio", legacy("{{ code }} {{ foo.bar }}", "{{ code }} is it"))
	host, notes := w.host(), []string{}
	host.Note = func(text string) { notes = append(notes, text) }
	if _, open, err := wizard.Drive(t.Context(), w.read(), accepted(nil), host); err != nil || len(open) > 0 {
		t.Fatalf("open %v, error %v", open, err)
	}
	if len(notes) != 1 || !strings.HasPrefix(notes[0], "templates.otp_enroll: "+remark) {
		t.Errorf("notes %q", notes)
	}
	page := w.pageOf("template-otp_enroll", nil)
	if _, words := previewOf(t, page.Live(wizard.Answers{page.Questions[0].Key: "mfa"})); strings.Count(words, remark) != 1 {
		t.Errorf("the page says %q", words)
	}
}
