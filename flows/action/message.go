package action

import (
	"encoding/json"
	"fmt"
	"slices"
)

// The message types of codes, in the words of phone templates and of the event (auth0-actions, src/custom-phone-provider/v1).
const (
	Verify = "otp_verify"
	Enroll = "otp_enroll"
)

// Message is a code that a flow of a tenant sends through its provider.
type Message struct {
	Flow       string // in words: "MFA", `the connection "sms"`
	Type       string // [Verify] or [Enroll]
	Method     string // the delivery method: "text" or "voice"
	Connection *Connection
}

// Connection is what the event of a message says of the connection. The key is optional: an event without one is as good.
type Connection struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Strategy string `json:"strategy"`
}

const strategySMS = "sms"

// database stands for the connection that a user logged in with before MFA. That the event of MFA names it is not documented, nor
// that it does not, so codes of MFA are tried both ways.
func database(name string) *Connection {
	return &Connection{ID: "con_sample", Name: name, Strategy: "auth0"}
}

// MFAMessages are the codes of MFA by these delivery methods: for a login, and for the enrolment of a phone.
func MFAMessages(methods ...string) []Message {
	var all []Message
	for _, method := range methods {
		for _, kind := range [...]string{Verify, Enroll} {
			for _, connection := range [...]*Connection{nil, database("Username-Password-Authentication")} {
				all = append(all, Message{Flow: "MFA", Type: kind, Method: method, Connection: connection})
			}
		}
	}
	return all
}

// PasswordlessMessage is the code of a Passwordless connection. It goes by SMS always.
func PasswordlessMessage(id, name string) Message {
	return Message{
		Flow: fmt.Sprintf("the connection %q", name), Type: Verify, Method: "text",
		Connection: &Connection{ID: id, Name: name, Strategy: strategySMS},
	}
}

// PhoneIDMessages are the codes of a database connection whose users sign in with a phone number.
func PhoneIDMessages(name string, methods ...string) []Message {
	var all []Message
	for _, method := range methods {
		all = append(all, Message{
			Flow: fmt.Sprintf("Phone as ID of the connection %q", name), Type: Verify, Method: method,
			Connection: database(name),
		})
	}
	return all
}

// TestMessage is what Auth0 sends when a provider is tried: a code of no connection.
func TestMessage() Message {
	return Message{Flow: "Auth0's test message", Type: Verify, Method: "text"}
}

// String names a message: "enrolment codes by SMS of MFA".
func (m Message) String() string {
	kind, way := "login codes", "SMS"
	if m.Type == Enroll {
		kind = "enrolment codes"
	}
	if m.Method == "voice" {
		way = "voice"
	}
	return fmt.Sprintf("%s by %s of %s", kind, way, m.Flow)
}

// sample is the code that stands for all where no flow is named.
func sample() Message { return Message{Flow: "MFA", Type: Verify, Method: "text"} }

// notification is the message as the event has it. What is not a code has none.
func (m Message) notification() map[string]any {
	n := map[string]any{
		"as_text": "123456 is your verification code for Sample", "as_voice": "Your verification code is 1. 2. 3. 4. 5. 6.",
		"delivery_method": m.Method, "message_type": m.Type, "recipient": sampleNumber, "code": "123456", "locale": "en",
	}
	if i := slices.IndexFunc(notices[:], func(n noCode) bool { return n.kind == m.Type }); i >= 0 {
		n["as_text"], n["as_voice"] = notices[i].text, notices[i].text
		delete(n, "code")
	}
	return n
}

// sampleNumber is whom messages of trials go to.
const sampleNumber = "+15005550006"

// event is an event of custom-phone-provider v1 (auth0-actions, src/custom-phone-provider/v1), with a made-up value for every
// secret the code reads.
func (m Message) event(code string) (json.RawMessage, error) {
	fields := m.fields(code)
	event, err := json.Marshal(fields)
	if err != nil {
		return nil, fmt.Errorf("make a sample event: %w", err)
	}
	return event, nil
}

func (m Message) fields(code string) map[string]any {
	secrets := map[string]string{}
	for _, name := range Secrets(code) {
		secrets[name] = "https://gateway.example/made-up"
	}
	fields := map[string]any{
		"client":        map[string]any{"client_id": "sample", "name": "Sample application", "metadata": map[string]any{}},
		"notification":  m.notification(),
		"request":       map[string]any{"ip": "192.0.2.1", "method": "POST", "geoip": map[string]any{}, "user_agent": "upe"},
		"secrets":       secrets,
		"tenant":        map[string]any{"id": "sample", "friendly_name": "Sample"},
		"user":          m.user(),
		"configuration": map[string]any{},
	}
	if m.Connection != nil {
		fields["connection"] = m.Connection
	}
	return fields
}

// user is who gets the message. Only a user who signed up with a number is sure to have one.
func (m Message) user() map[string]any {
	user := map[string]any{
		"user_id": "auth0|sample", "email_verified": true, "app_metadata": map[string]any{}, "user_metadata": map[string]any{},
		"created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z",
	}
	if m.Connection != nil && m.Connection.Strategy == strategySMS {
		user["user_id"], user["phone_number"], user["phone_verified"] = "sms|sample", sampleNumber, true
	}
	return user
}
