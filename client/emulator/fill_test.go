package emulator_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/flows/tenant"
)

// A tenant of any size is a small file: its fillers are documents like any other.
func TestFillers(t *testing.T) {
	t.Parallel()
	began := time.Now()
	p := open(t, `{"fill":{"connections":{"count":1200},"actions":{"count":150},"clients":{"count":60}},
		"connections":[{"id":"con_own","name":"sms","strategy":"sms"}],
		"actions":[{"id":"own","name":"Own","supported_triggers":[{"id":"send-phone-message"}]}]}`, func(o *emulator.Options) { o.NewID = nil })
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("loading took %s", took)
	}
	for what, want := range map[string]string{
		"GET /connections?per_page=1&include_totals=true total":                              "1201",
		"GET /connections?take=1 connections.0.name":                                         "filler-connection-0001",
		"GET /connections?take=1&from=1199 connections.0.display_name":                       "Filler connection 1200",
		"GET /connections?take=1&from=1200 connections.0.name":                               "sms",
		"GET /connections?strategy=auth0&per_page=1&include_totals=true total":               "1200",
		"GET /actions/actions?page=1&per_page=100 total":                                     "151",
		"GET /actions/actions?page=1&per_page=100 actions.50.name":                           "Own",
		"GET /actions/actions?per_page=1 actions.0.name":                                     "Filler Action 0001",
		"GET /actions/actions?per_page=1 actions.0.supported_triggers.0.id":                  "post-login",
		"GET /actions/actions?per_page=1 actions.0.code":                                     "exports.onExecutePostLogin = async (event, api) => {};",
		"GET /actions/actions?deployed=true&per_page=1 total":                                "150",
		"GET /clients?per_page=100&include_totals=true&fields=name clients.59.name":          "Filler application 0060",
		"GET /actions/actions?triggerId=send-phone-message&page=0&per_page=100 actions.0.id": "own",
	} {
		request, path, _ := strings.Cut(strings.TrimPrefix(what, "GET "), " ")
		if got := p.must("GET "+request, "").field(t, path); got != want {
			t.Errorf("%s is %s, want %s", what, got, want)
		}
	}
	if id := p.must("GET /clients", "").field(t, "0.client_id"); len(id) != 32 {
		t.Errorf("a client_id is %q", id)
	}
	state := string(p.State())
	if strings.Contains(state, `"fill"`) || strings.Count(state, `"Filler connection `) != 1200 {
		t.Error("the state does not have the fillers written out")
	}
	if diff := cmp.Diff(state, string(again(t, p).State())); diff != "" {
		t.Errorf("loaded again (-want +got):\n%s", diff)
	}
}

// The tokens of a tenant may do what its file says, whichever way they are got.
func TestTokenOfTheFile(t *testing.T) {
	t.Parallel()
	sms := `"connections":[{"id":"con_1","name":"sms","strategy":"sms","options":{"from":"+1"}}]`
	for file, want := range map[string]map[tenant.Op]string{
		`{` + sms + `}`: {tenant.GetConnection: "options", tenant.ListLogs: ""},
		`{"token":{"without":["read:connections_options","read:logs","read:logs_users"]},` + sms + `}`: {tenant.ListLogs: "insufficient_scope"},
		`{"token":{"scopes":["read:connections"]},` + sms + `}`:                                        {tenant.GetConnection: "con_1", tenant.GetSettings: "insufficient_scope"},
		`{"token":{"scopes":[]},` + sms + `}`:                                                          {tenant.GetConnection: "insufficient_scope"},
	} {
		p := open(t, file)
		if diff := cmp.Diff(string(p.State()), string(again(t, p).State())); diff != "" {
			t.Errorf("%s, loaded again (-want +got):\n%s", file, diff)
		}
		for op, part := range want {
			body, err := p.Port(tenant.Permit{}).Do(t.Context(), tenant.Call{Op: op, ID: "con_1"})
			says, refused := string(body), &tenant.Error{}
			if errors.As(err, &refused) {
				says = refused.Code
			}
			if !strings.Contains(says, part) {
				t.Errorf("%s: %s is %q, want %q in it", file, op, says, part)
			}
			p.send(strings.Replace(string(op), "{id}", "con_1", 1), "").want(t, map[bool]int{true: 403, false: 200}[refused.Code != ""], part)
		}
		if strings.Contains(file, "token") {
			p.as("read:connections", "read:connections_options").send("GET /connections", "").want(t, 200, `"options"`) // scopes that are named are given
		}
	}
}
