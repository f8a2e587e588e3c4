// Package testdata holds the emulated tenants that come with the program: a demo picks one by name, and the tests judge and
// migrate all.
//
// A scenario is two files of one name. tenants/NAME.json is the tenant, as `upe emulate --tenant` reads it. tenants/NAME.yaml is
// what the program must say of it and what must come of its migration, in every world ([Expectation]); it is written from what
// is right by Auth0's documentation, never copied from what the program prints.
//
// The program itself needs the tenants and their titles, which stand in index.go. The expectations are embedded apart, and only
// [Expectation] reads them, so the linker leaves them out of a program that does not call it.
package testdata

import (
	"embed"
	"fmt"
	"slices"
)

//go:embed tenants/*.json
var tenants embed.FS

// Tenants lists the names in an order that teaches: the shortest way through a migration first, which is what a demo takes
// unless told otherwise.
func Tenants() []string {
	var names []string
	for _, s := range index() {
		names = append(names, s.name)
	}
	return names
}

// Title says in one line what a tenant is; "" when there is no tenant of that name.
func Title(name string) string {
	for _, s := range index() {
		if s.name == name {
			return s.title
		}
	}
	return ""
}

// Tenant is a tenant file by name. The error of an unknown name lists those that are spelt alike.
func Tenant(name string) ([]byte, error) {
	if !slices.Contains(Tenants(), name) {
		return nil, unknown(name)
	}
	return tenants.ReadFile("tenants/" + name + ".json")
}

func unknown(name string) error {
	all := Tenants()
	return fmt.Errorf("no tenant %q among the %d; %s", name, len(all), hint(name, all))
}
