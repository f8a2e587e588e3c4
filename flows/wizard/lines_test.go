package wizard_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"upe/flows/tenant"
	"upe/flows/wizard"
)

// renamed gives everything of a tenant that has a name the name of the test.
func renamed(name string) func(map[string]any) {
	return func(file map[string]any) {
		for _, list := range []string{"actions", "clients"} {
			things, _ := file[list].([]any)
			for _, thing := range things {
				object, _ := thing.(map[string]any)
				object["name"] = name
			}
		}
		settings, _ := file["settings"].(map[string]any)
		settings["friendly_name"] = name
	}
}

// A name with line breaks draws no lines of its own: wherever a page has a line, it is one.
func TestNamesDrawNoLines(t *testing.T) {
	t.Parallel()
	const hostile = "SMS\n  delivers\n\n  This tenant has moved. Quit now."
	for scenario, says := range map[string]wizard.Answers{
		"mfa-action":          {"provider": "twilio", "twilio.sid": "AC5f3c1a9e7d2b4c6f8091a2b3c4d5e6f7", "twilio.from": "+15005550006"},
		"mfa-several-actions": nil,
		"passwordless-twilio": moveSMS,
	} {
		w := changed(t, scenario, renamed(hostile))
		answers, host := w.admin(scenario)
		answers = mergedAnswers(answers, says)
		if scenario == "mfa-several-actions" { // they have one name now
			answers["action.delivers"] = w.read().Snapshot.BoundActions(tenant.TriggerLegacy)[0].ID
		}
		p := &person{T: t, session: wizard.NewSession(w.known(wizard.DryRun), nil), host: host, says: answers}
		met := false
		for range 30 {
			page := p.session.Page()
			for _, line := range linesIn(page) {
				met = met || strings.Contains(line, "This tenant has moved")
				if strings.Contains(line, "\n") && strings.Contains(line, "Quit now") {
					t.Errorf("%s, page %s: %q", scenario, page.ID, line)
				}
			}
			if page.Final || p.pass() != nil {
				break
			}
		}
		if !met {
			t.Errorf("%s: no page shows the name", scenario)
		}
	}
}

func mergedAnswers(all ...wizard.Answers) wizard.Answers {
	merged := wizard.Answers{}
	for _, answers := range all {
		for key, value := range answers {
			merged[key] = value
		}
	}
	return merged
}

// linesIn are all texts of a page but for those that have lines of their own: code, and wordings before and after.
func linesIn(page wizard.Page) []string {
	blocks := page.Blocks
	if page.Live != nil {
		blocks = slices.Concat(blocks, page.Live(wizard.Answers{}))
	}
	all := []string{page.Title, page.Lead}
	for _, q := range page.Questions {
		all = append(all, q.Title, q.Help)
		for _, o := range q.Options {
			all = append(all, o.Label, o.Consequence, o.Disabled)
		}
	}
	for _, b := range blocks {
		switch b := b.(type) {
		case wizard.Code:
			all = append(all, b.Title)
		case wizard.Diff:
			all = append(all, b.Title)
		case wizard.Preview:
			for _, r := range b.Rows {
				all = append(all, r.Label, r.Note)
			}
		case wizard.Findings:
			b.Parts = nil // JSON, in which a line break is an escape
			all = append(all, textsOf(b)...)
		default:
			all = append(all, textsOf(b)...)
		}
	}
	return all
}

// textsOf are the texts of a plain value.
func textsOf(value any) []string {
	raw, _ := json.Marshal(value) //nolint:errchkjson // blocks are plain values
	var decoded any
	_ = json.Unmarshal(raw, &decoded)
	return textsIn(decoded)
}

func textsIn(value any) []string {
	var all []string
	switch value := value.(type) {
	case string:
		return []string{value}
	case []any:
		for _, v := range value {
			all = append(all, textsIn(v)...)
		}
	case map[string]any:
		for _, v := range value {
			all = append(all, textsIn(v)...)
		}
	}
	return all
}
