package generate

import (
	"fmt"
	"regexp"
	"strings"
)

// namings names parts, which are all different: "gateway" if it is the only one of its kind, else "gatewayRiders" by the word that
// tells it from the others, or "gateway2" by its number.
func namings(parts []Part) map[string]naming {
	kinds := map[string]int{}
	for _, p := range parts {
		kinds[p.kind()]++
	}
	taken, owners := map[string]bool{}, map[string]string{}
	all := map[string]naming{}
	for _, p := range parts {
		several := kinds[p.kind()] > 1
		n := naming{function: p.kind(), carrier: carrier(p, several)}
		if several {
			n.function += camel(p.word())
		}
		for i := 1; taken[upperSnake(n.function)] || several && n.function == p.kind(); i++ {
			n.function = fmt.Sprintf("%s%s%d", p.kind(), camel(p.word()), i)
		}
		n.constant = upperSnake(n.function)
		taken[n.constant] = true
		n.renamed = renamed(p, n.constant, owners)
		all[p.identity()] = n
	}
	return all
}

// carrier is what a part calls itself in what it tells Auth0.
func carrier(p Part, several bool) string {
	switch {
	case p.kind() == "twilio":
		return "Twilio"
	case several && p.word() != "":
		return "the SMS gateway of " + p.word()
	}
	return "the SMS gateway"
}

// renamed gives new names to those secrets of a part that another part has as well, and remembers whose each name is.
func renamed(p Part, constant string, owners map[string]string) map[string]string {
	out := map[string]string{}
	for _, s := range p.secrets() {
		name := s.name
		for i := 1; ; i++ {
			other, used := owners[name]
			if !used || other == s.owner {
				break
			}
			name = constant + "_" + strings.TrimPrefix(s.name, strings.ToUpper(p.kind())+"_")
			if i > 1 {
				name += fmt.Sprint("_", i)
			}
		}
		owners[name] = s.owner
		if name != s.name {
			out[s.name] = name
		}
	}
	return out
}

var (
	words = regexp.MustCompile(`[A-Za-z0-9]+`)
	hump  = regexp.MustCompile(`([a-z])([A-Z0-9])|([0-9])([A-Z])`)
)

// camel joins the words of s: "SmsUk" of "sms-uk".
func camel(s string) string {
	var b strings.Builder
	for _, word := range words.FindAllString(s, 4) {
		b.WriteString(upper(word))
	}
	return b.String()
}

// upperSnake is a name as constants are written: "GATEWAY_SMS_UK" of "gatewaySmsUk".
func upperSnake(name string) string {
	return strings.ToUpper(hump.ReplaceAllString(name, "${1}${3}_${2}${4}"))
}
