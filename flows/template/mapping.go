package template

import (
	"regexp"
	"slices"
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
		return renamed{to: "locale", check: path + " became locale, which is the closest there is: " +
			"locale is the language Auth0 chose (\"fr\", \"en-US\"), " + path + " was the browser's list (\"fr-CA,fr;q=0.8\"). " +
			"Check the comparisons"}, true
	case "phone_number":
		return renamed{to: "user.phone_number", check: "phone_number became user.phone_number, " +
			"which may be empty at a user's first Passwordless login"}, true
	}
	return renamed{}, false
}

// known are the variables of phone templates; everything below one of them is passed on unseen. pause stands in Auth0's own
// defaults, though not on the documentation page.
var known = []string{
	"friendly_name", "support_email", "support_url", "logo_url", "home_url", "region", "locale", "code", "connection", "user",
	"client", "application", "organization", "custom_domain", "correlation_id", "pause",
}

// isKnown reports whether a phone template can read the variable. tenant is a string there: nothing stands below it.
func (v variable) isKnown() bool { return v.path == "tenant" || slices.Contains(known, v.root()) }

// macro is a variable in a Passwordless wording of syntax md_with_macros: @@password@@, @@application.name@@.
var macro = regexp.MustCompile(`@@\s*([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)\s*@@`)
