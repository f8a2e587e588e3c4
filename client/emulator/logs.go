package emulator

import (
	"net/http"
	"slices"
	"strings"
)

// listLogs pages from the last that arrived backwards (recorded), by date when asked to, or with take from a log onwards. A
// checkpoint answer is a plain array.
func listLogs(c *call) reply {
	if c.query.Has("take") || c.query.Has("from") {
		return c.logsFrom()
	}
	size, bad := c.number("per_page", 0, 100, 50)
	if bad != nil {
		return *bad
	}
	page, bad := c.number("page", 0, 1<<30, 0)
	if bad != nil {
		return *bad
	}
	wanted, err := parseQuery(first(c.query.Get("q"), c.query.Get("search")))
	if err != nil {
		return invalidQuery(err.Error())
	}
	list := slices.DeleteFunc(slices.Clone(c.s.Logs), func(l object) bool { return !wanted(l) })
	sort := c.query.Get("sort")
	if strings.HasPrefix(sort, "date:") {
		slices.SortStableFunc(list, byDate)
	}
	if sort != "date:1" {
		slices.Reverse(list)
	}
	window := views(slice(list, page*size, size), func(l object) object { return c.fields(l) })
	if !c.flag("include_totals") {
		return ok(window)
	}
	return ok(map[string]any{"start": page * size, "limit": size, "length": len(window), "total": len(list), "logs": window})
}

func byDate(a, b object) int { return strings.Compare(a.str("date"), b.str("date")) }

func (c *call) logsFrom() reply {
	size, bad := c.number("take", 1, 100, 50)
	if bad != nil {
		return *bad
	}
	start := 0
	if from := c.query.Get("from"); from != "" {
		start = find(c.s.Logs, "log_id", from) + 1
		if start == 0 {
			return invalidQuery("Invalid checkpoint on property from")
		}
	}
	return ok(views(slice(c.s.Logs, start, size), func(l object) object { return c.fields(l) }))
}

func getLog(c *call) reply {
	i := find(c.s.Logs, "log_id", c.arg(0))
	if i < 0 {
		return fail(http.StatusNotFound, "", "The log does not exist")
	}
	return ok(c.s.Logs[i])
}

// entry is a log of the tenant about to be written.
type entry struct {
	kind, description string
	connection        object // nil when no connection was part in it
	details           map[string]any
}

// write appends a log. The caller holds the tenant's lock.
func (t *Tenant) write(e entry) {
	id := t.opts.NewID(KindLog)
	l := map[string]any{
		"_id": id, "log_id": id, "date": millis(t.opts.Now()), "type": e.kind, "description": e.description, "details": e.details,
		"connection": nil, "connection_id": "", "client_id": "", "client_name": nil, "ip": userIP, "hostname": t.state.Domain,
		"user_agent": userAgent, "user_id": userID, "user_name": "", "strategy": nil, "strategy_type": nil, "isMobile": true,
	}
	if e.connection != nil {
		l["connection"], l["connection_id"] = e.connection.str("name"), e.connection.str("id")
		l["strategy"], l["strategy_type"] = e.connection.str("strategy"), "passwordless"
	}
	t.state.Logs = added(t.state.Logs, decode[object](encode(l)))
	t.version++
}

// contains is how a search term of the log query matches: whole words are compared, a star ends a prefix, and case counts.
func contains(have, want string) bool {
	if prefix, found := strings.CutSuffix(want, "*"); found {
		return strings.HasPrefix(have, prefix)
	}
	return have == want
}
