package proof

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/url"
	"strings"
	"time"

	"upe/flows/generate"
	"upe/flows/js"
)

// Gateway is the request that Auth0 itself makes to the SMS gateway of a Passwordless connection ("Set Up Custom SMS Gateway for
// Passwordless Connections" in Auth0's documentation). What it does not say, such as further headers, is not compared.
func Gateway(g generate.Gateway) Old { return gateway{g} }

type gateway struct{ generate.Gateway }

// gatewayPatience is how long Auth0 waits for a gateway.
const gatewayPatience = 30 * time.Second

// errGateway is what the user is told when the gateway does not answer 200 in time.
var errGateway = &js.Error{Kind: js.ErrThrown, Class: "sms_provider_error", Message: "the user is told that the code could not be sent"}

// Run makes the request on paper.
func (g gateway) Run(_ context.Context, c Case) (js.Result, error) {
	body, err := g.body(c)
	if err != nil {
		return js.Result{}, err
	}
	address, login := withoutLogin(g.URL)
	headers := map[string]string{"content-type": "application/json"}
	switch {
	case g.Auth != nil:
		headers["authorization"] = "Bearer " + g.token(c)
	case login != "":
		headers["authorization"] = login
	}
	call := js.Call{Kind: js.Request, Path: "Auth0", Method: "POST", URL: address, Headers: headers, Body: string(body)}
	return sent(c, call, 200, gatewayPatience, errGateway), nil
}

// sent is the result of a request that Auth0 makes: done when the answer has a status from 200 to highest, in time.
func sent(c Case, call js.Call, highest int, patience time.Duration, failure *js.Error) js.Result {
	answer := c.answer()(call)
	result := js.Result{Outcome: js.Done, Calls: []js.Call{call}}
	if answer.Failure != "" || answer.Status > highest || answer.Delay > patience {
		result.Outcome, result.Err = js.Threw, failure
	}
	return result
}

func (g gateway) body(c Case) ([]byte, error) {
	body := object{"recipient": c.To, "body": c.Text()}
	if !g.NoFrom {
		body["sender"] = g.From
	}
	if g.ForwardInfo {
		body["req"] = object{"ip": sampleIP, "user-agent": sampleAgent}
	}
	return encode(body)
}

// token is signed with the made-up value of the new Action's secret, since the real one is not known here.
func (g gateway) token(c Case) string {
	claims := object{"iat": now.Unix()}
	if g.Auth.Audience != "" {
		claims["aud"] = g.Auth.Audience
	}
	if g.Auth.Subject != "" {
		claims["sub"] = g.Auth.Subject
	}
	payload, _ := json.Marshal(claims) // strings and a number
	input := segment([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + segment(payload)
	mac := hmac.New(sha256.New, g.key(c))
	mac.Write([]byte(input))
	return input + "." + segment(mac.Sum(nil))
}

func (g gateway) key(c Case) []byte {
	value := c.Secret(g.secretName())
	if !g.Auth.Base64 {
		return []byte(value)
	}
	key, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(value, "="))
	if err != nil {
		return []byte(value)
	}
	return key
}

func (g gateway) secretName() string {
	if g.Auth.Secret == "" {
		return "GATEWAY_SECRET"
	}
	return g.Auth.Secret
}

func segment(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// withoutLogin is an address as HTTP sends it, without the user in it, and the header that says the same.
func withoutLogin(address string) (bare, header string) {
	u, err := url.Parse(address)
	if err != nil {
		return address, ""
	}
	if u.User != nil {
		password, _ := u.User.Password()
		header = "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
	}
	u.User, u.Fragment, u.Host = nil, "", strings.ToLower(u.Host)
	if port := map[string]string{"https": ":443", "http": ":80"}[u.Scheme]; port != "" {
		u.Host = strings.TrimSuffix(u.Host, port)
	}
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), header
}

// values are those secrets of the new Action that are no chance values: the gateway's address, under whatever name a routing Action has it.
func (g gateway) values(names []string) map[string]string {
	all := map[string]string{}
	for _, name := range names {
		if strings.HasPrefix(name, "GATEWAY") && strings.HasSuffix(name, "URL") {
			all[name] = g.URL
		}
	}
	return all
}

func (g gateway) secrets() []string {
	if g.Auth == nil {
		return nil
	}
	return []string{g.secretName()}
}

func (g gateway) numbers() []string { return nil }
func (g gateway) unknown() []string {
	return []string{
		"an answer of the gateway after 18 to 30 seconds: Auth0 itself waited 30, and an Action has 20",
		"what else Auth0 sends to a gateway beside what it documents, such as its user agent",
	}
}
func (g gateway) methods() []string { return codeMethods[:1] }
func (g gateway) types() []string   { return codeTypes[:1] }
