package template

import (
	"slices"
	"strings"

	"upe/flows/pattern"
)

// renamed is what a legacy variable is called in a phone template.
type renamed struct {
	to    string
	check string // what a person should look at; empty when the two mean the same
}

// mapping of a legacy variable (documentation: customize SMS or voice messages; Passwordless SMS; supported Liquid syntax for
// phone templates).
func mapping(path string) (renamed, bool) {
	switch path {
	case "password":
		return renamed{to: "code"}, true
	case "tenant.friendly_name", "tenant.friendlyName":
		// The tenant of a phone template is a string; a name looked up in it is empty.
		return renamed{to: "friendly_name"}, true
	case "requestInfo.lang", "request_language":
		return renamed{to: "locale", check: path + " became locale, which is the closest there is: " + path + " was what the browser or " +
			"the x-request-language header asked for (\"fr-CA,fr;q=0.8\"), locale is one of the languages that the tenant supports (\"fr\"). " +
			"A comparison with a language that is not among these never holds"}, true
	case "phone_number":
		return renamed{to: "user.phone_number", check: "phone_number became user.phone_number, " +
			"which may be empty at a user's first Passwordless login or enrolment"}, true
	}
	return renamed{}, false
}

// known are the variables of phone templates, with what stands below them where the documentation lists it; nil takes
// anything. pause stands in Auth0's own defaults, and correlation_id on a page of its own.
var known = map[string][]string{
	"tenant": {}, "friendly_name": {}, "support_email": {}, "support_url": {}, "logo_url": {}, "home_url": {}, "region": {},
	"locale": {}, "code": {}, "connection": {}, "correlation_id": {}, "pause": {}, "application": nil,
	"user": {
		"name", "nickname", "given_name", "family_name", "picture", "login_count", "user_metadata", "app_metadata", "email_verified",
		"email", "phone_number", "phone_verified", "multifactor", "source_ip", "country", "city",
	},
	"client":        {"name", "clientID", "metadata"},
	"organization":  {"id", "name", "display_name", "metadata", "branding"},
	"custom_domain": {"domain", "domain_metadata"},
}

// ofMFA are the variables that the documentation lists for MFA's messages (customize SMS or voice messages), and pause, which stands in its
// sample.
var ofMFA = []string{"message_type", "code", "locale", "requestInfo", "tenant", "custom_domain", "pause"}

// newToMFA lists what a wording of MFA reads that only phone templates document: it is empty today as far as anybody knows, and will not be.
func newToMFA(wording string) []string {
	tokens, _ := lex(wording)
	own := locals(wording, tokens)
	var paths []string
	for _, t := range tokens {
		if t.kind == textToken {
			continue
		}
		for _, v := range t.variables(wording) {
			documented := slices.Contains(ofMFA, v.root()) || slices.Contains(own, v.root())
			if !documented && v.isKnown() && !slices.Contains(paths, v.path) {
				paths = append(paths, v.path)
			}
		}
	}
	return paths
}

func knownRoot(name string) bool {
	_, ok := known[name]
	return ok
}

// isKnown reports whether a phone template can read the variable. Texts have a size, and nothing else below them.
func (v variable) isKnown() bool {
	root, below, deep := strings.Cut(v.path, ".")
	fields, ok := known[root]
	switch {
	case !ok || !deep || fields == nil:
		return ok
	case len(fields) == 0:
		return below == "size"
	}
	field, _, _ := strings.Cut(below, ".")
	return slices.Contains(fields, field)
}

// macro is a variable in a Passwordless wording of syntax md_with_macros: @@password@@, @@application.name@@.
var macro = pattern.Lazy(macroForm)

const macroForm = `@@\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*@@`
