package generate_test

import (
	"cmp"
	"slices"
	"strings"

	"upe/flows/generate"
)

// oracle says where a message has to go, from what the routes mean.
type oracle struct {
	routes    []generate.Route
	options   generate.Options
	questions []generate.Undecidable
}

func (o oracle) place(m message) string {
	notice := !strings.HasPrefix(m.Type, "otp_")
	if notice && o.options.NonCode == generate.DropNonCode {
		return "dropped"
	}
	whose := o.whose(m)
	if notice {
		whose = cmp.Or(o.options.Decided["notices"], o.fallback())
	}
	if whose == "drop" {
		return "dropped"
	}
	for _, r := range o.group(whose) {
		if (notice || takes(r.MessageTypes, m.Type)) && takes(methodsOf(r), m.Method) && reaches(r.Countries, m.Recipient) {
			return placeOf(r.Part, m)
		}
	}
	return o.elsewhere(whose, m)
}

// whose says as whose a code goes: the value of a group.
func (o oracle) whose(m message) string {
	if m.Type == "otp_verify" && m.ConnectionID != "" {
		flow := generate.Passwordless
		question := "mfa_after_passwordless"
		if m.Strategy == "auth0" {
			flow, question = generate.PhoneIdentifier, "phone_id_or_mfa"
		}
		called := flow == generate.Passwordless && m.Method == "voice" && len(o.groups()) > 1
		if o.options.Decided[question] != "mfa" && !called {
			for _, value := range []string{m.ConnectionID, string(flow)} {
				if len(o.group(value)) > 0 {
					return value
				}
			}
		}
	}
	if m.Type == "otp_verify" && m.ConnectionID == "" || len(o.group("mfa")) == 0 {
		return cmp.Or(o.options.Decided["no_connection"], o.fallback())
	}
	return "mfa"
}

// fallback is MFA, or whichever group the first of the rest is; those with a connection come before those without.
func (o oracle) fallback() string {
	all := o.groups()
	if slices.Contains(all, "mfa") {
		return "mfa"
	}
	for _, value := range all {
		if strings.HasPrefix(value, "con_") {
			return value
		}
	}
	return all[0]
}

func (o oracle) groups() []string {
	var all []string
	for _, r := range o.routes {
		if value := valueOf(r); !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}

func (o oracle) group(value string) []generate.Route {
	return slices.DeleteFunc(slices.Clone(o.routes), func(r generate.Route) bool { return valueOf(r) != value })
}

func valueOf(r generate.Route) string { return cmp.Or(r.ConnectionID, string(r.Flow)) }

// elsewhere is the part whose label the answer has.
func (o oracle) elsewhere(whose string, m message) string {
	for _, q := range o.questions {
		if q.ID != "elsewhere:"+whose {
			continue
		}
		for _, c := range q.Choices {
			for _, r := range o.routes {
				if c.Value == q.Answer && c.Consequence == "They go by "+c.Label+"." && labelled(r.Part, c.Label) {
					return placeOf(r.Part, m)
				}
			}
		}
	}
	return "dropped"
}

func labelled(p generate.Part, label string) bool {
	if t, ok := p.(generate.Twilio); ok {
		return strings.Contains(label, t.SID)
	}
	return strings.Contains(label, `"own"`)
}

func takes(list []string, value string) bool { return len(list) == 0 || slices.Contains(list, value) }

// methodsOf: Passwordless has text only, so that a route of it takes whatever comes.
func methodsOf(r generate.Route) []string {
	if r.Flow == generate.Passwordless {
		return nil
	}
	return r.Methods
}

func reaches(countries []string, number string) bool {
	digits := strings.NewReplacer("+", "", "-", "").Replace(number)
	return len(countries) == 0 || slices.ContainsFunc(countries, func(c string) bool { return strings.HasPrefix(digits, c) })
}
