package emulator

import "strconv"

// maxOffset is how deep offset paging may go for connections and clients (ended for more on 2025-10-27).
const maxOffset = 1000

func itoa(n int) string { return strconv.Itoa(n) }

// paged answers a list in the style the query asks for: an array; with include_totals an envelope; with take, by checkpoint.
// Only the documents of the page are made into views.
func (c *call) paged(name string, list []object, view func(object) object) reply {
	if c.query.Has("take") || c.query.Has("from") {
		return c.checkpoint(name, list, 100, view)
	}
	size, bad := c.number("per_page", 0, 100, 50)
	if bad != nil {
		return *bad
	}
	page, bad := c.number("page", 0, 1<<30, 0)
	if bad != nil {
		return *bad
	}
	if page*size >= maxOffset {
		return invalidQuery("Offset paging ends at " + itoa(maxOffset) + " records: use checkpoint paging with from and take")
	}
	window := views(slice(list, page*size, size), view)
	if !c.flag("include_totals") {
		return ok(window)
	}
	return ok(map[string]any{"start": page * size, "limit": size, "total": len(list), name: window})
}

// checkpoint answers take items after the mark from. The mark is a position, which clients treat as opaque.
func (c *call) checkpoint(name string, list []object, most int, view func(object) object) reply {
	size, bad := c.number("take", 1, most, 50)
	if bad != nil {
		return *bad
	}
	from, bad := c.number("from", 0, 1<<30, 0)
	if bad != nil {
		return *bad
	}
	window := slice(list, from, size)
	out := map[string]any{name: views(window, view)}
	if next := from + len(window); len(window) > 0 && next < len(list) {
		out["next"] = itoa(next)
	}
	return ok(out)
}

// slice is size items of list from start, or fewer.
func slice[T any](list []T, start, size int) []T {
	from := min(max(start, 0), len(list))
	return list[from:min(from+size, len(list))]
}

func views(list []object, view func(object) object) []object {
	out := make([]object, len(list))
	for i, o := range list {
		out[i] = o
		if view != nil {
			out[i] = view(o)
		}
	}
	return out
}
