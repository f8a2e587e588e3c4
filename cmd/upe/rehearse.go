package main

import (
	"context"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"upe/client/emulator"
	"upe/client/rehearsal"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type rehearseOptions struct {
	app      *app
	snapshot string
}

func (a *app) newRehearse() *cobra.Command {
	o := &rehearseOptions{app: a}
	c := command("rehearse PLAN", "Carry a plan out on copies of the tenant first",
		`rehearse reads the tenant, makes copies of it in memory, and carries the whole
plan out on them: from the first step to the last; with a process that dies at
every write and another that goes on; and back again, from the end and from
each of those deaths. Between every two writes a code is asked for by every way
that delivers now. How Auth0 decides by which way a code travels is not
documented, so there is one copy for each possibility. The steps of a person are
done as a person would, test messages are looked for on an emulated handset. The
tenant is only read; a copy holds made-up secrets, never yours.

How Auth0 may behave:

  as documented              the tenant's flag moves MFA, a connection's own
                             switch that connection
  the Dashboard decides      the flag only unlocks the Dashboard's own switch
  the flag moves everything  MFA and every connection at once
  old settings are lost      as documented, but for what turning the flag off
                             leaves of them
  the flag comes first       no provider can be created while it is off

The table says for each what became of the plan:

  holds    every code came, and the end is as planned; going back, as it was
  gap      a code did not come for a while, and the plan says so
  refused  it could not go on, and every code still comes
  differs  it came to its end, which is not as it was to be
  lost     a code did not come, and the plan does not say so

A carrier is taken to deliver whatever it is given: that messages arrive is what
the test messages of the migration show.

The exit code is 0 when no code is lost but for the gaps that the plan states,
also where Auth0 may refuse a step before anybody notices; 6 when a code would
be lost, when an end differs, or when the plan is refused as Auth0 documents it;
3 when going on after a crash or going back stops where somebody has to decide,
or when a code that the plan counts on could not be rehearsed; 5 when the tenant
has changed since the plan was made.

--snapshot takes the snapshot of a file, such as snapshot.json of a run folder,
in place of the tenant; then nothing is sent at all.`,
		`  upe rehearse plan.json
  upe rehearse plan.json --json
  upe rehearse plan.json --snapshot snapshot.json`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("PLAN")
	c.Flags().StringVar(&o.snapshot, "snapshot", "", "rehearse on the snapshot in this `FILE` instead of reading the tenant")
	return reporting(c)
}

func (o *rehearseOptions) run(ctx context.Context, path string) error {
	p, err := readPlan(path)
	if err != nil {
		return err
	}
	snapshot, err := o.read(ctx, p)
	if err != nil {
		return err
	}
	if p.Reverts != "" {
		return usage("this plan takes a run back", "rehearse the plan of the run: its way back is rehearsed with it")
	}
	if err := stillTrue(p, snapshot); err != nil {
		return err
	}
	all := len(emulator.Worlds())
	found, err := o.app.rehearse(ctx, p, snapshot, func(done int) {
		o.app.happened(progressLine{Event: worldDone, Text: fmt.Sprintf("rehearsed in %d of %d worlds", done, all), Done: done, Total: all})
	})
	if err != nil {
		return err
	}
	if err := o.app.answer(found, func() string { return rehearsalText(safe.Lines(found)) }); err != nil {
		return err
	}
	return rehearsed(found)
}

// read is the tenant now, or the snapshot that was named.
func (o *rehearseOptions) read(ctx context.Context, p plan.Plan) (tenant.Snapshot, error) {
	if o.snapshot != "" {
		return o.readFile(p)
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return tenant.Snapshot{}, err
	}
	defer s.close()
	if err := s.same(p.Tenant); err != nil {
		return tenant.Snapshot{}, err
	}
	o.app.warnScopes(s, p)
	snapshot, _, err := s.read(ctx, o.app.reading())
	return snapshot, err
}

func (o *rehearseOptions) readFile(p plan.Plan) (tenant.Snapshot, error) {
	if g := o.app.global; g.demo || g.domain != "" {
		return tenant.Snapshot{}, usage("--snapshot takes the place of a tenant", "leave out --demo and --domain, or --snapshot")
	}
	raw, err := os.ReadFile(o.snapshot)
	var snapshot tenant.Snapshot
	if err == nil {
		snapshot, err = tenant.ParseSnapshot(raw)
	}
	if err != nil {
		p := &problem{
			exit: exitError, code: "snapshot-file", failed: "the snapshot " + quoted(o.snapshot) + " cannot be used", why: reason(err).Error(),
			do: "name snapshot.json of a run folder, or leave --snapshot out to read the tenant", cause: err,
		}
		return tenant.Snapshot{}, p.tooNew(raw, tenant.SnapshotSchema)
	}
	return snapshot, (&session{who: snapshot.Tenant}).same(p.Tenant)
}

// rehearse carries a plan out on copies of a tenant. progress may be nil.
func (a *app) rehearse(ctx context.Context, p plan.Plan, snapshot tenant.Snapshot, progress func(done int)) (rehearsal.Rehearsal, error) {
	return rehearsal.Rehearse(ctx, rehearsal.Options{Snapshot: snapshot, Plan: p, Start: a.now(), Progress: progress})
}

// rehearsed is what a rehearsal means to a script.
func rehearsed(r rehearsal.Rehearsal) error {
	p := &problem{exit: exitRefused, failed: "the rehearsal did not go well", why: r.Verdict, do: "see what the table remarks, then make another plan"}
	switch {
	case r.Result == rehearsal.Lost:
		p.code = "codes-lost"
	case r.Result == rehearsal.Differs:
		p.code = "rehearsal-differs"
	case r.Hopeless():
		p.code = "plan-refused"
	case r.Stuck():
		p.exit, p.code = exitDecision, "rehearsal-stops"
		p.do = "know beforehand what you would do there, as the table remarks; then prepare"
	case len(r.Missing) > 0:
		p.exit, p.code, p.failed = exitDecision, "not-rehearsed", "not every code could be rehearsed"
		p.do = "these do not come on a copy of the tenant: find out why, or decide to go on without: " + join(r.Missing)
	default:
		return nil
	}
	return p
}
