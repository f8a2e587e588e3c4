package tenant_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"upe/flows/tenant"
)

func TestReadTakesEveryPartAndTheApplicationsOfEachConnection(t *testing.T) {
	t.Parallel()
	api := legacy()
	var seen []tenant.Progress
	s, err := tenant.Read(t.Context(), who, api, func(p tenant.Progress) { seen = append(seen, p) })
	if err != nil {
		t.Fatal(err)
	}
	if s.Tenant != who || s.Schema != tenant.SnapshotSchema || len(s.Paths()) != 22 || !slices.IsSorted(s.Paths()) {
		t.Errorf("snapshot of %v, %d parts: %v", s.Tenant, len(s.Paths()), s.Paths())
	}
	if got := s.EnabledClients("con_1"); !slices.Equal(got, []string{"app1"}) || s.ClientName("app1") != "Shop" {
		t.Errorf("applications of con_1: %v", got)
	}
	if part := s.Parts[tenant.ClientsPath("con_2")]; string(part.Raw) != "[]" {
		t.Errorf("an empty list reads %s, want []", part.Raw)
	}
	if part := s.Parts[tenant.PathMFATemplates]; !s.Has(tenant.PathMFATemplates) || len(part.Raw) != 0 {
		t.Errorf("an empty answer is knowledge too, got %+v", part)
	}
	for i, p := range seen {
		empty := p.Path == tenant.PathMFATemplates
		if p.Done != i+1 || p.Done > p.Total || s.Parts[p.Path].Raw == nil && s.Refusal(p.Path) == nil && !empty {
			t.Errorf("progress %d: %+v", i, p)
		}
	}
	if last := seen[len(seen)-1]; last.Done != last.Total || last.Total != 22 {
		t.Errorf("progress ends at %+v", last)
	}
	if slices.ContainsFunc(api.asked(), func(c tenant.Call) bool { return c.Op.Writes() || c.Body != nil }) {
		t.Error("reading wrote something")
	}
}

func TestTheFirstRequestGoesAloneAndTheOthersAtOnce(t *testing.T) {
	t.Parallel()
	api := legacy()
	one, other := make(chan struct{}), make(chan struct{})
	api.gate = func(c tenant.Call) {
		switch c.Op {
		case tenant.GetSettings:
			if len(api.asked()) != 1 {
				t.Error("something was asked before the first answer came")
			}
		case tenant.GetTwilio:
			close(one)
			<-other // each waits for the other: one after the other, this would never end
		case tenant.GetPolicies:
			close(other)
			<-one
		default:
		}
	}
	if _, err := tenant.Read(t.Context(), who, api, nil); err != nil {
		t.Fatal(err)
	}
}

func TestWhatEndsAReadAndWhatIsKnowledge(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		path string
		err  tenant.Error
		ends bool
	}{
		{"no scope", tenant.PathSettings, tenant.Error{Status: 403, Code: "insufficient_scope"}, false},
		{"unified", tenant.PathTwilio, tenant.Error{Status: 403, Code: tenant.CodeLegacyNotAllowed}, false},
		{"not there", tenant.PathProtection, tenant.Error{Status: 404}, false},
		{"odd request", tenant.PathSMSConnections, tenant.Error{Status: 400}, false},
		{"applications refused", tenant.ClientsPath("con_1"), tenant.Error{Status: 403}, false},
		{"a hint fails", tenant.PathMigrations, tenant.Error{Status: 500}, false},
		{"logs refused", tenant.PathLogs, tenant.Error{Status: 403, Code: "insufficient_scope"}, false},
		{"counting fails", tenant.PathAllActions, tenant.Error{Status: 502}, false},
		{"token", tenant.PathSettings, tenant.Error{Status: 401}, true},
		{"token later", tenant.PathTwilio, tenant.Error{Status: 401}, true},
		{"token for a hint", tenant.PathMigrations, tenant.Error{Status: 401}, true},
		{"network", tenant.PathPolicies, tenant.Error{}, true},
		{"network at last", tenant.ClientsPath("con_2"), tenant.Error{}, true},
		{"no answer", tenant.PathProviders, tenant.Error{Sent: true}, true},
		{"rate limit", tenant.PathClients, tenant.Error{Status: 429}, true},
		{"Auth0", tenant.PathTwilio, tenant.Error{Status: 503}, true},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			api := legacy()
			api.errors[c.path] = &c.err
			s, err := tenant.Read(t.Context(), who, api, nil)
			switch {
			case c.ends && (err == nil || refusal(err) != &c.err || !strings.Contains(err.Error(), c.path)):
				t.Errorf("want the read ended by %v at %s, got %v", c.err, c.path, err)
			case !c.ends && (err != nil || s.Refusal(c.path) != &c.err || s.Has(c.path)):
				t.Errorf("want a part that says %v, got %v and %+v", c.err, err, s.Parts[c.path])
			}
		})
	}
}

func TestACancelledReadSaysSo(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	api := legacy()
	api.gate = func(c tenant.Call) {
		if c.Op == tenant.ListFactors {
			cancel()
		}
	}
	if _, err := tenant.Read(ctx, who, api, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled in the middle: %v", err)
	}
	before := len(api.asked())
	if _, err := tenant.Read(ctx, who, api, nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled before: %v", err)
	}
	if now := len(api.asked()); now > before+1 {
		t.Errorf("after the first failure %d more were asked", now-before-1)
	}
}

// An answer that is a success but no documented JSON must not look like a tenant without connections.
func TestAnOddAnswerIsARefusal(t *testing.T) {
	t.Parallel()
	for path, raw := range map[string]string{
		tenant.PathSMSConnections: `{"connections":"many"}`,
		tenant.PathDBConnections:  `{"error":"none"}`,
		tenant.PathPhoneActions:   `"actions"`,
		tenant.PathClients:        `{"clients":[],"next":5}`,
		tenant.PathTwilio:         `<html>a proxy</html>`,
		tenant.PathProviders:      `[]`,
		tenant.PathPhoneTemplates: `{"template":[]}`,
		tenant.PathMessageTypes:   `{}`,
		tenant.PathLegacyBindings: `{"bindings":null}`,
		tenant.PathPhoneBindings:  ``,
		tenant.PathFactors:        `{"factors":[]}`,
		tenant.PathPolicies:       `null`,
	} {
		api := legacy()
		api.answers[path] = raw
		s, err := tenant.Read(t.Context(), who, api, nil)
		if err != nil || s.Refusal(path) == nil || s.Refusal(path).Code != tenant.CodeUnreadable {
			t.Errorf("%s = %s: %v, %+v", path, raw, err, s.Parts[path])
		}
	}
	for _, settings := range []string{`<html>not Auth0</html>`, `[]`, ``} {
		api := legacy()
		api.answers[tenant.PathSettings] = settings
		_, err := tenant.Read(t.Context(), who, api, nil)
		if e := refusal(err); e.Code != tenant.CodeUnreadable || !strings.Contains(e.Hint(), "domain") || len(api.asked()) != 1 {
			t.Errorf("the wrong domain, which answers %q: %v after %d requests", settings, err, len(api.asked()))
		}
	}
}

// What was never configured is documented to be answered with nothing.
func TestADocumentedNothingIsAnAnswer(t *testing.T) {
	t.Parallel()
	for _, path := range []string{tenant.PathTwilio, tenant.PathMFATemplates, tenant.PathSelectedProvider} {
		for _, raw := range []string{``, ` `, `{}`, `null`} {
			api := legacy()
			api.answers[path] = raw
			if s, err := tenant.Read(t.Context(), who, api, nil); err != nil || !s.Has(path) {
				t.Errorf("%s = %q: %v, %+v", path, raw, err, s.Parts[path])
			}
		}
	}
	for path, raw := range map[string]string{
		tenant.PathProviders: `{"providers":[]}`, tenant.PathPhoneTemplates: `{"templates":[],"more":1}`, tenant.PathPolicies: `[]`,
		tenant.PathMessageTypes: `{"message_types":[]}`, tenant.PathPhoneBindings: `{"bindings":[]}`,
	} {
		if part, err := tenant.ReadPart(t.Context(), &fake{answers: map[string]string{path: raw}}, path); err != nil || part.Err != nil {
			t.Errorf("%s = %s: %v, %v", path, raw, err, part.Err)
		}
	}
}

func TestEveryPageOfAListIsRead(t *testing.T) {
	t.Parallel()
	api := legacy()
	api.answers["connections?strategy=sms&take=100"] = `{"connections":[{"id":"a"}],"next":"x"}`
	api.answers["connections?from=x&strategy=sms&take=100"] = `{"connections":[{"id":"b"}],"next":"y"}`
	api.answers["connections?from=y&strategy=sms&take=100"] = `{"connections":[{"id":"c"}]}`
	api.answers["actions/actions?page=0&per_page=100&triggerId=custom-phone-provider"] = `{"actions":[{"id":"1"},{"id":"2"}],"total":3}`
	api.answers["actions/actions?page=1&per_page=100&triggerId=custom-phone-provider"] = `{"actions":[{"id":"3"}],"total":3}`
	s, err := tenant.Read(t.Context(), who, api, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(s.Parts[tenant.PathSMSConnections].Raw); got != `[{"id":"a"},{"id":"b"},{"id":"c"}]` {
		t.Errorf("checkpoints: %s", got)
	}
	if got := string(s.Parts[tenant.PathPhoneActions].Raw); got != `[{"id":"1"},{"id":"2"},{"id":"3"}]` {
		t.Errorf("pages by number: %s", got)
	}
}

// A tenant of 1,200 connections costs 12 requests, the applications of one of them seldom more than one.
func TestPagesAreAsLargeAsAuth0Allows(t *testing.T) {
	t.Parallel()
	api := legacy()
	if _, err := tenant.Read(t.Context(), who, api, nil); err != nil {
		t.Fatal(err)
	}
	for _, call := range api.asked() {
		switch call.Op {
		case tenant.ListConnections, tenant.ListClients:
			if call.Query.Get("take") != "100" {
				t.Errorf("%s", call.Path())
			}
		case tenant.GetConnectionClients:
			if call.Query.Get("take") != "1000" {
				t.Errorf("%s", call.Path())
			}
		default:
		}
	}
}

// Of all Actions only their number is kept, of the logs only who used the Management API: they are about people.
func TestWhatIsNotKept(t *testing.T) {
	t.Parallel()
	api := legacy()
	api.answers[tenant.PathAllActions] = `{"actions":[{"id":"act_1","code":"module.exports = 1"}],"total":101,"per_page":1}`
	api.answers[tenant.PathLogs] = `[{"log_id":"1","type":"s","client_name":"Shop","user_name":"jane@acme.com"}]`
	s, err := tenant.Read(t.Context(), who, api, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(s.Parts[tenant.PathAllActions].Raw); got != `{"total":101}` {
		t.Errorf("all Actions: %s", got)
	}
	if count, known := s.ActionCount(); count != 101 || !known {
		t.Errorf("%d Actions, known %v", count, known)
	}
	if part := s.Parts[tenant.PathLogs]; string(part.Raw) != "[]" || !s.Has(tenant.PathLogs) {
		t.Errorf("logs: %s", part.Raw)
	}
	api.answers[tenant.PathAllActions] = `{"actions":[{"id":"act_1"}],"total":"many"}`
	if s, err = tenant.Read(t.Context(), who, api, nil); err != nil || s.Refusal(tenant.PathAllActions) == nil {
		t.Errorf("a total that is no number: %v, %+v", err, s.Parts[tenant.PathAllActions])
	}
	if count, known := s.ActionCount(); known {
		t.Errorf("%d Actions are known", count)
	}
}

func TestPagingEnds(t *testing.T) {
	t.Parallel()
	full := strings.TrimSuffix(strings.Repeat(`{"id":"x"},`, 100), ",")
	first := "actions/actions?page=0&per_page=100&triggerId=custom-phone-provider"
	cases := []struct {
		name, path, page, raw string
		items                 int
		code                  string
	}{
		{"next is null", tenant.PathSMSConnections, tenant.PathSMSConnections, `{"connections":[{"id":"a"}],"next":null}`, 1, ""},
		{"next is empty", tenant.PathSMSConnections, tenant.PathSMSConnections, `{"connections":[{"id":"a"}],"next":""}`, 1, ""},
		{"next without items", tenant.PathSMSConnections, tenant.PathSMSConnections, `{"connections":[],"next":"more"}`, 0, ""},
		{"a plain array", tenant.PathSMSConnections, tenant.PathSMSConnections, `[{"id":"a"},{"id":"b"}]`, 2, ""},
		{"nothing", tenant.PathSMSConnections, tenant.PathSMSConnections, ``, 0, ""},
		{"the same page for ever", tenant.PathSMSConnections, tenant.PathSMSConnections, `{"connections":[{"id":"a"}],"next":"x"}`, 0, tenant.CodeUnreadable},
		{"no total, a full page", tenant.PathPhoneActions, first, `{"actions":[` + full + `]}`, 0, "404"},
		{"a total that is never reached", tenant.PathPhoneActions, tenant.PathPhoneActions, `{"actions":[],"total":7}`, 0, ""},
		{"a full page is all", tenant.PathPhoneActions, first, `{"actions":[` + full + `],"total":100}`, 100, ""},
	}
	for _, c := range cases {
		api := legacy()
		api.answers[c.page] = c.raw
		if c.code == "404" {
			// The second page is asked for: that is what this case shows.
			delete(api.answers, tenant.PathPhoneActions)
		}
		part, err := tenant.ReadPart(t.Context(), api, c.path)
		var items []json.RawMessage
		if part.Err == nil && json.Unmarshal(part.Raw, &items) != nil {
			t.Errorf("%s: %s", c.name, part.Raw)
		}
		code := ""
		if part.Err != nil {
			code = part.Err.Code
			if code == "" {
				code = strconv.Itoa(part.Err.Status)
			}
		}
		if err != nil || len(items) != c.items || code != c.code {
			t.Errorf("%s: %d items, code %q, %v", c.name, len(items), code, err)
		}
	}
}

func TestReadPartReadsTheSameAsRead(t *testing.T) {
	t.Parallel()
	api := legacy()
	s, err := tenant.Read(t.Context(), who, api, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range append(s.Paths(), "connections/con_1", "actions/actions/act_1", "branding/phone/providers/p1") {
		part, err := tenant.ReadPart(t.Context(), api, path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
		}
		whole, inSnapshot := s.Parts[path]
		if inSnapshot && fmt.Sprint(part) != fmt.Sprint(whole) {
			t.Errorf("%s: %+v, in the snapshot %+v", path, part, whole)
		}
		if !inSnapshot && len(part.Raw) == 0 {
			t.Errorf("%s: nothing read", path)
		}
	}
	for _, path := range []string{"", "connections", "connections/", "connections//clients", "connections/a/b", "connections/a?b", "tenants", "connections/%zz"} {
		if _, err := tenant.ReadPart(t.Context(), api, path); err == nil {
			t.Errorf("%q is no part of a snapshot", path)
		}
	}
}

func TestASnapshotSurvivesItsFile(t *testing.T) {
	t.Parallel()
	s, err := tenant.Read(t.Context(), who, legacy(), nil)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := json.Marshal(s.Redacted())
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(raw), "t0ken") {
		t.Error("the file holds the Twilio AuthToken")
	}
	back, err := tenant.ParseSnapshot(raw)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(back); string(again) != string(raw) {
		t.Errorf("read back %s\nwritten   %s", again, raw)
	}
	for _, bad := range []string{``, `[]`, `{"schema":"upe.plan/1"}`} {
		if _, err := tenant.ParseSnapshot([]byte(bad)); err == nil {
			t.Errorf("%q was taken for a snapshot", bad)
		}
	}
}
