package plan_test

import (
	"encoding/json"
	"strings"
	"testing"

	"upe/flows/plan"
)

// planFile is a plan as a document that can be tampered with.
func planFile(t *testing.T) (raw string, document object) {
	t.Helper()
	s := scenarios()["mfa-and-passwordless"]
	p, err := build(s.world(), s.choices)
	if err != nil {
		t.Fatal(err)
	}
	raw = string(p.Bytes())
	document, _ = doc("%s", raw).(object)
	return raw, document
}

func TestParseRefusesWhatIsNotAPlanOfOurs(t *testing.T) {
	t.Parallel()
	raw, _ := planFile(t)
	if _, err := plan.Parse([]byte(raw)); err != nil {
		t.Fatal(err)
	}
	edit := func(old, fresh string) string {
		if !strings.Contains(raw, old) {
			t.Errorf("the plan has no %s to change", old)
		}
		return strings.Replace(raw, old, fresh, 1)
	}
	cases := []struct{ name, file, says string }{
		{"empty", ``, "not a plan file"},
		{"another file", `[]`, "not a plan file"},
		{"cut off", raw[:len(raw)/2], "not a plan file"},
		{"two plans", raw + raw, "something follows"},
		{"another version", edit(`upe.plan/1`, `upe.plan/2`), "schema"},
		{"an unknown field", edit(`"environment"`, `"surroundings"`), "unknown field"},
		{"an unknown field of a step", edit(`"why"`, `"whi"`), "unknown field"},
		{"another tenant", edit(`"domain": "acme.us`, `"domain": "other.us`), "fingerprint"},
		{"a changed fact", edit(`"value": "twilio"`, `"value": "auth0"`), "fingerprint"},
		{"a dropped fact", edit(`"pointer": "/provider",`, ``), "fingerprint"},
		{"an unknown operation", edit(`"op": "PATCH /tenants/settings"`, `"op": "DELETE /tenants/settings"`), "not an operation"},
		{"a check that writes", edit(`"op": "GET /tenants/settings"`, `"op": "PATCH /tenants/settings"`), "not a read"},
		{"a base that writes", edit(`"op": "GET /connections/{id}"`, `"op": "PATCH /connections/{id}"`), "not a read"},
		{"a step twice", edit(`"id": "test-voice"`, `"id": "test-text"`), "twice"},
	}
	for _, c := range cases {
		if _, err := plan.Parse([]byte(c.file)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want %q", c.name, err, c.says)
		}
	}
}

func TestIndentationDoesNotMatter(t *testing.T) {
	t.Parallel()
	raw, document := planFile(t)
	compact, err := json.Marshal(document)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(compact)
	if err != nil || string(p.Bytes()) != raw {
		t.Errorf("%v\n%s", err, p.Bytes())
	}
}

func TestFindingMovesAndSteps(t *testing.T) {
	t.Parallel()
	s := scenarios()["mfa-and-passwordless"]
	p, err := build(s.world(), s.choices)
	if err != nil {
		t.Fatal(err)
	}
	for asked, want := range map[string]string{"mfa": "mfa", "con_a": "con_a", "a": "con_a", "b": "con_b", "": "", "provider": ""} {
		m, ok := p.Move(asked)
		if m.ID != want || ok != (want != "") {
			t.Errorf("move %q is %q", asked, m.ID)
		}
	}
	if _, ok := p.Step("no such step"); ok {
		t.Error("found a step that is not there")
	}
	if got := len(p.In(plan.Switch, "mfa")); got != 3 {
		t.Errorf("the move of MFA has %d steps", got)
	}
	if got := len(p.In(plan.Switch, "")); got != 5 {
		t.Errorf("the switch has %d steps", got)
	}
}
