package emulator_test

import (
	"strings"
	"testing"
)

// What is special about a tenant of the demo shows in the answers of the API, as the fact sheet has it.
func TestSpecialTenants(t *testing.T) {
	t.Parallel()
	const (
		action   = `{"name":"One more","supported_triggers":[{"id":"custom-phone-provider"}]}`
		login    = `{"name":"One more","supported_triggers":[{"id":"post-login"}]}`
		phone    = "GET /actions/actions?triggerId=custom-phone-provider"
		refusal  = `"message":"custom-phone-provider can only have one supported Action","errorCode":"actions_cardinality_custom_phone_provider_not_allowed"`
		unified  = `"errorCode":"legacy_mfa_phone_provider_not_allowed"`
		settings = "GET /tenants/settings?fields=phone_consolidated_experience"
	)
	for name, steps := range map[string][]step{
		"forced-unified": {
			{settings, "", 200, []string{"{}"}},
			{"GET /guardian/factors/phone/selected-provider", "", 403, []string{unified}},
			{"GET /guardian/factors/sms/providers/twilio", "", 403, []string{unified}},
			{"PUT /guardian/factors/phone/templates", "{}", 403, []string{unified}},
			{"GET /guardian/factors/phone/message-types", "", 200, nil},
			{"GET /branding/phone/providers?disabled=false", "", 200, []string{`"name":"twilio"`}},
		},
		"custom-action-undeployed": {
			{phone, "", 200, []string{`"all_changes_deployed":false`, `"deployed_version":{`, `"status":"built"`}},
			{"POST /actions/actions", action, 403, []string{refusal}},
		},
		"custom-action-stub":     {{"POST /actions/actions", action, 403, []string{refusal}}},
		"custom-actions-several": {{phone, "", 200, []string{`"total":2`}}, {"POST /actions/actions", action, 403, []string{refusal}}},
		"actions-at-limit": {
			{"GET /actions/actions?per_page=1", "", 200, []string{`"total":100`}},
			{"POST /actions/actions", login, 403, []string{`"errorCode":"too_many_entities"`}},
		},
		"many": {
			{"GET /connections?per_page=1&include_totals=true", "", 200, []string{`"total":120`}},
			{"GET /connections?strategy=sms&fields=id&take=100", "", 200, []string{`"id"`}},
			{"POST /actions/actions", login, 201, nil}, // its limit was raised
		},
		"voice-not-allowed": {
			{"PUT /guardian/factors/phone/message-types", `{"message_types":["sms","voice"]}`, 403, []string{`"errorCode":"voice_mfa_not_allowed"`}},
		},
		"token-without-options":       {{"GET /connections", "", 200, []string{`"strategy"`}}, {"PATCH /connections/con_x", "{}", 404, nil}},
		"token-without-logs":          {{"GET /logs", "", 403, []string{"read:logs,read:logs_users"}}},
		"token-read-only":             {{"PATCH /tenants/settings", "{}", 403, []string{"update:tenant_settings"}}, {settings, "", 200, nil}},
		"provider-disabled":           {{"GET /branding/phone/providers?disabled=true", "", 200, []string{`"disabled":true`}}},
		"phone-id":                    {{"GET /connections?strategy=auth0", "", 200, []string{`"phone_number":{"identifier":{"active":true`}}},
		"passwordless-gateway-string": {{"GET /connections?strategy=sms", "", 200, []string{`"forward_req_info":"true"`}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			open(t, scenario(t, name)).walk(steps)
		})
	}
}

// A token without the scope for options sees none; secrets that a tenant does not show are nowhere.
func TestWhatIsNotShown(t *testing.T) {
	t.Parallel()
	for name, hidden := range map[string]string{
		"token-without-options": `"options"`,
		"secrets-absent":        "not-a-real",
		"secrets-masked":        "not-a-real",
	} {
		p := open(t, scenario(t, name))
		for _, what := range []string{"GET /connections", "GET /guardian/factors/phone/providers/twilio"} {
			if r := p.must(what, ""); strings.Contains(r.body, hidden) {
				t.Errorf("%s of %s shows %s: %s", what, name, hidden, r.body)
			}
		}
	}
}

// Names of any length and with any characters come through as they are.
func TestHostileNames(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "hostile"))
	longest := 0
	for _, what := range []string{"GET /tenants/settings", "GET /connections", "GET /clients", "GET /actions/actions"} {
		body := p.must(what, "").body
		if !strings.Contains(body, `\u001b`) {
			t.Errorf("%s has no escape sequence: %.200s", what, body)
		}
		for _, word := range strings.Split(body, `"`) {
			longest = max(longest, len([]rune(word)))
		}
	}
	if longest < 300 {
		t.Errorf("the longest name has %d characters", longest)
	}
}
