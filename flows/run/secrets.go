package run

import (
	"encoding/base64"
	"maps"
	"net/url"
	"slices"
	"strings"

	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// secrets are the values that were asked for or read during a run. An API may repeat them in an error, so whatever is written
// down is searched for them.
type secrets []string

func (s *secrets) add(values ...string) {
	for _, value := range values {
		if value != "" && !slices.Contains(*s, value) {
			*s = append(*s, value)
		}
	}
}

// clean takes secrets and phone numbers out of an entry. Identifiers stay.
func (s secrets) clean(e Entry) Entry {
	if e.To != "" {
		e.To = phone.Mask(e.To)
	}
	e.Error = s.cleanError(e.Error)
	e.Note, e.By = s.cleanText(e.Note), s.cleanText(e.By)
	if e.Answer != nil {
		e.Answer = maps.Clone(e.Answer)
		for key, value := range e.Answer {
			e.Answer[key] = s.scrubValue(value)
		}
	}
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

func (s secrets) scrubValue(value any) any {
	switch v := value.(type) {
	case string:
		return s.scrub(v)
	case map[string]any:
		clean := make(map[string]any, len(v))
		for key, inner := range v {
			clean[key] = s.scrubValue(inner)
		}
		return clean
	}
	return value
}

// scrub replaces every secret in a text, also where it is escaped for JSON or an address, or encoded in base 64.
func (s secrets) scrub(text string) string {
	for _, secret := range s {
		for _, form := range forms(secret) {
			text = strings.ReplaceAll(text, form, tenant.Redacted)
		}
	}
	return text
}

func forms(secret string) []string {
	quoted := string(plan.Encode(secret))
	raw := []byte(secret)
	return []string{
		secret, quoted[1 : len(quoted)-1], url.QueryEscape(secret), url.PathEscape(secret),
		base64.StdEncoding.EncodeToString(raw), base64.RawStdEncoding.EncodeToString(raw),
		base64.URLEncoding.EncodeToString(raw), base64.RawURLEncoding.EncodeToString(raw),
	}
}
