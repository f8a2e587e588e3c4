package plan_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
)

func TestChangesNameTheFieldsThatDiffer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 200)
	cases := []struct {
		name, was, is, planned string
		want                   []string
	}{
		{"a plain value", `false`, `true`, `true`, []string{"was false, is true, planned true"}},
		{"a field", `{"a":1,"from":"+1"}`, `{"a":1,"from":"+2"}`, `{"from":"+3"}`, []string{`from: was "+1", is "+2", planned "+3"`}},
		{"a field that the plan leaves", `{"a":1}`, `{"a":2}`, `{"b":3}`, []string{`a: was 1, is 2; the plan does not write it`}},
		{"a field that is gone", `{"a":{"b":1}}`, `{"a":{}}`, ``, []string{"a: was nothing, is {}; the plan does not write it", "a.b: was 1, is nothing; the plan does not write it"}[1:]},
		{"a new field", `{}`, `{"mssid":"MG1"}`, `{"mssid":null}`, []string{`mssid: was nothing, is "MG1", planned nothing`}},
		{"a list", `["sms"]`, `["sms","voice"]`, `["voice"]`, []string{`was ["sms"], is ["sms", "voice"], planned ["voice"]`}},
		{"the same", `{"a":1}`, `{"a":1}`, `{"a":2}`, nil},
		{"code", `{"code":"` + long + `"}`, `{"code":""}`, ``, []string{`code: was "` + long[:79] + `…, is ""; the plan does not write it`}},
	}
	for _, c := range cases {
		d := plan.Difference{Fact: plan.Fact{Value: json.RawMessage(c.was)}, Now: json.RawMessage(c.is), Planned: json.RawMessage(c.planned)}
		var got []string
		for _, change := range d.Changes() {
			got = append(got, change.Words())
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestPlannedIsWhatTheStepsWrite looks a fact up in the plan: what its steps make of it, or nothing.
func TestPlannedIsWhatTheStepsWrite(t *testing.T) {
	t.Parallel()
	p, err := build(tenantOf(factors("sms"), mfaTwilio(account)), twilioChoices([]string{"text", "voice"}, []string{"sms", "voice"}))
	if err != nil {
		t.Fatal(err)
	}
	for what, want := range map[string]string{
		tenant.PathSettings:         "true",
		tenant.PathMessageTypes:     `["sms","voice"]`,
		tenant.PathSelectedProvider: "",
		tenant.PathTwilio:           "",
	} {
		i := slices.IndexFunc(p.Relies, func(f plan.Fact) bool { return f.Path == what })
		if got := string(p.Planned(p.Relies[i])); got != want {
			t.Errorf("%s: planned %s, want %s", p.Relies[i].What, got, want)
		}
	}
}
