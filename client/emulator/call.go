package emulator

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// call is one request to the Management API, as its handler sees it.
type call struct {
	s      *state // a copy: change it freely, replace what it shares
	now    time.Time
	newID  func(kind string) string
	build  time.Duration
	args   []string // the variable segments of the path
	query  url.Values
	body   json.RawMessage
	scopes scopes

	letters []letter // messages to send once the change is in
}

// handler answers a call, and changes c.s when the call is a write.
type handler func(c *call) reply

// arg is the i-th variable segment of the path, or "" when there are fewer.
func (c *call) arg(i int) string {
	if i < len(c.args) {
		return c.args[i]
	}
	return ""
}

// read checks the body against a schema. The second value is the answer to give when it does not fit.
func (c *call) read(schema check) (json.RawMessage, *reply) {
	body := json.RawMessage(bytes.TrimSpace(c.body))
	if len(body) == 0 {
		body = json.RawMessage("{}")
	}
	if !isJSON(body) {
		bad := fail(http.StatusBadRequest, "invalid_body", "Invalid request payload JSON format")
		return nil, &bad
	}
	if problem := schema("", body); problem != "" {
		bad := invalidBody(problem)
		return nil, &bad
	}
	return body, nil
}

// object is [call.read] for a body that is an object.
func (c *call) object(schema shape) (object, *reply) {
	body, bad := c.read(schema.check)
	return decode[object](body), bad
}

// number reads a query parameter between low and high; fallback when it is not there.
func (c *call) number(name string, low, high, fallback int) (int, *reply) {
	raw := c.query.Get(name)
	if raw == "" {
		return fallback, nil
	}
	n, err := strconv.Atoi(raw)
	problem := ""
	switch {
	case err != nil:
		problem = "Expected type integer but found type string on property " + name
	case n < low:
		problem = "Value " + raw + " is less than minimum " + strconv.Itoa(low) + " on property " + name
	case n > high:
		problem = "Value " + raw + " is greater than maximum " + strconv.Itoa(high) + " on property " + name
	default:
		return n, nil
	}
	bad := invalidQuery(problem)
	return 0, &bad
}

// flag reads a boolean query parameter.
func (c *call) flag(name string) bool {
	v := c.query.Get(name)
	return v == "true" || v == "1"
}

// values of a query parameter that may be repeated, written name[]=, or separated by commas.
func (c *call) values(name string) []string {
	var out []string
	for _, v := range slices.Concat(c.query[name], c.query[name+"[]"]) {
		out = append(out, strings.Split(v, ",")...)
	}
	return slices.DeleteFunc(out, func(v string) bool { return v == "" })
}

// fields applies fields and include_fields to a document, keeping always: some keys come with every answer (recorded).
func (c *call) fields(o object, always ...string) object {
	names := c.values("fields")
	if len(names) == 0 {
		return o
	}
	if c.query.Get("include_fields") == "false" {
		return o.without(names...)
	}
	out := object{}
	for _, name := range slices.Concat(names, always) {
		if raw, found := o[name]; found {
			out[name] = raw
		}
	}
	return out
}
