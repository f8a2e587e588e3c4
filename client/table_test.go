package client_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/flows/tenant"
)

// Every operation reaches the method and path it names, says exactly the call's bytes, and hears exactly the API's.
func TestEveryOperationSaysAndHearsTheBytes(t *testing.T) {
	t.Parallel()
	for _, op := range tenant.Ops() {
		t.Run(string(op), func(t *testing.T) {
			t.Parallel()
			server := &recorder{answer: says(http.StatusOK, awkward)}
			call := sample(op)
			call.Query = url.Values{"strategy": {"sms", "auth0"}, "q": {"a b&c"}}
			reply, err := do(t, allowing(over(t, wire{server}), call), call)
			if err != nil {
				t.Fatal(err)
			}
			if string(reply) != awkward {
				t.Errorf("heard %s", reply)
			}
			seen := server.requests()
			if len(seen) != 1 {
				t.Fatalf("%d requests: %v", len(seen), seen)
			}
			got := seen[0]
			if want := "/api/v2" + op.Path(url.PathEscape(call.ID)); got.method != op.Method() || got.path != want {
				t.Errorf("sent %s %s, want %s", got.method, got.path, want)
			}
			if want := call.Query.Encode(); got.query != want {
				t.Errorf("query %s, want %s", got.query, want)
			}
			if got.body != string(call.Body) {
				t.Errorf("said %s, want %s", got.body, call.Body)
			}
			if kind := got.header.Get("Content-Type"); (kind == "application/json") != (len(call.Body) > 0) {
				t.Errorf("content type %q with a body of %d bytes", kind, len(call.Body))
			}
		})
	}
}

// What the SDK cannot decode, or would call an error, is an answer all the same.
func TestAnswersTheSDKCannotRead(t *testing.T) {
	t.Parallel()
	tests := []struct {
		op           tenant.Op
		status       int
		answer, want string
	}{
		{tenant.ListLogs, 200, `[{"log_id":"1"}]`, `[{"log_id":"1"}]`},
		{tenant.GetMFATemplates, 200, "", ""},
		{tenant.GetMFATemplates, 204, "", ""},
		{tenant.GetTwilio, 200, "{}", "{}"},
		{tenant.GetPolicies, 200, "[]", "[]"},
		{tenant.ListConnections, 200, `[]`, `[]`},
		{tenant.GetConnection, 200, `{"options":{"gateway_authentication":{"secret_base64_encoded":"false"}}}`, ""},
		{tenant.GetProvider, 200, `{"configuration":{"delivery_methods":["text"],"later":true}}`, ""},
		{tenant.GetSettings, 200, `"a string"`, `"a string"`},
		{tenant.DeleteProvider, 204, "", ""},
		{tenant.DeployAction, 202, `{"id":7}`, `{"id":7}`},
	}
	for _, tt := range tests {
		t.Run(fmt.Sprintf("%s %d", tt.op, tt.status), func(t *testing.T) {
			t.Parallel()
			call := sample(tt.op)
			reply, err := do(t, allowing(to(t, says(tt.status, tt.answer)), call), call)
			if err != nil {
				t.Fatal(err)
			}
			want := tt.want
			if want == "" {
				want = tt.answer
			}
			if string(reply) != want {
				t.Errorf("heard %q, want %q", reply, want)
			}
			if len(reply) == 0 && reply != nil {
				t.Error("an empty answer is nil bytes")
			}
		})
	}
}

// A refusal costs one request and no waiting, and comes back with its status, code and message.
func TestRefusalsAreAnsweredAtOnce(t *testing.T) {
	t.Parallel()
	for _, op := range tenant.Ops() {
		for _, status := range []int{302, 400, 401, 403, 404, 408, 409, 500, 503} {
			if !op.Writes() && (status >= 500 || status == 408) {
				continue // repeated, see TestRetry
			}
			t.Run(fmt.Sprintf("%s %d", op, status), func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					server := &recorder{answer: says(status,
						`{"statusCode":499,"error":"Reason","message":"The words.","errorCode":"the_code"}`)}
					call, start := sample(op), time.Now()
					_, err := do(t, allowing(over(t, wire{server}), call), call)
					e := errorOf(t, err)
					if e.Op != op || e.Status != status || e.Code != "the_code" || e.Sent {
						t.Errorf("got %+v", e)
					}
					if status >= 400 && e.Message != "The words." {
						t.Errorf("message %q", e.Message)
					}
					if n := len(server.requests()); n != 1 {
						t.Errorf("%d requests", n)
					}
					if waited := time.Since(start); waited > 0 {
						t.Errorf("waited %s", waited)
					}
				})
			})
		}
	}
}

// The same over TCP and the real clock: the SDK sleeps a second or more when it gets to see one of these.
func TestRefusalsOverTCPTakeNoTime(t *testing.T) {
	t.Parallel()
	for _, op := range []tenant.Op{tenant.PatchProvider, tenant.TryProvider, tenant.PatchConnectionClients} {
		for _, status := range []int{429, 500} {
			if status == 429 && op != tenant.TryProvider {
				continue // waits and repeats, see TestRetry
			}
			server := &recorder{answer: says(status, `{"message":"no"}`)}
			call, start := sample(op), time.Now()
			_, err := do(t, allowing(to(t, server), call), call)
			if e := errorOf(t, err); e.Status != status {
				t.Errorf("%s %d: got %+v", op, status, e)
			}
			if n, took := len(server.requests()), time.Since(start); n != 1 || took > time.Second {
				t.Errorf("%s %d: %d requests in %s", op, status, n, took)
			}
		}
	}
}

func TestErrorBodies(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name, body, code, message string
		status                    int
		class                     tenant.Class
	}{
		{
			"legacy", `{"statusCode":403,"error":"Forbidden","message":"m","errorCode":"legacy_mfa_phone_provider_not_allowed"}`,
			"legacy_mfa_phone_provider_not_allowed", "m", 403, tenant.ClassUnified,
		},
		{
			"scope", `{"statusCode":403,"error":"Forbidden","message":"Insufficient scope, expected any of: read:phone_providers",` +
				`"errorCode":"insufficient_scope"}`, "insufficient_scope", "Insufficient scope, expected any of: read:phone_providers",
			403, tenant.ClassScope,
		},
		{
			"no code", `{"statusCode":404,"error":"Not Found","message":"Notification Resource not found"}`, "",
			"Notification Resource not found", 404, tenant.ClassNotFound,
		},
		{"no message", `{"error":"Bad Request"}`, "", "Bad Request", 400, tenant.ClassInvalid},
		{"oauth", `{"error":"access_denied","error_description":"Unauthorized"}`, "", "Unauthorized", 401, tenant.ClassToken},
		{"html", `<html>Bad gateway</html>`, "", "Conflict", 409, tenant.ClassConflict},
		{"empty", ``, "", "Bad Request", 400, tenant.ClassInvalid},
		{"strange", `{"message":{"why":["x"]},"errorCode":7}`, "7", `{"why":["x"]}`, 400, tenant.ClassInvalid},
		{"array", `["no"]`, "", "Bad Request", 400, tenant.ClassInvalid},
		{"long", `{"message":"` + strings.Repeat("é", 2000) + `"}`, "", strings.Repeat("é", 500) + "…", 400, tenant.ClassInvalid},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			_, err := do(t, over(t, wire{says(tt.status, tt.body)}), tenant.Call{Op: tenant.GetSettings})
			e := errorOf(t, err)
			if e.Status != tt.status || e.Code != tt.code || e.Message != tt.message || e.Class() != tt.class {
				t.Errorf("got %+v of class %s", e, e.Class())
			}
		})
	}
}

// Bodies that an encoder would drop are sent.
func TestUnusualBodies(t *testing.T) {
	t.Parallel()
	for _, body := range []string{`{}`, `[]`, `null`, `{"a":1,"a":2}`, " {\n} "} {
		server := &recorder{answer: says(http.StatusOK, `{}`)}
		call := tenant.Call{Op: tenant.PatchSettings, Body: json.RawMessage(body)}
		if _, err := do(t, allowing(over(t, wire{server}), call), call); err != nil {
			t.Fatal(err)
		}
		if got := server.requests()[0].body; got != body {
			t.Errorf("said %q, want %q", got, body)
		}
	}
}
