package wizard

import (
	"cmp"
	"context"
	"fmt"

	"upe/flows/action"
	"upe/flows/plan"
	"upe/flows/translate"
)

// actionPages ask for the Action of a custom provider: where its code comes from, the code, what it does, its secrets.
func (c conversation) actionPages() []Page {
	pages := append(c.whichAction(), c.sendsToday()...)
	pages = append(pages, c.whatDelivers()...)
	pages = append(pages, c.actionSource())
	existing := c.existingAction()
	switch source := c.text(keySource); {
	case c.makes():
		pages = append(pages, c.makingPages()...)
	case source == sourceFile:
		pages = append(pages, c.actionFile())
	case source == sourceStarter:
		pages = append(pages, c.actionCode())
	case source == sourceExisting && existing != nil:
		pages = append(pages, c.tryExisting(*existing))
	}
	if trial := c.trial(); trial != nil {
		pages = append(pages, c.actionDoes(*trial))
	}
	return pages
}

func (c conversation) actionFile() Page {
	p := page("action-file", StageDetails, "Your Action's file",
		"It is read and tried here, with a made-up message, in a sandbox: nothing leaves this computer.")
	p.Questions = []Question{{
		Key: keyFile, Kind: PathTo, Title: "File", Help: "JavaScript that exports onExecuteCustomPhoneProvider.",
		Check: line(required("the file's path")),
	}}
	p.Continue = "Read and try it"
	p.Effect = &Effect{Title: "Trying the Action", Do: c.tryFile}
	return p
}

func (c conversation) actionCode() Page {
	p := page("action-code", StageDetails, "The Action's code",
		"Change it to what your gateway expects. It is tried here, with a made-up message, in a sandbox: nothing leaves this computer.")
	p.Edit = &Edit{Name: "action.js", Keys: []Key{keyCode}}
	p.Questions = []Question{{Key: keyCode, Kind: Prose, Title: "Code", Default: action.Starter, Check: line(required("code"))}}
	p.Continue = "Try it"
	p.Effect = &Effect{Title: "Trying the Action", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		code, _ := given[keyCode].(string)
		return c.try(ctx, host, code, update)
	}}
	return p
}

// actionDoes shows what the trial did, asks what is to become of notifications that are not codes, and for the secrets that new
// code reads.
func (c conversation) actionDoes(trial action.Trial) Page {
	p := page("action-does", StageDetails, "What the Action does",
		"This is what it would send for the codes of your flows, and what it does with notifications that are not codes: a provider gets those too.")
	rows := []Fact{}
	for _, sent := range trial.Sends {
		rows = append(rows, Fact{Label: "Sends", Value: sent})
	}
	for _, logged := range trial.Logs {
		rows = append(rows, Fact{Label: "Logs", Value: logged})
	}
	for _, module := range action.Modules(trial.Code) {
		rows = append(rows, Fact{Label: "Needs module", Value: module, Note: c.moduleNote(module)})
	}
	for _, n := range trial.Notices {
		rows = append(rows, Fact{Label: n.Type, Value: n.Says})
	}
	p.Blocks = append(p.Blocks, Facts{Rows: rows})
	for _, note := range trial.Notes {
		p.Blocks = append(p.Blocks, Text{Body: note, Tone: Careful})
	}
	if !c.asks(translate.NonCode) {
		p.Questions = append(p.Questions, nonCode(trial))
	}
	p.Questions = append(p.Questions, c.secretQuestions(trial.Code)...)
	return p
}

func (c conversation) moduleNote(module string) string {
	if c.text(keySource) == sourceExisting {
		return ""
	}
	return versionWords(c.dependency(module))
}

// dependency is the version of an npm module that the new Action gets: the one in use today, where there is one.
func (c conversation) dependency(name string) string {
	if made := c.made(); made != nil {
		return made.version(name)
	}
	return c.versionOf(name)
}

// nonCode asks what is to become of what a send-phone-message Action never got. The answer has to be true of the code.
func nonCode(trial action.Trial) Question {
	return Question{
		Key: keyNonCode, Kind: One, Title: "Notifications that are not codes: what should happen to them?", Source: docsCustom,
		Help: "Password changed, account blocked, password found in a breach: where they are enabled, they come to this Action too.",
		Options: []Option{
			{Value: action.Deliver, Label: "Deliver them", Consequence: "users get them by phone"},
			{Value: action.Drop, Label: "Drop them", Consequence: "the Action gives them up or leaves them alone, and nobody is told"},
		},
		Check: func(v Value) error {
			wanted, _ := v.(string)
			return trial.Agrees(wanted)
		},
	}
}

// secretQuestions ask for the secrets that code reads. Those of an Action that stays as it is stay too.
func (c conversation) secretQuestions(code string) []Question {
	if c.text(keySource) == sourceExisting {
		return nil
	}
	names := action.Secrets(code)
	if made := c.made(); made != nil {
		names = made.Secrets
	}
	var all []Question
	for _, name := range names {
		q := Question{
			Key: keyActionSecret(name), Kind: Hidden, Title: "Secret " + name,
			Help:  "The code reads " + name + c.asPurpose(name) + ". Auth0 never returns secrets, so it is entered again.",
			Check: secret(func(s string) error { return secretLength(name, s) }),
		}
		if value := c.secretToday(name); value != "" {
			q.Default, q.Help = NewSecret(value), c.filledSecret(name)
		}
		all = append(all, q)
	}
	return all
}

// filledSecret says where a secret comes from that is filled in at first. Auth0 shows none of an Action, so only a demo knows those.
func (c conversation) filledSecret(name string) string {
	if _, own := c.known.Own[name]; own {
		return "The demo knows it and fills it in. For a tenant of your own you type it: Auth0 never returns secrets."
	}
	return "The one this tenant uses is filled in at first. It is kept in memory only, and never shown."
}

// maxSecret is Auth0's limit for the value of an Action's secret, in characters (docs: customize/actions/limitations).
const maxSecret = 4096

func secretLength(name, value string) error {
	switch {
	case value == "":
		return fmt.Errorf("%s is empty: the Action would run without it", name)
	case len([]rune(value)) > maxSecret:
		return fmt.Errorf("%s is longer than %d characters, which Auth0 refuses", name, maxSecret)
	}
	return nil
}

// chosenAction is the Action as the plan needs it.
func (c conversation) chosenAction() *plan.Action {
	existing := c.existingAction()
	a := &plan.Action{Name: action.DefaultName}
	if existing != nil {
		a.ID, a.Name = existing.ID, existing.Name
	}
	if c.text(keySource) == sourceExisting {
		a.Keep = true
		return a
	}
	if c.makes() {
		made := c.made()
		if made == nil || len(made.Open()) > 0 {
			return nil
		}
		a.Purposes = c.secretPurposes(made.Secrets)
		return made.action(a)
	}
	trial := c.trial()
	if trial == nil {
		return nil
	}
	a.Code = trial.Code
	a.Secrets = action.Secrets(a.Code)
	for _, module := range action.Modules(a.Code) {
		a.Dependencies = append(a.Dependencies, dependency(module, c.versionOf(module)))
	}
	return a
}

// action fills in what the plan needs of an Action that was made.
func (m Made) action(a *plan.Action) *plan.Action {
	a.Code, a.Secrets, a.Runtime, a.Origin = m.Code, m.Secrets, m.Runtime, m.origin()
	for _, module := range m.Modules {
		a.Dependencies = append(a.Dependencies, dependency(module.Name, module.Version))
	}
	return a
}

// dependency is a module as the plan has it: the newest version, where none is known.
func dependency(name, version string) plan.Dependency {
	return plan.Dependency{Name: name, Version: cmp.Or(version, "latest")}
}
