package template

import (
	"slices"

	"upe/flows/pattern"
)

// mostLanguages keeps a preview readable.
const mostLanguages = 3

var languageTag = pattern.Lazy(`^[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?$`)

// Languages are those that a wording compares the user's language with ("fr" of {% if locale contains "fr" %}), the first three.
// It is empty for a wording that does not ask for the language.
func Languages(wording string) []string {
	tokens, _ := lex(wording)
	var found []string
	asks := false
	for _, t := range tokens {
		if t.kind != tagToken {
			continue
		}
		about := slices.ContainsFunc(t.variables(wording), isLanguage)
		asks = asks || about
		if !asks || !slices.Contains([]string{"if", "elsif", "unless", "when"}, t.name) {
			continue
		}
		for _, text := range literal().FindAllString(wording[t.from:t.to], -1) {
			text = text[1 : len(text)-1]
			if (about || languageTag().MatchString(text)) && !slices.Contains(found, text) && text != smsMessage && text != voiceMessage {
				found = append(found, text)
			}
		}
	}
	return found[:min(len(found), mostLanguages)]
}

func isLanguage(v variable) bool {
	return slices.Contains([]string{"locale", "requestInfo.lang", "request_language"}, v.path)
}
