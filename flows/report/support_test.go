package report_test

import (
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/report"
	"upe/flows/tenant"
)

// A tenant that Auth0 made unified gets its text for Support at the end of the check, in lines that can be copied.
func TestACheckEndsWithTheTextForSupport(t *testing.T) {
	t.Parallel()
	j := judge.Judgement{
		Tenant:   tenant.Identity{Domain: "acme.us.auth0.com"},
		Findings: []judge.Finding{{ID: "unified-without-flag", Severity: judge.Note, Title: "Unified"}, {ID: "no-user-feedback", Title: "No feedback", Acknowledge: true}},
		Routes:   []judge.Route{{Flow: judge.MFA, Channel: "sms", Via: judge.Tenant, Delivers: true}},
		Refusals: []judge.Refusal{{Path: tenant.PathSelectedProvider, Status: 403, Code: tenant.CodeLegacyNotAllowed}},
	}
	out := report.Check(j)
	_, text, found := strings.Cut(out, "\nIf you ask Auth0 Support (must-stay-legacy)\n")
	for _, want := range []string{
		"  Subject: acme.us.auth0.com: legacy phone provider for MFA and Passwordless\n",
		"  - MFA by SMS: sent through the tenant-level provider\n",
		"  - GET /api/v2/guardian/factors/phone/selected-provider: 403\n    legacy_mfa_phone_provider_not_allowed\n",
	} {
		if !found || !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, out)
		}
	}
	for line := range strings.Lines(text) {
		if len(strings.TrimRight(line, "\n")) > report.Width && !strings.Contains(line, "https://") {
			t.Errorf("too wide: %s", line)
		}
	}
	if !strings.Contains(out, "No feedback (no-user-feedback), to be acknowledged\n") {
		t.Errorf("the acknowledgement is not asked for in\n%s", out)
	}
	if texts := report.Support(j); len(texts) != 1 || texts[0].Reason != judge.SupportStayLegacy {
		t.Errorf("%+v", texts)
	}
	if out := report.Check(judge.Judgement{}); strings.Contains(out, "Support") {
		t.Errorf("nobody needs Support:\n%s", out)
	}
}
