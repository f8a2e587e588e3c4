package wizard

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/proof"
	"upe/flows/translate"
)

// Made is an Action that was made from what sends today: translated, or generated, and perhaps changed by hand since.
type Made struct {
	Base    string // where it comes from, by the answers
	From    string // the answers that it was made with: with others it is made anew
	Before  string // the code that sends today; empty where none does
	Code    string
	Style   translate.Style   // of a translation; empty: it was generated
	Reading translate.Reading // of a translation: what the old code is
	Edits   int               // of a translation in place: how many
	Edited  bool              // somebody changed it by hand
	Secrets []string          // names; their values are entered again
	Modules []translate.Module
	Runtime string
	Was     string // the runtime of the old Action; empty where there is none

	Decisions []translate.Decision // all that were asked, with their answers
	Remarks   []translate.Remark
	Notes     []string // what else an admin should know, in sentences
	Apart     []string // of Notes: what goes another way than today, and is compared with nothing
	Untrue    string   // which answer a change by hand has made untrue; empty: none
	Proof     proof.Proof

	Draft string // what was written in an editor last, where it could not be taken; empty: nothing waits
}

// Open are the decisions without an answer: while there are any, nothing goes further.
func (m Made) Open() []translate.Decision {
	return slices.DeleteFunc(slices.Clone(m.Decisions), func(d translate.Decision) bool { return d.Answer != "" })
}

// asks reports whether a decision was among those that were asked.
func (m Made) asks(id string) bool {
	return slices.ContainsFunc(m.Decisions, func(d translate.Decision) bool { return d.ID == id })
}

// version is that of an npm module, as far as it is known.
func (m Made) version(name string) string {
	for _, module := range m.Modules {
		if module.Name == name {
			return module.Version
		}
	}
	return ""
}

// recipe are the answers that decide what is made, when these decisions are asked. Others may change without making it anew.
func (c conversation) recipe(asked []translate.Decision) string {
	keys := []Key{keySource, keyDelivers, keyStyle, keyScopeMFA}
	for _, s := range c.judged().SMS {
		keys = append(keys, keyConnection(s.ID))
	}
	for _, p := range c.carrierParts() {
		keys = append(keys, keyCountries(p))
	}
	for _, d := range asked {
		keys = append(keys, keyDecision(d.ID))
	}
	var answers []string
	for _, key := range keys {
		answers = append(answers, string(key)+"="+c.text(key))
	}
	return strings.Join(answers, "\n")
}

// made is the Action that was made with the answers as they are now, or nil.
func (c conversation) made() *Made {
	if m := c.known.Made; m != nil && c.makes() && m.From == c.recipe(m.Decisions) {
		return m
	}
	return nil
}

// makes reports whether the Action is made from what sends today.
func (c conversation) makes() bool {
	switch c.text(keySource) {
	case sourceTranslate, sourceGateway, sourceRoute:
		return true
	}
	return false
}

// ErrLimits is inside the error of an Action that is beyond one of Auth0's limits.
var ErrLimits = errors.New("Auth0 would not take this Action")

// withinLimits refuses an Action that Auth0 would refuse, before anybody is asked about it.
func withinLimits(a *plan.Action) error {
	if beyond := a.Exceeds(); len(beyond) > 0 {
		return fmt.Errorf("%w: %s", ErrLimits, strings.Join(beyond, "; "))
	}
	return nil
}

// Is says in words what the old code is; empty for an Action that was generated.
func (m Made) Is() string {
	if m.Style == "" {
		return ""
	}
	return classWords(m.Reading.Class)
}

// How says in words how the Action came about.
func (m Made) How() string {
	switch m.Style {
	case translate.Rewrite:
		return "in place: " + count(m.Edits, "place") + " changed, everything else stays as it is"
	case translate.Adapter:
		return "with an adapter: the old function stays untouched, and gets the event it was written for from the lines below it"
	case translate.Rename:
		return "only the name of the function changes"
	case translate.None:
		return "nothing to translate"
	case translate.Refused, translate.Auto:
	}
	return "generated from the settings of what sends today"
}

// origin is where the code comes from and what was proven of it, for whoever reads the plan.
func (m Made) origin() string {
	how := "Its code was generated from the settings of what sends today"
	if m.Style != "" {
		how = "Its code was translated from the Action that sends today"
	}
	if m.Edited {
		how += ", changed by hand"
	}
	says := how + ", and run beside that: " + m.Proof.Sentence() + "."
	for _, one := range m.Apart {
		says += " " + one + "."
	}
	return says
}
