package report

import (
	"strings"

	"upe/flows/judge"
)

// Support are the texts for Auth0 Support that a judgement calls for, ready to be sent.
func Support(j judge.Judgement) []judge.SupportText { return judge.Support(j) }

// support draws the texts at the end of a check, so that they can be copied: nothing stands before their lines but an indent.
func support(t *text, texts []judge.SupportText) {
	for _, one := range texts {
		t.heading("If you ask Auth0 Support (" + string(one.Reason) + ")")
		t.gap()
		for line := range strings.Lines(one.Text) {
			line = strings.TrimRight(line, "\n")
			if point, ok := strings.CutPrefix(line, "- "); ok {
				t.item(2, "-", point)
				continue
			}
			if line == "" {
				t.gap()
			}
			t.para(2, line)
		}
	}
}
