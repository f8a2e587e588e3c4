package main

import (
	"context"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"upe/client/emulator"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/termtest"
)

// stay is a tenant that outlives sessions of the wizard, as a real one does, and where its runs are kept.
type stay struct {
	app      *app
	embedded *emulator.Tenant
	w, h     int
}

func newStay(t *testing.T, scenario, name string, w, h int) *stay {
	t.Helper()
	a := testApp(t)
	a.random = func() string { return "abcdefgh" }
	a.lookup = func(name string) (string, bool) { return "robin", name == "USER" }
	a.global.demo = false
	a.global.runDir = shownRuns(t, name)
	return &stay{a, embed(t, scenario), w, h}
}

// session is one session of the wizard. Its screens are returned from the page with this title on; without one, none is.
func (s *stay) session(t *testing.T, from string, visits []visit) string {
	t.Helper()
	var album string
	var opened *host
	model := &lazy{build: func() tea.Model {
		session := inProcess(t, s.embedded)
		session.mode, session.demo = wizard.Emulated, nil
		root, h := s.app.screens(context.Background(), session)
		opened = h
		return &leaver{Root: root}
	}}
	termtest.Run(t, model, s.w, s.h, func(screen *termtest.Session) {
		shown := 0
		for shown < len(visits) && visits[shown].title != from {
			shown++
		}
		visitAll(screen, visits[:shown], s.w, s.h)
		album = visitAll(screen, visits[shown:], s.w, s.h)
		if strings.Contains(string(screen.Bytes())+album, typedSecret) {
			screen.T.Error("a secret was shown")
		}
	})
	if err := opened.close(); err != nil {
		t.Error(err)
	}
	return album
}

// via is how a code of MFA travels.
func (s *stay) via(t *testing.T) string {
	t.Helper()
	return s.embedded.Deliver(t.Context(), emulator.Delivery{Flow: emulator.FlowMFA, Channel: "sms", To: "+15005550123"}).Via
}

// sizes are those of the windows that screens are kept of.
var sizes = []struct{ w, h int }{{80, 24}, {120, 40}}

// toPrepared is the way of the tenant mfa-twilio until everything is ready for the test message.
func toPrepared() []visit {
	return []visit{
		{"Before we start", []string{"enter"}},
		{"Current settings", []string{"enter"}},
		{"What to move", []string{"enter", "enter"}},
		{"Yours to decide", []string{"space", "enter"}},
		{"The tenant-level provider", []string{"enter"}},
		{"Twilio", []string{"enter", "type: " + typedSecret, "enter", "enter", "enter"}},
		{"Delivery methods", []string{"enter", "enter"}},
		{"Message: Verification code", []string{"enter"}},
		{"Message: Enrolment code", []string{"enter"}},
		{"The plan", []string{"enter"}},
		{"Prepare", []string{"enter"}},
	}
}

func toSwitched() []visit {
	return []visit{
		{"Send a test message (SMS)", []string{"type: +15005550123", "enter", "enter", "enter"}},
		{"Did it arrive?", []string{"up", "enter", "enter", "enter"}},
		{"Switch on: MFA", []string{"type: acme.us.auth0.com", "enter", "enter"}},
	}
}

// TestARunGoesOnOnTheScreens: a session is left after the preparation, and the next one offers the run.
func TestARunGoesOnOnTheScreens(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		name := fmt.Sprintf("resume-%dx%d", size.w, size.h)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStay(t, "mfa-twilio", name, size.w, size.h)
			s.session(t, "", route(toPrepared(), []visit{{"Send a test message (SMS)", []string{"ctrl+c", "q"}}}))
			album := s.session(t, "Before we start", route(
				[]visit{{"Before we start", []string{"enter"}}}, toSwitched(),
				[]visit{
					{"Could you log in", []string{"up", "enter", "enter", "enter"}},
					{"Afterwards", []string{"enter"}},
					{"Do people still come in?", []string{"enter"}},
					{"Done", []string{"enter"}},
				}))
			termtest.Golden(t, filepath.Join("screens", name), album)
			if got := s.via(t); got != emulator.ViaTenantTwilio {
				t.Errorf("afterwards a code goes %s", got)
			}
			searchFor(t, typedSecret, s.app.global.runDir)
		})
	}
}

// TestARunIsTakenBackOnTheScreens: a login does not work, the way back is begun in one session and finished in the next.
func TestARunIsTakenBackOnTheScreens(t *testing.T) {
	t.Parallel()
	for _, size := range sizes {
		name := fmt.Sprintf("revert-%dx%d", size.w, size.h)
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStay(t, "mfa-twilio", name, size.w, size.h)
			s.embedded.Inject(emulator.Fault{Match: string(tenant.DeleteProvider), Kind: emulator.FaultRefuse})
			album := s.session(t, "a login did not work", route(toPrepared(), toSwitched(), []visit{
				{"Could you log in", []string{"enter", "enter", "enter"}},
				{"a login did not work", []string{"down", "enter"}},
				{"Take it back", []string{"type: acme.us.auth0.com", "enter", "enter"}},
				{"Not finished: Taking it back", []string{"ctrl+c", "q"}},
			}))
			album += s.session(t, "Before we start", []visit{
				{"Before we start", []string{"enter"}},
				{"begun, and not finished", []string{"enter", "enter"}},
				{"Taken back", []string{"enter"}},
			})
			termtest.Golden(t, filepath.Join("screens", name), album)
			if got := s.via(t); got != emulator.ViaLegacyTwilio {
				t.Errorf("afterwards a code goes %s", got)
			}
			searchFor(t, typedSecret, s.app.global.runDir)
		})
	}
}

// TestAWayBackIsGivenUpOnTheScreens: Auth0 refuses to turn the flag off, so the way back is given up, with a text for Auth0 Support that
// has the refusal in it.
func TestAWayBackIsGivenUpOnTheScreens(t *testing.T) {
	t.Parallel()
	const name = "give-up-80x24"
	s := newStay(t, "mfa-twilio", name, 80, 24)
	s.embedded.Inject(emulator.Fault{Match: string(tenant.PatchSettings), Skip: 1, Kind: emulator.FaultRefuse, Status: http.StatusForbidden})
	album := s.session(t, "Not finished: Taking it back", route(toPrepared(), toSwitched(), []visit{
		{"Could you log in", []string{"enter", "enter", "enter"}},
		{"a login did not work", []string{"down", "enter"}},
		{"Take it back", []string{"type: acme.us.auth0.com", "enter", "enter"}},
		{"Not finished: Taking it back", []string{"esc"}},
		{"begun, and not finished", []string{"down", "down", "enter", "enter"}},
		{"Give the way back up", []string{"enter"}},
		{"The way back is given up", []string{"pgdown", "pgdown"}},
		{"403", []string{"enter"}},
	}))
	termtest.Golden(t, filepath.Join("screens", name), album)
	if got := s.via(t); got != emulator.ViaTenantTwilio {
		t.Errorf("afterwards a code goes %s", got)
	}
	if left := s.app.unfinished(s.embedded.Identity()); len(left) != 1 || left[0].Back {
		t.Errorf("the run does not go on: %+v", left)
	}
}
