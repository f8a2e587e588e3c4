package wizard

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Resumed is a run that was begun in an earlier session.
type Resumed struct {
	Plan   plan.Plan
	Before tenant.Snapshot // from before anything was written, redacted
	State  run.State
	Folder string
	// Secrets are those which the steps that are left need and which need not be asked for, by their names.
	Secrets Answers
	Back    bool // it is being taken back
}

// keyResume is the answer of the first page when there are unfinished runs; no answers file has it.
const keyResume Key = "resume"

// resumeAnew begins another run. No run has this name: see the host's run ids.
const resumeAnew = "anew"

// backOf, before the id of a run, takes it back.
const backOf = "back of "

// mostUnfinished is how many runs are offered; `upe status` lists all.
const mostUnfinished = 3

// unfinished offers to go on with what somebody began. In a dry run, which can go on with nothing, it names the command.
func (c conversation) unfinished(p Page) Page {
	runs := c.known.Unfinished
	if len(runs) == 0 {
		return p
	}
	if c.known.Mode.onlyPlans() {
		for _, r := range runs {
			p.Blocks = append(p.Blocks, Text{
				Tone: Careful, Title: "A run of this tenant is not finished",
				Body: "It waits for: " + r.WaitsFor + ".\nTo go on with it, leave and see: upe status " + r.ID,
			})
		}
		return p
	}
	p.Lead = "A run of this tenant is not finished. Going on with it looks first at what may have been written, and repeats nothing."
	p.Blocks = p.Blocks[:1] // who has begun a run has read the rest
	if len(runs) > 1 {
		p.Lead = "Runs of this tenant are not finished. Going on with one looks first at what may have been written, and repeats nothing."
	}
	q := Question{Key: keyResume, Kind: One, Title: "What next?"}
	for _, r := range runs[:min(len(runs), mostUnfinished)] {
		label := "Go on with run " + r.ID
		if r.Back {
			label = "Go on taking back run " + r.ID
		}
		q.Options = append(q.Options, Option{Value: r.ID, Label: label, Consequence: "it waits for: " + r.WaitsFor})
	}
	if newest := runs[0]; !newest.Back {
		q.Options = append(q.Options, Option{
			Value: backOf + newest.ID, Label: "Take run " + newest.ID + " back", Consequence: "what it wrote is looked for; the next page shows what that does, and asks again",
		})
	}
	q.Options = append(q.Options, Option{
		Value: resumeAnew, Label: "Begin anew", Consequence: "the current settings are read, for a plan of its own; what was begun stays where it stands, and can be taken back later",
	})
	q.Default = q.Options[0].Value
	if n := len(runs) - mostUnfinished; n > 0 {
		p.Blocks = append(p.Blocks, Text{Body: count(n, "older run") + " not shown here: upe status"})
	}
	p.Questions, p.Continue = []Question{q}, "Continue"
	return p
}

// begin goes on with the run that was chosen, or reads the tenant for a plan of its own.
func begin(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
	id, _ := given[keyResume].(string)
	if id == "" || id == resumeAnew {
		update(Known.forgetRun)
		return readTenant(ctx, host, given, update)
	}
	id, takes := strings.CutPrefix(id, backOf)
	found, err := host.Resume(ctx, id)
	if err != nil {
		return err
	}
	judged := judge.Judge(found.Before)
	update(func(k Known) Known {
		k = k.forgetRun()
		k.Secrets = found.Secrets
		k.Snapshot, k.Judgement, k.Name = &found.Before, &judged, found.Before.Settings().FriendlyName
		k.derived = derive(&found.Before)
		k.Plan, k.Run, k.Folder, k.Resumed, k.Environment = &found.Plan, &found.State, found.Folder, true, found.Plan.Environment
		k.Drifted = len(found.State.Changed) > 0
		return k
	})
	switch {
	case found.Back || takes:
		return lookBack(ctx, host, TakeBack, update)
	case lacks(found.Secrets, secretsOf(found.Plan, left(found.Plan, found.State))):
		return nil // the others are asked for first
	}
	return reopen(host, found.Plan, found.Before, found.Secrets, update)
}

// lacks reports whether a secret is not among those that were found.
func lacks(found Answers, secrets []plan.Secret) bool {
	return slices.ContainsFunc(secrets, func(s plan.Secret) bool { return found[Key(s.Name)] == nil })
}

// forgetRun is what is known without any run; folders stay.
func (k Known) forgetRun() Known {
	k.Plan, k.Run, k.Open, k.Folder, k.Resumed, k.Environment, k.Secrets, k.Back = nil, nil, nil, "", false, "", nil, nil
	k.Skip, k.Amiss, k.Paused, k.Unproven, k.Drifted = "", "", "", nil, false
	return k
}

func reopen(host Host, made plan.Plan, before tenant.Snapshot, answers Answers, update func(func(Known) Known)) error {
	opened, err := host.Open(made, before, secretsFrom(answers))
	if err != nil {
		return err
	}
	update(func(k Known) Known { k.Open, k.Folder = opened, opened.Folder(); return k })
	return nil
}

// resumed asks for the secrets that the steps which are left need: no run keeps any.
func (c conversation) resumed() []Page {
	if c.known.Open != nil && !c.running("resume") {
		return nil
	}
	p := page("resume", StagePrepare, "Going on with a run", "Secrets are kept in memory only. What the steps that are left need is entered again.")
	p.Blocks = []Block{Facts{Rows: []Fact{
		{Label: "Run", Value: c.runState().ID},
		{Label: "It waits for", Value: c.runState().WaitsFor},
		{Label: "Run folder", Value: c.known.Folder},
	}}}
	made, before := *c.known.Plan, c.snapshot()
	p.Questions = c.askFor(secretsOf(made, left(made, c.runState())))
	p.Effect = &Effect{Title: "Opening the run", Do: func(_ context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		return reopen(host, made, before, c.whole(given), update)
	}}
	return one(p)
}

// left are the steps of a plan that are not done.
func left(made plan.Plan, state run.State) []plan.Step {
	done := map[string]bool{}
	for _, s := range state.Steps {
		done[s.ID] = s.Status == run.Done
	}
	var all []plan.Step
	for _, s := range made.Steps {
		if !done[s.ID] {
			all = append(all, s)
		}
	}
	return all
}

// secretsOf are the secrets of a plan that these of its steps send.
func secretsOf(made plan.Plan, steps []plan.Step) []plan.Secret {
	var needed []plan.Secret
	for _, known := range made.Secrets {
		reference := `{"$secret":` + string(plan.Encode(known.Name)) + `}`
		for _, s := range steps {
			if s.Call != nil && strings.Contains(string(s.Call.Body), reference) {
				needed = append(needed, known)
				break
			}
		}
	}
	return needed
}

// askFor asks for secrets, but for those that were entered in this conversation, or found.
func (c conversation) askFor(secrets []plan.Secret) []Question {
	var all []Question
	for _, s := range secrets {
		if entered, _ := c.whole(nil)[Key(s.Name)].(Secret); entered.Reveal() != "" {
			continue
		}
		all = append(all, Question{
			Key: Key(s.Name), Kind: Hidden, Title: c.secretName(s.Name), Help: sentence(s.Why), Check: secret(required("the secret")),
		})
	}
	return all
}

// secretName puts the name of a secret into words.
func (c conversation) secretName(name string) string {
	former := ""
	rest, was := strings.CutPrefix(name, "former.")
	if was {
		former = " as it was before the run"
	}
	switch {
	case strings.HasPrefix(rest, "connections."):
		return c.secretTitle(rest)
	case strings.HasPrefix(rest, "action.secrets."):
		return fmt.Sprintf("Secret %s of the Action%s", strings.TrimPrefix(rest, "action.secrets."), former)
	case strings.HasSuffix(rest, "auth_token"):
		return "Twilio's AuthToken" + former
	}
	return name
}

// whole are the answers of the conversation with those of its page, and the secrets that were found.
func (c conversation) whole(given Answers) Answers { return c.known.Secrets.and(c.answers).and(given) }

// and is a with what is in b laid over it.
func (a Answers) and(b Answers) Answers {
	whole := a.clone()
	for key, value := range b {
		whole[key] = value
	}
	return whole
}
