package main

import (
	"bytes"
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/client/emulator"
	"upe/testdata"
	"upe/ui/termtest"
)

// TestNamesDrawNoLines looks at the pages of a tenant whose names have line breaks. They are the pages of a tenant with harmless names,
// letter by letter: no name begins a line.
func TestNamesDrawNoLines(t *testing.T) {
	t.Parallel()
	const shown, harmless = `SMS\n\n\nGone`, "SMSxnxnxnGone"
	hostile := strings.ReplaceAll(drawn(t, strings.ReplaceAll(shown, `\n`, "\n")), shown, harmless)
	if want := drawn(t, harmless); hostile != want {
		t.Errorf("with line breaks in names:\n%s\nwithout:\n%s", hostile, want)
	}
	if !strings.Contains(hostile, harmless) {
		t.Error("no page shows a name")
	}
}

// drawn are pages of a tenant whose Actions and applications have this name.
func drawn(t *testing.T, name string) string {
	t.Helper()
	file, err := testdata.Tenant("mfa-action")
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := emulator.New(emulator.Options{File: named(t, file, name), Now: time.Now, RateLimit: roomy})
	if err != nil {
		t.Fatal(err)
	}
	a := testApp(t)
	var album string
	model := &lazy{build: func() tea.Model {
		root, _ := a.screens(context.Background(), inProcess(t, embedded))
		return &leaver{Root: root}
	}}
	termtest.Run(t, model, 80, 60, func(s *termtest.Session) {
		album = visitAll(s, []visit{
			{"Before we start", []string{"enter"}},
			{"Current settings", []string{"enter"}},
			{"What to move", []string{"enter", "up", "up", "enter"}},
			{"Yours to decide", []string{"space", "enter"}},
			{"The tenant-level provider", []string{"enter"}},
			{"What sends MFA codes today", []string{"enter"}},
			{"The Action that sends", []string{"enter"}},
		}, 80, 60)
	})
	return album
}

// named gives the Actions and applications of a tenant file a name.
func named(t *testing.T, file []byte, name string) []byte {
	t.Helper()
	var content map[string]any
	if err := json.Unmarshal(bytes.TrimSpace(file), &content); err != nil {
		t.Fatal(err)
	}
	for _, list := range []string{"actions", "clients"} {
		things, _ := content[list].([]any)
		for _, thing := range things {
			object, _ := thing.(map[string]any)
			object["name"] = name
		}
	}
	changed, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	return changed
}
