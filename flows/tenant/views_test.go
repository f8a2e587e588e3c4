package tenant_test

import (
	"encoding/json"
	"slices"
	"testing"

	"upe/flows/tenant"
)

func TestViewsSurviveOddShapes(t *testing.T) {
	t.Parallel()
	whole, err := tenant.Read(t.Context(), who, legacy(), nil)
	if err != nil {
		t.Fatal(err)
	}
	odd := []string{
		``, `null`, `{}`, `[]`, `5`, `"text"`, `true`, `[null]`, `[5]`, `[[]]`, `{"a":{"b":[]}}`, `<html>`, `{"providers":5}`,
		`{"providers":[null]}`, `{"bindings":[{"action":7}]}`, `[{"id":5,"options":[]}]`, `{"flags":{"x":"y"}}`, `{"templates":[{"content":"x"}]}`,
	}
	for _, path := range whole.Paths() {
		for _, raw := range odd {
			everyView(with(whole, path, raw))
		}
	}
	everyView(tenant.Snapshot{})
}

func TestOneOddElementDoesNotHideTheOthers(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathSMSConnections,
		`[{"id":5,"name":"odd"},{"id":"con_1","name":"good","options":{"from":7,"twilio_sid":"AC1"}},"text"]`)
	if got := len(s.SMSConnections()); got != 3 {
		t.Errorf("%d connections, want 3", got)
	}
	c, ok := s.Connection("good")
	if o := c.SMS(); !ok || c.ID != "con_1" || o.TwilioSID != "AC1" || o.From != "" {
		t.Errorf("the good connection: %+v %+v", c, o)
	}
}

func TestTheTenantFlagIsTrueFalseOrNotThere(t *testing.T) {
	t.Parallel()
	yes, no := true, false
	for raw, want := range map[string]*bool{
		`{"phone_consolidated_experience":true}`:   &yes,
		`{"phone_consolidated_experience":false}`:  &no,
		`{"phone_consolidated_experience":null}`:   nil,
		`{"phone_consolidated_experience":"true"}`: nil,
		`{"friendly_name":7}`:                      nil,
		`[]`:                                       nil,
	} {
		got := with(tenant.Snapshot{}, tenant.PathSettings, raw).Settings().Unified
		if (got == nil) != (want == nil) || got != nil && *got != *want {
			t.Errorf("%s: %v", raw, got)
		}
	}
}

func TestMigrationFlagsThatAreNotBooleansAreNotKnown(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathMigrations, `{"flags":{"legacy_mfa_phone_provider":true,"other":"x","off":false}}`)
	got := s.Migrations()
	_, known := got["other"]
	if on := got[tenant.MigrationMFA]; !on || known || len(got) != 2 {
		t.Errorf("flags %v", got)
	}
}

func TestWhoUsesAConnectionsOptions(t *testing.T) {
	t.Parallel()
	cases := []struct {
		options          string
		unknown, optedIn bool
	}{
		{``, true, false},
		{`,"options":null`, true, false},
		{`,"options":{}`, false, false},
		{`,"options":{"use_phone_provider":true}`, false, true},
		{`,"options":{"use_phone_provider":"unified"}`, false, true},
		{`,"options":{"use_phone_provider":"true"}`, false, false},
		{`,"options":{"use_phone_provider":1}`, false, false},
		{`,"options":{"use_phone_provider":"false"}`, false, false},
		{`,"options":{"use_phone_provider":false}`, false, false},
		{`,"options":{"use_phone_provider":null}`, false, false},
	}
	for _, c := range cases {
		s := with(tenant.Snapshot{}, tenant.PathSMSConnections, `[{"id":"con_1"`+c.options+`}]`)
		got, _ := s.Connection("con_1")
		if got.UnknownOptions() != c.unknown || got.SMS().OptedIn() != c.optedIn {
			t.Errorf("%s: unknown %v, opted in %v", c.options, got.UnknownOptions(), got.SMS().OptedIn())
		}
	}
}

// Auth0 stores any value under a key that it does not know; only two are reported to do something.
func TestAnOptInThatNobodyHasReported(t *testing.T) {
	t.Parallel()
	for value, odd := range map[string]bool{
		`true`: false, `"unified"`: false, `false`: false, `null`: false, `"true"`: true, `"false"`: true, `1`: true, `{}`: true,
	} {
		s := with(tenant.Snapshot{}, tenant.PathSMSConnections, `[{"id":"con_1","options":{"use_phone_provider":`+value+`}}]`)
		if c, _ := s.Connection("con_1"); c.SMS().OddlyOptedIn() != odd {
			t.Errorf("%s: odd is %v", value, !odd)
		}
	}
	if (tenant.SMSOptions{}).OddlyOptedIn() {
		t.Error("nothing is not odd")
	}
}

// Options of another shape than documented leave the others readable.
func TestOptionsOfASignIn(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathSMSConnections, `[{"id":"con_1","options":{"from":7,"disable_signup":true,
		"totp":{"length":8,"time_step":600},"gateway_authentication":{"method":"bearer","audience":"aud","secret":"s"}}},
		{"id":"con_2","options":{"totp":"odd","gateway_authentication":"odd","gateway_url":"https://sms.acme.com"}}]`)
	first, _ := s.Connection("con_1")
	if o := first.SMS(); !o.DisableSignup || o.OTP.Length != 8 || o.OTP.TimeStep != 600 || o.GatewayAuth == nil || o.GatewayAuth.Secret != "s" {
		t.Errorf("con_1: %+v", o)
	}
	second, _ := s.Connection("con_2")
	if o := second.SMS(); o.OTP.TimeStep != 0 || o.GatewayURL != "https://sms.acme.com" {
		t.Errorf("con_2: %+v", o)
	}
}

func TestTheDeployedCodeIsWhatRuns(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathPhoneActions, `[{"code":"draft","deployed_version":{"code":"live"}}, {"code":"draft"},
		{"code":"draft","deployed_version":{"id":"v1"}}]`)
	var running []string
	for _, a := range s.Actions(tenant.TriggerPhone) {
		running = append(running, a.Running())
	}
	if !slices.Equal(running, []string{"live", "draft", "draft"}) {
		t.Errorf("%v", running)
	}
}

func TestAnIDWinsOverAName(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathSMSConnections, `[{"id":"con_1","name":"con_2"},{"id":"con_2","name":"sms"}]`)
	for asked, want := range map[string]string{"con_1": "con_1", "con_2": "con_2", "sms": "con_2"} {
		if c, ok := s.Connection(asked); !ok || c.ID != want {
			t.Errorf("%s is %s, want %s", asked, c.ID, want)
		}
	}
	if _, ok := s.Connection("other"); ok {
		t.Error("found a connection that is not there")
	}
}

func TestPhoneAsIDIsSeenInEitherForm(t *testing.T) {
	t.Parallel()
	s := with(tenant.Snapshot{}, tenant.PathDBConnections, `[
		{"name":"identifier","options":{"attributes":{"phone_number":{"identifier":{"active":true}}}}},
		{"name":"otp","options":{"authentication_methods":{"phone_otp":{"enabled":true}},"attributes":"odd"}},
		{"name":"plain","options":{"attributes":{"phone_number":{"identifier":{"active":false}}}}},
		{"name":"unreadable"}]`)
	if got := s.PhoneIdentifier(); !slices.Equal(got, []string{"identifier", "otp"}) {
		t.Errorf("phone identifiers %v", got)
	}
}

// FuzzViews: whatever a tenant answers, no view panics, and redaction leaves JSON without what it calls a secret.
func FuzzViews(f *testing.F) {
	for _, raw := range []string{`{"providers":[{"id":"p","configuration":null}]}`, `[{"options":{"twilio_token":"x"}}]`, `{"a":1}{`, `[`, "\x00"} {
		f.Add([]byte(raw))
	}
	paths := []string{
		tenant.PathSettings, tenant.PathMigrations, tenant.PathFactors, tenant.PathMessageTypes, tenant.PathSelectedProvider,
		tenant.PathTwilio, tenant.PathMFATemplates, tenant.PathPolicies, tenant.PathProviders, tenant.PathPhoneTemplates, tenant.PathSMSConnections,
		tenant.PathDBConnections, tenant.PathLegacyActions, tenant.PathLegacyBindings, tenant.PathAllActions, tenant.PathClients, tenant.ClientsPath("con_1"),
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s := tenant.Snapshot{}
		for _, path := range paths {
			s = with(s, path, string(raw))
		}
		everyView(s)
		everyView(s.Redacted())
		if clean := tenant.Redact(raw); clean != nil && !json.Valid(clean) {
			t.Errorf("redacted to %q, which is not JSON", clean)
		}
	})
}

// with is a snapshot with one part replaced.
func with(s tenant.Snapshot, path, raw string) tenant.Snapshot {
	parts := map[string]tenant.Part{path: {Raw: json.RawMessage(raw)}}
	for other, part := range s.Parts {
		if other != path {
			parts[other] = part
		}
	}
	s.Parts = parts
	return s
}

// everyView calls every view once.
func everyView(s tenant.Snapshot) {
	s.Settings()
	s.Migrations()
	s.Factor("sms")
	s.MessageTypes()
	s.SelectedProvider()
	s.Twilio()
	s.MFATemplates()
	s.Policies()
	s.Provider()
	s.PhoneTemplates()
	for _, trigger := range []string{tenant.TriggerLegacy, tenant.TriggerPhone} {
		s.Actions(trigger)
		s.Bindings(trigger)
		s.BoundActions(trigger)
	}
	s.ActionCount()
	s.Clients()
	s.ClientName("app1")
	s.EnabledClients("con_1")
	s.PhoneIdentifier()
	for _, c := range s.SMSConnections() {
		c.UnknownOptions()
		c.SMS().OptedIn()
	}
}
