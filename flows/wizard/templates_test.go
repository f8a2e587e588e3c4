package wizard_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// at walks a tenant with the answers of its scenario to a page.
func at(t *testing.T, name, page string, says wizard.Answers) *person {
	t.Helper()
	w := newWorld(t, name)
	answers, host := w.admin(name)
	for key, value := range says {
		answers[key] = value
	}
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), nil), host: host, says: answers}
	if got := p.until(page); got.ID != page {
		t.Fatalf("ended at %q: %s", got.ID, got.Lead)
	}
	return p
}

// shows are the blocks of the page for a choice.
func (p *person) shows(source string) (wizard.Preview, string) {
	p.Helper()
	page := p.session.Page()
	return previewOf(p.T, page.Live(wizard.Answers{page.Questions[0].Key: source}))
}

func previewOf(t *testing.T, blocks []wizard.Block) (shown wizard.Preview, words string) {
	t.Helper()
	var all []string
	for _, b := range blocks {
		switch b := b.(type) {
		case wizard.Preview:
			shown = b
		case wizard.Text:
			all = append(all, b.Body)
		}
	}
	return shown, strings.Join(all, "\n")
}

func TestAPreviewShowsWhatUsersGetNowAndThen(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	const changes = "What users read changes"
	cases := []struct {
		scenario, page, source string
		rows                   []wizard.PreviewRow
		words, not             string // said beside them, and not said
	}{
		{
			scenario: "templates-voice", page: "template-otp_verify", source: "mfa", not: changes,
			rows: []wizard.PreviewRow{
				{
					Label:  "MFA, SMS",
					Before: "123456 is your Harbourlight Cruises code.\n\n@harbourlight-cruises.us.auth0.com #123456",
					After:  "123456 is your Harbourlight Cruises code.\n\n@harbourlight-cruises.us.auth0.com #123456",
					Note:   "1 SMS of 85 characters (GSM-7)",
				},
				{
					Label:  "MFA, voice",
					Before: "Hello. Your Harbourlight Cruises code is ... 1.2.3.4.5.6. ... Again: 1.2.3.4.5.6.",
					After:  "Hello. Your Harbourlight Cruises code is ... 1.2.3.4.5.6. ... Again: 1.2.3.4.5.6.",
				},
			},
		},
		{
			scenario: "templates-macros", page: "template-otp_verify", source: "passwordless", words: changes,
			rows: []wizard.PreviewRow{
				{
					Label:  "MFA, SMS",
					Before: "123456 is your Juniper Row Apartments login code. Do not share it.",
					After:  "Your Juniper Row Tenants sign-in code: 123456\nIt expires in 3 minutes. Nobody at Juniper Row will ever ask for 123456.",
					Note:   "1 SMS of 66 characters (GSM-7) becomes 1 SMS of 118 characters (GSM-7)",
				},
			},
		},
		{
			scenario: "templates-request-language", page: "template-otp_verify", source: "passwordless", words: `Users who ask for "dutch", "fr-FR" get another language`,
			rows: []wizard.PreviewRow{
				{},
				{Label: `Passwordless, connection "sms", SMS, user asks for "dutch", Auth0 takes "en"`, Before: "Hier is uw verificatiecode: 123456"},
			},
		},
	}
	for _, c := range cases {
		t.Run(c.scenario, func(t *testing.T) {
			t.Parallel()
			shown, words := at(t, c.scenario, c.page, nil).shows(c.source)
			if !strings.Contains(words, c.words) || c.not != "" && strings.Contains(words, c.not) {
				t.Errorf("said %q, want %q and not %q", words, c.words, c.not)
			}
			for i, want := range c.rows {
				if i >= len(shown.Rows) {
					t.Fatalf("%d rows, want %d", len(shown.Rows), len(c.rows))
				}
				got := shown.Rows[i]
				for _, pair := range [][2]string{{want.Label, got.Label}, {want.Before, got.Before}, {want.After, got.After}, {want.Note, got.Note}} {
					if pair[0] != "" && pair[0] != pair[1] {
						t.Errorf("row %d: %q, want %q", i, pair[1], pair[0])
					}
				}
			}
		})
	}
}

// A wording of one's own is looked at while it is typed.
func TestWordsOfOnesOwnAreExamined(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	p := at(t, "mfa-twilio", "template-otp_verify-edit", wizard.Answers{"templates.otp_verify.source": "file"})
	page := p.session.Page()
	if start, _ := page.Questions[0].Default.(string); !strings.Contains(start, "is your Acme login code") {
		t.Errorf("begins with %q", start)
	}
	for typed, want := range map[string]string{
		"{{ code }} opens Umbrella":         "What users read changes",
		"{{ code }} öffnet Café „Umbrella“": "What users read changes",
		"Your code":                                     "without their code",
		"{{ code }} {{ user.birthday }}":                "user.birthday is not among",
		"{{ code | upcase2 }}":                          "the filter upcase2 is not among",
		"{{ code }}{% if locale %}":                     "not Liquid",
		"{{ code }}" + strings.Repeat(" and so on", 16): "A message takes more SMS than before",
		"{{ code }} @@code@@":                           "@@code@@ is a macro",
	} {
		shown, words := previewOf(t, page.Live(wizard.Answers{"templates.otp_verify.text": typed}))
		if !strings.Contains(words, want) {
			t.Errorf("%q: said %q, want %q", typed, words, want)
		}
		if strings.Contains(typed, "„") && !strings.HasSuffix(shown.Rows[0].Note, `because of '„' '“'`) {
			t.Errorf("%q: note %q", typed, shown.Rows[0].Note)
		}
	}
	for typed, fails := range map[string]bool{
		"{{ code }}": false, "no code": true, "@{code} {{ code }}": true, "{{ code }}{% if %}{% endif %}": true,
		"{{ code }}" + strings.Repeat("a", 20_000): true,
	} {
		if err := page.Questions[0].Check(typed); (err != nil) != fails {
			t.Errorf("%.30q: %v", typed, err)
		}
	}
}

// Connections that say different things are offered each by its name; which one becomes the template is never a default.
func TestConnectionsWithDifferentWordingsAreToldApart(t *testing.T) {
	t.Parallel()
	cases := map[string]struct {
		says    wizard.Answers
		options []string
		likely  wizard.Value
	}{
		"two that differ": {nil, []string{"passwordless:sms-parcel", "passwordless:sms-depot", "default", "file"}, nil},
		"one of them": {
			wizard.Answers{connectionKey(t, "templates-sender", "sms-depot"): "leave", "scope.mfa": "leave"},
			[]string{"passwordless", "default", "file"},
			"passwordless",
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			q := at(t, "templates-sender", "template-otp_verify", c.says).session.Page().Questions[0]
			var options []string
			for _, o := range q.Options {
				options = append(options, o.Value)
			}
			if !slices.Equal(options, c.options) || q.Default != c.likely {
				t.Errorf("options %v, default %v; want %v, %v", options, q.Default, c.options, c.likely)
			}
		})
	}
}

// connectionKey is the scope question of a connection.
func connectionKey(t *testing.T, scenario, name string) wizard.Key {
	t.Helper()
	w := newWorld(t, scenario)
	for _, c := range w.read().Snapshot.SMSConnections() {
		if c.Name == name {
			return wizard.Key("scope.connections." + c.ID)
		}
	}
	t.Fatalf("no connection %q", name)
	return ""
}

// A sender goes over with its wording where a template can have it, and nobody else would get it.
func TestTheSenderOfAWording(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ scenario, want string }{
		"a gateway's, alone":     {"passwordless-gateway", gatewaySender(t, "passwordless-gateway")},
		"longer than a template": {"templates-sender", ""},
		"shared with others":     {"different-carriers", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, c.scenario)
			answers, host := w.admin(c.scenario)
			choices, open, err := wizard.Drive(t.Context(), w.read(), answers, host)
			if err != nil || len(open) > 0 {
				t.Fatalf("open %v, %v", open, err)
			}
			verify, ok := choices.Templates["otp_verify"]
			if !ok && c.want != "" || verify.From != c.want {
				t.Errorf("sender %q of %v, want %q", verify.From, choices.Templates, c.want)
			}
		})
	}
}

func gatewaySender(t *testing.T, scenario string) string {
	t.Helper()
	for _, c := range newWorld(t, scenario).read().Snapshot.SMSConnections() {
		return c.SMS().From
	}
	return ""
}

// A template that somebody opens and saves gets an id, and then cannot be created any more: Auth0 answers 409. It is changed
// instead, unless it says something else by then.
func TestATemplateThatCameToExistIsChangedInstead(t *testing.T) {
	t.Parallel()
	const wanted = "{{code}} is your Acme login code. We will never ask you for it."
	cases := map[string]struct {
		meanwhile string // what the other admin saves, beside the type
		late      bool   // after the run has looked
		says      string // the template in the end
		sent      []string
		fails     string
	}{
		"nobody": {says: wanted, sent: []string{"POST"}},
		"before the run begins": {
			meanwhile: `{}`, fails: "make a new plan",
			says: "{{ code | escape }} is your verification code for {{ friendly_name | escape }}",
		},
		"after it has looked": {meanwhile: `{}`, late: true, says: wanted, sent: []string{"POST", "PATCH"}},
		"with words of its own": {
			meanwhile: `{"body":{"text":"{{ code }} by Sam"}}`, late: true, says: "{{ code }} by Sam", sent: []string{"POST"}, fails: "409",
		},
		"with ours": {
			meanwhile: `{"body":{"text":"` + wanted + `","voice":"` + wanted + `"}}`, late: true, says: wanted, sent: []string{"POST"},
		},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				w := newWorld(t, "mfa-twilio")
				known := w.read()
				answers, host := w.admin("mfa-twilio")
				choices, open, err := wizard.Drive(t.Context(), known, answers, host)
				if err != nil || len(open) > 0 {
					t.Fatalf("open %v, %v", open, err)
				}
				p, err := plan.Build(*known.Snapshot, *known.Judgement, choices)
				if err != nil {
					t.Fatal(err)
				}
				sam := &otherAdmin{tenant: w.tenant, saves: c.meanwhile}
				if !c.late {
					sam.save(t.Context(), t)
				}
				runner := &run.Runner{
					API: sam.port(t), Log: run.NewMemory(nil), Now: time.Now, NewID: func(kind string) string { return kind + "_1" },
					Secret: func(string) (string, error) { return "not-a-real-token-acme-mfa-000001", nil },
				}
				_, err = runner.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
				if (err != nil) != (c.fails != "") || err != nil && !strings.Contains(err.Error(), c.fails) {
					t.Errorf("error %v, want %q", err, c.fails)
				}
				if got := w.read().Snapshot.PhoneTemplates()["otp_verify"].Content.Body.Text; got != c.says {
					t.Errorf("the template says %q, want %q", got, c.says)
				}
				if !slices.Equal(sam.seen, c.sent) {
					t.Errorf("sent %v, want %v", sam.seen, c.sent)
				}
			})
		})
	}
}

// otherAdmin saves the template otp_verify once: right before the first write of it, unless that has happened.
type otherAdmin struct {
	tenant *emulator.Tenant
	saves  string   // the content; empty: nothing
	seen   []string // the methods by which the run wrote the template
}

func (o *otherAdmin) save(ctx context.Context, t *testing.T) {
	t.Helper()
	if o.saves == "" {
		return
	}
	call := tenant.Call{Op: tenant.CreatePhoneTemplate, Body: json.RawMessage(`{"type":"otp_verify","content":` + o.saves + `}`)}
	if _, err := o.tenant.Port(tenant.Permit{Writes: []tenant.Call{call}}).Do(ctx, call); err != nil {
		t.Error(err)
	}
	o.saves = ""
}

func (o *otherAdmin) port(t *testing.T) func(tenant.Permit) tenant.API {
	t.Helper()
	return func(permit tenant.Permit) tenant.API {
		inner := o.tenant.Port(permit)
		return doing(func(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
			isVerify := call.Op == tenant.PatchPhoneTemplate || strings.Contains(string(call.Body), "otp_verify")
			if call.Op.Writes() && isVerify && call.Op != tenant.CreateAction {
				o.save(ctx, t)
				o.seen = append(o.seen, call.Op.Method())
			}
			return inner.Do(ctx, call)
		})
	}
}

type doing func(context.Context, tenant.Call) (json.RawMessage, error)

func (d doing) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	return d(ctx, call)
}
