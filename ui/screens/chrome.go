package screens

import (
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
	var parts []string
	for _, part := range []string{r.known.Name, r.known.Tenant.Domain, r.environment()} {
		if part != "" {
			parts = append(parts, safe.Line(oneLine(part)))
		}
	}
	who := r.th.Title.Render("upe")
	if len(parts) > 0 {
		who += "  " + strings.Join(parts, r.th.Muted.Render(" · "))
	}
	return ends(who, style.Render(word), r.width-2*margin)
}

// mode is the word for what this session may do, and its style.
func (r *Root) mode() (string, lipgloss.Style) {
	switch r.known.Mode {
	case wizard.Demo:
		return "DEMO", r.th.Demo
	case wizard.DryRun:
		return "DRY RUN", r.th.DryRun
	case wizard.Live:
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
func (r *Root) foot() []string { return []string{"", r.safeLine(), r.helpBar()} }

// safeLine answers "is it safe?".
func (r *Root) safeLine() string {
	width := r.width - 2*margin
	switch {
	case r.notice != "":
		return r.th.Accent.Render(cut(r.notice, width))
	case r.overlay != uncovered:
		return ""
	case r.mood == stopping:
		return r.th.Warn.Render(cut("Stopping after the request in flight. What was done stays done and is recorded.", width))
	case r.mood == running && r.task.effect.Writes:
		return r.th.Warn.Render(cut("ctrl+c stops after the request in flight; the same run can go on later.", width))
	case r.mood != asking || r.page.Safe == "":
		return ""
	}
	label, style := "Going on: ", r.th.Text
	if r.writes() {
		style = r.th.Warn
	}
	return r.th.Muted.Render(label) + style.Render(cut(oneLine(r.page.Safe), width-len(label)))
}

// helpBar lists the keys that do something now, the most useful first. The last one is always there.
func (r *Root) helpBar() string {
	width := r.width - 2*margin
	separator := r.th.Border.Render("  ")
	binds := r.binds()
	last := r.bind(binds[len(binds)-1])
	bar := ""
	for _, b := range binds[:len(binds)-1] {
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
		return []key.Binding{as(k.Choose, "quit"), as(k.Back, "stay")}
	case r.mood == stopping:
		return []key.Binding{as(k.Stop, "do not wait")}
	case r.mood == running:
		return []key.Binding{k.ScrollDown, k.Stop}
	case r.mood == failed:
		return []key.Binding{as(k.Choose, "try again"), k.Back, k.Quit, k.Details, k.Help}
	}
	return r.pageBinds()
}

func (r *Root) pageBinds() []key.Binding {
	k := r.keys
	next := k.Next
	if f := r.form; f.at() == len(f.fields)-1 {
		next = as(k.Choose, strings.ToLower(oneLine(goOn(r.page))))
	}
	binds := append([]key.Binding{next}, r.form.help()...)
	if len(r.page.Questions) == 0 && allSteps(r.page.Blocks) > 0 {
		binds = append(binds, arrows("select"))
	}
	if ok, _ := r.session.CanBack(); ok {
		binds = append(binds, k.Back)
	}
	if r.page.Save != nil {
		binds = append(binds, r.spelled(k.Save))
	}
	binds = append(binds, r.spelled(k.Details))
	if r.opts.Host.Handset != nil {
		binds = append(binds, r.spelled(k.Handset))
	}
	return append(binds, k.Quit, r.spelled(k.Help))
}

// spelled names the key of a shortcut that works here: a letter where letters are not text, else its second key.
func (r *Root) spelled(b key.Binding) key.Binding {
	keys := b.Keys()
	if !r.form.focused().typing() || len(keys) < 2 {
		return b
	}
	return key.NewBinding(key.WithKeys(keys...), key.WithHelp(keys[1], b.Help().Desc))
}

// goOn is what going on from a page is called.
func goOn(p wizard.Page) string {
	switch {
	case p.Continue != "":
		return p.Continue
	case p.Final:
		return "Close"
	}
	return "Continue"
}
