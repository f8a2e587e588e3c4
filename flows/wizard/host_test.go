package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// world is an embedded tenant with the host that effects use, all in memory.
type world struct {
	t      *testing.T
	tenant *emulator.Tenant
	saved  map[string][]byte
	runs   runs
}

func newWorld(t *testing.T, name string) *world {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	return worldOf(t, file)
}

func worldOf(t *testing.T, file []byte) *world {
	t.Helper()
	embedded, err := emulator.New(emulator.Options{File: file, BuildTime: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	return &world{t: t, tenant: embedded, saved: map[string][]byte{}}
}

func (w *world) known(mode wizard.Mode) wizard.Known {
	return wizard.Known{Mode: mode, Tenant: w.tenant.Identity()}
}

func (w *world) host() wizard.Host {
	return wizard.Host{
		Read: func(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, error) {
			return tenant.Read(ctx, w.tenant.Identity(), w.tenant.Port(tenant.Permit{}), progress)
		},
		Open: w.open, Resume: w.resume, Back: w.back, GoBack: w.goBack,
		ReadFile: os.ReadFile,
		Save: func(name string, data []byte) (string, error) {
			w.saved[name] = data
			return "/saved/" + name, nil
		},
		Handset: func(context.Context) ([]wizard.Message, error) {
			var all []wizard.Message
			for _, m := range w.tenant.Handset() {
				all = append(all, wizard.Message{To: m.To, From: m.From, Channel: m.Channel, Text: m.Text, Via: m.Via})
			}
			return all, nil
		},
		SignIn: func(ctx context.Context, m plan.Move) error {
			if result := w.tenant.Deliver(ctx, w.delivery(m)); !result.Delivered {
				return errors.New(result.Error)
			}
			return nil
		},
		Report: func(p plan.Plan, _ run.State) (string, error) {
			if p.Reverts != "" {
				return w.runs.last + "/report.md", nil
			}
			return "/runs/1/report.md", nil
		},
	}
}

func (w *world) delivery(m plan.Move) emulator.Delivery {
	d := emulator.Delivery{Flow: "mfa", Message: "verify", Channel: "sms", To: "+15005550123"}
	if m.ID != plan.MoveMFA && !slices.Contains(m.Users, "MFA by SMS") {
		d.Flow, d.Connection = "passwordless", m.Name
	}
	if len(m.Channels) > 0 && !slices.Contains(m.Channels, "text") {
		d.Channel = "voice"
	}
	return d
}

// memoryRun is a run whose journal is memory.
type memoryRun struct {
	plan   plan.Plan
	runner *run.Runner
	folder string
}

func (r *memoryRun) Folder() string { return r.folder }

func (r *memoryRun) Run(ctx context.Context, until run.Until, progress func(run.State)) (run.State, error) {
	return r.runner.Run(ctx, r.plan, until, progress)
}

func (r *memoryRun) Send(ctx context.Context, channel, to string) (run.State, error) {
	return r.runner.Send(ctx, r.plan, channel, to)
}

func (r *memoryRun) Answer(_ context.Context, channel string, arrived bool, by string) (run.State, error) {
	return r.runner.Answer(r.plan, channel, arrived, by)
}

func (r *memoryRun) Override(_ context.Context, move, reason, by string) (run.State, error) {
	return r.runner.Override(r.plan, move, reason, by)
}

func (r *memoryRun) WithoutUndo(_ context.Context, move, reason, by string) (run.State, error) {
	return r.runner.WithoutUndo(r.plan, move, reason, by)
}

func (r *memoryRun) Confirm(ctx context.Context, move, by string, untried ...string) (run.State, error) {
	return r.runner.Confirm(ctx, r.plan, move, by, untried...)
}

func (r *memoryRun) Logs(ctx context.Context, move string) (run.State, error) {
	return r.runner.Logs(ctx, r.plan, move)
}

func (r *memoryRun) ByHand(ctx context.Context, step, by string) (run.State, error) {
	return r.runner.ByHand(ctx, r.plan, step, by)
}

// person goes through a conversation: each page with its defaults, but for the answers given here.
type person struct {
	*testing.T

	session *wizard.Session
	host    wizard.Host
	says    wizard.Answers
	pages   []string               // the ids of the pages passed
	asked   map[string]wizard.Kind // the last question of each
	failed  error                  // why the effect that was cut off did not succeed
}

// pass answers the current page and carries out its effect, as a front end does.
func (p *person) pass() error {
	page := p.session.Page()
	given := wizard.Answers{}
	for _, q := range page.Questions {
		value := p.answer(q)
		if q.Kind == wizard.One && value == nil {
			return fmt.Errorf("page %s, %s: %w", page.ID, q.Key, errNothingChosen)
		}
		if q.Check != nil {
			if err := q.Check(value); err != nil {
				return fmt.Errorf("page %s, %s: %w", page.ID, q.Key, err)
			}
		}
		given[q.Key] = value
	}
	if page.Together != nil {
		if key, err := page.Together(given); err != nil {
			return fmt.Errorf("page %s, %s: %w", page.ID, key, err)
		}
	}
	p.session.Draft(given)
	if page.Effect != nil {
		answers := p.session.Answers()
		for key, value := range given {
			answers[key] = value
		}
		if err := page.Effect.Do(p.Context(), p.host, answers, p.session.Update); err != nil {
			return fmt.Errorf("page %s: %w", page.ID, err)
		}
	}
	p.session.Pass(given)
	p.pages = append(p.pages, page.ID)
	if n := len(page.Questions); n > 0 {
		p.lastAsked(page.ID, page.Questions[n-1].Kind)
	}
	return nil
}

func (p *person) lastAsked(page string, kind wizard.Kind) {
	if p.asked == nil {
		p.asked = map[string]wizard.Kind{}
	}
	p.asked[page] = kind
}

// errNothingChosen is what a front end says where a question has no default and the person chose nothing.
var errNothingChosen = errors.New("nothing is chosen")

// answer is what this person says: what the test is about, then what nearly everybody would. They accept what they are asked to, and
// move what can move.
func (p *person) answer(q wizard.Question) wizard.Value {
	value, said := p.says[q.Key]
	switch {
	case said:
		return value
	case q.Kind == wizard.Retype:
		return q.Want
	case q.Kind == wizard.YesNo:
		return true
	case q.Adds:
		all := []string{}
		for _, o := range q.Options {
			all = append(all, o.Value)
		}
		return all
	case strings.HasPrefix(string(q.Key), "scope.connections."):
		return "move"
	case strings.HasPrefix(string(q.Key), "login."):
		return "yes"
	case q.Key == "after.next":
		return "now"
	}
	return p.session.Default(q)
}

// until goes on until a page of this id is shown, or the conversation ends.
func (p *person) until(id string) wizard.Page {
	p.Helper()
	for range 60 {
		page := p.session.Page()
		if page.ID == id || page.Final {
			return page
		}
		if err := p.pass(); err != nil {
			p.Fatal(err)
		}
	}
	p.Fatalf("the conversation does not end: %v", p.pages)
	return wizard.Page{}
}
