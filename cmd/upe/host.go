package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"upe/client/emulator"
	"upe/flows/judge"
	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// host is what the conversation may use of the world.
type host struct {
	app     *app
	session *session
	talk    *wizard.Session // the conversation; it belongs to the front end
	folder  *folder         // of the run that was opened, or nil
	ways    map[string]*way // that take it back, and were looked at, by their folders as they are shown
	phone   phoneOf
}

func (h *host) functions() wizard.Host {
	functions := wizard.Host{
		Read: h.read, Open: h.open, Resume: h.resume, Back: h.back, GoBack: h.goBack, Support: h.support,
		ReadFile: readFile, Save: save, Report: h.report, Rehearse: h.rehearse, Scan: h.scan, Requests: h.session.log.requests,
	}
	if h.session.demo != nil {
		functions.Handset, functions.SignIn = h.handset, h.signIn
	}
	if h.session.watches() {
		functions.Watch = h.watch
	}
	return functions
}

// watch looks once at the logins since the switches.
func (h *host) watch(ctx context.Context) (logs.Look, error) {
	if h.folder == nil {
		return logs.Look{}, errors.New("there is no run to watch")
	}
	courses, err := h.app.courses(h.folder)
	if err != nil {
		return logs.Look{}, err
	}
	return h.session.watcher(courses).Look(ctx, h.app.now())
}

func (h *host) read(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, error) {
	h.phone.keep(h.session.demo)
	return h.session.snapshot(ctx, progress)
}

func (h *host) open(p plan.Plan, before tenant.Snapshot, secret func(string) (string, error)) (wizard.Run, error) {
	if err := errors.Join(h.session.same(p.Tenant), h.session.mayWrite()); err != nil {
		return nil, err
	}
	if h.folder != nil && string(h.folder.plan.Bytes()) == string(p.Bytes()) {
		return h.again(secret)
	}
	if err := errors.Join(h.session.mayDo(p.Steps), h.anew(p)); err != nil {
		return nil, err
	}
	f, err := h.app.createFolder(p, before)
	if err != nil {
		return nil, err
	}
	if h.folder != nil {
		err = h.folder.close()
	}
	h.folder, h.ways = f, nil
	return h.app.open(f, h.session, secret), err
}

// again opens the run that is at hand: it goes on where it stopped.
func (h *host) again(secret func(string) (string, error)) (wizard.Run, error) {
	left, err := h.folder.steps()
	if err := errors.Join(err, h.session.mayDo(left)); err != nil {
		return nil, err
	}
	return h.app.open(h.folder, h.session, secret), nil
}

// report implements the host's Report; the folder's own journal is the source, so the state it is given is not needed.
func (h *host) report(p plan.Plan, _ run.State) (string, error) {
	if h.folder == nil {
		return "", errors.New("there is no run to report on")
	}
	path, err := h.reported(p).report()
	return near(path), err
}

func (h *host) close() error {
	h.session.close()
	if h.folder == nil {
		return nil
	}
	return h.folder.close()
}

// handset is what arrived on the phone of the embedded tenant's users.
func (h *host) handset(ctx context.Context) ([]wizard.Message, error) {
	return h.phone.messages(ctx, h.session.demo), nil
}

// signIn has a user of the embedded tenant log in with a code of the flow that was switched.
func (h *host) signIn(ctx context.Context, move plan.Move) error {
	for _, d := range h.logins(move) {
		d.To, d.Complete = "+15550001234", true
		if got := h.session.demo.Deliver(ctx, d); !got.Delivered {
			return fmt.Errorf("no code arrived: %s", got.Error)
		}
	}
	return nil
}

// logins are the logins that show whether a move works: one by each of its delivery methods. What changes a provider under its users is
// shown by all of theirs.
func (h *host) logins(move plan.Move) []emulator.Delivery {
	if move.ID == plan.MoveProvider {
		return h.loginsInUse()
	}
	d := emulator.Delivery{Flow: emulator.FlowPasswordless, Connection: move.ID}
	switch move.ID {
	case plan.MoveMFA:
		d.Flow, d.Connection = emulator.FlowMFA, ""
	case plan.MoveNewConnection: // it got its id when it was created
		d.Connection = move.Name
	}
	var all []emulator.Delivery
	for _, channel := range move.Channels {
		d.Channel = map[string]string{"text": "sms", "voice": "voice"}[channel]
		all = append(all, d)
	}
	return all
}

// loginsInUse are logins of those who used the tenant-level provider before the run.
func (h *host) loginsInUse() []emulator.Delivery {
	if h.folder == nil {
		return nil
	}
	var all []emulator.Delivery
	for _, r := range h.folder.plan.Baseline {
		if r.Via == judge.Tenant {
			all = append(all, emulator.Delivery{Flow: string(r.Flow), Connection: cmp.Or(r.Connection, r.Name), Channel: r.Channel})
		}
	}
	return all
}

// maxFile is the largest file the conversation reads: an Action's code, which Auth0 limits to less.
const maxFile = 1 << 20

func readFile(path string) ([]byte, error) {
	path, err := expand(path)
	if err != nil {
		return nil, err
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, err
	case !info.Mode().IsRegular():
		return nil, fmt.Errorf("%s is not a file", path)
	case info.Size() > maxFile:
		return nil, fmt.Errorf("%s is larger than %d bytes", path, maxFile)
	}
	return os.ReadFile(path)
}

// expand takes ~/ as a shell does: a person types paths into the wizard as they would there.
func expand(path string) (string, error) {
	rest, ok := strings.CutPrefix(path, "~/")
	if !ok {
		return path, nil
	}
	home, err := os.UserHomeDir()
	return filepath.Join(home, rest), err
}

// save writes a file into the working directory; one that is there already is kept, and the new one gets a number.
func save(name string, data []byte) (string, error) {
	ext := filepath.Ext(name)
	for n := 1; ; n++ {
		path := name
		if n > 1 {
			path = fmt.Sprintf("%s-%d%s", strings.TrimSuffix(name, ext), n, ext)
		}
		file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, modeFile)
		if errors.Is(err, fs.ErrExist) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("save %s: %w", name, err)
		}
		_, err = file.Write(data)
		return path, errors.Join(err, file.Close())
	}
}
