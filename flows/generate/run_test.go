package generate_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/flows/generate"
	"upe/flows/js"
)

var update = flag.Bool("update", false, "write the Actions under testdata anew; then read them line by line")

// message is a phone message as a test states it; what it leaves out is a code by SMS of no connection.
type message struct {
	Type         string `json:"type"`
	Method       string `json:"method"`
	ConnectionID string `json:"connection_id"`
	Connection   string `json:"connection"`
	Strategy     string `json:"strategy"`
	Recipient    string `json:"recipient"`
}

// now is when everything happens: 1767225600 in seconds.
var now = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)

// event is an event of custom-phone-provider v1 with this message.
func (m message) event(secrets map[string]string) json.RawMessage {
	text := func(s, otherwise string) string {
		if s == "" {
			return otherwise
		}
		return s
	}
	event := map[string]any{
		"notification": map[string]any{
			"message_type": text(m.Type, "otp_verify"), "delivery_method": text(m.Method, "text"), "recipient": text(m.Recipient, "+15005550123"),
			"as_text": "123456 is your code", "as_voice": "Your code is 1. 2. 3. <4> & 5. 6.", "code": "123456", "from": "+15005550199", "locale": "en",
		},
		"request": map[string]any{"ip": "203.0.113.7", "method": "POST", "user_agent": "Sample Browser 1.0", "geoip": map[string]any{}},
		"client":  map[string]any{"client_id": "c", "name": "App", "metadata": map[string]any{}},
		"tenant":  map[string]any{"id": "acme"}, "user": map[string]any{"user_id": "sms|1"}, "secrets": secrets, "configuration": map[string]any{},
	}
	if m.ConnectionID+m.Connection != "" {
		event["connection"] = map[string]any{"id": m.ConnectionID, "name": m.Connection, "strategy": text(m.Strategy, "sms")}
	}
	raw, err := json.Marshal(event)
	if err != nil {
		panic(err)
	}
	return raw
}

// run runs an Action on an event, and answers its requests.
func run(t *testing.T, a generate.Action, event json.RawMessage, answer js.Response) js.Result {
	t.Helper()
	result, err := js.Run(t.Context(), js.Action{
		Code: a.Code, Handler: js.CustomPhoneProvider, Event: event, API: []js.Feature{js.Cache, js.Notification}, Now: now,
		Answer: func(js.Call) js.Response { return answer }, Limits: js.Limits{Time: time.Minute},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// requests are what was sent.
func requests(r js.Result) []js.Call {
	var sent []js.Call
	for _, c := range r.Calls {
		if c.Kind == js.Request {
			sent = append(sent, c)
		}
	}
	return sent
}

// golden compares an Action's code with the file, or writes it.
func golden(t *testing.T, path, code string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(path, []byte(code), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(bytes.ReplaceAll(want, []byte("\r\n"), []byte("\n"))), code); diff != "" {
		t.Errorf("%s (-file +generated):\n%s", filepath.Base(path), diff)
	}
}

// fixtures reads the case.json of every folder under dir.
func fixtures[T any](t *testing.T, dir string) map[string]T {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(dir, "*", "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]T{}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		var one T
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&one); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		all[filepath.Dir(file)] = one
	}
	if len(all) < 6 {
		t.Fatalf("%d cases in %s", len(all), dir)
	}
	return all
}
