package proof

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"mime"
	"net/url"
	"slices"
	"strings"

	"upe/flows/js"
)

// documentedRequest compares the one request that Auth0 documents with what the new side sends: address, kind of content, credentials,
// and the body field by field. The order of fields is not documented.
func (c *comparison) documentedRequest(p pair, old, now []js.Call) {
	sends := slices.DeleteFunc(slices.Clone(now), func(call js.Call) bool { return call.Kind == js.API })
	if len(sends) != 1 {
		c.compared++
		c.differs("what is sent", brief(old[0]), several(sends))
		return
	}
	was, is := fields(p.Case, old[0]), fields(p.Case, sends[0])
	for _, key := range slices.Sorted(maps.Keys(was)) {
		c.same(key+" of "+brief(old[0]), was[key], is[key])
	}
	for _, key := range slices.Sorted(maps.Keys(is)) {
		if _, known := was[key]; !known && strings.HasPrefix(key, fieldOf("")) {
			c.same(key+" of "+brief(old[0]), "", is[key])
		}
	}
}

func several(sends []js.Call) string {
	var all []string
	for _, call := range sends {
		all = append(all, brief(call))
	}
	return strings.Join(all, ", ")
}

func fieldOf(name string) string { return "the field " + name }

// fields are what of a request is documented, by what each part is called.
func fields(c Case, call js.Call) map[string]string {
	kind, _, err := mime.ParseMediaType(call.Headers["content-type"])
	if err != nil {
		kind = call.Headers["content-type"]
	}
	out := map[string]string{"the address": name(call), "the content type": kind, "the authorization": credentials(c, call.Headers["authorization"])}
	switch kind {
	case "application/x-www-form-urlencoded":
		form, err := url.ParseQuery(call.Body)
		if err != nil {
			out["the body"] = call.Body
		}
		if c.Method == "voice" {
			form.Del("Twiml") // what a call says is not documented
			form.Del("Url")
		}
		for key := range form {
			out[fieldOf(key)] = strings.Join(form[key], ", ")
		}
	default:
		var body map[string]json.RawMessage
		if json.Unmarshal([]byte(call.Body), &body) != nil {
			out["the body"] = call.Body
		}
		for key, value := range body {
			out[fieldOf(key)] = canonical(value)
		}
	}
	return out
}

// canonical is JSON with sorted keys; a text stands without quotes.
func canonical(raw json.RawMessage) string {
	var value any
	if json.Unmarshal(raw, &value) != nil {
		return string(raw)
	}
	if text, ok := value.(string); ok {
		return text
	}
	out, _ := json.Marshal(value) // what was just decoded
	return string(out)
}

// credentials is an authorization header by what it says, and by which of the new Action's secrets proves it. When a token was issued is
// not compared.
func credentials(c Case, header string) string {
	scheme, rest, _ := strings.Cut(header, " ")
	switch scheme {
	case "Basic":
		login, err := base64.StdEncoding.DecodeString(rest)
		if err != nil {
			return header
		}
		user, password, _ := strings.Cut(string(login), ":")
		return "Basic " + user + " and " + c.secretOf(func(value string) bool { return value == password }, password)
	case "Bearer":
		parts := strings.Split(rest, ".")
		if len(parts) != 3 {
			return header
		}
		input := []byte(parts[0] + "." + parts[1])
		return fmt.Sprintf("a token %s %s, signed with %s", claims(parts[0]), without(claims(parts[1]), "iat"), c.signer(input, parts[2]))
	}
	return header
}

// secretOf says by the first fitting form of one of the new Action's secrets what proves a request. Their names tell nothing: a routing
// Action has other names for the secrets of its parts.
func (c Case) secretOf(fits func(value string) bool, other string) string {
	for _, value := range c.settled.secrets {
		if fits(value) {
			return "a secret of the Action"
		}
	}
	return other
}

// signer is secretOf for HS256 over input: with a secret as it is, or with what it is base64 of.
func (c Case) signer(input []byte, signature string) string {
	plain := c.secretOf(func(value string) bool { return signs([]byte(value), input, signature) }, "")
	if plain != "" {
		return plain
	}
	decoded := func(value string) bool {
		key, err := base64.RawURLEncoding.DecodeString(value)
		return err == nil && signs(key, input, signature)
	}
	if c.secretOf(decoded, "") != "" {
		return "what a secret of the Action is base64 of"
	}
	return "another key"
}

func signs(key, input []byte, signature string) bool {
	mac := hmac.New(sha256.New, key)
	mac.Write(input)
	return segment(mac.Sum(nil)) == signature
}

// without is a JSON object without a key.
func without(text, key string) string {
	var o map[string]json.RawMessage
	if json.Unmarshal([]byte(text), &o) != nil {
		return text
	}
	delete(o, key)
	out, _ := json.Marshal(o) // what was just decoded
	return string(out)
}
