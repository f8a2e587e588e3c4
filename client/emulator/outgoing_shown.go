package emulator

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"upe/flows/tenant"
)

// secrets of a way: what a screen must not show of its requests, the longest first.
func (w way) secrets() []string {
	all := []string{w.twilio.token, w.gateway.obj("gateway_authentication").str("secret")}
	for _, a := range w.actions {
		for _, secret := range a.obj("deployed_version").objects("secrets") {
			all = append(all, secret.str("value"))
		}
	}
	all = slices.DeleteFunc(all, func(s string) bool { return len(s) < shortestSecret })
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(len(b)-len(a), strings.Compare(a, b)) })
	return slices.Compact(all)
}

// shortestSecret that is looked for. What is shorter protects nothing, and stands in every text by chance.
const shortestSecret = 4

// shown are requests as a screen may show them: secrets are replaced, however they are written, and so are the headers that could
// hold a key.
func shown(requests []Outgoing, secrets []string) []Outgoing {
	clean := cleaner(secrets)
	all := make([]Outgoing, len(requests))
	for i, r := range requests {
		r.Headers = maps.Clone(r.Headers)
		for name, value := range r.Headers {
			r.Headers[name] = shownHeader(name, value, clean)
		}
		r.URL, r.Body = clean(shownURL(r)), clean(r.Body)
		all[i] = r
	}
	return all
}

func shownURL(r Outgoing) string {
	if r.Method == MethodCall {
		return r.URL
	}
	return tenant.RedactURL(r.URL)
}

func shownHeader(name, value string, clean func(string) string) string {
	switch name {
	case "accept", "content-type", "user-agent":
		return clean(value)
	case "authorization":
		if scheme, _, found := strings.Cut(value, " "); found && (scheme == "Bearer" || scheme == "Basic") {
			return scheme + " " + tenant.Redacted
		}
	}
	return tenant.Redacted
}

// cleaner takes secrets out of a text, whichever of their characters are escaped in it.
func cleaner(secrets []string) func(string) string {
	if len(secrets) == 0 {
		return func(text string) string { return text }
	}
	written := make([]string, len(secrets))
	for i, secret := range secrets {
		var pattern strings.Builder
		for _, r := range secret {
			pattern.WriteString(anyWriting(r))
		}
		written[i] = pattern.String()
	}
	secret, err := regexp.Compile(strings.Join(written, "|"))
	if err != nil { // a secret too long to be looked for
		return func(string) string { return tenant.Redacted }
	}
	return func(text string) string { return secret.ReplaceAllLiteralString(text, tenant.Redacted) }
}

// anyWriting is a pattern for one character: as it stands, as JSON writes it, and as an address or a form does.
func anyWriting(char rune) string {
	plain := string(char)
	if strings.ContainsRune("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", char) {
		return plain
	}
	inJSON, percent := encode(plain), ""
	for _, b := range []byte(plain) {
		percent += fmt.Sprintf("%%%02x", b)
	}
	forms := []string{regexp.QuoteMeta(plain), regexp.QuoteMeta(string(inJSON[1 : len(inJSON)-1])), "(?i:" + percent + ")"}
	if char == ' ' {
		forms = append(forms, `\+`)
	}
	return "(?:" + strings.Join(forms, "|") + ")"
}
