package main

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"upe/client"
	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// openedRun is a run folder with a plan that has one move, and nothing done.
func openedRun(t *testing.T, a *app) *folder {
	t.Helper()
	p := testPlan()
	p.Summary.Moves = []plan.Move{{ID: "mfa", Name: "mfa", Title: "MFA", Channels: []string{"text"}}}
	p.Steps = []plan.Step{{ID: "provider", Title: "Create the provider", Kind: plan.Request, Phase: plan.Prepare, Call: &tenant.Call{Op: tenant.CreateProvider}}}
	f, err := a.createFolder(p.Sealed(), testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.close(); err != nil {
			t.Error(err)
		}
	})
	return f
}

func TestUnfinishedRunsOfThisTenant(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	got := a.unfinished(f.plan.Tenant)
	if len(got) != 1 || got[0].Folder != near(f.dir) || got[0].ID != near(f.dir) || !strings.Contains(got[0].WaitsFor, "prepare") {
		t.Errorf("unfinished: %+v", got)
	}
	if got := a.unfinished(tenant.Identity{Domain: "other.us.auth0.com"}); len(got) != 0 {
		t.Errorf("of another tenant: %+v", got)
	}
	if known := a.known(&session{who: f.plan.Tenant, mode: wizard.Live}); len(known.Unfinished) != 1 || known.Mode != wizard.Live {
		t.Errorf("the wizard begins with %+v", known)
	}
}

// TestARunIsNamedAsCommandsFindIt: by its id where runs usually are, and by its path elsewhere.
func TestARunIsNamedAsCommandsFindIt(t *testing.T) {
	t.Parallel()
	state := t.TempDir()
	a := testApp(t)
	a.global.runDir = ""
	a.lookup = func(name string) (string, bool) { return state, name == "XDG_STATE_HOME" }
	usual := openedRun(t, a)
	if got := a.runName(usual); got != usual.id() {
		t.Errorf("it is called %s", got)
	}
	if got := a.runName(openedRun(t, testApp(t))); !filepath.IsAbs(got) {
		t.Errorf("elsewhere it is called %s", got)
	}
	for demo, want := range map[*emulator.Tenant]bool{nil: true, {}: false} {
		var out bytes.Buffer
		a.out = &out
		if err := a.farewell(&host{session: &session{demo: demo}, folder: usual}); err != nil {
			t.Error(err)
		}
		if got := strings.Contains(out.String(), "Next: upe prepare "+usual.id()+"\n"); got != want {
			t.Errorf("the wizard leaves %q", out.String())
		}
	}
}

func TestAPlanHasOneRun(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	var p *problem
	if err := a.unused(nil, &session{}, f.plan); !errors.As(err, &p) || p.exit != exitRefused || !strings.Contains(p.do, "upe prepare "+near(f.dir)) {
		t.Errorf("a second run: %v", err)
	}
	if err := a.unused(f, &session{}, f.plan); err != nil {
		t.Errorf("going on with it: %v", err)
	}
	if err := a.unused(nil, &session{}, testPlan().Sealed()); err != nil {
		t.Errorf("another plan: %v", err)
	}
	if done := a.usedProblem(f, run.State{Finished: true}); !strings.Contains(done.do, "upe show") {
		t.Errorf("when it is finished: %s", done.do)
	}
}

// TestMissingScopesAreListedTogether, each with the steps that need it; a token that does not say is let through.
func TestMissingScopesAreListedTogether(t *testing.T) {
	t.Parallel()
	step := func(title string, op tenant.Op, proof tenant.Op) plan.Step {
		return plan.Step{Title: title, Call: &tenant.Call{Op: op}, Done: &plan.Check{Get: tenant.Call{Op: proof}}}
	}
	steps := []plan.Step{
		step("one", tenant.CreatePhoneTemplate, tenant.ListPhoneTemplates), step("two", tenant.CreatePhoneTemplate, tenant.ListPhoneTemplates),
		{Title: "three", Merge: &plan.Base{Get: tenant.Call{Op: tenant.GetConnection}}, Fails: &plan.Check{Get: tenant.Call{Op: tenant.GetAction}}},
		{Title: "by hand"},
	}
	s := &session{scopes: []string{"read:phone_templates", "read:connections"}}
	var p *problem
	if err := s.mayDo(steps); !errors.As(err, &p) || p.exit != exitCredentials {
		t.Fatalf("got %v", err)
	}
	want := []detail{{"create:phone_templates", "one; two"}, {"read:actions", "three"}, {"read:connections_options", "three"}}
	if len(p.details) != len(want) {
		t.Fatalf("missing %v, want %v", p.details, want)
	}
	for i, d := range want {
		if p.details[i] != d {
			t.Errorf("missing %v, want %v", p.details[i], d)
		}
	}
	if !strings.Contains(p.Error(), "create:phone_templates: one; two") {
		t.Errorf("the wizard would show %q", p.Error())
	}
	if err := (&session{}).mayDo(steps); err != nil {
		t.Errorf("without a claim: %v", err)
	}
	h := &host{app: testApp(t), session: s}
	if _, err := h.open(plan.Plan{Steps: steps}, testSnapshot(), nil); !errors.As(err, &p) || p.exit != exitCredentials || h.folder != nil {
		t.Errorf("the wizard opens a run: %v", err)
	}
}

// TestTheRequestLogBelongsToTheOpenRun and holds one line an attempt; before a run is open nothing is kept.
func TestTheRequestLogBelongsToTheOpenRun(t *testing.T) {
	t.Parallel()
	f := openedRun(t, testApp(t))
	s := &session{}
	s.log.add(client.LogEntry{Method: "GET", Path: "/api/v2/before"})
	s.log.to(f)
	s.log.add(client.LogEntry{Method: "POST", Path: "/api/v2/after", Attempt: 1, Status: 201, Duration: time.Second})
	raw, err := os.ReadFile(filepath.Join(f.dir, fileRequests))
	if err != nil || bytes.Count(raw, []byte("\n")) != 1 || !strings.Contains(string(raw), `"path":"/api/v2/after"`) {
		t.Errorf("logged %q, %v", raw, err)
	}
	info, err := os.Stat(filepath.Join(f.dir, fileRequests))
	if err != nil || info.Mode().Perm() != modeFile {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

// TestALoopbackDomainIsNoRealTenant: what stands behind it is emulated, and the wizard says so.
func TestALoopbackDomainIsNoRealTenant(t *testing.T) {
	t.Parallel()
	served := testApp(t)
	demo, err := served.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer demo.close()
	base := strings.TrimSuffix(demo.client.Base(), "/api/v2")
	env := map[string]string{"AUTH0_DOMAIN": base, "AUTH0_API_TOKEN": demo.demo.Token()}
	for want, flags := range map[wizard.Mode]globals{wizard.Emulated: {}, wizard.DryRun: {dryRun: true}} {
		a := testApp(t)
		a.global = flags
		a.lookup = func(name string) (string, bool) { value, ok := env[name]; return value, ok }
		s, err := a.connect(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if s.mode != want || len(s.scopes) == 0 {
			t.Errorf("mode %q with scopes %v, want %q", s.mode, s.scopes, want)
		}
		s.close()
	}
	if onThisMachine("acme.us.auth0.com") || onThisMachine("user:x@127.0.0.1") {
		t.Error("a real domain counts as this machine")
	}
}

// TestHostileNamesForgeNoLine: a tenant's text with a newline stays on its line, and is seen to have one, wherever a command
// shows it.
func TestHostileNamesForgeNoLine(t *testing.T) {
	t.Parallel()
	const forged = "Acme\nNext: upe enable x"
	a := testApp(t)
	p := testPlan()
	p.Tenant.Domain = forged
	p.Summary.Stays = []plan.Stay{{ID: "con_1", Title: forged}}
	f, err := a.createFolder(p.Sealed(), testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.close(); err != nil {
			t.Error(err)
		}
	})
	a.watched = true
	for name, say := range map[string]func(a *app) error{
		"plan": func(a *app) error { return (&planOptions{app: a}).give(f.plan) },
		"show": func(a *app) error { return (&showOptions{app: a, format: "text"}).run(filepath.Join(f.dir, filePlan)) },
		"ticket": func(a *app) error {
			return (&showOptions{app: a, format: "markdown"}).run(filepath.Join(f.dir, filePlan))
		},
		"report": func(a *app) error { return (&showOptions{app: a, format: "text"}).run(f.dir) },
		"status": func(a *app) error { return (&statusOptions{app: a}).run([]string{f.dir}) },
		"list":   func(a *app) error { return (&statusOptions{app: a}).list() },
		"note":   func(a *app) error { a.happened(progressLine{Text: forged}); return nil },
		"warn":   func(a *app) error { a.warn(forged, detail{forged, forged}); return nil },
		"fail":   func(a *app) error { a.fail(&problem{failed: forged, details: []detail{{forged, forged}}}); return nil },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			one := *a
			one.out, one.err = &out, &out
			if err := say(&one); err != nil {
				t.Fatal(err)
			}
			if name != "fail" && !strings.Contains(strings.ReplaceAll(out.String(), `\\n`, `\n`), `Acme\nNext`) {
				t.Errorf("the newline is not seen in\n%s", out.String())
			}
			for line := range strings.Lines(out.String()) {
				if strings.HasPrefix(line, "Next: upe enable x") {
					t.Errorf("a forged line in\n%s", out.String())
				}
			}
		})
	}
}
