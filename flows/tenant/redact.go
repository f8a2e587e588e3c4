package tenant

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
)

// Redacted stands in the place of a secret in everything that is shown or stored.
const Redacted = "(secret)"

// Masked reports whether what was read of a secret is not its value: nothing, or a mask, also one that leaves the last digits in
// sight ("****1234"). To write a mask back would destroy the secret. [Redacted] is no mask of Auth0's: it stands for a value that was
// read.
func Masked(secret string) bool {
	return strings.Contains(secret, "***") || strings.Contains(secret, "•••") || strings.Trim(secret, "*.•·xX") == ""
}

// secretKeys are the names under which Auth0's API carries secrets in the resources of a snapshot or the body of a write.
// "secret" is the gateway's signing key. An object under such a name is no secret by itself: authentication_methods.password of a
// database connection says how passwords are used.
var secretKeys = map[string]bool{
	"auth_token": true, "twilio_token": true, "secret": true, "client_secret": true, "access_token": true,
	"signing_key": true, "password": true,
}

// allSecret is the name of an object in which everything is secret: that of a provider.
const allSecret = "credentials"

// Redact replaces every secret in a JSON document by [Redacted], and keeps everything else, numbers to the last digit. A
// reference to a secret ({"$secret": …}) is no secret. Of a gateway's address only what is secret in it is replaced, see
// [RedactURL]. What is not JSON comes back as a JSON string that says so.
func Redact(raw json.RawMessage) json.RawMessage {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	value, err := decodeAny(raw)
	if err != nil {
		return json.RawMessage(`"(not JSON)"`)
	}
	return encode((&redactor{}).redact(value, ""))
}

// Secrets lists the secret values that stand in a JSON document, longest first, each once: what must never appear anywhere
// else.
func Secrets(raw json.RawMessage) []string {
	value, err := decodeAny(raw)
	if err != nil {
		return nil
	}
	var r redactor
	r.redact(value, "")
	slices.SortFunc(r.found, func(a, b string) int {
		return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b))
	})
	return slices.Compact(r.found)
}

// Redacted is the snapshot without secrets: the form that is stored, shown and compared.
func (s Snapshot) Redacted() Snapshot {
	parts := make(map[string]Part, len(s.Parts))
	for path, part := range s.Parts {
		parts[path] = Part{Raw: Redact(part.Raw), Err: part.Err}
	}
	s.Parts = parts
	return s
}

// redactor walks decoded values in place and collects the secrets it replaces.
type redactor struct{ found []string }

// redact walks a value; key is the name it stands under.
func (r *redactor) redact(value any, key string) any {
	if key == allSecret {
		return r.hide(value)
	}
	switch v := value.(type) {
	case map[string]any:
		for name, inner := range v {
			v[name] = r.redact(inner, secretName(v, key, name))
		}
	case []any:
		for i := range v {
			v[i] = r.redact(v[i], key)
		}
	case string, json.Number:
		if secretKeys[strings.ToLower(key)] {
			return r.hide(v)
		}
	}
	if address, ok := value.(string); ok && key == "gateway_url" {
		clean, secrets := redactURL(address)
		r.found = append(r.found, secrets...)
		return clean
	}
	return value
}

// hide replaces a secret, and everything in an object of secrets. null, "" and booleans say only whether there is one, which a
// plan has to know.
func (r *redactor) hide(value any) any {
	switch v := value.(type) {
	case map[string]any:
		if isReference(v) {
			return v
		}
		for name, inner := range v {
			v[name] = r.hide(inner)
		}
	case []any:
		for i := range v {
			v[i] = r.hide(v[i])
		}
	case json.Number:
		return r.hide(v.String())
	case string:
		if v == "" || v == Redacted {
			return v
		}
		r.found = append(r.found, v)
		return Redacted
	}
	return value
}

// isReference reports whether an object names a value instead of holding it, as the bodies of a plan do.
func isReference(object map[string]any) bool {
	if len(object) != 1 {
		return false
	}
	for key := range object {
		return key == "$secret" || key == "$from"
	}
	return false
}

// secretName is the name by which a field of object is judged. The value of a {name, value} pair is a secret, which is how
// Actions carry theirs; so is the "configuration" of a database connection's options, which holds the secrets of its scripts
// (a provider's configuration does not stand under "options").
func secretName(object map[string]any, key, name string) string {
	_, pair := object["name"]
	switch {
	case pair && name == "value":
		return "secret"
	case key == "options" && name == "configuration":
		return allSecret
	}
	return name
}

func decodeAny(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return nil, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return nil, errors.New("more than one JSON value")
	}
	return value, nil
}

func encode(value any) json.RawMessage {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		// value came from decodeAny: it holds nothing that JSON cannot write.
		panic("tenant: encode what was decoded: " + err.Error())
	}
	return bytes.TrimRight(out.Bytes(), "\n")
}
