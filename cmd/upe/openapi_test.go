package main

import (
	"os"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"upe/client"
	"upe/client/emulator"
	"upe/client/openapitest"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// decided is what a person says beside the defaults, for each tenant of the demo.
func decided() map[string]wizard.Answers {
	return map[string]wizard.Answers{
		"mfa-twilio":          {},
		"mfa-twilio-voice":    {"resolution": "add-method"},
		"passwordless-twilio": {},
		"mfa-action": {
			"action.source": "file", "action.file": "testdata/my-action.js",
			"action.secrets.GATEWAY_URL":   wizard.NewSecret("https://gateway.example/messages"),
			"action.secrets.GATEWAY_TOKEN": wizard.NewSecret("made-up"),
		},
	}
}

// TestMigrationsAreAsDescribed carries every migration of the demo out, from the first read to the last confirmation, over the
// real client; Auth0's OpenAPI description hears every request and every answer.
func TestMigrationsAreAsDescribed(t *testing.T) {
	t.Parallel()
	d := openapitest.Open(t, os.Getenv(openapitest.Variable))
	answers := decided()
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			says, known := answers[name]
			if !known {
				t.Fatal("nobody has decided anything for this tenant")
			}
			m := newMigration(t, d, name)
			m.carryOut(m.decide(says))
			unexplained, _ := openapitest.Explain(m.watch.Violations(), openapitest.Known())
			for _, v := range unexplained {
				t.Error(v)
			}
			requests, responses := m.watch.Counts()
			t.Logf("%d requests and %d responses are as described", requests, responses)
			if requests < 40 || requests != responses {
				t.Error("the test does not see what is sent")
			}
		})
	}
}

// migration is one tenant of the demo with the real client for it.
type migration struct {
	t      *testing.T
	demo   *emulator.Tenant
	client *client.Client
	watch  *openapitest.Watch
}

func newMigration(t *testing.T, d *openapitest.Description, name string) migration {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	demo, err := emulator.New(emulator.Options{File: file, BuildTime: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	m := migration{t: t, demo: demo, watch: d.Around(demo.Transport())}
	if m.client, err = client.New(client.Options{
		Domain: demo.Domain(), Tokens: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: demo.Token()}), Now: time.Now, Transport: m.watch,
	}); err != nil {
		t.Fatal(err)
	}
	return m
}

// decide makes the plan.
func (m migration) decide(says wizard.Answers) plan.Plan {
	m.t.Helper()
	snapshot, err := tenant.Read(m.t.Context(), m.demo.Identity(), m.client, nil)
	if err != nil {
		m.t.Fatal(err)
	}
	judged := judge.Judge(snapshot)
	known := wizard.Known{Mode: wizard.Demo, Tenant: m.demo.Identity(), Snapshot: &snapshot, Judgement: &judged}
	choices, unanswered, err := wizard.Drive(m.t.Context(), known, says, wizard.Host{ReadFile: os.ReadFile})
	if err != nil || len(unanswered) > 0 {
		m.t.Fatalf("undecided: %v, %v", unanswered, err)
	}
	made, err := plan.Build(snapshot, judged, choices)
	if err != nil {
		m.t.Fatal(err)
	}
	return made
}

// carryOut runs the plan to its end.
func (m migration) carryOut(p plan.Plan) {
	m.t.Helper()
	ctx := m.t.Context()
	r := &run.Runner{
		API: m.client.Permitted, Log: run.NewMemory(nil), Now: time.Now, NewID: func(kind string) string { return kind + "_1" },
		Secret: func(string) (string, error) { return "not-a-real-secret", nil },
	}
	must := func(state run.State, err error) run.State {
		m.t.Helper()
		if err != nil {
			m.t.Fatal(err)
		}
		return state
	}
	must(r.Run(ctx, p, run.Until{Phase: plan.Prepare}, nil))
	for _, move := range p.Summary.Moves {
		for _, channel := range move.Channels {
			must(r.Send(ctx, p, channel, "+15550001234"))
			must(r.Answer(p, channel, true, "Ada"))
		}
	}
	for _, move := range p.Summary.Moves {
		must(r.Run(ctx, p, run.Until{Phase: plan.Switch, Move: move.ID}, nil))
		for _, s := range p.In(plan.Switch, move.ID) {
			if s.Kind == plan.Manual {
				must(r.ByHand(ctx, p, s.ID, "Ada"))
			}
		}
		must(r.Run(ctx, p, run.Until{Phase: plan.Switch, Move: move.ID}, nil))
		must(r.Confirm(ctx, p, move.ID, "Ada"))
	}
	if state := must(r.Run(ctx, p, run.Until{Phase: plan.After}, nil)); !state.Finished && state.WaitsFor == "" {
		m.t.Error("the migration does not end")
	}
}
