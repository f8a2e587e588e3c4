package client_test

import (
	"encoding/json"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"upe/client"
	"upe/client/emulator"
	"upe/client/openapitest"
	"upe/flows/tenant"
	"upe/testdata"
)

// watched is an emulated tenant, a client for it, and Auth0's OpenAPI description between them.
type watched struct {
	*emulator.Tenant
	*client.Client

	watch *openapitest.Watch
}

func watch(t *testing.T, d *openapitest.Description, name string) watched {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	acme, err := emulator.New(emulator.Options{File: file, Now: time.Now, BuildTime: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	w := watched{Tenant: acme, watch: d.Around(acme.Transport())}
	w.Client = over(t, w.watch, func(o *client.Options) {
		o.Domain, o.Tokens = acme.Domain(), oauth2.StaticTokenSource(&oauth2.Token{AccessToken: acme.Token()})
	})
	return w
}

// compare reports what no known difference explains.
func (w watched) compare(t *testing.T) {
	t.Helper()
	unexplained, _ := openapitest.Explain(w.watch.Violations(), openapitest.Known())
	for _, v := range unexplained {
		t.Error(v)
	}
	requests, responses := w.watch.Counts()
	t.Logf("%d requests and %d responses are as described", requests, responses)
	if requests < len(tenant.Ops())/3 || requests != responses {
		t.Error("the test does not see what is sent")
	}
}

// Every operation of the port, as the client sends it, is a request that Auth0's description knows.
func TestEveryOperationIsAsDescribed(t *testing.T) {
	t.Parallel()
	w := watch(t, openapitest.Open(t, os.Getenv(openapitest.Variable)), "passwordless-twilio")
	kept, used := openapitest.Kept{}, map[tenant.Op]bool{}
	for _, s := range openapitest.Script() {
		s = kept.Fill(s)
		call := tenant.Call{Op: tenant.Op(s.Op), ID: s.ID, Body: json.RawMessage(s.Body)}
		var api tenant.API = w.Client
		switch {
		case call.Op.Known() && call.Op.Writes():
			api = w.Permitted(tenant.Permit{Tenant: w.Tenant.Identity(), Writes: []tenant.Call{call}})
		case !call.Op.Known():
			if strings.Contains(s.Op, "/phone-provider-protection") {
				w.protect(t)
			}
			continue // the emulator knows more than the client sends
		}
		reply, err := do(t, api, call)
		if err != nil {
			t.Fatalf("%s: %v", s.Op, err)
		}
		if err := kept.Keep(s, reply); err != nil {
			t.Fatal(err)
		}
		used[call.Op] = true
	}
	for _, op := range tenant.Ops() {
		if !used[op] {
			t.Errorf("%s was not sent", op)
		}
	}
	w.compare(t)
}

// protect sets up what upe reads and never writes.
func (w watched) protect(t *testing.T) {
	t.Helper()
	e := emulated{Tenant: w.Tenant}
	e.protect(t)
}

// A snapshot asks for nothing that is not described, with every query parameter it uses, whatever the tenant.
func TestSnapshotsAreAsDescribed(t *testing.T) {
	t.Parallel()
	d := openapitest.Open(t, os.Getenv(openapitest.Variable))
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := watch(t, d, name)
			if _, err := tenant.Read(t.Context(), w.Tenant.Identity(), w.Client, nil); err != nil {
				t.Fatal(err)
			}
			w.compare(t)
		})
	}
}

// What is wrong on purpose is seen, whether or not the tenant refuses it.
func TestTheDescriptionSeesTheClient(t *testing.T) {
	t.Parallel()
	w := watch(t, openapitest.Open(t, os.Getenv(openapitest.Variable)), "mfa-twilio")
	call := tenant.Call{Op: tenant.CreateProvider, Body: json.RawMessage(`{"name":"custom","configuration":{"delivery_methods":["text"],` +
		`"unheard_of":true},"credentials":{}}`)}
	if _, err := do(t, w.Permitted(tenant.Permit{Tenant: w.Tenant.Identity(), Writes: []tenant.Call{call}}), call); err == nil {
		t.Error("the tenant took it")
	}
	if _, err := do(t, w.Client, tenant.Call{Op: tenant.ListProviders, Query: url.Values{"unheard_of": {"1"}}}); err == nil {
		t.Error("the tenant took it")
	}
	unexplained, _ := openapitest.Explain(w.watch.Violations(), openapitest.Known())
	if len(unexplained) != 2 {
		t.Errorf("seen: %v", unexplained)
	}
}
