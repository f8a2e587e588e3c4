package main

import (
	"cmp"
	"encoding/csv"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"upe/flows/fleet"
	"upe/flows/judge"
	"upe/flows/report"
	"upe/testdata"
	"upe/ui/safe"
)

// embedded are the embedded tenants as a list. Some share a domain, so each is told apart by its scenario.
func embedded() []fleet.Tenant {
	var list []fleet.Tenant
	for _, name := range testdata.Tenants() {
		list = append(list, fleet.Tenant{Domain: name, Name: name})
	}
	return list
}

// inOrder are the results that count, in the order of the list: of several of a tenant the last, and none of tenants that left the list.
func inOrder(list []fleet.Tenant, all []fleet.Result) []fleet.Result {
	last := map[string]fleet.Result{}
	for _, r := range all {
		last[r.Domain] = r
	}
	results := []fleet.Result{}
	for _, t := range list {
		if r, ok := last[t.Domain]; ok {
			results = append(results, r)
		}
	}
	return results
}

// tell prints results: as text by shape, as a table of values, or as JSON.
func (o *fleetOptions) tell(results []fleet.Result) error {
	if o.csv {
		text, err := fleetCSV(results)
		if err != nil {
			return err
		}
		return o.app.say(text)
	}
	document := struct {
		Schema  string         `json:"schema"`
		Results []fleet.Result `json:"results"`
		Shapes  []fleet.Group  `json:"shapes"`
	}{"upe.fleet-check/1", results, orEmpty(fleet.Shapes(results))}
	return o.app.answer(document, func() string { return fleetText(safe.Lines(results)) })
}

// fleetText is the result for a person: how many tenants there are of each verdict, and each shape with its tenants.
func fleetText(results []fleet.Result) string {
	var out strings.Builder
	g := grid{out: &out, head: []string{"Tenants", "Verdict"}}
	count := fleet.Verdicts(results)
	for _, v := range slices.SortedFunc(maps.Keys(count), func(a, b judge.Verdict) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	}) {
		name := string(v)
		if v == "" {
			name = "could not be read"
		}
		g.add([]string{strconv.Itoa(count[v]), name})
	}
	g.write()
	for _, group := range fleet.Shapes(results) {
		tenants := "1 tenant"
		if n := len(group.Tenants); n > 1 {
			tenants = fmt.Sprintf("%d tenants", n)
		}
		fmt.Fprintf(&out, "\n%s, %s\n", tenants, group.Verdict)
		for part := range strings.SplitSeq(group.Shape, "; ") {
			hang(&out, "  - ", part)
		}
		for _, line := range report.Wrap(strings.Join(group.Tenants, ", "), report.Width-2) {
			out.WriteString("  " + line + "\n")
		}
	}
	return out.String()
}

// fleetCSV is one line a tenant. A cell that a spreadsheet would take for a formula is written as text.
func fleetCSV(results []fleet.Result) (string, error) {
	var out strings.Builder
	w := csv.NewWriter(&out)
	rows := [][]string{{"domain", "name", "at", "verdict", "state", "movable", "shape", "decisions", "blockers", "failure_code", "failure"}}
	for _, r := range results {
		failure := fleet.Failure{}
		if r.Failure != nil {
			failure = *r.Failure
		}
		rows = append(rows, []string{
			r.Domain, r.Name, r.At.Format(time.RFC3339), string(r.Verdict), string(r.State), strconv.Itoa(r.Movable), r.Shape,
			strings.Join(r.Decisions, " "), strings.Join(r.Blockers, " "), failure.Code, failure.Text,
		})
	}
	for _, row := range rows {
		for i, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				row[i] = "'" + cell
			}
		}
	}
	err := w.WriteAll(rows)
	return out.String(), err
}
