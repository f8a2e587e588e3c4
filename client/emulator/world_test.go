package emulator_test

import (
	"fmt"
	"testing"

	"upe/client/emulator"
)

const twoSides = `{"world":%q,"quirks":%s,
	"guardian":{"factors":{"sms":true},"message_types":["sms"],"selected_provider":"twilio","twilio":{"sid":"AC1","auth_token":"t","from":"+1"}},
	"connections":[{"id":"con_1","name":"sms","strategy":"sms","options":{"twilio_sid":"AC2","twilio_token":"t","from":"+2"}}]%s}`

const withProvider = `,"phone_providers":[{"id":"pro_1","name":"twilio","configuration":{"sid":"AC3","default_from":"+3","delivery_methods":["text"]},"credentials":{"auth_token":"t"}}]`

func sides(t *testing.T, world, quirks string) practice {
	t.Helper()
	return open(t, fmt.Sprintf(twoSides, world, quirks, withProvider))
}

// via is where a code of each flow goes now.
func (p practice) via() string {
	mfa := p.Deliver(p.t.Context(), emulator.Delivery{Flow: "mfa", To: user})
	sms := p.Deliver(p.t.Context(), emulator.Delivery{Flow: "passwordless", To: user})
	return mfa.Account + " " + sms.Account
}

// AC1 is legacy MFA, AC2 the connection's own Twilio, AC3 the tenant provider.
func TestWorlds(t *testing.T) {
	t.Parallel()
	const (
		flag    = `PATCH /tenants/settings {"phone_consolidated_experience":true}`
		unflag  = `PATCH /tenants/settings {"phone_consolidated_experience":false}`
		optIn   = `PATCH /connections/con_1 {"options":{"twilio_sid":"AC2","twilio_token":"t","from":"+2","use_phone_provider":true}}`
		unified = `PATCH /connections/con_1 {"options":{"twilio_sid":"AC2","twilio_token":"t","from":"+2","use_phone_provider":"unified"}}`
		mfa     = "toggle legacy_mfa_phone_provider"
		sms     = "toggle legacy_passwordless_phone_provider"
	)
	for _, tc := range []struct {
		world string
		do    []string
		want  string
	}{
		{"docs", nil, "AC1 AC2"},
		{"docs", []string{flag}, "AC3 AC2"},
		{"docs", []string{optIn}, "AC1 AC3"},
		{"docs", []string{unified}, "AC1 AC3"},
		{"docs", []string{mfa, sms}, "AC3 AC3"},
		{"docs", []string{flag, optIn, unflag}, "AC1 AC3"},
		{"dashboard", []string{flag}, "AC1 AC2"},
		{"dashboard", []string{flag, mfa, optIn}, "AC3 AC3"},
		{"dashboard", []string{mfa}, "AC1 AC2"}, // the toggle is not there yet
		{"flag-flips-all", []string{optIn, mfa}, "AC1 AC2"},
		{"flag-flips-all", []string{flag}, "AC3 AC3"},
		{"flag-flips-all", []string{flag, unflag}, "AC1 AC2"},
		{"one-way", []string{flag, optIn}, "AC3 AC3"},
		{"one-way", []string{flag, unflag}, " AC2"}, // legacy MFA is gone, the connection had not moved
		{"provider-after-flag", []string{mfa}, "AC1 AC2"},
		{"provider-after-flag", []string{flag, optIn}, "AC3 AC3"},
	} {
		t.Run(fmt.Sprintf("%s%v", tc.world, tc.do), func(t *testing.T) {
			t.Parallel()
			p := sides(t, tc.world, "{}")
			for _, what := range tc.do {
				p.do(what)
			}
			if got := p.via(); got != tc.want {
				t.Errorf("codes go by %q, want %q", got, tc.want)
			}
		})
	}
}

// do sends "METHOD /path body", or toggles a migration flag.
func (p practice) do(what string) {
	p.t.Helper()
	var verb, path, body string
	if _, err := fmt.Sscanf(what, "%s %s %s", &verb, &path, &body); err != nil && verb != "toggle" {
		p.t.Fatal(err)
	}
	if verb == "toggle" {
		_ = p.Toggle(path, false) // refused in some worlds, which is what is tested
		return
	}
	p.must(verb+" "+path, body)
}

func TestFlagFlipsAllWritesTheOthers(t *testing.T) {
	t.Parallel()
	p := sides(t, "flag-flips-all", "{}")
	p.must("PATCH /tenants/settings", `{"phone_consolidated_experience":true}`)
	p.send("GET /connections/con_1", "").want(t, 200, `"use_phone_provider":true`)
	p.send("GET /migrations", "").want(t, 200, `"legacy_mfa_phone_provider":false`)
}

func TestProviderAfterFlag(t *testing.T) {
	t.Parallel()
	p := open(t, fmt.Sprintf(twoSides, "provider-after-flag", "{}", ""))
	p.send("POST /branding/phone/providers", twilioProvider).want(t, 403)
	p.must("PATCH /tenants/settings", `{"phone_consolidated_experience":true}`)
	p.send("POST /branding/phone/providers", twilioProvider).want(t, 201)
}

// Each quirk changes the answer to one request, and without it the answer is another one.
func TestQuirks(t *testing.T) {
	t.Parallel()
	const flag = `{"phone_consolidated_experience":true}`
	both := `{"configuration":{"sid":"AC3","default_from":"+3","mssid":"MG3","delivery_methods":["text"]}}`
	for quirk, tc := range map[string]struct {
		flag       bool // the tenant flag is on
		what, body string
		off, on    int
		part       string // in the body with the quirk
	}{
		"second_provider_allowed":    {false, "POST /branding/phone/providers", twilioProvider, 409, 201, ""},
		"secrets_masked":             {false, "GET /guardian/factors/phone/providers/twilio", "", 200, 200, `"auth_token":"********"`},
		"secrets_absent":             {false, "GET /connections/con_1", "", 200, 200, `"options":{"from":"+2","twilio_sid":"AC2"}`},
		"try_needs_flag":             {false, "POST /branding/phone/providers/pro_1/try", `{"to":"+15550100123"}`, 202, 403, ""},
		"flag_absent":                {true, "GET /tenants/settings?fields=phone_consolidated_experience", "", 200, 200, "{}"},
		"legacy_closed_by_migration": {true, "GET /guardian/factors/phone/templates", "", 403, 200, ""},
		"one_sender":                 {false, "PATCH /branding/phone/providers/pro_1", both, 200, 400, "Bad Operation"},
		"shrink_refused":             {true, "PATCH /branding/phone/providers/pro_1", `{"configuration":{"sid":"AC3","default_from":"+3","delivery_methods":["voice"]}}`, 200, 409, "Message Type"},
		"voice_not_allowed":          {false, "PUT /guardian/factors/phone/message-types", `{"message_types":["voice"]}`, 200, 403, "voice_mfa_not_allowed"},
		"migrations_hidden":          {false, "GET /migrations", "", 200, 404, ""},
		"inline_enabled_clients":     {false, "GET /connections/con_1", "", 200, 200, `"enabled_clients":[]`},
	} {
		for _, on := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s=%v", quirk, on), func(t *testing.T) {
				t.Parallel()
				p := sides(t, "docs", fmt.Sprintf("{%q:%v}", quirk, on))
				if tc.flag {
					p.must("PATCH /tenants/settings", flag)
				}
				if r := p.send(tc.what, tc.body); on {
					r.want(t, tc.on, tc.part)
				} else {
					r.want(t, tc.off)
				}
			})
		}
	}
}

// The quirks that the table above does not reach, because they need another tenant.
func TestOtherQuirks(t *testing.T) {
	t.Parallel()
	p := sides(t, "docs", `{"legacy_closed_by_flag":true}`)
	if err := p.Toggle("legacy_mfa_phone_provider", false); err != nil {
		t.Fatal(err)
	}
	p.send("GET /guardian/factors/phone/selected-provider", "").want(t, 200)

	p = open(t, `{"quirks":{"factor_first":true}}`)
	p.send("PUT /guardian/factors/phone/message-types", `{"message_types":["sms"]}`).want(t, 404, "phone factor does not exist")

	p = open(t, patched(t, scenario(t, "mfa-twilio-voice"), `{"quirks":{"try_needs_enabled_provider":true}}`))
	p.send("POST /branding/phone/providers/pro_Qm7vXk2TnZ9rWb4LsHc6Fd/try", `{"to":"+15550100123"}`).want(t, 400)

	if got, want := len(emulator.Quirks()), 15; got != want {
		t.Errorf("%d quirks, the tests know %d", got, want)
	}
}
