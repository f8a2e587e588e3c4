package wizard

import (
	"context"
	"fmt"

	"upe/flows/action"
	"upe/flows/plan"
)

// The sources of an Action.
const (
	sourceExisting = "existing"
	sourceFile     = "file"
	sourceStarter  = "starter"
)

// actionPages ask for the Action of a custom provider: where its code comes from, the code, what it does, its secrets.
func (c conversation) actionPages() []Page {
	pages := append(c.whichAction(), c.whatDelivers()...)
	pages = append(pages, c.actionSource())
	existing := c.existingAction()
	switch source := c.text(keySource); {
	case source == sourceFile:
		pages = append(pages, c.actionFile())
	case source == sourceStarter:
		pages = append(pages, c.actionCode())
	case source == sourceExisting && existing != nil:
		pages = append(pages, c.tryExisting(*existing))
	}
	if c.known.Trial != nil {
		pages = append(pages, c.actionDoes(*c.known.Trial))
	}
	return pages
}

func (c conversation) actionSource() Page {
	p := page("action", StageDetails, "The Action that sends",
		"A custom provider sends by one custom-phone-provider Action. An older send-phone-message Action cannot be used as it is: its event has other fields and values.")
	old, existing := c.oldAction(), c.existingAction()
	if old != nil {
		p.Blocks = append(p.Blocks, Code{Title: "The Action that sends today: " + old.Name, Text: old.Running()})
	}
	options := []Option{
		{Value: sourceFile, Label: "A file of mine", Consequence: "you name a file with a finished custom-phone-provider Action"},
		{Value: sourceStarter, Label: "Edit a starter", Consequence: "you get an Action that posts to a gateway, and change it"},
	}
	likely, help := Value(sourceFile), ""
	if existing != nil {
		p.Blocks = append(p.Blocks, c.undeployed(*existing)...)
		offer := c.existingOption(*existing)
		options = append([]Option{offer}, options...)
		switch {
		case existing.Draft:
			likely, help = nil, existing.Name+" has changes that do not run. Ask who wrote them before you choose."
		case offer.Disabled == "":
			likely = sourceExisting
		}
	}
	if old != nil {
		options = append(options, Option{
			Value: "translate", Label: "Translate the old Action", Consequence: "rewrites it for the new event and proves that both behave alike",
			Disabled: "this version cannot do it yet; `upe tables events` shows the mapping for doing it by hand",
		})
	}
	p.Questions = []Question{{Key: keySource, Kind: One, Title: "Where does the code come from?", Help: help, Default: likely, Options: options, Source: docsCustom}}
	return p
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
		rows = append(rows, Fact{Label: "Needs module", Value: module, Note: c.moduleNote()})
	}
	for _, n := range trial.Notices {
		rows = append(rows, Fact{Label: n.Type, Value: n.Says})
	}
	p.Blocks = append(p.Blocks, Facts{Rows: rows})
	for _, note := range trial.Notes {
		p.Blocks = append(p.Blocks, Text{Body: note, Tone: Careful})
	}
	p.Questions = append([]Question{nonCode(trial)}, c.secretQuestions(trial.Code)...)
	return p
}

func (c conversation) moduleNote() string {
	if c.text(keySource) == sourceExisting {
		return ""
	}
	return "its newest version is installed"
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
	var all []Question
	for _, name := range action.Secrets(code) {
		all = append(all, Question{
			Key: keyActionSecret(name), Kind: Hidden, Title: "Secret " + name,
			Help:  "The code reads event.secrets." + name + ". Auth0 never returns secrets, so it is entered again.",
			Check: secret(func(s string) error { return secretLength(name, s) }),
		})
	}
	return all
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
	if c.known.Trial == nil {
		return nil
	}
	a.Code = c.known.Trial.Code
	a.Secrets = action.Secrets(a.Code)
	for _, module := range action.Modules(a.Code) {
		a.Dependencies = append(a.Dependencies, plan.Dependency{Name: module, Version: "latest"})
	}
	return a
}
