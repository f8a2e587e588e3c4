package main

import (
	"fmt"
	"strings"

	"upe/client/rehearsal"
)

// rehearsalText is a rehearsal for a person: what was asked for, the table of the worlds, and the verdict.
func rehearsalText(r rehearsal.Rehearsal) string {
	var out strings.Builder
	paragraph(&out, "Rehearsal of the plan for "+r.Domain+", on copies of the tenant: nothing was written to it.", narrowColumns)
	if len(r.Codes) > 0 {
		paragraph(&out, fmt.Sprintf("Codes looked for between every two writes: %s; %d times in all.", join(codeWords(r.Codes)), r.Looks), narrowColumns)
	}
	if len(r.Missing) > 0 {
		paragraph(&out, "Not rehearsed, because they do not come on a copy: "+join(codeWords(r.Missing))+".", narrowColumns)
	}
	out.WriteString("\n")
	g := grid{out: &out, head: []string{"How Auth0 may behave", "Migrates", "After a crash", "Goes back"}}
	for _, w := range r.Worlds {
		if w.Impossible != "" {
			g.add([]string{w.Title, "not this tenant", "", ""}, w.Impossible)
			continue
		}
		g.add([]string{w.Title, g.outcome(w.Migrates, false), g.outcome(w.Crashes, true), g.outcome(w.Returns, true)})
	}
	g.write()
	out.WriteString("\n")
	paragraph(&out, r.Verdict, narrowColumns)
	return out.String()
}

// outcome is a cell: the result, how often it was tried, and the numbers of what there is to remark.
func (g *grid) outcome(o rehearsal.Outcome, times bool) string {
	if o.Times == 0 {
		return "-"
	}
	cell := string(o.Result)
	if times {
		cell += fmt.Sprintf(", %d×", o.Times)
	}
	for _, remark := range o.Remarks() {
		cell += fmt.Sprintf(" [%d]", g.number(remark))
	}
	return cell
}

// codeWords are the names of codes for people.
func codeWords(codes []string) []string {
	words := make([]string, len(codes))
	for i, code := range codes {
		words[i] = rehearsal.CodeWords(code)
	}
	return words
}
