package plan

import (
	"encoding/json"
	"fmt"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// connectionSecrets makes sure that writing the options back deletes no secret: one that can be read is carried over, one that
// cannot is asked for. It returns what is entered again, in words: "its Twilio AuthToken".
func (b *builder) connectionSecrets(c judge.SMSState, options map[string]any, base *Base) (entered []string) {
	raw, _ := b.raw.Connection(c.ID)
	o := raw.SMS()
	implied := !o.Gateway() && o.TwilioSID != ""
	switch {
	case Readable(o.TwilioToken):
		base.Secrets = append(base.Secrets, "/options/twilio_token")
	case !implied && o.TwilioToken == "":
	case o.TwilioSID == b.choices.Twilio.SID && b.choices.Provider == tenant.KindTwilio:
		options["twilio_token"] = b.ask(SecretTwilioToken, whyUnreadable(c, "the same AuthToken"))
		entered = append(entered, "Twilio AuthToken")
	default:
		options["twilio_token"] = b.ask(connectionSecret(c.ID, ofTwilio), whyUnreadable(c, "a Twilio AuthToken"))
		entered = append(entered, "Twilio AuthToken")
	}
	switch secret, has := gatewaySecret(raw.Options); {
	case !has:
	case Readable(secret):
		base.Secrets = append(base.Secrets, "/options/gateway_authentication/secret")
	default:
		options["gateway_authentication"] = map[string]any{
			"secret": b.ask(connectionSecret(c.ID, ofGateway), whyUnreadable(c, "a gateway secret")),
		}
		entered = append(entered, "gateway secret")
	}
	return entered
}

// The secrets that an sms connection may hold.
const (
	ofTwilio  = ".twilio_token"
	ofGateway = ".gateway_secret"
)

// connectionSecret is the name of a connection's own secret among those of a plan.
func connectionSecret(id, which string) string { return "connections." + id + which }

// SecretShown is a connection's own secret, by its name among those of a plan, as the tenant shows it; "" where it does not. A plan that was
// made from a bundle asks for it, because a bundle holds none.
func SecretShown(s tenant.Snapshot, name string) string {
	for _, c := range s.SMSConnections() {
		var secret string
		switch name {
		case connectionSecret(c.ID, ofTwilio):
			secret = c.SMS().TwilioToken
		case connectionSecret(c.ID, ofGateway):
			secret, _ = gatewaySecret(c.Options)
		}
		if Readable(secret) {
			return secret
		}
	}
	return ""
}

func whyUnreadable(c judge.SMSState, what string) string {
	return fmt.Sprintf("the connection %q holds %s, which cannot be read, and writing the connection would delete it", c.Name, what)
}

// gatewaySecret is the key with which an sms connection signs what it sends to its gateway, if it signs.
func gatewaySecret(options json.RawMessage) (secret string, has bool) {
	document, err := Decode(options)
	if err != nil {
		return "", false
	}
	authentication, _ := At(document, "/gateway_authentication")
	fields, ok := authentication.(map[string]any)
	if !ok || len(fields) == 0 {
		return "", false
	}
	// A secret that is no text cannot be written back either.
	secret, _ = fields["secret"].(string)
	return secret, true
}

// value is a value of the redacted snapshot for a body, nil for none.
func (b *builder) value(path, pointer string) any {
	value, err := Decode(b.part(path, pointer))
	if err != nil {
		return nil
	}
	return value
}
