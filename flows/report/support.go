package report

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// Support are the texts for Auth0 Support that a judgement calls for, ready to be sent.
func Support(j judge.Judgement) []judge.SupportText { return judge.Support(j) }

// support draws the texts at the end of a check, so that they can be copied: nothing stands before their lines but an indent.
func support(t *text, texts []judge.SupportText) {
	for _, one := range texts {
		t.heading("If you ask Auth0 Support (" + string(one.Reason) + ")")
		t.gap()
		for line := range strings.Lines(one.Text) {
			line = strings.TrimRight(line, "\n")
			if point, ok := strings.CutPrefix(line, "- "); ok {
				t.item(2, "-", point)
				continue
			}
			if line == "" {
				t.gap()
			}
			t.para(2, line)
		}
	}
}

// SupportSince is a text for Auth0 Support in the middle of a run, or after it: how the tenant was, and what the run made of it.
func SupportSince(before judge.Judgement, reason judge.SupportReason, p plan.Plan, s run.State) judge.SupportText {
	return judge.SupportSince(before, reason, writtenSince(p, s)...)
}

// writtenSince is what a run has written, and how Auth0 answered.
func writtenSince(p plan.Plan, s run.State) []judge.Evidence {
	r := Record{Plan: p, State: s}
	var all []judge.Evidence
	refused := false
	for _, step := range p.Steps {
		state := r.step(step.ID)
		if step.Kind != plan.Request || state.How == run.Adopted || state.Status == run.Todo {
			continue
		}
		refused = refused || state.Status == run.Broken
		all = append(all, judge.Evidence{What: apiLine(step), Value: strings.Join(append(publicFields(step), answer(state)), "; ")})
	}
	if len(all) > 0 && !refused {
		all = append(all, judge.Evidence{What: "Refused by Auth0", Value: "nothing of this"})
	}
	return all
}

// apiLine is a request as Auth0's documentation writes it.
func apiLine(s plan.Step) string {
	method, path, _ := strings.Cut(request(s), " ")
	return method + " /api/v2" + path
}

// answer is how Auth0 answered a write. The message of an error may repeat what was sent, so its code has to do.
func answer(s run.StepState) string {
	if e := s.Error; e != nil && e.Status != 0 {
		return strings.TrimSpace(fmt.Sprintf("answered %d %s", e.Status, e.Code))
	}
	return outcome(run.StepState{Status: s.Status, How: s.How})
}

// publicFields are the fields of a write that Support asks for: none of them holds an account, a number, a wording or code.
func publicFields(s plan.Step) []string {
	var words []string
	for _, f := range fieldsOf(s.After) {
		switch f.path {
		case "phone_consolidated_experience", "disabled", "configuration.delivery_methods", "message_types", "enabled",
			"options.use_phone_provider", "all_changes_deployed":
			words = append(words, strings.TrimPrefix(f.path, "configuration.")+": "+value(f.value))
		}
	}
	return words
}
