package run

import (
	"context"
	"errors"
	"fmt"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// Send asks the tenant-level provider for one test message (POST /branding/phone/providers/{id}/try). channel is a delivery
// method, to a number in E.164. Auth0's 202 says that the message was accepted, not that it arrived: [Runner.Answer] tells that.
// It is never repeated: a [*NoAnswer] asks a person to look at the phone. The tenant logs are read for what became of it, with
// the runner's Patience; what they say is in [Evidence.Logs]. What the message travels through is read first and
// journalled with it (see [Entry.Stamp]), so that a move can tell whether it is still the same.
func (r *Runner) Send(ctx context.Context, p plan.Plan, channel, to string) (State, error) {
	return r.with(p, nil, func(e *engine) error {
		s, err := e.testable(channel)
		if err != nil {
			return err
		}
		id, err := e.providerID(ctx, s)
		if err != nil {
			return err
		}
		message, present := e.outgoing(channel, to, id)
		e.ahead(ctx, append(e.waysAhead(), present)...)
		stamp, err := e.stamp(ctx)
		if err != nil {
			return fmt.Errorf("read what the message will travel through: %w", err)
		}
		if ctx.Err() != nil {
			return fmt.Errorf("no message was sent: %w", context.Cause(ctx))
		}
		return e.try(ctx, s, Entry{To: to, Stamp: stamp}, message)
	})
}

// testable is the step that tests a delivery method; a step made up for it when the plan has none.
func (e *engine) testable(channel string) (plan.Step, error) {
	if _, ok := e.evidence[channel]; !ok {
		return plan.Step{}, noChannel(channel)
	}
	s, ok := e.testStep(channel)
	if !ok {
		s = plan.Step{Kind: plan.Test, Phase: plan.Testing, Channel: channel, Title: "Test message"}
	}
	missing := e.unmet(s)
	if !e.prepared() {
		missing = append(missing, "the rest of the preparation")
	}
	if len(missing) > 0 {
		return s, e.needsPrepare(missing)
	}
	return s, nil
}

func noChannel(channel string) error {
	return &Refusal{Kind: NoSuch, Missing: []string{fmt.Sprintf("a delivery method %q in the plan", channel)}}
}

// providerID is the id of the tenant-level provider: of the answer that created it, or of the tenant's list.
func (e *engine) providerID(ctx context.Context, s plan.Step) (string, error) {
	if s.Call != nil {
		if id, err := plan.FillID(s.Call.ID, e.values()); err == nil {
			return id, nil
		}
	}
	answer, err := e.read(ctx, tenant.Call{Op: tenant.ListProviders})
	if err != nil {
		return "", err
	}
	id, _ := plan.At(answer, "/providers/0/id")
	if text, ok := id.(string); ok {
		return text, nil
	}
	return "", e.needsPrepare([]string{"a tenant-level provider"})
}

// try sends the message that about tells of: its number, and what it travels through.
func (e *engine) try(ctx context.Context, s plan.Step, about Entry, o *outgoing) error {
	// The API may repeat the number in an error; phone.MaskAll finds it by its form, and this by its value.
	e.secrets.add(o.to)
	call := tenant.Call{
		Op: tenant.TryProvider, ID: o.provider,
		Body: plan.Encode(map[string]any{"to": o.to, "delivery_method": s.Channel}),
	}
	about.Step, about.Channel, about.Request = s.ID, s.Channel, requestOf(call)
	e.api.API = e.runner.API(tenant.Permit{Tenant: e.plan.Tenant, Writes: []tenant.Call{{Op: call.Op, ID: o.provider}}})
	about.Event = Intent
	if err := e.write(about); err != nil {
		return err
	}
	began := e.runner.Now()
	err := e.deliver(ctx, call)
	about.Took, about.Event = e.runner.Now().Sub(began), Accepted
	if err == nil {
		return e.tried(ctx, about, o)
	}
	about.Event, about.Error = Failed, e.secrets.cleanError(outcomeOf(call.Op, err))
	about.Status = about.Error.Status
	do := "" // what the error itself says
	if about.Error.Unknown() {
		about.Event = Unanswered
		err = errors.Join(&NoAnswer{about.Error}, e.tried(ctx, about, o))
	} else {
		err, do = errors.Join(about.Error, e.write(about)), logs.Carrier(about.Error.Message)
	}
	return &StepError{Step: s.ID, Title: s.Title, Err: err, Do: do}
}

// deliver sends the request for a message; it is not cancelled.
func (e *engine) deliver(ctx context.Context, call tenant.Call) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeTime)
	defer cancel()
	_, err := e.api.Do(ctx, call)
	return err
}

// tried journals a message that is on its way, or may be, and what the tenant logs say about it.
func (e *engine) tried(ctx context.Context, about Entry, o *outgoing) error {
	if err := e.write(about); err != nil {
		return err
	}
	return e.listen(ctx, o)
}
