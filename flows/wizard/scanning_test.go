package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"upe/flows/wizard"
)

// scanner is a host's Scan that fails until it is allowed to find something.
type scanner struct {
	folders []string
	fails   bool
}

func (s *scanner) scan(_ context.Context, folder string) (wizard.Scanned, error) {
	if s.fails {
		return wizard.Scanned{}, errors.New("permission denied")
	}
	s.folders = append(s.folders, folder)
	return wizard.Scanned{
		Folder: folder, Places: 2, Verdict: "2 places stop working in 1 file.", First: []string{"infra/guardian.tf:12", "infra/guardian.tf:20"},
		Endpoints: []wizard.Fact{{Label: "GET /guardian/factors/sms/templates", Value: "2"}},
	}, nil
}

// TestTheReviewLooksThroughCode: the review offers it, the folder is asked for, what was found stands above the plan, and the plan carries it.
func TestTheReviewLooksThroughCode(t *testing.T) {
	t.Parallel()
	for _, mode := range []wizard.Mode{wizard.DryRun, wizard.Demo} {
		t.Run(string(mode), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, "mfa-twilio")
			answers, host := w.admin("mfa-twilio")
			s := &scanner{fails: true}
			host.Scan = s.scan
			known := w.known(mode)
			known.Scans = true
			p := &person{T: t, session: wizard.NewSession(known, answers), host: host, says: wizard.Answers{"review": "scan", "scan.folder": "infra", "scan.next": "save"}}
			p.until("review")
			if err := p.pass(); err != nil || p.session.Page().ID != "scan" {
				t.Fatalf("%v, on page %s", err, p.session.Page().ID)
			}
			if err := p.pass(); err == nil || p.session.Page().ID != "scan" {
				t.Fatalf("a folder that cannot be read: %v, on page %s", err, p.session.Page().ID)
			}
			s.fails = false
			p.must()
			page := p.session.Page()
			shown := fmt.Sprintf("%+v", page.Blocks)
			if page.ID != "review-scanned" || !strings.Contains(shown, "infra/guardian.tf:12") || !strings.Contains(shown, "upe scan infra") {
				t.Fatalf("%s: %s", page.ID, shown)
			}
			if slices.ContainsFunc(page.Questions[0].Options, func(o wizard.Option) bool { return o.Value == "scan" }) {
				t.Error("it offers the scan again")
			}
			p.must()
			if page = p.session.Page(); page.ID != "saved" || !slices.Equal(s.folders, []string{"infra"}) {
				t.Fatalf("%s, scanned %q", page.ID, s.folders)
			}
			step, _ := p.session.Known().Plan.Step("legacy-endpoints")
			if !strings.Contains(step.Title, "2 places in infra") || !strings.Contains(step.Why, "2 × GET /guardian/factors/sms/templates") {
				t.Errorf("the plan carries %q: %s", step.Title, step.Why)
			}
		})
	}
}

// TestBackFromAScan: nothing of it is left in the plan when one goes back and saves without it.
func TestBackFromAScan(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	answers, host := w.admin("mfa-twilio")
	host.Scan = (&scanner{}).scan
	known := w.known(wizard.DryRun)
	known.Scans = true
	p := &person{T: t, session: wizard.NewSession(known, answers), host: host, says: wizard.Answers{"review": "scan", "scan.folder": "infra"}}
	p.until("review-scanned")
	p.session.Back()
	if id := p.session.Page().ID; id != "scan" {
		t.Fatalf("back leads to %s", id)
	}
	p.session.Back()
	p.says["review"] = "save"
	p.must()
	step, _ := p.session.Known().Plan.Step("legacy-endpoints")
	if id := p.session.Page().ID; id != "saved" || strings.Contains(step.Title, "infra") {
		t.Errorf("%s, the plan carries %q", id, step.Title)
	}
}

// TestNobodyOffersWhatCannotBeDone: without a way to read folders the review is as it was.
func TestNobodyOffersWhatCannotBeDone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	answers, host := w.admin("mfa-twilio")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), answers), host: host}
	if page := p.until("review"); len(page.Questions) != 0 {
		t.Errorf("a dry run asks %v", page.Questions)
	}
}

// TestTheReportLooksThroughCode: from the end one can look, read what was found, and close.
func TestTheReportLooksThroughCode(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio")
	known := w.known(wizard.Live)
	known.Scans = true
	s := &scanner{}
	p := &person{T: t, session: wizard.NewSession(known, nil), host: w.host(), says: wizard.Answers{
		"by": "Robin", "test.to": "+15005550123", "test.arrived.text": "yes", "end": "scan", "scan.folder": "infra",
	}}
	p.host.Scan = s.scan
	p.until("report")
	p.must()
	if id := p.session.Page().ID; id != "report-scan" {
		t.Fatalf("the report leads to %s", id)
	}
	p.session.Back()
	if id := p.session.Page().ID; id != "report" {
		t.Fatalf("back leads to %s", id)
	}
	p.must()
	p.must()
	page := p.session.Page()
	if shown := fmt.Sprintf("%+v", page.Blocks); page.ID != "report" || !strings.Contains(shown, "infra/guardian.tf:20") {
		t.Errorf("%s: %s", page.ID, shown)
	}
	if value := p.session.Default(page.Questions[0]); value != "close" {
		t.Errorf("the report suggests %v", value)
	}
}
