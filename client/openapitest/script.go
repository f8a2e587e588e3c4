package openapitest

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// Step is one request of [Script].
type Step struct {
	Op   string // "METHOD /path", with {id} where ID goes
	ID   string // of the resource; $name is what an earlier step kept
	Body string // JSON; $name as in ID
	Keep string // "name /pointer": what to keep of the answer
}

// Script is a talk with a tenant that has one sms connection and one application at least, in which every operation that the
// emulator knows, so every one that upe sends, succeeds once.
func Script() []Step {
	return []Step{
		{Op: "GET /tenants/settings"},
		{Op: "GET /migrations"},
		{Op: "PATCH /attack-protection/phone-provider-protection", Body: `{"type":"exponential"}`},
		{Op: "GET /attack-protection/phone-provider-protection"},
		{Op: "GET /logs", Keep: "log /0/log_id"},
		{Op: "GET /logs/{id}", ID: "$log"},
		{Op: "GET /clients", Keep: "client /0/client_id"},
		{Op: "GET /clients/{id}", ID: "$client"},
		{Op: "GET /connections", Keep: "connection /0/id"},
		{Op: "GET /connections/{id}", ID: "$connection"},
		{Op: "PATCH /connections/{id}", ID: "$connection", Body: `{"options":{"name":"sms","from":"+15005550006","template":"{{ code }}",` +
			`"totp":{"length":6,"time_step":180},"use_phone_provider":true}}`},
		{Op: "GET /connections/{id}/clients", ID: "$connection"},
		{Op: "PATCH /connections/{id}/clients", ID: "$connection", Body: `[{"client_id":"$client","status":false}]`},
		{Op: "POST /connections", Body: `{"name":"second","strategy":"sms","options":{"provider":"sms_gateway",` +
			`"gateway_url":"https://sms.example/send","from":"ACME","template":"@@password@@","syntax":"md_with_macros"}}`, Keep: "second /id"},
		{Op: "DELETE /connections/{id}", ID: "$second"},

		{Op: "GET /actions/triggers"},
		{Op: "POST /actions/actions", Body: `{"name":"Phone","supported_triggers":[{"id":"custom-phone-provider","version":"v1"}],` +
			`"code":"exports.onExecuteCustomPhoneProvider = async () => {};","runtime":"node22","dependencies":[{"name":"axios","version":"1.7.2"}],` +
			`"secrets":[{"name":"TOKEN","value":"not-a-real-token"}]}`, Keep: "action /id"},
		{Op: "GET /actions/actions"},
		{Op: "GET /actions/actions/{id}", ID: "$action"},
		{Op: "PATCH /actions/actions/{id}", ID: "$action", Body: `{"runtime":"node22"}`},
		{Op: "POST /actions/actions/{id}/deploy", ID: "$action"},
		{Op: "GET /actions/actions/{id}/versions", ID: "$action", Keep: "version /versions/0/id"},
		{Op: "GET /actions/actions/$action/versions/{id}", ID: "$version"},
		{Op: "POST /actions/actions/$action/versions/{id}/deploy", ID: "$version"},
		{Op: "PATCH /actions/triggers/{id}/bindings", ID: "custom-phone-provider", Body: `{"bindings":[{"ref":{"type":"action_id","value":"$action"},` +
			`"display_name":"Phone"}]}`},
		{Op: "GET /actions/triggers/{id}/bindings", ID: "custom-phone-provider"},
		{Op: "GET /actions/actions/{id}", ID: "$action"},
		{Op: "PATCH /actions/actions/{id}", ID: "$action", Body: `{"code":"exports.onExecuteCustomPhoneProvider = async () => {}; //"}`},
		{Op: "POST /actions/actions", Body: `{"name":"Login","supported_triggers":[{"id":"post-login","version":"v3"}],"code":"","deploy":true}`},

		{Op: "POST /branding/phone/providers", Body: `{"name":"twilio","disabled":false,"configuration":{"sid":"AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7",` +
			`"delivery_methods":["text","voice"],"default_from":"+15005550006"},"credentials":{"auth_token":"not-a-real-token"}}`, Keep: "provider /id"},
		{Op: "GET /branding/phone/providers"},
		{Op: "GET /branding/phone/providers/{id}", ID: "$provider"},
		{Op: "PATCH /branding/phone/providers/{id}", ID: "$provider", Body: `{"disabled":false}`},
		{Op: "POST /branding/phone/providers/{id}/try", ID: "$provider", Body: `{"to":"+15005550009","delivery_method":"text"}`},

		{Op: "GET /branding/phone/templates"},
		{Op: "POST /branding/phone/templates", Body: `{"type":"otp_verify","disabled":false,"content":{"syntax":"liquid","from":"ACME",` +
			`"body":{"text":"{{ code }}","voice":"{{ code }}"}}}`, Keep: "template /id"},
		{Op: "GET /branding/phone/templates/{id}", ID: "$template"},
		{Op: "PATCH /branding/phone/templates/{id}", ID: "$template", Body: `{"content":{"body":{"text":"{{ code }}!","voice":"{{ code }}"}}}`},
		{Op: "POST /branding/phone/templates/{id}/try", ID: "$template", Body: `{"to":"+15005550009","delivery_method":"text"}`},
		{Op: "PATCH /branding/phone/templates/{id}/reset", ID: "$template"},
		{Op: "DELETE /branding/phone/templates/{id}", ID: "$template"},

		{Op: "GET /guardian/factors"},
		{Op: "PUT /guardian/factors/sms", Body: `{"enabled":true}`},
		{Op: "GET /guardian/factors/phone/message-types"},
		{Op: "PUT /guardian/factors/phone/message-types", Body: `{"message_types":["sms","voice"]}`},
		{Op: "GET /guardian/factors/phone/selected-provider"},
		{Op: "PUT /guardian/factors/phone/selected-provider", Body: `{"provider":"twilio"}`},
		{Op: "GET /guardian/factors/phone/providers/twilio"},
		{Op: "PUT /guardian/factors/phone/providers/twilio", Body: twilio},
		{Op: "GET /guardian/factors/phone/templates"},
		{Op: "PUT /guardian/factors/phone/templates", Body: wording},
		{Op: "GET /guardian/factors/phone/templates"},
		{Op: "GET /guardian/factors/sms/selected-provider"},
		{Op: "PUT /guardian/factors/sms/selected-provider", Body: `{"provider":"twilio"}`},
		{Op: "GET /guardian/factors/sms/providers/twilio"},
		{Op: "PUT /guardian/factors/sms/providers/twilio", Body: twilio},
		{Op: "GET /guardian/factors/sms/templates"},
		{Op: "PUT /guardian/factors/sms/templates", Body: wording},
		{Op: "GET /guardian/policies"},
		{Op: "PUT /guardian/policies", Body: `["all-applications"]`},

		{Op: "PATCH /actions/triggers/{id}/bindings", ID: "custom-phone-provider", Body: `{"bindings":[]}`},
		{Op: "DELETE /branding/phone/providers/{id}", ID: "$provider"},
		{Op: "DELETE /actions/actions/{id}", ID: "$action"},
		{Op: "GET /logs"}, // of the messages sent above
		{Op: "GET /logs?q=type%3Afn"},
		{Op: "PATCH /tenants/settings", Body: `{"phone_consolidated_experience":true}`},
	}
}

const (
	twilio  = `{"sid":"AC1","auth_token":"not-a-real-token","from":"+15005550006","messaging_service_sid":null}`
	wording = `{"enrollment_message":"{{code}}","verification_message":"{{code}}"}`
)

// Kept is what the steps so far kept.
type Kept map[string]string

// Fill puts what was kept into a step.
func (k Kept) Fill(s Step) Step {
	for name, value := range k {
		for _, text := range []*string{&s.Op, &s.ID, &s.Body} {
			*text = strings.ReplaceAll(*text, "$"+name, value)
		}
	}
	return s
}

// Keep takes what s asks for out of its answer.
func (k Kept) Keep(s Step, answer []byte) error {
	name, pointer, asked := strings.Cut(s.Keep, " ")
	if !asked {
		return nil
	}
	var at any
	if err := json.Unmarshal(answer, &at); err != nil {
		return fmt.Errorf("%s: %w", s.Op, err)
	}
	for _, key := range strings.Split(pointer, "/")[1:] {
		at = child(at, key)
	}
	value, found := at.(string)
	if !found {
		return fmt.Errorf("%s: nothing at %s of %s", s.Op, pointer, answer)
	}
	k[name] = value
	return nil
}

func child(of any, key string) any {
	switch v := of.(type) {
	case map[string]any:
		return v[key]
	case []any:
		if i, err := strconv.Atoi(key); err == nil && i < len(v) {
			return v[i]
		}
	}
	return nil
}
