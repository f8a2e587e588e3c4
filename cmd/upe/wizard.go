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
	s, err := a.anySession(ctx)
	if err != nil || s == nil {
		return err
	}
	if err := a.demoRuns(); err != nil {
		return err
	}
	if lines {
		return a.talk(ctx, s, filled)
	}
	root, h := a.screens(ctx, s, filled)
	return errors.Join(a.show(ctx, root), h.close(), a.farewell(h))
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

// screens builds the full-screen conversation about a tenant, and what it may use of the world.
func (a *app) screens(ctx context.Context, s *session, filled wizard.Answers) (*screens.Root, *host) {
	h := &host{app: a, session: s}
	return screens.New(screens.Options{
		Session: wizard.NewSession(a.known(s), filled),
		Host:    h.functions(), Context: ctx, Now: a.now, Theme: a.theme(), ReducedMotion: a.global.reducedMotion,
		Editor: a.edit(ctx),
	}), h
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
	program := tea.NewProgram(model, tea.WithInput(a.in), tea.WithOutput(a.out), tea.WithoutSignalHandler())
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

// theme is without colours of ours when a flag or the convention (no-color.org) asks for none.
func (a *app) theme() theme.Mode {
	if a.global.noColor || a.set("NO_COLOR") {
		return theme.HighContrast
	}
	return theme.Normal
}

// set reports whether an environment variable holds anything.
func (a *app) set(name string) bool {
	value, _ := a.lookup(name)
	return value != ""
}
