package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/generate"
)

// keyCountries is the key of the countries that always go by the carrier of a flow: "action.countries.mfa", or of a connection by its id.
func keyCountries(p part) Key {
	if p.id == "" {
		return countriesPrefix + "mfa"
	}
	return Key(countriesPrefix + p.id)
}

// countriesPrefix begins these keys.
const countriesPrefix = "action.countries."

// carrierParts are the parts whose carriers differ, the first flow of each.
func (c conversation) carrierParts() []part {
	var all []part
	for _, p := range c.parts() {
		if !slices.ContainsFunc(all, func(other part) bool { return other.carrier == p.carrier }) {
			all = append(all, p)
		}
	}
	return all
}

// countryQuestions ask for countries whose messages go by one carrier, whatever flow they are from. Nobody has to: the flow decides.
func (c conversation) countryQuestions() []Question {
	if c.text(keySource) != sourceRoute {
		return nil
	}
	var all []Question
	for _, p := range c.carrierParts() {
		all = append(all, Question{
			Key: keyCountries(p), Kind: Line, Title: fmt.Sprintf("Countries that always go by the carrier of %s (optional)", p.sending.flow), Default: "",
			Help:  "Country calling codes, for example 44, 49. Messages to these numbers go by " + p.carrier.String() + ", whatever they are for. Empty: their flow alone decides.",
			Check: line(checkCountries),
		})
	}
	return all
}

// countries are what an answer names, as digits.
func (c conversation) countries(p part) []string { return countryCodes(c.text(keyCountries(p))) }

// countryCodes are what stands between commas. A blank does not part them: "1 242" are the Bahamas, and neither North America nor Congo.
func countryCodes(text string) []string {
	var all []string
	for _, code := range strings.Split(text, ",") {
		if code = strings.TrimPrefix(strings.TrimSpace(code), "+"); code != "" {
			all = append(all, code)
		}
	}
	return all
}

// longestCountry is that of an area which shares its calling code with others, as +7 840 or +44 1481, in digits.
const longestCountry = 7

func checkCountries(text string) error {
	for _, code := range countryCodes(text) {
		if len(code) > longestCountry || code[0] == '0' || strings.Trim(code, "0123456789") != "" {
			return fmt.Errorf("%q is no country calling code: digits without blanks, and commas between several: 44, 1242", code)
		}
	}
	return nil
}

// countriesApart refuses, at the question where it is named again, a country that two carriers are to serve.
func (c conversation) countriesApart(given Answers) (Key, error) {
	c.answers = c.answers.and(given)
	of := map[string]part{}
	for _, p := range c.carrierParts() {
		for _, code := range c.countries(p) {
			if other, taken := of[code]; taken && other.carrier != p.carrier {
				return keyCountries(p), fmt.Errorf("+%s cannot go by two carriers: it is under the carrier of %s as well", code, other.sending.flow)
			}
			of[code] = p
		}
	}
	return "", nil
}

// countryRoutes are the routes of a flow to countries that another carrier serves.
func (c conversation) countryRoutes(p part, sender func(part) generate.Part) []generate.Route {
	var all []generate.Route
	for _, other := range c.carrierParts() {
		countries := c.countries(other)
		if len(countries) == 0 || other.carrier == p.carrier || sender(other) == nil {
			continue
		}
		all = append(all, generate.Route{
			Flow: p.flow, ConnectionID: p.id, Connection: p.name, MessageTypes: p.types, Countries: countries, Part: sender(other),
		})
	}
	return all
}

// countryNotes say what goes another way than today because somebody chose so.
func (c conversation) countryNotes() []string {
	var all []string
	for _, p := range c.carrierParts() {
		if countries := c.countries(p); len(countries) > 0 {
			all = append(all, fmt.Sprintf("numbers that begin with +%s go by %s, whatever they are for, because you chose that",
				strings.Join(countries, ", +"), p.carrier.String()))
		}
	}
	return all
}
