package main

import (
	"errors"
	"strings"
	"testing"

	"upe/flows/tenant"
	"upe/flows/wizard"
)

// TestResumingTakesHoldOfTheRun: nobody else can work on it meanwhile, and what cannot be taken hold of is refused with the reason.
func TestResumingTakesHoldOfTheRun(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		session func(who tenant.Identity) *session
		run     func(f *folder) string
		held    bool // by another upe
		refused string
	}{
		{name: "it is free"},
		{name: "another upe works on it", held: true, refused: "run-in-use"},
		{name: "there is none", run: func(*folder) string { return "nowhere" }, refused: noSuchRun},
		{
			name: "another tenant", refused: "wrong-tenant",
			session: func(tenant.Identity) *session { return &session{who: tenant.Identity{Domain: "other.us.auth0.com"}} },
		},
		{name: "a dry run", refused: "dry-run", session: func(who tenant.Identity) *session { return &session{who: who, reads: true} }},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := testApp(t)
			f := openedRun(t, a)
			if !c.held {
				if err := f.close(); err != nil {
					t.Fatal(err)
				}
				f.unlock = nil
			}
			s, name := &session{who: f.plan.Tenant, close: func() {}}, a.runName(f)
			if c.session != nil {
				s = c.session(f.plan.Tenant)
				s.close = func() {}
			}
			if c.run != nil {
				name = c.run(f)
			}
			h := &host{app: a, session: s}
			found, err := h.resume(t.Context(), name)
			checkRefusal(t, err, c.refused)
			if c.refused == "" && (found.Plan.Checksum != f.plan.Checksum || found.State.ID != name || found.Back || f.lock() == nil) {
				t.Errorf("found %+v, and it is not held", found.State)
			}
			if err := h.close(); err != nil {
				t.Error(err)
			}
		})
	}
}

func checkRefusal(t *testing.T, err error, code string) {
	t.Helper()
	var p *problem
	switch {
	case code == "" && err != nil:
		t.Error(err)
	case code != "" && (!errors.As(err, &p) || p.code != code):
		t.Errorf("%v, want the problem %s", err, code)
	}
}

// TestAWayBackNeedsARun: nothing is looked for, nor opened, without one.
func TestAWayBackNeedsARun(t *testing.T) {
	t.Parallel()
	h := &host{app: testApp(t), session: &session{close: func() {}}}
	if _, err := h.back(t.Context(), wizard.TakeBack); err == nil || !strings.Contains(err.Error(), "no run") {
		t.Error(err)
	}
	if _, err := h.goBack(wizard.WayBack{}, nil); err == nil || !strings.Contains(err.Error(), "no way back") {
		t.Error(err)
	}
}

// TestBeginningAnewMakesNoSecondRun: a plan that has a run already is refused in the wizard too, and the run is named.
func TestBeginningAnewMakesNoSecondRun(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f := openedRun(t, a)
	if err := f.close(); err != nil {
		t.Fatal(err)
	}
	f.unlock = nil
	h := &host{app: a, session: &session{who: f.plan.Tenant, close: func() {}}}
	_, err := h.open(f.plan, testSnapshot(), nil)
	checkRefusal(t, err, "plan-in-use")
	if err == nil || !strings.Contains(err.Error(), "choose to go on with it on the first page") || !strings.Contains(err.Error(), a.runName(f)) {
		t.Errorf("it says %v", err)
	}
	if runs := a.knownRuns(); len(runs) != 1 {
		t.Errorf("there are %d runs", len(runs))
	}
}
