package scan

import (
	"cmp"
	"slices"
	"strings"
)

// prepare splits a text into words and notes what matchers ask of the whole of it.
func (t *text) prepare() {
	t.words = split(t.words[:0], t.data)
	t.speaks = slices.ContainsFunc(t.words, func(w word) bool {
		return isReceiver(string(t.data[w.start:w.end]), "guardian")
	})
	t.noteAliases()
	t.bases = t.hasBase()
	t.noteFactors()
}

// sortFound sorts by place, the surest first.
func sortFound(all []found) {
	slices.SortStableFunc(all, func(a, b found) int {
		return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.sure.rank(), b.sure.rank()))
	})
}

// fileOf matches a file of the Deploy CLI's directory format by its name alone.
func fileOf(name string) (target, bool) {
	for suffix, what := range map[string]target{
		"guardian/phoneFactorSelectedProvider.json": {selected, "", "phone"},
		"guardian/providers/sms-twilio.json":        {twilio, "", "sms"},
		"guardian/providers/phone-twilio.json":      {twilio, "", "phone"},
		"guardian/templates/sms.json":               {templates, "", "sms"},
		"guardian/templates/phone.json":             {templates, "", "phone"},
	} {
		if name == suffix || strings.HasSuffix(name, "/"+suffix) {
			return what, true
		}
	}
	return target{}, false
}
