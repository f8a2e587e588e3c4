package wizard_test

import (
	"context"
	"errors"
	"testing"

	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// What a rehearsal came to stands on the review of the plan that was rehearsed, and of no other.
func TestTheReviewShowsTheRehearsalOfItsPlan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	answers, host := w.admin("mfa-twilio")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), answers), host: host}
	page := p.until("review")
	var rehearsed plan.Plan
	host.Rehearse = func(_ context.Context, made plan.Plan, before tenant.Snapshot) (wizard.Rehearsed, error) {
		rehearsed = made
		if before.Tenant != made.Tenant {
			t.Error("rehearsed on another tenant")
		}
		return wizard.Rehearsed{Plan: made.Checksum, Verdict: "Every code came.", Tone: wizard.Good, Rows: []wizard.Fact{{Label: "as documented", Value: "holds"}}}, nil
	}
	if err := page.Rehearse.Do(t.Context(), host, nil, p.session.Update); err != nil {
		t.Fatal(err)
	}
	if len(rehearsed.Steps) == 0 {
		t.Fatal("nothing was rehearsed")
	}
	if !verdictOn(p.session.Page(), "Every code came.") {
		t.Error("the review does not say what came of it")
	}
	p.session.Update(func(k wizard.Known) wizard.Known {
		k.Rehearsed = &wizard.Rehearsed{Plan: "another one", Verdict: "Every code came."}
		return k
	})
	if verdictOn(p.session.Page(), "Every code came.") {
		t.Error("the rehearsal of another plan stands on the review")
	}
}

func TestARehearsalThatFailsIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	answers, host := w.admin("mfa-twilio")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), answers), host: host}
	page := p.until("review")
	failure := errors.New("the tenant cannot be copied")
	host.Rehearse = func(context.Context, plan.Plan, tenant.Snapshot) (wizard.Rehearsed, error) {
		return wizard.Rehearsed{}, failure
	}
	if err := page.Rehearse.Do(t.Context(), host, nil, p.session.Update); !errors.Is(err, failure) {
		t.Errorf("error %v, want %v", err, failure)
	}
	if p.session.Known().Rehearsed != nil {
		t.Error("something is known of a rehearsal that was none")
	}
}

func verdictOn(p wizard.Page, verdict string) bool {
	for _, b := range p.Blocks {
		if text, ok := b.(wizard.Text); ok && text.Body == verdict {
			return true
		}
	}
	return false
}
