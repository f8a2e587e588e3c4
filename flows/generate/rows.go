package generate

import (
	"slices"
	"strings"
)

// row is a line of the table in the code. An empty condition holds for every message.
type row struct {
	name        string
	strategy    string   // of the connection
	connections []string // by id; "" is a message that names none
	named       []string // connections by name
	types       []string
	methods     []string
	countries   []string
	send        Part // nil: nobody
}

// router finds out the rows of a table and the questions behind them.
type router struct {
	options   Options
	groups    []group
	questions []Undecidable
	err       error
}

// rows are the table: first the connections, then codes that name none, then MFA, then what is no code.
func (r *router) rows() []row {
	r.ask(r.afterPasswordless(), r.phoneOrMFA())
	anonymous := r.anonymous()
	notices := r.notices()
	var rows []row
	for _, g := range r.groups {
		if len(r.groups) > 1 && !r.standsBack(g) {
			rows = append(rows, r.groupRows(g)...)
		}
	}
	return append(rows, r.lastRows(anonymous, notices)...)
}

// standsBack reports whether a group has no rows of its own: because an answer lets its messages go as those of MFA, or because the
// last rows are its own.
func (r *router) standsBack(g group) bool {
	switch g.flow {
	case MFA:
		return true
	case Passwordless:
		return r.answer(afterPasswordless) == string(MFA)
	case PhoneIdentifier:
		return r.answer(phoneOrMFA) == string(MFA)
	}
	return false
}

// groupRows are the rows of the messages that name a connection of the group.
func (r *router) groupRows(g group) []row {
	like := row{types: codes[:1]}
	switch {
	case g.id != "":
		like.connections = []string{g.id}
	case g.name != "":
		like.named = []string{g.name}
	case g.flow == Passwordless:
		like.strategy = "sms"
	case g.flow == PhoneIdentifier:
		like.strategy = "auth0"
	}
	if g.flow == Passwordless && len(r.groups) > 1 {
		like.methods = methods[:1] // a call about such a connection is MFA's
	}
	return r.rowsLike(g, like)
}

// rowsLike are rows for each route of a group, under the conditions of like as well.
func (r *router) rowsLike(g group, like row) []row {
	var rows []row
	for _, route := range g.routes {
		one := like
		one.name = route.Name
		if one.name == "" {
			one.name = g.label()
		}
		if len(route.MessageTypes) > 0 {
			one.types = route.types()
		}
		if len(route.Methods) > 0 {
			one.methods = route.methods()
		}
		one.countries, one.send = route.Countries, route.Part
		rows = append(rows, one)
	}
	if g.missing(r.options.Methods) {
		like.name, like.send = g.label()+", otherwise", r.elsewhere(g)
		rows = append(rows, like)
	}
	return rows
}

// lastRows are those for codes that name no connection, or none that a row above names, and for what is no code.
func (r *router) lastRows(anonymous, notices *group) []row {
	var rows []row
	last := r.mfa()
	switch {
	case last == nil:
		last = anonymous.named("all other codes", len(r.groups) > 1)
	case anonymous.value() != last.value():
		rows = r.rowsLike(*anonymous, row{connections: []string{""}, types: codes[:1]})
		for i := range rows {
			rows[i].name = "codes that name no connection"
		}
	}
	all := row{types: codes}
	if r.options.NonCode == DropNonCode || notices != nil && notices.value() == last.value() && !last.typed() {
		all.types = nil
	}
	rows = append(rows, r.rowsLike(*last, all)...)
	if all.types == nil {
		return rows
	}
	return append(rows, r.noticeRows(notices)...)
}

// noticeRows are those for what is no code. notices is nil when nobody sends it.
func (r *router) noticeRows(notices *group) []row {
	const name = "notices"
	if notices == nil {
		return []row{{name: name, types: rest}}
	}
	var rows []row
	for _, w := range r.rowsLike(*notices, row{}) {
		w.name, w.types = name, rest
		// Routes that differ by their codes alone are one for notices.
		if !slices.ContainsFunc(rows, func(earlier row) bool {
			return slices.Equal(earlier.methods, w.methods) && slices.Equal(earlier.countries, w.countries)
		}) {
			rows = append(rows, w)
		}
	}
	return rows
}

// named is the group with another name for all of its routes, if it is to have one.
func (g group) named(name string, really bool) *group {
	if !really {
		return &g
	}
	g.routes = slices.Clone(g.routes)
	for i := range g.routes {
		g.routes[i].Name = name
	}
	return &g
}

// typed reports whether a route of the group takes some message types only.
func (g group) typed() bool {
	return slices.ContainsFunc(g.routes, func(r Route) bool { return len(r.MessageTypes) > 0 })
}

// mfa is the group of MFA, if there is one.
func (r *router) mfa() *group {
	for i := range r.groups {
		if r.groups[i].flow == MFA {
			return &r.groups[i]
		}
	}
	return nil
}

// anonymous reports whether the row is for messages that name no connection.
func (w row) anonymous() bool { return len(w.connections) == 1 && w.connections[0] == "" }

// write is a row as it stands in the table: on one line if it fits.
func (w row) write(c *code, send string) {
	fields := []string{"name: " + literal(w.name)}
	add := func(key string, list []string) {
		if len(list) > 0 {
			fields = append(fields, key+": "+literals(list))
		}
	}
	if w.strategy != "" {
		fields = append(fields, "strategy: "+literal(w.strategy))
	}
	if w.anonymous() {
		fields = append(fields, "connections: [null]")
	} else {
		add("connections", w.connections)
	}
	add("connectionNames", w.named)
	add("types", w.types)
	add("methods", w.methods)
	add("countries", w.countries)
	fields = append(fields, "send: "+send)
	if line := "  { " + strings.Join(fields, ", ") + " },"; len(line) <= 110 {
		c.line("%s", line)
		return
	}
	c.line("  {")
	for _, f := range fields {
		c.line("    %s,", f)
	}
	c.line("  },")
}
