package client_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"upe/client"
	"upe/flows/tenant"
)

// Promise 7: whatever the API or the network quotes back, no secret of the request stands in an error or in the log.
func TestNoSecretInErrorsOrLog(t *testing.T) {
	t.Parallel()
	const authToken, number, known = "0123456789abcdef0123456789abcdef", "+14155550100", "hunter2"
	call := tenant.Call{Op: tenant.CreateProvider, Body: json.RawMessage(
		`{"name":"twilio","configuration":{"sid":"AC1"},"credentials":{"auth_token":"` + authToken + `"}}`)}
	access := acmeToken(t)
	quote := fmt.Sprintf("String does not match: %s for Bearer %s to %s (%s)", authToken, access, number, known)
	hide := func(o *client.Options) {
		o.Mask = func(s string) string { return strings.ReplaceAll(s, known, "…") }
	}

	for name, transport := range map[string]http.RoundTripper{
		"answer":  wire{says(400, `{"message":"`+quote+`","errorCode":"`+authToken+`"}`)},
		"network": &fails{err: errors.New(quote)},
	} {
		var entries []client.LogEntry
		c := over(t, transport, hide, func(o *client.Options) { o.Log = func(e client.LogEntry) { entries = append(entries, e) } })
		_, err := do(t, allowing(c, call), call)
		logged, jsonErr := json.Marshal(entries)
		if jsonErr != nil {
			t.Fatal(jsonErr)
		}
		for _, text := range []string{err.Error(), string(logged)} {
			for _, secret := range []string{authToken, access, number, known} {
				if strings.Contains(text, secret) {
					t.Errorf("%s: %q stands in %s", name, secret, text)
				}
			}
		}
		if !strings.Contains(err.Error(), "String does not match: (secret)") {
			t.Errorf("%s: the rest is lost: %v", name, err)
		}
	}
}

func TestLogHasEveryAttempt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		var entries []client.LogEntry
		slow := func(w http.ResponseWriter, req *http.Request) {
			time.Sleep(40 * time.Millisecond)
			says(503, ``)(w, req)
		}
		c := over(t, wire{inTurn(slow, says(200, `{}`))}, func(o *client.Options) {
			o.Log = func(e client.LogEntry) {
				mu.Lock()
				defer mu.Unlock()
				entries = append(entries, e)
			}
		})
		call := tenant.Call{Op: tenant.ListLogs, Query: map[string][]string{"q": {"user_name:jane@acme.com"}}}
		start := time.Now()
		if _, err := do(t, c, call); err != nil {
			t.Fatal(err)
		}
		want := []client.LogEntry{
			{At: start, Method: "GET", Path: "/api/v2/logs", Op: call.Op, Attempt: 1, Status: 503, Duration: 40 * time.Millisecond},
			{At: start.Add(290 * time.Millisecond), Method: "GET", Path: "/api/v2/logs", Op: call.Op, Attempt: 2, Status: 200},
		}
		if len(entries) != len(want) || entries[0] != want[0] || entries[1] != want[1] {
			t.Errorf("got %+v, want %+v", entries, want)
		}
	})
}
