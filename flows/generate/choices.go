package generate

import (
	"fmt"
	"slices"
	"strings"
)

// choices are the groups as answers, MFA first, unless they all have the same carrier.
func (r *router) choices(consequence string) []Choice {
	if len(identities(r.groups...)) < 2 {
		return nil
	}
	var all []Choice
	for _, g := range r.distinct() {
		all = append(all, Choice{g.value(), "as for " + g.label(), fmt.Sprintf(consequence, g.label())})
	}
	return all
}

// distinct are the groups without those that have the one carrier that another has; MFA stays.
func (r *router) distinct() []group {
	var all []group
	seen := map[string]bool{}
	for _, g := range append(r.of(MFA), slices.DeleteFunc(slices.Clone(r.groups), func(g group) bool { return g.flow == MFA })...) {
		ids := identities(g)
		if len(ids) > 1 || !seen[ids[0]] {
			all = append(all, g)
		}
		seen[ids[0]] = seen[ids[0]] || len(ids) == 1
	}
	return all
}

// chosen is the group that an answer names; unasked, MFA's or the first.
func (r *router) chosen(id string) *group {
	for i, g := range r.groups {
		if g.value() == r.answer(id) {
			return &r.groups[i]
		}
	}
	if mfa := r.mfa(); mfa != nil {
		return mfa
	}
	return &r.groups[0]
}

// elsewhere asks who sends the messages of a group that none of its routes takes, and is that part; nil for nobody.
func (r *router) elsewhere(g group) Part {
	id := elsewhere + ":" + g.value()
	if r.answer(id) == "" {
		r.ask(Undecidable{
			ID:      id,
			Title:   "Which carrier sends the messages of " + g.label() + " that no route takes?",
			Why:     "The routes name countries, types or delivery methods, and leave others out.",
			Choices: r.carriers(),
		})
	}
	i := slices.IndexFunc(r.parts(), func(p Part) bool { return r.nameOf(p) == r.answer(id) })
	if i < 0 {
		return nil
	}
	return r.parts()[i]
}

// carriers are the parts as answers.
func (r *router) carriers() []Choice {
	var all []Choice
	for _, p := range r.parts() {
		all = append(all, Choice{r.nameOf(p), p.label(), "They go by " + p.label() + "."})
	}
	return append(all, Choice{nobodySends, "nobody", "They are dropped, and the tenant log says so."})
}

// parts are the carriers of all routes, each once, in the order of the groups.
func (r *router) parts() []Part {
	var all []Part
	for _, g := range r.groups {
		for _, route := range g.routes {
			if !slices.ContainsFunc(all, func(p Part) bool { return p.identity() == route.Part.identity() }) {
				all = append(all, route.Part)
			}
		}
	}
	return all
}

// nameOf is what the code calls a part.
func (r *router) nameOf(p Part) string { return namings(r.parts())[p.identity()].function }

// modules asks for one version of each npm module that parts want several of: an Action has one.
func (r *router) modules(parts []Part) {
	versions := map[string][]string{}
	var names []string
	for _, p := range parts {
		for _, m := range p.modules() {
			if len(versions[m.Name]) == 0 {
				names = append(names, m.Name)
			}
			if !slices.Contains(versions[m.Name], m.Version) {
				versions[m.Name] = append(versions[m.Name], m.Version)
			}
		}
	}
	for _, name := range names {
		q := Undecidable{
			ID: moduleVersion + ":" + name, Title: "Which version of the module " + literal(name) + " do all parts use?",
			Why: "The parts were written for different versions (" + strings.Join(versions[name], ", ") + "), and an Action has one.",
		}
		for _, v := range versions[name] {
			q.Choices = append(q.Choices, Choice{v, v, "Parts that were written for another version have to be tried."})
		}
		r.ask(q)
	}
}
