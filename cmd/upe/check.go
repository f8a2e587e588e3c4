package main

import (
	"context"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/judge"
	"upe/flows/report"
	"upe/flows/tenant"
	"upe/ui/safe"
)

type checkOptions struct {
	app      *app
	detailed bool
}

func (a *app) newCheck() *cobra.Command {
	o := &checkOptions{app: a}
	c := command("check", "Say what the tenant does now, and whether it can move",
		`check reads the tenant and says by which way each code travels now, through
whom, what was found, and whether a migration may go on. It sends nothing but
reads.

The verdict is one of blocked, needs-decision, half-migrated, migrated,
eligible. A blocked tenant ends with exit code 6, a token without the scopes
with 4; every other verdict, needs-decision among them, is an answer and ends
with 0.

With --demo --scenario all it judges every embedded tenant and prints a table;
whatever the verdicts are, that ends with 0.`,
		`  upe check
  upe check --json
  upe check --demo --scenario passwordless-twilio
  upe check --demo --scenario all`,
		func(ctx context.Context, _ []string) error { return o.run(ctx) })
	c.Args = noArguments
	o.app.global.offline.flags(c)
	c.Flags().BoolVar(&o.detailed, "detailed-exitcode", false, "exit with 2 when something can still be moved")
	return c
}

func (o *checkOptions) run(ctx context.Context) error {
	if o.app.global.answers != "" {
		o.app.warn("check says what the tenant does now, so the file given by --answers is not read; upe plan shows what it comes to")
	}
	if o.app.global.scenario == allScenarios {
		return o.runAll(ctx)
	}
	s, err := o.app.fromBundle(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	_, judged, err := s.read(ctx, o.app.reading())
	if err != nil {
		return err
	}
	if err := o.app.answer(checkDocument(judged), func() string { return report.Check(safe.Lines(judged)) }); err != nil {
		return err
	}
	if judged.Verdict == judge.Blocked {
		return blocked(judged)
	}
	if o.detailed && movable(judged) {
		return pending{}
	}
	return nil
}

// movable reports whether a code still travels by its flow's own settings, or may do so.
func movable(j judge.Judgement) bool {
	return slices.ContainsFunc(j.Routes, func(r judge.Route) bool { return r.Via != judge.Tenant })
}

// blocked says why nothing may go on: missing scopes before anything else, since they may hide the rest.
func blocked(j judge.Judgement) error {
	p := &problem{
		exit: exitRefused, code: "blocked", failed: "this tenant cannot move now",
		why: "something has to be put right first", do: "put right what is named, then check again",
	}
	if f, ok := j.Finding("scope-missing"); ok {
		return unscoped(f, j.Lacks)
	}
	if f, ok := j.Finding("options-not-readable"); ok && f.Severity == judge.Blocker {
		return unscoped(f, []string{"read:connections_options"})
	}
	for _, f := range j.Findings {
		if f.Severity == judge.Blocker {
			p.details = append(p.details, detail{f.ID, f.Title + ". " + f.Remedy})
		}
	}
	return p
}

// unscoped is a finding about scopes that cannot be done without.
func unscoped(f judge.Finding, scopes []string) error {
	p := &problem{
		exit: exitCredentials, code: string(tenant.ClassScope), failed: "the access token lacks scopes", why: f.Title + " (" + f.ID + ")", do: strings.TrimSuffix(f.Remedy, "."),
	}
	for _, scope := range scopes {
		p.details = append(p.details, detail{Name: scope})
	}
	return p
}

// checkResult is the JSON form of a check.
type checkResult struct {
	Schema             string            `json:"schema"`
	Domain             string            `json:"domain"`
	Verdict            judge.Verdict     `json:"verdict"`
	State              judge.State       `json:"state"`
	Unified            *bool             `json:"unified"` // null: absent from the tenant's settings
	MFA                checkMFA          `json:"mfa"`
	Passwordless       []checkConnection `json:"passwordless"`
	PhoneIdentifier    bool              `json:"phone_identifier"`
	PhoneIdentifierFor []string          `json:"phone_identifier_connections"`
	TenantProvider     *checkProvider    `json:"tenant_provider"`
	Routes             []judge.Route     `json:"routes"` // where a code sent now would go
	Findings           []judge.Finding   `json:"findings"`

	Support []judge.SupportText `json:"support"` // texts that are ready to be sent to Auth0 Support
}

type checkMFA struct {
	Enabled      bool        `json:"enabled"`
	MessageTypes []string    `json:"message_types"`
	Provider     string      `json:"provider"` // the legacy one; empty when it cannot be read
	Route        judge.Via   `json:"route"`
	Basis        judge.Basis `json:"basis"`
	Why          string      `json:"why"`
}

type checkConnection struct {
	Connection string      `json:"connection"`
	ID         string      `json:"id"`
	Provider   string      `json:"provider"`
	Clients    []string    `json:"clients"`
	Route      judge.Via   `json:"route"`
	Basis      judge.Basis `json:"basis"`
	Why        string      `json:"why"`
}

type checkProvider struct {
	tenant.Provider
	Live bool     `json:"live"` // messages may travel through it already
	Why  []string `json:"why"`
}

func checkDocument(j judge.Judgement) checkResult {
	result := checkResult{
		Schema: "upe.check/1", Domain: j.Tenant.Domain, Verdict: j.Verdict, State: j.State, Unified: j.Unified,
		MFA: checkMFA{
			Enabled: j.MFA.Enabled, MessageTypes: orEmpty(j.MFA.MessageTypes), Provider: j.MFA.Provider,
			Route: j.MFA.Via, Basis: j.MFA.Basis, Why: j.MFA.Why,
		},
		Passwordless:    []checkConnection{},
		PhoneIdentifier: len(j.PhoneID) > 0, PhoneIdentifierFor: orEmpty(j.PhoneID),
		Routes: orEmpty(j.Routes), Findings: orEmpty(j.Findings), Support: orEmpty(report.Support(j)),
	}
	for _, c := range j.SMS {
		result.Passwordless = append(result.Passwordless, checkConnection{
			Connection: c.Name, ID: c.ID, Provider: c.Provider, Clients: orEmpty(c.Clients), Route: c.Via, Basis: c.Basis, Why: c.Why,
		})
	}
	if j.Provider != nil {
		result.TenantProvider = &checkProvider{*j.Provider, j.Live.Live, orEmpty(j.Live.Why)}
	}
	return result
}

// orEmpty makes a list that JSON writes as [] when there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

func join(list []string) string { return strings.Join(list, ", ") }
