package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type revertOptions struct {
	app     *app
	confirm string
	giveUp  bool
	anew    bool
}

func (a *app) newRevert() *cobra.Command {
	o := &revertOptions{app: a}
	c := command("revert RUN", "Take back what a run did",
		`revert computes the way back: from the snapshot of the run, from its journal,
and from how the tenant is now. It shows it, and writes nothing (exit code 3)
until the tenant's domain is typed in full after --confirm. Only what the run
wrote is taken back; what was so before, and what others changed since, stays.

Flows go back first: connections, MFA's factors, the tenant flag. Then it is
looked whether MFA's own settings are in force again, and those that Auth0 has
lost are written again. Only then is removed what the run created; until then
both ways deliver.

Where a person has to turn a switch of the Dashboard, revert stops (exit code 3)
and says so; the same command goes on. When that switch is not there, or Auth0
refuses a step, --give-up turns on again what was turned off, so that nobody is
left without codes, and prints a text for Auth0 Support. --anew leaves a way
back that was begun, and computes another one from how the tenant is now.

The way back is a folder in the run's: its plan, its journal and its report.
While it is there, the run does not go forward.

Secrets are looked for as prepare does, before anything is written. The
AuthToken of MFA's own Twilio settings must be at hand, although it is used only
if Auth0 has lost them: UPE_TWILIO_AUTH_TOKEN, or UPE_FORMER_TWILIO_AUTH_TOKEN
where the provider has another account.`,
		`  upe revert 2026-11-20t093000-hgpqkdtb
  upe revert 2026-11-20t093000-hgpqkdtb --confirm acme.us.auth0.com
  upe revert 2026-11-20t093000-hgpqkdtb --give-up --confirm acme.us.auth0.com`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	c.Flags().StringVar(&o.confirm, "confirm", "", "the tenant's `DOMAIN`, typed in full")
	c.Flags().BoolVar(&o.giveUp, "give-up", false, "take back what the way back did so far, and stay")
	c.Flags().BoolVar(&o.anew, "anew", false, "compute the way back anew")
	return reporting(c)
}

func (o *revertOptions) run(ctx context.Context, name string) error {
	if o.giveUp && o.anew {
		return usage("--give-up and --anew exclude each other", "give one of them")
	}
	f, err := o.app.findRun(name)
	if err != nil {
		return err
	}
	if o.confirm != "" && o.confirm != f.plan.Tenant.Domain {
		return wrongDomain(o.confirm, f.plan)
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := errors.Join(s.same(f.plan.Tenant), o.mayBegin(s, f)); err != nil {
		return err
	}
	defer f.close() //nolint:errcheck // the process ends, and the lock with it
	return o.revert(ctx, f, s)
}

// mayBegin refuses to write in a dry run, and while another upe has the run. To look takes neither.
func (o *revertOptions) mayBegin(s *session, f *folder) error {
	if o.confirm == "" {
		return nil
	}
	if err := s.mayWrite(); err != nil {
		return err
	}
	return f.lock()
}

func (o *revertOptions) revert(ctx context.Context, f *folder, s *session) error {
	back, err := f.back()
	if err != nil {
		return err
	}
	if back.done() && !o.giveUp {
		return o.app.giveWay(&way{run: f, folder: back.folder, state: back.state})
	}
	now, _, err := s.read(ctx, o.app.reading())
	if err != nil {
		return err
	}
	w, err := o.way(f, back, now)
	if errors.Is(err, plan.ErrNothing) {
		return o.app.nothingToTakeBack(f)
	}
	if err != nil {
		return err
	}
	w.app, w.session, w.now = o.app, s, now
	if o.confirm == "" {
		return o.show(w)
	}
	if err := w.ready(); err != nil {
		return err
	}
	return w.goBack(ctx)
}

// way is what is to be carried out: what was begun, or else what follows from how the tenant is now.
func (o *revertOptions) way(f *folder, back wayBack, now tenant.Snapshot) (*way, error) {
	switch {
	case o.giveUp && back.over(), o.giveUp && back.done():
		return nil, nothingToGiveUp(o.app.runName(f))
	case back.up != nil && !back.over():
		return &way{run: f, folder: back.up, state: back.upState, plan: back.up.plan, gives: back.folder}, nil
	case o.giveUp:
		p, err := invert(back.folder, now)
		if errors.Is(err, plan.ErrNothing) {
			p, err = nothingOf(back.plan), nil
		}
		return &way{run: f, in: back.folder, dir: filepath.Join(back.dir, folderGiveUp), plan: p, gives: back.folder}, tooLate(err)
	case !back.over() && !o.anew:
		return &way{run: f, folder: back.folder, state: back.state, plan: back.plan}, nil
	}
	p, err := invert(f, now)
	if errors.Is(err, plan.ErrNothing) && !back.over() {
		p, err = nothingOf(f.plan), nil // what is under way is at its end
	}
	dir, _ := f.nextAttempt()
	return &way{run: f, in: f, dir: dir, plan: p}, err
}

// invert is the plan that takes back what a folder's journal tells.
func invert(f *folder, now tenant.Snapshot) (plan.Plan, error) {
	before, err := f.before()
	if err != nil {
		return plan.Plan{}, err
	}
	raw, err := journal{f.journalPath()}.Read()
	if err != nil {
		return plan.Plan{}, err
	}
	wrote, err := run.Wrote(f.plan, raw)
	if err != nil {
		return plan.Plan{}, err
	}
	p, err := plan.Invert(f.plan, before, now, wrote)
	return p, inUse(err)
}

// inUse explains why what a run created cannot be removed.
func inUse(err error) error {
	var e *plan.InUse
	if !errors.As(err, &e) {
		return err
	}
	p := &problem{
		exit: exitRefused, code: "in-use", failed: "nothing was written: what the run created is in use",
		why: "somebody else switched flows to the tenant-level provider, which is not this run's to take back; their codes would be lost with it",
		do: "switch them back where they were switched on (MFA: Tenant Settings > Advanced > Unified Phone Experience: off; a connection: " +
			"Authentication > Passwordless > SMS > Use Tenant-level Messaging Provider: off; Phone as ID: in its database connection), or keep the " +
			"provider; then run the same command again", cause: err,
	}
	for _, flow := range e.Flows {
		p.details = append(p.details, detail{Name: flow})
	}
	return p
}

// nothingOf takes a plan back of which nothing was written.
func nothingOf(p plan.Plan) plan.Plan {
	return plan.Plan{
		Schema: plan.Schema, Tenant: p.Tenant, Environment: p.Environment, Reverts: p.Checksum,
		Summary: plan.Summary{Provider: p.Summary.Provider, DeliveryMethods: p.Summary.DeliveryMethods},
	}.Sealed()
}

// show is the default answer: no. What is missing to say yes is named first.
func (o *revertOptions) show(w *way) error {
	if err := errors.Join(o.app.showPlan(w.plan), w.ready()); err != nil {
		return err
	}
	what := "the way back"
	if w.gives != nil {
		what = "giving the way back up"
	}
	p := &problem{
		exit: exitDecision, code: "not-confirmed", failed: "nothing was written: " + what + " is not confirmed",
		why: "users notice this one, so the tenant's domain is typed in full", do: "add --confirm " + w.plan.Tenant.Domain,
	}
	if w.folder != nil {
		p.why += "; it was begun, and waits for " + w.state.WaitsFor
	}
	for _, name := range o.app.earlier(w.run) {
		p.details = append(p.details, detail{"not taken back by this", "what run " + name + " wrote, from which this one began: afterwards, upe revert " + name})
	}
	return p
}

func (a *app) showPlan(p plan.Plan) error {
	if a.global.json {
		return writeDocument(a.out, p.Bytes())
	}
	return a.say(report.Plan(safe.Lines(p)))
}

// nothingToTakeBack is no failure.
func (a *app) nothingToTakeBack(f *folder) error {
	state, _, err := f.state()
	if err != nil {
		return err
	}
	return a.giveRunAfter("Nothing to take back: this run has written nothing that is still there.\n\n", f, state)
}

func nothingToGiveUp(name string) *problem {
	return &problem{
		exit: exitRefused, code: "nothing-to-give-up", failed: "nothing was written: there is no way back that could be given up",
		why: "none is under way", do: "look where the run stands: upe status " + name,
	}
}

// tooLate explains why a way back cannot be given up.
func tooLate(err error) error {
	if !errors.Is(err, plan.ErrGone) {
		return err
	}
	return &problem{
		exit: exitRefused, code: "too-late", failed: "nothing was written: it is too late to give up",
		why: "every flow is back on its own settings, and " + err.Error(), do: "run the same command without --give-up to finish", cause: err,
	}
}
