package fleet

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
)

// ShapeOf is what a migration of the tenant depends on, in one line without anything that is its own: how each flow sends, through what
// kind of carrier, and what has to be decided. Tenants of one shape are asked the same.
func ShapeOf(j judge.Judgement) string {
	count := map[string]int{}
	var order []string
	for _, r := range j.Routes {
		words := flowWords(r)
		if count[words]++; count[words] == 1 {
			order = append(order, words)
		}
	}
	slices.Sort(order)
	parts := []string{string(j.State)}
	for _, words := range order {
		if n := count[words]; n > 1 {
			words = fmt.Sprintf("%s (%d)", words, n)
		}
		parts = append(parts, words)
	}
	var decide []string
	for _, f := range j.Findings {
		if f.Severity == judge.Decision || f.Severity == judge.Blocker {
			decide = append(decide, f.ID)
		}
	}
	if slices.Sort(decide); len(decide) > 0 {
		parts = append(parts, "decide: "+strings.Join(decide, ", "))
	}
	return strings.Join(parts, "; ")
}

func flowWords(r judge.Route) string {
	words := fmt.Sprintf("%s %s: %s", r.Flow, r.Channel, r.Via)
	if r.Carrier.Kind != "" {
		words += " by " + r.Carrier.Kind
	}
	if !r.Delivers {
		words += ", does not deliver"
	}
	return words
}

// Group are the tenants of one shape.
type Group struct {
	Shape   string        `json:"shape"`
	Verdict judge.Verdict `json:"verdict"`
	Tenants []string      `json:"tenants"` // by name
}

// Shapes groups results, the largest group first. Tenants that could not be looked at have no shape.
func Shapes(results []Result) []Group {
	var groups []Group
	for _, r := range results {
		if r.Failure != nil {
			continue
		}
		i := slices.IndexFunc(groups, func(g Group) bool { return g.Shape == r.Shape && g.Verdict == r.Verdict })
		if i < 0 {
			groups = append(groups, Group{Shape: r.Shape, Verdict: r.Verdict})
			i = len(groups) - 1
		}
		groups[i].Tenants = append(groups[i].Tenants, r.Name)
	}
	for _, g := range groups {
		slices.Sort(g.Tenants)
	}
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(len(b.Tenants), len(a.Tenants)), cmp.Compare(a.Verdict, b.Verdict), cmp.Compare(a.Shape, b.Shape))
	})
	return groups
}

// Verdicts counts results by verdict; failures stand under "".
func Verdicts(results []Result) map[judge.Verdict]int {
	count := map[judge.Verdict]int{}
	for _, r := range results {
		count[r.Verdict]++
	}
	return count
}

func splitLines(raw []byte) [][]byte {
	var lines [][]byte
	for line := range bytes.SplitSeq(raw, []byte("\n")) {
		if line = bytes.TrimSpace(line); len(line) > 0 {
			lines = append(lines, line)
		}
	}
	return lines
}
