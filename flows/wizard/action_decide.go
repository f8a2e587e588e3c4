package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/translate"
)

// makingPages decide, make, and show the Action that comes from what sends today.
func (c conversation) makingPages() []Page {
	asked := c.firstDecisions()
	pages := append(c.decisionPages(asked), c.actionMake())
	if more := c.decisionPages(c.laterDecisions(asked)); len(more) > 0 { // the answers have brought up other questions
		more[len(more)-1] = c.making(more[len(more)-1])
		pages = append(pages, more...)
	}
	if made := c.made(); made != nil && len(made.Open()) == 0 {
		pages = append(pages, c.actionNew(*made))
	}
	return pages
}

// laterDecisions are those that came up when the Action was made.
func (c conversation) laterDecisions(asked []translate.Decision) []translate.Decision {
	m := c.known.Made
	if m == nil || m.Base != c.recipe(nil) {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(m.Decisions), func(d translate.Decision) bool {
		return slices.ContainsFunc(asked, func(first translate.Decision) bool { return first.ID == d.ID })
	})
}

// decisionPages ask what no program may decide, one question each: its consequences belong beside it.
func (c conversation) decisionPages(asked []translate.Decision) []Page {
	var pages []Page
	for i, d := range asked {
		p := page("action-decide-"+d.ID, StageDetails, "Yours to decide about the Action", "Nobody but you can answer this. No answer is chosen beforehand.")
		if strings.HasPrefix(d.ID, routeID("")) {
			p.Title, p.Lead = "Which carrier sends what", "The Action decides by what an event says of a message. What it does not say is yours to decide."
			p.Blocks = []Block{c.whoSends()}
		}
		if len(asked) > 1 {
			p.Title += fmt.Sprintf(", %d of %d", i+1, len(asked))
		}
		p.Questions = []Question{decisionQuestion(d)}
		pages = append(pages, p)
	}
	return pages
}

// actionMake asks what has a default, then makes the Action and proves it.
func (c conversation) actionMake() Page {
	p := page("action-make", StageDetails, "Making the Action",
		"The Action is made and tried here, beside what sends today, in a sandbox: nothing leaves this computer.")
	if made := c.known.Made; made != nil && made.Edited {
		p.Blocks = append(p.Blocks, Text{
			Body: "You have changed its code by hand. That stays while the answers stay; with others the Action is made anew, without your change.", Tone: Careful,
		})
	}
	if c.text(keySource) == sourceTranslate {
		if read := c.oldReading(); read != nil {
			p.Blocks = append(p.Blocks, remarkBlocks(worth(read.Remarks))...)
		}
		p.Questions = []Question{styleQuestion()}
		return c.making(p)
	}
	p.Blocks = append(append(p.Blocks, c.whoSends()), remarkBlocks(worth(c.partRemarks()))...)
	p.Questions = c.countryQuestions()
	if len(p.Questions) > 0 {
		p.Together = c.countriesApart
	}
	return c.making(p)
}

// making is a page that makes the Action with all that was answered.
func (c conversation) making(p Page) Page {
	p.Continue = "Make it and prove it"
	p.Effect = &Effect{Title: "Making the Action, and running both side by side", Do: c.make}
	return p
}

// decisionQuestion has no default: a consequence that somebody should choose is not chosen for them.
func decisionQuestion(d translate.Decision) Question {
	q := Question{Key: keyDecision(d.ID), Kind: One, Title: at(d.Line, d.Title), Help: d.Why, Source: docsCustom}
	for _, choice := range d.Choices {
		q.Options = append(q.Options, Option{Value: choice.Value, Label: choice.Label, Consequence: choice.Consequence})
	}
	return q
}

// styleQuestion has a default, because every style is proven alike.
func styleQuestion() Question {
	return Question{
		Key: keyStyle, Kind: One, Title: "How should it be translated?", Default: string(translate.Auto),
		Options: []Option{
			{Value: string(translate.Auto), Label: "In place where that is exact, else with an adapter"},
			{Value: string(translate.Rewrite), Label: "In place", Consequence: "the shortest to read; refused where an object of the event goes elsewhere as a whole"},
			{Value: string(translate.Adapter), Label: "With an adapter", Consequence: "the old function stays untouched; some lines below it make the event it knows"},
		},
	}
}

// IsDecision reports whether there is a decision about an Action with this id, whether or not it is asked of one: a decision, or what an
// answers file may say under "action" in words.
func IsDecision(id string) bool {
	kind, ok := formOf(string(keyDecision(id)))
	return ok && kind == formText
}

func choiceValues(d translate.Decision) []string {
	var values []string
	for _, choice := range d.Choices {
		values = append(values, choice.Value)
	}
	return values
}

// checkAnswers refuses answers that are not among the choices: the page of a decision would not take them.
func (c conversation) checkAnswers(all []translate.Decision) error {
	for _, d := range all {
		if answer := c.text(keyDecision(d.ID)); answer != "" && !slices.Contains(choiceValues(d), answer) {
			return fmt.Errorf("%w: %s: %q is not one of %s", ErrNoSuchAnswer, keyDecision(d.ID), answer, strings.Join(choiceValues(d), ", "))
		}
	}
	return nil
}

// decisionIDs are all decisions that may be asked.
func decisionIDs() []string {
	return []string{translate.OnError, translate.NonCode, translate.Voice, translate.SecurityContext, translate.Language, decisionFailure}
}

// decided are the answers to decisions.
func (c conversation) decided() map[string]string {
	decided := map[string]string{}
	for _, id := range decisionIDs() {
		if answer := c.text(keyDecision(id)); answer != "" {
			decided[id] = answer
		}
	}
	return decided
}

// firstDecisions are those that are known before anything is made.
func (c conversation) firstDecisions() []translate.Decision {
	if c.text(keySource) == sourceTranslate {
		if read := c.oldReading(); read != nil {
			return read.Decisions
		}
		return nil
	}
	return c.partDecisions()
}

// asks reports whether a decision is asked before the Action is made.
func (c conversation) asks(id string) bool {
	made := c.made()
	return made != nil && made.asks(id) || c.makes() && slices.ContainsFunc(c.firstDecisions(), func(d translate.Decision) bool { return d.ID == id })
}
