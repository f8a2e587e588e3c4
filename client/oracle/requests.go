package oracle

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/client/emulator"
)

// Differences compares what was sent for a message before a migration and after it, byte for byte, and says where they differ; nothing
// where the receiver cannot tell them apart. Of a JSON Web Token everything counts but when it was made; with one time in both, its
// signature does, too. What it says holds no value: it may be secret.
func Differences(before, after []emulator.Outgoing) []string {
	if len(before) != len(after) {
		return []string{fmt.Sprintf("%d requests before, %d after", len(before), len(after))}
	}
	var all []string
	for i, was := range before {
		for _, what := range differ(was, after[i]) {
			if len(before) > 1 {
				what = fmt.Sprintf("%s of request %d", what, i+1)
			}
			all = append(all, what)
		}
	}
	return all
}

// Otherwise lists the routes of these moves whose code came by other requests at the last look than at the beginning, with what is
// different. Who is only carried over, from an Action or a gateway to an Action that does the same, sends the same.
func (w *Witness) Otherwise(moves ...string) []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, l := range w.baseline {
		if !l.Moved(moves) {
			continue
		}
		if different := Differences(l.before.Requests, l.now.Requests); len(different) > 0 {
			all = append(all, fmt.Sprintf("%s: %s", l.Route, strings.Join(different, ", ")))
		}
	}
	return all
}

func differ(was, is emulator.Outgoing) []string {
	var all []string
	for what, pair := range map[string][2]string{"method": {was.Method, is.Method}, "URL": {was.URL, is.URL}, "body": {was.Body, is.Body}} {
		if pair[0] != pair[1] {
			all = append(all, what)
		}
	}
	names := maps.Clone(was.Headers)
	maps.Copy(names, is.Headers)
	for name := range names {
		if !ofTheClient(name) && !sameHeader(was.Headers[name], is.Headers[name]) {
			all = append(all, "header "+name)
		}
	}
	slices.Sort(all)
	return all
}

// ofTheClient reports whether a header is that of an HTTP library, which no gateway reads.
func ofTheClient(name string) bool { return name == "accept" || name == "user-agent" }

// sameHeader compares two values, tokens by what they say. Those made at one time are equal or different.
func sameHeader(was, is string) bool {
	before, after := tokenOf(was), tokenOf(is)
	if was == is || before == nil || after == nil || before["iat"] == after["iat"] {
		return was == is
	}
	for _, when := range [...]string{"iat", "exp", "nbf"} {
		if before[when] != "" && after[when] != "" {
			before[when], after[when] = "", ""
		}
	}
	return maps.Equal(before, after)
}

// tokenOf is the header and the claims of a JSON Web Token, each as JSON; nil for what is none.
func tokenOf(value string) map[string]string {
	token, bearer := strings.CutPrefix(value, "Bearer ")
	parts := strings.Split(token, ".")
	if !bearer || len(parts) != 3 {
		return nil
	}
	all := map[string]string{}
	for i, prefix := range [...]string{"header ", ""} {
		var fields map[string]json.RawMessage
		raw, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(raw, &fields) != nil {
			return nil
		}
		for name, field := range fields {
			all[prefix+name] = string(field)
		}
	}
	return all
}
