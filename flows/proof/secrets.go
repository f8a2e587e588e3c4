package proof

import (
	"regexp"
	"slices"
	"strings"

	"upe/flows/pattern"
)

// readSecret finds the names of secrets that code reads: secrets.NAME, secrets['NAME'], const { NAME } = event.secrets, and the same
// of configuration, which integrations of vendors have.
var (
	readSecret  = pattern.Lazy(`\b(?:secrets|configuration)\s*(?:\?\.|\.)\s*([A-Za-z_$][\w$]*)`)
	readIndexed = pattern.Lazy("\\b(?:secrets|configuration)\\s*(?:\\?\\.)?\\[\\s*['\"`]([^'\"`]+)['\"`]")
	readTaken   = pattern.Lazy(`\{([^{}]*)\}\s*=\s*[\w$.?]*\b(?:secrets|configuration)\b`)
	readName    = pattern.Lazy(`(?:^|,)\s*([A-Za-z_$][\w$]*)`)
)

// secretNames lists the secrets that code reads by name, sorted.
func secretNames(code string) []string {
	var names []string
	for _, written := range []func() *regexp.Regexp{readSecret, readIndexed} {
		for _, found := range written().FindAllStringSubmatch(code, -1) {
			names = append(names, found[1])
		}
	}
	for _, taken := range readTaken().FindAllStringSubmatch(code, -1) {
		for _, found := range readName().FindAllStringSubmatch(taken[1], -1) {
			names = append(names, found[1])
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// madeUp is a value for a secret: one that can stand where the name says it will, and that no other name has.
func madeUp(name string) string {
	upper, lower := strings.ToUpper(name), strings.ToLower(strings.NewReplacer("_", "-", "$", "").Replace(name))
	has := func(words ...string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(upper, w) })
	}
	switch {
	case has("URL", "URI", "ENDPOINT", "WEBHOOK", "BACKEND"):
		return "https://" + lower + ".example/send"
	case has("GATEWAY") && !has("SECRET", "KEY", "TOKEN", "ID", "USER", "PASS", "NAME"):
		return "https://" + lower + ".example/send"
	case has("HOST", "DOMAIN"):
		return lower + ".example"
	case has("PORT") && !has("REPORT", "SUPPORT"):
		return "8443"
	case has("FROM", "NUMBER", "SENDER"):
		return "+1500555" + digitsOf(name, 4)
	}
	// Gateways may take a secret for base64, so this one is.
	value := "made-up-" + lower
	return value + "----"[len(value)%4:][:(4-len(value)%4)%4]
}

// digitsOf are n digits that differ between most names.
func digitsOf(name string, n int) string {
	sum := uint32(2166136261)
	for i := range len(name) {
		sum = (sum ^ uint32(name[i])) * 16777619
	}
	out := make([]byte, n)
	for i := range out {
		out[i] = '0' + byte(sum%10)
		sum /= 10
	}
	return string(out)
}
