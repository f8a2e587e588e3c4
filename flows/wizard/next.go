package wizard

import (
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Next is the conversation: the page to show for what is known and what was answered. It is pure and total; the last page is
// Final.
//
// Up to the review a page is passed when it was shown and answered. From there on the run decides: what is done is not shown
// again, whatever was seen.
func Next(known Known, answers Answers) Page {
	return conversation{known: &known, answers: answers}.next().secretsLater(known.Mode).inLines()
}

func (c conversation) next() Page {
	known := c.known
	for _, station := range known.stations() {
		for _, page := range station(c) {
			if page.Final {
				page.Continue = "Close"
				if page.Returns {
					page.Continue = "Go back"
				}
				return page
			}
			if page.ID == known.Running || (known.Running == "" && !c.seen(page)) {
				return page
			}
		}
	}
	return c.report()
}

// stations are those of the conversation. A run from an earlier session has its plan already, and a way back has stations of its own.
func (k Known) stations() []func(conversation) []Page {
	forward := []func(conversation) []Page{
		conversation.drifted, conversation.prepare, conversation.providerMove, conversation.tests, conversation.moves, conversation.after, conversation.watch,
	}
	switch {
	case k.Back != nil:
		return []func(conversation) []Page{conversation.connect, conversation.wayBack}
	case k.Resumed:
		return append([]func(conversation) []Page{conversation.connect, conversation.resumed}, forward...)
	}
	return append([]func(conversation) []Page{
		conversation.connect, conversation.verify, conversation.scope, conversation.decisions,
		conversation.provider, conversation.details, conversation.methods, conversation.conflicts,
		conversation.templates, conversation.connectionPages, conversation.gaps, conversation.review,
	}, forward...)
}

// conversation is what the stations read. It is small, because every rule of theirs is a method of it, and takes a copy.
type conversation struct {
	known   *Known
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

// The answers of a scope question.
const (
	move   = "move"
	leave  = "leave"
	turnOn = "turn-on"
)

// keyNext is the answer of the review; no answers file has it.
const keyNext Key = "review"

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
