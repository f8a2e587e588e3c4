package report_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"upe/flows/report"
)

func TestChangesNameTheFieldsThatDiffer(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("x", 200)
	cases := []struct {
		name, was, is string
		want          []string
	}{
		{"a plain value", `false`, `true`, []string{"was false, is true"}},
		{"a field", `{"a":1,"from":"+1"}`, `{"a":1,"from":"+2"}`, []string{`from: was "+1", is "+2"`}},
		{"a field that is gone", `{"a":{"b":1}}`, `{"a":{}}`, []string{"a.b: was 1, is nothing"}},
		{"a new field", `{}`, `{"mssid":"MG1"}`, []string{`mssid: was nothing, is "MG1"`}},
		{"the same", `{"a":1}`, `{"a":1}`, nil},
		{"code", `{"code":"` + long + `"}`, `{"code":""}`, []string{`code: was "` + long[:79] + `…, is ""`}},
	}
	for _, c := range cases {
		if got := report.Changes(json.RawMessage(c.was), json.RawMessage(c.is)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
