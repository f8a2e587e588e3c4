package emulator_test

import (
	"net/http"
	"strings"
	"testing"

	"upe/client/emulator"
)

// What any client of Auth0 may count on, whatever it asks: paging in both styles, a choice of fields, errors in Auth0's words,
// and the state of the rate limit on every answer.
func TestAnyClient(t *testing.T) {
	t.Parallel()
	p := open(t, `{"fill":{"connections":{"count":120},"clients":{"count":3}},
		"connections":[{"id":"con_1","name":"sms","strategy":"sms","options":{"from":"+1"}}],
		"logs":[{"log_id":"1","type":"cs","date":"2026-11-01T00:00:00Z"},{"log_id":"2","type":"fn","date":"2026-11-02T00:00:00Z"}]}`)
	const query = `"errorCode":"invalid_query_string"`
	for name, tc := range map[string]struct {
		what   string
		scopes string // "every", "none" for no token, or those of the token
		status int
		parts  []string
	}{
		"an array by default":        {"GET /connections?per_page=1", "every", 200, []string{`[{`}},
		"an envelope with totals":    {"GET /connections?per_page=100&page=1&include_totals=true&fields=name", "every", 200, []string{`"limit":100`, `"start":100`, `"total":121`}},
		"by checkpoint":              {"GET /connections?take=100", "every", 200, []string{`"next":"100"`}},
		"the rest by checkpoint":     {"GET /connections?take=100&from=100&fields=strategy", "every", 200, []string{`{"is_domain_connection":false,"strategy":"sms"}]`}},
		"too many on a page":         {"GET /connections?per_page=101", "every", 400, []string{query, `'Value 101 is greater than maximum 100' on property per_page.`}},
		"not a number":               {"GET /connections?take=x", "every", 400, []string{query}},
		"logs with totals":           {"GET /logs?per_page=1&include_totals=true", "every", 200, []string{`"length":1`, `"total":2`}},
		"logs by checkpoint":         {"GET /logs?take=1&from=1", "every", 200, []string{`[{"_id":"2"`}},
		"some fields":                {"GET /clients?fields=name", "every", 200, []string{`[{"name":"Filler application 0001"},`}},
		"all but some fields":        {"GET /connections/con_1?fields=options,realms&include_fields=false", "every", 200, []string{`{"id":"con_1","is_domain_connection":false,"name":"sms","strategy":"sms"}`}},
		"by kind":                    {"GET /clients?app_type=spa,native&is_global=false", "every", 200, []string{`[]`}},
		"first-party applications":   {"GET /clients?is_first_party=true&include_totals=true", "every", 200, []string{`"total":3`}},
		"a search it does not know":  {"GET /clients?q=x", "every", 501, []string{"The query parameter q of GET /api/v2/clients is not emulated"}},
		"an unknown parameter":       {"GET /actions/actions?include_totals=true", "every", 400, []string{query, `"message":"Query validation error: 'Additional properties not allowed: include_totals'."`}},
		"a parameter where none is":  {"GET /guardian/factors?page=0", "every", 400, []string{query}},
		"a list in brackets":         {"GET /connections?strategy[]=sms&strategy[]=email", "every", 200, []string{`"name":"sms"`}},
		"no token":                   {"GET /connections", "none", 401, []string{`"message":"Missing authentication"`}},
		"a token for nothing":        {"GET /connections", "read:logs", 403, []string{`{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:connections","errorCode":"insufficient_scope"}`}},
		"any of several scopes":      {"GET /logs", "read:logs_users", 200, nil},
		"no such connection":         {"GET /connections/con_none", "every", 404, []string{`"errorCode":"inexistent_connection"`}},
		"no such Action":             {"GET /actions/actions/none", "every", 404, []string{"That action does not exist."}},
		"no such provider":           {"GET /branding/phone/providers/pro_none", "every", 404, []string{"Notification Resource not found"}},
		"no such log":                {"GET /logs/none", "every", 404, nil},
		"what is not emulated":       {"GET /users", "every", 501, []string{`"error":"Not Implemented"`, "GET /api/v2/users is not emulated"}},
		"a method it does not have":  {"DELETE /tenants/settings", "every", 501, []string{"DELETE /api/v2/tenants/settings is not emulated"}},
		"without a token, also that": {"GET /users", "none", 401, nil},
	} {
		q := p
		switch tc.scopes {
		case "none":
			q.token = ""
		case "every":
		default:
			q = p.as(tc.scopes)
		}
		t.Log(name)
		r := q.send(tc.what, "")
		r.want(t, tc.status, tc.parts...)
		limits(t, r.header)
	}
}

func limits(t *testing.T, header http.Header) {
	t.Helper()
	for _, name := range []string{"X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"} {
		if header.Get(name) == "" {
			t.Errorf("no %s in %v", name, header)
		}
	}
}

// Answers that never reach an operation have the headers of the rate limit as well.
func TestRateLimitIsOnEveryAnswer(t *testing.T) {
	t.Parallel()
	p := open(t, "", func(o *emulator.Options) {
		o.RateLimit = emulator.RateLimit{Burst: 1, PerSecond: 1}
		o.Faults = []emulator.Fault{{Match: "GET /logs", Kind: emulator.FaultRefuse, Status: 503}}
	})
	limits(t, p.send("GET /logs", "").header)                                       // refused by a fault
	limits(t, p.send("PATCH /tenants/settings", strings.Repeat(" ", 5<<20)).header) // too large
	last := p.send("GET /tenants/settings", "")
	last.want(t, 429, `"message":"Global limit has been reached","errorCode":"too_many_requests"`)
	limits(t, last.header)
	for _, path := range []string{"/oauth/token", "/nothing"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://"+p.Domain()+path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		res, err := p.Transport().RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		limits(t, res.Header)
	}
}
