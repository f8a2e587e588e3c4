package emulator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"upe/client/emulator"
)

const user = "+15550100123"

// sentAside leaves out what was sent, which outgoing_test.go looks at.
var sentAside = cmpopts.IgnoreFields(emulator.Result{}, "Requests")

func TestBeforeAndAfterTheSwitch(t *testing.T) {
	t.Parallel()
	const twilio = `{"name":"twilio","disabled":false,"configuration":{"sid":"AC1","default_from":"+15550100999",
		"delivery_methods":["text","voice"]},"credentials":{"auth_token":"t"}}`
	p := open(t, scenario(t, "mfa-twilio"))
	d := emulator.Delivery{Flow: emulator.FlowMFA, To: user, Code: "123456"}

	want := emulator.Result{
		Delivered: true, Via: emulator.ViaLegacyTwilio, Account: "AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7", From: "+15005550006",
		MessageType: "otp_verify", Text: "123456 is your Acme login code. We will never ask you for it.",
	}
	if diff := cmp.Diff(want, p.Deliver(t.Context(), d), sentAside); diff != "" {
		t.Errorf("legacy (-want +got):\n%s", diff)
	}
	p.must("POST /branding/phone/providers", twilio)
	if got := p.Deliver(t.Context(), d).Via; got != emulator.ViaLegacyTwilio {
		t.Errorf("a provider alone changed the way to %s", got)
	}
	p.must("PATCH /tenants/settings", `{"phone_consolidated_experience":true}`)
	want = emulator.Result{
		Delivered: true, Via: emulator.ViaTenantTwilio, Account: "AC1", From: "+15550100999",
		MessageType: "otp_verify", Text: "123456 is your verification code for Acme",
	}
	if diff := cmp.Diff(want, p.Deliver(t.Context(), d), sentAside); diff != "" {
		t.Errorf("unified (-want +got):\n%s", diff)
	}
	if got := len(p.Handset()); got != 3 {
		t.Errorf("%d messages on the handset, want 3", got)
	}
	p.must("PATCH /tenants/settings", `{"phone_consolidated_experience":false}`)
	if got := p.Deliver(t.Context(), d).Via; got != emulator.ViaLegacyTwilio {
		t.Errorf("turned off, the code goes %s", got)
	}
	if got := strings.Count(string(p.State()), `"gd_send_sms"`); got != 2+4 {
		t.Errorf("%d gd_send_sms logs, want the 2 of the file and 4", got)
	}
}

// What each scenario does on the day before its migration.
func TestScenarios(t *testing.T) {
	t.Parallel()
	const code = "246810"
	for name, tc := range map[string]struct {
		d    emulator.Delivery
		want emulator.Result
	}{
		"mfa-twilio": {emulator.Delivery{Flow: "mfa", Message: "enroll"}, emulator.Result{
			Delivered: true, Via: "legacy-twilio", Account: "AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7", From: "+15005550006",
			MessageType: "otp_enroll", Text: "246810 is your Acme verification code. Enter it to finish setting up your phone.",
		}},
		"mfa-twilio-voice": {emulator.Delivery{Flow: "mfa", Channel: "voice"}, emulator.Result{
			Delivered: true, Via: "legacy-twilio", Account: "AC8e1d4b7a0c3f69258d1e4a7b0c3f6952", From: "+15005550009",
			MessageType: "otp_verify", Text: "Hello. Your Globex Bank code is ... 2. 4. 6. 8. 1. 0. ... Again: 2. 4. 6. 8. 1. 0.",
		}},
		"mfa-action": {emulator.Delivery{Flow: "mfa"}, emulator.Result{
			Delivered: true, Via: "legacy-hook", Account: "https://sms.acme-gateway.example/messages", From: "ACME",
			MessageType: "otp_verify", Text: "246810 is your verification code for Initech.",
		}},
		"mfa-action-v1": {emulator.Delivery{Flow: "mfa", Message: "enroll"}, emulator.Result{
			Delivered: true, Via: "legacy-hook", Account: "https://smsc.harrowgate.example/api/submit",
			MessageType: "otp_enroll", Text: "246810 joins this phone to your Harrowgate account.",
		}},
		"gateway-jwt": {emulator.Delivery{Flow: "passwordless"}, emulator.Result{
			Delivered: true, Via: "legacy-gateway", Account: "https://relay.tamsin-parcels.example/auth0/sms",
			MessageType: "otp_verify", Text: "246810 is your code for Tamsin <Parcels> & more.",
		}},
		"two-carriers-gateway-action": {emulator.Delivery{Flow: "mfa", Channel: "voice"}, emulator.Result{
			Delivered: true, Via: "legacy-hook", Account: "https://bulk.quillon-energy.example/v1/send",
			MessageType: "otp_verify", Text: "2. 4. 6. 8. 1. 0. is your Quillon code.",
		}},
		"passwordless-twilio": {emulator.Delivery{Flow: "passwordless"}, emulator.Result{
			Delivered: true, Via: "legacy-twilio", Account: "AC1b7e4d0a3c6f9258e1b4d7a0c3f69258", From: "+15005550003",
			MessageType: "otp_verify", Text: "Your Umbrella Rides code is 246810. It is good for 3 minutes.",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, scenario(t, name))
			tc.d.To, tc.d.Code = user, code
			if diff := cmp.Diff(tc.want, p.Deliver(t.Context(), tc.d), sentAside); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

const phoneAction = `{"id":"act","name":"Phone","supported_triggers":[{"id":"custom-phone-provider","version":"v1"}],"all_changes_deployed":true,
	"secrets":[{"name":"TOKEN","value":"t"}],"code":%q}`

const customTenant = `{"domain":"acme.us.auth0.com","settings":{"phone_consolidated_experience":true,"friendly_name":"Acme"},
	"guardian":{"factors":{"sms":true},"message_types":["sms","voice"]},
	"phone_providers":[{"id":"pro_1","name":"custom","configuration":{"delivery_methods":["text","voice"]}}],"actions":[%s]}`

func handler(body string) string {
	return "exports.onExecuteCustomPhoneProvider = async (event, api) => { const n = event.notification; " + body + " };"
}

// What the handset shows is what the Action sent, whatever it sent it with.
func TestActionsThatSend(t *testing.T) {
	t.Parallel()
	const wording = "424242 is your verification code for Acme"
	for name, tc := range map[string]struct {
		code, channel string
		want          emulator.Result
	}{
		"own words": {
			`await fetch('https://gw.example/s?k=1', {method: 'POST', body: JSON.stringify({to: n.recipient, text: 'Code: ' + n.code, auth: event.secrets.TOKEN})})`, "sms",
			emulator.Result{Delivered: true, Account: "https://gw.example/s", Text: "Code: 424242"},
		},
		"form, number with spaces": {
			`await fetch('https://gw.example/s', {method: 'POST', body: new URLSearchParams({To: '+1 (555) 010-0123', Body: n.as_text, From: 'ACME'})})`, "sms",
			emulator.Result{Delivered: true, Account: "https://gw.example/s", From: "ACME", Text: wording},
		},
		"twilio": {
			`const c = require('twilio')('AC1', event.secrets.TOKEN); await c.messages.create({to: n.recipient, from: '+1999', body: n.as_text})`, "sms",
			emulator.Result{Delivered: true, Account: "twilio().messages.create", From: "+1999", Text: wording},
		},
		"a call": {
			`await require('axios').post('https://gw.example/call', {to: n.recipient, say: n.as_voice})`, "voice",
			emulator.Result{Delivered: true, Account: "https://gw.example/call", Text: "Hello. Your verification code for Acme is ... 4. 2. 4. 2. 4. 2.. I repeat, your verification code is ... 4. 2. 4. 2. 4. 2."},
		},
		"nothing": {``, "sms", emulator.Result{Error: "the Action sent nothing"}},
		"drop":    {`api.notification.drop('no budget')`, "sms", emulator.Result{Error: "the Action dropped the message: no budget"}},
		"retry":   {`api.notification.retry('busy')`, "sms", emulator.Result{Error: "the Action asks to retry: busy"}},
		"throw":   {`throw new Error('boom')`, "sms", emulator.Result{Error: "the Action failed: line 1: Error: boom"}},
		"to a friend": {
			`await fetch('https://gw.example/s', {method: 'POST', body: JSON.stringify({to: '+15550100000', text: n.as_text})})`, "sms",
			emulator.Result{Error: "the Action called https://gw.example/s, but not for this recipient"},
		},
		"without the code": {
			`await fetch('https://gw.example/s', {method: 'POST', body: JSON.stringify({to: n.recipient, text: 'hello'})})`, "sms",
			emulator.Result{Error: "the Action called https://gw.example/s, but with neither the wording nor the code"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && name != "own words" && name != "throw" {
				t.Skip("each run starts a JavaScript VM")
			}
			p := open(t, fmt.Sprintf(customTenant, fmt.Sprintf(phoneAction, handler(tc.code))))
			tc.want.Via, tc.want.MessageType = emulator.ViaTenantCustom, "otp_verify"
			got := p.Deliver(t.Context(), emulator.Delivery{Flow: "mfa", Channel: tc.channel, To: user, Code: "424242"})
			if diff := cmp.Diff(tc.want, got, sentAside); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			if handset := p.Handset(); len(handset) == 1 != tc.want.Delivered {
				t.Errorf("handset %+v", handset)
			}
			kind := map[bool]string{true: "gd_send_" + tc.channel, false: "fn"}[tc.want.Delivered]
			logs := p.must("GET /logs?q=type:"+kind, "")
			if logs.field(t, "0.type") != kind {
				t.Errorf("logs %s", logs.body)
			}
			if thrown := p.must("GET /logs?q=type:actions_execution_failed", "").body; thrown == "[]" == (name == "throw") {
				t.Errorf("logs of failed executions: %s", thrown)
			}
		})
	}
}

// Why a message arrives nowhere, each told by the first thing that is in its way.
func TestMessagesThatDoNotArrive(t *testing.T) {
	t.Parallel()
	const (
		twilio   = `"twilio":{"sid":"AC1","auth_token":"t","from":"+1"}`
		mfa      = `{"guardian":{"factors":{"sms":true},"message_types":["sms","voice"],"selected_provider":%q,%s}}`
		sms      = `{"connections":[{"id":"c","name":"sms","strategy":"sms","options":%s}]}`
		provider = `{"settings":{"phone_consolidated_experience":true},"guardian":{"factors":{"sms":true},"message_types":["sms","voice"]},
			"phone_providers":[{"name":"twilio","disabled":%v,"configuration":{"sid":"AC1","mssid":"MG1","delivery_methods":["text"]},"credentials":{"auth_token":%q}}],
			"phone_templates":%s}`
	)
	code := emulator.Delivery{Flow: "mfa"}
	login := emulator.Delivery{Flow: "passwordless"}
	voice := emulator.Delivery{Flow: "mfa", Channel: "voice"}
	for want, tc := range map[string]struct {
		file string
		d    emulator.Delivery
	}{
		"the phone factor is off":                                       {"", code},
		"voice is not among the MFA message types":                      {`{"guardian":{"factors":{"sms":true},"message_types":["sms"]}}`, voice},
		"MFA sends codes to verify and to enroll, nothing else":         {"", emulator.Delivery{Flow: "mfa", Message: "change_password"}},
		"Twilio's account SID or auth token is missing":                 {fmt.Sprintf(mfa, "twilio", `"twilio":{"sid":"AC1"}`), code},
		"Twilio refuses the auth token":                                 {fmt.Sprintf(mfa, "twilio", `"twilio":{"sid":"AC1","auth_token":"********","from":"+1"}`), code},
		"there is no sender for voice":                                  {fmt.Sprintf(mfa, "twilio", `"twilio":{"sid":"AC1","auth_token":"t","messaging_service_sid":"MG1"}`), voice},
		`a call needs a phone number, and the sender is "ACME"`:         {fmt.Sprintf(mfa, "twilio", `"twilio":{"sid":"AC1","auth_token":"t","from":"ACME"}`), voice},
		`a call needs a phone number, and the sender is "12345"`:        {fmt.Sprintf(mfa, "twilio", `"twilio":{"sid":"AC1","auth_token":"t","from":"12345"}`), voice},
		"no deployed send-phone-message Action is bound":                {fmt.Sprintf(mfa, "phone-message-hook", twilio), code},
		"Auth0's own sender has SMS only":                               {fmt.Sprintf(mfa, "auth0", twilio), voice},
		"no such sms connection":                                        {"", login},
		"the connection has no gateway_url":                             {fmt.Sprintf(sms, `{"provider":"sms_gateway"}`), login},
		"Passwordless has no voice":                                     {fmt.Sprintf(sms, `{}`), emulator.Delivery{Flow: "passwordless", Channel: "voice"}},
		"Passwordless sends codes to verify, nothing else":              {fmt.Sprintf(sms, `{}`), emulator.Delivery{Flow: "passwordless", Message: "enroll"}},
		"the tenant has no phone provider":                              {fmt.Sprintf(sms, `{"use_phone_provider":true}`), login},
		"no connection identifies users by phone number":                {"", emulator.Delivery{Flow: "phone-identifier"}},
		"the phone provider is disabled":                                {fmt.Sprintf(provider, true, "t", "[]"), code},
		"voice is not among the delivery methods of the phone provider": {fmt.Sprintf(provider, false, "t", "[]"), voice},
		"the otp_verify phone template is disabled":                     {fmt.Sprintf(provider, false, "t", `[{"type":"otp_verify","disabled":true}]`), code},
		"the wording does not render: ":                                 {fmt.Sprintf(provider, false, "t", `[{"type":"otp_verify","content":{"body":{"text":"{% if %}"}}}]`), code},
		"no custom-phone-provider Action is deployed":                   {fmt.Sprintf(customTenant, ""), code},
		"the custom-phone-provider Action is not bound":                 {`{"quirks":{"binding_needed":true},` + fmt.Sprintf(customTenant, fmt.Sprintf(phoneAction, ""))[1:], code},
	} {
		t.Run(want, func(t *testing.T) {
			t.Parallel()
			p := open(t, tc.file)
			tc.d.To = user
			got := p.Deliver(t.Context(), tc.d)
			if got.Delivered || !strings.HasPrefix(got.Error, want) {
				t.Errorf("got %+v", got)
			}
			if len(p.Handset()) != 0 {
				t.Error("and yet it is on the handset")
			}
		})
	}
}

// The other routes, and what decides their wording and sender.
func TestRoutes(t *testing.T) {
	t.Parallel()
	const identifier = `{"settings":{"friendly_name":"Acme"},
		"connections":[{"id":"db","name":"Users","strategy":"auth0","options":{"attributes":{"phone_number":{"identifier":{"active":true}}}}}],
		"phone_providers":[{"name":"twilio","configuration":{"sid":"AC3","default_from":"+3","delivery_methods":["text"]},"credentials":{"auth_token":"t"}}],
		"phone_templates":[{"type":"change_password","content":{"from":"ACME","body":{"text":"{{ code }} for {{ user.phone_number }} ({{ tenant }}{{ tenant.friendly_name }})"}}}]}`
	for name, tc := range map[string]struct {
		file string
		d    emulator.Delivery
		want emulator.Result
	}{
		"gateway, Liquid": {
			`{"clients":[{"client_id":"a","name":"App"}],"connections":[{"name":"sms","strategy":"sms","options":{"provider":"sms_gateway",
			"gateway_url":"https://gw.example/","from":"ACME","syntax":"liquid","template":"{{password}}={{code}} {{application.name}} {{request_language}}"}}]}`,
			emulator.Delivery{Flow: "passwordless"},
			emulator.Result{Delivered: true, Via: "legacy-gateway", Account: "https://gw.example/", From: "ACME", MessageType: "otp_verify", Text: "7=7 App en"},
		},
		"Auth0's own sender": {
			`{"guardian":{"factors":{"sms":true},"message_types":["sms"]}}`,
			emulator.Delivery{Flow: "mfa"},
			emulator.Result{Delivered: true, Via: "legacy-auth0", From: "Auth0", MessageType: "otp_verify", Text: "7 is your verification code for Acme."},
		},
		"Messaging Service": {
			`{"guardian":{"factors":{"sms":true},"message_types":["sms"],"selected_provider":"twilio",
			"twilio":{"sid":"AC1","auth_token":"t","from":"+1","messaging_service_sid":"MG1"}}}`,
			emulator.Delivery{Flow: "mfa", Message: "enroll"},
			emulator.Result{Delivered: true, Via: "legacy-twilio", Account: "AC1", From: "MG1", MessageType: "otp_enroll", Text: "7 is your verification code for Acme. Please enter this code to verify your enrollment."},
		},
		"phone identifier": {
			identifier,
			emulator.Delivery{Flow: "phone-identifier", Message: "change_password"},
			emulator.Result{Delivered: true, Via: "tenant-twilio", Account: "AC3", From: "ACME", MessageType: "change_password", Text: "7 for +15550100123 (acme)"},
		},
		"no standard wording": {
			identifier,
			emulator.Delivery{Flow: "phone-identifier", Message: "password_breach"},
			emulator.Result{Via: "tenant-twilio", Account: "AC3", From: "+3", MessageType: "password_breach", Error: "there is no password_breach phone template"},
		},
		"connection by name": {
			`{"connections":[{"name":"a","strategy":"sms"},{"name":"b","strategy":"sms","options":{"twilio_sid":"AC1","twilio_token":"t","from":"+1"}}]}`,
			emulator.Delivery{Flow: "passwordless", Connection: "b"},
			emulator.Result{Delivered: true, Via: "legacy-twilio", Account: "AC1", From: "+1", MessageType: "otp_verify", Text: "Your verification code is: 7"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && !strings.Contains(name, "gateway") {
				t.Skip("each wording is rendered in a JavaScript VM")
			}
			tc.d.To, tc.d.Code = user, "7"
			if diff := cmp.Diff(tc.want, open(t, tc.file).Deliver(t.Context(), tc.d), sentAside); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A try goes by the tenant provider while every flow is still legacy, and 202 says nothing about what becomes of it.
func TestTry(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio-voice"))
	const at = "/branding/phone/providers/pro_Qm7vXk2TnZ9rWb4LsHc6Fd/try"
	p.send("POST "+at, `{"to":"+15550100123","delivery_method":"text"}`).want(t, 202)
	p.send("POST "+at, `{"to":"+15550100123","delivery_method":"voice"}`).want(t, 202)
	if h := p.Handset(); len(h) != 1 || h[0].Via != emulator.ViaTenantTwilio || h[0].From != "MG2f9a6c3e8b1d4f70a5c2e9b6d3f08a1c" {
		t.Errorf("handset %+v", h)
	}
	p.send("GET /logs?q=type:fn", "").want(t, 200, "voice is not among the delivery methods")
	id := p.must("POST /branding/phone/templates", `{"type":"otp_enroll","content":{"body":{"text":"Join with {{ code }}"}}}`).field(t, "id")
	p.send("POST /branding/phone/templates/"+id+"/try", `{"to":"+15550100123","delivery_method":"text"}`).want(t, 202)
	if h := p.Handset(); len(h) != 2 || h[1].Text != "Join with 111113" {
		t.Errorf("handset %+v", h)
	}
}

func TestNotADelivery(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio"))
	for body, part := range map[string]string{
		`{"flow":"mfa","to":"+15550100123"}`:                        `"via":"legacy-twilio"`,
		`{"flow":"mfa","channel":"sms","message":"verify","to":""}`: "to is a phone number",
		`{"flow":"post","to":"+15550100123"}`:                       "flow is one of",
		`{"flow":"mfa","to":"+15550100123","channel":"fax"}`:        "channel is",
		`{"flow":"mfa","to":"+15550100123","message":"poem"}`:       "message is one of",
		`{"flow":"mfa","too":"+15550100123"}`:                       "unknown field",
	} {
		if got := p.control("POST", "/emulator/deliver", body); !strings.Contains(got.body, part) {
			t.Errorf("%s: %s", body, got.body)
		}
	}
	if got := p.Deliver(t.Context(), emulator.Delivery{}); got.Error == "" {
		t.Error("an empty delivery is delivered")
	}
	p.control("GET", "/emulator/handset", "").want(t, 200, `"channel":"sms"`, `"at":"2026-11-20T12:00:00Z"`)
	p.control("GET", "/emulator/requests", "").want(t, 200, "[]")
}

func TestTheDashboardsSwitch(t *testing.T) {
	t.Parallel()
	p := open(t, `{"world":"dashboard"}`)
	for _, c := range []struct {
		body   string
		status int
	}{
		{`{"flow":"mfa","tenant_level":true}`, 409}, // not there before the tenant flag is on
		{`{"flow":"mfa"}`, 400},
		{`{"flow":"push","tenant_level":true}`, 409},
		{`{"flow":"mfa","tenant_level":true,"legacy":false}`, 400},
	} {
		p.control("POST", "/emulator/toggle", c.body).want(t, c.status, "")
	}
	p = open(t, `{"world":"docs"}`)
	p.control("POST", "/emulator/toggle", `{"flow":"passwordless","tenant_level":true}`).want(t, 200, `"legacy_passwordless_phone_provider":false`)
}
