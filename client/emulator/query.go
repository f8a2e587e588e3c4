package emulator

import (
	"maps"
	"net/http"
	"slices"
	"strings"
)

// queries are the query parameters of each operation that has any, as Auth0's API description lists them. A parameter that is
// not there is refused, on a real tenant as well (auth0.net issue #157).
var queries = map[string][]string{
	"GET /tenants/settings":               selecting,
	"GET /branding/phone/providers":       {"disabled"},
	"GET /branding/phone/templates":       {"disabled"},
	"GET /connections":                    slices.Concat(selecting, pages, checkpoints, []string{"include_totals", "strategy", "name"}),
	"GET /connections/{id}":               selecting,
	"GET /connections/{id}/clients":       checkpoints,
	"GET /actions/actions":                slices.Concat(pages, []string{"triggerId", "actionName", "deployed", "installed"}),
	"DELETE /actions/actions/{id}":        {"force"},
	"GET /actions/triggers/{id}/bindings": pages,
	"GET /actions/actions/{id}/versions":  pages,
	"GET /clients/{id}":                   selecting,
	"GET /clients": slices.Concat(selecting, pages, checkpoints, []string{
		"include_totals", "is_global", "is_first_party", "app_type", "external_client_id", "q",
	}),
	"GET /actions/modules":                     pages,
	"GET /connections-directory-provisionings": checkpoints,
	// The description has search where recordings, documentation and every client have q.
	"GET /logs": slices.Concat(selecting, pages, checkpoints, []string{"include_totals", "sort", "q", "search"}),
}

// The parameters that several lists share: which fields, which page, and what follows a mark.
var (
	selecting   = []string{"fields", "include_fields"}
	pages       = []string{"page", "per_page"}
	checkpoints = []string{"from", "take"}
)

// unknownQuery is the answer to a parameter that the operation does not have, if there is one. A list may be written name[]=.
func (e endpoint) unknownQuery(c *call) *reply {
	for _, name := range slices.Sorted(maps.Keys(c.query)) {
		if !slices.Contains(queries[e.method+" "+e.path], strings.TrimSuffix(name, "[]")) {
			return refuse(invalidQuery("Additional properties not allowed: " + name))
		}
	}
	return nil
}

// notEmulated is the answer to what Auth0 has and this tenant has not.
func notEmulated(what string) reply {
	return fail(http.StatusNotImplemented, "not_emulated",
		"%s is not emulated: this is a practice tenant, and it knows only what a phone migration needs", what)
}
