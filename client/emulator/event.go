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

// phoneEvent is the event of custom-phone-provider v1 (types of auth0/auth0-actions). It has the message in both wordings, whichever
// way it is to go.
func (s *state) phoneEvent(l letter, a object, w way, said wordings) map[string]any {
	notification := map[string]any{
		"recipient": l.to, "message_type": l.kind, "delivery_method": map[string]string{"sms": "text", "voice": "voice"}[l.channel],
		"as_text": said.text, "as_voice": said.voice, "locale": userLanguage,
	}
	if l.kind != "blocked_account" && l.kind != "password_breach" {
		notification["code"] = l.code
	}
	if w.from != "" {
		notification["from"] = w.from
	}
	event := s.commonEvent(l, a)
	event["notification"], event["tenant"] = notification, s.tenantEvent()
	if l.connection != nil {
		event["connection"] = map[string]any{
			"id": l.connection.str("id"), "name": l.connection.str("name"), "strategy": l.connection.str("strategy"),
		}
	}
	return event
}

// tenantEvent has of a tenant's settings those that are set.
func (s *state) tenantEvent() map[string]string {
	event := map[string]string{"id": s.tenantName(), "friendly_name": s.friendlyName()}
	for key, setting := range map[string]string{
		"home_url": "default_redirection_uri", "logo_url": "picture_url", "support_email": "support_email", "support_url": "support_url",
	} {
		if value := s.Settings.str(setting); value != "" {
			event[key] = value
		}
	}
	return event
}

// commonEvent is what both triggers show.
func (s *state) commonEvent(l letter, a object) map[string]any {
	app := s.application(l)
	return map[string]any{
		"client": map[string]any{"client_id": app.str("client_id"), "name": app.str("name"), "metadata": app.metadata()},
		"request": map[string]any{
			"ip": userIP, "method": "POST", "hostname": s.Domain, "language": userLanguage, "user_agent": userAgent,
			"geoip": map[string]any{
				"cityName": "Lisbon", "continentCode": "EU", "countryCode": "PT", "countryCode3": "PRT", "countryName": "Portugal",
				"latitude": 38.72, "longitude": -9.14, "timeZone": "Europe/Lisbon",
			},
		},
		"transaction": map[string]any{}, "user": userEvent(l), "secrets": secretsOf(a), "configuration": map[string]any{},
	}
}

func userEvent(l letter) map[string]any {
	return map[string]any{
		"user_id": userID, "name": userName, "nickname": "alex", "email": userEmail, "email_verified": true, "phone_number": l.to,
		"phone_verified": true, "app_metadata": map[string]any{}, "user_metadata": map[string]any{}, "identities": []any{},
		"created_at": l.at.Add(-24 * time.Hour).UTC().Format(time.RFC3339), "updated_at": l.at.UTC().Format(time.RFC3339),
	}
}

// secretsOf are the secrets of an Action by name, as its deployed version has them.
func secretsOf(a object) map[string]string {
	secrets := map[string]string{}
	for _, secret := range a.obj("deployed_version").objects("secrets") {
		secrets[secret.str("name")] = secret.str("value")
	}
	return secrets
}

// metadata of an application; never absent.
func (o object) metadata() object {
	if metadata := o.obj("client_metadata"); metadata != nil {
		return metadata
	}
	return object{}
}
