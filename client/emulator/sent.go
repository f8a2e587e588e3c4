package emulator

import (
	"bytes"
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strings"

	"upe/flows/js"
)

// What an Action sent is read from what it did to the world, whatever it used for that: an HTTP request by fetch or axios, or a
// call of an SDK such as Twilio's. The rule, for each call in turn:
//
//  1. All values in it are collected: of a JSON body or of the arguments, at any depth; of a form-encoded body; of the query and
//     the path of the URL. A body that is neither is one value.
//  2. It concerns the recipient when a value is the recipient's number: equal digits, and nothing but digits, spaces and + - ( ) .
//  3. Its text is the value that holds the rendered wording; or else the longest that holds the code, plain or spelled out.
//
// The first call with both is the message. The sender is the value of a key called from, sender or source.

// sent is the message in what an Action did.
type sent struct {
	text    string // as sent; empty when no message was found
	by      string // URL without query, or module path
	from    string
	call    int    // which of the calls; -1 when no message was found
	problem string // why nothing was found
}

func sentBy(calls []js.Call, l letter, wording string) sent {
	problem := "the Action sent nothing"
	for i, c := range calls {
		if c.Kind == js.API {
			continue
		}
		by := c.Path
		if c.Kind == js.Request {
			by, _, _ = strings.Cut(c.URL, "?")
		}
		values := valuesOf(c)
		if !values.reaches(l.to) {
			problem = "the Action called " + by + ", but not for this recipient"
			continue
		}
		if text := values.saying(l, wording); text != "" {
			return sent{text: text, by: by, from: values.from(), call: i}
		}
		problem = "the Action called " + by + ", but with neither the wording nor the code"
	}
	return sent{call: -1, problem: problem}
}

// value is one leaf of a call, with the key it stood under.
type value struct{ key, text string }

type values []value

func valuesOf(c js.Call) values {
	var out values
	if c.Kind == js.Module {
		return out.json("", c.Args)
	}
	if u, err := url.Parse(c.URL); err == nil {
		out = out.form(u.Query())
		for _, segment := range strings.Split(u.Path, "/") {
			out = append(out, value{"", segment})
		}
	}
	if body := bytes.TrimSpace([]byte(c.Body)); isJSON(body) {
		return out.json("", body)
	}
	if strings.Contains(c.Headers["content-type"], "form-urlencoded") {
		if form, err := url.ParseQuery(c.Body); err == nil {
			return out.form(form)
		}
	}
	return append(out, value{"", c.Body})
}

func (v values) form(form url.Values) values {
	for _, key := range slices.Sorted(maps.Keys(form)) {
		for _, text := range form[key] {
			v = append(v, value{key, text})
		}
	}
	return v
}

// json adds the leaves of raw.
func (v values) json(key string, raw json.RawMessage) values {
	switch kindOf(raw) {
	case "object":
		o := decode[object](raw)
		for _, inner := range slices.Sorted(maps.Keys(o)) {
			v = v.json(inner, o[inner])
		}
	case "array":
		for _, child := range decode[[]json.RawMessage](raw) {
			v = v.json(key, child)
		}
	case "string":
		v = append(v, value{key, decode[string](raw)})
	case "number":
		v = append(v, value{key, string(raw)})
	}
	return v
}

func onlyDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// reaches reports whether one of the values is the number to.
func (v values) reaches(to string) bool {
	for _, it := range v {
		if onlyDigits(it.text) == onlyDigits(to) && strings.Trim(it.text, "0123456789 +-().") == "" {
			return true
		}
	}
	return false
}

// saying is the value that carries the message of a letter, or "".
func (v values) saying(l letter, wording string) string {
	best := ""
	for _, it := range v {
		switch {
		case wording != "" && strings.Contains(it.text, wording):
			return it.text
		case l.code == "":
		case strings.Contains(it.text, l.code), strings.Contains(it.text, spell(l.code)):
			if len(it.text) > len(best) || len(it.text) == len(best) && it.text > best {
				best = it.text
			}
		}
	}
	return best
}

func (v values) from() string {
	for _, it := range v {
		switch strings.ToLower(it.key) {
		case "from", "sender", "source":
			return it.text
		}
	}
	return ""
}
