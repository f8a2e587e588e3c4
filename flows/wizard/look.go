package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// connect reads the tenant.
func (c conversation) connect() []Page {
	p := page("connect", StageConnect, "Before we start",
		"upe moves this tenant's phone messages to the Unified Phone Experience, one step at a time. First it only looks.")
	p.Blocks = []Block{
		Facts{Rows: []Fact{
			{Label: "Tenant", Value: c.known.Tenant.Domain},
			{Label: "Mode", Value: string(c.known.Mode), Note: modeMeans(c.known.Mode)},
		}},
		Text{Body: "Five parts: look at the current settings, choose the provider, review the plan, prepare and test, then switch on. " +
			"Nothing is written before you confirm the plan, and users notice nothing before you switch on."},
	}
	p.Continue = "Read the current settings"
	p.Effect = &Effect{Title: "Reading the current settings", Do: begin}
	return one(c.unfinished(p))
}

func modeMeans(m Mode) string {
	switch m {
	case Demo:
		return "an embedded tenant on this computer: try everything, nothing is real"
	case Emulated:
		return "a tenant served on this computer: nothing is real"
	case DryRun:
		return "only reads leave this computer, and it ends with a plan"
	case Offline:
		return "a bundle of the tenant: nothing leaves this computer, and it ends with a plan for the admin to carry out"
	case Live:
	}
	return "a real tenant; it is changed when you confirm, never before"
}

func readTenant(ctx context.Context, host Host, _ Answers, update func(func(Known) Known)) error {
	snapshot, err := host.Read(ctx, func(p tenant.Progress) {
		update(func(k Known) Known { k.Reading = p; return k })
	})
	if err != nil {
		return err
	}
	judged, derived := judge.Judge(snapshot), derive(&snapshot)
	derived.redacted() // now, and not while somebody waits for a page
	update(func(k Known) Known {
		k.Snapshot, k.Judgement, k.Name = &snapshot, &judged, snapshot.Settings().FriendlyName
		k.derived = derived
		return k
	})
	return nil
}

// verify shows what was found. It is the last page when nothing can or need be done.
func (c conversation) verify() []Page {
	p := page("verify", StageVerify, "Current settings", c.verdict())
	if legs := Legs(c.judged()); len(legs) > 0 {
		p.Blocks = append(p.Blocks, Journey{Title: "A code sent now would go", Legs: legs})
	}
	p.Blocks = append(p.Blocks, Findings{Title: "What was found" + tally(c.judged().Findings), Items: c.judged().Findings, Parts: c.foundIn(c.judged().Findings)})
	for _, needed := range judge.Support(c.judged()) {
		p.Blocks = append(p.Blocks, forSupport(needed))
	}
	if why := c.nothingToMove(); why != "" {
		p.Final, p.Lead = true, why
		if runs := c.known.Unfinished; len(runs) > 0 {
			p.Returns = true
			p.Lead = "There is nothing left to begin, and a run is not finished: it waits for " + runs[0].WaitsFor + ". Go back, and go on with it."
		}
	}
	return one(p)
}

// foundIn are the answers that findings were found in, each once.
func (c conversation) foundIn(findings []judge.Finding) []Part {
	var paths []string
	for _, f := range findings {
		for _, e := range f.Evidence {
			paths = append(paths, e.Path)
		}
	}
	slices.Sort(paths)
	var parts []Part
	for _, path := range slices.Compact(paths) {
		if raw := c.derived().redacted().Parts[path].Raw; raw != nil {
			parts = append(parts, Part{Path: path, JSON: raw})
		}
	}
	return parts
}

// forSupport is a text that is sent as it stands.
func forSupport(text judge.SupportText) Block {
	return Code{Title: "For Auth0 Support, ready to copy", Text: text.Text}
}

// tally counts findings by severity, because the page may be too short to show them: ": 1 to decide, 2 warnings".
func tally(findings []judge.Finding) string {
	bySeverity := map[judge.Severity]int{}
	for _, f := range findings {
		bySeverity[f.Severity]++
	}
	var parts []string
	if n := bySeverity[judge.Blocker]; n > 0 {
		parts = append(parts, count(n, "blocker"))
	}
	if n := bySeverity[judge.Decision]; n > 0 {
		parts = append(parts, fmt.Sprintf("%d to decide", n))
	}
	if n := bySeverity[judge.Warning]; n > 0 {
		parts = append(parts, count(n, "warning"))
	}
	if n := bySeverity[judge.Note]; n > 0 {
		parts = append(parts, count(n, "note"))
	}
	if len(parts) == 0 {
		return ": nothing to mind"
	}
	return ": " + strings.Join(parts, ", ")
}

func (c conversation) verdict() string {
	switch c.judged().Verdict {
	case judge.Eligible:
		if c.judged().State == judge.StateNone {
			return "Nothing sends phone messages in this tenant. The next pages set up what you want, on the Unified Phone Experience at once."
		}
		return "This tenant can move. Below is how its codes travel today."
	case judge.NeedsDecision:
		return "This tenant can move once you have decided what is marked below; the next pages ask you."
	case judge.HalfMigrated:
		return "Something has begun here already; what exactly is marked below. The next pages finish the rest."
	case judge.Migrated, judge.Blocked:
	}
	return "Below is how its codes travel today."
}

// nothingToMove says why the conversation ends here, or "".
func (c conversation) nothingToMove() string {
	j := c.judged()
	switch {
	case j.Verdict == judge.Blocked:
		return "Something has to be put right first; it is marked below. Nothing was written."
	case j.Verdict == judge.Migrated:
		return "This tenant has moved already: there is nothing to do. Nothing was written."
	case !c.movableMFA() && !c.offMFA() && len(c.movable()) == 0 && !c.fromScratch():
		return "There is nothing left to move. What was found is put right in the Dashboard. Nothing was written."
	}
	return ""
}
