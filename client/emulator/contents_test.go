package emulator_test

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// contents is a tenant file of what a tenant had before its recording, as far as the recording tells: a document that is read
// before it is written, what is listed and was not made in the recording, and the applications that it makes, because the
// emulator makes none.
type contents struct {
	t    *testing.T
	file map[string]any
	seen map[string]bool // paths that were read or written
	made map[string]bool // ids that the recording made
}

// singleton paths have one document per tenant; the value is where a tenant file has it.
var singletons = map[string]string{
	"/tenants/settings":                         "settings",
	"/guardian/policies":                        "guardian.policies",
	"/guardian/factors/phone/message-types":     "guardian.message_types",
	"/guardian/factors/phone/selected-provider": "guardian.selected_provider",
	"/guardian/factors/sms/providers/twilio":    "guardian.twilio",
	"/guardian/factors/sms/templates":           "guardian.templates",
}

// before is the tenant file. Inline applications are on: they ended after the recordings, in 2026.
func (r recording) before(t *testing.T) string {
	t.Helper()
	c := contents{t: t, seen: map[string]bool{}, made: map[string]bool{}, file: map[string]any{
		"domain": "go-auth0-dev.eu.auth0.com", "guardian": map[string]any{}, "quirks": map[string]bool{"inline_enabled_clients": true},
	}}
	for _, i := range r.Interactions {
		c.learn(i)
	}
	// Backwards, because a page other than the first is known by the newer logs of later lists.
	for _, i := range slices.Backward(r.Interactions) {
		if path, query, _ := strings.Cut(i.path(t), "?"); path == "/logs" {
			c.logs(decoded(t, i.Response.Body), query)
		}
	}
	raw, err := json.Marshal(c.file)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// learn takes from one interaction what it says about the time before.
func (c contents) learn(i interaction) {
	c.t.Helper()
	path, _, _ := strings.Cut(i.path(c.t), "?")
	body := decoded(c.t, i.Response.Body)
	document, _ := body.(map[string]any)
	first := !c.seen[path]
	c.seen[path] = true
	if i.Request.Method == "POST" {
		id, _ := document["id"].(string)
		c.made[id] = true
	}
	switch i.Request.Method + " " + path {
	case "GET /actions/actions":
		c.listed("actions", document, "")
	case "GET /connections":
		c.listed("connections", document, "auth0")
	case "POST /clients":
		c.add("clients", map[string]any{"client_id": document["client_id"], "name": document["name"]})
	case "GET " + path:
		if key := singletons[path]; key != "" && first {
			c.document(key, body)
		}
	}
	if strings.HasPrefix(path, "/branding/phone/providers") && strings.Contains(i.Request.Body, `"name":"custom"`) {
		c.file["actions"] = []any{deployedPhoneAction()}
	}
}

// deployedPhoneAction stands in every tenant that was seen to have a custom provider. The documents say that Auth0 refuses one
// without a deployed Action; the recordings do not show the tenant's Actions.
func deployedPhoneAction() map[string]any {
	return map[string]any{
		"name": "Custom Phone Provider", "supported_triggers": []any{map[string]string{"id": "custom-phone-provider", "version": "v1"}},
		"code": "exports.onExecuteCustomPhoneProvider = async () => {}", "all_changes_deployed": true,
	}
}

func (c contents) add(section string, items ...any) {
	list, _ := c.file[section].([]any)
	c.file[section] = append(list, items...)
}

// document puts a body where a tenant file has it. An answer with one key is an envelope.
func (c contents) document(key string, body any) {
	section, inner, nested := strings.Cut(key, ".")
	if !nested {
		c.file[section] = body
		return
	}
	guardian, _ := c.file[section].(map[string]any)
	guardian[inner] = body
	if envelope, is := body.(map[string]any); is && len(envelope) == 1 {
		for _, value := range envelope {
			guardian[inner] = value
		}
	}
}

// listed adds the documents of a list that the recording did not make. One that shows nothing but its id gets what a tenant
// file asks for.
func (c contents) listed(section string, document map[string]any, strategy string) {
	list, _ := document[section].([]any)
	for _, item := range list {
		o, _ := item.(map[string]any)
		id, _ := o["id"].(string)
		if c.made[id] {
			continue
		}
		if strategy != "" && o["name"] == nil {
			o = map[string]any{"id": id, "name": id, "strategy": strategy}
		}
		c.add(section, o)
	}
}

// logs adds the logs of a list that are not there yet, and before the first page as many as it skips.
func (c contents) logs(body any, query string) {
	c.t.Helper()
	list, _ := c.file["logs"].([]any)
	have := map[string]bool{}
	for _, l := range list {
		have[logID(l)] = true
	}
	items, _ := body.([]any)
	for _, l := range items {
		if !have[logID(l)] {
			list = append(list, l)
		}
	}
	values, err := url.ParseQuery(query)
	if err != nil {
		c.t.Fatal(err)
	}
	page, _ := strconv.Atoi(values.Get("page"))
	size, _ := strconv.Atoi(values.Get("per_page"))
	var newest string // of the page
	if len(items) > 0 {
		newest = logID(items[0])
	}
	newer := 0
	for _, l := range list {
		if logID(l) > newest {
			newer++
		}
	}
	for n := range page*size - newer {
		list = append(list, map[string]any{"log_id": fmt.Sprintf("9999%d", n), "type": "skipped", "date": "9999-12-31T00:00:00.000Z"})
	}
	slices.SortFunc(list, func(a, b any) int { return strings.Compare(logID(a), logID(b)) })
	c.file["logs"] = list
}

func logID(l any) string {
	o, _ := l.(map[string]any)
	id, _ := o["log_id"].(string)
	return id
}
