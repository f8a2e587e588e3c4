package main

import (
	"context"
	"fmt"
	"time"

	"upe/client"
	"upe/client/emulator"
	"upe/client/login"
	"upe/flows/bundle"
	"upe/flows/judge"
	"upe/flows/phone"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// session is a way to one tenant, with what this call of the program may do there.
type session struct {
	client  *client.Client
	who     tenant.Identity
	mode    wizard.Mode
	scopes  []string         // what the token says it may do; empty: it does not say
	expires time.Time        // of the token at hand; zero: it does not say
	log     requestLog       // of the run that is open
	reads   bool             // nothing but reads
	local   bool             // the tenant is an emulated one, on this machine
	demo    *emulator.Tenant // nil: a real tenant, or one behind a URL
	bundle  *bundle.Bundle   // what stands for the tenant; nil: the tenant itself
	close   func()
}

// connect makes the way to the tenant that flags and environment name, and asks whose it is. A demo starts an emulated tenant
// on this machine and talks to it as to any other: over HTTP, with a token.
func (a *app) connect(ctx context.Context) (*session, error) {
	if err := a.global.consistent(); err != nil {
		return nil, err
	}
	s := a.newSession()
	find := a.credentials
	if a.global.demo {
		find = func(ctx context.Context) (login.Credentials, error) { return a.startDemo(ctx, s) }
	}
	credentials, err := find(ctx)
	if err != nil {
		return nil, err
	}
	return a.enter(ctx, s, credentials)
}

func (a *app) newSession() *session {
	return &session{mode: wizard.Live, reads: a.global.reading(), close: func() {}}
}

// enter goes to the tenant of these credentials.
func (a *app) enter(ctx context.Context, s *session, credentials login.Credentials) (*session, error) {
	s.local = onThisMachine(credentials.Domain)
	switch {
	case s.reads:
		s.mode = wizard.DryRun
	case s.demo == nil && s.local:
		s.mode = wizard.Emulated
	}
	if err := a.reach(ctx, s, credentials); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

// onThisMachine reports whether a domain is a loopback address, where no real tenant is.
func onThisMachine(domain string) bool {
	origin, err := login.ParseDomain(domain)
	return err == nil && login.Loopback(origin.Hostname())
}

func (g globals) consistent() error {
	switch {
	case g.scenario != "" && !g.demo:
		return usage("--scenario names an embedded tenant, which needs --demo", "add --demo, or leave --scenario out")
	case g.domain != "" && g.demo:
		return usage("--demo and --domain name two different tenants", "leave one of them out")
	case g.cliLogin && g.deviceCode:
		return usage("--cli-login and --device-code are two ways to log in", "leave one of them out")
	case (g.cliLogin || g.deviceCode || g.clientID != "") && g.demo:
		return usage("an embedded tenant needs no login", "leave --demo out, or --cli-login, --device-code and --client-id")
	}
	return nil
}

// roomy is the rate limit of embedded tenants: nobody practises to learn how long one waits.
var roomy = emulator.RateLimit{Burst: 1000, PerSecond: 1000}

// startDemo serves an embedded tenant for as long as the session lives.
func (a *app) startDemo(ctx context.Context, s *session) (login.Credentials, error) {
	name := a.global.scenario
	switch name {
	case "":
		name = testdata.Tenants()[0]
	case allScenarios:
		return login.Credentials{}, oneScenario()
	}
	file, err := testdata.Tenant(name)
	if err != nil {
		return login.Credentials{}, usage(err.Error(), "choose one of them with --scenario")
	}
	t, err := emulator.New(emulator.Options{File: file, Now: a.now, RateLimit: roomy})
	if err != nil {
		return login.Credentials{}, err
	}
	// The tenant outlives the command's context: a run that is interrupted finishes the request in flight.
	serving, stop := context.WithCancel(context.WithoutCancel(ctx))
	server, err := t.Start(serving, "127.0.0.1:0")
	if err != nil {
		stop()
		return login.Credentials{}, fmt.Errorf("start the embedded tenant: %w", err)
	}
	s.demo, s.mode, s.close = t, wizard.Demo, stop
	return login.Credentials{Domain: server.URL, Token: t.Token()}, nil
}

// reach makes the client, and learns from the token which tenant it is for.
func (a *app) reach(ctx context.Context, s *session, credentials login.Credentials) error {
	agent := "upe/" + build().Version
	tokens, err := login.Source(credentials, a.loginOptions())
	if err != nil {
		return err
	}
	if s.client, err = client.New(client.Options{
		Domain: credentials.Domain, Tokens: tokens, Now: a.now, ReadOnly: s.reads, Mask: phone.MaskAll, UserAgent: agent, Log: s.log.add,
		Transport: a.wire,
	}); err != nil {
		return err
	}
	claims, err := s.client.Claims(ctx)
	s.who, s.scopes, s.expires = claims.Identity, claims.Scopes, claims.Expires
	if err != nil {
		return err
	}
	return ofDomain(credentials, s.who)
}

// read takes a snapshot, and says what it means.
func (s *session) read(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, judge.Judgement, error) {
	snapshot, err := s.snapshot(ctx, progress)
	if err != nil {
		return tenant.Snapshot{}, judge.Judgement{}, err
	}
	return snapshot, judge.Judge(snapshot), nil
}

// snapshot is the tenant as it is now, or as its bundle holds it.
func (s *session) snapshot(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, error) {
	if s.bundle != nil {
		return s.bundle.Snapshot, nil
	}
	return tenant.Read(ctx, s.who, s.client, progress)
}

// api is the client with leave for the writes of permit; in a dry run with leave for none.
func (s *session) api(permit tenant.Permit) tenant.API {
	if s.reads {
		return s.client
	}
	return s.client.Permitted(permit)
}

// mayWrite refuses, before anything is done, what a dry run could not finish.
func (s *session) mayWrite() error {
	if !s.reads {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "dry-run", failed: "nothing was written", why: "--dry-run and --read-only let nothing but reads through",
		do: "run the same command without them when you mean it",
	}
}

// same refuses a tenant that a plan was not made for. The token says which tenant it is, whatever the URL.
func (s *session) same(planned tenant.Identity) error {
	if planned == s.who {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "wrong-tenant", failed: "nothing was written: this is another tenant",
		why: fmt.Sprintf("the plan is for %s, the credentials are for %s", planned.Domain, s.who.Domain),
		do:  "use credentials of " + planned.Domain + ", or make a plan for " + s.who.Domain,
	}
}
