package screens

import (
	"errors"
	"fmt"
	"reflect"
	"slices"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"
	"charm.land/huh/v2"
	"charm.land/lipgloss/v2"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
)

// form asks the questions of one page. It is built when the page opens and thrown away with it.
type form struct {
	huh    *huh.Form
	fields []field
	asked  []wizard.Question                        // as the session asks them
	whole  func(wizard.Answers) (wizard.Key, error) // judges all answers together; nil: nothing does
	shown  []wizard.Question                        // the same, made safe
	errs   []error                                  // one per question; shown beside its field
	away   bool                                     // the focus is outside of the form
	opened wizard.Answers                           // the answers as they stood when it opened
}

// yesOption is the place of yes in the list of a yes-or-no question. No comes first: it is what enter means.
const yesOption = 1

// newForm builds the form of a page. filled gives what a question is filled with.
func newForm(page, shown wizard.Page, filled func(wizard.Question) wizard.Value, th *theme.Theme, keys theme.Keys) *form {
	f := &form{asked: page.Questions, whole: page.Together, shown: shown.Questions, errs: make([]error, len(page.Questions))}
	for i, q := range page.Questions {
		f.fields = append(f.fields, newField(q, shown.Questions[i], filled(q)))
	}
	if len(f.fields) == 0 || page.Effect != nil && page.Effect.Writes {
		f.fields = append(f.fields, &button{label: func() string { return shown.GoesOn(f.given()).Continue }})
	}
	all := make([]huh.Field, len(f.fields))
	for i, one := range f.fields {
		all[i] = one
	}
	f.huh = huh.NewForm(huh.NewGroup(all...)).WithShowHelp(false).WithShowErrors(false).
		WithKeyMap(keys.Huh()).WithTheme(plainTheme(th)).WithWidth(80)
	// What Init returns would tell the fields to compute titles that are not computed, and ask for the window's size.
	f.huh.Init()
	f.opened = f.given()
	return f
}

// newField builds the field of a question.
func newField(q, shown wizard.Question, filled wizard.Value) field {
	switch q.Kind {
	case wizard.One:
		o := optionsOf(q, shown)
		o.digits = q.Digits
		return newChoice(q, o, filled)
	case wizard.Many:
		list, _ := filled.([]string)
		return newMany(optionsOf(q, shown), list)
	case wizard.YesNo:
		yes, _ := filled.(bool)
		return newOne(yesNo(), map[bool]string{true: "yes"}[yes], true)
	case wizard.Hidden:
		secret, _ := filled.(wizard.Secret)
		original, _ := q.Default.(wizard.Secret)
		return newSecret(secret, original)
	case wizard.Prose:
		text, _ := filled.(string)
		return newProse(text)
	case wizard.Retype:
		// A confirmation is typed each time: filled in, it would confirm nothing.
		return newLine("", false)
	case wizard.Line, wizard.PathTo:
	}
	text, _ := filled.(string)
	return newLine(text, false)
}

// newChoice builds the field of a choice. What it is filled with may not be open any more; then the default stands, and where there
// is none, nothing.
func newChoice(q wizard.Question, o options, filled wizard.Value) field {
	text, _ := filled.(string)
	if !o.offers(text) {
		text, _ = q.Default.(string)
	}
	if !o.offers(text) && len(o.open()) > 0 {
		text, o = "", o.undecided()
	}
	return newOne(o, text, false)
}

func optionsOf(q, shown wizard.Question) options {
	o := options{shown: shown.Options}
	for _, option := range q.Options {
		o.values = append(o.values, option.Value)
	}
	return o
}

func yesNo() options {
	return options{shown: []wizard.Option{{Label: "No"}, {Label: "Yes"}}, values: []string{"no", "yes"}}
}

// plainTheme gives Huh the theme's styles without the bar at the left, which is drawn around a whole question.
func plainTheme(th *theme.Theme) huh.Theme {
	var from, plain *huh.Styles
	return huh.ThemeFunc(func(dark bool) *huh.Styles {
		if now := th.Huh().Theme(dark); now != from {
			styles := *now
			styles.Focused.Base, styles.Blurred.Base = lipgloss.NewStyle(), lipgloss.NewStyle()
			from, plain = now, &styles
		}
		return plain
	})
}

// at is the place of the focused field.
func (f *form) at() int {
	focused := f.huh.GetFocusedField()
	return max(slices.IndexFunc(f.fields, func(one field) bool { return one == focused }), 0)
}

func (f *form) focused() field { return f.fields[f.at()] }

// given are the answers as they stand. A confirmation that was not typed in full is none.
func (f *form) given() wizard.Answers {
	given := wizard.Answers{}
	for i, q := range f.asked {
		given[q.Key] = f.fields[i].value()
	}
	return given
}

// edited reports whether anything was answered otherwise than it was filled in.
func (f *form) edited() bool { return !reflect.DeepEqual(f.opened, f.given()) }

// goTo gives the focus to the field of a question.
func (f *form) goTo(which wizard.Key) {
	to := slices.IndexFunc(f.asked, func(q wizard.Question) bool { return q.Key == which })
	for range f.fields {
		switch at := f.at(); {
		case to < 0 || at == to:
			return
		case at > to:
			f.settle(f.huh.PrevField())
		default:
			f.settle(f.huh.NextField())
		}
	}
}

// focus gives the focus to the form, or takes it away; which of its fields has it stays.
func (f *form) focus(on bool) {
	if on {
		f.settle(f.focused().Focus())
	} else {
		f.settle(f.focused().Blur())
	}
	f.away = !on
}

// restore brings back what stood in the focused field, and looks again at an error that is shown.
func (f *form) restore() {
	l, ok := f.focused().(*line)
	if !ok || !l.restores() {
		return
	}
	l.restore()
	if at := f.at(); f.errs[at] != nil {
		f.check(at)
	}
}

// key hands a key to the focused field and reports whether the form is complete.
func (f *form) key(msg tea.KeyPressMsg) (complete bool) {
	at := f.at()
	last := at == len(f.fields)-1
	if choice, ok := f.focused().(*one); ok && choice.digit(msg.String()) {
		msg = tea.KeyPressMsg{Code: tea.KeyEnter}
	}
	switch msg.String() {
	case "enter":
		if !f.check(at) || last && !f.checkAll() {
			return false
		}
	case "tab":
		if !f.check(at) || last {
			return false
		}
	}
	f.pass(msg)
	return f.huh.State == huh.StateCompleted
}

// pass gives the form a message, and looks again at an error that is shown: it goes as soon as it is mended.
func (f *form) pass(msg tea.Msg) {
	at := f.at()
	_, cmd := f.huh.Update(msg)
	f.settle(cmd)
	if at < len(f.errs) && f.errs[at] != nil {
		f.check(at)
	}
}

// settle runs a command of the form and hands it what comes of it. See the package doc.
func (f *form) settle(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	switch msg := cmd().(type) {
	case nil:
	case tea.BatchMsg:
		for _, one := range msg {
			f.settle(one)
		}
	default:
		_, next := f.huh.Update(msg)
		f.settle(next)
	}
}

// check judges the answer of one field.
func (f *form) check(i int) bool {
	if i >= len(f.asked) {
		return true
	}
	f.errs[i] = wrong(f.asked[i], f.fields[i].value())
	return f.errs[i] == nil
}

// checkAll judges every answer: the form cannot be completed with a wrong one, by whatever way it was left.
func (f *form) checkAll() bool {
	ok := true
	for i := range f.asked {
		ok = f.check(i) && ok
	}
	return ok && f.together()
}

// together judges the answers as a whole, and goes to the field that it names.
func (f *form) together() bool {
	if f.whole == nil {
		return true
	}
	key, err := f.whole(f.given())
	i := slices.IndexFunc(f.asked, func(q wizard.Question) bool { return q.Key == key })
	if err == nil || i < 0 {
		return err == nil
	}
	f.goTo(key)
	f.errs[i] = err
	return false
}

var errNothingOpen = errors.New("none of the options is available here; go back and change what they depend on")

// errUndecided is what enter gets where nothing is chosen beforehand: the question is one that no default may decide.
var errUndecided = errors.New("choose one: only you can decide this")

// wrong says what is wrong with an answer, or nothing.
func wrong(q wizard.Question, value wizard.Value) error {
	switch q.Kind {
	case wizard.One:
		switch {
		case len((options{shown: q.Options}).open()) == 0:
			return errNothingOpen
		case value == "":
			return errUndecided
		}
	case wizard.Retype:
		if value != q.Want {
			return fmt.Errorf("type %s exactly", q.Want)
		}
	case wizard.Many, wizard.Line, wizard.Hidden, wizard.Prose, wizard.YesNo, wizard.PathTo:
	}
	if q.Check == nil {
		return nil
	}
	return q.Check(value)
}

// drawn is a drawn form.
type drawn struct {
	lines  []string
	hot    span          // the lines in which one answers
	whole  span          // the question with all that belongs to it
	cursor *tea.Position // of the terminal's cursor in lines; nil: none
	title  []string      // of the question, which is in lines too; nil: of a button
	wrong  []string      // what is wrong with the answer, at the end of whole
}

// draw draws all questions below each other, the focused one behind a bar.
func (f *form) draw(c canvas) drawn {
	var out drawn
	focused := f.at()
	for i, one := range f.fields {
		if i > 0 && !c.tight {
			out.lines = append(out.lines, "")
		}
		top := len(out.lines)
		lines, hot, cursor := f.question(i, c.narrow(2), one)
		out.lines = append(out.lines, f.bar(c, lines, i == focused && !f.away)...)
		if i == focused {
			out.hot, out.whole = hot.shift(top), span{top, len(out.lines)}
			out.title, out.wrong = f.edges(c, i, out.lines[top:])
			if cursor != nil && !f.away {
				out.cursor = &tea.Position{X: cursor.X + 2, Y: cursor.Y + top}
			}
		}
	}
	return out
}

// mostEdge is how many lines of a long title, and of a long error, stay in sight while the question scrolls.
const mostEdge = 3

// edges are the title of a drawn question and, at its end, what is wrong with the answer.
func (f *form) edges(c canvas, i int, lines []string) (title, wrong []string) {
	if i >= len(f.shown) {
		return nil, nil
	}
	title = lines[:min(len(paragraph(c.th.Title, f.shown[i].Title, c.width-2)), mostEdge)]
	if f.errs[i] != nil {
		wrong = lines[len(lines)-len(f.complaint(c.narrow(2), i)):]
	}
	return title, wrong
}

// complaint says what is wrong with an answer.
func (f *form) complaint(c canvas, i int) []string {
	return hang(c.th.Bad.Render(theme.Failed.Mark()+" "), paragraph(c.th.Bad, safe.Block(f.errs[i].Error()), c.width-2))
}

// question draws one field under its title and help, and above its error.
func (f *form) question(i int, c canvas, one field) (lines []string, hot span, cursor *tea.Position) {
	var below []string
	if i < len(f.shown) {
		lines = f.heading(f.shown[i], c)
		if f.errs[i] != nil {
			below = f.complaint(c, i)
		}
	}
	top := len(lines)
	drawn, hot, cursor := one.draw(c)
	if cursor != nil {
		cursor.Y += top
	}
	lines = slices.Concat(lines, drawn, below)
	hot = span{hot.from + top, hot.to + top}
	if len(below) > 0 {
		hot.to = len(lines)
	}
	return lines, hot, cursor
}

func (f *form) heading(q wizard.Question, c canvas) []string {
	lines := append(paragraph(c.th.Title, q.Title, c.width), paragraph(c.th.Muted, q.Help, c.width)...)
	if c.details && q.Source != "" {
		lines = append(lines, paragraph(c.th.Muted, "Documented: "+q.Source, c.width)...)
	}
	if q.Kind == wizard.Retype {
		lines = append(lines, hang(c.th.Muted.Render("Type: "), paragraph(c.th.Accent, q.Want, c.width-6))...)
	}
	return lines
}

// bar marks the focused question at its left.
func (f *form) bar(c canvas, lines []string, focused bool) []string {
	styles := c.th.Huh().Theme(c.th.Dark())
	edge := "  "
	if focused {
		edge = lipgloss.NewStyle().Foreground(styles.Focused.Base.GetBorderLeftForeground()).Render("┃") + " "
	}
	marked := make([]string, len(lines))
	for i, line := range lines {
		marked[i] = edge + line
	}
	return marked
}

// help lists the keys that do something in the focused field.
func (f *form) help() []key.Binding { return f.focused().help() }
