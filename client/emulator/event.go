package emulator

import (
	"slices"
	"strings"
	"time"
)

// The user who logs in when a message is delivered. The address is one of those set apart for documentation.
const (
	userID       = "auth0|64f0a1b2c3d4e5f601234567"
	userName     = "Alex Example"
	userEmail    = "alex@example.com"
	userIP       = "203.0.113.7"
	userAgent    = "Mobile Safari 17.4 / iOS 17.4"
	userLanguage = "en"
)

// tenantName is the tenant's name in events: the domain's first label.
func (s *state) tenantName() string {
	name, _, _ := strings.Cut(s.Domain, ".")
	return name
}

// application is the one the user logs in to: the first that the connection has, or that the tenant has.
func (s *state) application(l letter) object {
	enabled := s.ConnectionClients[l.connection.str("id")]
	for _, c := range s.Clients {
		if len(enabled) == 0 || slices.Contains(enabled, c.str("client_id")) {
			return c
		}
	}
	return object{}
}

// phoneEvent is the event of custom-phone-provider v1 (types of auth0/auth0-actions).
func (s *state) phoneEvent(l letter, a object, w way, text string) map[string]any {
	method, asText, asVoice := "text", text, ""
	if l.channel == "voice" {
		method, asText, asVoice = "voice", "", text
	}
	notification := map[string]any{
		"recipient": l.to, "message_type": l.kind, "delivery_method": method, "as_text": asText, "as_voice": asVoice, "locale": userLanguage,
	}
	if l.kind != "blocked_account" && l.kind != "password_breach" {
		notification["code"] = l.code
	}
	if w.from != "" {
		notification["from"] = w.from
	}
	event := s.commonEvent(l, a)
	event["notification"] = notification
	event["tenant"] = map[string]any{
		"id": s.tenantName(), "friendly_name": s.friendlyName(), "support_email": s.Settings.str("support_email"),
		"support_url": s.Settings.str("support_url"),
	}
	if l.connection != nil {
		event["connection"] = map[string]any{
			"id": l.connection.str("id"), "name": l.connection.str("name"), "strategy": l.connection.str("strategy"),
		}
	}
	return event
}

// legacyAction says what a message is for in the words of send-phone-message.
var legacyAction = map[string]string{"otp_verify": "second-factor-authentication", "otp_enroll": "enrollment"}

// hookEvent is the event of send-phone-message v2; v1 has the message flat at the top.
func (s *state) hookEvent(l letter, a object, text string) map[string]any {
	message := map[string]any{
		"action": legacyAction[l.kind], "code": l.said(), "message_type": l.channel, "recipient": l.to, "text": text,
	}
	event := s.commonEvent(l, a)
	event["tenant"] = map[string]any{"id": s.tenantName()}
	event["security_context"] = map[string]any{"ja3": "", "ja4": ""}
	if a.objects("supported_triggers")[0].str("version") != "v1" {
		event["message_options"] = message
		return event
	}
	message["language"], message["ip"], message["user_agent"] = userLanguage, userIP, userAgent
	for key, value := range message {
		event[key] = value
	}
	return event
}

// commonEvent is what both triggers show.
func (s *state) commonEvent(l letter, a object) map[string]any {
	app, secrets := s.application(l), map[string]string{}
	for _, secret := range a.obj("deployed_version").objects("secrets") {
		secrets[secret.str("name")] = secret.str("value")
	}
	metadata := app.obj("client_metadata")
	if metadata == nil {
		metadata = object{}
	}
	return map[string]any{
		"client": map[string]any{"client_id": app.str("client_id"), "name": app.str("name"), "metadata": metadata},
		"request": map[string]any{
			"ip": userIP, "method": "POST", "hostname": s.Domain, "language": userLanguage, "user_agent": userAgent,
			"geoip": map[string]any{"cityName": "Lisbon", "countryCode": "PT", "countryName": "Portugal"},
		},
		"transaction": map[string]any{},
		"user": map[string]any{
			"user_id": userID, "name": userName, "nickname": "alex", "email": userEmail, "email_verified": true, "phone_number": l.to,
			"phone_verified": true, "app_metadata": map[string]any{}, "user_metadata": map[string]any{}, "identities": []any{},
			"created_at": l.at.Add(-24 * time.Hour).UTC().Format(time.RFC3339), "updated_at": l.at.UTC().Format(time.RFC3339),
		},
		"secrets": secrets, "configuration": map[string]any{},
	}
}
