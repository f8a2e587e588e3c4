package oracle_test

import (
	"encoding/json"
	"slices"
	"testing"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/tenant"
)

const sends = `{
	"guardian": {"factors": {"sms": true}, "message_types": ["sms", "voice"], "selected_provider": "twilio",
		"twilio": {"sid": "AC1", "auth_token": "not-a-real-token-0001", "from": "+15005550006"}},
	"connections": [{"id": "con_1", "name": "sms", "strategy": "sms", "options": {
		"provider": "twilio", "twilio_sid": "AC1", "twilio_token": "not-a-real-token-0001", "from": "+15005550006"}}]}`

func begin(t *testing.T) (*emulator.Tenant, *oracle.Witness) {
	t.Helper()
	watched, err := emulator.New(emulator.Options{File: []byte(sends)})
	if err != nil {
		t.Fatal(err)
	}
	return watched, oracle.New(t.Context(), watched)
}

func do(t *testing.T, w *oracle.Witness, call tenant.Call) {
	t.Helper()
	if _, err := w.Port(tenant.Permit{Writes: []tenant.Call{call}}).Do(t.Context(), call); err != nil {
		t.Fatal(err)
	}
}

func types(list string) tenant.Call {
	return tenant.Call{Op: tenant.PutMessageTypes, Body: json.RawMessage(`{"message_types":` + list + `}`)}
}

// A witness that remembers sees what one sees that asks each time.
func TestRememberingMissesNothing(t *testing.T) {
	t.Parallel()
	var seen [2][]oracle.Loss
	for i := range seen {
		_, w := begin(t)
		if i > 0 {
			w.Remember()
		}
		for _, list := range []string{`["sms"]`, `["sms","voice"]`, `["voice"]`, `["sms","voice"]`} {
			w.Step(list)
			do(t, w, types(list))
		}
		do(t, w, tenant.Call{Op: tenant.CreateProvider, Body: json.RawMessage(`{"name":"twilio","credentials":{"auth_token":"t"},
			"configuration":{"sid":"AC1","default_from":"+15005550006","delivery_methods":["text"]}}`)})
		w.Step("flag")
		do(t, w, tenant.Call{Op: tenant.PatchSettings, Body: json.RawMessage(`{"phone_consolidated_experience":true}`)})
		seen[i] = w.Lost()
	}
	if len(seen[0]) != 6 || !slices.Equal(seen[0], seen[1]) {
		t.Errorf("asking each time: %v\nremembering:      %v", seen[0], seen[1])
	}
}

// On another tenant the baseline is the same, and the first look asks for it.
func TestAWitnessOfACopy(t *testing.T) {
	t.Parallel()
	watched, w := begin(t)
	w.Remember()
	w.Step("first")
	do(t, w, types(`["sms"]`))
	copied := watched.Copy()
	other := w.On(copied)
	if len(other.Lost()) != 0 || !slices.Equal(other.Baseline(), w.Baseline()) {
		t.Errorf("begins with %v, lost %v", other.Baseline(), other.Lost())
	}
	other.Step("second")
	other.Look("second")
	if lost := other.Lost(); len(lost) != 2 || lost[0].From != "second" || lost[0].Route.Channel != "voice" {
		t.Errorf("lost %v", lost)
	}
	other.Step("third")
	do(t, other, types(`["sms","voice"]`))
	if lost := other.Lost(); lost[0].Until != "third" {
		t.Errorf("lost %v, want it back after the third", lost)
	}
	if lost := w.Lost(); len(lost) != 2 || lost[0].Until != "" {
		t.Errorf("what happens to the copy happened to the tenant: %v", lost)
	}
}
