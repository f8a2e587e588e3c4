package wizard

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/translate"
)

// The sources of an Action.
const (
	sourceTranslate = "translate"
	sourceGateway   = "gateway"
	sourceRoute     = "route"
	sourceExisting  = "existing"
	sourceFile      = "file"
	sourceStarter   = "starter"
)

// actionSource asks where the code comes from. What sends today comes first, since it is known to work.
func (c conversation) actionSource() Page {
	p := page("action", StageDetails, "The Action that sends", "A custom provider sends by one custom-phone-provider Action.")
	if c.oldAction() != nil {
		p.Lead += " An older send-phone-message Action cannot be used as it is: its event has other fields and values."
	}
	q := Question{Key: keySource, Kind: One, Title: "Where does the code come from?", Source: docsCustom}
	if old, read := c.oldAction(), c.oldReading(); old != nil && read != nil {
		p.Blocks = append(p.Blocks, whatItIs(old.Name, *read))
		if read.Style == translate.Refused {
			p.Blocks = append(p.Blocks, remarkBlocks(read.Remarks)...)
		}
	}
	if existing := c.existingAction(); existing != nil {
		p.Blocks = append(p.Blocks, c.undeployed(*existing)...)
		q.Options = append(q.Options, c.existingOption(*existing))
		if existing.Draft {
			q.Help = existing.Name + " has changes that do not run. Ask who wrote them before you choose."
		}
	}
	q.Options = append(q.Options, c.makingOptions()...)
	q.Options = append(q.Options,
		Option{Value: sourceFile, Label: "A file of mine", Consequence: "you name a file with a finished custom-phone-provider Action"},
		Option{Value: sourceStarter, Label: "Edit a starter", Consequence: "you get an Action that posts to a gateway, and change it"})
	q.Default = c.likelySource(q)
	p.Questions = []Question{q}
	return p
}

// makingOptions offer to make the Action from what sends today.
func (c conversation) makingOptions() []Option {
	var all []Option
	if old := c.oldAction(); old != nil {
		all = append(all, Option{
			Value: sourceTranslate, Label: "Translate the old Action", Disabled: c.noTranslation(),
			Consequence: c.withOthers("rewrites it for the new event, and proves that both behave alike", judge.CarrierAction),
		})
	}
	if gateways := c.partsOf(judge.CarrierGateway); len(gateways) > 0 {
		all = append(all, Option{
			Value: sourceGateway, Label: "Post to the same SMS gateway", Disabled: c.noGateway(),
			Consequence: c.withOthers("an Action sends the gateway the request that Auth0 sends today, and that is proven", judge.CarrierGateway),
		})
	}
	if len(c.carriers()) > 1 {
		all = append(all, Option{
			Value: sourceRoute, Label: "Keep each carrier", Disabled: c.noRoute(),
			Consequence: "one Action sends each message where it goes today, by a table that you see and can change",
		})
	}
	return all
}

// withOthers adds whose carrier changes when one Action sends everything by one.
func (c conversation) withOthers(says string, kind string) string {
	var others []string
	for _, s := range c.sendings() {
		if s.carrier.Kind != kind {
			others = append(others, s.flow)
		}
	}
	if len(others) == 0 {
		return says
	}
	return fmt.Sprintf("%s; it sends %s as well, another way than today", says, strings.Join(others, " and "))
}

// noTranslation says why the old Action cannot be translated, or "".
func (c conversation) noTranslation() string {
	read := c.oldReading()
	switch {
	case read == nil:
		return ""
	case read.Style == translate.Refused:
		return refusal(*read)
	case read.Style == translate.None:
		return "it is written for the new event already: take it as a file"
	}
	return ""
}

// likelySource is where the code comes from unless somebody says otherwise. Where two would do nobody but a person can choose.
func (c conversation) likelySource(q Question) Value {
	existing := c.existingAction()
	if existing != nil && existing.Draft {
		return nil
	}
	order := []string{sourceExisting, sourceRoute, sourceTranslate, sourceGateway}
	if len(c.carriers()) > 1 { // one way for all changes what some users get
		order = []string{sourceExisting, sourceRoute}
	}
	for _, source := range order {
		if contains(q.available(), source) {
			return source
		}
	}
	if len(c.carriers()) > 1 || c.oldAction() != nil {
		return nil
	}
	return sourceFile
}
