package proof

import (
	"context"
	"encoding/base64"
	"net/url"

	"upe/flows/generate"
	"upe/flows/js"
)

// Twilio is the request that Auth0 itself makes to Twilio's REST API to send a text message: to, text and sender, for the account.
// How it has Twilio call is not documented, so of calls only the account, the numbers and that there is one are compared.
func Twilio(t generate.Twilio) Old { return twilio{t} }

type twilio struct{ generate.Twilio }

// errTwilio is what happens when Twilio does not take a message.
var errTwilio = &js.Error{Kind: js.ErrThrown, Class: "provider_error", Message: "the tenant log has the reason, and the user is told to try again"}

// Run makes the request on paper.
func (t twilio) Run(_ context.Context, c Case) (js.Result, error) {
	resource, form := "Messages.json", url.Values{"To": {c.To}}
	switch {
	case c.Method == "voice":
		resource = "Calls.json"
		form.Set("From", t.From)
	case t.MessagingServiceSID != "":
		form.Set("MessagingServiceSid", t.MessagingServiceSID)
	default:
		form.Set("From", t.From)
	}
	if c.Method != "voice" {
		form.Set("Body", c.Text())
	}
	login := base64.StdEncoding.EncodeToString([]byte(t.SID + ":" + c.Secret(t.secretName())))
	call := js.Call{
		Kind: js.Request, Path: "Auth0", Method: "POST", Body: form.Encode(),
		URL:     "https://api.twilio.com/2010-04-01/Accounts/" + url.PathEscape(t.SID) + "/" + resource,
		Headers: map[string]string{"content-type": "application/x-www-form-urlencoded", "authorization": "Basic " + login},
	}
	return sent(c, call, 299, gatewayPatience, errTwilio), nil
}

func (t twilio) secretName() string {
	if t.Secret == "" {
		return "TWILIO_AUTH_TOKEN"
	}
	return t.Secret
}

func (t twilio) secrets() []string { return []string{t.secretName()} }
func (t twilio) numbers() []string { return nil }
func (t twilio) methods() []string { return codeMethods }
func (t twilio) types() []string   { return codeTypes }
func (t twilio) unknown() []string {
	return []string{
		"what a call says: how Auth0 has Twilio speak is not documented",
		"what else Auth0 sends to Twilio beside recipient, text and sender",
	}
}
