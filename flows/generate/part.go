package generate

import (
	"regexp"
	"strings"
)

// Part is a carrier that an Action sends by: a [Gateway], a [Twilio] account, or a [Translated] Action.
type Part interface {
	kind() string             // what its function is called: "gateway", "twilio", "action"
	word() string             // tells it from others of its kind, such as a connection's name
	label() string            // names it in a sentence; safe in a comment on a line of its own
	identity() string         // equal for parts that are the same carrier
	secrets() []secret        // before any is renamed
	modules() []Module        // npm modules
	notes(o Options) []string // for [Action.Notes]
	needs(o Options) []helper // functions that its code calls
	settings(n naming) string // the constant of its settings; may be empty
	function(n naming, o Options) string
}

// secret is one that a part reads.
type secret struct {
	name    string
	purpose string // what it is, in words
	owner   string // equal for secrets of one name that are the same
}

// naming is what a part and its secrets are called in an Action.
type naming struct {
	function string            // "gateway", "gatewayRiders"
	constant string            // "GATEWAY", "GATEWAY_RIDERS"
	carrier  string            // in what it tells Auth0: "the SMS gateway"
	renamed  map[string]string // secrets that are called otherwise than the part calls them
}

// secret is the name of a secret in the Action.
func (n naming) secret(name string) string {
	if other, ok := n.renamed[name]; ok {
		return other
	}
	return name
}

// read is the expression that reads a secret.
func (n naming) read(name string) string {
	if name = n.secret(name); identifier.MatchString(name) {
		return "event.secrets." + name
	}
	return "event.secrets[" + literal(n.secret(name)) + "]"
}

var identifier = regexp.MustCompile(`^[A-Za-z_$][A-Za-z0-9_$]*$`)

// upper begins a sentence with s.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }
