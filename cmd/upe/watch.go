package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"upe/flows/logs"
	"upe/flows/report"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type watchOptions struct {
	app   *app
	once  bool
	long  time.Duration
	every time.Duration
}

func (a *app) newWatch() *cobra.Command {
	o := &watchOptions{app: a}
	c := command("watch RUN", "Follow the tenant logs after a flow was switched on",
		`watch reads the tenant logs and compares logins: of the codes that were asked
for before a flow was switched on, how many led to a login, and of those since.
It sends nothing else, and keeps nothing.

  MFA           second factor started (gd_start_auth) and succeeded
                (gd_auth_succeed)
  Passwordless  code sent (cs, cls) and login with that connection (s)
  both          what could not be sent: fn, gd_send_sms_failure,
                gd_send_voice_failure, limit_phone, actions_execution_failed

  looks right   as many codes as before lead to a login; chance does not hide
                that a tenth of them is lost
  looks wrong   fewer do than chance explains, or more messages fail than chance
                explains; the command that goes back is printed
  inconclusive  everything else. Fewer than 20 codes on either side are never
                enough; little traffic is never fine.

Before is as long as after, and at least an hour. At most 500 logs of each side
and flow are read, the nearest to the switch and the newest; the last two
minutes are left out, since logs come late and codes take a while to be entered.
Auth0 keeps logs for 1 day (Starter), 5 (Essentials), 10 (Professional) or 30
(Enterprise). The scope is read:logs.

Each look is a line, the last one is told in full. It ends when something looks
wrong, when --for has passed, or with ctrl+c. Exit code: 0 looks right, 3
inconclusive, 6 looks wrong, 4 when the token may not read the logs. With --json
each look is a document in one line; with --once it is the only one.`,
		`  upe watch 2026-11-20t093000-hgpqkdtb
  upe watch 2026-11-20t093000-hgpqkdtb --for 2h --every 1m
  upe watch 2026-11-20t093000-hgpqkdtb --once --json`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args[0]) })
	c.Args = oneArgument("RUN")
	c.Flags().BoolVar(&o.once, "once", false, "look once, and end")
	c.Flags().DurationVar(&o.long, "for", 30*time.Minute, "how long to follow")
	c.Flags().DurationVar(&o.every, "every", 30*time.Second, "how long to wait between two looks, at least 10s")
	return reporting(c)
}

// How a real tenant is read: an emulated one has written its logs when it answers, and counts no requests.
const (
	leastEvery = 10 * time.Second
	logLag     = 2 * time.Minute
)

func (o *watchOptions) run(ctx context.Context, name string) error {
	if o.every <= 0 || o.long < 0 {
		return usage("--every and --for are lengths of time, such as 30s and 2h", "give others, or leave them out")
	}
	f, err := o.app.findRun(name)
	if err != nil {
		return err
	}
	courses, err := o.app.courses(f)
	if err != nil {
		return err
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	if err := s.same(f.plan.Tenant); err != nil {
		return err
	}
	if !s.local {
		o.every = max(o.every, leastEvery)
	}
	last, err := o.follow(ctx, f, s.watcher(courses))
	if last == nil {
		return err
	}
	if err := errors.Join(o.summary(f, *last), err); err != nil {
		return err
	}
	return o.exit(f, *last)
}

// courses are the flows that the run has switched on, and nobody has taken back.
func (a *app) courses(f *folder) ([]logs.Course, error) {
	back, err := f.back()
	if err != nil {
		return nil, err
	}
	p := &problem{
		exit: exitDecision, code: "nothing-switched", failed: "there is nothing to watch", why: "no flow of this run is switched on yet",
		do: "upe status " + a.runName(f) + " says what comes next",
	}
	if !back.over() {
		p.why = "this run was taken back, or is about to be"
		return nil, p
	}
	if _, _, err := f.state(); err != nil {
		return nil, err
	}
	raw, err := journal{f.journalPath()}.Read()
	if err != nil {
		return nil, err
	}
	courses, err := run.Watched(f.plan, raw)
	if err == nil && len(courses) == 0 {
		err = p
	}
	return courses, err
}

// watcher looks at the logins of these flows.
func (s *session) watcher(courses []logs.Course) *logs.Watcher {
	w := &logs.Watcher{API: s.client, Courses: courses}
	if !s.local {
		w.Lag = logLag
	}
	return w
}

// watches reports whether the wizard offers to look at logins: there is nobody in a demo who could log in, and nothing is switched on
// without writing.
func (s *session) watches() bool { return s.demo == nil && !s.reads }

// follow looks until something looks wrong, the time has passed, or somebody interrupts. It returns the last look that succeeded, or
// nil, and why it stopped early, or why no look did.
func (o *watchOptions) follow(ctx context.Context, f *folder, w *logs.Watcher) (*logs.Look, error) {
	var last *logs.Look
	for end := o.app.now().Add(o.long); ; {
		look, err := w.Look(ctx, o.app.now())
		switch {
		case ctx.Err() != nil:
			return last, ctx.Err()
		case err != nil && (o.once || !passing(err)):
			return last, err
		case err != nil:
			o.passedOver(err)
		default:
			last = &look
			if told := o.tell(f, look); told != nil || look.Outlook == logs.LooksWrong {
				return last, told
			}
		}
		if o.once || o.app.now().Add(o.every).After(end) {
			if last != nil {
				err = nil // a look that failed after it takes nothing back
			}
			return last, err
		}
		if rested := rest(ctx, o.every); rested != nil {
			return last, rested
		}
	}
}

// passedOver tells at once of a look that failed: a program may follow for hours.
func (o *watchOptions) passedOver(err error) {
	text := "this look failed, the next one follows: " + err.Error()
	if o.app.global.json {
		o.app.happened(progressLine{Event: lookFailed, Text: text})
		return
	}
	o.app.warn(text)
}

func rest(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// passing reports whether a look may succeed the next time.
func passing(err error) bool {
	var e *tenant.Error
	if !errors.As(err, &e) {
		return false
	}
	class := e.Class()
	return class == tenant.ClassRateLimit || class == tenant.ClassNetwork || class == tenant.ClassUnknown || class == tenant.ClassAuth0
}

// watchDocument is one look as JSON.
type watchDocument struct {
	Schema string `json:"schema"`
	Run    string `json:"run"`
	Domain string `json:"domain"`
	logs.Look
	Undo string `json:"undo,omitempty"` // the command that goes back, when something looks wrong
}

func (o *watchOptions) document(f *folder, l logs.Look) watchDocument {
	document := watchDocument{Schema: "upe.watch/1", Run: f.id(), Domain: f.plan.Tenant.Domain, Look: l}
	if l.Outlook == logs.LooksWrong {
		document.Undo = report.Undo(o.app.runName(f))
	}
	return document
}

// tell says one look among several. A single one is told in full at the end.
func (o *watchOptions) tell(f *folder, l logs.Look) error {
	switch {
	case o.once:
		return nil
	case !o.app.global.json:
		return o.app.say(safe.Line(report.Looked(l)) + "\n")
	}
	line, err := json.Marshal(o.document(f, l))
	if err != nil {
		return fmt.Errorf("encode the output: %w", err)
	}
	return writeDocument(o.app.out, append(line, '\n'))
}

// summary tells the last look in full. As JSON it was told already, unless it is the only one.
func (o *watchOptions) summary(f *folder, l logs.Look) error {
	if o.app.global.json {
		if o.once {
			return writeJSON(o.app.out, o.document(f, l))
		}
		return nil
	}
	words := report.Watched(safe.Lines(l), o.app.runName(f))
	if !o.once {
		words = "\n" + words
	}
	return o.app.say(words)
}

// exit is what the command ends with.
func (o *watchOptions) exit(f *folder, l logs.Look) error {
	p := &problem{}
	switch l.Outlook {
	case logs.LooksRight:
		return nil
	case logs.LooksWrong:
		*p = problem{exit: exitRefused, code: "looks-wrong", failed: "the logins look wrong since the switch", why: "they are other than chance explains, as named", do: report.Undo(o.app.runName(f))}
	case logs.Inconclusive:
		*p = problem{exit: exitDecision, code: "inconclusive", failed: "the logs do not tell yet whether the logins are as before", why: "there is too little in them, as named", do: "look again later, or log in yourself with a code"}
	}
	for _, flow := range l.Flows {
		if flow.Outlook == l.Outlook {
			p.details = append(p.details, detail{flow.Title, flow.Why})
		}
	}
	return p
}
