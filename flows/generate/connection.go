package generate

import (
	"encoding/json"
	"fmt"
	"net/url"

	"upe/flows/tenant"
)

// GatewayOf reads what the options of an sms connection say about its gateway, and what to know before an Action takes over. The
// secret itself is not in the result.
func GatewayOf(c tenant.Connection) (Gateway, []Remark) {
	var raw struct {
		From json.RawMessage `json:"from"`
		Auth struct {
			Base64 json.RawMessage `json:"secret_base64_encoded"`
		} `json:"gateway_authentication"`
	}
	_ = json.Unmarshal(c.Options, &raw) // a field of another type leaves the rest readable
	o := c.SMS()
	g := Gateway{
		ConnectionID: c.ID, Connection: c.Name, URL: o.GatewayURL, From: o.From, NoFrom: !isString(raw.From), ForwardInfo: yes(o.ForwardRequest),
	}
	if a := o.GatewayAuth; a != nil && *a != (tenant.GatewayAuthentication{}) {
		g.Auth = &GatewayAuth{Method: a.Method, Subject: a.Subject, Audience: a.Audience, Base64: yes(raw.Auth.Base64)}
	}
	remarks := append(g.remarks(), always...)
	return g, append(remarks, oddities(o, raw.Auth.Base64)...)
}

// TwilioOf reads the Twilio account of an sms connection.
func TwilioOf(c tenant.Connection) Twilio {
	o := c.SMS()
	return Twilio{SID: o.TwilioSID, From: o.From, MessagingServiceSID: o.MessagingServiceSID}
}

// TwilioOfMFA is MFA's own Twilio account.
func TwilioOfMFA(t tenant.Twilio) Twilio {
	return Twilio{SID: t.SID, From: t.From, MessagingServiceSID: t.MessagingServiceSID}
}

// yes is a boolean option. Auth0's own sample of forward_req_info has the string "true".
func yes(raw json.RawMessage) bool { return string(raw) == "true" || string(raw) == `"true"` }

// odd reports whether an option is neither there nor not there.
func odd(raw json.RawMessage) bool {
	switch string(raw) {
	case "", "null", "true", "false", `"true"`:
		return false
	}
	return true
}

func isString(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] == '"' }

// always holds for every gateway. The request and the limits are documented in "Set Up Custom SMS Gateway for Passwordless
// Connections", the limit of an Action in "Actions Limitations".
var always = []Remark{
	{"gateway-time-limit", Note, "Auth0 waited 30 seconds for the gateway. An Action is ended after 20, so that this one gives up after 18: " +
		"a gateway that takes longer now fails."},
	{"gateway-allow-list", Warning, "If the gateway, or a firewall before it, admits known addresses only, see that it admits those that " +
		"Actions call from: Auth0 lists them per region in \"Auth0 IP Addresses for Allow Lists\", and does not say that gateways were " +
		"always called from the same ones."},
	{"gateway-success", Note, "Auth0 took 200 alone for success and failed the login otherwise. The Action takes every answer from 200 to " +
		"299 as success, and the user never sees that it failed."},
	{"gateway-headers", Note, "Only the Authorization header is documented. The Action sends it and a content type; a gateway that " +
		"relies on other headers of Auth0's request, such as its user agent, would miss them."},
}

// remarks are what the settings themselves give reason to say.
func (g Gateway) remarks() []Remark {
	var all []Remark
	add := func(id string, severity Severity, text string) { all = append(all, Remark{id, severity, text}) }
	u, err := url.Parse(g.URL)
	switch {
	case g.URL == "":
		add("gateway-without-address", Stop, "The connection has no gateway_url.")
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		add("gateway-without-address", Stop, "The connection's gateway_url is no address that can be called.")
	case u.Scheme == "http":
		add("gateway-in-clear", Warning, "The gateway is called without encryption: everybody on the way can read the codes.")
	}
	if g.secretURL() {
		add("gateway-secret-address", Note, "The gateway's address has a password or a key in it. It does not stand in the code: it is the "+
			"secret "+gatewayURL+".")
	}
	if a := g.Auth; a != nil {
		add("gateway-token", Note, "Auth0 documents that the token has the subject and the audience. That it also says when it was made (iat), "+
			"and nothing else, is inferred: a gateway that checks more, such as exp or iss, has to be tried.")
		if a.Method != "bearer" {
			add("gateway-method", Warning, fmt.Sprintf("gateway_authentication.method is %q; Auth0 documents \"bearer\" only, which is what the "+
				"Action does.", a.Method))
		}
	}
	return all
}

// oddities are settings that cannot be read for certain.
func oddities(o tenant.SMSOptions, base64 json.RawMessage) []Remark {
	var all []Remark
	if odd(o.ForwardRequest) {
		all = append(all, Remark{"gateway-forward-unclear", Warning, fmt.Sprintf("forward_req_info is %s, neither true nor false: the Action "+
			"does not send the user's address and user agent.", o.ForwardRequest)})
	}
	if odd(base64) {
		all = append(all, Remark{"gateway-base64-unclear", Warning, fmt.Sprintf("secret_base64_encoded is %s, neither true nor false: the "+
			"Action takes the secret as it stands.", base64)})
	}
	if o.GatewayAuth != nil && tenant.Masked(o.GatewayAuth.Secret) {
		all = append(all, Remark{"gateway-secret-hidden", Warning, "Auth0 does not show what the tokens are signed with. It has to be entered; the " +
			"owner of the gateway knows it."})
	}
	return all
}
