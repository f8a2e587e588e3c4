package scan_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/compat"
	"upe/flows/scan"
)

const (
	docs       = "../../docs/scan.md"
	tableBegin = "<!-- the table of flows/scan; go test ./flows/scan -update writes it -->\n"
	tableEnd   = "<!-- end of the table -->\n"
)

// TestDocumentedTable holds the table in docs/scan.md to the one that drives the scanner.
func TestDocumentedTable(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok := strings.Cut(string(page), tableBegin)
	_, after, closed := strings.Cut(rest, tableEnd)
	if !ok || !closed {
		t.Fatalf("%s has no place for the table", docs)
	}
	want := before + tableBegin + table() + tableEnd + after
	if *update {
		if err := os.WriteFile(docs, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if diff := cmp.Diff(want, string(page)); diff != "" {
		t.Errorf("%s (-want +got; -update writes it):\n%s", docs, diff)
	}
}

// table is every row, in three parts: what is looked for, what becomes of it, what to use instead.
func table() string {
	var out strings.Builder
	out.WriteString("\n| row | ecosystem | versions | what is looked for | endpoints | how sure |\n|---|---|---|---|---|---|\n")
	for _, r := range scan.Rows() {
		fmt.Fprintf(&out, "| [`%s`](../flows/scan/testdata/rows/%s.txt) | %s | %s | %s | %s | %s |\n",
			r.ID, r.ID, cell(r.Ecosystem), cell(r.Versions), cell(r.Finds), cell(r.Endpoints), cell(r.Sure))
	}
	out.WriteString("\n| row | after the switch | instead of the provider | instead of the templates | besides |\n|---|---|---|---|---|\n")
	for _, r := range scan.Rows() {
		provider := pair(r.Instead.ReadProvider, r.Instead.WriteProvider)
		if r.Instead.Other != "" {
			provider = r.Instead.Other
		}
		fmt.Fprintf(&out, "| `%s` | %s | %s | %s | %s |\n",
			r.ID, cell(r.After), cell(provider), cell(pair(r.Instead.ReadTemplate, r.Instead.WriteTemplate)), cell(r.Note))
	}
	return out.String() + "\n"
}

func pair(read, write string) string {
	if read == write {
		return read
	}
	return "read: " + read + "; write: " + write
}

// cell is text in a cell of a Markdown table.
func cell(s string) string {
	return strings.NewReplacer("|", `\|`, "*", `\*`, "<", "&lt;", "_", `\_`).Replace(s)
}

// TestTwelveEndpoints: they are those that flows/compat, which was read from Auth0's page, says stop.
func TestTwelveEndpoints(t *testing.T) {
	t.Parallel()
	var stop []string
	for _, e := range compat.Endpoints() {
		if e.Fate == compat.Stops {
			stop = append(stop, e.From())
		}
	}
	got := scan.Endpoints()
	slices.Sort(stop)
	slices.Sort(got)
	if diff := cmp.Diff(stop, got); diff != "" {
		t.Errorf("endpoints (-flows/compat +flows/scan):\n%s", diff)
	}
}

// TestScopesAreThoseOfTheReplacements: each scope that is told is one that a replacement needs, by flows/compat.
func TestScopesAreThoseOfTheReplacements(t *testing.T) {
	t.Parallel()
	known := map[string]bool{"create:actions": true, "update:actions": true, "read:logs": true}
	for _, e := range compat.Endpoints() {
		if e.Fate == compat.Replaces {
			known[e.Scope] = true
		}
	}
	told := map[string]bool{}
	for _, row := range scan.Rows() {
		for _, h := range fixtureHits(t, row.ID) {
			for _, s := range h.Scopes {
				told[s] = true
				if !known[s] {
					t.Errorf("%s: nothing needs the scope %s", row.ID, s)
				}
			}
			if len(h.Scopes) == 0 {
				t.Errorf("%s: a hit without scopes", row.ID)
			}
		}
	}
	for scope := range known {
		if !told[scope] {
			t.Errorf("no hit tells of the scope %s", scope)
		}
	}
}

// TestContradictionIsSaid: Auth0's page has phone/selected-provider in both of its lists; whoever looks there is told.
func TestContradictionIsSaid(t *testing.T) {
	t.Parallel()
	for _, h := range fixtureHits(t, "node-5") {
		want := strings.Contains(h.Endpoint, "/phone/selected-provider")
		if says := strings.Contains(h.Note, "among what keeps working"); says != want {
			t.Errorf("%s: note %q", h.Endpoint, h.Note)
		}
	}
}
