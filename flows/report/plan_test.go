package report_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/report"
	"upe/flows/tenant"
)

// detailed is a plan whose steps have everything a step can have.
func detailed() plan.Plan {
	p := migration()
	p.Steps = []plan.Step{
		{
			ID: "provider", Title: "Create the provider", Kind: plan.Request, Phase: plan.Prepare, Undo: "delete it",
			Call:  &tenant.Call{Op: tenant.CreateProvider, Body: json.RawMessage(`{"name":"twilio","credentials":{"auth_token":{"$secret":"twilio.auth_token"}}}`)},
			After: json.RawMessage(`{"name":"twilio"}`),
			Done:  &plan.Check{Get: tenant.Call{Op: tenant.ListProviders}, Match: json.RawMessage(`{"name":"twilio"}`), Want: json.RawMessage(`{"name":"twilio"}`)},
		},
		{
			ID: "template", Title: "Write the template", Kind: plan.Request, Phase: plan.Prepare, Undo: "put the former one back",
			Call:   &tenant.Call{Op: tenant.PatchPhoneTemplate, ID: "tpl_1", Body: json.RawMessage(`{"content":{"text":"{{ code }}  for Acme"},"disabled":false}`)},
			Before: json.RawMessage(`{"content":{"text":"old {{ code }}"},"disabled":false}`),
			After:  json.RawMessage(`{"content":{"text":"{{ code }}  for Acme"},"disabled":false,"custom":true}`),
			Done:   &plan.Check{Get: tenant.Call{Op: tenant.GetPhoneTemplate, ID: "tpl_1"}, Want: json.RawMessage(`{"channel":"phone"}`)},
		},
		{
			ID: "action", Title: "Create the Action", Kind: plan.Request, Phase: plan.Prepare, Undo: "delete it",
			Call: &tenant.Call{Op: tenant.CreateAction, Body: json.RawMessage(`{"code":"line one\n  line two\n"}`)},
		},
		{
			ID: "flag", Title: "Turn it on", Kind: plan.Request, Phase: plan.Switch, Move: "mfa", Needs: []string{"provider", "action"},
			Undo: "turn it off", UndoDashboard: "Tenant Settings > Advanced: off",
			Call:   &tenant.Call{Op: tenant.PatchSettings, Body: json.RawMessage(`{"phone_consolidated_experience":true}`)},
			Before: json.RawMessage(`{"phone_consolidated_experience":false}`), After: json.RawMessage(`{"phone_consolidated_experience":true}`),
			Done: &plan.Check{Get: tenant.Call{Op: tenant.GetSettings}, Want: json.RawMessage(`{"phone_consolidated_experience":true}`)},
		},
		{
			ID: "connection", Title: "Switch the connection", Kind: plan.Request, Phase: plan.Switch, Move: "mfa", Undo: "send the former options back",
			Call:   &tenant.Call{Op: tenant.PatchConnection, ID: "con_1", Body: json.RawMessage(`{"options":{"use_phone_provider":true}}`)},
			Merge:  &plan.Base{Get: tenant.Call{Op: tenant.GetConnection, ID: "con_1"}, Keep: []string{"options"}},
			Before: json.RawMessage(`{"options":{"use_phone_provider":null}}`), After: json.RawMessage(`{"options":{"use_phone_provider":true}}`),
		},
		{
			ID: "look", Title: "See it", Kind: plan.Manual, Phase: plan.Switch, Move: "mfa", Dashboard: "there", Undo: "nothing",
			Done: &plan.Check{Get: tenant.Call{Op: tenant.GetSelectedProvider}, Refused: tenant.CodeLegacyNotAllowed},
		},
	}
	return p
}

// TestAPlanShowsWhatIsSentAndWhatChanges is what `upe plan --help` promises, in both forms.
func TestAPlanShowsWhatIsSentAndWhatChanges(t *testing.T) {
	t.Parallel()
	text, markdown := report.Plan(detailed()), report.PlanMarkdown(detailed())
	for _, want := range []string{
		"credentials.auth_token: $secret twilio.auth_token",
		`name: "twilio"`,
		"(new: nothing is there before)",
		`content.text: "old {{ code }}" → "{{ code }}  for Acme"`, // with both spaces
		"disabled: false (as it is)",
		"custom: nothing → true",
		"phone_consolidated_experience: false → true",
		"options.use_phone_provider: nothing → true",
		"It is laid over options as GET /connections/con_1 answers immediately before.",
		"Proved: it reads back in GET /tenants/settings",
		`Proved: GET /branding/phone/providers shows one, where name is "twilio"`,
		`Proved: GET /branding/phone/templates/tpl_1 shows channel is "phone"`,
		"Undo: turn it off. In the Dashboard: Tenant Settings > Advanced: off",
	} {
		if !strings.Contains(joined(text), want) {
			t.Errorf("text: %q is not in\n%s", want, text)
		}
		if !strings.Contains(strings.ReplaceAll(joined(markdown), `\_`, "_"), want) {
			t.Errorf("markdown: %q is not in\n%s", want, markdown)
		}
	}
	for _, want := range []string{"        code:\n          | line one\n          |   line two\n", "Needs first: step 1, step 3"} {
		if !strings.Contains(text, want) {
			t.Errorf("text: %q is not in\n%s", want, text)
		}
	}
	for _, want := range []string{"      ```text\n      line one\n        line two\n      ```\n", "Needs first: `provider, action`"} {
		if !strings.Contains(markdown, want) {
			t.Errorf("markdown: %q is not in\n%s", want, markdown)
		}
	}
	for line := range strings.Lines(text + markdown) {
		if n := utf8.RuneCountInString(strings.TrimRight(line, "\n")); n > 80 {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

// TestAPlanSaysWhenCodesMayBeLost, whose, and for how long, before its steps.
func TestAPlanSaysWhenCodesMayBeLost(t *testing.T) {
	t.Parallel()
	p := detailed()
	if strings.Contains(report.Plan(p)+report.PlanMarkdown(p), "may be lost") {
		t.Error("a plan without a gap states one")
	}
	p.Summary.Gaps = []plan.Gap{{
		What: "MFA follows the flag.", From: "flag", To: "connection", Flows: []string{"MFA by SMS", `the connection "a_b"`}, Length: "a few seconds",
	}}
	text, markdown := report.Plan(p), report.PlanMarkdown(p)
	const want = "Codes may be lost for a time\n  - From step 4 to step 5: MFA by SMS, the connection \"a_b\"\n    MFA follows the flag.\n    How long: a few seconds.\n"
	if at := strings.Index(text, want); at < 0 || at > strings.Index(text, "Create the provider") {
		t.Errorf("text:\n%s", text)
	}
	for _, part := range []string{
		"- **Codes may be lost for a time**: MFA by SMS, the connection \"a_b\"", "  - From `Turn it on` to `Switch the connection`",
		"  - MFA follows the flag.", "  - How long: a few seconds",
	} {
		if !strings.Contains(markdown, part+"\n") {
			t.Errorf("markdown: %q is not in\n%s", part, markdown)
		}
	}
}

// TestAProofSaysWhatCounts where it looks for several, and where the tenant may show nothing.
func TestAProofSaysWhatCounts(t *testing.T) {
	t.Parallel()
	p := detailed()
	p.Steps[3].Done.Silent = true
	p.Steps[4].Done = &plan.Check{Get: tenant.Call{Op: tenant.GetConnectionClients, ID: "con_1"}, Each: json.RawMessage(`[{"client_id":"app1"}]`)}
	text := joined(report.Plan(p))
	for _, want := range []string{
		"Proved: it reads back in GET /tenants/settings; where that does not show it, Auth0's answer to the request is all the proof there is",
		"Proved: GET /connections/con_1/clients shows each of them",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
}

// joined undoes the breaks of lines, and nothing else: spaces inside a value count.
func joined(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimLeft(lines[i], " ")
	}
	return strings.Join(lines, " ")
}

// TestAWordingCannotForgeAPlan: whatever stands in a wording, the plan has no line, heading or list but its own.
func TestAWordingCannotForgeAPlan(t *testing.T) {
	t.Parallel()
	forge := func(wording, code string) (structure, int) {
		p := detailed()
		content := map[string]any{"text": strings.Repeat("words that fill a line ", 5) + wording}
		p.Steps[1].Call.Body = plan.Encode(map[string]any{"content": content, "disabled": false})
		p.Steps[1].After = plan.Encode(map[string]any{"content": content, "disabled": false, "custom": true})
		p.Steps[2].Call.Body = plan.Encode(map[string]any{"code": "one\n" + code + "\nend"})
		return signs(unfenced(report.PlanMarkdown(p))), countSteps(report.Plan(p))
	}
	want, steps := forge("", "")
	rapid.Check(t, func(t *rapid.T) {
		wording := rapid.StringOf(rapid.SampledFrom([]rune("ab `*_[]<>#|-+=~\t1.)!&\\\""))).Draw(t, "wording")
		code := rapid.StringOf(rapid.SampledFrom([]rune("ab `~\n 1.[request]"))).Draw(t, "code")
		if got, shown := forge(wording, code); got != want || shown != steps {
			t.Fatalf("%q and %q make %+v of %+v, and %d steps of %d", wording, code, got, want, shown, steps)
		}
	})
}

// unfenced is a document without what stands between fences, read as Markdown does: a fence ends with as many back-ticks at
// least as it began with.
func unfenced(markdown string) string {
	var out strings.Builder
	fence := ""
	for line := range strings.Lines(markdown) {
		trimmed := strings.TrimSpace(line)
		ticks := trimmed[:len(trimmed)-len(strings.TrimLeft(trimmed, "`"))]
		switch {
		case fence == "" && len(ticks) >= 3:
			fence = ticks
		case fence == "":
			out.WriteString(line)
		case trimmed == ticks && len(ticks) >= len(fence):
			fence = ""
		}
	}
	return out.String()
}

// countSteps counts the lines that look like the beginning of a step.
func countSteps(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "   ") && len(line) > 4 && line[3] >= '1' && line[3] <= '9' && line[4] == '.' {
			n++
		}
	}
	return n
}
