package screens

import (
	"context"
	"sync"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/words"
)

// A task is one run of an effect. What it reports comes back as messages that carry the task itself, so that news of a task
// that is no longer the current one can be told apart.
type task struct {
	effect *wizard.Effect
	given  wizard.Answers
	saving bool // started by a key of its own, to save: the page stays

	rehearsing bool // so is this one
	editing    bool // so is this one, with a text from an editor

	ctx     context.Context
	cancel  context.CancelFunc
	news    chan report
	gone    chan struct{} // closed when nobody listens any more
	leave   sync.Once
	started time.Time
	frame   int // of the spinner
}

// report is one piece of news: something became known, or the effect has ended.
type report struct {
	change func(wizard.Known) wizard.Known
	ended  bool
	err    error
}

// reported brings all news there were at once: a fast effect must not queue up behind the screen.
type reported struct {
	task *task
	news []report
}

// tick moves the spinner.
type tick struct{ task *task }

// Sizes of a task.
const (
	newsAtOnce = 64
	tickEvery  = 120 * time.Millisecond
)

func (r *Root) newTask(effect *wizard.Effect, saving bool) *task {
	ctx, cancel := context.WithCancel(r.opts.Context)
	return &task{
		effect: effect, given: r.form.given(), saving: saving, ctx: ctx, cancel: cancel, started: r.opts.Now(),
		news: make(chan report, newsAtOnce), gone: make(chan struct{}),
	}
}

// start runs an effect.
func (r *Root) start(effect *wizard.Effect, saving bool) tea.Cmd {
	if r.task != nil {
		r.task.abandon()
	}
	t := r.newTask(effect.For(r.form.given()), saving)
	r.task, r.mood, r.failure, r.notice, r.follow = t, running, nil, "", true
	cmds := []tea.Cmd{t.run(r.opts.Host), t.listen(), r.pollHandset()}
	if !r.opts.ReducedMotion {
		cmds = append(cmds, t.tick())
	}
	return tea.Batch(cmds...)
}

// run carries the effect out. It is a command, so it runs on a goroutine of its own.
func (t *task) run(host wizard.Host) tea.Cmd {
	return func() tea.Msg {
		defer t.cancel()
		t.tell(report{ended: true, err: t.do(host)})
		return nil
	}
}

func (t *task) do(host wizard.Host) error {
	return t.effect.Run(t.ctx, host, t.given, func(change func(wizard.Known) wizard.Known) { t.tell(report{change: change}) })
}

func (t *task) tell(news report) {
	select {
	case t.news <- news:
	case <-t.gone:
	}
}

// listen waits for news and takes all there are.
func (t *task) listen() tea.Cmd {
	return func() tea.Msg {
		select {
		case first := <-t.news:
			return reported{t, t.more(first)}
		case <-t.gone:
			return nil
		}
	}
}

func (t *task) more(first report) []report {
	news := []report{first}
	for len(news) < newsAtOnce {
		select {
		case next := <-t.news:
			news = append(news, next)
		default:
			return news
		}
	}
	return news
}

func (t *task) tick() tea.Cmd { return tea.Tick(tickEvery, func(time.Time) tea.Msg { return tick{t} }) }

// abandon stops the effect and listening to it.
func (t *task) abandon() {
	t.cancel()
	t.leave.Do(func() { close(t.gone) })
}

// heard takes news of an effect. News of an effect that is not the current one are dropped.
func (r *Root) heard(msg reported) tea.Cmd {
	if msg.task != r.task || !r.works() {
		return nil
	}
	var changes []func(wizard.Known) wizard.Known
	for _, news := range msg.news {
		if news.change != nil {
			changes = append(changes, news.change)
		}
	}
	r.changed(changes...)
	r.step, r.follow = firstOpen(r.page.Blocks), true
	if last := msg.news[len(msg.news)-1]; last.ended {
		return r.over(last.err)
	}
	return msg.task.listen()
}

// over ends the current effect.
func (r *Root) over(err error) tea.Cmd {
	r.task.abandon() // what it still reports comes too late
	r.handset.until = r.opts.Now().Add(handsetLinger)
	switch {
	case err != nil:
		r.mood, r.failure, r.follow = failed, err, true
	case r.task.editing:
		r.taken()
	case r.task.saving:
		r.mood, r.notice = asking, r.saved()
		if r.task.rehearsing { // what came of it stands at the top
			r.scroll, r.fresh = 0, true
		}
	default:
		achieved, last := r.result(), r.page
		if r.pass(); last.Final && r.page.ID == last.ID { // it led nowhere else
			return r.end()
		}
		r.achieved = achieved
	}
	// Whatever appears now appears by itself.
	return tea.Batch(r.pollHandset(), r.guard())
}

func (r *Root) saved() string {
	if r.task.rehearsing {
		return r.rehearsed()
	}
	if n := len(r.known.Saved); n > 0 {
		return words.Saved(oneLine(r.known.Saved[n-1]))
	}
	return "Saved."
}

// stop asks the effect to end at a safe point. Asked again, it offers to leave without waiting.
func (r *Root) stop() {
	if r.mood == stopping {
		r.overlay = leaving
		return
	}
	r.mood = stopping
	r.task.cancel()
}

func (r *Root) ticked(msg tick) tea.Cmd {
	if msg.task != r.task || !r.works() {
		return nil
	}
	msg.task.frame++
	return msg.task.tick()
}
