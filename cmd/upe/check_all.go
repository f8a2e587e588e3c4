package main

import (
	"context"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"

	"upe/client/emulator"
	"upe/flows/judge"
	"upe/flows/report"
	"upe/flows/tenant"
	"upe/testdata"
	"upe/ui/safe"
)

// allScenarios is the name by which `upe check` means every embedded tenant.
const allScenarios = "all"

// scenarioCheck is the check of one embedded tenant.
type scenarioCheck struct {
	Scenario string `json:"scenario"`
	Title    string `json:"title"`
	checkResult
}

// runAll judges every embedded tenant. A tenant that is blocked is one of the answers, so it is no failure here.
func (o *checkOptions) runAll(ctx context.Context) error {
	if err := o.app.global.consistent(); err != nil {
		return err
	}
	checks, movables, err := o.app.judgeAll(ctx)
	if err != nil {
		return err
	}
	document := struct {
		Schema string          `json:"schema"`
		Checks []scenarioCheck `json:"checks"`
	}{"upe.checks/1", checks}
	if err := o.app.answer(document, func() string { return checksText(safe.Lines(checks), o.app.columns()) }); err != nil {
		return err
	}
	if o.detailed && movables > 0 {
		return pending{}
	}
	return nil
}

// judgeAll reads and judges the embedded tenants, all at once and each a fresh one, in process. movables is in how many of them
// something can still be moved.
func (a *app) judgeAll(ctx context.Context) (checks []scenarioCheck, movables int, err error) {
	names := testdata.Tenants()
	checks = make([]scenarioCheck, len(names))
	judged := make([]judge.Judgement, len(names))
	group, ctx := errgroup.WithContext(ctx)
	for i, name := range names {
		group.Go(func() error {
			var err error
			if judged[i], err = a.judgeScenario(ctx, name); err != nil {
				return fmt.Errorf("the embedded tenant %s: %w", name, err)
			}
			checks[i] = scenarioCheck{name, testdata.Title(name), checkDocument(judged[i])}
			return nil
		})
	}
	err = group.Wait()
	for _, j := range judged {
		if movable(j) {
			movables++
		}
	}
	return checks, movables, err
}

func (a *app) judgeScenario(ctx context.Context, name string) (judge.Judgement, error) {
	file, err := testdata.Tenant(name)
	if err != nil {
		return judge.Judgement{}, err
	}
	t, err := emulator.New(emulator.Options{File: file, Now: a.now})
	if err != nil {
		return judge.Judgement{}, err
	}
	snapshot, err := tenant.Read(ctx, t.Identity(), t.Port(tenant.Permit{}), nil)
	return judge.Judge(snapshot), err
}

// narrowColumns is the width of a table where nobody knows that there is more room.
const narrowColumns = 80

// checksText is the table of checks for so many columns. The title stands in the row where every title fits, and under it elsewhere.
func checksText(checks []scenarioCheck, columns int) string {
	var out strings.Builder
	g := grid{out: &out, head: []string{"Scenario", "Verdict", "State", "B", "D", "W", "N", "Title"}}
	for _, c := range checks {
		g.rows = append(g.rows, c.cells())
	}
	widths := g.widths()
	last, width := len(widths), 0
	for _, w := range widths {
		width += w + 2
	}
	if width > columns {
		last, width = last-1, narrowColumns
	}
	g.row(g.head[:last], widths)
	for i, c := range checks {
		g.row(g.rows[i][:last], widths)
		if last < len(widths) {
			under(&out, c.Title, width)
		}
		under(&out, shortRoutes(c.Routes), width)
	}
	out.WriteString("\n")
	paragraph(&out, fmt.Sprintf("%d scenarios: %s.", len(checks), verdictCounts(checks)), width)
	paragraph(&out, "B, D, W, N: how many blockers, decisions, warnings and notes were found. Under each: how its codes travel now; ! where one would "+
		"not arrive. One of them in full: upe check --demo --scenario NAME", width)
	return out.String()
}

// cells are the row of a check.
func (c scenarioCheck) cells() []string {
	cells := []string{c.Scenario, string(c.Verdict), string(c.State)}
	for _, severity := range []judge.Severity{judge.Blocker, judge.Decision, judge.Warning, judge.Note} {
		n := 0
		for _, f := range c.Findings {
			if f.Severity == severity {
				n++
			}
		}
		cells = append(cells, dash(n))
	}
	return append(cells, c.Title)
}

// dash is a number, or a dash for none, which the eye passes over.
func dash(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// shortRoutes puts routes into as few words as there are: equal ones of several connections are counted.
func shortRoutes(routes []judge.Route) string {
	if len(routes) == 0 {
		return "nothing sends"
	}
	var all []string
	times := map[string]int{}
	for _, r := range routes {
		words := shortRoute(r)
		if times[words]++; times[words] == 1 {
			all = append(all, words)
		}
	}
	for i, words := range all {
		if n := times[words]; n > 1 {
			all[i] = fmt.Sprintf("%d× %s", n, words)
		}
	}
	return strings.Join(all, "; ")
}

// shortRoute is "mfa voice: legacy twilio"; with a mark where a code would not arrive. Of a route that is not known, neither is.
func shortRoute(r judge.Route) string {
	flow := string(r.Flow)
	if r.Flow != judge.Passwordless {
		flow += " " + r.Channel // Passwordless has one channel
	}
	if r.Via == judge.Unknown {
		return flow + ": not known"
	}
	carrier := r.Carrier.Kind
	if carrier == judge.CarrierNone {
		carrier = "nothing"
	}
	if !r.Delivers {
		carrier += "!"
	}
	return flow + ": " + string(r.Via) + " " + carrier
}

func verdictCounts(checks []scenarioCheck) string {
	counts := map[judge.Verdict]int{}
	for _, c := range checks {
		counts[c.Verdict]++
	}
	var parts []string
	for _, v := range []judge.Verdict{judge.Eligible, judge.NeedsDecision, judge.HalfMigrated, judge.Migrated, judge.Blocked} {
		if n := counts[v]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, v))
		}
	}
	return join(parts)
}

// under writes a text below a row, indented.
func under(out *strings.Builder, text string, width int) {
	const indent = "      "
	for _, line := range report.Wrap(text, width-utf8.RuneCountInString(indent)) {
		out.WriteString(indent + line + "\n")
	}
}

func paragraph(out *strings.Builder, text string, width int) {
	out.WriteString(strings.Join(report.Wrap(text, width), "\n") + "\n")
}

// oneScenario refuses what only `upe check` understands.
func oneScenario() *problem {
	return usage("--scenario all is for `upe check` alone: every other command works on one tenant",
		"choose one, such as --scenario "+testdata.Tenants()[0]+"; `upe check --demo --scenario all` lists them")
}
