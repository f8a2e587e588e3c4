package main

import (
	"bytes"
	"context"
	"io"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// testApp is the program in this process, on a folder of its own.
func testApp(t *testing.T) *app {
	t.Helper()
	return &app{
		system: system{
			in: &bytes.Buffer{}, out: io.Discard, err: io.Discard, now: time.Now, random: randomLetters,
			lookup:  func(string) (string, bool) { return "", false },
			signals: func() (context.Context, context.CancelFunc) { return context.WithCancel(context.Background()) },
		},
		global: globals{demo: true, runDir: t.TempDir()},
	}
}

// TestTheWizardOpensOnADemo drives the real screens over the real client and an embedded tenant on loopback, as far as the
// first thing that can only be seen by asking the tenant.
func TestTheWizardOpensOnADemo(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	s, err := a.connect(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	root, h := a.screens(t.Context(), s)
	t.Cleanup(func() {
		if err := h.close(); err != nil {
			t.Error(err)
		}
	})
	busy := func(m tea.Model) bool { return m.(*leaver).Busy() } //nolint:errcheck,forcetypeassert // it is the model below
	termtest.RunReal(t, &leaver{Root: root}, 100, 30, func(s *termtest.Session) {
		s.WaitText("acme.us.auth0.com")
		s.Press("enter")
		s.WaitText("AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7")
		// A signal ends it at once when nothing is in flight.
		s.Send(leave{})
		if _, err := s.Final(); err != nil {
			t.Error(err)
		}
	}, termtest.Busy(busy))
}

// TestASignalWaitsForTheRequestInFlight: the screens end only once the effect that runs has ended.
func TestASignalWaitsForTheRequestInFlight(t *testing.T) {
	t.Parallel()
	release, began := make(chan struct{}), make(chan struct{})
	page := wizard.Page{ID: "one", Stage: wizard.StagePrepare, Group: wizard.Test, Title: "Sending", Continue: "Send", Effect: &wizard.Effect{
		Title: "Sending", Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
			close(began)
			<-release
			return nil
		},
	}}
	session := wizard.NewSessionWith(func(wizard.Known, wizard.Answers) wizard.Page { return page }, wizard.Known{Mode: wizard.Live}, nil)
	root := screens.New(screens.Options{Session: session, Now: time.Now, ReducedMotion: true})
	termtest.RunReal(t, &leaver{Root: root}, 80, 24, func(s *termtest.Session) {
		s.WaitText("Sending")
		s.Press("enter")
		<-began
		s.Send(leave{})
		s.Sleep(50 * time.Millisecond)
		if s.Ended() {
			t.Error("it ended in the middle of a request")
		}
		close(release)
		if _, err := s.Final(); err != nil {
			t.Error(err)
		}
	}, termtest.Busy(func(tea.Model) bool { return false })) // the test is about what happens while it is busy
}
