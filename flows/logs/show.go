package logs

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"upe/flows/phone"
	"upe/flows/tenant"
)

// How much of an entry is kept: it goes into a journal, and a stack trace may be long.
const (
	longestText = 300 // runes
	longestList = 20  // elements, or keys of an object
	longestID   = 24  // a log's id is longer than any phone number
)

// leftOut stands for what says nothing about a message, and something about a person.
const leftOut = "(left out)"

// personal are the keys whose values are left out.
var personal = []string{
	"ip", "client_ip", "user_agent", "user_name", "username", "email", "location_info", "geoip", "security_context", "cookies", "headers",
}

// codes are the keys under which a one-time code, or something that logs somebody in, may stand beside those that package tenant
// knows as secrets.
var codes = []string{
	"otp", "one_time_password", "passcode", "verification_code", "link", "ticket", "token", "id_token", "refresh_token",
	"authorization", "as_text", "as_voice", "message_body",
}

// oneTimeCode is what a code looks like in a text: Auth0's have six digits unless somebody made them longer.
var oneTimeCode = regexp.MustCompile(`\b\d{6,}\b`)

// word is a word that may be a credential: an Action that throws its own token writes it into the logs of its tenant. It is told by
// its look: long, of letters and digits. A time of day is none.
var (
	word = regexp.MustCompile(`[A-Za-z0-9][A-Za-z0-9+_=~-]{11,}`)
	date = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}T\d{2}$`)
)

// hidden stands for such a word.
const hidden = "(hidden)"

// shown is an entry as it may be kept and shown: without secrets, codes and what is personal, and with phone numbers masked.
func (s Sought) shown(e Entry) json.RawMessage {
	decoder := json.NewDecoder(bytes.NewReader(tenant.Redact(e.Raw)))
	decoder.UseNumber()
	var document any
	if decoder.Decode(&document) != nil {
		return nil
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if encoder.Encode(s.reduced("", document, maxDepth)) != nil {
		return nil
	}
	return bytes.TrimSpace(out.Bytes())
}

func (s Sought) reduced(key string, value any, depth int) any {
	lower := strings.ToLower(key)
	switch {
	case slices.Contains(personal, lower) && value != nil && value != "":
		return leftOut
	case slices.Contains(codes, lower) && value != nil && value != "":
		return tenant.Redacted
	case depth == 0:
		return leftOut
	}
	switch v := value.(type) {
	case string:
		return s.text(key, v)
	case json.Number:
		if text := s.cleaned(v.String()); text != v.String() {
			return text
		}
		return v
	case []any:
		short := make([]any, 0, min(len(v), longestList))
		for _, inner := range v[:min(len(v), longestList)] {
			short = append(short, s.reduced(key, inner, depth-1))
		}
		return short
	case map[string]any:
		return s.object(v, depth)
	}
	return value
}

func (s Sought) object(v map[string]any, depth int) map[string]any {
	keys := make([]string, 0, len(v))
	for key := range v {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	short := map[string]any{}
	for _, key := range keys[:min(len(keys), longestList+longestList)] {
		short[s.cleaned(key)] = s.reduced(key, v[key], depth-1)
	}
	return short
}

// text is one value. A log's id is left whole: it is how the entry is found in the Dashboard.
func (s Sought) text(key, text string) string {
	switch {
	case (key == "log_id" || key == "_id") && s.isID(text):
		return text
	case named(key):
		return cut(s.cleaned(text))
	}
	return s.free(text)
}

// free is a free text as it may be kept.
func (s Sought) free(text string) string { return cut(s.cleaned(hideWords(s.scrubbed(text)))) }

func cut(text string) string {
	if utf8.RuneCountInString(text) <= longestText {
		return text
	}
	return string([]rune(text)[:longestText]) + "…"
}

// isID reports whether a text is an id, and no phone number in disguise.
func (s Sought) isID(text string) bool {
	wanted, known := numberOf(s.To)
	return len(text) >= longestID && !strings.ContainsFunc(text, func(r rune) bool {
		return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_'
	}) && (!known || wanted.hidden || !strings.Contains(text, wanted.first))
}

// named reports whether what stands under a key names something, as ids do, and is no free text.
func named(key string) bool {
	lower := strings.ToLower(key)
	return lower == "id" || strings.HasSuffix(lower, "_id") || lower == "hostname" || lower == "type"
}

// hideWords hides what may be a credential in a text.
func hideWords(text string) string {
	return word.ReplaceAllStringFunc(text, func(w string) string {
		if date.MatchString(w) || !strings.ContainsAny(w, "0123456789") || strings.Trim(w, "0123456789+_=~-") == "" {
			return w
		}
		return hidden
	})
}

// cleaned is a text without secrets, phone numbers and codes.
func (s Sought) cleaned(text string) string {
	return oneTimeCode.ReplaceAllString(phone.MaskAll(s.scrubbed(text)), "******")
}

// scrubbed is a text without the secrets that are known. The number may be one of them; it is masked, so that it can be told.
func (s Sought) scrubbed(text string) string {
	if wanted, known := numberOf(s.To); known && !wanted.hidden {
		text = strings.ReplaceAll(text, "+"+wanted.first, phone.Mask("+"+wanted.first))
	}
	if s.Clean != nil {
		text = s.Clean(text)
	}
	return text
}
