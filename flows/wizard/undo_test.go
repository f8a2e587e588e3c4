package wizard_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/wizard"
)

// anotherAccount is a person who gives a live provider another Twilio account.
func anotherAccount(t *testing.T) (*world, *person) {
	t.Helper()
	w := newWorld(t, "half-connection-left")
	p := emulated(t, w, wizard.Answers{
		"environment": "development", "provider": "twilio", "twilio.sid": "AC99999999999999999999999999999999", "twilio.from": "+15005550006",
		"twilio.auth_token": wizard.NewSecret("0123456789abcdef0123456789abcdef"), "templates.otp_verify.source": "keep",
	})
	if page := p.until("move-provider"); page.ID != "move-provider" {
		t.Fatalf("ended at %q: %s", page.ID, page.Lead)
	}
	return w, p
}

// TestALiveProvidersUndoIsInHandFirst: its present AuthToken is asked for on the page of the move, which writes nothing without it.
func TestALiveProvidersUndoIsInHandFirst(t *testing.T) {
	t.Parallel()
	w, p := anotherAccount(t)
	before := string(w.tenant.State())
	var refusal *run.Refusal
	if err := p.pass(); !errors.As(err, &refusal) || refusal.Kind != run.NeedsUndo {
		t.Fatalf("without it: %v", err)
	} else if !strings.Contains(hint(err), "esc leads back to the questions") {
		t.Errorf("it says %q", hint(err))
	}
	if string(w.tenant.State()) != before {
		t.Error("something was written")
	}
	kinds := map[wizard.Key]wizard.Kind{}
	for _, q := range p.session.Page().Questions {
		kinds[q.Key] = q.Kind
	}
	if kinds[plan.SecretFormerProviderToken] != wizard.Hidden || kinds["without-undo.provider"] != wizard.Line {
		t.Errorf("it asks %v", kinds)
	}
	p.says[plan.SecretFormerProviderToken] = wizard.NewSecret("not-a-real-secret-twilio-auth-token-0000001")
	p.must()
	if state := p.session.Known().Run; state.Moves[0].Status != run.MoveSwitched || len(state.WithoutUndo) > 0 {
		t.Errorf("with it: %+v", state.Moves[0])
	}
}

// TestAReasonToGoWithoutUndo is kept, and is no evidence.
func TestAReasonToGoWithoutUndo(t *testing.T) {
	t.Parallel()
	_, p := anotherAccount(t)
	p.says["without-undo.provider"] = "the old account is closed"
	p.must()
	state := p.session.Known().Run
	if state.Moves[0].Status != run.MoveSwitched || len(state.WithoutUndo) != 1 || len(state.Overrides) > 0 {
		t.Errorf("%+v; without undo %q, without evidence %q", state.Moves[0], state.WithoutUndo, state.Overrides)
	}
}

// TestScopesForGoingBackAreAskedFor: a token that lacks them takes a reason before the first switch.
func TestScopesForGoingBackAreAskedFor(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	p := emulated(t, w, nil)
	page := p.until("move-mfa")
	known := p.session.Known()
	known.Scopes = []string{"nothing"}
	for _, n := range plan.Scopes(*known.Plan) {
		if !n.Revert {
			known.Scopes = append(known.Scopes, n.Scope)
		}
	}
	if len(page.Questions) != 1 {
		t.Fatalf("with every scope it asks %v", page.Questions)
	}
	p.session.Update(func(wizard.Known) wizard.Known { return known })
	page = p.session.Page()
	if text := fmt.Sprint(page.Blocks); !strings.Contains(text, "delete:phone_providers") {
		t.Errorf("it shows %s", text)
	}
	if err := p.pass(); err == nil || !strings.Contains(err.Error(), "a reason") {
		t.Fatalf("without a reason: %v", err)
	}
	p.says["without-undo.mfa"] = "the Dashboard is open beside me"
	p.must()
	if state := p.session.Known().Run; state.Moves[0].Status != run.MoveSwitched || len(state.WithoutUndo) != 1 {
		t.Errorf("%+v, %q", state.Moves[0], state.WithoutUndo)
	}
}
