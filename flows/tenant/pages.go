package tenant

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
)

// pager fetches a resource that is not simply the answer to one request: all pages of a list, joined into one array, or the little
// of an answer that is kept.
type pager func(context.Context, API, Call) (json.RawMessage, error)

// The largest pages that Auth0 gives (OpenAPI description): 1,000 of the applications enabled on a connection, 100 of every other
// list used here.
const (
	pageSize    = 100
	enabledPage = 1000
)

// single is one request without pages, whose answer has to have a shape.
func single(fits shape) pager {
	return func(ctx context.Context, api API, call Call) (json.RawMessage, error) {
		raw, err := api.Do(ctx, call)
		if err != nil {
			return nil, err
		}
		if fits == nil {
			fits = anything
		}
		if err := fits(raw); err != nil {
			return nil, unreadable(call, err)
		}
		return raw, nil
	}
}

// checkpoints follows from/take paging, in which an answer carries the next checkpoint beside the list, null on the last page.
// An answer that is a plain array has no further page.
func checkpoints(key string, size int) pager {
	return func(ctx context.Context, api API, call Call) (json.RawMessage, error) {
		all, asked := []json.RawMessage{}, []string{}
		for from := ""; ; {
			parameters := map[string]string{"take": strconv.Itoa(size)}
			if from != "" {
				parameters["from"] = from
			}
			page, err := fetchPage(ctx, api, with(call, parameters), key)
			if err != nil {
				return nil, err
			}
			all = append(all, page.items...)
			switch {
			case page.next == "" || len(page.items) == 0:
				return json.Marshal(all)
			case slices.Contains(asked, page.next):
				return nil, unreadable(call, errors.New("its pages come back to one that was read"))
			}
			from, asked = page.next, append(asked, page.next)
		}
	}
}

// offsets follows page/per_page paging. The answer carries the total; where it does not, a page that is not full is the last.
func offsets(key string) pager {
	return func(ctx context.Context, api API, call Call) (json.RawMessage, error) {
		all := []json.RawMessage{}
		for number := 0; ; number++ {
			parameters := map[string]string{"page": strconv.Itoa(number), "per_page": strconv.Itoa(pageSize)}
			page, err := fetchPage(ctx, api, with(call, parameters), key)
			if err != nil {
				return nil, err
			}
			all = append(all, page.items...)
			last := len(page.items) < pageSize
			if page.total != nil {
				last = len(all) >= *page.total
			}
			if last || len(page.items) == 0 {
				return json.Marshal(all)
			}
		}
	}
}

// counted asks how long a list is: for a page of one, of which the total alone is kept.
func counted(ctx context.Context, api API, call Call) (json.RawMessage, error) {
	raw, err := api.Do(ctx, with(call, map[string]string{"per_page": "1"}))
	if err != nil {
		return nil, err
	}
	total, ok := lenient[map[string]json.RawMessage](raw)["total"]
	if _, err := strconv.Atoi(string(total)); !ok || err != nil {
		return nil, unreadable(call, errors.New("it has no total"))
	}
	return json.Marshal(map[string]json.RawMessage{"total": total})
}

// with is call with further query parameters.
func with(call Call, parameters map[string]string) Call {
	query := maps.Clone(call.Query)
	if query == nil {
		query = url.Values{}
	}
	for name, value := range parameters {
		query.Set(name, value)
	}
	call.Query = query
	return call
}

// page is one page of a list.
type page struct {
	items []json.RawMessage
	next  string // the next checkpoint
	total *int
}

func fetchPage(ctx context.Context, api API, call Call, key string) (page, error) {
	raw, err := api.Do(ctx, call)
	if err != nil {
		return page{}, err
	}
	p, err := split(raw, key)
	if err != nil {
		return page{}, unreadable(call, err)
	}
	return p, nil
}

// split takes an answer apart: an array, or an object with the list under key. An object without that list is not taken for an
// empty one: a tenant whose connections cannot be read does have connections.
func split(raw json.RawMessage, key string) (page, error) {
	var p page
	if Empty(raw) || json.Unmarshal(raw, &p.items) == nil {
		return p, nil
	}
	var object map[string]json.RawMessage
	if err := json.Unmarshal(raw, &object); err != nil {
		return page{}, err
	}
	list, ok := object[key]
	if !ok {
		return page{}, fmt.Errorf("it has no %q", key)
	}
	for _, field := range []struct {
		raw  json.RawMessage
		into any
	}{{list, &p.items}, {object["next"], &p.next}, {object["total"], &p.total}} {
		if field.raw == nil {
			continue
		}
		if err := json.Unmarshal(field.raw, field.into); err != nil {
			return page{}, err
		}
	}
	return p, nil
}

// unreadable is an answer that is a success and yet tells nothing, as the refusal of a part.
func unreadable(call Call, err error) error {
	const statusOK = 200
	return &Error{Op: call.Op, Status: statusOK, Code: CodeUnreadable, Message: "the answer is not the documented one: " + err.Error()}
}
