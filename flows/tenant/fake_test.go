package tenant_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"

	"upe/flows/tenant"
)

// fake is a tenant that answers from a table and remembers what it was asked, in the order in which it was asked.
type fake struct {
	answers map[string]string        // by path with query, else by path without paging
	errors  map[string]*tenant.Error // by path
	gate    func(tenant.Call)        // called before every answer

	mu    sync.Mutex
	calls []tenant.Call
}

func (f *fake) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	f.mu.Lock()
	f.calls = append(f.calls, call)
	f.mu.Unlock()
	if f.gate != nil {
		f.gate(call)
	}
	if ctx.Err() != nil {
		return nil, &tenant.Error{Op: call.Op, Message: ctx.Err().Error()}
	}
	path := partOf(call)
	if err := f.errors[path]; err != nil {
		return nil, err
	}
	for _, key := range []string{call.Path()[1:], path} {
		if raw, ok := f.answers[key]; ok {
			return json.RawMessage(raw), nil
		}
	}
	return nil, &tenant.Error{Op: call.Op, Status: 404, Message: "not found"}
}

// partOf is the snapshot's path of a call: without the query parameters that only cut an answer to size.
func partOf(call tenant.Call) string {
	query := call.Query
	call.Query = nil
	path := call.Path()[1:]
	for _, key := range []string{"strategy", "triggerId"} {
		if query.Has(key) {
			path += "?" + key + "=" + query.Get(key)
		}
	}
	return path
}

func (f *fake) asked() []tenant.Call {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]tenant.Call(nil), f.calls...)
}

// legacy is a tenant with MFA by SMS and two sms connections, as Auth0 answers it.
func legacy() *fake {
	return &fake{
		errors: map[string]*tenant.Error{
			tenant.PathMigrations: {Op: tenant.GetMigrations, Status: 403, Code: "insufficient_scope"},
		},
		answers: map[string]string{
			tenant.PathSettings:           `{"friendly_name":"Acme","phone_consolidated_experience":false}`,
			tenant.PathFactors:            `[{"name":"sms","enabled":true}]`,
			tenant.PathMessageTypes:       `{"message_types":["sms"]}`,
			tenant.PathSelectedProvider:   `{"provider":"twilio"}`,
			tenant.PathTwilio:             `{"sid":"AC1","from":"+15005550006","auth_token":"t0ken"}`,
			tenant.PathMFATemplates:       ``,
			tenant.PathPolicies:           `["all-applications"]`,
			tenant.PathProviders:          `{"providers":[]}`,
			tenant.PathPhoneTemplates:     `{"templates":[{"type":"otp_verify","content":{"from":""}}]}`,
			tenant.PathSMSConnections:     `{"connections":[{"id":"con_1","name":"sms"},{"id":"con_2","name":"sms-2"}],"next":null}`,
			tenant.PathDBConnections:      `[]`,
			tenant.PathLegacyActions:      `{"actions":[],"total":0}`,
			tenant.PathPhoneActions:       `{"actions":[]}`,
			tenant.PathLegacyBindings:     `{"bindings":[]}`,
			tenant.PathPhoneBindings:      `{"bindings":[]}`,
			tenant.PathClients:            `{"clients":[{"client_id":"app1","name":"Shop"}]}`,
			tenant.ClientsPath("con_1"):   `{"clients":[{"client_id":"app1"}]}`,
			tenant.ClientsPath("con_2"):   `{"clients":[]}`,
			tenant.PathAllActions:         `{"actions":[],"total":0}`,
			tenant.PathLogs:               `[]`,
			"connections/con_1":           `{"id":"con_1"}`,
			"actions/actions/act_1":       `{"id":"act_1"}`,
			"branding/phone/providers/p1": `{"id":"p1"}`,
		},
	}
}

var who = tenant.Identity{Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/"}

// refusal is the error of the API inside err, or an empty one.
func refusal(err error) *tenant.Error {
	if e := (*tenant.Error)(nil); errors.As(err, &e) {
		return e
	}
	return &tenant.Error{}
}
