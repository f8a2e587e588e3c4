package main

import (
	"context"
	"errors"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// resume implements the host's Resume. The run is held from then on, so that no other upe works on it.
func (h *host) resume(ctx context.Context, id string) (wizard.Resumed, error) {
	if err := h.release(); err != nil {
		return wizard.Resumed{}, err
	}
	f, err := h.app.findRun(id)
	if err != nil {
		return wizard.Resumed{}, err
	}
	if err := errors.Join(h.session.same(f.plan.Tenant), h.session.mayWrite()); err != nil {
		return wizard.Resumed{}, err
	}
	if err := f.lock(); err != nil {
		return wizard.Resumed{}, err
	}
	h.folder = f
	back, err := f.back()
	if err != nil {
		return wizard.Resumed{}, err
	}
	before, err := f.before()
	if err != nil {
		return wizard.Resumed{}, err
	}
	state, _, err := f.state()
	if err != nil {
		return wizard.Resumed{}, err
	}
	state.ID = h.app.runName(f) // by which commands find it
	found := wizard.Resumed{Plan: f.plan, Before: before, State: state, Folder: near(f.dir), Back: !back.over()}
	if !found.Back {
		found.Secrets, err = h.secretsLeft(ctx, f, state)
	}
	return found, err
}

// anew refuses to open a second run for a plan, as the command prepare does.
func (h *host) anew(p plan.Plan) error {
	err := h.app.unused(nil, h.session, p)
	var used *problem
	if errors.As(err, &used) {
		used.do = "leave, start upe again, and choose to go on with it on the first page; or, by command, " + used.do
	}
	return err
}

// secretsLeft are the secrets of what is left of a run, as far as they are found where commands look for them.
func (h *host) secretsLeft(ctx context.Context, f *folder, state run.State) (wizard.Answers, error) {
	left := (&way{plan: f.plan, state: state}).left()
	found, err := h.app.snapshotForSecrets(ctx, h.session, f.plan, left)
	return found.among(f.plan, left), err
}

// among are the secrets of steps, and of going back from them, that can be found.
func (s secrets) among(p plan.Plan, steps []plan.Step) wizard.Answers {
	found := wizard.Answers{}
	for _, known := range p.Secrets {
		if !needs(steps, known.Name) && len(known.Undo) == 0 {
			continue
		}
		if value, err := s.find(known.Name); err == nil {
			found[wizard.Key(known.Name)] = wizard.NewSecret(value)
		}
	}
	return found
}

// release gives a run back that was taken hold of.
func (h *host) release() error {
	f := h.folder
	h.folder, h.ways = nil, nil
	if f == nil {
		return nil
	}
	return f.close()
}

// back implements the host's Back.
func (h *host) back(ctx context.Context, turning wizard.Turning) (wizard.WayBack, error) {
	if h.folder == nil {
		return wizard.WayBack{}, errors.New("there is no run to take back")
	}
	standing, err := h.folder.back()
	if err != nil {
		return wizard.WayBack{}, err
	}
	now, err := tenant.Read(ctx, h.session.who, h.session.client, nil)
	if err != nil {
		return wizard.WayBack{}, err
	}
	turn := &revertOptions{app: h.app, giveUp: turning == wizard.GiveUp, anew: turning == wizard.Anew}
	w, err := turn.way(h.folder, standing, now)
	switch {
	case errors.Is(err, plan.ErrNothing):
		return wizard.WayBack{}, nothingWritten()
	case err != nil:
		return wizard.WayBack{}, err
	}
	w.app, w.session, w.now = h.app, h.session, now
	if err := errors.Join(h.session.mayWrite(), h.session.mayDo(w.left())); err != nil {
		return wizard.WayBack{}, err
	}
	if w.found, err = h.app.secretsFor(h.folder.plan, now); err != nil {
		return wizard.WayBack{}, err
	}
	shown := w.shown()
	if h.ways == nil {
		h.ways = map[string]*way{}
	}
	h.ways[shown.Folder] = w
	return shown, nil
}

func nothingWritten() *problem {
	return &problem{
		exit: exitRefused, code: "nothing-to-take-back", failed: "nothing to take back",
		why: "this run has written nothing that is still there", do: "close it; the tenant is as it was",
	}
}

// shown is the way as the wizard shows it.
func (w *way) shown() wizard.WayBack {
	shown := wizard.WayBack{Plan: w.plan, State: w.state, Folder: near(w.dir), GivesUp: w.gives != nil, Secrets: w.found.among(w.plan, w.left()), Earlier: w.app.earlier(w.run)}
	if w.folder != nil {
		shown.Begun, shown.Folder = true, near(w.folder.dir)
	}
	return shown
}

// support implements the host's Support.
func (h *host) support(ctx context.Context, shown wizard.WayBack) ([]judge.SupportText, error) {
	w := h.ways[shown.Folder]
	if w == nil || w.gives == nil || w.folder == nil {
		return nil, errors.New("there is no way back that was given up")
	}
	var err error
	if _, w.state, err = readStanding(w.folder.dir); err != nil {
		return nil, err
	}
	if err := w.lookAgain(ctx); err != nil {
		return nil, err
	}
	return w.support()
}

// goBack implements the host's GoBack. A second attempt goes on where the first one stopped.
func (h *host) goBack(shown wizard.WayBack, secret func(string) (string, error)) (wizard.Run, error) {
	w := h.ways[shown.Folder]
	if w == nil {
		return nil, errors.New("there is no way back to carry out")
	}
	if err := h.session.mayWrite(); err != nil {
		return nil, err
	}
	if w.folder == nil {
		var err error
		if w.folder, err = createBack(w.in, w.dir, w.plan, w.now); err != nil {
			return nil, err
		}
	}
	return h.app.open(w.folder, h.session, secret), nil
}

// reported is the folder whose report is asked for: that of what is under way, where the plan takes something back.
func (h *host) reported(p plan.Plan) *folder {
	if p.Reverts == "" {
		return h.folder
	}
	back, err := h.folder.back()
	if err != nil || back.folder == nil {
		return h.folder
	}
	f, _ := back.current()
	return f
}

// steps are those that a run still has to do, of which the token's scopes must allow each.
func (f *folder) steps() ([]plan.Step, error) {
	state, _, err := f.state()
	return (&way{plan: f.plan, state: state}).left(), err
}
