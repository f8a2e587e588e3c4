package oracle_test

import (
	"encoding/base64"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/tenant"
)

// bearer is a token with these claims, and a signature.
func bearer(claims, signature string) string {
	encode := base64.RawURLEncoding.EncodeToString
	return "Bearer " + encode([]byte(`{"alg":"HS256","typ":"JWT"}`)) + "." + encode([]byte(claims)) + "." + encode([]byte(signature))
}

func TestDifferencesOfRequests(t *testing.T) {
	t.Parallel()
	post := func(url, body, authorization string) []emulator.Outgoing {
		return []emulator.Outgoing{{Method: "POST", URL: url, Body: body, Headers: map[string]string{"authorization": authorization}}}
	}
	was := post("https://gw.example/", `{"a":1}`, bearer(`{"iat":1,"aud":["gw"],"sub":"s"}`, "x"))
	for name, tc := range map[string]struct {
		after []emulator.Outgoing
		want  []string
	}{
		"equal":          {was, nil},
		"made later":     {post("https://gw.example/", `{"a":1}`, bearer(`{"sub":"s","aud":["gw"],"iat":2}`, "y")), nil},
		"another key":    {post("https://gw.example/", `{"a":1}`, bearer(`{"iat":1,"aud":["gw"],"sub":"s"}`, "y")), []string{"header authorization"}},
		"another claim":  {post("https://gw.example/", `{"a":1}`, bearer(`{"iat":2,"aud":["gw"],"sub":"t"}`, "y")), []string{"header authorization"}},
		"one claim more": {post("https://gw.example/", `{"a":1}`, bearer(`{"iat":2,"exp":9,"aud":["gw"],"sub":"s"}`, "y")), []string{"header authorization"}},
		"without a date": {post("https://gw.example/", `{"a":1}`, bearer(`{"aud":["gw"],"sub":"s"}`, "y")), []string{"header authorization"}},
		"no token":       {post("https://gw.example/", `{"a":1}`, "Bearer plain"), []string{"header authorization"}},
		"elsewhere":      {post("https://gw.example/2", `{"a":1 }`, was[0].Headers["authorization"]), []string{"URL", "body"}},
		"twice":          {slices.Concat(was, was), []string{"1 requests before, 2 after"}},
		"none":           {nil, []string{"1 requests before, 0 after"}},
	} {
		got := oracle.Differences(was, tc.after)
		slices.Sort(got)
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
		if strings.Contains(strings.Join(got, ""), "Bearer") {
			t.Errorf("%s: a secret is in %q", name, got)
		}
	}
	more := slices.Clone(was)
	more[0].Headers = map[string]string{"authorization": was[0].Headers["authorization"], "accept": "*/*", "x-key": "1"}
	if got := oracle.Differences(was, more); !slices.Equal(got, []string{"header x-key"}) {
		t.Errorf("headers: %q", got)
	}
}

// A gateway's request, made by Auth0 before and by an Action after, is one request as long as the Action makes it so.
func TestOtherwise(t *testing.T) {
	t.Parallel()
	_, w, api := watched(t, "gateway-req-info")
	code := `exports.onExecuteCustomPhoneProvider = async ({ notification: n, request: r }) => { await fetch('https://sms.orlop-marine.example/in',
		{method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify({recipient: n.recipient, body: n.as_text, sender: '+15005550006',
		req: {ip: r.ip, 'user-agent': r.user_agent}})}); }`
	answer, err := api.Do(t.Context(), tenant.Call{Op: tenant.CreateAction, Body: quoted(t, map[string]any{
		"name": "phone", "code": code, "supported_triggers": []map[string]string{{"id": tenant.TriggerPhone, "version": "v1"}},
	})})
	if err != nil {
		t.Fatal(err)
	}
	var made struct{ ID string }
	if err := json.Unmarshal(answer, &made); err != nil {
		t.Fatal(err)
	}
	send(t, api, tenant.DeployAction, made.ID, "")
	send(t, api, tenant.PatchBindings, tenant.TriggerPhone, `{"bindings": [{"ref": {"type": "action_id", "value": "`+made.ID+`"}, "display_name": "phone"}]}`)
	send(t, api, tenant.CreateProvider, "", `{"name": "custom", "configuration": {"delivery_methods": ["text"]}, "credentials": {}}`)
	send(t, api, tenant.PatchSettings, "", `{"phone_consolidated_experience": true}`)
	template := func(text string) json.RawMessage {
		return quoted(t, map[string]any{"type": "otp_verify", "content": map[string]any{"body": map[string]string{"text": text}}})
	}
	made = struct{ ID string }{}
	answer, err = api.Do(t.Context(), tenant.Call{Op: tenant.CreatePhoneTemplate, Body: template("{{ code }} is your code.")})
	if err != nil || json.Unmarshal(answer, &made) != nil {
		t.Fatal(err)
	}
	send(t, api, tenant.PatchConnection, "con_J8nYpC2sFgT6eVkZ", `{"options": {"use_phone_provider": true}}`)
	if got := w.Otherwise("crew"); !slices.Equal(got, []string{`passwordless sms ["crew"]: body`}) {
		t.Errorf("with another wording: %q", got)
	}
	send(t, api, tenant.PatchPhoneTemplate, made.ID, `{"content": {"body": {"text": "{{ code }} is your Orlop code."}}}`)
	if got := w.Otherwise("crew"); len(got) > 0 {
		t.Errorf("with the same wording: %q", got)
	}
	if got := w.Otherwise("mfa"); len(got) > 0 {
		t.Errorf("of another move: %q", got)
	}
}

func quoted(t *testing.T, v any) json.RawMessage {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
