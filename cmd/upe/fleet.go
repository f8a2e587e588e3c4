package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/spf13/cobra"

	"upe/client"
	"upe/client/login"
	"upe/flows/fleet"
	"upe/flows/phone"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/ui/safe"
)

func (a *app) newFleet() *cobra.Command {
	c := command("fleet", "Look at many tenants at once",
		`fleet check reads every tenant of a list, says of each what upe check says of
one, and groups those that need the same decisions. fleet status says where the
runs of all tenants stand. Neither writes anything to a tenant.`,
		`  upe fleet check tenants.yaml
  upe fleet check tenants.yaml --results results.ndjson --csv > fleet.csv
  upe fleet status`, nil)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return noArguments(cmd, args)
	}
	c.AddCommand(a.newFleetCheck(), a.newFleetStatus())
	return c
}

type fleetOptions struct {
	app     *app
	results string
	csv     bool
	anew    bool
	atOnce  int
}

// fleetAtOnce is how many tenants are read at the same time unless told otherwise: each sends some twenty requests.
const fleetAtOnce = 16

func (a *app) newFleetCheck() *cobra.Command {
	o := &fleetOptions{app: a}
	c := command("check TENANTS", "Say of every tenant of a list whether it can move",
		`check takes a list of tenants with where the credentials of each are:

  schema: upe.fleet/1
  tenants:
    - domain: acme.us.auth0.com
      token: {env: ACME_TOKEN}
    - domain: globex.eu.auth0.com
      name: Globex
      client_id: 6TfW…
      client_secret: {file: /run/secrets/globex}
    - domain: initech.us.auth0.com
      bundle: initech.bundle.json

Credentials are used for their own tenant only: a token of another tenant is
refused before anything is read with it. Each tenant keeps to its own rate
limit; one that fails stops no other, and the exit code is 1 then.

With --results each result is kept in a file as soon as there is one. The same
command goes on where it was interrupted, and tries failures again.

--demo checks the embedded tenants, without a list.`,
		`  upe fleet check tenants.yaml --results results.ndjson
  upe fleet check tenants.yaml --csv > fleet.csv
  upe fleet check --demo`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args) })
	c.Args = atMostOneArgument("TENANTS")
	f := c.Flags()
	f.StringVar(&o.results, "results", "", "keep results in this `FILE`, and go on from those that are there")
	f.BoolVar(&o.anew, "anew", false, "with --results: check all again, also those that were")
	f.BoolVar(&o.csv, "csv", false, "one line a tenant, as comma-separated values")
	f.IntVar(&o.atOnce, "at-once", fleetAtOnce, "the `NUMBER` of tenants that are read at the same time")
	return c
}

func (o *fleetOptions) run(ctx context.Context, args []string) error {
	list, err := o.list(args)
	if err != nil {
		return err
	}
	known, err := o.known()
	if err != nil {
		return err
	}
	keep, err := o.keeper()
	if err != nil {
		return err
	}
	defer keep.close()
	open, done := fleet.Open(list, known), len(known)
	var fresh []fleet.Result
	err = fleet.Check(ctx, open, fleet.Options{AtOnce: o.atOnce, Now: o.app.now, Read: o.app.readOne, Code: failureCode}, func(r fleet.Result) error {
		fresh = append(fresh, r)
		now := min(done+len(fresh), len(list))
		o.app.happened(progressLine{Event: "tenant", Text: fmt.Sprintf("%d of %d  %s", now, len(list), r.Name), Done: now, Total: len(list)})
		return keep.add(r)
	})
	results := inOrder(list, append(known, fresh...))
	if ctx.Err() == nil && err != nil {
		return err
	}
	if told := o.tell(results); told != nil {
		return told
	}
	if ctx.Err() != nil {
		return o.interrupted(len(results), len(list), context.Cause(ctx))
	}
	return failures(results)
}

// list is the list of tenants, or the embedded ones.
func (o *fleetOptions) list(args []string) ([]fleet.Tenant, error) {
	switch {
	case o.atOnce < 1:
		return nil, usage("--at-once is at least 1", "leave it out for 16")
	case o.app.global.demo && len(args) > 0:
		return nil, usage("--demo checks the embedded tenants, and a list was given too", "leave one of them out")
	case o.app.global.demo:
		return embedded(), nil
	case len(args) == 0:
		return nil, usage("fleet check needs a list of tenants", "name the file; `upe fleet check --help` shows one. Or add --demo")
	}
	raw, err := os.ReadFile(args[0])
	if err == nil {
		var list []fleet.Tenant
		if list, err = fleet.Parse(raw); err == nil {
			return list, nil
		}
	}
	return nil, &problem{exit: exitError, code: "fleet-list", failed: "the list of tenants cannot be used", why: err.Error(), cause: err, do: "correct it; `upe fleet check --help` shows one"}
}

// known are the results of an earlier check.
func (o *fleetOptions) known() ([]fleet.Result, error) {
	if o.results == "" || o.anew {
		return nil, nil
	}
	raw, err := os.ReadFile(o.results)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	var known []fleet.Result
	if err == nil {
		known, err = fleet.Results(raw)
	}
	if err != nil {
		return nil, &problem{exit: exitError, code: "fleet-results", failed: "the file of results cannot be used", why: err.Error(), cause: err, do: "name another file"}
	}
	return known, nil
}

// keeper writes results as they come; a nil file keeps none.
type keeper struct{ file *os.File }

func (o *fleetOptions) keeper() (*keeper, error) {
	if o.results == "" {
		return &keeper{}, nil
	}
	mode := os.O_CREATE | os.O_WRONLY | os.O_APPEND
	if o.anew {
		mode |= os.O_TRUNC
	}
	file, err := os.OpenFile(o.results, mode, modeFile)
	if err != nil {
		return nil, &problem{exit: exitError, code: "write", failed: "results cannot be kept", why: err.Error(), cause: err, do: "name another file"}
	}
	return &keeper{file}, endLine(file, o.results)
}

// endLine ends a line that was cut off, so that the next one begins a line.
func endLine(file *os.File, path string) error {
	raw, err := os.ReadFile(path)
	if err != nil || len(raw) == 0 || raw[len(raw)-1] == '\n' {
		return err
	}
	whole := len(raw)
	for whole > 0 && raw[whole-1] != '\n' {
		whole--
	}
	return file.Truncate(int64(whole))
}

func (k *keeper) add(r fleet.Result) error {
	if k.file == nil {
		return nil
	}
	line, err := r.Line()
	if err == nil {
		_, err = k.file.Write(line)
	}
	return err
}

func (k *keeper) close() {
	if k.file != nil {
		_ = k.file.Close() // every line is written already
	}
}

// readOne takes the snapshot of one tenant of a list. Its credentials are its own, and are refused when the token is of another tenant.
func (a *app) readOne(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
	one := *a
	one.system.lookup = func(string) (string, bool) { return "", false } // nothing of the environment but what the list names
	switch {
	case a.global.demo:
		one.global.scenario = t.Name
	case t.Bundle != "":
		one.global.offline.file = t.Bundle
	default:
		return a.readListed(ctx, t)
	}
	s, err := one.fromBundle(ctx)
	if err != nil {
		return tenant.Snapshot{}, err
	}
	defer s.close()
	if err := isListed(t, s.who); err != nil && t.Bundle != "" {
		return tenant.Snapshot{}, err
	}
	return s.snapshot(ctx, nil)
}

// readListed reads a tenant over the network.
func (a *app) readListed(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
	credentials := login.Credentials{Domain: t.Address(), ClientID: t.ClientID, Audience: t.Audience}
	var err error
	if credentials.Token, err = a.refer(t.Token); err != nil {
		return tenant.Snapshot{}, err
	}
	if credentials.ClientSecret, err = a.refer(t.ClientSecret); err != nil {
		return tenant.Snapshot{}, err
	}
	agent := "upe/" + build().Version
	tokens, err := login.Source(credentials, login.Options{Now: a.now, UserAgent: agent})
	if err != nil {
		return tenant.Snapshot{}, err
	}
	c, err := client.New(client.Options{
		Domain: credentials.Domain, Tokens: tokens, Now: a.now, ReadOnly: true, Mask: phone.MaskAll, UserAgent: agent,
	})
	if err != nil {
		return tenant.Snapshot{}, err
	}
	claims, err := c.Claims(ctx)
	if err == nil {
		err = isListed(t, claims.Identity)
	}
	if err != nil {
		return tenant.Snapshot{}, err
	}
	return tenant.Read(ctx, claims.Identity, c, nil)
}

// refer is the secret that a reference names; "" for none. A variable that is named and empty is a failure of its tenant alone.
func (a *app) refer(r fleet.Ref) (string, error) {
	if !r.Named() {
		return "", nil
	}
	value, err := a.resolveSecret(wizard.SecretRef(r))
	if err == nil && value == "" {
		err = &login.Error{Failed: "there are no credentials", Why: "the variable " + r.Env + " is not set", Do: "set it"}
	}
	return value, err
}

// isListed refuses credentials and bundles of another tenant than the list says.
func isListed(t fleet.Tenant, who tenant.Identity) error {
	if who.Domain == t.Domain {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "wrong-tenant", failed: "nothing was read: this is another tenant",
		why: fmt.Sprintf("the list says %s, and the credentials are for %s", t.Domain, who.Domain), do: "correct the list",
	}
}

// failureCode names why a tenant could not be read.
func failureCode(err error) string { return explain(err).code }

func (o *fleetOptions) interrupted(done, all int, cause error) error {
	p := &problem{
		exit: exitInterrupted, code: "interrupted", failed: fmt.Sprintf("stopped: %d of %d tenants have a result", done, all), cause: cause,
		why: "it was interrupted", do: "with --results FILE the same command goes on where it stopped",
	}
	if o.results != "" {
		p.do = "the same command goes on: what is in " + safe.Line(o.results) + " is not asked again"
	}
	return p
}

// failures is the end of a check in which tenants could not be read.
func failures(results []fleet.Result) error {
	p := &problem{
		exit: exitError, code: "tenants-failed", why: "the others are not affected", do: "put right what is named, and run it again: with --results only these are read",
	}
	for _, r := range results {
		if r.Failure != nil {
			p.details = append(p.details, detail{r.Domain, r.Failure.Text})
		}
	}
	if len(p.details) == 0 {
		return nil
	}
	p.failed = fmt.Sprintf("%d of %d tenants could not be read", len(p.details), len(results))
	return p
}
