package report

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Next is the command that goes on with a run, ready to be copied but for words in capitals, which a person fills in; empty when
// nothing is left to do. name is how a command finds the run: its id, or the path of its folder; for a way back, that of the run it
// takes back.
func Next(p plan.Plan, s run.State, name string) string {
	name = argument(name)
	if p.Reverts != "" {
		return goBack(p, s, name)
	}
	if len(s.Changed) > 0 && !s.Finished {
		return "upe plan"
	}
	if !s.Prepared {
		return "upe prepare " + name
	}
	for _, m := range s.Moves {
		switch m.Status {
		case run.MoveNotReady:
			return test(s, m, name)
		case run.MoveReady:
			return enable(p, m, name)
		case run.MoveStarted:
			switch step, waits := waitingFor(p, s, m.ID); {
			case !waits:
				return "upe resume " + name
			case step.Proof == "person":
				return done(step, name)
			}
			return enable(p, m, name)
		case run.MoveSwitched:
			return fmt.Sprintf("upe confirm %s --move %s --by NAME", name, argument(m.Name))
		case run.MoveConfirmed:
		}
	}
	if step, ok := waitingFor(p, s, ""); ok {
		return done(step, name)
	}
	if s.Finished {
		return ""
	}
	return "upe confirm " + name + " --by NAME"
}

// BeforeLogin is what has to be known before a login is tried: that a Passwordless code makes a user. It is empty when the run
// does not wait for a login with one. before is the snapshot from before anything was written.
func BeforeLogin(p plan.Plan, s run.State, before tenant.Snapshot) string {
	for _, m := range s.Moves {
		switch {
		case m.Status == run.MoveConfirmed:
			continue
		case m.Status != run.MoveSwitched, m.ID == plan.MoveMFA, m.ID == plan.MoveProvider:
			return ""
		case closed(p, m.Move, before):
			return "Before you try it: this connection takes no new users, so a number without one gets no code. Use a number that has a user."
		}
		return "Before you try it: entering a Passwordless code creates a user when the number is new. Use a number that has one, or delete " +
			"that user afterwards."
	}
	return ""
}

// closed reports whether sign-ups are disabled on a connection: in the snapshot, or as the plan creates it.
func closed(p plan.Plan, m plan.Move, before tenant.Snapshot) bool {
	if connection, ok := before.Connection(m.ID); ok {
		return connection.SMS().DisableSignup
	}
	for _, step := range p.In(plan.Switch, m.ID) {
		if step.Call != nil && step.Call.Op == tenant.CreateConnection {
			disabled, _ := find(fieldsOf(step.Call.Body), "options.disable_signup")
			return disabled == true
		}
	}
	return false
}

// test is the command that brings a move the evidence it lacks.
func test(s run.State, m run.MoveState, name string) string {
	for _, e := range s.Evidence {
		if e.Proves() || !slices.Contains(m.Channels, e.Channel) {
			continue
		}
		if asks(e) {
			return fmt.Sprintf("upe test %s --arrived --channel %s --by NAME", name, option(e.Channel))
		}
		return fmt.Sprintf("upe test %s --to NUMBER --channel %s", name, option(e.Channel))
	}
	return "upe prepare " + name
}

// asks reports whether a message is on its way, and somebody's word on it is missing.
func asks(e run.Evidence) bool {
	if !e.Fresh || e.Missing || e.Denied() || !e.Arrived.IsZero() {
		return false
	}
	return !e.Accepted.IsZero() || e.To != ""
}

func enable(p plan.Plan, m run.MoveState, name string) string {
	return fmt.Sprintf("upe enable %s --move %s --confirm %s", name, argument(m.Name), argument(p.Tenant.Domain))
}

// done is the command with which a person says that a step is done by hand.
func done(s plan.Step, name string) string {
	return fmt.Sprintf("upe confirm %s --step %s --by NAME", name, argument(s.ID))
}

// waitingFor is the first step of a move, or with "" of the end, that waits for a person's hand.
func waitingFor(p plan.Plan, s run.State, move string) (plan.Step, bool) {
	for _, state := range s.Steps {
		step, _ := p.Step(state.ID)
		if state.Status == run.Waiting && step.Kind == plan.Manual && step.Move == move {
			return step, true
		}
	}
	return plan.Step{}, false
}

// option is a delivery method as --channel takes it.
func option(channel string) string { return strings.ToLower(judge.ChannelName(channel)) }

// argument is a text as one word of a command line.
func argument(text string) string {
	if text != "" && !strings.ContainsFunc(text, func(r rune) bool {
		return r > '~' || !wordRune(r) && !strings.ContainsRune("-_./:+@=,", r)
	}) {
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", `'\''`) + "'"
}
