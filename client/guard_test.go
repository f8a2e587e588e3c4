package client_test

import (
	"encoding/json"
	"net/http"
	"testing"

	"upe/client"
	"upe/flows/tenant"
)

// Promise 1: without a permit no write leaves, whatever the operation, and no session that is read-only lets one pass.
func TestNoWriteLeavesUnconfirmed(t *testing.T) {
	t.Parallel()
	readOnly := func(o *client.Options) { o.ReadOnly = true }
	for _, op := range tenant.Ops() {
		if !op.Writes() {
			continue
		}
		t.Run(string(op), func(t *testing.T) {
			t.Parallel()
			server := &recorder{answer: says(http.StatusOK, `{}`)}
			call := sample(op)
			other := tenant.Call{Op: op, ID: "other"}
			for name, api := range map[string]tenant.API{
				"plain":          over(t, wire{server}),
				"empty permit":   allowing(over(t, wire{server})),
				"another write":  allowing(over(t, wire{server}), another(call)),
				"read-only":      allowing(over(t, wire{server}, readOnly), call),
				"no tenant":      over(t, wire{server}).Permitted(tenant.Permit{Writes: []tenant.Call{call}}),
				"another tenant": over(t, wire{server}).Permitted(tenant.Permit{Tenant: umbrella, Writes: []tenant.Call{call}}),
			} {
				_, err := do(t, api, call)
				if e := errorOf(t, err); e.Class() != tenant.ClassRefusedLocal || e.Status != 0 || e.Sent || e.Op != op {
					t.Errorf("%s: got %+v", name, e)
				}
			}
			if call.ID != "" {
				if _, err := do(t, allowing(over(t, wire{server}), other), call); err == nil {
					t.Error("another resource's permit let it pass")
				}
			}
			if seen := server.requests(); len(seen) > 0 {
				t.Errorf("the tenant saw %v", seen)
			}
		})
	}
}

var umbrella = tenant.Identity{Domain: "umbrella.eu.auth0.com"}

// another is a write that differs from call.
func another(call tenant.Call) tenant.Call {
	if call.Op == tenant.PatchSettings {
		return tenant.Call{Op: tenant.PutSMSFactor}
	}
	return tenant.Call{Op: tenant.PatchSettings}
}

func TestPermitByIDNotYetKnown(t *testing.T) {
	t.Parallel()
	server := &recorder{answer: says(http.StatusOK, `{}`)}
	api := allowing(over(t, wire{server}), tenant.Call{Op: tenant.PatchProvider, ID: tenant.AnyID})
	if _, err := do(t, api, tenant.Call{Op: tenant.PatchProvider, ID: "pro_1", Body: json.RawMessage(`{}`)}); err != nil {
		t.Fatal(err)
	}
}

// A call that would reach another resource than it says is not sent.
func TestUnsoundCalls(t *testing.T) {
	t.Parallel()
	server := &recorder{answer: says(http.StatusOK, `{}`)}
	for name, call := range map[string]tenant.Call{
		"no such operation": {Op: "DELETE /tenants"},
		"empty id":          {Op: tenant.PatchProvider},
		"any id":            {Op: tenant.PatchProvider, ID: tenant.AnyID},
		"path in id":        {Op: tenant.PatchProvider, ID: "x/../../clients/y"},
		"dots":              {Op: tenant.PatchProvider, ID: ".."},
		"query in id":       {Op: tenant.DeleteAction, ID: "x?force=true"},
		"escape in id":      {Op: tenant.DeleteAction, ID: "x%2Fy"},
		"line break in id":  {Op: tenant.DeleteAction, ID: "x\r\nX-Evil: 1"},
		"id without place":  {Op: tenant.PatchSettings, ID: "x"},
		"body not JSON":     {Op: tenant.PatchSettings, Body: json.RawMessage(`{"a":`)},
		"read with a body":  {Op: tenant.GetSettings, Body: json.RawMessage(`{}`)},
	} {
		_, err := do(t, allowing(over(t, wire{server}), call), call)
		if e := errorOf(t, err); e.Class() != tenant.ClassRefusedLocal {
			t.Errorf("%s: got %+v", name, e)
		}
	}
	if seen := server.requests(); len(seen) > 0 {
		t.Errorf("the tenant saw %v", seen)
	}
}
