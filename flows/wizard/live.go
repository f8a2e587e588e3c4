package wizard

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/template"
)

// users are those whose codes go through the tenant-level provider at this moment: who used it before, and what this run has switched.
func (c conversation) users() []string {
	users := c.liveFlows()
	if gaps := c.known.Plan.Summary.Gaps; len(gaps) > 0 { // which name those who used it before in their own words
		users = nil
		for _, g := range gaps {
			users = append(users, g.Flows...)
		}
	}
	for _, m := range c.runState().Moves {
		begun := m.Status == run.MoveStarted || m.Status == run.MoveSwitched || m.Status == run.MoveConfirmed
		if begun && m.ID != plan.MoveProvider && !contains(users, m.Title) {
			users = append(users, m.Title)
		}
	}
	return users
}

// whoIsHit says whether the way that a test message took is one that users' codes take already, and what comes first then.
func (c conversation) whoIsHit() string {
	users := c.users()
	if len(users) == 0 {
		return "Nothing has been switched, so no user is affected."
	}
	hit := "Codes of " + strings.Join(users, ", ") + " take the same way now: their users are probably affected at this moment. "
	if c.hasWritten() {
		return hit + "Take the run back first, and look for the reason after."
	}
	return hit + "This run has written nothing, so there is nothing of it to take back: it was so before."
}

// usedBefore reports whether somebody's codes came through the tenant-level provider before this run.
func (c conversation) usedBefore() bool {
	return slices.ContainsFunc(c.known.Plan.Baseline, func(r judge.Route) bool { return r.Via == judge.Tenant })
}

// ofMove are those whom a move reaches that is no switch: it changes the provider under them.
func ofMove(m plan.Move) string {
	if len(m.Users) == 0 {
		return "nobody that this tenant's settings name"
	}
	return strings.Join(m.Users, ", ")
}

// changeLead says whom a change of the provider reaches.
func changeLead(m plan.Move) string {
	if len(m.Users) == 0 {
		return "This provider is on already, and no flow is known to use it. These writes take effect at once; the test message comes right after."
	}
	return "Codes of " + ofMove(m) + " go through this provider now, and feel these writes at once. Nothing can be tested before: the test message comes right after."
}

// undoNeeds says what taking a move back needs that Auth0 does not show.
func (c conversation) undoNeeds(m run.MoveState) string {
	var needed []string
	for _, s := range c.known.Plan.UndoOf(m.ID) {
		needed = append(needed, c.secretName(s.Name))
	}
	if len(needed) == 0 {
		return "Taking it back needs nothing that Auth0 does not show."
	}
	return "Taking it back needs what Auth0 never shows again: " + strings.Join(needed, ", ") + "."
}

// changed are the fields that a move changes in what is there already.
func (c conversation) changed(m run.MoveState) []Block {
	facts := Facts{Title: "What changes"}
	for _, s := range c.known.Plan.In(plan.Switch, m.ID) {
		if s.Kind != plan.Request || len(s.Before) == 0 {
			continue
		}
		for _, field := range (plan.Difference{Fact: plan.Fact{Value: s.Before}, Now: s.After}).Changes() {
			label, words := changedLabel(field.Field)
			facts.Rows = append(facts.Rows, Fact{Label: label, Value: words(field.Was) + " becomes " + words(field.Is)})
		}
	}
	if len(facts.Rows) == 0 {
		return nil
	}
	return []Block{Facts{Rows: []Fact{{Label: "Whom it reaches", Value: ofMove(m.Move), Tone: Careful}}}, facts}
}

// changedLabel names a field of what is changed, and says how its values are put into words.
func changedLabel(field string) (label string, words func(value string) string) {
	as := func(value string) string { return value }
	switch field {
	case "name":
		return "Provider", as
	case "configuration.delivery_methods":
		return "Delivery methods", methodWords
	case "configuration.default_from":
		return "From", as
	case "configuration.mssid":
		return "Messaging Service SID", as
	case "configuration.sid":
		return "Account SID", as
	case "content.body.text":
		return "SMS", as
	case "content.body.voice":
		return "Voice", as
	}
	return field, as
}

// methodWords are delivery methods as the API lists them, in words.
func methodWords(value string) string {
	var methods []string
	if json.Unmarshal([]byte(value), &methods) != nil {
		return value
	}
	return channels(methods)
}

// does is what switching a move on is called: "switch on", "change it".
func does(m plan.Move) string {
	if m.Changes() {
		return "change it"
	}
	return "switch on"
}

// switching is what carrying a move out is called.
func switching(m plan.Move) string {
	if m.Changes() {
		return "Changing the tenant-level provider"
	}
	return "Switching " + m.Title + " on"
}

// asksFor asks for a person's consent to a move.
func asksFor(m plan.Move) string {
	if m.Changes() {
		return "Change the provider now?"
	}
	return "Switch " + m.Title + " on now?"
}

// isOn is a move that was carried out, in the beginning of a sentence.
func isOn(m plan.Move) string {
	if m.Changes() {
		return m.Title + ", is changed"
	}
	return m.Title + " is switched on"
}

// untested are delivery methods that the plan offers and tests by no message, because nothing that moves or is changed uses them.
func untested(made plan.Plan) []string {
	return slices.DeleteFunc(slices.Clone(made.Summary.DeliveryMethods), func(method string) bool {
		return slices.ContainsFunc(made.In(plan.Testing, ""), func(s plan.Step) bool { return s.Channel == method })
	})
}

// methodsNote says of which delivery methods no test message is sent.
func methodsNote(made plan.Plan) string {
	if none := untested(made); len(none) > 0 {
		return channels(none) + ": no test message, because nothing that this plan moves uses it"
	}
	return ""
}

// unprovenByTests says what the test messages of a plan do not prove, as its steps say it.
func unprovenByTests(made plan.Plan, of []string) string {
	for _, s := range made.In(plan.Testing, "") {
		if words := s.Unproven(); words != "" && contains(of, s.Channel) {
			return words
		}
	}
	return ""
}

// movedAlready are the flows that need no move, for whoever looks for them among the questions.
func (c conversation) movedAlready() []Block {
	var flows []string
	for _, r := range c.judged().Routes {
		if name := flowName(r); r.Via == judge.Tenant && !contains(flows, name) {
			flows = append(flows, name)
		}
	}
	if len(flows) == 0 {
		return nil
	}
	return []Block{Facts{Rows: []Fact{{Label: "Has moved already", Value: strings.Join(flows, ", "), Note: "uses the tenant-level provider"}}}}
}

// readers are the flows that get a message of this type through the provider already. Only MFA enrols.
func (c conversation) readers(kind string) []string {
	if !c.judged().Live.Live {
		return nil
	}
	var flows []string
	for _, r := range c.judged().Routes {
		reads := kind == template.OTPVerify || kind == template.OTPEnroll && r.Flow == judge.MFA
		if name := flowName(r); r.Via == judge.Tenant && reads && !contains(flows, name) {
			flows = append(flows, name)
		}
	}
	return flows
}

// readerRows show what a wording comes to for those who get it through the provider already. By voice it is the other body.
func (p *preview) readerRows(ctx context.Context, body template.Body) []PreviewRow {
	var rows []PreviewRow
	for _, reader := range p.wording.readers {
		channel := string(compat.FactorSMS)
		if strings.HasSuffix(reader, " "+judge.ChannelName(string(compat.FactorVoice))) {
			channel = string(compat.FactorVoice)
		}
		now := template.Body{Text: p.wording.now, Voice: cmp.Or(p.wording.nowSpoken, template.Default(p.wording.kind).Voice)}
		before, after := p.after(ctx, now, channel), p.after(ctx, body, channel)
		if len(before) > 0 && len(after) > 0 {
			rows = append(rows, PreviewRow{Label: reader + ", which uses the provider already", Before: spokenOr(before[0]), After: spokenOr(after[0])})
		}
	}
	return rows
}

// reach is whom the first part of a plan reaches, for the head of its page.
func reach(made plan.Plan) string {
	for _, m := range made.Summary.Moves {
		if m.Changes() && len(m.Users) > 0 {
			return "The provider is changed under those who use it now (" + ofMove(m) + "); that and each switch is confirmed by itself."
		}
	}
	return "Users notice nothing before the first switch; each switch is confirmed by itself."
}

// logins are the questions whether a login worked: where codes come by several delivery methods, one proves nothing of the other.
func (c conversation) logins(m run.MoveState) Question {
	q := Question{
		Key: Key("login." + m.ID), Kind: One, Title: "Could you log in with a code?", Default: "no",
		Options: []Option{{Value: "yes", Label: "Yes, a code came and I could log in"}},
	}
	if m.Changes() {
		q.Title = "Do codes still arrive?"
		q.Options[0].Label = "Yes, a code came after the change and I could log in"
	}
	if len(m.Channels) > 1 {
		q.Title = "Could you log in with a code, by " + channels(m.Channels) + "?"
		q.Options[0].Label = "Yes, by each of them"
		for i, channel := range m.Channels {
			others := slices.DeleteFunc(slices.Clone(m.Channels), func(one string) bool { return one == channel })
			q.Options = slices.Insert(q.Options, i, Option{
				Value: onlyBy + channel, Label: fmt.Sprintf("Yes, by %s; not tried by %s", judge.ChannelName(channel), channels(others)),
				Consequence: "the report says what no login has proven",
			})
		}
	}
	q.Options = append(q.Options, Option{Value: "no", Label: "No: the next page says how to take it back"})
	return q
}

// onlyBy begins the answer that a login was tried by one delivery method and no other.
const onlyBy = "only-"

// saysItWorked reports whether an answer says that a login worked.
func saysItWorked(answer Value) bool {
	said, _ := answer.(string)
	return said == "yes" || strings.HasPrefix(said, onlyBy)
}

// untriedBy are the delivery methods of a move that an answer leaves open.
func untriedBy(m run.MoveState, answer Value) []string {
	said, _ := answer.(string)
	tried, only := strings.CutPrefix(said, onlyBy)
	if !only {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.Channels), func(one string) bool { return one == tried })
}

// done is a move that is confirmed, in words.
func done(m plan.Move) string {
	if m.Changes() {
		return "changed and confirmed"
	}
	return "switched on and confirmed"
}

// confirmedTone warns of what a word does not speak for.
func confirmedTone(m run.MoveState) Tone {
	if len(m.Untried) > 0 {
		return Careful
	}
	return Good
}

// howConfirmed says by whom a move was confirmed, and what that word does not speak for.
func howConfirmed(m run.MoveState) string {
	by := "by " + cmp.Or(m.By, "nobody")
	if len(m.Untried) > 0 {
		by += "; " + channels(m.Untried) + ": not proven by a login"
	}
	return by
}
