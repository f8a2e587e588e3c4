package client_test

import (
	"bytes"
	"context"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"golang.org/x/oauth2"

	"upe/client"
	"upe/client/emulator"
	"upe/client/login"
	"upe/client/openapitest"
	"upe/flows/tenant"
	"upe/testdata"
)

// emulated is a tenant on loopback, with a client that got its token by client credentials, and the last answer it sent.
type emulated struct {
	*emulator.Tenant
	*client.Client
	last atomic.Pointer[[]byte]
}

func emulate(t *testing.T, name string, options emulator.Options) *emulated {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	options.File = file
	e := &emulated{}
	if e.Tenant, err = emulator.New(options); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		var copied bytes.Buffer
		e.ServeHTTP(tee{w, &copied}, req)
		said := bytes.TrimSpace(copied.Bytes())
		e.last.Store(&said)
	}))
	t.Cleanup(server.Close)
	tokens, err := login.Source(login.Credentials{
		Domain: server.URL, ClientID: emulator.DefaultClientID, ClientSecret: emulator.DefaultClientSecret,
		Audience: e.Tenant.Identity().Audience,
	}, login.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if e.Client, err = client.New(client.Options{Domain: server.URL, Tokens: tokens, Now: time.Now, Transport: listening(t)}); err != nil {
		t.Fatal(err)
	}
	return e
}

// described is Auth0's description, read once for all tests; nil without one, and when the race detector makes the validator ten
// times as slow.
var described = sync.OnceValues(func() (*openapitest.Description, error) {
	path := os.Getenv(openapitest.Variable)
	if path == "" || testing.Short() {
		return nil, nil
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return openapitest.Parse(context.Background(), raw)
})

// listening is the network, on which everything that the client says and hears is held against the description; nil without one.
func listening(t *testing.T) http.RoundTripper {
	t.Helper()
	d, err := described()
	if err != nil {
		t.Fatal(err)
	}
	if d == nil {
		return nil
	}
	watch := d.Around(http.DefaultTransport)
	t.Cleanup(func() {
		unexplained, _ := openapitest.Explain(watch.Violations(), openapitest.Known())
		for _, v := range unexplained {
			// A test's faults are not: an error of the server, and half an answer.
			if v.Part != "response 500" && !strings.HasSuffix(v.Says, "unexpected EOF") {
				t.Errorf("not as described: %v", v)
			}
		}
	})
	return watch
}

// tee copies what a handler writes.
type tee struct {
	http.ResponseWriter
	copied *bytes.Buffer
}

func (w tee) Write(p []byte) (int, error) {
	w.copied.Write(p)
	return w.ResponseWriter.Write(p)
}

// call sends one call, with leave for it, and checks that the reply is the server's bytes. It returns the id in the reply.
func (e *emulated) call(t *testing.T, op tenant.Op, id, body string) string {
	t.Helper()
	call := tenant.Call{Op: op, ID: id, Body: json.RawMessage(body)}
	api := e.Permitted(tenant.Permit{Tenant: e.Tenant.Identity(), Writes: []tenant.Call{call}})
	reply, err := api.Do(t.Context(), call)
	if err != nil {
		t.Fatalf("%s: %v", op, err)
	}
	if said := *e.last.Load(); !bytes.Equal(reply, said) {
		t.Errorf("%s: heard %s, the tenant said %s", op, reply, said)
	}
	var made struct {
		ID string `json:"id"`
	}
	if len(reply) > 0 && reply[0] == '{' {
		if err := json.Unmarshal(reply, &made); err != nil {
			t.Fatal(err)
		}
	}
	return made.ID
}

// Every operation, once, against an emulated tenant over HTTP, in an order in which each can succeed.
func TestEveryOperationAgainstTheEmulator(t *testing.T) {
	t.Parallel()
	e := emulate(t, "passwordless-twilio", emulator.Options{BuildTime: time.Millisecond})
	e.protect(t)
	used := map[tenant.Op]bool{}
	call := func(op tenant.Op, id, body string) string {
		t.Helper()
		used[op] = true
		return e.call(t, op, id, body)
	}
	for _, op := range []tenant.Op{
		tenant.GetSettings, tenant.GetMigrations, tenant.ListProviders, tenant.ListPhoneTemplates, tenant.ListFactors,
		tenant.GetMessageTypes, tenant.GetSelectedProvider, tenant.GetTwilio, tenant.GetMFATemplates, tenant.GetPolicies,
		tenant.ListConnections, tenant.ListClients, tenant.ListActions, tenant.ListLogs, tenant.GetProtection,
	} {
		call(op, "", "")
	}
	connection, application := e.sms(t)
	call(tenant.GetConnection, connection, "")
	call(tenant.PatchConnection, connection, `{"is_domain_connection":false}`)
	call(tenant.CreateConnection, "", `{"name":"codes","strategy":"sms","options":{"disable_signup":true}}`)
	call(tenant.GetConnectionClients, connection, "")
	call(tenant.PatchConnectionClients, connection, `[{"client_id":"`+application+`","status":false}]`)

	action := call(tenant.CreateAction, "", `{"name":"Phone","supported_triggers":[{"id":"custom-phone-provider","version":"v1"}],`+
		`"code":"exports.onExecuteCustomPhoneProvider = async () => {};"}`)
	call(tenant.GetAction, action, "")
	call(tenant.PatchAction, action, `{"runtime":"node22"}`)
	e.built(t, action)
	call(tenant.DeployAction, action, "")
	call(tenant.GetBindings, tenant.TriggerPhone, "")
	call(tenant.PatchBindings, tenant.TriggerPhone, `{"bindings":[]}`)

	provider := call(tenant.CreateProvider, "", `{"name":"twilio","configuration":{"sid":"AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7",`+
		`"delivery_methods":["text"],"default_from":"+15005550006"},"credentials":{"auth_token":"not-a-real-token"}}`)
	call(tenant.GetProvider, provider, "")
	call(tenant.PatchProvider, provider, `{"disabled":false}`)
	call(tenant.TryProvider, provider, `{"to":"+15005550009","delivery_method":"text"}`)

	template := call(tenant.CreatePhoneTemplate, "", `{"type":"otp_verify","disabled":false,`+
		`"content":{"body":{"text":"{{ code }}","voice":"{{ code }}"}}}`)
	call(tenant.GetPhoneTemplate, template, "")
	call(tenant.PatchPhoneTemplate, template, `{"content":{"body":{"text":"{{ code }}!","voice":"{{ code }}"}}}`)
	call(tenant.TryPhoneTemplate, template, `{"to":"+15005550009","delivery_method":"text"}`)
	call(tenant.ResetPhoneTemplate, template, "")
	call(tenant.DeletePhoneTemplate, template, "")

	call(tenant.PutSMSFactor, "", `{"enabled":true}`)
	call(tenant.PutMessageTypes, "", `{"message_types":["sms"]}`)
	call(tenant.PutSelectedProvider, "", `{"provider":"twilio"}`)
	call(tenant.PutTwilio, "", `{"sid":"AC1","auth_token":"not-a-real-token","from":"+15005550006","messaging_service_sid":null}`)
	call(tenant.PutMFATemplates, "", `{"enrollment_message":"{{code}}","verification_message":"{{code}}"}`)
	call(tenant.DeleteProvider, provider, "")
	call(tenant.DeleteAction, action, "")
	call(tenant.PatchSettings, "", `{"phone_consolidated_experience":true}`)

	for _, op := range tenant.Ops() {
		if !used[op] {
			t.Errorf("%s was not called", op)
		}
	}
	_, err := e.Client.Do(t.Context(), tenant.Call{Op: tenant.GetTwilio})
	if refused := errorOf(t, err); refused.Class() != tenant.ClassUnified {
		t.Errorf("after the switch: %+v", refused)
	}
}

// sms finds the passwordless connection, and an application of the tenant.
func (e *emulated) sms(t *testing.T) (connection, application string) {
	t.Helper()
	who, err := e.Client.Identity(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := tenant.Read(t.Context(), who, e.Client, nil)
	if err != nil {
		t.Fatal(err)
	}
	connections := snapshot.SMSConnections()
	if len(connections) == 0 {
		t.Fatal("the tenant has no sms connection")
	}
	var clients []struct {
		ID string `json:"client_id"`
	}
	if err := json.Unmarshal(snapshot.Parts[tenant.PathClients].Raw, &clients); err != nil || len(clients) == 0 {
		t.Fatalf("the tenant has no application: %v", err)
	}
	return connections[0].ID, clients[0].ID
}

// protect sets up what a tenant has none of at first, and upe never writes.
func (e *emulated) protect(t *testing.T) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch,
		"http://localhost/api/v2/attack-protection/phone-provider-protection", strings.NewReader(`{"type":"none"}`))
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Authorization", "Bearer "+e.Token())
	resp, err := e.Transport().RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("protection: %s, %v", resp.Status, err)
	}
}

// built waits until an Action can be deployed.
func (e *emulated) built(t *testing.T, action string) {
	t.Helper()
	for range 200 {
		raw, err := e.Client.Do(t.Context(), tenant.Call{Op: tenant.GetAction, ID: action})
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(raw), `"built"`) {
			return
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the Action is never built")
}

// A whole snapshot of every tenant that comes with the program, over HTTP, writes nothing.
func TestSnapshotOverHTTP(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := emulate(t, name, emulator.Options{})
			before := string(e.State())
			who, err := e.Client.Identity(t.Context())
			if err != nil || who != e.Tenant.Identity() {
				t.Fatalf("identity %+v, %v", who, err)
			}
			snapshot, err := tenant.Read(t.Context(), who, e.Client, nil)
			if err != nil {
				t.Fatal(err)
			}
			for path, part := range snapshot.Parts {
				if part.Err != nil && !slices.Contains(reasons(name), part.Err.Class()) {
					t.Errorf("%s: %v", path, part.Err)
				}
			}
			if string(e.State()) != before {
				t.Error("reading changed the tenant")
			}
			for _, request := range e.Requests() {
				if request.Method != http.MethodGet && request.Path != "/oauth/token" {
					t.Errorf("the tenant saw %s %s", request.Method, request.Path)
				}
			}
		})
	}
}

// reasons are the refusals that a tenant of the demo may have for a read: protection is not set up, a tenant that is unified has
// closed its legacy settings, and some tokens may not do everything.
func reasons(name string) []tenant.Class {
	if strings.HasPrefix(name, "token-") {
		return []tenant.Class{tenant.ClassNotFound, tenant.ClassUnified, tenant.ClassScope}
	}
	return []tenant.Class{tenant.ClassNotFound, tenant.ClassUnified}
}

// What goes wrong on the way: a write whose answer is lost has an unknown outcome and is not repeated, a read is.
func TestFaultsOfTheEmulator(t *testing.T) {
	t.Parallel()
	write := tenant.Call{Op: tenant.PutMessageTypes, Body: json.RawMessage(`{"message_types":["voice"]}`)}
	read := tenant.Call{Op: tenant.GetMessageTypes}
	for kind, want := range map[emulator.FaultKind]struct{ unknown, applied bool }{
		emulator.FaultLost:      {true, true},
		emulator.FaultMalformed: {true, true},
		emulator.FaultReset:     {true, false},
		emulator.FaultRefuse:    {false, false},
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			e := emulate(t, "mfa-twilio", emulator.Options{Faults: []emulator.Fault{{Match: string(write.Op), Kind: kind}}})
			api := e.Permitted(tenant.Permit{Tenant: e.Tenant.Identity(), Writes: []tenant.Call{write}})
			_, err := api.Do(t.Context(), write)
			if failed := errorOf(t, err); failed.Unknown() != want.unknown {
				t.Errorf("got %+v", failed)
			}
			e.Inject(emulator.Fault{Match: string(read.Op), Kind: emulator.FaultReset})
			now, err := api.Do(t.Context(), read)
			if err != nil {
				t.Fatalf("the read is not repeated: %v", err)
			}
			if applied := strings.Contains(string(now), "voice"); applied != want.applied {
				t.Errorf("applied %t: %s", applied, now)
			}
		})
	}
}

// On the smallest plan, two requests a second, a whole snapshot takes its time and meets no refusal.
func TestSnapshotOnTheSmallestPlan(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		acme, err := emulator.New(emulator.Options{Now: time.Now, RateLimit: emulator.RateLimit{Burst: 2, PerSecond: 2}})
		if err != nil {
			t.Fatal(err)
		}
		c := over(t, acme.Transport(), func(o *client.Options) {
			o.Domain, o.Tokens = acme.Domain(), oauth2.StaticTokenSource(&oauth2.Token{AccessToken: acme.Token()})
		})
		start := time.Now()
		if _, err := tenant.Read(t.Context(), acme.Identity(), c, nil); err != nil {
			t.Fatal(err)
		}
		seen := acme.Requests()
		for _, request := range seen {
			if request.Status == http.StatusTooManyRequests {
				t.Errorf("%s %s met the limit", request.Method, request.Path)
			}
		}
		if took, fair := time.Since(start), time.Duration(len(seen))*time.Second; took > fair {
			t.Errorf("%d requests took %s", len(seen), took)
		}
	})
}
