package main

import (
	"fmt"
	"strings"

	"upe/flows/wizard"
)

// answersTable is every key of an answers file.
type answersTable struct {
	Schema string          `json:"schema"` // of the file, which its first line names
	Keys   []wizard.KeyDoc `json:"keys"`
}

func newAnswersTable() *answersTable {
	return &answersTable{Schema: wizard.AnswersSchema, Keys: wizard.AnswerKeys()}
}

func (t *answersTable) text() string {
	var out strings.Builder
	hang(&out, "", "An answers file is YAML. It begins with `schema: "+t.Schema+"`; a key with dots is written nested, and * stands for one name. "+
		"What a tenant does not ask is not looked at, so one file may serve many.")
	for _, k := range t.Keys {
		fmt.Fprintf(&out, "\n%s\n", k.Key)
		hang(&out, "  ", k.Says)
		hang(&out, "  ", "Written as "+k.Form+".")
		hang(&out, "  ", "Without it: "+k.Default+".")
	}
	return out.String()
}
