package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/generate"
	"upe/flows/judge"
	"upe/flows/proof"
	"upe/flows/translate"
)

// noGateway says why the Action cannot post to the gateway of today, or "".
func (c conversation) noGateway() string {
	gateways := c.partsOf(judge.CarrierGateway)
	for _, p := range gateways {
		switch {
		case p.problem != "":
			return p.problem
		case p.carrier != gateways[0].carrier:
			return "there is more than one; an Action can keep each"
		}
	}
	return ""
}

// noRoute says why the carriers of today cannot all be kept, or "".
func (c conversation) noRoute() string {
	var all []string
	for _, p := range c.parts() {
		if p.problem != "" {
			all = append(all, p.sending.flow+": "+p.problem)
		}
	}
	return strings.Join(all, "; ")
}

// routes are the table of what goes where: the carriers of today, after the countries that somebody has given to one of them.
func (c conversation) routes(translated generate.Part) []generate.Route {
	sender := func(p part) generate.Part {
		if p.carrier.Kind == judge.CarrierAction {
			return translated
		}
		return p.sender
	}
	var all []generate.Route
	for _, p := range c.parts() {
		if sender(p) == nil {
			continue
		}
		all = append(all, c.countryRoutes(p, sender)...)
		all = append(all, generate.Route{Flow: p.flow, ConnectionID: p.id, Connection: p.name, MessageTypes: p.types, Part: sender(p)})
	}
	return all
}

// generation is what was answered about a generated Action.
func (c conversation) generation() generate.Options {
	o := generate.Options{
		Failure: generate.Failure(c.text(keyFailure)), NonCode: generate.NonCode(c.text(keyNonCode)), Methods: c.methodsToday(), Decided: map[string]string{},
	}
	if c.text(keyDecision(translate.Voice)) == string(generate.VoiceAsText) {
		o.Voice = generate.VoiceAsText
	}
	for key, value := range c.answers {
		if id, ok := strings.CutPrefix(string(key), routePrefix); ok {
			o.Decided[id], _ = value.(string)
		}
	}
	return o
}

// methodsToday are the delivery methods that what moves uses today.
func (c conversation) methodsToday() []string {
	var all []string
	for _, p := range c.parts() {
		for _, method := range p.methods {
			if !contains(all, method) {
				all = append(all, method)
			}
		}
	}
	slices.Sort(all)
	return all
}

// generated is the Action that posts to a gateway, or sends each message by its carrier of today.
func (c conversation) generated(ctx context.Context) (Made, error) {
	made := Made{Runtime: runtimeNew}
	var out generate.Action
	if c.text(keySource) == sourceGateway {
		gateway, ok := c.partsOf(judge.CarrierGateway)[0].sender.(generate.Gateway)
		if !ok {
			return Made{}, fmt.Errorf("%w: no connection has an SMS gateway", ErrNothingToMake)
		}
		out = gateway.Action(c.generation())
	} else {
		if _, err := c.countriesApart(nil); err != nil {
			return Made{}, err
		}
		translated, old, err := c.translatedPart(ctx)
		if err != nil {
			return Made{}, err
		}
		made.Remarks, made.Decisions, made.Was = old.Remarks, old.Decisions, old.Was
		var open []generate.Undecidable
		if out, open, err = generate.Router(c.routes(translated), c.generation()); err != nil {
			return Made{}, fmt.Errorf("put the carriers together: %w", err)
		}
		made.Decisions = append(made.Decisions, undecidables(open)...)
	}
	for _, d := range c.answered(c.partDecisions()) {
		if !made.asks(d.ID) {
			made.Decisions = append(made.Decisions, d)
		}
	}
	made.Code, made.Secrets, made.Notes = out.Code, out.Secrets, out.Notes
	made.Remarks = append(made.Remarks, c.partRemarks()...)
	if c.text(keySource) == sourceRoute {
		made.Notes = append(made.Notes, c.countryNotes()...)
	}
	for _, m := range out.Modules {
		made.Modules = append(made.Modules, translate.Module(m))
	}
	return made, nil
}

// translatedPart is the old Action as a part of the new one, and what its translation came to; nil where none sends today.
func (c conversation) translatedPart(ctx context.Context) (generate.Part, Made, error) {
	if len(c.partsOf(judge.CarrierAction)) == 0 {
		return nil, Made{}, nil
	}
	made, err := c.translated(ctx)
	if err != nil {
		return nil, Made{}, err
	}
	action := generate.Action{Code: made.Code, Secrets: made.Secrets}
	for _, m := range made.Modules {
		action.Modules = append(action.Modules, generate.Module(m))
	}
	return generate.Translated{Name: c.oldAction().Name, Action: action}, made, nil
}

// partDecisions are what a person decides about a generated Action, beside where each message belongs.
func (c conversation) partDecisions() []translate.Decision {
	var all []translate.Decision
	if read := c.oldReading(); read != nil && c.text(keySource) == sourceRoute {
		all = slices.Clone(read.Decisions)
	}
	add := func(d translate.Decision) {
		if !slices.ContainsFunc(all, func(have translate.Decision) bool { return have.ID == d.ID }) {
			all = append(all, d)
		}
	}
	failure := failureDecision()
	if names := c.generatedCarriers(); len(all) > 0 && len(names) > 0 {
		failure.Why = fmt.Sprintf("This is about %s; the Action %q has an answer of its own. %s", strings.Join(names, " and "), c.oldAction().Name, failure.Why)
	}
	add(failure)
	add(nonCodeDecision())
	if contains(c.methodsToday(), "voice") && len(c.partsOf(judge.CarrierGateway)) > 0 && c.text(keySource) == sourceGateway {
		add(callDecision())
	}
	return all
}

// generatedCarriers are those that an Action gets generated code for, and not what sends today.
func (c conversation) generatedCarriers() []string {
	var names []string
	for _, p := range c.parts() {
		if name := p.carrier.String(); p.carrier.Kind != judge.CarrierAction && !contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// decisionFailure is the id of what is decided about messages that a carrier does not take.
const decisionFailure = "failure"

func failureDecision() translate.Decision {
	return translate.Decision{
		ID: decisionFailure, Title: "A carrier does not take a message: what should the Action do?",
		Why: "Before, the login failed and the user saw it. Now nobody waits for the answer: the user asks for another code, or Auth0 runs the Action again.",
		Choices: []translate.Choice{
			{
				Value: string(generate.Auto), Label: "Try again what may get better, drop the rest",
				Consequence: "no answer, 429 and 5xx are tried again, up to five times; after a time-out that can send a message twice",
			},
			{Value: string(generate.Drop), Label: "Drop it", Consequence: "the message is lost; the tenant logs say why"},
			{
				Value: string(generate.Retry), Label: "Try everything again",
				Consequence: "up to five times, also what the carrier will refuse each time; it can send and cost twice",
			},
		},
	}
}

func nonCodeDecision() translate.Decision {
	return translate.Decision{
		ID: translate.NonCode, Title: "Notifications that are not codes: what should happen to them?",
		Why: "Password changed, account blocked, password found in a breach: where they are enabled, they come to this Action too. Until now it was never asked to send them.",
		Choices: []translate.Choice{
			{Value: translate.Deliver, Label: "Deliver them", Consequence: "users get them by phone"},
			{Value: translate.Drop, Label: "Drop them", Consequence: "the Action gives them up, and nobody is told"},
		},
	}
}

func callDecision() translate.Decision {
	return translate.Decision{
		ID: translate.Voice, Title: "A message is to be a call, and an SMS gateway cannot call: what should happen to it?",
		Why: "Some users have chosen calls.",
		Choices: []translate.Choice{
			{Value: string(generate.DropVoice), Label: "Drop it", Consequence: "users who chose calls get no code"},
			{Value: string(generate.VoiceAsText), Label: "Send it as a text message", Consequence: "users who chose calls get an SMS"},
		},
	}
}

// answered are decisions with their answers. What is not among the choices is no answer.
func (c conversation) answered(all []translate.Decision) []translate.Decision {
	all = slices.Clone(all)
	for i, d := range all {
		if answer := c.text(keyDecision(d.ID)); slices.Contains(choiceValues(d), answer) {
			all[i].Answer = answer
		}
	}
	return all
}

// undecidables are the questions of a router, as decisions.
func undecidables(all []generate.Undecidable) []translate.Decision {
	var decisions []translate.Decision
	for _, u := range all {
		d := translate.Decision{ID: routeID(u.ID), Title: u.Title, Why: u.Why, Answer: u.Answer}
		for _, choice := range u.Choices {
			d.Choices = append(d.Choices, translate.Choice(choice))
		}
		decisions = append(decisions, d)
	}
	return decisions
}

// saidOtherwise are remarks that the notes of a generated Action make as well.
var saidOtherwise = []string{"gateway-time-limit", "gateway-success"}

// partRemarks say what is to be known of the carriers that an Action takes over from.
func (c conversation) partRemarks() []translate.Remark {
	var all []translate.Remark
	for _, p := range c.parts() {
		for _, r := range p.remarks {
			remark := translate.Remark{Severity: translate.Severity(r.Severity), Text: r.Text}
			if !contains(saidOtherwise, r.ID) && !slices.Contains(all, remark) {
				all = append(all, remark)
			}
		}
	}
	return all
}

// flowsOfParts are the flows that a generated Action serves as they are served today. What a gateway is to send that it does not send
// today has nothing to be compared with.
func (c conversation) flowsOfParts() []proof.Flow {
	var flows []proof.Flow
	for _, p := range c.parts() {
		old := c.today(p)
		if old == nil || c.text(keySource) == sourceGateway && p.carrier.Kind != judge.CarrierGateway {
			continue
		}
		f := proof.Flow{Name: p.sending.flow, Old: old, Methods: p.methods, Types: p.types}
		if p.id != "" {
			f.Connection = &proof.Connection{ID: p.id, Name: p.name, Strategy: "sms"}
		}
		flows = append(flows, f)
	}
	return flows
}
