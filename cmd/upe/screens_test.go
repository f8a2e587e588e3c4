package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/oauth2"

	"upe/client"
	"upe/client/emulator"
	"upe/flows/phone"
	"upe/flows/wizard"
	"upe/testdata"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// visit is one page of a conversation: the title it must show, and what a person does there. A key is named, "type: …" types.
type visit struct {
	title string
	does  []string
}

// trip is one embedded tenant, migrated by hand.
type trip struct {
	scenario string
	visits   []visit
	via      string // how a code travels afterwards
	flow     string
}

func trips() []trip {
	looks := func(scope ...string) []visit {
		return []visit{
			{"Before we start", []string{"enter"}},
			{"Current settings", []string{"enter"}},
			{"What to move", append(scope, "up", "up", "enter")}, // production: the domain will be typed
			{"Yours to decide", []string{"space", "enter"}},
			{"The tenant-level provider", []string{"enter"}},
		}
	}
	look := looks("enter")
	twilio := visit{"Twilio", []string{"enter", "type: " + typedSecret, "enter", "enter", "enter"}}
	prove := []visit{
		{"Send a test message (SMS)", []string{"enter", "enter", "enter"}},
		{"Did it arrive?", []string{"up", "enter", "enter", "enter"}},
	}
	voice := []visit{
		{"Send a test message (voice call)", []string{"enter", "enter", "enter"}},
		{"Did it arrive?", []string{"up", "enter", "enter", "enter"}},
	}
	ready := []visit{{"The plan", []string{"enter"}}, {"Prepare", []string{"enter"}}}
	switchOn := func(domain, name string) []visit {
		return []visit{
			{"Switch on: " + name, []string{"type: " + domain, "enter", "enter"}},
			{"is switched on", []string{"enter"}},
			{"Could you log in", []string{"up", "enter", "enter", "enter"}},
		}
	}
	end := []visit{{"Afterwards", []string{"enter"}}, {"Done", []string{"enter"}}}
	finish := func(domain, name string) []visit { return route(switchOn(domain, name), end) }
	wordings := []visit{{"Message: Verification code", []string{"enter"}}, {"Message: Enrolment code", []string{"enter"}}}
	return []trip{
		{
			"mfa-twilio",
			route(look, []visit{twilio, {"Delivery methods", []string{"enter", "enter"}}}, wordings, ready, prove, finish("acme.us.auth0.com", "MFA")),
			emulator.ViaTenantTwilio, emulator.FlowMFA,
		},
		{
			"mfa-twilio-voice",
			route(look, []visit{twilio, {"Delivery methods", []string{"enter", "enter"}}, {"without a delivery method", []string{"down", "enter"}}},
				wordings, ready, prove, voice, finish("globex-bank.eu.auth0.com", "MFA")),
			emulator.ViaTenantTwilio, emulator.FlowMFA,
		},
		{
			"mfa-action",
			route(look, []visit{
				{"What sends MFA codes today", []string{"enter"}},
				{"The Action that sends", []string{"enter"}},
				{"line 12: What should happen", []string{"down", "enter"}},
				{"to notifications that are no codes", []string{"down", "enter"}},
				{"Making the Action", []string{"enter"}},
				{"The Action that will send", []string{"enter"}},
				{"What the Action does", []string{"enter"}},
				{"Delivery methods", []string{"enter", "enter"}},
			}, wordings, ready, prove, finish("initech.us.auth0.com", "MFA")),
			emulator.ViaTenantCustom, emulator.FlowMFA,
		},
		{ // the admin has written an Action of their own
			"mfa-action-shared",
			route(look, []visit{
				{"What sends MFA codes today", []string{"enter"}},
				{"The Action that sends", []string{"down", "enter"}},
				{"Your Action's file", []string{"type: " + actionFile, "enter", "enter"}},
				{"What the Action does", []string{"down", "enter", "type: " + typedSecret, "enter", "type: https://sms.corvanta.example/send", "enter"}},
				{"Delivery methods", []string{"enter", "enter"}},
			}, ready, prove, finish("corvanta-bank.eu.auth0.com", "MFA")),
			emulator.ViaTenantCustom, emulator.FlowMFA,
		},
		{ // the gateway's secret is filled in with the one that the tenant shows
			"passwordless-gateway",
			route(looks("down", "enter"), []visit{
				{"The Action that sends", []string{"enter"}},
				{"A carrier does not take a message", []string{"down", "enter"}},
				{"Notifications that are not codes", []string{"down", "enter"}},
				{"Making the Action", []string{"enter"}},
				{"The Action that will send", []string{"enter"}},
				{"What the Action does", []string{"enter"}},
				{"Delivery methods", []string{"enter"}},
				{"Message: Verification code", []string{"enter"}},
				{"Connections and applications", []string{"enter"}},
			}, ready, prove, finish("marrowfield-clinic.eu.auth0.com", `Passwordless connection "sms"`)),
			emulator.ViaTenantCustom, emulator.FlowPasswordless,
		},
		{ // an Action and a gateway become one Action with a table of routes
			"two-carriers-gateway-action",
			route(looks("enter", "down", "enter")[:4], []visit{
				{"The tenant-level provider", []string{"down", "enter"}},
				{"What sends MFA codes today", []string{"enter"}},
				{"The Action that sends", []string{"enter"}},
				{"line 20: What should happen", []string{"down", "down", "enter"}},
				{"to notifications that are no codes", []string{"down", "enter"}},
				{"Which wording should a call have", []string{"down", "enter"}},
				{"A carrier does not take a message", []string{"down", "enter"}},
				{"Making the Action", []string{"enter", "enter"}},
				{"Which carrier sends MFA's codes", []string{"down", "enter"}},
				{"Which carrier sends login codes", []string{"down", "enter"}},
				{"Which carrier sends notices", []string{"down", "enter"}},
				{"The Action that will send", []string{"enter"}},
				{"What the Action does", []string{"enter", "enter"}},
				{"Delivery methods", []string{"enter", "enter"}},
			}, wordings, []visit{{"Connections and applications", []string{"enter"}}}, ready, prove, voice, switchOn("quillon-energy.eu.auth0.com", "MFA"),
				finish("quillon-energy.eu.auth0.com", `Passwordless connection "meter-readers"`)),
			emulator.ViaTenantCustom, emulator.FlowPasswordless,
		},
		{
			"passwordless-twilio",
			route(looks("down", "enter"), []visit{
				twilio,
				{"Delivery methods", []string{"enter"}},
				{"Message: Verification code", []string{"enter"}},
				{"Connections and applications", []string{"enter"}},
			}, ready, prove,
				finish("umbrella-rides.us.auth0.com", `Passwordless connection "sms"`)),
			emulator.ViaTenantTwilio, emulator.FlowPasswordless,
		},
		{ // nothing is configured: both flows are set up
			"nothing",
			route([]visit{
				{"Before we start", []string{"enter"}},
				{"Current settings", []string{"enter"}},
				{"What to set up", []string{"down", "enter", "type: sms", "enter", "up", "up", "enter"}},
				{"The new connection", []string{"enter", "space", "enter"}},
				{"The tenant-level provider", []string{"down", "enter"}},
				{"Twilio", []string{
					"type: ACaf2de21f0f15db9e970288df42fce42d", "enter", "type: " + typedSecret, "enter", "type: +15005550006", "enter", "enter",
				}},
				{"Delivery methods", []string{"enter", "enter"}},
			}, ready, prove, switchOn("velloway-startups.us.auth0.com", "MFA"),
				finish("velloway-startups.us.auth0.com", `New Passwordless connection "sms"`)),
			emulator.ViaTenantTwilio, emulator.FlowPasswordless,
		},
		{ // two senders: the provider and the sender are asked for
			"same-account-other-sender",
			route(looks("enter", "down", "enter")[:4], []visit{
				{"The tenant-level provider", []string{"down", "enter"}},
				{"Twilio", []string{"enter", "type: " + typedSecret, "enter", "type: +15005550006", "enter", "enter"}},
				{"Delivery methods", []string{"enter", "enter"}},
			}, []visit{
				{"Message: Verification code", []string{"down", "enter"}},
				{"Message: Enrolment code", []string{"enter"}},
				{"Connections and applications", []string{"enter"}},
			}, ready, prove, switchOn("lindenmark-schools.eu.auth0.com", "MFA"),
				finish("lindenmark-schools.eu.auth0.com", `Passwordless connection "parents"`)),
			emulator.ViaTenantTwilio, emulator.FlowPasswordless,
		},
	}
}

// actionFile is where the admin's own Action lies.
const actionFile = "testdata/my-action.js"

// typedSecret stands for every secret that is typed: it must never be seen.
const typedSecret = "typed-secret-4711"

func route(parts ...[]visit) []visit {
	var all []visit
	for _, part := range parts {
		all = append(all, part...)
	}
	return all
}

// everyStage are the tenants that lead through every stage between them; they are looked at in windows of every size.
var everyStage = []string{"mfa-twilio-voice", "mfa-action", "passwordless-twilio"}

// windows are the sizes that screens are kept of: the usual one first, in which every tenant is looked at.
var windows = []struct{ w, h int }{{80, 24}, {60, 20}, {120, 40}, {200, 60}}

// TestEveryScenarioThroughTheScreens migrates each embedded tenant by keys, with the real screens, the real client and the real
// SDK; only the sockets are left out. The screens of a stage are one golden file for each size of the window.
func TestEveryScenarioThroughTheScreens(t *testing.T) {
	t.Parallel()
	pictures := &album{}
	t.Cleanup(func() { pictures.compare(t) })
	for i, window := range windows {
		for order, journey := range trips() {
			if i > 0 && !slices.Contains(everyStage, journey.scenario) {
				continue
			}
			pictures.awaited++
			name := fmt.Sprintf("%s-%dx%d", journey.scenario, window.w, window.h)
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				pictures.paste(order, travel(t, journey, name, window.w, window.h))
			})
		}
	}
}

// travel carries one migration out, and returns the screens of it.
func travel(t *testing.T, journey trip, name string, w, h int) []shot {
	t.Helper()
	a := testApp(t)
	a.random = func() string { return "abcdefgh" }
	a.lookup = func(name string) (string, bool) { return "robin", name == "USER" }
	a.global.runDir = shownRuns(t, name)
	embedded := embed(t, journey.scenario)
	var root *screens.Root
	model := &lazy{build: func() tea.Model {
		root, _ = a.screens(context.Background(), inProcess(t, embedded))
		return &leaver{Root: root}
	}}
	var shots []shot
	termtest.Run(t, model, w, h, func(s *termtest.Session) {
		wander(s, journey.visits, w, h, func(title, screen string) {
			file := fmt.Sprintf("%s-%dx%d", root.Stage(), w, h)
			shots = append(shots, shot{file: file, scenario: journey.scenario, title: title, screen: screen})
			if strings.Contains(screen, typedSecret) {
				s.T.Error("a secret was shown")
			}
		})
		if strings.Contains(string(s.Bytes()), typedSecret) {
			s.T.Error("a secret was shown")
		}
		result := embedded.Deliver(context.Background(), emulator.Delivery{Flow: journey.flow, Channel: "sms", To: "+15005550123"})
		if !result.Delivered || result.Via != journey.via {
			s.T.Errorf("afterwards a code goes %+v, want via %s", result, journey.via)
		}
	})
	searchFor(t, typedSecret, a.global.runDir)
	return shots
}

// shownRuns is where the runs of a test lie whose screens show the folder: always the same words, and nothing that a killed test left.
func shownRuns(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join("testdata", "runs", name)
	wipe := func() {
		if err := os.RemoveAll(dir); err != nil {
			t.Error(err)
		}
	}
	wipe()
	t.Cleanup(wipe)
	return dir
}

// visitAll does what a person does on each page, and returns every screen, one below the other.
func visitAll(s *termtest.Session, visits []visit, w, h int) string {
	var film strings.Builder
	n := 0
	wander(s, visits, w, h, func(_, screen string) {
		n++
		fmt.Fprintf(&film, "=== %d ===\n%s\n", n, screen)
	})
	return film.String()
}

// wander does what a person does on each page, and shows its screen before.
func wander(s *termtest.Session, visits []visit, w, h int, show func(title, screen string)) {
	for i, v := range visits {
		s.WaitText(v.title)
		s.Sleep(1500 * time.Millisecond) // the pages that write ignore keys that were on their way
		screen := s.Screen()
		termtest.Fits(s.T, screen, w, h)
		show(v.title, screen)
		for _, key := range v.does {
			if text, ok := strings.CutPrefix(key, "type: "); ok {
				s.Type(text)
				continue
			}
			s.Press(key)
		}
		if i+1 < len(visits) && h < 24 {
			insist(s, v, visits[i+1])
		}
	}
	s.Sleep(time.Second)
}

// insist presses enter again on a page that has not been seen whole: in a small window a first enter only shows the rest of it.
func insist(s *termtest.Session, here, next visit) {
	for range 2 {
		s.Sleep(time.Second)
		if screen := s.Screen(); strings.Contains(screen, next.title) || !strings.Contains(screen, here.title) {
			return
		}
		s.Press("enter")
	}
}

// embed makes an embedded tenant whose Actions are built at once.
func embed(t *testing.T, scenario string) *emulator.Tenant {
	t.Helper()
	file, err := testdata.Tenant(scenario)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := emulator.New(emulator.Options{File: file, Now: time.Now, RateLimit: roomy})
	if err != nil {
		t.Fatal(err)
	}
	return embedded
}

// inProcess is a session with an embedded tenant that has no socket: the screens run on a fake clock, which sockets do not.
func inProcess(t *testing.T, embedded *emulator.Tenant) *session {
	t.Helper()
	c, err := client.New(client.Options{
		Domain: "http://127.0.0.1", Now: time.Now, Mask: phone.MaskAll, Transport: embedded.Transport(),
		Tokens: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: embedded.Token()}),
	})
	if err != nil {
		t.Fatal(err)
	}
	return &session{client: c, who: embedded.Identity(), mode: wizard.Demo, demo: embedded, close: func() {}}
}

// searchFor looks for a secret in every file of a folder.
func searchFor(t *testing.T, secret, folder string) {
	t.Helper()
	files := 0
	err := filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := os.ReadFile(path)
		files++
		if strings.Contains(string(content), secret) {
			t.Errorf("%s holds the secret", path)
		}
		return err
	})
	if err != nil || files == 0 {
		t.Errorf("searched %d files: %v", files, err)
	}
}

// lazy builds its model inside the test's own clock.
type lazy struct {
	tea.Model

	build func() tea.Model
}

func (l *lazy) Init() tea.Cmd {
	l.Model = l.build()
	return l.Model.Init()
}

func (l *lazy) View() tea.View {
	if l.Model == nil {
		return tea.NewView("")
	}
	return l.Model.View()
}

func (l *lazy) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	model, cmd := l.Model.Update(msg)
	l.Model = model
	return l, cmd
}
