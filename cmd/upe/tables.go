package main

import (
	"context"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/compat"
)

func (a *app) newTables() *cobra.Command {
	c := command("tables [compat|events|endpoints]", "Print Auth0's documented tables, with what is wrong in them",
		`tables prints what Auth0 documents, row by row, with what the rule says and with
errata where a row is wrong:

  compat     which MFA factors and delivery methods go together
  events     how a send-phone-message event maps to custom-phone-provider
  endpoints  which Management API endpoints stop, and what replaces them

Without an argument it prints all three. It sends nothing.`,
		`  upe tables compat
  upe tables endpoints --json`,
		func(_ context.Context, args []string) error { return a.tables(args) })
	c.Args = atMostOneArgument("table")
	c.ValidArgs = []string{"compat", "events", "endpoints"}
	return c
}

// tablesDocument is the JSON form; a table that was not asked for is left out.
type tablesDocument struct {
	Schema    string          `json:"schema"`
	Compat    *compatTables   `json:"compat,omitempty"`
	Events    *eventTables    `json:"events,omitempty"`
	Endpoints *endpointTables `json:"endpoints,omitempty"`
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
	if len(text) == 0 {
		return usage("there is no table "+quoted(which), "choose compat, events or endpoints")
	}
	return a.answer(document, func() string { return strings.Join(text, "\n") })
}

func (t *compatTables) text() string {
	var out strings.Builder
	out.WriteString("The rule: " + t.Rule + "\n")
	for _, table := range t.Tables {
		fmt.Fprintf(&out, "\nTable %s: %s\n%s\n", table.ID, table.Title, table.Document.URL())
		for _, row := range table.Rows {
			writeRow(&out, table.Columns, row)
		}
		for _, row := range table.Missing {
			writeRow(&out, table.Columns, row)
		}
	}
	return out.String()
}

func writeRow(out *strings.Builder, columns [4]string, row compat.Row) {
	fmt.Fprintf(out, "\n  %s\n", row.ID)
	for i, cell := range row.Cells {
		fmt.Fprintf(out, "    %s: %s\n", columns[i], cell)
	}
	if row.Documented() {
		fmt.Fprintf(out, "    %s: %s\n", columns[3], row.Action)
	} else {
		out.WriteString("    (not documented)\n")
	}
	fmt.Fprintf(out, "    The rule says: %s\n", row.Rule)
	if row.Erratum != "" {
		fmt.Fprintf(out, "    Erratum: %s\n", row.Erratum)
	}
}

func (t *eventTables) text() string {
	var out strings.Builder
	out.WriteString("send-phone-message event -> custom-phone-provider event\n")
	writeMapping(&out, t.Mapping)
	out.WriteString("\nRequest to a custom SMS gateway <- custom-phone-provider event\n")
	writeMapping(&out, t.Gateway)
	writeErrata(&out, t.Errata)
	return out.String()
}

func writeMapping(out *strings.Builder, rows []compat.Mapping) {
	group := ""
	for _, m := range rows {
		if m.Group != group {
			group = m.Group
			fmt.Fprintf(out, "\n  %s\n", group)
		}
		fmt.Fprintf(out, "    %s -> %s\n", orNone(m.From), orNone(m.To))
		for _, extra := range []struct{ label, text string }{{"Note", m.Note}, {"Documented", m.Documented}, {"Erratum", m.Erratum}} {
			if extra.text != "" {
				fmt.Fprintf(out, "      %s: %s\n", extra.label, extra.text)
			}
		}
	}
}

func (t *endpointTables) text() string {
	var out strings.Builder
	out.WriteString("Management API endpoints\n")
	fate := compat.Fate("")
	for _, e := range t.Endpoints {
		if e.Fate != fate {
			fate = e.Fate
			fmt.Fprintf(&out, "\n  %s\n", fate)
		}
		fmt.Fprintf(&out, "    %s (%s)\n", e.From(), e.Scope)
		for _, extra := range []struct{ label, text string }{{"Instead", e.Replacement}, {"Note", e.Note}, {"Documented", e.Documented}, {"Erratum", e.Erratum}} {
			if extra.text != "" {
				fmt.Fprintf(&out, "      %s: %s\n", extra.label, extra.text)
			}
		}
	}
	writeErrata(&out, t.Errata)
	return out.String()
}

func writeErrata(out *strings.Builder, errata []compat.Erratum) {
	for _, e := range errata {
		fmt.Fprintf(out, "\n  Erratum %s, in %s\n    Says: %s\n    Truth: %s\n    Basis: %s\n", e.ID, e.Where, e.Says, e.Truth, e.Basis)
	}
}

func orNone(text string) string {
	if text == "" {
		return "(none)"
	}
	return text
}
