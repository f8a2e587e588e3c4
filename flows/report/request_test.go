package report_test

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/tenant"
)

// told are the programs that a command runs, as functions that tell how they were called and what they were sent.
const told = `curl() { echo "curl $*" | sed 's/-K [^ ]*/-K FILE/' >&2; case "$*" in *" -X "*) cat;; *) echo '{"options":{"keep":1,"from":"old"}}';; esac; }
auth0() { echo "auth0 $*" >&2; case "$2" in get) echo '{"options":{"keep":1,"from":"old"}}';; *) cat;; esac; }
`

// TestCommandsSendTheRequest: both ways send the body of the plan, with secrets from the environment.
func TestCommandsSendTheRequest(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("skipped: there is no program jq here")
	}
	p := plan.Plan{Tenant: tenant.Identity{Domain: "acme.us.auth0.com", Audience: "https://acme.us.auth0.com/api/v2/"}, Steps: []plan.Step{
		{ID: "hand", Title: "By hand", Kind: plan.Manual},
		{
			ID: "create", Title: "Create the provider\x1b[2J", Kind: plan.Request,
			Call: &tenant.Call{Op: tenant.CreateProvider, Body: []byte(`{"credentials":{"auth_token":{"$secret":"twilio.auth_token"}},"name":"it's"}`)},
		},
		{
			ID: "merge", Title: "Change a connection", Kind: plan.Request,
			Call:  &tenant.Call{Op: tenant.PatchConnection, ID: "@create#/id", Body: []byte(`{"options":{"from":"new"}}`)},
			Merge: &plan.Base{Get: tenant.Call{Op: tenant.GetConnection, ID: "@create#/id"}, Keep: []string{"options"}},
		},
	}}
	for _, step := range []string{"hand", "nowhere"} {
		if got := report.Commands(p, step); got != nil {
			t.Errorf("%s has a command: %v", step, got)
		}
	}
	for _, c := range []struct {
		step, way string
		calls     []string
		body      string
	}{
		{"create", "curl", []string{"curl -sS --fail-with-body -K FILE -X POST https://acme.us.auth0.com/api/v2/branding/phone/providers --data-binary @-"}, `{"credentials":{"auth_token":"a secret"},"name":"it's"}`},
		{"create", "auth0 api", []string{"auth0 api post branding/phone/providers --tenant acme.us.auth0.com"}, `{"credentials":{"auth_token":"a secret"},"name":"it's"}`},
		{"merge", "curl", []string{"/connections/con_1\n", "-X PATCH https://acme.us.auth0.com/api/v2/connections/con_1 "}, `{"options":{"from":"new","keep":1}}`},
		{"merge", "auth0 api", []string{"auth0 api get connections/con_1 --tenant", "auth0 api patch connections/con_1 --tenant"}, `{"options":{"from":"new","keep":1}}`},
	} {
		t.Run(c.step+" by "+c.way, func(t *testing.T) {
			t.Parallel()
			text := commandOf(t, p, c.step, c.way)
			body, calls := typed(t, text)
			if body != c.body {
				t.Errorf("sent %s, want %s by\n%s", body, c.body, text)
			}
			for _, call := range c.calls {
				if !strings.Contains(calls, call) {
					t.Errorf("no call %q in\n%s", call, calls)
				}
			}
			if strings.Contains(text, "\x1b") {
				t.Errorf("what a terminal obeys is in the text: %q", text)
			}
		})
	}
}

func commandOf(t *testing.T, p plan.Plan, step, way string) string {
	t.Helper()
	for _, c := range report.Commands(p, step) {
		if c.Name == way {
			return c.Text
		}
	}
	t.Fatalf("no command of %s for %s", way, step)
	return ""
}

// typed runs a command in a shell and answers what was sent, in one line, and the calls.
func typed(t *testing.T, text string) (body, calls string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "sh", "-c", told+text+"\n[ -z \"$base$settings\" ] || echo 'something stayed behind' >&2")
	cmd.Env = append(os.Environ(), "AUTH0_API_TOKEN=x", "UPE_TWILIO_AUTH_TOKEN=a secret", "STEP_CREATE_ID=con_1")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil || strings.Contains(stderr.String(), "behind") {
		t.Fatalf("%v: %s\n%s", err, stderr.String(), text)
	}
	decoded, err := plan.Decode(out)
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	return string(plan.Encode(decoded)), stderr.String()
}

// TestCommandsStopWithoutTheirVariables: nothing is sent with a hole in it.
func TestCommandsStopWithoutTheirVariables(t *testing.T) {
	t.Parallel()
	p := planOf(t, "live-to-custom")
	for _, s := range p.Steps {
		for _, c := range report.Commands(p, s.ID) {
			if !strings.Contains(c.Text, "UPE_") {
				continue
			}
			cmd := exec.CommandContext(t.Context(), "sh", "-c", told+c.Text)
			cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "AUTH0_API_TOKEN=x"}
			if out, err := cmd.CombinedOutput(); err == nil || strings.Contains(string(out), "post") {
				t.Errorf("%s by %s went on without its variables: %s", s.ID, c.Name, out)
			}
		}
	}
}
