package plan

import (
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// The steps that take MFA back.
const (
	backTypes    = "back-message-types"
	backFactor   = "back-mfa-factor"
	backFlag     = "back-tenant-flag"
	backOpen     = "back-mfa-open"
	backSelected = "back-selected-provider"
	backTwilio   = "back-mfa-twilio"
	backWordings = "back-mfa-wordings"
)

// SecretFormerToken names the AuthToken of MFA's own Twilio settings, where it is another account's than the provider's.
const SecretFormerToken = "former.twilio.auth_token"

// mfa takes the message types, the factor and the flag back, and sees that MFA's own settings are in force again.
func (v *inverter) mfa() {
	v.widen()
	v.messageTypes()
	v.factor()
	flag, sent := v.sent(stepFlag)
	byHand := v.wrote[stepUnified]
	if !sent {
		if byHand { // the flag was on before
			v.openMove(MoveMFA)
			v.open(MoveMFA)
		}
		return
	}
	v.openMove(flag.Move)
	// Where the Dashboard's switch moved MFA, it moves it back, and it is there only while the flag is on.
	if byHand {
		v.open(flag.Move)
	}
	v.flag(flag)
	_, moved := v.plan.Step(stepUnified)
	if moved && !byHand {
		v.open(flag.Move)
	}
	v.settings(flag.Move, moved)
}

// widen gives the provider back the delivery methods that were taken away last: message types that come back need them.
func (v *inverter) widen() {
	s, sent := v.sent("provider-narrow")
	if !sent {
		return
	}
	move := v.firstMove()
	v.add(Step{
		ID: "back-" + s.ID, Kind: Request, Phase: Switch, Move: move, Source: s.Source, Link: s.Link,
		Title:     "Give the provider back the delivery methods it lost",
		Why:       "What comes back may need them.",
		Dashboard: s.UndoDashboard,
		Call:      &tenant.Call{Op: s.Call.Op, ID: v.providerID(), Body: s.Before},
		Before:    s.After, After: s.Before,
		Done: &Check{Get: s.Done.Get, Match: Encode(map[string]any{"id": v.providerID()}), Want: s.Before},
		Undo: "take the delivery methods away again", UndoDashboard: s.Dashboard,
	})
}

// firstMove is the move that is open, or else MFA's.
func (v *inverter) firstMove() string {
	if len(v.moves) == 0 {
		v.openMove(MoveMFA)
	}
	if len(v.moves) == 0 {
		return ""
	}
	return v.moves[0].ID
}

// messageTypes puts the former message types back in one request, however many the run sent.
func (v *inverter) messageTypes() {
	var last Step
	for _, id := range []string{stepTypesAdd, stepTypesSet, stepTypesCut} {
		if s, sent := v.sent(id); sent {
			last = s
		}
	}
	if last.Call == nil {
		return
	}
	types := v.before.MessageTypes()
	if types == nil {
		types = []string{}
	}
	v.openMove(MoveMFA)
	former := Encode(map[string]any{"message_types": types})
	v.add(Step{
		ID: backTypes, Kind: Request, Phase: Switch, Move: MoveMFA, Source: sourceMFA, Link: linkMFA,
		Title: "Put the former MFA factors back", Why: "These were in force before the run.",
		Dashboard: last.UndoDashboard,
		Call:      &tenant.Call{Op: tenant.PutMessageTypes, Body: former},
		Before:    last.After, After: former,
		Done: &Check{Get: tenant.Call{Op: tenant.GetMessageTypes}, Want: former},
		Undo: "put the new factors back", UndoDashboard: last.Dashboard,
	})
}

func (v *inverter) factor() {
	s, sent := v.sent(stepFactor)
	if !sent {
		return
	}
	v.openMove(s.Move)
	done := *s.Done
	done.Want = s.Before
	v.add(Step{
		ID: backFactor, Kind: Request, Phase: Switch, Move: s.Move, Source: s.Source, Link: s.Link, Needs: v.needs(backTypes),
		Title: "Turn MFA by phone off again", Why: "It was off before the run.",
		Dashboard: s.UndoDashboard,
		Call:      &tenant.Call{Op: s.Call.Op, Body: s.Before},
		Before:    s.After, After: s.Before, Done: &done,
		Undo: "turn it on again", UndoDashboard: s.Dashboard,
	})
}

// flag turns the tenant flag off. A tenant whose settings never showed it had it off.
func (v *inverter) flag(s Step) {
	off := Encode(map[string]any{"phone_consolidated_experience": false})
	done := *s.Done
	done.Want = off
	v.add(Step{
		ID: backFlag, Kind: Request, Phase: Switch, Move: s.Move, Basis: judge.Recorded, Source: s.Source, Link: s.Link,
		Needs: v.needs(),
		Title: "Turn the Unified Phone Experience off for the tenant",
		Why: "From now on codes travel by the old settings again, if Auth0 kept them. Whether it does is not documented; the next step " +
			"looks. The tenant-level provider stays until it is known, so codes that still go through it are delivered.",
		Dashboard: s.UndoDashboard,
		Call:      &tenant.Call{Op: s.Call.Op, Body: off},
		Before:    s.After, After: off, Done: &done,
		Undo: "turn it on again", UndoDashboard: s.Dashboard,
	})
}

// open sees that Auth0 shows MFA's old settings again: it refuses to while MFA uses the tenant-level provider.
func (v *inverter) open(move string) {
	v.add(Step{
		ID: backOpen, Kind: Manual, Phase: Switch, Move: move, Proof: "api", Basis: judge.Recorded, Source: sourceMFA, Link: linkMFA,
		Needs: v.needs(backFlag),
		Title: "See that MFA uses its own settings again",
		Why: "Auth0 shows them only while MFA does not use the tenant-level provider. While it refuses, turn the Dashboard's own switch " +
			"for MFA off: no API can. If the switch is not there, take this way back no further: ask Auth0 Support.",
		Dashboard: "Security > Multi-factor Auth > Phone Message > Use Tenant-level Messaging Provider: off, Save",
		Done:      &Check{Get: tenant.Call{Op: tenant.GetSelectedProvider}, Want: Encode(map[string]any{})},
		Undo:      "turn the Dashboard's switch on again", UndoDashboard: "Security > Multi-factor Auth > Phone Message > Use Tenant-level Messaging Provider: on, Save",
	})
}

// settings writes MFA's old settings again where they are not what they were. Those that can be read now and are different somebody
// else has changed: they stay. Where the run did not move MFA, Auth0 may refuse them: then somebody else moved it.
func (v *inverter) settings(move string, moved bool) {
	v.spare = !moved
	defer func() { v.spare = false }()
	selected := v.before.SelectedProvider()
	if selected == "" {
		return
	}
	if t := v.before.Twilio(); t.SID != "" {
		v.twilio(move, t)
	}
	if w := v.before.MFATemplates(); w.Enrollment != "" || w.Verification != "" {
		v.setting(Step{
			ID: backWordings, Move: move, Title: "Put the former MFA wordings back",
			Call: &tenant.Call{Op: tenant.PutMFATemplates, Body: Encode(map[string]any{
				"enrollment_message": w.Enrollment, "verification_message": w.Verification,
			})},
			Done: &Check{Get: tenant.Call{Op: tenant.GetMFATemplates}},
		})
	}
	// Last, because it decides who sends: what it names is complete by then.
	v.setting(Step{
		ID: backSelected, Move: move, Title: "Choose the former MFA phone provider",
		Call: &tenant.Call{Op: tenant.PutSelectedProvider, Body: Encode(map[string]any{"provider": selected})},
		Done: &Check{Get: tenant.Call{Op: tenant.GetSelectedProvider}},
	})
}

func (v *inverter) twilio(move string, t tenant.Twilio) {
	texts := map[string]any{}
	for key, value := range map[string]string{"sid": t.SID, "from": t.From, "messaging_service_sid": t.MessagingServiceSID} {
		texts[key] = nil
		if value != "" {
			texts[key] = value
		}
	}
	body := map[string]any{"auth_token": v.ask(v.formerToken(t.SID), "MFA's own Twilio settings, should Auth0 have lost them")}
	for key, value := range texts {
		body[key] = value
	}
	v.setting(Step{
		ID: backTwilio, Move: move, Title: "Enter the former Twilio settings of MFA", Lenient: true,
		Call: &tenant.Call{Op: tenant.PutTwilio, Body: Encode(body)}, After: Encode(texts),
		Done: &Check{Get: tenant.Call{Op: tenant.GetTwilio}, Want: Encode(texts)},
	})
}

// formerToken names the AuthToken of an account: the one the plan asked for, where it is the same account.
func (v *inverter) formerToken(sid string) string {
	if s, ok := v.plan.Step(stepProvider); ok {
		configuration, _ := asObject(s.After)["configuration"].(map[string]any)
		if configuration["sid"] == sid {
			return SecretTwilioToken
		}
	}
	return SecretFormerToken
}

// setting completes a step that writes one of MFA's own settings, which is skipped where it reads as it was.
func (v *inverter) setting(s Step) {
	if v.changed(s) {
		return
	}
	s.Optional = v.spare
	s.Kind, s.Phase, s.Basis, s.Source, s.Link = Request, Switch, judge.Documented, sourceMFA, linkMFA
	s.Needs = v.needs(backFlag, backOpen)
	s.Why = "Nothing is written where Auth0 kept it."
	s.Dashboard = "Security > Multi-factor Auth > Phone Message: enter the former values, Save"
	s.Undo, s.UndoDashboard = "nothing to undo: it was so before the run", s.Dashboard
	s.After = orElse(s.After, s.Call.Body)
	s.Done.Want = orElse(s.Done.Want, s.Call.Body)
	v.add(s)
}

// changed reports whether what a step would write again can be read now, and is not what it was before the run.
func (v *inverter) changed(s Step) bool {
	path := strings.TrimPrefix(s.Done.Get.Path(), "/")
	if !v.now.Has(path) || !v.before.Has(path) {
		return false
	}
	was, errWas := Decode(tenant.Redact(v.before.Parts[path].Raw))
	is, errIs := Decode(tenant.Redact(v.now.Parts[path].Raw))
	return errWas == nil && errIs == nil && string(Encode(was)) != string(Encode(is))
}

// orElse is a, or b where a is empty.
func orElse[T ~[]byte](a, b T) T {
	if len(a) > 0 {
		return a
	}
	return b
}

// providerID is the id of the tenant-level provider as it is now.
func (v *inverter) providerID() string {
	if p := v.now.Provider(); p != nil {
		return p.ID
	}
	return ""
}
