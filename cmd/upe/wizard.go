package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/theme"
)

// wizard opens the conversation, full screen or line by line.
func (a *app) wizard(ctx context.Context) error {
	if a.global.json {
		return usage("the wizard has no JSON form", "use a command: `upe check --json`; `upe --help` lists them")
	}
	lines := a.lineByLine()
	if !a.people && !lines {
		return &problem{
			exit: exitError, code: "no-terminal", failed: "the wizard needs a terminal",
			why: "standard input or output is not one",
			do:  "use the commands instead: upe check, plan, prepare, test, enable, confirm (`upe --help` explains them); or the wizard line by line: upe --accessible",
		}
	}
	filled, err := a.readAnswers(true)
	if err != nil {
		return err
	}
	return a.conversations(ctx, filled, lines)
}

// conversations are one about a tenant, and before it, where nothing says which, one that leads to a tenant. From the first page of the
// second a person gets back to the first: what led to the tenant is forgotten then, credentials and all; what was answered is kept for
// when it is the same one.
func (a *app) conversations(ctx context.Context, filled wizard.Answers, lines bool) error {
	begun, kept := a.global, map[string]wizard.Answers{}
	for {
		s, err := a.anySession(ctx)
		if err != nil || s == nil {
			return err
		}
		if err := a.demoRuns(); err != nil {
			return err
		}
		answers := filled
		if before, ok := kept[s.who.Domain]; ok {
			answers = before
		}
		h := a.newHost(s, answers)
		back, err := a.converse(ctx, h, lines)
		if err != nil && h.folder != nil {
			err = a.goOn(h.folder, err)
		}
		if err := errors.Join(err, h.close(), a.farewell(h)); err != nil || !back {
			return err
		}
		kept[s.who.Domain], a.global = h.talk.Kept(), begun
	}
}

// converse holds the conversation about a tenant, and reports whether the person went back to the ways to connect.
func (a *app) converse(ctx context.Context, h *host, lines bool) (back bool, err error) {
	if lines {
		return a.talk(ctx, h)
	}
	root := a.rootOf(ctx, h)
	err = a.show(ctx, root)
	return root.WentBack(), err
}

// demoRuns keeps the runs of a demo apart from real ones: their tenant ends with this process, and nobody can go on with them.
func (a *app) demoRuns() error {
	if !a.global.demo || a.global.runDir != "" {
		return nil
	}
	var err error
	a.global.runDir, err = os.MkdirTemp("", "upe-demo-")
	return err
}

// frames is how often in a second the screen may change. A key waits for the next frame: at Bubble Tea's own 60 for up to 17 ms, at its
// limit, which this is, for half of that. Nothing is written where nothing has changed.
const frames = 120

// screens builds the full-screen conversation about a tenant, and what it may use of the world.
func (a *app) screens(ctx context.Context, s *session) (*screens.Root, *host) {
	h := a.newHost(s, nil)
	return a.rootOf(ctx, h), h
}

func (a *app) newHost(s *session, filled wizard.Answers) *host {
	return &host{app: a, session: s, talk: wizard.NewSession(a.known(s), filled)}
}

func (a *app) rootOf(ctx context.Context, h *host) *screens.Root {
	return screens.New(screens.Options{
		Session: h.talk, Host: h.functions(), Context: ctx, Now: a.now, Theme: a.theme(), ReducedMotion: a.global.reducedMotion,
		Editor: a.edit(ctx), Follows: a.ways != nil,
	})
}

// known is what the conversation begins with.
func (a *app) known(s *session) wizard.Known {
	known := wizard.Known{Mode: s.mode, Tenant: s.who, Scopes: s.scopes, User: a.name(""), Watches: s.watches(), Scans: true}
	if s.demo != nil {
		known.Own = ownSecrets(s.demo.State())
	}
	if s.demo == nil { // the tenants of former demos are gone
		known.Unfinished = a.unfinished(s.who)
	}
	return known
}

// ownSecrets are those of an embedded tenant's Actions. On a real tenant only a person knows them.
func ownSecrets(state []byte) map[string]wizard.Secret {
	var file struct {
		Actions []struct {
			Secrets []struct{ Name, Value string }
		}
	}
	own := map[string]wizard.Secret{}
	_ = json.Unmarshal(state, &file) // the emulator's own words
	for _, a := range file.Actions {
		for _, secret := range a.Secrets {
			own[secret.Name] = wizard.NewSecret(secret.Value)
		}
	}
	return own
}

// show draws the screens until the person leaves, or a signal ends it.
func (a *app) show(ctx context.Context, root *screens.Root) error {
	model := &careful{Model: &leaver{Root: root}}
	program := tea.NewProgram(model, tea.WithInput(a.in), tea.WithOutput(a.out), tea.WithoutSignalHandler(), tea.WithFPS(frames))
	model.end = program.Quit
	stop := context.AfterFunc(ctx, func() { program.Send(leave{}) })
	defer stop()
	if _, err := program.Run(); err != nil {
		return fmt.Errorf("show the wizard: %w", err)
	}
	if model.crash != nil {
		return a.crashed(model.crash)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return a.reportedCrash(root.Failure())
}

// leaver ends the screens when a signal asks for it, but not before the request in flight is finished.
type leaver struct {
	*screens.Root
	asked bool
}

// leave asks a leaver to end.
type leave struct{}

// Update implements [tea.Model].
func (l *leaver) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(leave); ok {
		l.asked = true
	}
	_, cmd := l.Root.Update(msg)
	if l.asked && !l.Busy() {
		return l, tea.Quit
	}
	return l, cmd
}

// farewell says, once the screen is gone, where the run is and how to go on with it.
func (a *app) farewell(h *host) error {
	if h.folder == nil {
		return nil
	}
	if h.session.demo != nil { // its tenant is gone
		return a.say("Run folder: " + h.folder.dir + "\n")
	}
	return a.say(a.goOnWith(h.folder))
}

// theme is without colours of ours when a flag or the convention (no-color.org) asks for none, which goes before high contrast: what
// has no colour has the contrast that its reader chose.
func (a *app) theme() theme.Mode {
	switch {
	case a.global.noColor || a.set("NO_COLOR"):
		return theme.Plain
	case a.highContrast():
		return theme.HighContrast
	}
	return theme.Normal
}

// highContrast reports whether colours of high contrast are asked for, by the flag or the variable HIGH_CONTRAST.
func (a *app) highContrast() bool {
	asked, _ := a.lookup("HIGH_CONTRAST")
	return a.global.highContrast || affirmed(asked)
}

// set reports whether an environment variable holds anything.
func (a *app) set(name string) bool {
	value, _ := a.lookup(name)
	return value != ""
}
