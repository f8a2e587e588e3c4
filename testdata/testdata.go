// Package testdata holds the emulated tenants that come with the program: a demo picks one by name, and the tests migrate all.
package testdata

import (
	"embed"
	"fmt"
	"slices"
	"strings"
)

//go:embed tenants/*.json
var files embed.FS

// Tenants lists the names, the shortest way through a migration first: a demo takes the first unless told otherwise.
func Tenants() []string {
	return []string{"mfa-twilio", "mfa-twilio-voice", "mfa-action", "passwordless-twilio"}
}

// Tenant is a tenant file by name. The error of an unknown name lists those that are known.
func Tenant(name string) ([]byte, error) {
	if !slices.Contains(Tenants(), name) {
		return nil, fmt.Errorf("no tenant %q, there are %s", name, strings.Join(Tenants(), ", "))
	}
	return files.ReadFile("tenants/" + name + ".json")
}
