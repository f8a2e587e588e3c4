package emulator

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// gatewayBody is what an SMS gateway gets, in this order ("Set Up Custom SMS Gateway for Passwordless Connections").
type gatewayBody struct {
	Recipient string           `json:"recipient"`
	Body      string           `json:"body"`
	Sender    *string          `json:"sender,omitempty"` // options.from, if the connection has one
	Request   *gatewayRequests `json:"req,omitempty"`    // with forward_req_info
}

// gatewayRequests is what is told of the request that started the login.
type gatewayRequests struct {
	IP        string `json:"ip"`
	UserAgent string `json:"user-agent"`
}

// gatewayPost is the request that Auth0 makes to the SMS gateway of a connection with these options.
func gatewayPost(l letter, options object, text string) Outgoing {
	body := gatewayBody{Recipient: l.to, Body: text}
	if kindOf(options["from"]) == "string" {
		body.Sender = new(options.str("from"))
	}
	// The documentation itself writes the word and not the value.
	if options.bool("forward_req_info") || options.str("forward_req_info") == "true" {
		body.Request = &gatewayRequests{IP: userIP, UserAgent: userAgent}
	}
	address, login := onTheWire(options.str("gateway_url"))
	headers := map[string]string{"content-type": "application/json"}
	if login != "" {
		headers["authorization"] = login
	}
	if authentication := options.obj("gateway_authentication"); len(authentication) > 0 {
		headers["authorization"] = "Bearer " + gatewayToken(l, authentication)
	}
	return Outgoing{Method: http.MethodPost, URL: address, Headers: headers, Body: string(encode(body)), Carries: true}
}

// onTheWire is an address as HTTP clients use it: a user and password in it become a header, and the root has a path.
func onTheWire(address string) (bare, authorization string) {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return address, ""
	}
	if u.User != nil {
		password, _ := u.User.Password()
		authorization = "Basic " + base64.StdEncoding.EncodeToString([]byte(u.User.Username()+":"+password))
	}
	u.User, u.Fragment, u.RawFragment = nil, "", ""
	if u.Path == "" {
		u.Path = "/"
	}
	return u.String(), authorization
}

// gatewayToken is the JSON Web Token for a gateway: it "contains the subject and audience values, and is signed with the secret",
// which may be written in base64url. That it says when it was made is inferred: every library writes that unless it is told not to.
func gatewayToken(l letter, authentication object) string {
	claims := encode(struct {
		IssuedAt int64           `json:"iat"`
		Audience json.RawMessage `json:"aud,omitempty"`
		Subject  json.RawMessage `json:"sub,omitempty"`
	}{l.at.Unix(), authentication["audience"], authentication["subject"]})
	key := []byte(authentication.str("secret"))
	if authentication.bool("secret_base64_encoded") {
		key = fromBase64(authentication.str("secret"))
	}
	return signed(claims, key)
}

// fromBase64 reads both alphabets, with padding or without, and passes over what belongs to neither, as Node's Buffer does.
func fromBase64(secret string) []byte {
	digits, _, _ := strings.Cut(secret, "=")
	digits = strings.Map(func(r rune) rune {
		switch {
		case r == '+':
			return '-'
		case r == '/':
			return '_'
		case strings.ContainsRune("-_", r), r >= '0' && r <= '9', r >= 'A' && r <= 'Z', r >= 'a' && r <= 'z':
			return r
		}
		return -1
	}, digits)
	if len(digits)%4 == 1 { // too little for a byte
		digits = digits[:len(digits)-1]
	}
	key, _ := base64.RawURLEncoding.DecodeString(digits) // nothing else is left in it
	return key
}
