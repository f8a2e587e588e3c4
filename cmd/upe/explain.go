package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"upe/client/emulator"
	"upe/client/login"
	"upe/flows/phone"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// explain turns any error into a problem: the kinds that decide an exit code one by one, and every other as it is.
func explain(err error) *problem {
	var known *problem
	if errors.As(err, &known) {
		return known
	}
	for _, look := range []func(error) *problem{
		interrupted, badCredentials, badFile, badNumber, badChoices, refused, stale, otherPlan, failedStep, answered,
	} {
		if p := look(err); p != nil {
			p.cause = err
			return p
		}
	}
	return &problem{
		exit: exitError, code: "error", failed: "it could not be finished", why: err.Error(), cause: err,
		do: "put right what is named, then run the same command again; `upe status` says where a run stands",
	}
}

func interrupted(err error) *problem {
	if !errors.Is(err, context.Canceled) {
		return nil
	}
	p := &problem{exit: exitInterrupted, code: "interrupted", failed: "interrupted", why: "a signal asked to stop", do: "run the same command again"}
	var stopped *run.Interrupted
	if errors.As(err, &stopped) {
		p.why = fmt.Sprintf("a signal asked to stop; the request in flight was finished, %d of %d steps are done", stopped.Done, stopped.Total)
		p.do = "go on with: upe resume RUN (nothing is done twice); next: " + stopped.Next
	}
	return p
}

func badCredentials(err error) *problem {
	var e *login.Error
	if !errors.As(err, &e) {
		return nil
	}
	p := &problem{exit: exitCredentials, code: "credentials", failed: e.Failed, why: e.Why, do: e.Do}
	if e.Cause != nil && e.Status == 0 {
		p.exit, p.code = exitError, "unreachable" // nobody judged the credentials
	}
	return p
}

func badFile(err error) *problem {
	var e *emulator.FileError
	if !errors.As(err, &e) {
		return nil
	}
	return &problem{
		exit: exitError, code: "tenant-file", failed: "the tenant file cannot be used", why: e.Error(),
		do: "correct the file; `upe emulate` with a name instead of a file serves one that comes with the program",
	}
}

func badNumber(err error) *problem {
	var e *phone.Error
	if !errors.As(err, &e) {
		return nil
	}
	return &problem{exit: exitError, code: "value", failed: e.What, why: e.Why, do: e.Do}
}

func badChoices(err error) *problem {
	var e *plan.Invalid
	if !errors.As(err, &e) {
		return nil
	}
	p := &problem{
		exit: exitDecision, code: "choices", failed: "the choices do not make a plan",
		do: "change the answers named, then plan again",
	}
	for _, text := range e.Problems {
		p.details = append(p.details, detail{Name: text})
	}
	return p
}

func refused(err error) *problem {
	var e *run.Refusal
	if !errors.As(err, &e) {
		return nil
	}
	p := refusalOf(e.Kind)
	p.code = string(e.Kind)
	if p.do == "" {
		p.do = e.Hint
	}
	if p.do == "" {
		p.do = "see where it stands, and what comes next: upe status RUN"
	}
	for _, missing := range e.Missing {
		p.details = append(p.details, detail{Name: missing})
	}
	return p
}

// refusalOf says for each reason of a run's refusal what it means for the command.
func refusalOf(kind run.Reason) *problem {
	switch kind {
	case run.NeedsEvidence:
		return &problem{
			exit: exitDecision, failed: "this is refused without evidence", why: "nobody knows whether messages arrive, and users would be the first to notice",
			do: "upe test RUN --to NUMBER, then upe test RUN --arrived --by NAME; or give a reason to go without: upe enable … --override REASON",
		}
	case run.NeedsWord:
		return &problem{exit: exitDecision, failed: "a person's word is missing", why: "the journal keeps who said what", do: "add --by NAME"}
	case run.NeedsUndo:
		return &problem{
			exit: exitDecision, failed: "this is refused while its undo is not in hand", why: "Auth0 does not show it after this move, and going back needs it",
			do: "enter it, or give a reason to go without: upe enable … --override REASON",
		}
	case run.NeedsSecret:
		return &problem{exit: exitDecision, failed: "a secret is missing", why: "writing without it would delete it from the tenant", do: "set the variable named, or give --answers a file with a reference"}
	case run.NotYet:
		return &problem{exit: exitDecision, failed: "it is not done yet", why: "the tenant does not show it"}
	case run.NoSuch:
		return &problem{exit: exitError, failed: "there is no such thing in this run", why: "the plan does not have it", do: "upe status RUN shows what it has"}
	case run.NeedsPrepare, run.TooEarly:
		return &problem{exit: exitRefused, failed: "this comes too early", why: "something else comes first"}
	case run.OtherMove:
		return &problem{exit: exitRefused, failed: "another move is half done", why: "each is finished before the next begins"}
	}
	return &problem{exit: exitRefused, failed: "this cannot be done now"}
}

func stale(err error) *problem {
	var e *run.Stale
	if !errors.As(err, &e) {
		return nil
	}
	return staleProblem(e.Differences)
}

func staleProblem(changed []plan.Difference) *problem {
	p := &problem{
		exit: exitStale, code: "stale", failed: "the plan is stale, nothing was written",
		why: "the tenant has changed since the plan was made, in what the plan relies on",
		do: "look at what has changed, then make a new plan with `upe plan`; where somebody else made the plan from a bundle, make them a new one " +
			"with `upe bundle create`",
	}
	for _, d := range changed {
		for _, change := range d.Changes() {
			p.details = append(p.details, detail{Name: d.Fact.What, Text: change.Words()})
		}
	}
	return p
}

func otherPlan(err error) *problem {
	if !errors.Is(err, run.ErrOtherPlan) {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "other-plan", failed: "the run cannot be used", why: "its journal was written for another plan",
		do: "restore the folder's own plan.json, or prepare the plan anew",
	}
}

// failedStep says which step of a run failed, around whatever the reason is.
func failedStep(err error) *problem {
	var e *run.StepError
	if !errors.As(err, &e) {
		return nil
	}
	p := &problem{exit: exitError, code: "step-failed", why: e.Err.Error(), do: "run the same command again, on the run: what is done is not done twice"}
	if inner := answered(e.Err); inner != nil {
		p = inner
		p.why = inner.failed + ": " + inner.why
	}
	if e.Do != "" {
		p.do = e.Do
	}
	p.failed = fmt.Sprintf("the step %q failed", e.Title)
	return p
}

// answered explains what the API said, or that it said nothing.
func answered(err error) *problem {
	var e *tenant.Error
	if !errors.As(err, &e) {
		return nil
	}
	p := &problem{exit: exitError, code: string(e.Class()), failed: "Auth0 refused " + string(e.Op), why: refusalText(e), do: hint(e)}
	switch e.Class() {
	case tenant.ClassToken:
		p.exit, p.failed = exitCredentials, "Auth0 does not accept the access token"
	case tenant.ClassScope:
		p.exit, p.failed = exitCredentials, "the access token lacks a scope"
	case tenant.ClassRefusedLocal:
		p.exit, p.failed = exitRefused, "nothing was written: "+string(e.Op)+" was held back"
	case tenant.ClassNetwork:
		p.failed = "the tenant cannot be reached"
	case tenant.ClassUnknown:
		p.failed = "no answer to " + string(e.Op)
	case tenant.ClassUnified, tenant.ClassNotAllowed, tenant.ClassOneAction, tenant.ClassNotFound, tenant.ClassNotDeployed,
		tenant.ClassConflict, tenant.ClassRateLimit, tenant.ClassInvalid, tenant.ClassAuth0:
	}
	return p
}

// hint says what to do. Whether a test message was sent cannot be read from the tenant: the telephone tells.
func hint(e *tenant.Error) string {
	if e.Op == tenant.TryProvider && e.Unknown() {
		return "look at the phone, then say so: upe test RUN --arrived --by NAME, or --not-arrived; it may have been sent, so do not send again before"
	}
	return e.Hint()
}

func refusalText(e *tenant.Error) string {
	var parts []string
	if e.Status != 0 {
		parts = append(parts, fmt.Sprint(e.Status))
	}
	for _, part := range []string{e.Code, e.Message} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, ": ")
}
