package emulator

import (
	"context"
	"slices"
	"time"
)

// The flows that send messages.
const (
	FlowMFA          = "mfa"
	FlowPasswordless = "passwordless"
	FlowIdentifier   = "phone-identifier" // phone number as an identifier of a database connection
)

// Delivery asks for one message, as a user's login would.
type Delivery struct {
	Flow       string `json:"flow"`                 // one of the Flow constants
	Message    string `json:"message"`              // "verify" (also when empty), "enroll", "change_password", "blocked_account", "password_breach"
	Channel    string `json:"channel"`              // "sms" (also when empty) or "voice"
	Connection string `json:"connection,omitempty"` // name or id; passwordless may leave it out when there is one sms connection
	To         string `json:"to"`                   // the number of the user, E.164
	Code       string `json:"code,omitempty"`       // the one-time code; empty for a new one
	Complete   bool   `json:"complete,omitempty"`   // the user enters the code when it arrives, and is logged in: verify only
}

// Result is what became of a delivery.
type Result struct {
	Delivered   bool   `json:"delivered"`
	Via         string `json:"via"`          // one of the Via constants; "" when no route was taken
	Account     string `json:"account"`      // Twilio account SID, or the URL or module that an Action or gateway was reached by
	From        string `json:"from"`         // sender, or SID of the Messaging Service
	MessageType string `json:"message_type"` // in the words of phone templates ("otp_verify"), on every route
	Text        string `json:"text"`         // as it was sent
	Error       string `json:"error"`        // why it was not delivered

	Requests []Outgoing `json:"requests"` // what was sent, with every secret in it, also when it did not get there
}

// The ways a message can travel.
const (
	ViaLegacyTwilio  = "legacy-twilio"
	ViaLegacyAuth0   = "legacy-auth0"   // Auth0's own sender
	ViaLegacyHook    = "legacy-hook"    // bound send-phone-message Actions
	ViaLegacyGateway = "legacy-gateway" // the SMS gateway of a passwordless connection
	ViaTenantTwilio  = "tenant-twilio"
	ViaTenantCustom  = "tenant-custom" // the custom-phone-provider Action
)

// Message is one message on the handset.
type Message struct {
	To      string    `json:"to"`
	From    string    `json:"from"`
	Channel string    `json:"channel"` // "sms" or "voice"
	Text    string    `json:"text"`
	Via     string    `json:"via"`
	At      time.Time `json:"at"`

	Requests []Outgoing `json:"requests"` // what was sent, with every secret in it
	Shown    []Outgoing `json:"-"`        // the same for a screen: without secrets
	Asked    Delivery   `json:"-"`        // what it was sent for, with its code; zero for a try
}

// notificationType is the phone template type of a message.
var notificationType = map[string]string{
	"": "otp_verify", "verify": "otp_verify", "enroll": "otp_enroll", "change_password": "change_password",
	"blocked_account": "blocked_account", "password_breach": "password_breach",
}

// problem says what is not a delivery at all.
func (d Delivery) problem() string {
	switch _, known := notificationType[d.Message]; {
	case !slices.Contains([]string{FlowMFA, FlowPasswordless, FlowIdentifier}, d.Flow):
		return "flow is one of mfa, passwordless, phone-identifier"
	case !known:
		return "message is one of verify, enroll, change_password, blocked_account, password_breach"
	case d.Channel != "" && d.Channel != "sms" && d.Channel != "voice":
		return "channel is sms or voice"
	case onlyDigits(d.To) == "":
		return "to is a phone number"
	case d.Complete && notificationType[d.Message] != "otp_verify":
		return "complete goes with the message verify"
	}
	return ""
}

// letter is a message that has no way yet.
type letter struct {
	flow       string
	test       bool   // a try: it goes by the tenant provider, whatever the flows do
	kind       string // phone template type
	channel    string // "sms" or "voice"
	to, code   string
	connection object
	completed  bool // the user enters the code
	asked      Delivery
	at         time.Time
}

// Deliver sends a message the way the tenant is configured now. It writes what a real tenant would write to its log, and puts
// what was really sent on the handset.
func (t *Tenant) Deliver(ctx context.Context, d Delivery) Result {
	if problem := d.problem(); problem != "" {
		return Result{Error: problem}
	}
	t.mu.Lock()
	s := t.state
	if d.Code == "" {
		d.Code = t.opts.NewID(KindCode)
	}
	t.mu.Unlock()
	return t.send(ctx, s, letter{
		flow: d.Flow, kind: notificationType[d.Message], channel: first(d.Channel, "sms"), to: d.To, code: d.Code,
		connection: s.addressed(d), completed: d.Complete, asked: d, at: t.opts.Now(),
	})
}

// addressed is the connection that a delivery means, or nil.
func (s *state) addressed(d Delivery) object {
	strategy := strategySMS
	if d.Flow == FlowIdentifier {
		strategy = "auth0"
	}
	var fitting []object
	for _, c := range s.Connections {
		named := d.Connection == c.str("id") || d.Connection == c.str("name")
		if named && d.Connection != "" {
			return c
		}
		if c.str("strategy") == strategy && (strategy == strategySMS || phoneIdentifier(c)) {
			fitting = append(fitting, c)
		}
	}
	if d.Connection != "" || d.Flow == FlowMFA || len(fitting) != 1 && d.Flow == FlowPasswordless || len(fitting) == 0 {
		return nil
	}
	return fitting[0]
}

// send takes a letter to the handset, or finds out why it does not get there.
func (t *Tenant) send(ctx context.Context, s state, l letter) Result {
	w := s.way(l)
	result := Result{Via: w.via, Account: w.account, From: w.from, MessageType: l.kind, Error: w.problem, Requests: []Outgoing{}}
	var failures []entry
	if w.problem == "" {
		text, err := s.word(ctx, l, w)
		switch {
		case err != nil:
			result.Error = "the wording does not render: " + err.Error()
		case w.actions == nil:
			result.Delivered, result.Text, result.Requests = true, text, w.requests(l, text)
		default:
			result, failures = runActions(ctx, &s, l, w, text)
		}
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for _, e := range slices.Concat(begun(l, result), failures, outcome(l, result), loggedIn(l, result)) {
		t.write(e)
	}
	if result.Delivered {
		t.handset = append(t.handset, Message{
			To: l.to, From: result.From, Channel: l.channel, Text: result.Text, Via: result.Via, At: l.at,
			Requests: result.Requests, Shown: shown(result.Requests, w.secrets()), Asked: l.asked,
		})
	}
	return result
}

// Handset lists the messages that arrived, newest last.
func (t *Tenant) Handset() []Message {
	t.mu.Lock()
	defer t.mu.Unlock()
	return orEmpty(slices.Clone(t.handset))
}

// outcome is what the tenant log gets. Nothing is logged for a message that no flow would have sent. Which types a tenant
// provider writes is not documented: that it is those of the flow, and fn for a failure, is inferred.
func outcome(l letter, r Result) []entry {
	mfa := map[string]any{
		"authenticator": map[string]string{"id": "sms|dev_emulated", "type": l.channel, "phone_number": l.to},
		"first_factor":  "pwd",
	}
	failed := map[string]string{"errorCode": "provider_error", "message": r.Error}
	tenant := r.Via == ViaTenantTwilio || r.Via == ViaTenantCustom
	switch {
	case r.Via == "" && !l.test, r.Delivered && l.test:
		return nil
	case r.Delivered && l.flow == FlowMFA:
		return []entry{{kind: "gd_send_" + l.channel, description: "Guardian - " + l.channel + " sent", details: mfa}}
	case r.Delivered:
		return []entry{{kind: "cs", description: "Passwordless code sent", connection: l.connection, details: map[string]any{
			"body": map[string]any{"phone_number": l.to, "connection": l.connection.str("name"), "send": "code", "request_language": userLanguage},
		}}}
	case l.flow == FlowMFA && !tenant:
		mfa["failure_details"], mfa["provider_error"] = failed, failed
		return []entry{{kind: "gd_send_" + l.channel + "_failure", description: "Guardian - " + l.channel + " failed", details: mfa}}
	}
	return []entry{{kind: "fn", description: "To: " + l.to, connection: l.connection, details: map[string]any{
		"email_type": l.kind, "notification_type": "phone", "to": l.to, "error": r.Error,
	}}}
}
