package generate

import (
	"slices"
	"strings"
)

// write is the Action with these rows.
func (r *router) write(rows []row) Action {
	b := newBuilder(r.options, used(rows)...)
	var table code
	table.line("// Who sends what. The first route that fits a message sends it.%s", explained(rows))
	table.line("const ROUTES = [")
	for _, w := range rows {
		send := string(nobody)
		if w.send == nil {
			b.pieces.needs = append(b.pieces.needs, nobody)
		} else {
			send = b.names[w.send.identity()].function
		}
		w.write(&table, send)
	}
	table.line("];")
	b.pieces.table = table.String()
	b.handler(dispatch)
	b.pieces.parts = slices.Insert(b.pieces.parts, 0, fits(rows))
	for i, m := range b.out.Modules {
		if v := r.answer(moduleVersion + ":" + m.Name); v != "" {
			b.out.Modules[i].Version = v
		}
	}
	return b.action(r.about()...)
}

// dispatch is the body of the handler.
const dispatch = `  const route = ROUTES.find((candidate) => fits(candidate, event));
  if (!route) {
    const { message_type, delivery_method } = event.notification;
    api.notification.drop(` + "`no route for ${message_type} by ${delivery_method}`" + `);
    return;
  }
  await route.send(event, api);
`

// explained says what conditions mean that do not explain themselves.
func explained(rows []row) string {
	var text string
	if slices.ContainsFunc(rows, row.anonymous) {
		text += " The connection null is none."
	}
	if slices.ContainsFunc(rows, func(w row) bool { return len(w.countries) > 0 }) {
		text += " Countries are what numbers begin with."
	}
	return text
}

// used are the parts in the table, each once, in its order.
func used(rows []row) []Part {
	var all []Part
	for _, w := range rows {
		if w.send != nil && !slices.ContainsFunc(all, func(p Part) bool { return p.identity() == w.send.identity() }) {
			all = append(all, w.send)
		}
	}
	return all
}

// terms are the conditions that the table has.
func terms(rows []row) []string {
	conditions := []struct {
		used func(row) bool
		text string
	}{
		{func(w row) bool { return w.strategy != "" }, `(!route.strategy || route.strategy === event.connection?.strategy)`},
		{func(w row) bool { return len(w.connections) > 0 }, `allows(route.connections, event.connection?.id ?? null)`},
		{func(w row) bool { return len(w.named) > 0 }, `allows(route.connectionNames, event.connection?.name)`},
		{func(w row) bool { return len(w.types) > 0 }, `allows(route.types, event.notification.message_type)`},
		{func(w row) bool { return len(w.methods) > 0 }, `allows(route.methods, event.notification.delivery_method)`},
		{func(w row) bool { return len(w.countries) > 0 }, `reaches(route.countries, event.notification.recipient)`},
	}
	var terms []string
	for _, c := range conditions {
		if slices.ContainsFunc(rows, c.used) {
			terms = append(terms, c.text)
		}
	}
	if len(terms) == 0 {
		return []string{"true"}
	}
	return terms
}

// fits is the function that compares a message with a route.
func fits(rows []row) string {
	terms := terms(rows)
	text := strings.Join(terms, " &&\n    ")
	var c code
	c.line("/** Whether a route is for this message: what it does not name does not matter. */")
	c.line("function fits(route, event) {")
	if len(terms) == 1 {
		c.line("  return %s;", text)
	} else {
		c.line("  return (\n    %s\n  );", text)
	}
	c.line("}")
	if strings.Contains(text, "allows(") {
		c.block(allows)
	}
	if strings.Contains(text, "reaches(") {
		c.block(reaches)
	}
	return c.String()
}

const allows = `function allows(list, value) {
  return !list || list.includes(value);
}
`

const reaches = `/** Whether a number begins with one of these country calling codes. */
function reaches(countries, number) {
  const digits = number.replace(/\D/g, "");
  return !countries || countries.some((code) => digits.startsWith(code));
}
`

// about are the paragraphs at the top.
func (r *router) about() []string {
	about := []string{"Sends each phone message by the carrier that it belongs to: see ROUTES."}
	for _, q := range r.questions {
		said := q.Title + " " + q.taken().Consequence
		if q.Answer == "" {
			said += " (This is not decided yet.)"
		}
		about = append(about, said)
	}
	return about
}
