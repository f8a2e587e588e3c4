package screens_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// rehearsablePage is a review whose plan can be rehearsed.
func rehearsablePage(k wizard.Known) wizard.Page {
	p := reviewPage()
	p.Rehearse = &wizard.Effect{Title: "Rehearsing", Do: func(ctx context.Context, h wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
		found, err := h.Rehearse(ctx, plan.Plan{}, tenant.Snapshot{})
		if err == nil {
			update(func(k wizard.Known) wizard.Known { k.Rehearsed = &found; return k })
		}
		return err
	}}
	if k.Rehearsed != nil {
		p.Blocks = append(p.Blocks, wizard.Text{Body: "rehearsed: " + k.Rehearsed.Verdict})
	}
	return p
}

func TestAPlanIsRehearsedByAKeyAndThePageStays(t *testing.T) {
	t.Parallel()
	attempts := 0
	host := demoHost()
	host.Rehearse = func(context.Context, plan.Plan, tenant.Snapshot) (wizard.Rehearsed, error) {
		attempts++
		if attempts == 1 {
			return wizard.Rehearsed{}, errors.New("no room for a copy")
		}
		return wizard.Rehearsed{Verdict: "Every code came.\x1b[31m"}, nil
	}
	r := newRoot(screens.Options{Now: time.Now, Host: host}, acme(wizard.Demo), rehearsablePage, still(endPage()))
	termtest.Run(t, r, 100, 40, func(s *termtest.Session) {
		afterGrace(s)
		shows(s, "r rehearse")
		s.Press("r")
		s.Sleep(time.Second)
		shows(s, "Not finished: Rehearsing", "no room for a copy")
		afterGrace(s)
		s.Press("enter")
		s.Sleep(time.Second)
		shows(s, "The plan", `rehearsed: Every code came.\x1b[31m`)
	})
	if attempts != 2 {
		t.Errorf("%d attempts, want 2", attempts)
	}
}

func TestWhereNothingRehearsesNoKeyIsOffered(t *testing.T) {
	t.Parallel()
	r := newRoot(screens.Options{Now: time.Now, Host: demoHost()}, acme(wizard.Demo), rehearsablePage, still(endPage()))
	termtest.Run(t, r, 100, 40, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("r")
		shows(s, "The plan")
		hides(s, "rehearse", "Rehearsing")
	})
}
