package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/action"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// The sources of an Action.
const (
	sourceExisting = "existing"
	sourceFile     = "file"
	sourceStarter  = "starter"
)

// actionPages ask for the Action of a custom provider: where its code comes from, the code, its secrets.
func (c conversation) actionPages() []Page {
	pages := one(c.actionSource())
	switch c.text(keySource) {
	case sourceFile:
		pages = append(pages, c.actionFile())
	case sourceStarter:
		pages = append(pages, c.actionCode())
	case sourceExisting:
		return pages
	}
	if c.known.Trial == nil {
		return pages
	}
	if p, ok := c.actionSecrets(); ok {
		pages = append(pages, p)
	}
	return pages
}

func (c conversation) actionSource() Page {
	p := page("action", StageDetails, "The Action that sends",
		"A custom provider sends by one custom-phone-provider Action. An older send-phone-message Action cannot be used as it is: its event has other fields and values.")
	if old := c.oldAction(); old != nil {
		p.Blocks = append(p.Blocks, Code{Title: "The Action that sends today: " + old.Name, Text: old.Code})
	}
	options := []Option{
		{Value: sourceFile, Label: "A file of mine", Consequence: "you name a file with a finished custom-phone-provider Action"},
		{Value: sourceStarter, Label: "Edit a starter", Consequence: "you get an Action that posts to a gateway, and change it"},
	}
	if existing := c.existingAction(); existing != nil {
		options = append([]Option{{
			Value: sourceExisting, Label: "The one this tenant has: " + existing.Name,
			Consequence: "it is deployed and bound if needed; its code stays as it is",
		}}, options...)
	}
	if c.oldAction() != nil {
		options = append(options, Option{
			Value: "translate", Label: "Translate the old Action", Consequence: "rewrites it for the new event and proves that both behave alike",
			Disabled: "this version cannot do it yet; `upe tables events` shows the mapping for doing it by hand",
		})
	}
	p.Questions = []Question{{Key: keySource, Kind: One, Title: "Where does the code come from?", Default: options[0].Value, Options: options, Source: docsCustom}}
	return p
}

func (c conversation) oldAction() *tenant.Action {
	bound := c.snapshot().BoundActions(tenant.TriggerLegacy)
	if len(bound) == 0 || c.judged().MFA.Carrier.Kind != judge.CarrierAction {
		return nil
	}
	return &bound[0]
}

func (c conversation) existingAction() *tenant.Action {
	actions := c.snapshot().Actions(tenant.TriggerPhone)
	if len(actions) == 0 {
		return nil
	}
	return &actions[0]
}

func (c conversation) actionFile() Page {
	p := page("action-file", StageDetails, "Your Action's file",
		"It is read and tried here, with a made-up message, in a sandbox: nothing leaves this computer.")
	p.Questions = []Question{{
		Key: keyFile, Kind: PathTo, Title: "File", Help: "JavaScript that exports onExecuteCustomPhoneProvider.",
		Check: line(required("the file's path")),
	}}
	p.Continue = "Read and try it"
	p.Effect = &Effect{Title: "Trying the Action", Do: tryFile}
	return p
}

func tryFile(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
	path, _ := given[keyFile].(string)
	code, err := host.ReadFile(strings.TrimSpace(path))
	if err != nil {
		return err
	}
	return try(ctx, host, string(code), update)
}

func try(ctx context.Context, host Host, code string, update func(func(Known) Known)) error {
	trial, err := action.Try(ctx, code)
	if err != nil {
		return err
	}
	for _, note := range trial.Notes {
		if host.Note != nil {
			host.Note("the Action: " + note)
		}
	}
	update(func(k Known) Known { k.Trial = &trial; return k })
	return nil
}

func (c conversation) actionCode() Page {
	p := page("action-code", StageDetails, "The Action's code",
		"Change it to what your gateway expects. It is tried here, with a made-up message, in a sandbox: nothing leaves this computer.")
	p.Questions = []Question{{Key: keyCode, Kind: Prose, Title: "Code", Default: action.Starter, Check: line(required("code"))}}
	p.Continue = "Try it"
	p.Effect = &Effect{Title: "Trying the Action", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		code, _ := given[keyCode].(string)
		return try(ctx, host, code, update)
	}}
	return p
}

// actionSecrets shows what the trial did, and asks for the secrets that the code reads.
func (c conversation) actionSecrets() (Page, bool) {
	trial := c.known.Trial
	p := page("action-secrets", StageDetails, "What the Action does", "This is what it would send for one SMS with a code.")
	rows := []Fact{}
	for _, sent := range trial.Sends {
		rows = append(rows, Fact{Label: "Sends", Value: sent})
	}
	for _, logged := range trial.Logs {
		rows = append(rows, Fact{Label: "Logs", Value: logged})
	}
	for _, module := range action.Modules(trial.Code) {
		rows = append(rows, Fact{Label: "Needs module", Value: module, Note: "its newest version is installed"})
	}
	p.Blocks = append(p.Blocks, Facts{Rows: rows})
	for _, note := range trial.Notes {
		p.Blocks = append(p.Blocks, Text{Body: note, Tone: Careful})
	}
	for _, name := range action.Secrets(trial.Code) {
		p.Questions = append(p.Questions, Question{
			Key: keyActionSecret(name), Kind: Hidden, Title: "Secret " + name,
			Help:  "The code reads event.secrets." + name + ". Auth0 never returns secrets, so it is entered again.",
			Check: secret(func(s string) error { return secretLength(name, s) }),
		})
	}
	return p, true
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
