package generate

import (
	"fmt"
	"net/url"
	"strings"

	"upe/flows/tenant"
)

// Gateway is the SMS gateway of a Passwordless connection. Auth0 documents the request it makes ("Set Up Custom SMS Gateway for
// Passwordless Connections"): a POST of JSON with recipient, body and sender, and with a bearer token if it is told to sign one.
type Gateway struct {
	ConnectionID string       // "con_…"
	Connection   string       // its name
	URL          string       // gateway_url
	URLSecret    string       // name of the secret that holds URL, if there is a secret in it; empty: GATEWAY_URL
	From         string       // options.from, sent as "sender", also when empty
	NoFrom       bool         // the connection has no options.from: no "sender" is sent
	ForwardInfo  bool         // forward_req_info: the user's IP address and user agent are sent as "req"
	Auth         *GatewayAuth // nil: the gateway is called without a token
}

// GatewayAuth is gateway_authentication. The token is a JSON Web Token, HS256, with the claims iat, aud and sub. Of these only aud
// and sub are documented; iat is what every library writes.
type GatewayAuth struct {
	Method   string // "bearer", the only one documented
	Subject  string // the claim sub; left out when empty
	Audience string // the claim aud; left out when empty
	Base64   bool   // secret_base64_encoded: the secret is base64 or base64url of the key
	Secret   string // name of the Action's secret that holds it; empty: GATEWAY_SECRET
}

// The names of a gateway's secrets, if it has no others. Of these each gateway has its own; the names that somebody gave are shared.
const (
	gatewaySecret = "GATEWAY_SECRET"
	gatewayURL    = "GATEWAY_URL"
)

// Action is an Action that sends everything through the gateway.
func (g Gateway) Action(o Options) Action {
	return single(g, o, "Sends phone messages through "+g.label()+", with the request that Auth0 itself made to it.")
}

func (g Gateway) kind() string  { return "gateway" }
func (g Gateway) word() string  { return g.Connection }
func (g Gateway) label() string { return "the SMS gateway of the connection " + literal(g.name()) }

func (g Gateway) name() string {
	if g.Connection == "" {
		return g.ConnectionID
	}
	return g.Connection
}

// identity is all that is sent. Two connections may share an address, but what signs their tokens is not to be seen.
func (g Gateway) identity() string {
	sent := fmt.Sprint("gateway", literals([]string{g.URL, g.urlName(), g.From}), g.NoFrom, g.ForwardInfo)
	if g.Auth == nil {
		return sent
	}
	return fmt.Sprint(sent, literals([]string{g.ConnectionID, g.Auth.Audience, g.Auth.Subject, g.secretName()}), g.Auth.Base64)
}

func (g Gateway) secretName() string {
	if g.Auth.Secret == "" {
		return gatewaySecret
	}
	return g.Auth.Secret
}

func (g Gateway) urlName() string {
	if g.URLSecret == "" {
		return gatewayURL
	}
	return g.URLSecret
}

// secretURL reports whether the address holds what must not stand in code.
func (g Gateway) secretURL() bool { return g.login() || tenant.RedactURL(g.URL) != g.URL }

// login reports whether the address has a user, which fetch refuses.
func (g Gateway) login() bool {
	u, err := url.Parse(g.URL)
	return err == nil && u.User != nil
}

func (g Gateway) secrets() []secret {
	var all []secret
	if g.secretURL() {
		all = append(all, secret{g.urlName(), "the address of " + g.label(), literal(g.URL)})
	}
	if g.Auth != nil {
		owner := ""
		if g.secretName() == gatewaySecret {
			owner = g.identity()
		}
		all = append(all, secret{g.secretName(), "what the tokens for " + g.label() + " are signed with", owner})
	}
	return all
}

func (g Gateway) modules() []Module { return nil }

func (g Gateway) notes(o Options) []string {
	about := upper(g.label())
	return []string{
		about + " is given up on after 18 seconds; Auth0 itself waited 30.",
		about + " may answer anything from 200 to 299; Auth0 itself took only 200 for success.",
		about + " cannot call: messages that should be calls are " + o.Voice.done() + ".",
	}
}

func (g Gateway) needs(o Options) []helper {
	needs := []helper{o.Failure.post()}
	switch {
	case g.Auth != nil:
		needs = append(needs, token)
	case g.login():
		needs = append(needs, basic)
	}
	return needs
}

func (g Gateway) settings(n naming) string {
	fields := g.fields()
	if len(fields) == 0 {
		return ""
	}
	var c code
	c.line("// %s.", upper(g.label()))
	c.line("const %s = {", n.constant)
	for _, field := range fields {
		c.line("  %s: %s,", field.name, literal(field.value))
	}
	c.line("};")
	return c.String()
}

type field struct{ name, value string }

// fields are what the gateway's constant holds.
func (g Gateway) fields() []field {
	var fields []field
	if !g.secretURL() {
		fields = append(fields, field{"url", g.URL})
	}
	if !g.NoFrom {
		fields = append(fields, field{"sender", g.From})
	}
	if g.Auth != nil && g.Auth.Audience != "" {
		fields = append(fields, field{"audience", g.Auth.Audience})
	}
	if g.Auth != nil && g.Auth.Subject != "" {
		fields = append(fields, field{"subject", g.Auth.Subject})
	}
	return fields
}

func (g Gateway) function(n naming, o Options) string {
	var c code
	c.line("/** Posts a message to %s, as Auth0 itself did for Passwordless. */", unclosed(g.label()))
	c.line("async function %s(event, api) {", n.function)
	textOnly(&c, o, "Passwordless never calls, so that the gateway was made for text messages only.", "the SMS gateway cannot call")
	url := g.writeAddress(&c, n)
	g.writeHeaders(&c, n)
	g.writeBody(&c, n)
	c.line("  await post(api, %s, %s, headers, body);", literal(n.carrier), url)
	c.line("}")
	return c.String()
}

// writeAddress writes what finds out where to post, and is the expression for it.
func (g Gateway) writeAddress(c *code, n naming) string {
	switch {
	case g.login():
		c.line("  const url = new URL(%s);", n.read(g.urlName()))
		return "url"
	case g.secretURL():
		return n.read(g.urlName())
	}
	return n.constant + ".url"
}

func (g Gateway) writeHeaders(c *code, n naming) {
	const contentType = `"Content-Type": "application/json"`
	switch {
	case g.Auth != nil:
		c.line("  const claims = { %s };", g.claims(n))
		c.line("  const key = %s;", g.key(n))
		c.line("  const headers = { %s, Authorization: `Bearer ${token(claims, key)}` };", contentType)
	case g.login():
		c.line("  const login = basic(decodeURIComponent(url.username), decodeURIComponent(url.password));")
		c.line("  const headers = { %s, Authorization: login };", contentType)
	default:
		c.line("  const headers = { %s };", contentType)
	}
	if g.login() {
		c.line("  // fetch refuses an address with a user in it.")
		c.line("  url.username = \"\";")
		c.line("  url.password = \"\";")
	}
}

// claims are what the token says, in the order in which jsonwebtoken writes them.
func (g Gateway) claims(n naming) string {
	claims := "iat: Math.floor(Date.now() / 1000)"
	if g.Auth.Audience != "" {
		claims += ", aud: " + n.constant + ".audience"
	}
	if g.Auth.Subject != "" {
		claims += ", sub: " + n.constant + ".subject"
	}
	return claims
}

func (g Gateway) key(n naming) string {
	if g.Auth.Base64 {
		// Node reads base64url by this name as well.
		return fmt.Sprintf("Buffer.from(%s, \"base64\")", n.read(g.secretName()))
	}
	return n.read(g.secretName())
}

func (g Gateway) writeBody(c *code, n naming) {
	fields := []string{"recipient", "body: as_text"}
	if !g.NoFrom {
		fields = append(fields, "sender: "+n.constant+".sender")
	}
	if !g.ForwardInfo {
		c.line("  const body = JSON.stringify({ %s });", strings.Join(fields, ", "))
		return
	}
	c.line("  const req = { ip: event.request.ip, \"user-agent\": event.request.user_agent };")
	c.line("  const body = JSON.stringify({ %s, req });", strings.Join(fields, ", "))
}
