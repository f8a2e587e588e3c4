package proof

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// object is JSON being put together.
type object = map[string]any

// Event is the event of custom-phone-provider v1 (types of auth0/auth0-actions).
func (c Case) Event() (json.RawMessage, error) {
	notification := object{
		"recipient": c.To, "message_type": c.Type, "delivery_method": c.Method, "locale": sampleLocale,
		"as_text": sampleText, "as_voice": sampleVoice, "code": sampleCode,
	}
	if text, ok := noticeTexts[c.Type]; ok {
		notification["as_text"], notification["as_voice"] = text, text
		delete(notification, "code")
	}
	event := c.common()
	event["notification"] = notification
	event["tenant"] = object{"id": "sample", "friendly_name": "Sample", "support_email": "help@sample.example"}
	if c.Connection != nil {
		event["connection"] = c.Connection
	}
	return encode(event)
}

// legacyAction and legacyMethod are the values of the old events, by those of the new.
var (
	legacyAction = map[string]string{"otp_verify": "second-factor-authentication", "otp_enroll": "enrollment"}
	legacyMethod = map[string]string{"text": "sms", "voice": "voice"}
)

// legacy is the event of send-phone-message v2.
func (c Case) legacy() (json.RawMessage, error) {
	event := c.common()
	event["message_options"] = object{
		"action": legacyAction[c.Type], "code": sampleCode, "message_type": legacyMethod[c.Method], "recipient": c.To, "text": c.Text(),
	}
	event["tenant"] = object{"id": "sample"}
	event["configuration"] = c.settled.secrets
	if c.settled.decided["security_context"] == "" {
		event["security_context"] = object{"ja3": "c13a3e168d43e62e0ad96fae6347e2e4", "ja4": "t13d1516h2_8daaf6152771_02713d6af862"}
	}
	return encode(event)
}

// flat is the event of send-phone-message v1, and its context.
func (c Case) flat() (event, context json.RawMessage, err error) {
	common := c.common()
	fields := object{
		"action": legacyAction[c.Type], "code": sampleCode, "message_type": legacyMethod[c.Method], "recipient": c.To, "text": c.Text(),
		"language": c.language(), "ip": sampleIP, "user_agent": sampleAgent, "client": c.client("client_metadata"), "user": common["user"],
		"secrets": c.settled.secrets,
	}
	if event, err = encode(fields); err != nil {
		return nil, nil, err
	}
	context, err = encode(object{"secrets": c.settled.secrets})
	return event, context, err
}

// hook is what a Hook gets: recipient and text, and its context.
func (c Case) hook() (event, context json.RawMessage, err error) {
	if event, err = encode(object{"recipient": c.To, "text": c.Text()}); err != nil {
		return nil, nil, err
	}
	context, err = encode(object{
		"message_type": legacyMethod[c.Method], "action": legacyAction[c.Type], "language": c.language(), "code": sampleCode,
		"ip": sampleIP, "user_agent": sampleAgent, "client": c.client("client_metadata"), "user": c.common()["user"],
		"webtask": object{"secrets": c.settled.secrets},
	})
	return event, context, err
}

// language is what the older shapes call so. The new event has two fields for it.
func (c Case) language() string {
	if c.settled.decided["language"] == "request" {
		return sampleLanguage
	}
	return sampleLocale
}

// client is the application, whose metadata the older shapes have under another name. It may have none, but it is always there in the new
// event.
func (c Case) client(metadata string) object {
	client := object{"client_id": "sampleClient", "name": "Sample application", metadata: object{"app": "sample-app"}}
	if c.bare {
		client[metadata] = object{}
	}
	return client
}

// common is what the events of both triggers have alike.
func (c Case) common() object {
	user := object{
		"user_id": "auth0|64f0a1b2c3d4e5f601234567", "name": "Alex Example", "nickname": "alex", "email": "alex@sample.example",
		"email_verified": true, "phone_number": c.To, "phone_verified": true, "username": "alex", "given_name": "Alex",
		"family_name": "Example", "picture": "https://sample.example/alex.png", "app_metadata": object{"plan": "sample"},
		"user_metadata": object{"lang": "de"}, "created_at": "2025-06-01T08:00:00.000Z", "updated_at": "2026-01-01T11:00:00.000Z",
		"multifactor": []string{"guardian"}, "identities": []object{{
			"connection": "Username-Password-Authentication", "provider": "auth0", "user_id": "64f0a1b2c3d4e5f601234567", "isSocial": false,
		}},
	}
	event := object{
		"client":        c.client("metadata"),
		"custom_domain": object{"domain": "login.sample.example", "domain_metadata": object{"region": "eu"}},
		"request": object{
			"ip": sampleIP, "method": "POST", "hostname": "sample.eu.auth0.com", "language": sampleLanguage, "user_agent": sampleAgent,
			"geoip": object{
				"cityName": "Lisbon", "continentCode": "EU", "countryCode": "PT", "countryCode3": "PRT", "countryName": "Portugal",
				"latitude": 38.72, "longitude": -9.14, "subdivisionCode": "11", "subdivisionName": "Lisbon", "timeZone": "Europe/Lisbon",
			},
		},
		"secrets": maps.Clone(c.settled.secrets), "configuration": object{}, "transaction": object{"correlation_id": "sample-correlation"},
		"user": user,
	}
	if c.bare {
		bare(event, user)
	}
	return event
}

// bare takes out of an event what may be missing (types of auth0-actions).
func bare(event, user object) {
	delete(event, "custom_domain")
	delete(event, "transaction")
	event["request"] = object{"ip": sampleIP, "method": "POST", "geoip": object{}}
	maps.DeleteFunc(user, func(field string, _ any) bool {
		return !slices.Contains([]string{"user_id", "created_at", "updated_at", "email_verified"}, field)
	})
	user["app_metadata"], user["user_metadata"] = object{}, object{}
}

func encode(o object) (json.RawMessage, error) {
	out, err := json.Marshal(o)
	if err != nil {
		return nil, fmt.Errorf("make an event: %w", err)
	}
	return out, nil
}
