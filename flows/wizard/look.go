package wizard

import (
	"context"
	"fmt"
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
	for _, r := range c.known.Unfinished {
		p.Blocks = append(p.Blocks, Text{
			Tone: Careful, Title: "A run of this tenant is not finished",
			Body: "It waits for: " + r.WaitsFor + ".\nTo go on with it, leave and see: upe status " + r.ID,
		})
	}
	p.Continue = "Read the current settings"
	p.Effect = &Effect{Title: "Reading the current settings", Do: readTenant}
	return one(p)
}

func modeMeans(m Mode) string {
	switch m {
	case Demo:
		return "an embedded tenant on this computer: try everything, nothing is real"
	case Emulated:
		return "a tenant served on this computer: nothing is real"
	case DryRun:
		return "only reads leave this computer, and it ends with a plan"
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
	judged := judge.Judge(snapshot)
	update(func(k Known) Known {
		k.Snapshot, k.Judgement, k.Name = &snapshot, &judged, snapshot.Settings().FriendlyName
		return k
	})
	return nil
}

// verify shows what was found. It is the last page when nothing can or need be done.
func (c conversation) verify() []Page {
	p := page("verify", StageVerify, "Current settings", c.verdict())
	p.Blocks = []Block{
		Journey{Title: "A code sent now would go", Legs: Legs(c.judged())},
		Findings{Title: "What was found" + tally(c.judged().Findings), Items: c.judged().Findings},
	}
	if why := c.nothingToMove(); why != "" {
		p.Final, p.Lead = true, why
	}
	return one(p)
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
	case j.State == judge.StateNone && !c.movableMFA() && len(c.movable()) == 0:
		return "Nothing sends phone messages in this tenant, so there is nothing to move. Nothing was written."
	case !c.movableMFA() && len(c.movable()) == 0:
		return "There is nothing left to move. What is marked below is put right in the Dashboard. Nothing was written."
	}
	return ""
}

func (c conversation) movableMFA() bool {
	return c.judged().MFA.InUse && c.judged().MFA.Via != judge.Tenant
}

func (c conversation) movable() []judge.SMSState {
	var movable []judge.SMSState
	for _, s := range c.judged().SMS {
		if s.Via == judge.Legacy {
			movable = append(movable, s)
		}
	}
	return movable
}

// scope asks what to move, and what kind of tenant this is.
func (c conversation) scope() []Page {
	p := page("scope", StageScope, "What to move",
		"MFA and each Passwordless connection can move by itself. What you leave stays exactly as it is.")
	if c.movableMFA() {
		mfa := c.judged().MFA
		p.Questions = append(p.Questions, Question{
			Key: keyScopeMFA, Kind: One, Title: "MFA by " + channels(mfa.MessageTypes), Default: move,
			Help: "Today it goes through " + mfa.Carrier.String() + ".",
			Options: []Option{
				{Value: move, Label: "Move", Consequence: "its codes will travel through the tenant-level provider"},
				{Value: leave, Label: "Leave as it is", Consequence: "it keeps its own settings"},
			},
		})
	}
	for _, s := range c.movable() {
		p.Questions = append(p.Questions, Question{
			Key: keyConnection(s.ID), Kind: One, Title: fmt.Sprintf("Passwordless connection %q", s.Name), Default: move,
			Help: fmt.Sprintf("Used by %s. Today it goes through %s.", applications(s.Clients), s.Carrier.String()),
			Options: []Option{
				{Value: move, Label: "Move", Consequence: "its codes will travel through the tenant-level provider"},
				{Value: leave, Label: "Leave as it is", Consequence: "it keeps its own settings"},
			},
		})
	}
	p.Questions = append(p.Questions, Question{
		Key: keyEnvironment, Kind: One, Title: "What is this tenant used for?", Default: c.likelyEnvironment(),
		Help: "In production you type the tenant's domain before each switch.",
		Options: []Option{
			{Value: "production", Label: "Production"},
			{Value: "staging", Label: "Staging"},
			{Value: "development", Label: "Development"},
		},
	})
	return append(one(p), c.nothingChosen()...)
}

// likelyEnvironment is production, but for a tenant on which nobody depends.
func (c conversation) likelyEnvironment() Value {
	if c.known.Mode == Demo {
		return "development"
	}
	return "production"
}

// elsewhere are the decisions that a later page asks about by itself.
var elsewhere = []string{
	"action-must-be-translated", "gateway-needs-action", "different-carriers", "provider-other-kind",
	"delivery-methods-do-not-cover-factors", "templates-differ",
}

// decisions shows what only a person can decide and no later page asks about. Going on means to have decided.
func (c conversation) decisions() []Page {
	q := Question{Key: keyAccept, Kind: Many, Title: "I have decided how to deal with"}
	var open []judge.Finding
	for _, f := range c.judged().Decisions() {
		if !contains(elsewhere, f.ID) {
			open = append(open, f)
			q.Options = append(q.Options, Option{Value: f.ID, Label: f.Title, Consequence: f.Remedy})
		}
	}
	if len(open) == 0 {
		return nil
	}
	q.Check = list(func(accepted []string) error {
		for _, f := range open {
			if !contains(accepted, f.ID) {
				return fmt.Errorf("not decided yet: %s (%s)", f.Title, f.ID)
			}
		}
		return nil
	})
	p := page("decisions", StageScope, "Yours to decide", "No program can decide these for you. Mark each once you know what to do; the plan goes on with it.")
	p.Blocks = []Block{Findings{Items: open}}
	p.Questions = []Question{q}
	return one(p)
}

// nothingChosen ends the conversation when everything is left as it is.
func (c conversation) nothingChosen() []Page {
	if !c.seen(Page{ID: "scope", Stage: StageScope}) || c.movesMFA() || len(c.moving()) > 0 {
		return nil
	}
	p := page("nothing-chosen", StageScope, "Nothing to move", "You left everything as it is, so there is nothing to do. Go back to choose again.")
	p.Final = true
	return one(p)
}

func applications(names []string) string {
	switch len(names) {
	case 0:
		return "no application"
	case 1:
		return "the application " + names[0]
	}
	return fmt.Sprintf("%d applications (%s)", len(names), strings.Join(names, ", "))
}
