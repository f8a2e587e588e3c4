package main

import (
	"context"
	"strings"

	"upe/client/rehearsal"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// rehearse implements the host's Rehearse.
func (h *host) rehearse(ctx context.Context, p plan.Plan, before tenant.Snapshot) (wizard.Rehearsed, error) {
	found, err := h.app.rehearse(ctx, p, before, nil)
	if err != nil {
		return wizard.Rehearsed{}, err
	}
	shown := wizard.Rehearsed{Plan: p.Checksum, Verdict: found.Verdict, Tone: wizard.Good}
	for _, w := range found.Worlds {
		shown.Rows = append(shown.Rows, worldFact(w))
	}
	if len(found.Missing) > 0 {
		shown.Rows = append(shown.Rows, wizard.Fact{Label: "Not rehearsed", Value: join(codeWords(found.Missing)), Tone: wizard.Careful})
	}
	switch why := rehearsed(found); {
	case why != nil && found.Result.Worse(rehearsal.Refused):
		shown.Tone = wizard.Bad
	case why != nil, found.Gaps():
		shown.Tone = wizard.Careful
	}
	return shown, nil
}

// worldFact is one world on a page.
func worldFact(w rehearsal.World) wizard.Fact {
	fact := wizard.Fact{Label: w.Title, Note: w.Impossible, Value: "not this tenant"}
	if w.Impossible != "" {
		return fact
	}
	fact.Value = string(w.Migrates.Result)
	var remarks []string
	for _, part := range []struct {
		name    string
		outcome rehearsal.Outcome
	}{{"", w.Migrates}, {"after a crash", w.Crashes}, {"going back", w.Returns}} {
		if part.name != "" && part.outcome.Times > 0 {
			fact.Value += ", " + part.name + " " + string(part.outcome.Result)
		}
		for _, remark := range part.outcome.Remarks() {
			if !strings.Contains(strings.Join(remarks, "\n"), remark) {
				remarks = append(remarks, remark)
			}
		}
		switch {
		case part.outcome.Times > 0 && part.outcome.Result.Worse(rehearsal.Refused):
			fact.Tone = wizard.Bad
		case part.outcome.Times > 0 && part.outcome.Result != rehearsal.Holds && fact.Tone != wizard.Bad:
			fact.Tone = wizard.Careful
		}
	}
	fact.Note = strings.Join(remarks, "; ")
	return fact
}
