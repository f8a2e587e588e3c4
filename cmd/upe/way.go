package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
)

// way is a way back, or what gives one up, while it is carried out.
type way struct {
	app     *app
	session *session
	run     *folder   // the run that it is about
	gives   *folder   // the way back that is given up; nil: this is a way back
	folder  *folder   // where its journal is; nil: it has not begun
	state   run.State // when it was found
	in      *folder   // where its folder will be, and
	dir     string    // with which path
	plan    plan.Plan
	now     tenant.Snapshot
	found   secrets
}

// ready refuses what would stop in the middle for something that can be known before: a scope, or a secret. Among the secrets are those
// that are used only if Auth0 has lost a setting, because codes do not arrive until it is written again.
func (w *way) ready() error {
	if err := w.session.mayDo(w.left()); err != nil {
		return err
	}
	var err error
	if w.found, err = w.app.secretsFor(w.run.plan, w.now); err != nil {
		return err
	}
	return w.found.check(w.plan, w.left())
}

// left are the steps that are not done.
func (w *way) left() []plan.Step {
	done := map[string]bool{}
	for _, s := range w.state.Steps {
		done[s.ID] = s.Status == run.Done
	}
	var left []plan.Step
	for _, s := range w.plan.Steps {
		if !done[s.ID] {
			left = append(left, s)
		}
	}
	return left
}

// goBack carries everything out, or as much as can be without a person.
func (w *way) goBack(ctx context.Context) error {
	if w.folder == nil {
		var err error
		if w.folder, err = createBack(w.in, w.dir, w.plan, w.now); err != nil {
			return err
		}
	}
	opened := w.app.open(w.folder, w.session, w.found.find)
	for _, m := range w.plan.Summary.Moves {
		if waits, err := w.move(ctx, opened, m); err != nil || waits != nil {
			return errors.Join(err, waits)
		}
	}
	state, err := opened.Run(ctx, run.Until{Phase: plan.After}, w.app.progress(w.plan))
	if used := (*plan.InUse)(nil); errors.As(err, &used) {
		return notRemoved(inUse(err))
	}
	if err != nil {
		return w.failed(err)
	}
	w.state = state
	if err := w.lookAgain(ctx); err != nil {
		return err
	}
	if !state.Finished {
		return errors.Join(w.waits(plan.Move{Title: "the end"}), w.app.giveWay(w))
	}
	return w.app.giveWay(w)
}

// lookAgain reads the tenant once more when a way back was given up: Auth0 Support is told how it is after that.
func (w *way) lookAgain(ctx context.Context) error {
	if w.gives == nil || !w.state.Finished {
		return nil
	}
	now, err := tenant.Read(ctx, w.session.who, w.session.client, nil)
	w.now = now
	return err
}

// notRemoved says of a way back that is at its end what was not done.
func notRemoved(err error) error {
	var p *problem
	if errors.As(err, &p) {
		p.failed = "the flows are back, and nothing was removed: what the run created is in use"
	}
	return err
}

// move switches one flow back. That it reads back confirms it: by this way codes came before, so nobody has to try.
func (w *way) move(ctx context.Context, opened *openRun, m plan.Move) (waits, err error) {
	state, err := opened.Run(ctx, run.Until{Phase: plan.Switch, Move: m.ID}, w.app.progress(w.plan))
	if err != nil {
		return nil, w.failed(err)
	}
	if w.state = state; !isOn(state, m) && !isConfirmed(state, m) {
		return w.waits(m), w.app.giveWay(w)
	}
	by := readsBack(w.app.name(""))
	// An interrupt between the two is one before the next step.
	if _, err := opened.Confirm(context.WithoutCancel(ctx), m.ID, by); err != nil {
		return nil, w.failed(err)
	}
	return nil, nil
}

// readsBack is who confirms a move of a way back: the program, for whoever has it run.
func readsBack(who string) string {
	if who == "" {
		return "what reads back (upe revert)"
	}
	return fmt.Sprintf("what reads back (upe revert, %s)", who)
}

func isConfirmed(state run.State, move plan.Move) bool {
	for _, m := range state.Moves {
		if m.ID == move.ID {
			return m.Status == run.MoveConfirmed
		}
	}
	return false
}

// waits says what a person has to do in the middle.
func (w *way) waits(m plan.Move) error {
	p := &problem{
		exit: exitDecision, code: "waiting", failed: "the way back waits for a person: " + m.Title, why: "it waits for " + w.state.WaitsFor,
		do: "do that, then: " + w.next(),
	}
	for _, state := range w.state.Steps {
		if s, _ := w.plan.Step(state.ID); state.Status == run.Waiting && s.Move == m.ID {
			p.details = append(p.details, detail{s.Title, s.Dashboard})
		}
	}
	if w.gives == nil {
		p.do += "; where the Dashboard has no such switch: " + w.upAgain()
	}
	return p
}

func (w *way) next() string { return report.Next(w.plan, w.state, w.app.runName(w.run)) }

// upAgain is the command that leaves nobody without codes.
func (w *way) upAgain() string { return "upe revert " + w.app.runName(w.run) + " --give-up" }

// failed explains why the way stopped, and how it goes on from there.
func (w *way) failed(err error) error {
	p := *explain(w.app.goOn(w.folder, err))
	var step *run.StepError
	switch {
	case p.code == "stale":
		p.failed, p.why = "the way back is stale", "the tenant has changed since the way back was made, in what it relies on"
		p.do = "look at what has changed, then: upe revert " + w.app.runName(w.run) + " --anew"
	case errors.As(err, &step) && w.gives == nil && w.switches(step.Step):
		p.do = strings.TrimSuffix(p.do, ".") + "; if it cannot be done, leave nobody without codes: " + w.upAgain()
	}
	return &p
}

func (w *way) switches(step string) bool {
	s, _ := w.plan.Step(step)
	return s.Phase == plan.Switch
}

// giveWay says where a run stands that is taken back, or was.
func (a *app) giveWay(w *way) error {
	state, _, err := w.run.state()
	if err != nil {
		return err
	}
	document := struct {
		runDocument
		Reverts string              `json:"reverts"`
		GivenUp bool                `json:"given_up,omitempty"`
		Support []judge.SupportText `json:"support,omitempty"`
	}{
		runDocument: runDocument{
			Schema: "upe.run/1", Run: w.folder.id(), Folder: w.folder.dir, Domain: w.run.plan.Tenant.Domain,
			Report: filepath.Join(w.folder.dir, fileReport), Next: report.Next(w.folder.plan, w.state, a.runName(w.run)), State: w.state,
		},
		Reverts: w.run.id(), GivenUp: w.gives != nil && w.state.Finished,
	}
	lead := ""
	if document.GivenUp {
		if document.Support, err = w.support(); err != nil {
			return err
		}
		lead = "The way back is given up: what it had turned off is on again.\n\n"
	}
	return a.answer(document, func() string {
		return lead + a.statusText(w.run, state) + report.SupportTexts(document.Support)
	})
}

// support is a text for Auth0 Support: the tenant as it is after the way back was given up, and everything that was sent on the way. In a
// later command, which does not read the tenant, it is the tenant as it was found.
func (w *way) support() ([]judge.SupportText, error) {
	now := w.now
	if len(now.Parts) == 0 {
		var err error
		if now, err = w.folder.before(); err != nil {
			return nil, err
		}
	}
	var sent []judge.Evidence
	for _, f := range []*folder{w.gives, w.folder} {
		_, entries, err := f.state()
		if err != nil {
			return nil, err
		}
		sent = append(sent, tried(entries)...)
	}
	return []judge.SupportText{judge.SupportFor(judge.Judge(now), judge.SupportRevertRefused, sent...)}, nil
}

// tried is what a journal tells of writes and their answers.
func tried(entries []run.Entry) []judge.Evidence {
	var all []judge.Evidence
	for _, e := range entries {
		method, path, _ := strings.Cut(e.Request, " ")
		one := judge.Evidence{What: fmt.Sprintf("%s /api/v2%s, %s", method, path, e.At.UTC().Format("2006-01-02 15:04:05 UTC"))}
		switch {
		case e.Request == "":
			continue
		case e.Event == run.Sent:
			one.Value = "answered with success"
		case e.Error != nil:
			one.Value = refusalText(e.Error)
		default:
			continue
		}
		all = append(all, one)
	}
	return all
}
