package wizard_test

import (
	"maps"
	"testing"

	"go.yaml.in/yaml/v3"

	"upe/testdata"
)

// variant is a scenario with other answers: what its admin could have chosen as well.
type variant struct {
	name, scenario string
	answers        map[string]any // laid over those of the scenario
	worlds, quirks map[string]testdata.Outcome
}

func variants() []variant {
	prepared := []string{"provider", "template-otp_enroll", "template-otp_verify"}
	return []variant{
		{
			name: "add-voice", scenario: "mfa-twilio",
			answers: map[string]any{"delivery_methods": []string{"text", "voice"}, "message_types": []string{"sms", "voice"}},
			worlds: map[string]testdata.Outcome{
				"*": {Result: testdata.Holds}, "provider-after-flag": {Result: testdata.Blocked, By: "provider"},
			},
			quirks: map[string]testdata.Outcome{
				"try_needs_flag": {Result: testdata.Blocked, By: "test-text", Wrote: prepared},
			},
		},
		{
			name: "drop-voice", scenario: "mfa-twilio-voice",
			answers: map[string]any{"delivery_methods": []string{"text"}, "message_types": []string{"sms"}, "resolution": "drop-factor"},
			worlds:  map[string]testdata.Outcome{"*": {Result: testdata.Holds}},
			quirks: map[string]testdata.Outcome{
				"one_sender":     {Result: testdata.Blocked, By: "provider"},
				"try_needs_flag": {Result: testdata.Blocked, By: "test-text", Wrote: prepared},
			},
		},
	}
}

// trial is the scenario with this variant's answers and outcomes.
func (v variant) trial(t *testing.T) trial {
	t.Helper()
	s := scenarioOf(t, v.scenario)
	var answers map[string]any
	if err := yaml.Unmarshal(s.want.Answers, &answers); err != nil {
		t.Fatal(err)
	}
	maps.Copy(answers, v.answers)
	raw, err := yaml.Marshal(answers)
	if err != nil {
		t.Fatal(err)
	}
	s.name = v.scenario + "-" + v.name
	s.want.Answers, s.want.Worlds, s.want.Quirks = raw, v.worlds, v.quirks
	return s
}
