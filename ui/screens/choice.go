package screens

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"upe/flows/wizard"
	"upe/ui/theme"
)

// Cells before an option: Huh's cursor, and behind it the box of a list in which several may be chosen.
const (
	cursorCells = 2
	boxCells    = 4
)

// options are the options of a question as a form shows them. Those that cannot be chosen are not in Huh's list, which would
// let them be; they stand under it with the reason.
type options struct {
	shown  []wizard.Option // made safe
	values []string        // as they are handed back
	digits bool            // each one that can be chosen has a digit
}

func (o options) open() []int {
	var open []int
	for i, option := range o.shown {
		if option.Disabled == "" {
			open = append(open, i)
		}
	}
	return open
}

// offers reports whether a value can be chosen.
func (o options) offers(value string) bool {
	return slices.Contains(o.open(), slices.Index(o.values, value))
}

// undecided are the options with one before them that chooses nothing. Where a question has no default, enter must not make one.
func (o options) undecided() options {
	return options{
		shown:  slices.Concat([]wizard.Option{{Label: "Not decided yet"}}, o.shown),
		values: slices.Concat([]string{""}, o.values),
		digits: o.digits,
	}
}

// hanging is how far the lines after the first of an option stand in: what belongs to which is told by more than a colour.
const hanging = 2

// label is an option over several lines: what it is called, and what choosing it leads to.
func (o options) label(i int, c canvas) string {
	inside := c.narrow(hanging)
	lines := hang(strings.Repeat(" ", hanging), wrap(o.name(i), inside.width))
	lines[0] = lines[0][hanging:]
	lines = append(lines, indent(paragraph(c.th.Muted, o.shown[i].Consequence, inside.width), hanging)...)
	if c.details && o.shown[i].Source != "" {
		lines = append(lines, indent(paragraph(c.th.Muted, "Documented: "+o.shown[i].Source, inside.width), hanging)...)
	}
	return strings.Join(lines, "\n")
}

// name tells options with the same label apart: Huh toggles by label.
func (o options) name(i int) string {
	label := oneLine(o.shown[i].Label)
	same := 0
	for _, other := range o.shown[:i] {
		if oneLine(other.Label) == label {
			same++
		}
	}
	if same > 0 {
		label = fmt.Sprintf("%s (%d)", label, same+1)
	}
	if at := slices.Index(o.numbered(), i); at >= 0 {
		label = fmt.Sprintf("%d  %s", at+1, label)
	}
	return label
}

// numbered are the options that have a digit, from 1: those that choose something.
func (o options) numbered() []int {
	if !o.digits {
		return nil
	}
	return slices.DeleteFunc(o.open(), func(i int) bool { return o.values[i] == "" })
}

// huh lists the open options for a list of c's width.
func (o options) huh(c canvas) []huh.Option[int] {
	var list []huh.Option[int]
	for _, i := range o.open() {
		list = append(list, huh.NewOption(o.label(i, c), i))
	}
	return list
}

// named lists the open options by their names, until the first drawing tells the width of their labels.
func (o options) named() []huh.Option[int] {
	var list []huh.Option[int]
	for _, i := range o.open() {
		list = append(list, huh.NewOption(o.name(i), i))
	}
	return list
}

// closed draws the options that cannot be chosen, and why.
func (o options) closed(c canvas) []string {
	var lines []string
	for _, option := range o.shown {
		if option.Disabled != "" {
			text := oneLine(option.Label) + " is not available: " + option.Disabled
			lines = append(lines, hang("  - ", paragraph(c.th.Disabled, text, c.width-4))...)
		}
	}
	return lines
}

// span finds the lines of option at among those of the list.
func (o options) span(at int, c canvas) span {
	from := 0
	for _, i := range o.open() {
		height := lipgloss.Height(o.label(i, c))
		if i == at {
			return span{from, from + height}
		}
		from += height
	}
	return span{}
}

// one is a list of which exactly one option is chosen.
type one struct {
	*huh.Select[int]
	options
	chosen int
	drawn  look
	yesNo  bool
}

// newOne lists options with the value filled chosen, or the first that can be.
func newOne(o options, filled string, yesNo bool) *one {
	f := &one{Select: huh.NewSelect[int](), options: o, chosen: -1, yesNo: yesNo}
	open := o.open()
	if len(open) > 0 {
		f.chosen = open[0]
	}
	if i := slices.Index(o.values, filled); slices.Contains(open, i) {
		f.chosen = i
	}
	f.Select.Options(o.named()...).Value(&f.chosen)
	return f
}

func (f *one) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	_, cmd := f.Select.Update(msg)
	return f, cmd
}

// digit chooses the option of a digit.
func (f *one) digit(key string) bool {
	all := f.numbered()
	n, err := strconv.Atoi(key)
	if err != nil || n < 1 || n > len(all) {
		return false
	}
	f.chosen = all[n-1]
	f.Select.Value(&f.chosen)
	return true
}

func (f *one) value() wizard.Value {
	if f.yesNo {
		return f.chosen == yesOption
	}
	if f.chosen < 0 {
		return ""
	}
	return f.values[f.chosen]
}

func (f *one) typing() bool { return false }

func (f *one) draw(c canvas) (lines []string, hot span, cursor *tea.Position) {
	inside := c.narrow(cursorCells)
	if f.drawn != c.look() {
		f.Select.WithWidth(c.width)
		f.Select.Options(f.huh(inside)...)
		f.drawn = c.look()
	}
	lines = f.closed(c)
	if len(f.open()) > 0 {
		lines = append(trimmed(f.View()), lines...)
	}
	return lines, f.span(f.chosen, inside), nil
}

func (f *one) help() []key.Binding {
	if n := len(f.numbered()); n > 0 {
		digits := key.NewBinding(key.WithHelp(fmt.Sprintf("1-%d", n), "resolve"), key.WithKeys("1"))
		return []key.Binding{digits, arrows("choose")}
	}
	return []key.Binding{arrows("choose")}
}

// many is a list of which any number of options is chosen.
type many struct {
	*huh.MultiSelect[int]
	options
	chosen []int
	drawn  look
}

func newMany(o options, filled []string) *many {
	f := &many{MultiSelect: huh.NewMultiSelect[int](), options: o}
	for _, i := range o.open() {
		if slices.Contains(filled, o.values[i]) {
			f.chosen = append(f.chosen, i)
		}
	}
	// The options come first: Huh keeps of a value only what is among them.
	f.MultiSelect.Filterable(false).Options(o.named()...).Value(&f.chosen)
	return f
}

func (f *many) Update(msg tea.Msg) (huh.Model, tea.Cmd) {
	_, cmd := f.MultiSelect.Update(msg)
	return f, cmd
}

func (f *many) value() wizard.Value {
	chosen := []string{}
	for _, i := range f.chosen {
		chosen = append(chosen, f.values[i])
	}
	return chosen
}

func (f *many) typing() bool { return false }

func (f *many) draw(c canvas) (lines []string, hot span, cursor *tea.Position) {
	inside := c.narrow(cursorCells + boxCells)
	if f.drawn != c.look() {
		f.relabel(c, inside)
		f.drawn = c.look()
	}
	lines = f.closed(c)
	if len(f.open()) > 0 {
		lines = append(trimmed(f.View()), lines...)
	}
	at, _ := f.Hovered()
	return lines, f.span(at, inside), nil
}

// relabel gives Huh the labels anew. Huh moves its cursor to the first chosen option then, so it is led back.
func (f *many) relabel(c, inside canvas) {
	at, known := f.Hovered()
	f.MultiSelect.WithWidth(c.width)
	f.MultiSelect.Options(f.huh(inside)...)
	if f.drawn.width == 0 || !known {
		at = append(f.open(), 0)[0]
	}
	f.MultiSelect.Update(tea.KeyPressMsg{Code: tea.KeyHome})
	for range slices.Index(f.open(), at) {
		f.MultiSelect.Update(tea.KeyPressMsg{Code: tea.KeyDown})
	}
}

func (f *many) help() []key.Binding {
	return []key.Binding{theme.NewKeys().Toggle, arrows("move")}
}

// arrows is up and down as one entry of the help bar.
func arrows(does string) key.Binding {
	k := theme.NewKeys()
	return key.NewBinding(key.WithKeys(append(k.Up.Keys(), k.Down.Keys()...)...), key.WithHelp("↑↓", does))
}

// trimmed are the lines of a drawn list. Huh fills them up with blanks.
func trimmed(view string) []string {
	lines := strings.Split(view, "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight(line, " ")
	}
	return lines
}
