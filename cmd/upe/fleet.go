package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/fleet"
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
	report  bool
	part    string // "2/4"; "": the whole list
	atOnce  int
}

// fleetAtOnce is how many tenants are read at the same time unless told otherwise. Each has a rate limit of its own and spends its time
// waiting for it, so this decides how long a fleet takes; one that is being read takes less than a megabyte.
const fleetAtOnce = 64

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

Files are looked for from the folder that the list is in. Credentials are used
for their own tenant only: a token of another tenant is refused before anything
is read with it. Each tenant keeps to its own rate
limit; one that fails stops no other, and the exit code is 1 then.

With --results each result is kept in a file as soon as there is one. The same
command goes on where it was interrupted, and tries failures again. --report
reads no tenant: it says what the file says, failures as they are. --part 2/4
takes the second of four parts of the list, each for a machine of its own.

--demo checks the embedded tenants, without a list.`,
		`  upe fleet check tenants.yaml --results results.ndjson
  upe fleet check tenants.yaml --csv > fleet.csv
  upe fleet check tenants.yaml --part 2/4 --results results-2.ndjson
  upe fleet check tenants.yaml --results results.ndjson --report
  upe fleet check --demo`,
		func(ctx context.Context, args []string) error { return o.run(ctx, args) })
	c.Args = atMostOneArgument("list of tenants")
	f := c.Flags()
	f.StringVar(&o.results, "results", "", "keep results in this `FILE`, and go on from those that are there")
	f.BoolVar(&o.anew, "anew", false, "with --results: check all again, also those that were")
	f.BoolVar(&o.report, "report", false, "with --results: only say what the file says")
	f.StringVar(&o.part, "part", "", "check only this `K/N` of the list: 2/4 is the second of four parts")
	f.BoolVar(&o.csv, "csv", false, "one line a tenant, as comma-separated values")
	f.IntVar(&o.atOnce, "at-once", fleetAtOnce, "the `NUMBER` of tenants that are read at the same time")
	return reporting(c)
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
	if o.report {
		return o.reported(list, known)
	}
	keep, err := o.keeper()
	if err != nil {
		return err
	}
	defer keep.close()
	open := fleet.Open(list, known)
	var fresh []fleet.Result
	err = fleet.Check(ctx, open, fleet.Options{AtOnce: o.atOnce, Now: o.app.now, Read: o.app.readOne, Code: failureCode}, func(r fleet.Result) error {
		fresh = append(fresh, r)
		now := len(list) - len(open) + len(fresh)
		o.app.happened(progressLine{Event: tenantDone, Text: fmt.Sprintf("%d of %d  %s", now, len(list), r.Name), Done: now, Total: len(list)})
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
		return o.interrupted(results, len(list), context.Cause(ctx))
	}
	return failures(results, nil)
}

// reported tells of the results that there are.
func (o *fleetOptions) reported(list []fleet.Tenant, known []fleet.Result) error {
	results := inOrder(list, known)
	if err := o.tell(results); err != nil {
		return err
	}
	return failures(results, list)
}

// list is the list of tenants, or the embedded ones; with --part, a part of it.
func (o *fleetOptions) list(args []string) ([]fleet.Tenant, error) {
	if err := o.sound(); err != nil {
		return nil, err
	}
	list, err := o.whole(args)
	if err != nil || o.part == "" {
		return list, err
	}
	k, n, ok := parts(o.part)
	if !ok {
		return nil, usage("--part "+quoted(o.part)+" is no part of a list", "give which part of how many: --part 2/4")
	}
	return fleet.Part(list, k, n), nil
}

// parts reads "2/4": which part, of how many.
func parts(text string) (k, n int, ok bool) {
	which, of, _ := strings.Cut(text, "/")
	k, errK := strconv.Atoi(which)
	n, errN := strconv.Atoi(of)
	return k, n, errK == nil && errN == nil && 1 <= k && k <= n
}

// sound refuses flags that do not go together.
func (o *fleetOptions) sound() error {
	switch {
	case o.csv && o.app.global.json:
		return usage("--csv and --json exclude each other", "leave one of them out")
	case o.report && o.results == "":
		return usage("--report says what a file of results says, and none is named", "add --results FILE")
	case o.report && o.anew:
		return usage("--report reads no tenant, --anew reads each", "leave one of them out")
	}
	return nil
}

// whole is the list that was named.
func (o *fleetOptions) whole(args []string) ([]fleet.Tenant, error) {
	switch {
	case o.atOnce < 1:
		return nil, usage("--at-once is at least 1", fmt.Sprintf("leave it out for %d", fleetAtOnce))
	case o.app.global.demo && len(args) > 0:
		return nil, usage("--demo checks the embedded tenants, and a list was given too", "leave one of them out")
	case o.app.global.demo:
		return embedded(), nil
	case len(args) == 0:
		return nil, usage("fleet check needs a list of tenants", "name the file; `upe fleet check --help` shows one. Or add --demo")
	}
	raw, err := os.ReadFile(args[0])
	if err != nil {
		err = naming(args[0], err)
	} else {
		var list []fleet.Tenant
		if list, err = fleet.Parse(raw); err == nil {
			for i, t := range list {
				list[i] = t.In(filepath.Dir(args[0]))
			}
			return list, nil
		}
	}
	p := &problem{
		exit: exitError, code: "fleet-list", failed: "the list of tenants cannot be used", why: err.Error(), cause: err,
		do: "correct it; `upe fleet check --help` shows one",
	}
	return nil, p.tooNew(raw, fleet.ListSchema)
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
		return nil, &problem{exit: exitError, code: "fleet-results", failed: "the file of results cannot be used", why: naming(o.results, err).Error(), cause: err, do: "name another file"}
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
		return nil, notWritten("results cannot be kept", o.results, err)
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

func (o *fleetOptions) interrupted(results []fleet.Result, all int, cause error) error {
	p := &problem{
		exit: exitInterrupted, code: "interrupted", failed: fmt.Sprintf("stopped: %d of %d tenants have a result", len(results), all), cause: cause,
		why: "it was interrupted", do: "with --results FILE the same command goes on where it stopped",
	}
	if failed := fleet.Verdicts(results)[""]; failed > 0 {
		p.failed += fmt.Sprintf(", %d of them a failure", failed)
	}
	if o.results != "" {
		p.do = "the same command goes on: of the tenants in " + safe.Line(o.results) + " only those that failed are asked again"
	}
	return p
}

// failures is the end of a check in which tenants could not be read, or of a report in which some of those asked for have no result.
func failures(results []fleet.Result, asked []fleet.Tenant) error {
	p := &problem{
		exit: exitError, code: "tenants-failed", why: "the others are not affected", do: "put right what is named, and run it again: with --results only these are read",
	}
	for _, r := range results {
		if r.Failure != nil {
			p.details = append(p.details, detail{r.Domain, r.Failure.Text})
		}
	}
	for _, t := range asked {
		if !slices.ContainsFunc(results, func(r fleet.Result) bool { return r.Domain == t.Domain }) {
			p.details = append(p.details, detail{t.Domain, "there is no result of it"})
		}
	}
	if len(p.details) == 0 {
		return nil
	}
	p.failed = fmt.Sprintf("%d of %d tenants could not be read", len(p.details), max(len(results), len(asked)))
	return p
}
