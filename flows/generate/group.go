package generate

import (
	"cmp"
	"slices"
)

// group is the routes of one flow and connection.
type group struct {
	flow     Flow
	id, name string // of the connection; both empty: all of the flow
	routes   []Route
}

// grouped are the groups in the order in which their messages are looked for: what names a connection of its own first, MFA last.
func grouped(routes []Route) []group {
	var groups []group
	for _, r := range routes {
		i := slices.IndexFunc(groups, func(g group) bool { return g.flow == r.Flow && g.id == r.ConnectionID && g.name == r.Connection })
		if i < 0 {
			i = len(groups)
			groups = append(groups, group{flow: r.Flow, id: r.ConnectionID, name: r.Connection})
		}
		groups[i].routes = append(groups[i].routes, r)
	}
	slices.SortStableFunc(groups, func(a, b group) int { return cmp.Compare(a.rank(), b.rank()) })
	return groups
}

func (g group) rank() int {
	switch {
	case g.flow == MFA:
		return 2
	case g.id+g.name == "":
		return 1
	}
	return 0
}

// value is the group as an answer.
func (g group) value() string { return cmp.Or(g.id, g.name, string(g.flow)) }

// label is the group in words: "Passwordless (riders)".
func (g group) label() string {
	words := map[Flow]string{MFA: "MFA", Passwordless: "Passwordless", PhoneIdentifier: "Phone as ID"}[g.flow]
	if name := cmp.Or(g.name, g.id); name != "" {
		return words + " (" + escaped(name) + ")"
	}
	return words
}

// identities are the carriers of groups.
func identities(groups ...group) []string {
	var all []string
	for _, g := range groups {
		for _, r := range g.routes {
			if id := r.Part.identity(); !slices.Contains(all, id) {
				all = append(all, id)
			}
		}
	}
	return all
}

// missing reports whether there are messages of the group, by the delivery methods that are offered, that none of its routes takes to
// every number.
func (g group) missing(offered []string) bool {
	first := g.routes[0]
	all := Route{Flow: first.Flow}
	for _, kind := range all.types() {
		for _, method := range common(all.methods(), offered) {
			if !slices.ContainsFunc(g.routes, func(r Route) bool {
				return len(r.Countries) == 0 && slices.Contains(r.types(), kind) && slices.Contains(r.methods(), method)
			}) {
				return true
			}
		}
	}
	return false
}
