package oracle_test

import (
	"encoding/json"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/tenant"
	"upe/testdata"
)

// watched is an embedded tenant with a witness. Every write is allowed: what follows is what no migration should do.
func watched(t *testing.T, name string) (*emulator.Tenant, *oracle.Witness, tenant.API) {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	// By this clock every request takes a minute, so that what Auth0 builds is built at the next one.
	var minutes atomic.Int64
	now := func() time.Time { return time.Unix(0, 0).Add(time.Duration(minutes.Add(1)) * time.Minute) }
	tn, err := emulator.New(emulator.Options{File: file, Now: now})
	if err != nil {
		t.Fatal(err)
	}
	w := oracle.New(t.Context(), tn)
	permit := tenant.Permit{}
	for _, op := range tenant.Ops() {
		permit.Writes = append(permit.Writes, tenant.Call{Op: op, ID: tenant.AnyID}, tenant.Call{Op: op})
	}
	return tn, w, w.Port(permit)
}

func send(t *testing.T, api tenant.API, op tenant.Op, id, body string) tenant.Call {
	t.Helper()
	call := tenant.Call{Op: op, ID: id, Body: json.RawMessage(body)}
	if _, err := api.Do(t.Context(), call); err != nil {
		t.Fatal(err)
	}
	return call
}

func TestTheBaselineIsWhatDelivers(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"mfa-twilio-voice":    "mfa sms, mfa voice, mfa sms (enrolment), mfa voice (enrolment)",
		"passwordless-twilio": `passwordless sms ["sms"]`,
		"phone-id":            "phone-identifier sms",
		"flag-on-no-provider": "",
	} {
		_, w, _ := watched(t, name)
		var got []string
		for _, r := range w.Baseline() {
			got = append(got, r.String())
		}
		if joined := strings.Join(got, ", "); !strings.HasPrefix(joined, want) || want == "" && joined != "" {
			t.Errorf("%s: %s, want %s", name, joined, want)
		}
	}
}

// A flag without a provider is the mistake that locks users out. It is seen with its beginning and its end.
func TestALossIsSeenFromWriteToWrite(t *testing.T) {
	t.Parallel()
	_, w, api := watched(t, "mfa-twilio")
	flag := send(t, api, tenant.PatchSettings, "", `{"phone_consolidated_experience": true}`)
	lost := w.Lost()
	if len(lost) != 2 || lost[0].Length() != "between PATCH /tenants/settings and the end" || lost[0].Why == "" {
		t.Fatalf("lost: %+v", lost)
	}
	provider := send(t, api, tenant.CreateProvider, "", `{"name": "twilio", "configuration": {"sid": "AC1", "default_from": "+15005550006",
		"delivery_methods": ["text"]}, "credentials": {"auth_token": "made-up"}}`)
	if lost = w.Lost(); len(lost) != 2 || lost[0].Until != "POST /branding/phone/providers" {
		t.Errorf("lost: %+v", lost)
	}
	end := oracle.End{Moves: []string{"mfa"}, Writes: []tenant.Call{flag, provider}}
	if wrong, _ := w.Complaints(end); len(wrong) > 0 {
		t.Errorf("complaints about a move that was wanted: %q", wrong)
	}
	if wrong := w.Untouched(end); len(wrong) != 2 {
		t.Errorf("a route that moved is untouched: %q", wrong)
	}
}

// An Action may send the codes of logins and lose those with which a phone is enrolled: nobody new could use MFA.
func TestALostEnrolmentCodeIsSeen(t *testing.T) {
	t.Parallel()
	_, w, api := watched(t, "mfa-twilio")
	answer, err := api.Do(t.Context(), tenant.Call{Op: tenant.CreateAction, Body: json.RawMessage(`{"name": "phone", "supported_triggers":
		[{"id": "custom-phone-provider", "version": "v1"}], "code": "exports.onExecuteCustomPhoneProvider = async (event, api) => { if (event.notification.message_type === 'otp_enroll') return api.notification.drop('no'); await fetch('https://sms.example', {method: 'POST', body: JSON.stringify(event.notification)}); }"}`)})
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
	lost := w.Lost()
	if len(lost) != 1 || lost[0].Route.String() != "mfa sms (enrolment)" || !strings.Contains(lost[0].Why, "dropped the message: no") {
		t.Errorf("lost: %+v", lost)
	}
}

func TestAChangeThatNobodyAskedForIsSeen(t *testing.T) {
	t.Parallel()
	tn, w, api := watched(t, "passwordless-twilio")
	id := w.Baseline()[0].Connection
	asked := tenant.Call{Op: tenant.PatchConnection, ID: id, Body: json.RawMessage(`{"options": {"use_phone_provider": true}}`)}
	send(t, api, tenant.PatchConnection, id, `{"options": {"use_phone_provider": true}}`) // sent alone it takes all others away
	wrong, _ := w.Complaints(oracle.End{Moves: []string{id}, Writes: []tenant.Call{asked}})
	for _, want := range []string{"options.twilio_token", "options.template", "does not come at the end"} {
		if !slices.ContainsFunc(wrong, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("not seen: %s, only %q", want, wrong)
		}
	}
	if slices.ContainsFunc(wrong, func(s string) bool { return strings.Contains(s, "use_phone_provider") }) {
		t.Errorf("complains of what was asked for: %q", wrong)
	}
	if err := tn.Toggle("legacy_mfa_phone_provider", false); err != nil {
		t.Fatal(err)
	}
	if wrong, _ = w.Complaints(oracle.End{}); !slices.Contains(wrong, "changed, and nobody asked for it: migrations.legacy_mfa_phone_provider") {
		t.Errorf("a switch of the Dashboard is not seen: %q", wrong)
	}
}

// A channel that the admin gives up counts until its factor is gone.
func TestAChannelGivenUpCountsUntilItIsGone(t *testing.T) {
	t.Parallel()
	_, w, api := watched(t, "mfa-twilio-voice")
	w.GiveUp("voice")
	send(t, api, tenant.PutTwilio, "", `{"sid": "AC1", "auth_token": "made-up", "messaging_service_sid": "MG1"}`) // a call needs a number
	if lost := w.Lost(); len(lost) != 2 || lost[0].Route.Channel != "voice" {
		t.Fatalf("lost: %+v", lost)
	}
	_, w, api = watched(t, "mfa-twilio-voice")
	w.GiveUp("voice")
	cut := send(t, api, tenant.PutMessageTypes, "", `{"message_types": ["sms"]}`)
	wrong, _ := w.Complaints(oracle.End{Writes: []tenant.Call{cut}})
	if len(w.Lost()) > 0 || len(wrong) > 0 {
		t.Errorf("lost %+v, complaints %q", w.Lost(), wrong)
	}
}

func TestWatchingLeavesNoTrace(t *testing.T) {
	t.Parallel()
	tn, w, api := watched(t, "mfa-action")
	before := string(tn.State())
	if _, err := api.Do(t.Context(), tenant.Call{Op: tenant.GetSettings}); err != nil {
		t.Fatal(err)
	}
	w.Look("nothing")
	if w.Looks() != 0 || len(tn.Handset()) != 0 || string(tn.State()) != before {
		t.Errorf("%d looks, %d messages, the state is the same: %v", w.Looks(), len(tn.Handset()), string(tn.State()) == before)
	}
}

func TestChangesNameTheirPlace(t *testing.T) {
	t.Parallel()
	before := `{"settings": {"a": 1}, "connections": [{"id": "c1", "options": {"x": 1, "list": ["a"]}}, {"id": "c2"}], "methods": ["text"]}`
	after := `{"settings": {"a": 2, "b": 1}, "connections": [{"id": "c1", "options": {"list": ["a", "b"]}}, {"id": "c3"}], "methods": ["voice"]}`
	got := strings.Join(oracle.Changes([]byte(before), []byte(after)), " ")
	const want = "connections[c1].options.list connections[c1].options.x connections[-c2] connections[+] methods settings.a settings.b"
	if got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
}
