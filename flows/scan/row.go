package scan

import "strings"

// Row is one way in which code can depend on what stops, in one ecosystem and its versions.
type Row struct {
	ID        string  `json:"id"`        // "node-v5"; stable: it is the rule's id in SARIF
	Ecosystem string  `json:"ecosystem"` // "node-auth0"
	Versions  string  `json:"versions"`  // "5, 6"; "" where there are none
	Finds     string  `json:"finds"`     // what is looked for
	Endpoints string  `json:"endpoints"` // what that reaches
	Sure      string  `json:"sure"`      // how sure a hit is, and why
	After     string  `json:"after"`     // what happens once the switch is made
	Instead   Instead `json:"instead"`
	Note      string  `json:"note,omitempty"`

	languages []language // where it is looked for; nil: anywhere
	calls     []call     // of an SDK
}

// Instead is what to use in place of what stops: in the same ecosystem and version, or which version has it.
type Instead struct {
	ReadProvider  string `json:"read_provider,omitempty"`
	WriteProvider string `json:"write_provider,omitempty"`
	ReadTemplate  string `json:"read_template,omitempty"`
	WriteTemplate string `json:"write_template,omitempty"`
	Other         string `json:"other,omitempty"` // where neither a provider nor a template is meant
}

// of is the replacement of a target.
func (i Instead) of(t target) string {
	read, write := i.ReadProvider, i.WriteProvider
	switch t.subject {
	case templates:
		read, write = i.ReadTemplate, i.WriteTemplate
	case trigger, gatewayError, scopes:
		return i.Other
	case twilio, selected:
	}
	switch {
	case t.method == "GET" || read == write:
		return read
	case t.method == "PUT":
		return write
	}
	return read + "; to write: " + write
}

// String is all of it in one line.
func (i Instead) String() string {
	var parts []string
	for _, part := range []string{i.ReadProvider, i.WriteProvider, i.ReadTemplate, i.WriteTemplate, i.Other} {
		if part != "" && (len(parts) == 0 || parts[len(parts)-1] != part) {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, "; ")
}

// call is one receiver of an SDK and those of its methods that stop.
type call struct {
	receiver string            // words before the method, in lower case: "guardian.factors.phone"
	methods  map[string]target // by exact name
	alone    Confidence        // what the name tells where the receiver is not the one above; "" for a name that others have too
	decides  *argument         // what an argument has to say
	form     form              // how the chain is written
}

// form tells chains of the same words apart where the file's name does not tell the language.
type form uint8

const (
	dotted form = iota // guardian.factors.phone.get()
	called             // guardian().factors().phone().get()
	arrows             // $m->guardian->factors->phone->get()
)

// argument reads the factor from a call's arguments.
type argument struct {
	factor, provider string // names of the two arguments
	positional       bool   // they may stand without their names, in this order
}

// of makes targets: each name with its method, for one subject and factor.
func of(s subject, factor string, get, put []string) map[string]target {
	m := map[string]target{}
	for _, name := range get {
		m[name] = target{s, "GET", factor}
	}
	for _, name := range put {
		m[name] = target{s, "PUT", factor}
	}
	return m
}

// all joins the methods of one receiver.
func all(groups ...map[string]target) map[string]target {
	m := map[string]target{}
	for _, group := range groups {
		for name, t := range group {
			m[name] = t
		}
	}
	return m
}

// six are the methods of the generated SDKs: the same six of each factor, spelt as the language spells.
func six(factor string, spell func(string) string) map[string]target {
	one := func(words string) []string { return []string{spell(words)} }
	return all(
		of(twilio, factor, one("get twilio provider"), one("set twilio provider")),
		of(selected, factor, one("get selected provider"), one("set provider")),
		of(templates, factor, one("get templates"), one("set templates")),
	)
}

// factors are the two receivers of a generated SDK.
func factors(spell func(string) string, f form) []call {
	return []call{
		{receiver: "guardian.factors.phone", methods: six("phone", spell), form: f},
		{receiver: "guardian.factors.sms", methods: six("sms", spell), form: f},
	}
}

func camel(words string) string {
	p := pascal(words)
	return strings.ToLower(p[:1]) + p[1:]
}

func pascal(words string) string {
	var out strings.Builder
	for w := range strings.FieldsSeq(words) {
		out.WriteString(strings.ToUpper(w[:1]) + w[1:])
	}
	return out.String()
}

func pascalAsync(words string) string { return pascal(words) + "Async" }

func snake(words string) string { return strings.ReplaceAll(words, " ", "_") }
