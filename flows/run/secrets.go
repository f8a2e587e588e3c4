package run

import (
	"encoding/base64"
	"net/url"
	"slices"
	"strings"

	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// secrets are the values that were asked for or read during a run. An API may repeat them in an error, so whatever is written
// down is searched for them.
type secrets struct {
	values []string
	forms  []string // how they may stand in a text, the longest first
}

func (s *secrets) add(values ...string) {
	for _, value := range values {
		if value != "" && !slices.Contains(s.values, value) {
			s.values = append(s.values, value)
			s.forms = append(s.forms, forms(value)...)
		}
	}
	slices.SortStableFunc(s.forms, func(a, b string) int { return len(b) - len(a) })
}

// clean takes secrets and phone numbers out of the texts of an entry. Request and Answer stay as they are: they hold the ids that
// later steps are sent to, and an id in which a short secret was found by accident would be another one's, or nobody's.
func (s secrets) clean(e Entry) Entry {
	if e.To != "" {
		e.To = phone.Mask(e.To)
	}
	e.Error = s.cleanError(e.Error)
	e.Note, e.By = s.cleanText(e.Note), s.cleanText(e.By) // Entry.Logs is clean already: see Sought.Clean of package logs
	return e
}

func (s secrets) cleanError(err *tenant.Error) *tenant.Error {
	if err == nil {
		return nil
	}
	cleaned := *err
	cleaned.Code, cleaned.Message = s.scrub(err.Code), s.cleanText(err.Message)
	return &cleaned
}

func (s secrets) cleanText(text string) string { return phone.MaskAll(s.scrub(text)) }

// scrub replaces every secret in a text, also where it is escaped for JSON or an address, or encoded in base 64, by itself or with
// something around it.
func (s secrets) scrub(text string) string {
	for _, form := range s.forms {
		text = tenant.Scrub(text, form)
	}
	return text
}

func forms(secret string) []string {
	quoted := string(plan.Encode(secret))
	all := []string{secret, quoted[1 : len(quoted)-1], url.QueryEscape(secret), url.PathEscape(secret)}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		for before := range bytesPerGroup {
			for _, form := range inside(encoding, before, secret) {
				all = append(all, form, url.QueryEscape(form))
			}
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Base 64 writes three bytes as four characters, so that a secret within a longer text (Authorization: Basic, of "sid:token")
// looks in one of three ways.
const (
	bytesPerGroup = 3
	bitsPerByte   = 8
	bitsPerChar   = 6
	// shortestForm keeps a very short secret from being found everywhere.
	shortestForm = 4
)

// inside is how a secret looks in base 64 after so many bytes (modulo 3): at the end of a text, and in its middle. Characters
// that it shares with what stands around it are left out.
func inside(encoding *base64.Encoding, before int, secret string) []string {
	encoded := encoding.EncodeToString([]byte(strings.Repeat("\x00", before) + secret))
	from := (before*bitsPerByte + bitsPerChar - 1) / bitsPerChar
	to := (before + len(secret)) * bitsPerByte / bitsPerChar
	var all []string
	for _, form := range []string{encoded[from:], encoded[from:max(from, to)]} {
		if len(form) >= shortestForm {
			all = append(all, form)
		}
	}
	return all
}
