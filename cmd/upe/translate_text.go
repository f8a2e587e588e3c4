package main

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/proof"
	"upe/flows/translate"
	"upe/flows/wizard"
	"upe/ui/safe"
)

// translationDocument is the JSON form of a translation.
type translationDocument struct {
	Schema  string                `json:"schema"`
	Class   translate.Class       `json:"class,omitempty"` // of a translation; a generated Action has none
	Shape   translate.Shape       `json:"shape,omitempty"`
	Style   translate.Style       `json:"style"` // "generated" where nothing was translated
	Others  []string              `json:"other_handlers,omitempty"`
	Verdict proof.Verdict         `json:"verdict,omitempty"`
	Proof   *proof.Proof          `json:"proof,omitempty"`
	Open    []string              `json:"open"` // ids of decisions without an answer: the code must not be deployed
	Decided []translationDecision `json:"decisions"`
	Remarks []translationRemark   `json:"remarks"`
	Notes   []string              `json:"notes"`
	Secrets []string              `json:"secrets"` // to enter again
	Modules []translationModule   `json:"modules"`
	Runtime string                `json:"runtime,omitempty"`
	Was     string                `json:"former_runtime,omitempty"`
	Code    string                `json:"code"` // empty when refused
}

type translationDecision struct {
	ID      string              `json:"id"`
	Title   string              `json:"title"`
	Why     string              `json:"why"`
	Line    int                 `json:"line,omitempty"`
	Choices []translationChoice `json:"choices"`
	Answer  string              `json:"answer,omitempty"`
}

type translationChoice struct {
	Value       string `json:"value"`
	Label       string `json:"label"`
	Consequence string `json:"consequence,omitempty"`
}

type translationRemark struct {
	Case     int                `json:"case,omitempty"` // of the documented cases in which a translation cannot be exact
	Line     int                `json:"line,omitempty"`
	Severity translate.Severity `json:"severity"`
	Text     string             `json:"text"`
}

type translationModule struct {
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
}

func translationOf(made wizard.Made) translationDocument {
	d := translationDocument{
		Schema: "upe.translation/1", Class: made.Reading.Class, Shape: made.Reading.Shape, Style: made.Style, Others: made.Reading.Others,
		Open: []string{}, Decided: []translationDecision{}, Remarks: []translationRemark{}, Notes: orEmpty(made.Notes),
		Secrets: orEmpty(made.Secrets), Modules: []translationModule{}, Runtime: made.Runtime, Was: made.Was, Code: made.Code,
	}
	if d.Style == "" {
		d.Style = "generated"
	}
	if made.Proof.Verdict != "" {
		d.Verdict, d.Proof = made.Proof.Verdict, &made.Proof
	}
	for _, one := range made.Decisions {
		d.Decided = append(d.Decided, translationDecisionOf(one))
	}
	for _, one := range made.Open() {
		d.Open = append(d.Open, one.ID)
	}
	for _, r := range remarksOf(made) {
		d.Remarks = append(d.Remarks, translationRemark(r))
	}
	for _, m := range made.Modules {
		d.Modules = append(d.Modules, translationModule(m))
	}
	return d
}

func translationDecisionOf(d translate.Decision) translationDecision {
	out := translationDecision{ID: d.ID, Title: d.Title, Why: d.Why, Line: d.Line, Answer: d.Answer, Choices: []translationChoice{}}
	for _, c := range d.Choices {
		out.Choices = append(out.Choices, translationChoice(c))
	}
	return out
}

// remarksOf are those about the translation, and those about what the old code is.
func remarksOf(made wizard.Made) []translate.Remark {
	all := slices.Clone(made.Remarks)
	for _, why := range made.Reading.Why {
		if made.Code == "" && !slices.Contains(all, why) {
			all = append(all, why)
		}
	}
	return all
}

// beside are the remarks about a refused translation that are not the reason for it, in a line each.
func beside(made wizard.Made) []string {
	var lines []string
	for _, r := range remarksOf(made) {
		if r.Severity != translate.Stops {
			lines = append(lines, remarkLine(r))
		}
	}
	return lines
}

func remarkLine(r translate.Remark) string {
	where := ""
	if r.Line > 0 {
		where = fmt.Sprintf(", line %d", r.Line)
	}
	return r.Severity + where + ": " + safe.Line(r.Text)
}

// translationText says to a person what came of a translation.
func translationText(made wizard.Made) string {
	var out strings.Builder
	row := func(label, text string) {
		if text != "" {
			hang(&out, fmt.Sprintf("%-14s", label), safe.Line(text))
		}
	}
	row("what it is", made.Is())
	row("how", made.How())
	if made.Proof.Verdict != "" {
		row("proof", made.Proof.Sentence())
	}
	for _, d := range made.Proof.Differences {
		row("  differs", fmt.Sprintf("%s, %s: was %s, is %s", d.What, d.Where, orNone(d.Was), orNone(d.Is)))
	}
	chosen := "  decided"
	if len(made.Open()) > 0 {
		chosen = "  as it is" // while nobody has decided it
	}
	for _, text := range made.Proof.Chosen {
		row(chosen, text)
	}
	for _, text := range made.Proof.NotExercised {
		row("  not run", text)
	}
	for _, n := range made.Proof.Notices {
		row("  notice", n.Type+": "+n.Says)
	}
	for _, r := range made.Remarks {
		row("remark", remarkLine(r))
	}
	for _, note := range made.Notes {
		row("remark", note)
	}
	for _, d := range made.Decisions {
		writeDecision(&out, d)
	}
	row("runtime", runtimeWords(made))
	for _, m := range made.Modules {
		row("module", strings.TrimSpace(m.Name+" "+m.Version))
	}
	row("secrets", secretWords(made.Secrets))
	return out.String()
}

// writeDecision is a question with its answers, or with the one that was given.
func writeDecision(out *strings.Builder, d translate.Decision) {
	if d.Answer != "" {
		hang(out, "decided       ", safe.Line(d.ID+"="+d.Answer+": "+d.Title))
		return
	}
	hang(out, "to decide     ", safe.Line(d.Title+" "+d.Why))
	for _, c := range d.Choices {
		text := c.Label
		if c.Consequence != "" {
			text += ": " + c.Consequence
		}
		out.WriteString("              --decide " + safe.Line(d.ID+"="+c.Value) + "\n")
		hang(out, "                  ", safe.Line(text))
	}
}

func runtimeWords(made wizard.Made) string {
	if made.Was != "" && made.Was != made.Runtime {
		return made.Runtime + ", was " + made.Was
	}
	return made.Runtime
}

func secretWords(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return join(names) + ": Auth0 never returns their values, so they are entered again"
}
