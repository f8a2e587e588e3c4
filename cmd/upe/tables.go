package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/compat"
)

func (a *app) newTables() *cobra.Command {
	c := command("tables [compat|events|endpoints|answers]", "Print Auth0's documented tables, with what is wrong in them",
		`tables prints what Auth0 documents, a row a line, with what the rule says. What
is wrong in it comes first as a list, and is a number in the tables, explained
below each. --json has the documented words of every row.

  compat     which MFA factors and delivery methods go together
  events     how a send-phone-message event maps to custom-phone-provider
  endpoints  which Management API endpoints stop, and what replaces them

Without an argument it prints these three. One table is not Auth0's:

  answers    the keys of an answers file, and what stands where one is missing

It sends nothing.`,
		`  upe tables compat
  upe tables endpoints --json`,
		func(_ context.Context, args []string) error { return a.tables(args) })
	c.Args = atMostOneArgument("table")
	c.ValidArgs = []string{"compat", "events", "endpoints", "answers"}
	return c
}

// tablesDocument is the JSON form; a table that was not asked for is left out.
type tablesDocument struct {
	Schema    string          `json:"schema"`
	Compat    *compatTables   `json:"compat,omitempty"`
	Events    *eventTables    `json:"events,omitempty"`
	Endpoints *endpointTables `json:"endpoints,omitempty"`
	Answers   *answersTable   `json:"answers,omitempty"`
}

type compatTables struct {
	Rule   string         `json:"rule"`
	Tables []compat.Table `json:"tables"`
	Errata []compat.Row   `json:"errata"`
}

type eventTables struct {
	Mapping []compat.Mapping `json:"mapping"`
	Gateway []compat.Mapping `json:"gateway"`
	Errata  []compat.Erratum `json:"errata"`
}

type endpointTables struct {
	Endpoints []compat.Endpoint `json:"endpoints"`
	Errata    []compat.Erratum  `json:"errata"`
}

const subsetRule = "The MFA factors must be a subset of the provider's delivery methods, and Passwordless by SMS needs the delivery method text."

func (a *app) tables(args []string) error {
	which := "all"
	if len(args) == 1 {
		which = args[0]
	}
	document, text := tablesDocument{Schema: "upe.tables/1"}, []string{}
	if which == "compat" || which == "all" {
		document.Compat = &compatTables{subsetRule, compat.Tables(), compat.Errata()}
		text = append(text, document.Compat.text())
	}
	if which == "events" || which == "all" {
		document.Events = &eventTables{compat.EventMapping(), compat.GatewayMapping(), compat.EventErrata()}
		text = append(text, document.Events.text())
	}
	if which == "endpoints" || which == "all" {
		document.Endpoints = &endpointTables{compat.Endpoints(), compat.EndpointErrata()}
		text = append(text, document.Endpoints.text())
	}
	if which == "answers" {
		document.Answers = newAnswersTable()
		text = append(text, document.Answers.text())
	}
	if len(text) == 0 {
		return usage("there is no table "+quoted(which), "choose compat, events, endpoints or answers")
	}
	return a.answer(document, func() string { return strings.Join(text, "\n") })
}

func (t *compatTables) text() string {
	var out strings.Builder
	hang(&out, "", "The rule: "+t.Rule)
	var wrong []string
	for _, row := range t.Errata {
		wrong = append(wrong, row.ID)
	}
	errataLine(&out, fmt.Sprintf("%d documented rows are wrong: %s", len(wrong), join(wrong)))
	for _, table := range t.Tables {
		fmt.Fprintf(&out, "\nTable %s: %s\n%s\n\n", table.ID, table.Title, table.Document.URL())
		writeTable(&out, table)
	}
	return out.String()
}

// writeTable prints one table: the documented rows, then those that Auth0 left out. The user actions are long and few, so they
// are letters, explained below.
func writeTable(out *strings.Builder, table compat.Table) {
	actions := letters{}
	columns := table.Columns
	g := grid{out: out, head: []string{"", columns[0], columns[1], columns[2], columns[3], "The rule says"}}
	for _, row := range slices.Concat(table.Rows, table.Missing) {
		documented := "-"
		if row.Documented() {
			documented = actions.of(row.Action)
		}
		cells := []string{row.ID, row.Cells[0], row.Cells[1], row.Cells[2], documented, actions.of(row.Rule)}
		if row.Erratum == "" {
			g.add(cells)
			continue
		}
		remark := row.Erratum
		if row.Documented() {
			remark = "Erratum: " + remark
		}
		g.add(cells, remark)
	}
	g.write()
	for i, action := range actions.all {
		hang(out, "  "+letter(i)+": ", action)
	}
	if len(table.Missing) > 0 {
		out.WriteString("  -: not documented\n")
	}
}

// letters stand for long texts.
type letters struct{ all []string }

// of is the letter of a text; a short text stands for itself.
func (l *letters) of(text string) string {
	const short = 12
	if len(text) <= short {
		return text
	}
	i := slices.Index(l.all, text)
	if i < 0 {
		i = len(l.all)
		l.all = append(l.all, text)
	}
	return letter(i)
}

func letter(i int) string { return string(rune('a' + i)) }

func errataLine(out *strings.Builder, text string) { hang(out, "", "Errata: "+text+".") }

func (t *eventTables) text() string {
	var out strings.Builder
	rows := 0
	for _, m := range slices.Concat(t.Mapping, t.Gateway) {
		if m.Erratum != "" {
			rows++
		}
	}
	errataLine(&out, fmt.Sprintf("%d rows, marked in the tables; %s, under them", rows, span(t.Errata)))
	out.WriteString("\nsend-phone-message event -> custom-phone-provider event\n")
	writeMapping(&out, t.Mapping)
	out.WriteString("\nRequest to a custom SMS gateway <- custom-phone-provider event\n")
	writeMapping(&out, t.Gateway)
	writeErrata(&out, t.Errata)
	return out.String()
}

// writeMapping prints a table for each group of rows.
func writeMapping(out *strings.Builder, rows []compat.Mapping) {
	for len(rows) > 0 {
		group := rows[0].Group
		g := grid{out: out, head: []string{"", ""}}
		for len(rows) > 0 && rows[0].Group == group {
			m := rows[0]
			rows = rows[1:]
			g.add([]string{orNone(m.From), orNone(m.To)}, remarks(m.Note, m.Documented, m.Erratum)...)
		}
		out.WriteString("\n  " + group + ":\n")
		g.write()
	}
}

// remarks are a note, and an erratum with the documented words that it is about.
func remarks(note, documented, erratum string) []string {
	var all []string
	if note != "" {
		all = append(all, note+".")
	}
	switch {
	case erratum == "":
	case documented == "":
		all = append(all, "Erratum: "+erratum)
	default:
		all = append(all, fmt.Sprintf("Erratum: %s Documented as: %s.", erratum, documented))
	}
	return all
}

func (t *endpointTables) text() string {
	var out strings.Builder
	rows := 0
	for _, e := range t.Endpoints {
		if e.Erratum != "" {
			rows++
		}
	}
	errataLine(&out, fmt.Sprintf("%d rows, marked in the tables; %s, under them", rows, span(t.Errata)))
	out.WriteString("\nManagement API endpoints\n")
	for endpoints := t.Endpoints; len(endpoints) > 0; {
		fate := endpoints[0].Fate
		g := grid{out: &out, head: []string{string(fate), "scope", ""}}
		for len(endpoints) > 0 && endpoints[0].Fate == fate {
			e := endpoints[0]
			endpoints = endpoints[1:]
			var instead []string
			if e.Replacement != "" {
				instead = []string{"Instead: " + e.Replacement + "."}
			}
			g.add([]string{e.From(), e.Scope, ""}, append(instead, remarks(e.Note, e.Documented, e.Erratum)...)...)
		}
		out.WriteString("\n")
		g.write()
	}
	writeErrata(&out, t.Errata)
	return out.String()
}

// span names errata from the first to the last: "E1 to E12".
func span(errata []compat.Erratum) string {
	return errata[0].ID + " to " + errata[len(errata)-1].ID
}

func writeErrata(out *strings.Builder, errata []compat.Erratum) {
	for _, e := range errata {
		out.WriteString("\n")
		hang(out, "  "+e.ID+" ", e.Where)
		hang(out, "     says:  ", e.Says)
		hang(out, "     truth: ", e.Truth)
		hang(out, "     basis: ", e.Basis)
	}
}

func orNone(text string) string {
	if text == "" {
		return "-"
	}
	return text
}
