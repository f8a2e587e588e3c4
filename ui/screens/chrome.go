package screens

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
)

func itoa(n int) string { return strconv.Itoa(n) }

// head is the banner, and the rail where it does not stand at the left.
func (r *Root) head() []string {
	lines := []string{r.banner()}
	if !r.wide() {
		lines = append(lines, r.railLine())
	}
	return append(lines, "")
}

// banner says which tenant this is and what may happen to it.
func (r *Root) banner() string {
	word, style := r.mode()
	width := r.width - 2*margin
	box := style.Render(cut(word, width/2))
	name, domain, environment := r.known.Name, r.known.Tenant.Domain, r.environment()
	// The domain is the tenant; the mode is what may happen to it. What else there is goes when there is no room.
	who := r.who(domain)
	for _, parts := range [][]string{{name, domain, environment}, {domain, environment}} {
		if full := r.who(parts...); ansi.StringWidth(full)+1+ansi.StringWidth(box) <= width {
			who = full
			break
		}
	}
	return ends(who, box, width)
}

// who names this program and the tenant.
func (r *Root) who(parts ...string) string {
	var named []string
	for _, part := range parts {
		if part != "" {
			named = append(named, safe.Line(oneLine(part)))
		}
	}
	who := r.th.Title.Render("upe")
	if len(named) > 0 {
		who += "  " + strings.Join(named, r.th.Muted.Render(" · "))
	}
	return who
}

// mode is the word for what this session may do, and its style.
func (r *Root) mode() (string, lipgloss.Style) {
	switch r.known.Mode {
	case wizard.Demo:
		return "DEMO", r.th.Demo
	case wizard.DryRun:
		return "DRY RUN", r.th.DryRun
	case wizard.Live, "":
	default:
		// A mode that came after this theme is no more than its word.
		return strings.ToUpper(oneLine(string(r.known.Mode))), r.th.Demo
	}
	if r.environment() == production {
		return "LIVE", r.th.Production
	}
	return "LIVE", r.th.Live
}

// production is what a live tenant counts as until its admin says otherwise.
const production = "production"

// environment is what the admin stated.
func (r *Root) environment() string {
	stated, _ := r.session.Answers()["environment"].(string)
	stated = cmp.Or(stated, r.known.Environment)
	if stated == "" && r.known.Mode == wizard.Live {
		return production
	}
	return stated
}

// groupState is how far along a group of pages is.
func (r *Root) groupState(g wizard.Group) theme.State {
	groups := wizard.Groups()
	switch here, at := slices.Index(groups, r.page.Group), slices.Index(groups, g); {
	case at < here:
		return theme.Done
	case at == here:
		return theme.Current
	}
	return theme.ToCome
}

// railLine is the rail in one line. Without room for all names it keeps that of the current group.
func (r *Root) railLine() string {
	width := r.width - 2*margin
	full := r.railNames(func(wizard.Group) bool { return true })
	if ansi.StringWidth(full) <= width {
		return full
	}
	at := slices.Index(wizard.Groups(), r.page.Group) + 1
	short := r.railNames(func(g wizard.Group) bool { return g == r.page.Group })
	return short + r.th.Muted.Render("   part "+itoa(at)+" of "+itoa(len(wizard.Groups())))
}

func (r *Root) railNames(named func(wizard.Group) bool) string {
	var parts []string
	for _, g := range wizard.Groups() {
		state := r.groupState(g)
		part := r.th.Mark(state)
		if named(g) {
			part += " " + r.groupStyle(state).Render(string(g))
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, "   ")
}

func (r *Root) groupStyle(s theme.State) lipgloss.Style {
	if s == theme.Current {
		return r.th.Selected
	}
	return r.th.Muted
}

// rail is the rail at the left: one group in a line, with the word for how far along it is.
func (r *Root) rail() []string {
	var lines []string
	for _, g := range wizard.Groups() {
		state := r.groupState(g)
		name := r.groupStyle(state).Render(string(g))
		lines = append(lines, pad(r.th.Mark(state)+" "+name, 19)+r.th.Muted.Render(state.Word()))
	}
	return lines
}

// foot says what going on does, and what the keys do.
func (r *Root) foot() []string {
	return slices.Concat([]string{""}, r.safeLines(), []string{r.helpBar()})
}

// mostSafeLines is how long the answer to "is it safe?" may be.
const mostSafeLines = 3

// safeLines answer "is it safe?".
func (r *Root) safeLines() []string {
	said := func(style lipgloss.Style, text string) []string {
		return paint(style, atMost(mostSafeLines, oneLine(text), r.width-2*margin))
	}
	switch {
	case r.notice != "":
		return said(r.th.Accent, r.notice)
	case r.overlay != uncovered:
		return []string{""}
	case r.mood == stopping:
		return said(r.th.Warn, "Stopping after the request in flight. What was done stays done and is recorded.")
	case r.mood == running && r.task.effect.Writes:
		return said(r.th.Warn, "ctrl+c stops after the request in flight; the same run can go on later.")
	case r.mood != asking || r.page.Safe == "" || r.page.Returns:
		return []string{""}
	}
	label, style := "Going on: ", r.th.Text
	going := r.page.GoesOn(r.form.given())
	if going.Writes && !r.page.Effect.Word {
		style = r.th.Warn
	}
	safely := oneLine(going.Safe)
	if r.tooSoon {
		safely += " Enter came too soon to have read this: press it again."
	}
	text := atMost(mostSafeLines, safely, r.width-2*margin-len(label))
	return hang(r.th.Muted.Render(label), paint(style, text))
}

// always is how many of the last keys of the help bar are there whatever the room: how to leave, and what else there is.
const always = 2

// helpBar lists the keys that do something now, the most useful first. The last ones are always there, the first one is if there is any
// room for it.
func (r *Root) helpBar() string {
	width := r.width - 2*margin
	separator := r.th.Border.Render("  ")
	binds := r.binds()
	kept := max(len(binds)-always, min(1, len(binds)-1))
	var ends []string
	for _, b := range binds[kept:] {
		ends = append(ends, r.bind(b))
	}
	last, bar := strings.Join(ends, separator), ""
	for _, b := range binds[:kept] {
		next := bar + r.bind(b) + separator
		if ansi.StringWidth(next)+ansi.StringWidth(last) > width {
			break
		}
		bar = next
	}
	return bar + last
}

func (r *Root) bind(b key.Binding) string {
	return r.th.Key.Render(b.Help().Key) + " " + r.th.Muted.Render(b.Help().Desc)
}

// as is a binding under another name.
func as(b key.Binding, does string) key.Binding {
	return key.NewBinding(key.WithKeys(b.Keys()...), key.WithHelp(b.Help().Key, does))
}

// binds are the keys that do something now.
func (r *Root) binds() []key.Binding {
	k := r.keys
	switch {
	case r.overlay == helping:
		return []key.Binding{as(k.Back, "close")}
	case r.overlay == leaving:
		return []key.Binding{as(k.Choose, "stay"), leaveKey()}
	case r.overlay == copying:
		return r.copyBinds()
	case r.overlay == listing:
		return []key.Binding{k.ScrollUp, k.ScrollDown, as(k.Back, "close")}
	case r.mood == stopping:
		return []key.Binding{as(k.Stop, "do not wait")}
	case r.mood == running:
		return append([]key.Binding{k.ScrollDown}, append(r.requestsBind(), k.Stop)...)
	case r.mood == failed:
		return append([]key.Binding{as(k.Choose, "try again"), r.backBind()}, slices.Concat(r.detailsBind(), r.panelBinds(), []key.Binding{k.Quit, k.Help})...)
	}
	return r.pageBinds()
}

func (r *Root) pageBinds() []key.Binding {
	binds := r.moves()
	if ok, _ := r.session.CanBack(); ok || r.closes() || r.restores() || r.leadsBack() {
		at := 1 // before what one finds without being told
		switch {
		case r.onSteps:
			at = len(binds)
		case len(binds) > 1 && slices.Contains(binds[1].Keys(), "space"): // nobody finds out how to mark
			at = 2
		}
		binds = slices.Insert(binds, at, r.backBind())
	}
	binds = append(binds, r.detailsBind()...)
	if r.editable() {
		binds = append(binds, r.spelled(r.keys.Edit))
	}
	if r.page.Save != nil {
		binds = append(binds, r.spelled(r.keys.Save))
	}
	if r.rehearsable() {
		binds = append(binds, r.spelled(r.keys.Rehearse))
	}
	if r.copyable() {
		binds = append(binds, r.spelled(r.keys.Copy))
	}
	binds = append(binds, r.panelBinds()...)
	return append(binds, r.keys.Quit, r.spelled(r.keys.Help))
}

// moves are the keys of what has the focus.
func (r *Root) moves() []key.Binding {
	k := r.keys
	steps := allSteps(r.page.Blocks) > 0
	if r.onSteps {
		to := "to the question"
		if len(r.page.Questions) == 0 {
			to = "to the button"
		}
		return []key.Binding{arrows("select"), tabTo(to)}
	}
	next := k.Next
	if f := r.form; f.at() == len(f.fields)-1 {
		next = as(k.Choose, strings.ToLower(oneLine(r.page.GoesOn(r.form.given()).Continue)))
	}
	binds := append([]key.Binding{next}, r.form.help()...)
	switch {
	case steps && len(r.page.Questions) == 0:
		binds = append(binds, arrows("select"))
	case steps:
		binds = append(binds, tabTo("steps"))
	}
	return binds
}

// tabTo is tab where it leads from the question to the steps or back.
func tabTo(does string) key.Binding {
	return key.NewBinding(key.WithKeys("tab", "shift+tab"), key.WithHelp("tab", does))
}

// backBind is esc, which first closes what is open.
func (r *Root) backBind() key.Binding {
	switch {
	case r.closes():
		return as(r.keys.Back, "close")
	case r.mood == asking && r.restores():
		return as(r.keys.Back, "keep the old one")
	case r.leadsBack():
		return as(r.keys.Back, "connect again")
	}
	return r.keys.Back
}

// detailsBind is the key of the details, where there are any.
func (r *Root) detailsBind() []key.Binding {
	if !r.hasDetails() {
		return nil
	}
	return []key.Binding{r.spelled(r.keys.Details)}
}

// panelBinds are the keys of what can be opened here.
func (r *Root) panelBinds() []key.Binding {
	var binds []key.Binding
	if r.opts.Host.Handset != nil {
		binds = append(binds, r.spelled(r.keys.Handset))
	}
	if r.page.Group == wizard.Test || r.page.Group == wizard.SwitchOn {
		binds = append(binds, r.requestsBind()...)
	}
	return binds
}

// spelled names the key of a shortcut that works here: a letter where letters are not text, else its second key.
func (r *Root) spelled(b key.Binding) key.Binding {
	keys := b.Keys()
	if !r.typing() || len(keys) < 2 {
		return b
	}
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(keys[1], b.Help().Desc))
}
