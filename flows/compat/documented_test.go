package compat_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"upe/flows/compat"
)

// documentedTables reads testdata/documented.md, the documented tables word for
// word: the rows by heading, each a list of cells, the headings row first.
func documentedTables(t *testing.T) map[string][][]string {
	t.Helper()
	data, err := os.ReadFile("testdata/documented.md")
	if err != nil {
		t.Fatal(err)
	}
	tables := map[string][][]string{}
	heading := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if h, ok := strings.CutPrefix(line, "## "); ok {
			heading = h
		}
		if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "| ---") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "| "), " | ")
		tables[heading] = append(tables[heading], cells)
	}
	return tables
}

// Every documented row is in the data, word for word and in order, and nothing
// else claims to be documented.
func TestTablesAreTheDocumentedOnes(t *testing.T) {
	t.Parallel()
	documented := documentedTables(t)
	for _, table := range compat.Tables() {
		want := documented[table.ID]
		if got := table.Columns[:]; strings.Join(got, "|") != strings.Join(want[0], "|") {
			t.Errorf("table %s: columns %q, documented %q", table.ID, got, want[0])
		}
		if len(table.Rows) != len(want)-1 {
			t.Fatalf("table %s: %d rows, documented %d", table.ID, len(table.Rows), len(want)-1)
		}
		for i, row := range table.Rows {
			got := strings.Join(row.Cells[:], "|") + "|" + row.Action
			if got != strings.Join(want[i+1], "|") {
				t.Errorf("%s: %s, documented %q", row.ID, got, want[i+1])
			}
		}
	}
}

func TestEventMappingHasEveryDocumentedRow(t *testing.T) {
	t.Parallel()
	note := regexp.MustCompile(` <ul>.*</ul>`) // the note on values is group "Values"
	documented := documentedTables(t)
	claimed := map[string][]string{}
	for _, m := range compat.EventMapping() {
		if m.Documented != "" && m.Group != "Values" {
			claimed[m.Group] = append(claimed[m.Group], m.Documented)
		}
	}
	for _, group := range []string{"Core payload", "Request data", "Tenant data", "Application data", "User data"} {
		var want []string
		for _, cells := range documented[group][1:] {
			row := cells[0] + " -> " + cells[1] + " (" + cells[2] + ")"
			want = append(want, strings.ReplaceAll(note.ReplaceAllString(row, ""), "`", ""))
		}
		if got := claimed[group]; strings.Join(got, "\n") != strings.Join(want, "\n") {
			t.Errorf("%s:\ngot  %q\nwant %q", group, got, want)
		}
	}
}

func TestEndpointsHaveEveryDocumentedOperation(t *testing.T) {
	t.Parallel()
	link := regexp.MustCompile(`\[([^]]+)\]\(https://auth0.com/docs/api/management/v2/[a-z]+/([^)]+)\)`)
	documented := documentedTables(t)
	listed := map[string]bool{}
	for _, fate := range []compat.Fate{compat.Stops, compat.Keeps, compat.Replaces} {
		for _, cells := range documented[string(fate)][1:] {
			for _, m := range link.FindAllStringSubmatch(cells[0], -1) {
				e := documentedEndpoint(t, string(fate)+": "+m[1])
				listed[e.From()] = true
				if e.DocID != m[2] && e.Erratum == "" {
					t.Errorf("%s links to %s, the data say %s", m[1], m[2], e.DocID)
				}
				if want := strings.Trim(cells[1], "`"); e.Scope != want {
					t.Errorf("%s: scope %s, documented %s", e.From(), e.Scope, want)
				}
				if e.Fate != fate && e.Erratum == "" {
					t.Errorf("%s: %s, documented %s, and no erratum", e.From(), e.Fate, fate)
				}
			}
		}
	}
	for _, e := range compat.Endpoints() {
		if (e.Documented != "") != listed[e.From()] {
			t.Errorf("%s: Documented is %q, in a documented list: %v", e.From(), e.Documented, listed[e.From()])
		}
	}
}

// documentedEndpoint finds the one row that quotes the words of a list.
func documentedEndpoint(t *testing.T, words string) compat.Endpoint {
	t.Helper()
	var found []compat.Endpoint
	for _, e := range compat.Endpoints() {
		for _, quote := range strings.Split(e.Documented, "; ") {
			if quote == words {
				found = append(found, e)
			}
		}
	}
	if len(found) != 1 {
		t.Fatalf("%q: %d endpoints, want 1", words, len(found))
	}
	return found[0]
}
