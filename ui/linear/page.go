package linear

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// open prints the page at hand: where one is, what it is about, and what one looks at.
func (f *front) open() {
	p := f.session.Page()
	f.said = map[string]bool{}
	f.announce(p)
	f.say("", safe.Line(p.Title), strings.Repeat("-", min(len([]rune(p.Title)), 40)))
	if p.Lead != "" {
		f.say(paragraph(p.Lead))
	}
	f.show(f.draw(p.Blocks))
	f.phone()
}

// announce says which tenant this is and what may happen to it, and which part begins, whenever that is new.
func (f *front) announce(p wizard.Page) {
	if banner := f.bannerLine(); banner != f.banner {
		f.banner = banner
		f.say("", banner)
	}
	if p.Group == f.group {
		return
	}
	f.group = p.Group
	groups := wizard.Groups()
	f.say("", fmt.Sprintf("Part %d of %d: %s", slices.Index(groups, p.Group)+1, len(groups), p.Group))
}

func (f *front) bannerLine() string {
	known := f.session.Known()
	who := safe.Line(known.Tenant.Domain)
	if known.Name != "" {
		who += " (" + safe.Line(known.Name) + ")"
	}
	stated, _ := f.session.Answers()["environment"].(string)
	stated = cmp.Or(stated, known.Environment)
	if stated == "" && known.Mode == wizard.Live {
		stated = "production, unless you say otherwise"
	}
	banner := fmt.Sprintf("Tenant: %s. Mode: %s.", who, cmp.Or(known.Mode, wizard.Live))
	if stated != "" {
		banner += " Environment: " + safe.Line(stated) + "."
	}
	return banner
}

// show prints the lines of blocks that were not printed for this page before, with air between blocks.
func (f *front) show(lines []string) {
	air := true
	for _, one := range lines {
		if strings.TrimSpace(one) == "" {
			air = true
			continue
		}
		if f.said[one] {
			continue
		}
		f.said[one] = true
		if air {
			f.say("")
			air = false
		}
		f.say(one)
	}
}

// tell prints what is new of blocks while something goes on: a line at a time, without air.
func (f *front) tell(lines []string) {
	for _, one := range lines {
		if strings.TrimSpace(one) != "" && !f.said[one] {
			f.said[one] = true
			f.say(one)
		}
	}
}

// visit asks what the page asks, and does what it does.
func (f *front) visit() (turn, error) {
	p := f.session.Page()
	given := wizard.Answers{}
	for i := range p.Questions {
		next, err := f.question(p, i, given)
		if err != nil || next != onward {
			return next, err
		}
	}
	f.session.Draft(given)
	switch {
	case p.Final && p.Effect == nil:
		return f.last(p)
	case p.Effect == nil && len(p.Questions) > 0:
		f.session.Pass(given)
		return onward, nil
	}
	next, err := f.consent(p)
	if err != nil || next != onward {
		return next, err
	}
	return f.act(p, given)
}

// last waits on the last page, which can still be saved or left by going back.
func (f *front) last(p wizard.Page) (turn, error) {
	if len(p.Questions) > 0 {
		return left, nil
	}
	for {
		answer, next, err := f.ask(p, prompt{text: "This is the last page. Press enter to close: "})
		if err != nil || next != onward {
			return next, err
		}
		if answer == "" {
			return left, nil
		}
		f.say("Enter closes; :help lists what else can be typed.")
	}
}

// consent asks whether to go on. What writes takes a typed yes.
func (f *front) consent(p wizard.Page) (turn, error) {
	goOn := cmp.Or(p.Continue, "Continue")
	writes := p.Effect != nil && p.Effect.Writes && !p.Effect.Word
	question := prompt{text: fmt.Sprintf("Press enter for: %s. ", safe.Line(goOn))}
	if writes {
		question.text = fmt.Sprintf("Type yes for: %s. ", safe.Line(goOn))
	}
	f.say("")
	if p.Safe != "" {
		f.say(paragraph("Going on: " + p.Safe))
	}
	for {
		answer, next, err := f.ask(p, question)
		if err != nil || next != onward {
			return next, err
		}
		switch word := strings.ToLower(strings.TrimSpace(answer)); {
		case word == "yes", word == "" && !writes:
			return onward, nil
		case writes:
			f.say("Nothing was done. It takes the word yes; :back goes back, :quit leaves.")
		default:
			f.say("Enter goes on; :back goes back, :quit leaves.")
		}
	}
}

// act carries out the page's effect, if it has one, and passes the page.
func (f *front) act(p wizard.Page, given wizard.Answers) (turn, error) {
	if p.Effect == nil {
		f.session.Pass(given)
		return onward, nil
	}
	for {
		err := f.carryOut(p.Effect, given)
		if f.ctx.Err() != nil {
			return left, context.Cause(f.ctx)
		}
		if err == nil {
			f.session.Pass(given)
			if after := f.session.Page(); p.Final && after.ID == p.ID {
				f.over = true
				return left, nil
			}
			return onward, nil
		}
		next, err := f.failed(p, err)
		if err != nil || next != onward {
			return next, err
		}
		p = f.session.Page() // the last attempt may have come some way
	}
}
