package linear

import (
	"cmp"
	"fmt"
	"slices"

	"upe/flows/wizard"
	"upe/ui/safe"
)

// open prints the page at hand: where one is, what it is about, and what one looks at. Nothing of it is left out, whatever was said
// before.
func (f *front) open() {
	p := f.session.Page()
	f.spelled = spelled{}
	f.announce(p)
	f.say("", "Page: "+safe.Line(p.Title))
	if p.Lead != "" {
		f.say(paragraph(p.Lead))
	}
	items := f.draw(p.Blocks)
	f.shown, f.alive = tallied(items), nil
	f.show(items)
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

// show prints items with air before each block.
func (f *front) show(items []item) {
	for _, i := range items {
		if i.air {
			f.say("")
		}
		f.utter(i)
	}
}

// utter prints an item. What stands as it is, is not broken: a line of code is one line.
func (f *front) utter(i item) {
	loose := len(i.lines) - i.asIs
	f.say(i.lines[:loose]...)
	for _, one := range i.lines[loose:] {
		f.print(one + "\n")
	}
}

// tell prints what is new on the page while something goes on, without air. What comes meanwhile and may go again, such as what to do by
// hand should the program not see to it, is told once the effect has ended, where the page stays. It reports whether anything was said.
func (f *front) tell(ended bool) (said bool) {
	fresh, now := f.shown.news(f.draw(f.session.Page().Blocks), func(i item) bool { return i.brief && !ended })
	f.shown = now
	for _, i := range fresh {
		if !i.still {
			f.utter(i)
			said = true
		}
	}
	return said
}
