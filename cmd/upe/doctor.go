package main

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"upe/client/login"
	"upe/flows/tenant"
)

type doctorOptions struct {
	app *app

	groups []examGroup
	scopes []scopeGroup
	domain string
	exit   exitCode
}

// examGroup is a part of what was looked at.
type examGroup struct {
	Title string `json:"title"`
	Exams []exam `json:"checks"`
}

// exam is one thing that was looked at, what was seen, and what to do about it.
type exam struct {
	ID     string    `json:"id"` // stable
	Title  string    `json:"title"`
	Status condition `json:"status"`
	Result string    `json:"result"`
	Items  []string  `json:"items,omitempty"` // what Result counts, one by one
	Do     string    `json:"do,omitempty"`
}

// condition is how something is.
type condition string

// The conditions.
const (
	sound   condition = "ok"
	noted   condition = "note"    // nothing is wrong, and somebody may want to know
	warned  condition = "warning" // something may fail later
	broken  condition = "failed"
	skipped condition = "skipped" // something before it failed, or it does not apply
)

func (a *app) newDoctor() *cobra.Command {
	o := &doctorOptions{app: a}
	c := command("doctor", "Look whether everything upe needs is there",
		`doctor looks at the network (name, TLS, proxy), the clock, the access token and
its scopes, the rate limit, the tenant logs, where anything is stored, and the
terminal. Each line says what was looked at, what was seen and what to do.

It sends nothing but reads. Exit code 4: credentials or scopes are missing; 1:
something else failed; 0: what there is to say else is no failure. Scopes for
writing are no failure with --dry-run or --read-only.`,
		`  upe doctor
  upe doctor --domain acme.us.auth0.com --cli-login
  upe doctor --json --read-only`,
		func(ctx context.Context, _ []string) error { return o.run(ctx) })
	c.Args = noArguments
	return c
}

func (o *doctorOptions) run(ctx context.Context) error {
	if err := o.app.global.consistent(); err != nil {
		return err
	}
	o.tenant(ctx)
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	o.storage()
	o.terminal()
	document := doctorDocument{Schema: "upe.doctor/1", Domain: o.domain, Healthy: o.exit == exitOK, Groups: o.groups, Scopes: orEmpty(o.scopes)}
	if err := o.app.answer(document, document.text); err != nil {
		return err
	}
	return o.verdict()
}

// tenant looks at the way to the tenant, step by step: what depends on something that failed is skipped.
func (o *doctorOptions) tenant(ctx context.Context) {
	watch := &observer{now: o.app.now}
	o.app.wire = watch
	o.group("Credentials")
	if !o.app.global.demo {
		c, err := o.app.stated()
		if err == nil {
			err = o.found(c)
		}
		if err != nil {
			o.failed("credentials", "Credentials", err)
			return
		}
		o.network(ctx, c.Domain)
		if o.exit != exitOK {
			return
		}
		o.group("Token")
	}
	s, err := o.app.connect(ctx)
	if err != nil {
		o.failed("token", "Access token", err)
		return
	}
	defer s.close()
	o.domain = s.who.Domain
	o.token(s)
	o.permissions(s)
	o.group("Tenant")
	o.reads(ctx, s, watch)
}

// found says which credentials there are.
func (o *doctorOptions) found(c login.Credentials) error {
	kept, _ := o.app.lookup(login.EnvCLILogin)
	way, what := c.Way(), ""
	switch {
	case o.app.global.deviceCode:
		way = login.WayDevice
	case o.app.global.cliLogin, way == "" && affirmed(kept):
		way = login.WayCLI
	}
	if way == login.WaySecret || way == login.WayKey {
		if _, err := login.Source(c, o.app.loginOptions()); err != nil {
			return err // half of them, or a key that is none
		}
	}
	switch way {
	case login.WayToken:
		what = "a token in " + login.EnvToken
	case login.WaySecret:
		what = "client credentials with a secret, application " + c.ClientID
	case login.WayKey:
		what = "client credentials with a private key, application " + c.ClientID
	case login.WayCLI:
		what = "the login that auth0-cli keeps; it is only read"
	case login.WayDevice:
		what = "a login with a device code, application " + c.ClientID
	default:
		return o.none(c)
	}
	o.add(exam{ID: "credentials", Title: "Credentials", Status: sound, Result: what})
	return nil
}

// none is that there are no credentials, for nobody or for a tenant that was named.
func (o *doctorOptions) none(c login.Credentials) error {
	if c.Domain == "" {
		return noCredentials()
	}
	_, err := login.Source(c, o.app.loginOptions())
	return err
}

// group begins a part.
func (o *doctorOptions) group(title string) {
	o.groups = append(o.groups, examGroup{Title: title, Exams: []exam{}})
}

func (o *doctorOptions) add(e exam) {
	last := &o.groups[len(o.groups)-1]
	last.Exams = append(last.Exams, e)
	if e.Status == broken && o.exit == exitOK {
		o.exit = exitError
	}
}

// failed adds an error as what was seen. What it would have ended a command with decides how this one ends.
func (o *doctorOptions) failed(id, title string, err error) {
	p := explain(err)
	result := p.failed
	if p.why != "" {
		result += ": " + p.why
	}
	o.add(exam{ID: id, Title: title, Status: broken, Result: result, Do: p.do})
	if p.exit == exitCredentials {
		o.exit = exitCredentials
	}
}

// reads looks at the tenant as any command would, and at what its answers say beside their content.
func (o *doctorOptions) reads(ctx context.Context, s *session, watch *observer) {
	if _, err := s.client.Do(ctx, tenant.Call{Op: tenant.GetSettings}); err != nil {
		o.failed("read", "Reading", err)
	} else {
		o.add(exam{ID: "read", Title: "Reading", Status: sound, Result: "the tenant's settings can be read"})
	}
	o.logs(ctx, s)
	o.clock(watch)
	o.headroom(watch)
}

// verdict is the exit code, with what failed on standard error.
func (o *doctorOptions) verdict() error {
	if o.exit == exitOK {
		return nil
	}
	p := &problem{exit: o.exit, code: "doctor", why: "the lines marked failed say what was seen", do: "do what they say, then run upe doctor again"}
	for _, g := range o.groups {
		for _, e := range g.Exams {
			if e.Status == broken {
				p.details = append(p.details, detail{e.ID, strings.TrimSuffix(e.Result, ":")})
			}
		}
	}
	p.failed = counted(len(p.details), "check", "checks") + " failed"
	return p
}
