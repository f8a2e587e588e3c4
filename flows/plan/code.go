package plan

import (
	"fmt"
	"path"
	"path/filepath"
	"strings"

	"upe/flows/judge"
)

// Code is what a scan of source code came to. A plan carries it as a manual step, so that whoever carries the plan out knows how much is
// left to do in the code, and where.
type Code struct {
	Folder    string   // as a person typed it; of an absolute path the plan keeps the last part alone, since a plan names no user
	Places    int      // that stop working
	Endpoints []string // what they reach, with how often: "3 × GET /guardian/factors/sms/templates"
}

// legacyCode is the step that updates code which calls what stops: what a scan found, or where to look.
func (b *builder) legacyCode() {
	code := b.choices.Code
	found := code != nil && code.Places > 0
	if !b.movesMFA() && !found {
		return
	}
	step := Step{
		ID: "legacy-endpoints", Kind: Manual, Phase: After, Proof: "person", Basis: judge.Documented, Source: sourceMFA,
		Title: "Update scripts that call the old phone endpoints",
		Why: "Once MFA has moved, the twelve endpoints under guardian/factors/phone and guardian/factors/sms for provider, Twilio settings and templates " +
			"answer 403: have the change ready at the switch. `upe tables` lists each with its replacement; `upe scan FOLDER` finds the calls.",
		Dashboard: "in your own code: Terraform, Deploy CLI, SDK calls",
		Undo:      "nothing to undo",
	}
	if found {
		folder := code.name()
		step.Title = fmt.Sprintf("Update your code: %s stop working", places(code.Places, folder))
		if code.Places == 1 {
			step.Title = "Update your code: " + places(1, folder) + " stops working"
		}
		step.Why = fmt.Sprintf("A scan found them before the plan was made: %s. `upe scan %s` shows each with its replacement; run it again until it finds nothing. They stop working with the switch, so have the change ready then.",
			strings.Join(code.Endpoints, ", "), folder)
		step.Undo = "the old code, from its version control"
	}
	b.add(step)
}

func places(n int, folder string) string {
	if n == 1 {
		return "1 place in " + folder
	}
	return fmt.Sprintf("%d places in %s", n, folder)
}

// name is the folder without what tells whose computer it is on.
func (c Code) name() string {
	if filepath.IsAbs(c.Folder) || path.IsAbs(c.Folder) {
		return filepath.Base(c.Folder)
	}
	return c.Folder
}
