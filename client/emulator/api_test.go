package emulator_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// step is one request and what has to come back.
type step struct {
	what, body string
	status     int
	parts      []string
}

func (p practice) walk(steps []step) {
	p.t.Helper()
	for _, s := range steps {
		p.t.Logf("%s %s", s.what, s.body)
		p.send(s.what, s.body).want(p.t, s.status, s.parts...)
	}
}

const twilioProvider = `{"name":"twilio","configuration":{"sid":"AC1","default_from":"+15550100999","delivery_methods":["text"]},"credentials":{"auth_token":"t"}}`

// Each walk starts on a tenant with nothing configured. Ids are counted: the first provider is provider-1.
func TestResources(t *testing.T) {
	t.Parallel()
	for name, steps := range map[string][]step{
		"settings": {
			{"GET /tenants/settings", "", 200, []string{`"phone_consolidated_experience":false`}},
			{"GET /tenants/settings?fields=friendly_name", "", 200, []string{`{"friendly_name":"Acme"}`}},
			{"PATCH /tenants/settings", `{"phone_consolidated_experience":"yes"}`, 400, []string{"Expected type boolean but found type string"}},
			{"PATCH /tenants/settings", `{"flags":{"enable_sso":true}}`, 200, nil},
			{"PATCH /tenants/settings", `{"flags":{"enable_pipeline2":true},"session_lifetime":12345678901234567890}`, 200, []string{`"flags":{"enable_pipeline2":true,"enable_sso":true}`, "12345678901234567890"}},
			{"PATCH /tenants/settings", `{"session_lifetime":null}`, 200, []string{`"flags":{"enable_pipeline2":true,"enable_sso":true},"friendly_name":"Acme","phone_consolidated_experience":false}`}},
			{"PATCH /tenants/settings", `{"unheard_of":1}`, 400, []string{"Payload validation error: 'Additional properties not allowed: unheard_of'."}},
			{"PATCH /tenants/settings", `{"flags":{"phone_consolidated_experience":true}}`, 400, []string{"'Additional properties not allowed: phone_consolidated_experience' on property flags."}},
			{"PATCH /tenants/settings", `{"phone`, 400, []string{"JSON"}},
		},
		"migrations": {
			{"GET /migrations", "", 200, []string{`{"flags":{"legacy_mfa_phone_provider":true,"legacy_passwordless_phone_provider":true}}`}},
			{"PATCH /migrations", `{"flags":{}}`, 403, []string{"Migration flags are written by a Dashboard session"}},
		},
		"provider": {
			{"GET /branding/phone/providers", "", 200, []string{`{"providers":[]}`}},
			{"POST /branding/phone/providers", `{"name":"twilio"}`, 400, []string{`Payload validation error: 'Missing required property: credentials'.`}},
			{"POST /branding/phone/providers", `{"name":"sns","credentials":{}}`, 400, []string{"No enum match for: sns"}},
			{"POST /branding/phone/providers", `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":["text"],"region":"ie1"},"credentials":{}}`, 400, []string{"Additional properties not allowed: region"}},
			{"POST /branding/phone/providers", `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":[]},"credentials":{}}`, 400, []string{"Array is too short"}},
			{"POST /branding/phone/providers", `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":["text"]},"credentials":{"auth_token":"t"}}`, 400, []string{`{"statusCode":400,"error":"Bad Request","message":"Bad Operation on Notification Resource"}`}},
			{"POST /branding/phone/providers", `{"name":"custom","configuration":{"delivery_methods":["text"]},"credentials":{}}`, 409, []string{"deployed_action_not_found"}},
			{"POST /branding/phone/providers", twilioProvider, 201, []string{`"id":"provider-1"`, `"channel":"phone"`, `"tenant":"acme.us.auth0.com"`}},
			{"POST /branding/phone/providers", twilioProvider, 409, []string{"Conflict"}},
			{"GET /branding/phone/providers", "", 200, []string{`"credentials":null`}},
			{"GET /branding/phone/providers?disabled=true", "", 200, []string{`{"providers":[]}`}},
			{"PATCH /branding/phone/providers/provider-1", `{"configuration":{"sid":"AC2","mssid":"MG1","delivery_methods":["text","voice"]}}`, 200, []string{`"configuration":{"sid":"AC2","mssid":"MG1","delivery_methods":["text","voice"]}`}},
			{"PATCH /branding/phone/providers/provider-1", `{}`, 400, []string{"Too few properties"}},
			{"PATCH /branding/phone/providers/provider-1", `{"channel":"phone"}`, 400, []string{"Additional properties not allowed: channel"}},
			{"POST /branding/phone/providers/provider-1/try", `{"to":"+15550100123"}`, 202, []string{`{"code":202,"message":"Test notification successfully sent for processing"}`}},
			{"POST /branding/phone/providers/provider-1/try", `{"to":"nobody"}`, 400, nil},
			{"POST /branding/phone/providers/provider-1/try", `{"to":"+155501001234567890"}`, 400, []string{"String is too long"}},
			{"GET /branding/phone/providers/pro_none", "", 404, []string{`{"statusCode":404,"error":"Not Found","message":"Notification Resource not found"}`}},
			{"DELETE /branding/phone/providers/provider-1", "", 204, nil},
			{"DELETE /branding/phone/providers/provider-1", "", 404, nil},
		},
		"phone templates": {
			{"GET /branding/phone/templates", "", 200, []string{`"type":"otp_verify"`, `"type":"blocked_account"`, `"from":""`}},
			{"POST /branding/phone/templates", `{"content":{}}`, 400, []string{"Missing required property: type"}},
			{"POST /branding/phone/templates", `{"type":"otp_verify","content":{"from":""}}`, 400, []string{"String is too short"}},
			{"POST /branding/phone/templates", `{"type":"otp_verify","content":{"from":"+15550100999","body":{"text":"<b>{{ code }}</b>"}}}`, 201, []string{`"id":"template-1"`, `"syntax":"liquid"`, `<b>{{ code }}</b>`, "I repeat"}},
			{"POST /branding/phone/templates", `{"type":"otp_verify"}`, 409, []string{"already configured"}},
			{"PATCH /branding/phone/templates/template-1", `{"type":"otp_enroll"}`, 400, []string{"Additional properties not allowed: type"}},
			{"PATCH /branding/phone/templates/template-1", `{"content":{"body":{"voice":"say {{ code }}"}}}`, 200, []string{"<b>{{ code }}</b>", "say {{ code }}", "+15550100999"}},
			{"POST /branding/phone/templates/template-1/try", `{"to":"+15550100123","delivery_method":"text"}`, 202, nil},
			{"GET /logs?q=type:fn", "", 200, []string{"the tenant has no phone provider"}},
			{"PATCH /branding/phone/templates/template-1/reset", "", 200, []string{"{{ code | escape }}", "+15550100999"}},
			{"DELETE /branding/phone/templates/template-1", "", 204, nil},
			{"GET /branding/phone/templates/template-1", "", 404, []string{"Notification Resource not found"}},
		},
		"guardian": {
			{"GET /guardian/factors", "", 200, []string{`[{"enabled":false,"name":"sms","trial_expired":false}`, "recovery-code"}},
			{"PUT /guardian/factors/sms", `{"enabled":true}`, 200, []string{`{"enabled":true}`}},
			{"PUT /guardian/factors/sms", `{"enabled":true,"message_types":["sms"]}`, 400, nil},
			{"PUT /guardian/factors/pigeon", `{"enabled":true}`, 400, nil},
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["voice"]}`, 200, nil},
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["sms"]}`, 200, nil},
			{"GET /guardian/factors/phone/message-types", "", 200, []string{`{"message_types":["sms"]}`}},
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["fax"]}`, 400, nil},
			{"GET /guardian/policies", "", 200, []string{"[]"}},
			{"PUT /guardian/policies", `["all-applications"]`, 200, []string{`["all-applications"]`}},
			{"PUT /guardian/policies", `["never"]`, 400, nil},
			{"GET /guardian/factors/sms/selected-provider", "", 200, []string{`{"provider":"auth0"}`}},
			{"PUT /guardian/factors/phone/selected-provider", `{"provider":"twilio"}`, 200, nil},
			{"GET /guardian/factors/sms/selected-provider", "", 200, []string{`{"provider":"twilio"}`}},
			{"GET /guardian/factors/phone/providers/twilio", "", 200, []string{"{}"}},
			{"PUT /guardian/factors/sms/providers/twilio", `{"sid":"foo","auth_token":"bar","from":"1"}`, 200, []string{`"from":"1"`}},
			{"GET /guardian/factors/phone/providers/twilio", "", 200, []string{`"auth_token":"bar"`, `"messaging_service_sid":null`}},
			{"PUT /guardian/factors/phone/providers/twilio", `{"region":"x"}`, 400, nil},
			{"PUT /guardian/factors/phone/templates", `{"enrollment_message":"e"}`, 400, []string{"verification_message"}},
			{"PUT /guardian/factors/phone/templates", `{"enrollment_message":"e","verification_message":"v"}`, 200, nil},
			{"GET /guardian/factors/sms/templates", "", 200, []string{`"enrollment_message":"e"`}},
		},
		"unified": {
			{"POST /branding/phone/providers", twilioProvider, 201, nil},
			{"PATCH /tenants/settings", `{"phone_consolidated_experience":true}`, 200, nil},
			{"GET /guardian/factors/phone/selected-provider", "", 403, []string{"legacy_mfa_phone_provider_not_allowed", "Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings"}},
			{"PUT /guardian/factors/sms/templates", `{"enrollment_message":"e","verification_message":"v"}`, 403, nil},
			{"GET /guardian/factors/phone/providers/twilio", "", 403, nil},
			{"PUT /guardian/factors/sms", `{"enabled":true}`, 200, nil},
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["sms"]}`, 200, nil},
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["sms","voice"]}`, 409, []string{"Message Type is not supported by the configured phone provider"}},
			{"GET /guardian/factors/phone/message-types", "", 200, []string{`["sms"]`}},
		},
		"protection": {
			{"GET /attack-protection/phone-provider-protection", "", 404, nil},
			{"PATCH /attack-protection/phone-provider-protection", `{"type":"linear"}`, 400, nil},
			{"PATCH /attack-protection/phone-provider-protection", `{"type":"exponential"}`, 200, nil},
			{"GET /attack-protection/phone-provider-protection", "", 200, []string{`{"type":"exponential"}`}},
		},
		"connections": {
			{"POST /connections", `{"name":"text me","strategy":"sms","options":{"from":"+1","gateway_authentication":{"secret":"s"}}}`, 201, []string{`"id":"connection-1"`, `"realms":["text me"]`}},
			{"POST /connections", `{"name":"text me","strategy":"sms"}`, 409, nil},
			{"POST /connections", `{"name":"plain","strategy":"sms"}`, 201, []string{`"options":{"brute_force_protection":true}`}},
			{"POST /connections", `{"name":"users","strategy":"auth0","options":{"passwordPolicy":"low"}}`, 201, []string{`"passwordPolicy":"low"`, `"phone_otp":{"enabled":false}`, `"authentication":{"active":true}`}},
			{"DELETE /connections/connection-3", "", 202, nil},
			{"PATCH /connections/connection-1", `{"options":{"totp":{"length":6},"use_phone_provider":true}}`, 200, []string{`"options":{"totp":{"length":6},"use_phone_provider":true}`}},
			{"PATCH /connections/connection-1", `{"name":"other"}`, 400, []string{"Additional properties not allowed: name"}},
			{"GET /connections?strategy=sms&fields=name", "", 200, []string{`[{"is_domain_connection":false,"name":"text me"},`}},
			{"GET /connections?strategy=auth0", "", 200, []string{"[]"}},
			{"GET /connections?strategy[]=sms&take=1", "", 200, []string{`"next":"1"`}},
			{"GET /connections?take=1&from=1", "", 200, []string{`"name":"plain"`}},
			{"GET /connections?per_page=1&page=1&include_totals=true", "", 200, []string{`"limit":1,"start":1,"total":2`}},
			{"GET /connections?per_page=101", "", 400, []string{"greater than maximum 100"}},
			{"GET /connections?per_page=100&page=10", "", 400, []string{"checkpoint"}},
			{"GET /connections/con_none", "", 404, []string{"inexistent_connection"}},
			{"GET /connections/connection-1/clients", "", 200, []string{`{"clients":[]}`}},
			{"PATCH /connections/connection-1/clients", `[{"client_id":"nobody","status":true}]`, 404, nil},
			{"DELETE /connections/connection-1", "", 202, []string{"deleted_at"}},
			{"DELETE /connections/connection-1", "", 204, nil},
		},
		"actions": {
			{"GET /actions/triggers", "", 200, []string{`"id":"custom-phone-provider","version":"v1","status":"CURRENT"`}},
			{"POST /actions/actions", `{"name":"p","supported_triggers":[{"id":"carrier-pigeon"}]}`, 400, nil},
			{"POST /actions/actions", `{"name":"p","supported_triggers":[{"id":"custom-phone-provider"}],"code":"// 1","secrets":[{"name":"K","value":"hush"}]}`, 201, []string{`"status":"pending"`, `"version":"v1"`, `"name":"K"`}},
			{"POST /actions/actions", `{"name":"q","supported_triggers":[{"id":"custom-phone-provider","version":"v1"}]}`, 403, []string{`"message":"custom-phone-provider can only have one supported Action","errorCode":"actions_cardinality_custom_phone_provider_not_allowed"`}},
			{"POST /actions/actions/action-1/deploy", "", 400, []string{"A draft must be in the 'built' state before it can be deployed."}},
			{"PATCH /actions/triggers/custom-phone-provider/bindings", `{"bindings":[{"ref":{"type":"action_id","value":"action-1"}}]}`, 400, []string{"must be deployed"}},
			{"WAIT", "", 0, nil},
			{"GET /actions/actions/action-1", "", 200, []string{`"status":"built"`, `"all_changes_deployed":false`}},
			{"POST /actions/actions/action-1/deploy", "", 200, []string{`"number":1`, `"id":"version-1"`}},
			{"GET /actions/actions?triggerId=custom-phone-provider&deployed=true", "", 200, []string{`"total":1`, `"per_page":50`, `"all_changes_deployed":true`}},
			{"PATCH /actions/triggers/custom-phone-provider/bindings", `{"bindings":[{"ref":{"type":"action_name","value":"p"},"display_name":"P"}]}`, 200, []string{`"id":"binding-1"`}},
			{"PATCH /actions/triggers/custom-phone-provider/bindings", `{"bindings":[{"ref":{"type":"binding_id","value":"binding-1"}}]}`, 200, []string{`"id":"binding-1"`, `"display_name":"P"`}},
			{"PATCH /actions/triggers/send-phone-message/bindings", `{"bindings":[{"ref":{"type":"action_id","value":"action-1"}}]}`, 400, nil},
			{"GET /actions/triggers/custom-phone-provider/bindings", "", 200, []string{`"total":1`, `"trigger_id":"custom-phone-provider"`}},
			{"POST /branding/phone/providers", `{"name":"custom","configuration":{"delivery_methods":["text"]},"credentials":{}}`, 201, nil},
			{"PATCH /actions/actions/action-1", `{"code":"// 2"}`, 200, []string{`"status":"pending"`, `"all_changes_deployed":false`}},
			{"WAIT", "", 0, nil},
			{"POST /actions/actions/action-1/deploy", "", 200, []string{`"number":2`}},
			{"POST /actions/actions/action-1/versions/version-1/deploy", "", 200, []string{`"number":3`, "// 1"}},
			{"GET /actions/actions/action-1", "", 200, []string{`"code":"// 2"`, `"all_changes_deployed":false`}},
			{"GET /actions/actions/action-1/versions", "", 200, []string{`"total":3`}},
			{"GET /actions/actions/action-1/versions/version-1", "", 200, []string{`"deployed":false`}},
			{"DELETE /actions/actions/action-1", "", 400, nil},
			{"DELETE /actions/actions/action-1?force=true", "", 204, nil},
			{"GET /actions/actions/action-1", "", 404, []string{`"message":"That action does not exist."`}},
			{"GET /actions/triggers/custom-phone-provider/bindings", "", 200, []string{`"total":0`}},
		},
		"actions that are made deployed": {
			{"POST /actions/actions", `{"name":"p","supported_triggers":[{"id":"custom-phone-provider"}],"dependencies":[{"name":"d","version":"1","registry_url":"https://r"}],"deploy":true}`, 201, []string{`"registry_url"`, `"status":"PENDING"`, `"all_changes_deployed":true`}},
			{"WAIT", "", 0, nil},
			{"GET /actions/actions/action-1", "", 200, []string{`"dependencies":[{"name":"d","version":"1"}]`, `"status":"BUILT"`, `"build_time"`, `"built_at"`}},
			{"GET /actions/actions/action-1/versions", "", 200, []string{`"status":"built"`}},
		},
		"not emulated": {
			{"GET /users", "", 501, []string{"not emulated"}},
			{"PUT /connections/x", "", 501, []string{"PUT /api/v2/connections/x"}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, "")
			for _, s := range steps {
				if s.what == "WAIT" {
					p.clock.pass(time.Second)
					continue
				}
				p.walk([]step{s})
			}
		})
	}
}

func TestActionSecretsAreNeverShown(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-action"))
	id := p.must("GET /actions/actions", "").field(t, "actions.0.id")
	for _, what := range []string{
		"GET /actions/actions", "GET /actions/actions/" + id, "GET /actions/triggers/send-phone-message/bindings",
		"GET /actions/actions/" + id + "/versions",
	} {
		if r := p.must(what, ""); strings.Contains(r.body, "not-a-real") || !strings.Contains(r.body, "GATEWAY_TOKEN") {
			t.Errorf("%s: %s", what, r.body)
		}
	}
	if !strings.Contains(string(p.State()), "not-a-real") {
		t.Error("the state has lost the secret")
	}
}

// A secret that is sent by name keeps its value, and reaches the Action.
func TestActionSecretsByName(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-action"))
	id := p.must("GET /actions/actions", "").field(t, "actions.0.id")
	p.must("PATCH /actions/actions/"+id, `{"secrets":[{"name":"GATEWAY_TOKEN"},{"name":"NEW","value":"n"}]}`)
	if state := string(p.State()); strings.Count(state, "not-a-real-secret-gateway-token") != 3 || strings.Count(state, `"NEW"`) != 1 {
		t.Errorf("draft, deployed version and its copy: %s", state)
	}
}

func TestClientsOfAConnection(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "passwordless-twilio"))
	const at = "/connections/con_Ur6mXk9TvQ2nLz4P/clients"
	first := p.must("GET "+at+"?take=2", "")
	if next := first.field(t, "next"); next != "2" {
		t.Errorf("next %s", next)
	}
	if last := p.must("GET "+at+"?take=2&from=2", ""); last.field(t, "next") != "null" || last.field(t, "clients.0.client_id") != "Dk5rTv2XmN8zQp7WbLs4Hc9FgYj3Eua6" {
		t.Errorf("last page: %s", last.body)
	}
	p.send("PATCH "+at, `[{"client_id":"Dk5rTv2XmN8zQp7WbLs4Hc9FgYj3Eua6","status":false}]`).want(t, 204)
	if r := p.must("GET "+at, ""); strings.Count(r.body, "client_id") != 2 {
		t.Errorf("after one was switched off: %s", r.body)
	}
	var many []string
	for range 51 {
		many = append(many, `{"client_id":"Dk5rTv2XmN8zQp7WbLs4Hc9FgYj3Eua6","status":true}`)
	}
	p.send("PATCH "+at, "["+strings.Join(many, ",")+"]").want(t, 400, "maximum 50")
	p.send("GET /clients?fields=name&take=2", "").want(t, 200, `{"name":"Rider App (iOS)"}`, `"next":"2"`)
	p.send("GET /clients/nobody", "").want(t, 404, "inexistent_client")
}

func TestPagingOfManyConnections(t *testing.T) {
	t.Parallel()
	var list []string
	for i := range 1200 {
		list = append(list, fmt.Sprintf(`{"id":"con_%d","name":"c%d","strategy":"sms"}`, i, i))
	}
	p := open(t, `{"connections":[`+strings.Join(list, ",")+`]}`)
	seen, from := 0, ""
	for {
		r := p.must("GET /connections?strategy=sms&take=100&fields=id&from="+from, "")
		seen += strings.Count(r.body, `"id"`)
		if from = r.field(t, "next"); from == "null" {
			break
		}
	}
	if seen != 1200 {
		t.Errorf("%d connections by checkpoint, want 1200", seen)
	}
}

func TestOptionsNeedTheirScopes(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "passwordless-twilio"))
	const at = "/connections/con_Ur6mXk9TvQ2nLz4P"
	if r := p.as("read:connections").must("GET "+at, ""); strings.Contains(r.body, `"options"`) {
		t.Errorf("options without the scope: %s", r.body)
	}
	p.as("read:connections", "read:connections_options").send("GET "+at, "").want(t, 200, `"twilio_token":"not-a-real-token-umbrella-000003"`)
	p.as("update:connections").send("PATCH "+at, `{"options":{}}`).want(t, 403, "insufficient_scope", "update:connections_options")
	p.as("update:connections").send("PATCH "+at, `{"display_name":"SMS"}`).want(t, 200)
	if r := p.as("update:connections", "update:connections_options").must("PATCH "+at, `{"options":{"x":1}}`); strings.Contains(r.body, `"options"`) {
		t.Errorf("options in an answer without the read scope: %s", r.body)
	}
}
