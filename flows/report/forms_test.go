package report_test

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

var update = flag.Bool("update", false, "rewrite the expected texts")

func planOf(t *testing.T, name string) plan.Plan {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "plan", "testdata", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestForms holds a runbook, a ticket and a script of a plan with a live provider: its test comes behind the write it tests.
func TestForms(t *testing.T) {
	t.Parallel()
	p := planOf(t, "live-to-custom")
	for name, got := range map[string]string{
		"runbook.md": report.Runbook(p, nil), "ticket.txt": report.Ticket(p, nil), "requests.sh": report.Curl(p),
	} {
		path := filepath.Join("testdata", name)
		if *update {
			if err := os.MkdirAll("testdata", 0o750); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// TestRunbookTellsEveryStep: each in the Dashboard's words and in the API's, with who does it, in an order in which nothing stands before
// what it needs.
func TestRunbookTellsEveryStep(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"mfa-twilio", "live-to-custom", "flag-first", "from-scratch", "several-actions"} {
		p := planOf(t, name)
		words := strings.Join(strings.Fields(report.Runbook(p, nil)), " ")
		at := map[string]int{}
		for _, s := range p.Steps {
			mark := ". " + s.Title + "**"
			at[s.ID] = strings.Index(words, mark)
			if at[s.ID] < 0 {
				t.Errorf("%s: the runbook has no step %q", name, s.Title)
			}
			if s.Call != nil && !strings.Contains(words, "API: `"+s.Call.Op.Method()) {
				t.Errorf("%s: no request for %q", name, s.Title)
			}
		}
		for _, s := range p.Steps {
			for _, need := range s.Needs {
				if at[need] > at[s.ID] {
					t.Errorf("%s: %s stands before %s, which it needs", name, s.ID, need)
				}
			}
		}
	}
}

func TestTicketOfARun(t *testing.T) {
	t.Parallel()
	p := planOf(t, "mfa-twilio")
	r := &report.Record{Plan: p, State: run.State{
		ID: "2026-11-20t093000-hgpqkdtb", Steps: []run.StepState{{ID: "provider", Status: run.Done}}, WaitsFor: "a test message",
	}}
	for form, wants := range map[string][]string{
		report.Ticket(p, r):  {"Waits for: a test message", "upe revert 2026-11-20t093000-hgpqkdtb", "None: every write can be taken back by requests."},
		report.Runbook(p, r): {"- [x] **1. Create the tenant-level provider (Twilio)**", "- [ ] **2. "},
	} {
		for _, want := range wants {
			if !strings.Contains(form, want) {
				t.Errorf("no %q in\n%s", want, form)
			}
		}
	}
}

// TestFormsOfAWayBack: it promises no test message, and no further way back.
func TestFormsOfAWayBack(t *testing.T) {
	t.Parallel()
	p := planOf(t, "mfa-twilio")
	p.Reverts = "sha256:1"
	p.Steps = p.In(plan.Switch, "")
	for name, text := range map[string]string{"runbook": report.Runbook(p, nil), "ticket": report.Ticket(p, nil)} {
		if strings.Contains(text, "test message has arrived") || strings.Contains(text, "upe revert") || strings.Contains(text, "upe rehearse") {
			t.Errorf("the %s of a way back speaks of a migration:\n%s", name, text)
		}
	}
}

// TestCurlSendsTheBody runs scripts of hostile plans with a curl that prints what it would send: it is the plan's body, with values from
// the environment in the place of references, and nothing in it is obeyed by the shell.
func TestCurlSendsTheBody(t *testing.T) {
	t.Parallel()
	for _, tool := range []string{"sh", "jq"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	hostile := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{
		"'", "''", "'; exit 7; '", "$(exit 7)", "`exit 7`", "\\", "\\(env.HOME)", `"`, "\n", "\x1b[2J", "\u202e", "%s", "${x}", "\x00", "EOT", "\u2028", "\U000e0001",
	}))
	rapid.Check(t, func(t *rapid.T) {
		text, id := hostile.Draw(t, "text"), hostile.Draw(t, "id")
		want := map[string]any{"text": text, text: []any{json.Number("4294967296"), nil, true}, "empty": map[string]any{}}
		body := map[string]any{"secret": map[string]any{"$secret": "twilio.auth_token"}}
		for key, value := range want {
			body[key] = value
		}
		want["secret"] = "it's $HOME"
		p := plan.Plan{Tenant: tenant.Identity{Domain: text, Audience: "https://acme.us.auth0.com/api/v2/"}, Steps: []plan.Step{{
			ID: "one", Kind: plan.Request, Phase: plan.Prepare, Title: text, Why: text, Undo: text,
			Call: &tenant.Call{Op: tenant.PatchPhoneTemplate, ID: "tem_" + id, Body: plan.Encode(body)},
		}}}
		script := report.Curl(p)
		for _, r := range script {
			if r != '\n' && !unicode.IsGraphic(r) {
				t.Fatalf("the script holds %U", r)
			}
		}
		script = strings.Replace(script, "read -r _ </dev/tty", "return", 1)
		script = strings.Replace(script, "set -eu\n", "set -eu\ncurl() { cat; }\n", 1)
		cmd := exec.Command("sh", "-c", script) //nolint:noctx // the property has no context
		cmd.Env = append(os.Environ(), "AUTH0_API_TOKEN=x", "UPE_TWILIO_AUTH_TOKEN=it's $HOME")
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("%v\n%s", err, script)
		}
		got, err := plan.Decode(out)
		if err != nil {
			t.Fatalf("%v: %s", err, out)
		}
		if diff := cmp.Diff(string(plan.Encode(want)), string(plan.Encode(got))); diff != "" {
			t.Fatalf("the body (-plan +sent):\n%s", diff)
		}
	})
}
