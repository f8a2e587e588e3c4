package wizard

import (
	"slices"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// Next is the conversation: the page to show for what is known and what was answered. It is pure and total; the last page is
// Final.
//
// Up to the review a page is passed when it was shown and answered. From there on the run decides: what is done is not shown
// again, whatever was seen.
func Next(known Known, answers Answers) Page {
	c := conversation{known: known, answers: answers}
	for _, station := range []func(conversation) []Page{
		conversation.connect, conversation.verify, conversation.scope, conversation.decisions,
		conversation.provider, conversation.details, conversation.methods, conversation.conflicts,
		conversation.templates, conversation.connections,
		conversation.review, conversation.prepare, conversation.tests, conversation.moves, conversation.after,
	} {
		for _, page := range station(c) {
			if page.Final {
				page.Continue = "Close"
				return page
			}
			if page.ID == known.Running || (known.Running == "" && !c.seen(page)) {
				return page
			}
		}
	}
	return c.report()
}

// conversation is what the stations read.
type conversation struct {
	known   Known
	answers Answers
}

// seen reports whether a page was passed. Pages of the run leave by their own doing, so they are never seen.
func (c conversation) seen(p Page) bool {
	switch p.Stage {
	case StagePrepare, StageTest, StageMove, StageConfirm, StageReport:
		return false
	case StageConnect, StageVerify, StageScope, StageProvider, StageDetails, StageMethods, StageConflicts, StageTemplates,
		StageConnections, StageReview:
	}
	return c.answers[seen(p)] == true
}

func (c conversation) running(id string) bool { return c.known.Running == id }

func (c conversation) snapshot() tenant.Snapshot { return *c.known.Snapshot }

func (c conversation) judged() judge.Judgement { return *c.known.Judgement }

func (c conversation) text(key Key) string {
	text, _ := c.answers[key].(string)
	return text
}

func (c conversation) list(key Key) []string {
	list, _ := c.answers[key].([]string)
	return list
}

// movesMFA and moving are the scope as answered.
func (c conversation) movesMFA() bool {
	return c.text(keyScopeMFA) == move && c.judged().MFA.Via != judge.Tenant
}

func (c conversation) moving() []judge.SMSState {
	var moving []judge.SMSState
	for _, s := range c.judged().SMS {
		if s.Via != judge.Tenant && c.text(keyConnection(s.ID)) == move {
			moving = append(moving, s)
		}
	}
	return moving
}

// The answers of a scope question.
const (
	move  = "move"
	leave = "leave"
)

// Keys of the answers file.
const (
	keyEnvironment Key = "environment"
	keyScopeMFA    Key = "scope.mfa"
	keyProvider    Key = "provider"
	keySID         Key = "twilio.sid"
	keyFrom        Key = "twilio.from"
	keyMSSID       Key = "twilio.messaging_service_sid"
	keyToken       Key = plan.SecretTwilioToken
	keyMethods     Key = "delivery_methods"
	keyTypes       Key = "message_types"
	keySource      Key = "action.source"
	keyFile        Key = "action.file"
	keyCode        Key = "action.code"
	keyTestTo      Key = "test.to"
	keyResolution  Key = "resolution"
	keyAccept      Key = "accept"
	keyNext        Key = "review"
)

func keyConnection(id string) Key { return Key("scope.connections." + id) }

func keyActionSecret(name string) Key { return Key(plan.SecretAction(name)) }

func keyTemplate(name, field string) Key { return Key("templates." + name + "." + field) }

// group is the part of the conversation a stage belongs to.
func group(s Stage) Group {
	switch s {
	case StageConnect, StageVerify, StageScope:
		return Look
	case StageReview:
		return Review
	case StagePrepare, StageTest:
		return Test
	case StageMove, StageConfirm, StageReport:
		return SwitchOn
	case StageProvider, StageDetails, StageMethods, StageConflicts, StageTemplates, StageConnections:
	}
	return Choose
}

// page fills in what every page has.
func page(id string, stage Stage, title, lead string) Page {
	return Page{ID: id, Stage: stage, Group: group(stage), Title: title, Lead: lead, Continue: "Continue", Safe: "Nothing is written."}
}

// one is the only page of a station.
func one(p Page) []Page { return []Page{p} }

func contains(list []string, item string) bool { return slices.Contains(list, item) }
