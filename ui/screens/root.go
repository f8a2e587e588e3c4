package screens

import (
	"context"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/safe"
	"upe/ui/theme"
)

// Options are what a full-screen front end needs.
type Options struct {
	Session *wizard.Session // the conversation; from now on it belongs to Root
	Host    wizard.Host     // what effects may use

	// Context ends effects when the program must end; nil is context.Background.
	Context context.Context
	// Now is the clock, time.Now outside of tests. Required.
	Now func() time.Time

	// Editor opens a text in the person's own editor, under a name that tells its language; nil: there is none. An error says why
	// there is none, and what to do.
	Editor func(name, text string) (Editor, error)

	Follows bool // another conversation led here: esc on the first page leads back there, see [Root.WentBack]

	ReducedMotion bool       // no spinner: nothing moves by itself
	Theme         theme.Mode // theme.Plain for no colours of our own
	Light         bool       // begin with the theme for a light background; the terminal's answer decides
}

// Root is the whole program as a tea.Model. It belongs to the goroutine of Bubble Tea's loop.
type Root struct {
	opts    Options
	session *wizard.Session
	th      *theme.Theme
	keys    theme.Keys

	width, height int

	page  wizard.Page // the session's, made safe
	form  *form
	known wizard.Known // the session's, made safe

	mood    mood
	task    *task   // the effect that runs or ran last; nil: none yet
	failure error   // why it failed, while mood is failed
	overlay overlay // what covers the page
	notice  string  // one sentence for the last key; gone with the next
	// achieved is what the effect of the page before did; gone with the next key.
	achieved string
	guarded  time.Time // no key counts as consent before this
	tooSoon  bool      // an enter came before, and was not taken

	details  bool // d: show what one need not know
	phone    bool // p: the handset of a demo
	onSteps  bool // the focus is on the steps, not in the form
	answered bool // a question was answered in this conversation
	step     int  // the selected step
	scroll   int  // how far the blocks are scrolled
	follow   bool // the selected line must come into sight with the next drawing
	fresh    bool // no key since the page opened: it is read from its top

	copied copied // what the last copy was
	older  int    // how many lines above its end a covering list is looked at

	handset handset
	frame   frame
	ended   bool
	gone    bool // back to the conversation before
}

// mood is what the page is doing.
type mood uint8

const (
	asking   mood = iota // it waits for answers
	running              // its effect runs
	stopping             // its effect was asked to stop
	failed               // its effect ended with an error
)

// overlay is what covers the page.
type overlay uint8

const (
	uncovered overlay = iota
	helping           // all keys
	leaving           // end the program although a run is not finished?
	copying           // the request of a step, as it was copied
	listing           // the requests that were sent
)

// New returns the front end, standing on the session's page.
func New(o Options) *Root {
	if o.Context == nil {
		o.Context = context.Background()
	}
	r := &Root{opts: o, session: o.Session, th: theme.New(!o.Light, o.Theme), keys: theme.NewKeys()}
	r.open()
	return r
}

// Init asks the terminal for its background, which decides between the light and the dark theme.
func (r *Root) Init() tea.Cmd {
	return tea.Batch(tea.RequestBackgroundColor, r.pollHandset(), r.guardWrites())
}

// Busy reports whether something goes on that a key must wait for: an effect, or the grace of a page that just appeared.
func (r *Root) Busy() bool { return r.works() || !r.guarded.IsZero() }

// works reports whether an effect is running.
func (r *Root) works() bool { return r.mood == running || r.mood == stopping }

// Failure is the error of the effect that failed last, while its page is shown; nil otherwise. It gives the exit code to
// a program that was left on such a page.
func (r *Root) Failure() error { return r.failure }

// Finished reports whether the conversation stands on its last page.
func (r *Root) Finished() bool { return r.page.Final }

// Stage is where the conversation stands.
func (r *Root) Stage() wizard.Stage { return r.page.Stage }

// WentBack reports whether the person went back from the first page to the conversation before.
func (r *Root) WentBack() bool { return r.gone }

// Update handles one message.
func (r *Root) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	known, cmd := r.update(msg)
	r.frame.stale = r.frame.stale || known
	return r, cmd
}

// update reports whether it knows the message: one that it does not changes nothing.
func (r *Root) update(msg tea.Msg) (known bool, cmd tea.Cmd) {
	switch msg := msg.(type) {
	case tea.WindowSizeMsg:
		r.width, r.height, r.follow = max(msg.Width, 0), max(msg.Height, 0), true
	case tea.BackgroundColorMsg:
		r.th.Adapt(msg.IsDark())
	case tea.KeyPressMsg:
		cmd = r.press(msg)
	case tea.PasteMsg:
		r.paste(msg)
	case reported:
		cmd = r.heard(msg)
	case tick:
		cmd = r.ticked(msg)
	case edited:
		cmd = r.heardEdit(msg)
	case handsetDue, handsetRead:
		cmd = r.handsetMessage(msg)
	case graceOver:
		cmd = r.endGrace()
	default:
		return false, nil
	}
	return true, cmd
}

// open begins the page on which the session stands.
func (r *Root) open() {
	r.refresh()
	r.form = newForm(r.session.Page(), r.page, r.session.Default, r.th, r.keys)
	r.mood, r.failure, r.notice, r.achieved, r.overlay = asking, nil, "", "", uncovered
	r.details, r.onSteps = false, false
	r.scroll, r.step, r.follow = 0, firstOpen(r.page.Blocks), true
	r.fresh = true
	r.guarded, r.tooSoon = time.Time{}, false
}

// refresh takes page and knowledge from the session through the door to the terminal.
func (r *Root) refresh() {
	r.page, r.known = safe.Clean(r.session.Page()), safe.Clean(shownOf(r.session.Known()))
}

// shownOf is the little of what is known that stands outside of pages. The rest is large and not drawn.
func shownOf(k wizard.Known) wizard.Known {
	return wizard.Known{
		Mode: k.Mode, Tenant: k.Tenant, Name: k.Name, Reading: k.Reading,
		Folder: k.Folder, Saved: k.Saved, Handset: k.Handset, Run: k.Standing(), Rehearsed: k.Rehearsed,
		Environment: k.Environment,
	}
}

// changed tells the session what became known. The session stays on its page, which may look different now.
func (r *Root) changed(changes ...func(wizard.Known) wizard.Known) {
	for _, change := range changes {
		r.session.Update(change)
	}
	r.refresh()
}

// writes reports whether going on from this page may change the tenant.
func (r *Root) writes() bool { return r.page.Effect != nil && r.page.Effect.Writes }

// keep stores what is being typed.
func (r *Root) keep() { r.session.Draft(r.form.given()) }

// back returns to the page before, or says why not.
func (r *Root) back() tea.Cmd {
	r.keep()
	if r.leadsBack() {
		r.gone = true
		return r.end()
	}
	if ok, why := r.session.CanBack(); !ok {
		r.notice = "No way back: " + safe.Line(why) + "."
		return nil
	}
	r.session.Back()
	r.open()
	return r.guardWrites()
}

// leadsBack reports whether the page before is one of the conversation before.
func (r *Root) leadsBack() bool { return r.opts.Follows && r.session.Fresh() }

// pass goes on to the next page.
func (r *Root) pass() tea.Cmd {
	r.answered = r.answered || len(r.page.Questions) > 0
	r.session.Pass(r.form.given())
	r.open()
	return r.guardWrites()
}

func (r *Root) guardWrites() tea.Cmd {
	if !r.writes() {
		return nil
	}
	return r.guard()
}

// end ends the program, and with it what still runs.
func (r *Root) end() tea.Cmd {
	r.ended = true
	if r.task != nil {
		r.task.abandon()
	}
	return tea.Quit
}
