package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// providerPlan asks for the AuthToken of a Twilio account.
func providerPlan(sid string) plan.Plan {
	p := testPlan()
	p.Secrets = []plan.Secret{{Name: plan.SecretTwilioToken, Why: "Auth0 never returns it"}}
	p.Steps = []plan.Step{{ID: "provider", Kind: plan.Request, Phase: plan.Prepare, Call: &tenant.Call{
		Op:   tenant.CreateProvider,
		Body: []byte(`{"configuration":{"sid":"` + sid + `"},"credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`),
	}}}
	return p
}

func TestWhereSecretsComeFrom(t *testing.T) {
	t.Parallel()
	snapshot := func(token string) tenant.Snapshot {
		return tenant.Snapshot{Parts: map[string]tenant.Part{
			tenant.PathTwilio: {Raw: []byte(`{"sid":"AC1","auth_token":"` + token + `"}`)},
		}}
	}
	file := wizard.Answers{plan.SecretTwilioToken: wizard.NewSecret("from the file")}
	env := map[string]string{"UPE_TWILIO_AUTH_TOKEN": "from the environment"}
	for name, tc := range map[string]struct {
		answers  wizard.Answers
		env      map[string]string
		snapshot tenant.Snapshot
		sid      string
		want     string
	}{
		"the answers file first":         {file, env, snapshot("legacy"), "AC1", "from the file"},
		"then the environment":           {nil, env, snapshot("legacy"), "AC1", "from the environment"},
		"then the legacy settings":       {nil, nil, snapshot("legacy"), "AC1", "legacy"},
		"not those of another account":   {nil, nil, snapshot("legacy"), "AC2", ""},
		"not a mask":                     {nil, nil, snapshot("********"), "AC1", ""},
		"an empty variable is no secret": {nil, map[string]string{"UPE_TWILIO_AUTH_TOKEN": ""}, snapshot(""), "AC1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := providerPlan(tc.sid)
			s := secrets{
				given:  wizard.Secrets(tc.answers),
				lookup: func(name string) (string, bool) { value, ok := tc.env[name]; return value, ok },
				legacy: func(name string) string { return legacySecret(p, tc.snapshot, name) },
			}
			got, err := s.find(plan.SecretTwilioToken)
			if got != tc.want || (err == nil) != (tc.want != "") {
				t.Errorf("found %q, %v; want %q", got, err, tc.want)
			}
			var missing *problem
			if err := s.check(p, p.Steps); tc.want == "" && (!errors.As(err, &missing) || missing.exit != exitDecision || len(missing.details) != 1) {
				t.Errorf("check: %v", err)
			}
			if err := s.check(p, nil); err != nil {
				t.Errorf("no step needs it, but: %v", err)
			}
		})
	}
}

func TestReferencesToSecrets(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	a.lookup = func(name string) (string, bool) {
		return map[string]string{"TOKEN": "in a variable"}[name], name == "TOKEN"
	}
	path := filepath.Join(t.TempDir(), "token")
	if err := os.WriteFile(path, []byte("in a file\n"), modeFile); err != nil {
		t.Fatal(err)
	}
	for ref, want := range map[wizard.SecretRef]string{{Env: "TOKEN"}: "in a variable", {Env: "OTHER"}: "", {File: path}: "in a file"} {
		if got, err := a.resolveSecret(ref); got != want || err != nil {
			t.Errorf("%+v is %q, %v; want %q", ref, got, err, want)
		}
	}
	if _, err := a.resolveSecret(wizard.SecretRef{File: path + "-not-there"}); err == nil {
		t.Error("a file that is not there is no error")
	}
}
