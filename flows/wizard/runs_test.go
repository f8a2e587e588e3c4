package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// runs are the run of a world and its ways back, as run folders would keep them: a plan, a snapshot and a journal of each.
type runs struct {
	forward, back, up *kept
	found             map[string]*kept // what was looked for, by its folder
	last              string           // the folder of what was opened last
}

// kept is one run as it is kept.
type kept struct {
	plan   plan.Plan
	before tenant.Snapshot
	log    run.Log
	folder string
}

func (k *kept) state(t interface{ Fatal(...any) }) run.State {
	raw, err := k.log.Read()
	if err != nil {
		t.Fatal(err)
	}
	state, err := run.Replay(k.plan, raw)
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// runner opens what is kept.
func (w *world) runner(k *kept, secrets func(string) (string, error)) *memoryRun {
	return &memoryRun{plan: k.plan, folder: k.folder, runner: &run.Runner{
		API: w.tenant.Port, Log: k.log, Secret: secrets, Now: time.Now, NewID: func(kind string) string { return kind + "_1" },
	}}
}

func (w *world) open(p plan.Plan, before tenant.Snapshot, secrets func(string) (string, error)) (wizard.Run, error) {
	if w.runs.forward == nil || w.runs.forward.plan.Checksum != p.Checksum {
		w.runs.forward = &kept{p, before.Redacted(), run.NewMemory(nil), "/runs/1"}
	}
	return w.runner(w.runs.forward, secrets), nil
}

func (w *world) resume(_ context.Context, id string) (wizard.Resumed, error) {
	f := w.runs.forward
	if f == nil || id != "run_1" {
		return wizard.Resumed{}, fmt.Errorf("there is no run %q", id)
	}
	return wizard.Resumed{Plan: f.plan, Before: f.before, State: f.state(w.t), Folder: f.folder, Back: w.runs.back != nil}, nil
}

func (w *world) back(ctx context.Context, turning wizard.Turning) (wizard.WayBack, error) {
	of, begun, folder := w.runs.forward, w.runs.back, "/runs/1/revert"
	switch turning {
	case wizard.GiveUp:
		of, begun, folder = w.runs.back, nil, "/runs/1/revert/give-up"
	case wizard.Anew:
		begun, folder = nil, "/runs/1/revert-2"
	case wizard.TakeBack:
	}
	if begun != nil {
		w.keep(begun)
		return wizard.WayBack{Plan: begun.plan, State: begun.state(w.t), Begun: true, Folder: begun.folder}, nil
	}
	now, err := tenant.Read(ctx, w.tenant.Identity(), w.tenant.Port(tenant.Permit{}), nil)
	if err != nil {
		return wizard.WayBack{}, err
	}
	raw, err := of.log.Read()
	if err != nil {
		return wizard.WayBack{}, err
	}
	wrote, err := run.Wrote(of.plan, raw)
	if err != nil {
		return wizard.WayBack{}, err
	}
	p, err := plan.Invert(of.plan, of.before, now, wrote)
	if errors.Is(err, plan.ErrNothing) && turning == wizard.GiveUp {
		p, err = plan.Plan{Schema: plan.Schema, Tenant: of.plan.Tenant, Reverts: of.plan.Checksum}.Sealed(), nil
	}
	if err != nil {
		return wizard.WayBack{}, err
	}
	w.keep(&kept{p, now.Redacted(), run.NewMemory(nil), folder})
	return wizard.WayBack{Plan: p, Folder: folder, GivesUp: turning == wizard.GiveUp}, nil
}

func (w *world) keep(k *kept) {
	if w.runs.found == nil {
		w.runs.found = map[string]*kept{}
	}
	w.runs.found[k.folder] = k
}

func (w *world) goBack(way wizard.WayBack, secrets func(string) (string, error)) (wizard.Run, error) {
	found := w.runs.found[way.Folder]
	if found == nil {
		return nil, errors.New("nothing was looked for")
	}
	w.runs.last = found.folder
	if strings.HasSuffix(found.folder, "give-up") {
		w.runs.up = found
	} else {
		w.runs.back = found
	}
	return w.runner(found, secrets), nil
}
