package main

import (
	"cmp"
	"context"
	"errors"
	"maps"
	"os"
	"strings"

	"upe/client/login"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/linear"
	"upe/ui/screens"
)

// connecting is the conversation before there is a tenant: it ends with a session. Its pages are drawn by the same front ends as those
// of the wizard. Its fields are changed on the front end's own goroutine only, by what effects report.
type connecting struct {
	app     *app
	stated  login.Credentials // what flags and environment say already: a domain, maybe
	logins  login.CLI
	waiting []waitingRun
	code    *login.DeviceCode // where to log in, while that is waited for
	session *session          // nil until a way has led to a tenant
}

// waitingRun is an unfinished run of some tenant.
type waitingRun struct{ id, domain, waitsFor string }

// notConnected is what the banner says until there is a tenant.
const notConnected = wizard.Mode("not connected")

// unconnected reports whether nothing says how to get to a tenant: then a person is asked.
func (a *app) unconnected() bool {
	if a.global.offline.file != "" || a.global.demo || a.global.deviceCode || a.global.cliLogin {
		return false
	}
	kept, _ := a.lookup(login.EnvCLILogin)
	c, err := a.stated()
	return err == nil && c.Way() == "" && !affirmed(kept)
}

// anySession is the tenant that flags and environment name, or the one that a person connects to here; nil when that person leaves.
func (a *app) anySession(ctx context.Context) (*session, error) {
	if !a.unconnected() {
		return a.fromBundle(ctx)
	}
	if err := a.global.consistent(); err != nil {
		return nil, err
	}
	c, err := a.newConnecting()
	if err != nil {
		return nil, err
	}
	err = c.hold(ctx)
	if err != nil && c.session != nil {
		c.session.close()
		c.session = nil
	}
	return c.session, err
}

func (a *app) newConnecting() (*connecting, error) {
	c := &connecting{app: a}
	var err error
	if c.stated, err = a.stated(); err != nil {
		return nil, err
	}
	c.logins, _ = a.cliLogins() // what cannot be read is not offered; upe doctor says why
	for _, f := range a.knownRuns() {
		if state, err := f.stands(); err == nil && !state.Finished {
			c.waiting = append([]waitingRun{{a.runName(f), f.plan.Tenant.Domain, state.WaitsFor}}, c.waiting...)
		}
	}
	return c, nil
}

// hold holds the conversation, full screen or line by line.
func (c *connecting) hold(ctx context.Context) error {
	a, talk := c.app, c.conversation()
	greeted := a.ways != nil
	defer func() { a.ways = talk.Kept() }()
	if a.lineByLine() {
		in, width := a.lineInput()
		err := linear.Run(ctx, linear.Options{Session: talk, In: in, Out: a.out, Now: a.now, Width: width, Leads: true, Greeted: greeted})
		if errors.Is(err, linear.ErrInputEnded) {
			return inputEnded(err)
		}
		return err
	}
	return a.show(ctx, c.screens(ctx, talk))
}

func (c *connecting) screens(ctx context.Context, talk *wizard.Session) *screens.Root {
	a := c.app
	return screens.New(screens.Options{
		Session: talk, Context: ctx, Now: a.now, Theme: a.theme(), ReducedMotion: a.global.reducedMotion,
	})
}

func (c *connecting) conversation() *wizard.Session {
	known := wizard.Known{Mode: notConnected, Tenant: tenant.Identity{Domain: "no tenant yet"}}
	filled := wizard.Answers{keyTenant: cmp.Or(c.stated.Domain, c.likely()), keyApp: c.stated.ClientID}
	maps.Copy(filled, c.app.ways)
	return wizard.NewSessionWith(c.next, known, filled)
}

// likely is the tenant whose run waits, the newest first.
func (c *connecting) likely() string {
	if len(c.waiting) == 0 {
		return ""
	}
	return c.waiting[0].domain
}

// lineInput are the lines somebody types, and how wide their terminal is; 0 where there is none. All conversations of one call share
// it: what was typed ahead belongs to the next one.
func (a *app) lineInput() (linear.Input, int) {
	if a.lines == nil {
		a.lines = linear.NewLines(a.in)
	}
	if a.people {
		return typed{a.lines, int(os.Stdin.Fd())}, min(a.columns(), narrowColumns)
	}
	return a.lines, 0
}

// inputEnded is a conversation whose input ended before it did.
func inputEnded(err error) *problem {
	return &problem{
		exit: exitDecision, code: "input-ended", failed: "the conversation did not come to its end", cause: err, why: err.Error(),
		do: "answer what is asked, one line each; an answers file for `upe plan --answers FILE` does without questions",
	}
}

// enterWith connects with credentials, as a command would.
func (c *connecting) enterWith(ctx context.Context, credentials login.Credentials, update func(func(wizard.Known) wizard.Known)) error {
	s, err := c.app.enter(ctx, c.app.newSession(), credentials)
	if err != nil {
		return err
	}
	c.connected(s, update)
	return nil
}

func (c *connecting) connected(s *session, update func(func(wizard.Known) wizard.Known)) {
	update(func(k wizard.Known) wizard.Known {
		c.session = s
		k.Tenant, k.Mode, k.Scopes = s.who, s.mode, s.scopes
		return k
	})
}

// byCLI takes the login of auth0-cli.
func (c *connecting) byCLI(ctx context.Context, _ wizard.Host, given wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
	found, err := c.app.byCLI(ctx, text(given, keyLogin))
	if err != nil {
		return err
	}
	return c.enterWith(ctx, found, update)
}

// byDevice shows an address and a code, and waits until somebody has logged in there.
func (c *connecting) byDevice(ctx context.Context, _ wizard.Host, given wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
	show := func(code *login.DeviceCode) {
		update(func(k wizard.Known) wizard.Known { c.code = code; return k })
	}
	asked := login.Credentials{Domain: text(given, keyTenant), ClientID: text(given, keyApp), Audience: c.stated.Audience}
	found, err := c.app.byDevice(ctx, asked, func(code login.DeviceCode) { show(&code) })
	show(nil)
	if err != nil {
		return err
	}
	return c.enterWith(ctx, found, update)
}

// bySecret takes what was typed.
func (c *connecting) bySecret(ctx context.Context, _ wizard.Host, given wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
	typed := login.Credentials{
		Domain: text(given, keyTenant), ClientID: text(given, keyApp), ClientSecret: hidden(given, keySecret),
		Token: hidden(given, keyToken), Audience: cmp.Or(text(given, keyAudience), c.stated.Audience),
	}
	return c.enterWith(ctx, typed, update)
}

// byDemo starts an embedded tenant.
func (c *connecting) byDemo(ctx context.Context, _ wizard.Host, _ wizard.Answers, update func(func(wizard.Known) wizard.Known)) error {
	one := *c.app
	one.global.demo, one.global.domain, one.global.clientID = true, "", ""
	s, err := one.connect(ctx)
	if err != nil {
		return err
	}
	update(func(k wizard.Known) wizard.Known { c.app.global.demo = true; return k })
	c.connected(s, update)
	return nil
}

// text is an answer of one line.
func text(given wizard.Answers, key wizard.Key) string {
	value, _ := given[key].(string)
	return strings.TrimSpace(value)
}

// hidden is an answer that nobody saw.
func hidden(given wizard.Answers, key wizard.Key) string {
	value, _ := given[key].(wizard.Secret)
	return strings.TrimSpace(value.Reveal())
}
