package action

import (
	_ "embed"
	"regexp"
	"slices"
	"sort"

	"upe/flows/pattern"
)

// Starter is an Action to begin with: it posts the message to a gateway of the customer, asks Auth0 to try again when the gateway
// is overloaded or broken, and drops what the gateway refuses. Auth0's own examples ignore the gateway's answer.
//
//go:embed starter.js
var Starter string

// DefaultName is what Auth0's Dashboard calls the Action it creates.
const DefaultName = "Custom Phone Provider"

var (
	secretUse   = pattern.Lazy(`\bevent\s*\.\s*secrets\s*(?:\?\.|\.)\s*([A-Za-z_$][\w$]*)`)
	secretIndex = pattern.Lazy(`\bevent\s*\.\s*secrets\s*\[\s*["']([^"']+)["']\s*\]`)
	moduleUse   = pattern.Lazy(`\brequire\s*\(\s*["']([^"'.][^"']*)["']\s*\)`)
)

// Secrets lists the names of the secrets that code reads by name, sorted. A name that is computed at run time is not found.
func Secrets(code string) []string { return names(code, secretUse, secretIndex) }

// Modules lists the npm modules that code requires by name, sorted, without Node's own.
func Modules(code string) []string {
	var modules []string
	for _, name := range names(code, moduleUse) {
		if !slices.Contains(nodeModules, name) {
			modules = append(modules, name)
		}
	}
	return modules
}

// nodeModules are the modules of Node itself that need no entry among an Action's dependencies.
var nodeModules = []string{
	"assert", "buffer", "crypto", "events", "http", "https", "net", "os", "path", "querystring", "stream", "string_decoder",
	"timers", "tls", "url", "util", "zlib",
}

func names(code string, uses ...func() *regexp.Regexp) []string {
	var found []string
	for _, use := range uses {
		for _, match := range use().FindAllStringSubmatch(code, -1) {
			if !slices.Contains(found, match[1]) {
				found = append(found, match[1])
			}
		}
	}
	sort.Strings(found)
	return found
}
