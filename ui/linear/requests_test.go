package linear_test

import (
	"strings"
	"testing"
	"time"

	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/linear"
)

// TestCopyAndRequests: both are printed at a prompt, safe for a terminal, and answer nothing.
func TestCopyAndRequests(t *testing.T) {
	t.Parallel()
	p := page("plan", wizard.Question{Key: "next", Kind: wizard.Line, Title: "What next?"})
	p.Blocks = []wizard.Block{wizard.Steps{Items: []wizard.StepItem{{ID: "one", Title: "The first"}, {ID: "hand", Title: "By hand"}}}}
	p.Copy = func(step string) []wizard.Command {
		if step != "one" {
			return nil
		}
		return []wizard.Command{{Name: "curl", Text: "curl \x1b[2J " + strings.Repeat("x", 100)}, {Name: "auth0 api", Text: "auth0 api post\n"}}
	}
	host := wizard.Host{Requests: func() []wizard.Request {
		return []wizard.Request{
			{At: time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC), Method: "PATCH", Path: "/api/v2/tenants/settings", Status: 200, Took: 1500 * time.Millisecond, Attempt: 2},
			{Method: "GET", Path: "/x\x1b[2J", Error: "connection reset"},
		}
	}}
	known := wizard.Known{Mode: wizard.Live, Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}}
	session := wizard.NewSessionWith(script{p}.next, known, wizard.Answers{})
	var out strings.Builder
	typed := ":copy 1\n:copy 2\n:copy 3\n:copy\n:requests\n:help\nonward\n\n"
	if err := linear.Run(t.Context(), linear.Options{
		Session: session, Host: host, In: linear.NewLines(strings.NewReader(typed)), Out: &out, Now: time.Now, Width: 60,
	}); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}
	said := talk{said: out.String()}
	said.says(t, "As curl, 1 line:\n", `curl \x1b[2J `+strings.Repeat("x", 100), "auth0 api post",
		"This step has no request to copy: a person does it", "It takes the number of a step, from 1 to 2",
		"Requests: 2, the newest last.", "12:00:00 PATCH /api/v2/tenants/settings: answered 200", "after 1.5 s, attempt 2", `/x\x1b[2J: no answer`, "connection",
		":copy - followed by the number of a step: print its", ":requests - print")
	if got := session.Answers()["next"]; got != "onward" {
		t.Errorf("answered %v", got)
	}
}
