package bundle

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"upe/flows/pattern"
	"upe/flows/tenant"
)

// needless are what no migration looks at, by the part it stands in. A star stands for each element of a list.
var needless = map[string][]string{
	tenant.PathSettings: {
		"/error_page", "/guardian_mfa_page", "/change_password", "/device_flow", "/default_redirection_uri", "/picture_url", "/flags",
		"/session_cookie", "/sessions", "/allowed_logout_urls", "/default_directory", "/default_audience", "/mtls",
	},
	tenant.PathDBConnections: {
		"/*/options/customScripts", "/*/options/configuration", "/*/options/password_dictionary", "/*/options/upstream_params",
		"/*/options/gateway_authentication", "/*/enabled_clients", "/*/metadata",
	},
	tenant.PathLegacyActions: {"/*/installed_integration/integration/logo", "/*/installed_integration/integration/public_support_link"},
	tenant.PathPhoneActions:  {"/*/installed_integration/integration/logo", "/*/installed_integration/integration/public_support_link"},
}

// Code of Actions stands under this key, in the parts whose paths begin like this: a binding carries its Action whole.
const (
	codeKey   = "code"
	codePaths = "actions/"
)

// wordings are the parts with texts that users get, and that a plan relies on to the letter.
var wordings = []string{tenant.PathMFATemplates, tenant.PathPhoneTemplates, tenant.PathSMSConnections}

var (
	email  = pattern.Lazy(`[\w.+-]+@[\w-]+\.[\w.-]*\w`)
	userID = pattern.Lazy(`^(auth0|sms|email|google-oauth2|samlp|waad|ad|oidc|github|apple|facebook|windowslive|linkedin)\|.+`)
)

// removed stands where a text was.
const removed = "(removed)"

// strip is a part without what must not leave the tenant. Refusals say nothing about anybody but the token.
func strip(path string, part tenant.Part, o Options) (tenant.Part, []Removal) {
	if part.Err != nil || tenant.Empty(part.Raw) {
		return part, nil
	}
	w := walker{path: path, options: o}
	if path == tenant.PathLogs {
		part = w.operators(part)
	}
	whole, err := decoded(part.Raw)
	if err != nil {
		return tenant.Part{Raw: tenant.Redact(part.Raw)}, []Removal{{path, "", Secret}}
	}
	for _, pointer := range needless[path] {
		w.drop(whole, strings.Split(pointer, "/")[1:], "")
	}
	clean := must(tenant.Redact(again(whole)))
	return tenant.Part{Raw: again(w.walk(whole, clean, "", ""))}, w.removed
}

// must decodes what was encoded here.
func must(raw json.RawMessage) any {
	value, err := decoded(raw)
	if err != nil {
		panic("bundle: decode what was encoded: " + err.Error())
	}
	return value
}

// operators is what a reading keeps of the logs, and nothing else, whoever made the snapshot: entries of the logs are about people.
func (w *walker) operators(part tenant.Part) tenant.Part {
	list, _ := tenant.Snapshot{Parts: map[string]tenant.Part{w.path: part}}.Operators()
	kept := again(append([]tenant.Operator{}, list...))
	if whole, err := decoded(part.Raw); err != nil || !bytes.Equal(again(whole), again(must(kept))) {
		w.took("", Person)
	}
	return tenant.Part{Raw: kept}
}

// again is what was decoded, as JSON. It holds nothing that JSON cannot write, and a part that were lost here would pass for a setting
// that is not there.
func again(value any) json.RawMessage {
	raw, err := encoded(value)
	if err != nil {
		panic("bundle: encode what was decoded: " + err.Error())
	}
	return bytes.TrimRight(raw, "\n")
}

func decoded(raw json.RawMessage) (any, error) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()
	var value any
	err := decoder.Decode(&value)
	return value, err
}

// walker takes things out of one part, and remembers where.
type walker struct {
	path    string
	options Options
	removed []Removal
}

func (w *walker) took(pointer string, what Kind) {
	w.removed = append(w.removed, Removal{w.path, pointer, what})
}

// drop removes the field that a pointer leads to, if it is there.
func (w *walker) drop(value any, pointer []string, at string) {
	switch v := value.(type) {
	case []any:
		for i := range v {
			if pointer[0] == "*" {
				w.drop(v[i], pointer[1:], at+"/"+strconv.Itoa(i))
			}
		}
	case map[string]any:
		inner, ok := v[pointer[0]]
		if !ok {
			return
		}
		here := at + "/" + escaped(pointer[0])
		if len(pointer) > 1 {
			w.drop(inner, pointer[1:], here)
			return
		}
		delete(v, pointer[0])
		w.took(here, Needless)
	}
}

// walk compares a value with its redacted form, notes what differs, and takes out of the latter what is about people.
func (w *walker) walk(before, after any, key, at string) any {
	switch v := after.(type) {
	case map[string]any:
		old, _ := before.(map[string]any)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			v[name] = w.walk(old[name], v[name], name, at+"/"+escaped(name))
		}
	case []any:
		old, _ := before.([]any)
		for i := range v {
			v[i] = w.walk(old[min(i, len(old)-1)], v[i], key, at+"/"+strconv.Itoa(i))
		}
	case string:
		return w.text(before, v, key, at)
	}
	return after
}

func (w *walker) text(before any, after, key, at string) any {
	if before != any(after) {
		w.took(at, Secret)
		return after
	}
	switch {
	case w.code(key):
		if !w.options.WithoutCode || after == "" {
			return after
		}
		w.took(at, Code)
		return ""
	case slices.Contains(wordings, w.path):
		return after
	case userID().MatchString(after):
		w.took(at, Person)
		return removed
	case email().MatchString(after):
		w.took(at, Person)
		return email().ReplaceAllString(after, removed)
	}
	return after
}

// code reports whether the field is code of an Action.
func (w *walker) code(key string) bool { return key == codeKey && strings.HasPrefix(w.path, codePaths) }

// escaped is a name as a JSON pointer has it.
func escaped(name string) string { return strings.NewReplacer("~", "~0", "/", "~1").Replace(name) }
