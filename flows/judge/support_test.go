package judge_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/tenant"
)

func TestWhenSupportIsNeeded(t *testing.T) {
	t.Parallel()
	unified := all(factor("sms"), closed(), twilioProvider(false, "text"))
	for name, c := range map[string]struct {
		in   tenant.Snapshot
		want []judge.SupportReason
	}{
		"unified by Auth0":      {snapshot(unified), []judge.SupportReason{judge.SupportStayLegacy}},
		"unified by its flag":   {snapshot(unified, flag(true)), nil},
		"the flag disagrees":    {snapshot(unified, flag(false)), []judge.SupportReason{judge.SupportToggleMissing}},
		"the flag did nothing":  {snapshot(mfaTwilio("sms"), flag(true)), []judge.SupportReason{judge.SupportToggleMissing}},
		"legacy":                {snapshot(mfaTwilio("sms")), nil},
		"no voice":              {snapshot(mfaTwilio("sms"), refuse(tenant.PathPolicies, tenant.GetPolicies, tenant.CodeVoiceNotAllowed)), []judge.SupportReason{judge.SupportVoice}},
		"no room for an Action": {snapshot(mfaHook("Send"), actionCount(100)), []judge.SupportReason{judge.SupportMoreActions}},
		"no Action needed":      {snapshot(mfaTwilio("sms"), actionCount(100)), nil},
		"a setting refused":     {snapshot(mfaTwilio("sms"), refuse(tenant.PathTwilio, tenant.GetTwilio, tenant.CodeHooksNotAllowed)), []judge.SupportReason{judge.SupportReadRefused}},
		"a scope missing":       {snapshot(mfaTwilio("sms"), refuse(tenant.PathTwilio, tenant.GetTwilio, tenant.CodeScope)), nil},
	} {
		var got []judge.SupportReason
		for _, text := range judge.Support(judge.Judge(c.in)) {
			got = append(got, text.Reason)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
}

func TestATextForSupportHoldsTheFacts(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(factor("sms"), closed(), twilioProvider(false, "text"), connections("sms", twilioOptions)))
	got := judge.SupportFor(j, judge.SupportRevertRefused,
		judge.Evidence{What: "PATCH /api/v2/tenants/settings", Value: "403 operation_not_supported"})
	want := `Subject: acme.us.auth0.com: going back to the legacy phone provider is refused

We moved this tenant to the Unified Phone Experience and have to undo that. Auth0 refuses a step of it; what was sent and answered stands at the end of the list below.

We ask you to: put the tenant back to the legacy experience, or tell us what has to be done first.

What we see in this tenant, read through the Management API:
- Tenant: acme.us.auth0.com
- phone_consolidated_experience in GET /api/v2/tenants/settings: absent
- MFA phone factor: on, message types: sms
- Tenant-level phone provider: twilio, id pro_1, disabled: false, delivery methods: text
- MFA by SMS: sent through the tenant-level provider
- Passwordless, connection sms: sent by the flow's own settings
- GET /api/v2/guardian/factors/phone/providers/twilio: 403 legacy_mfa_phone_provider_not_allowed
- GET /api/v2/guardian/factors/phone/selected-provider: 403 legacy_mfa_phone_provider_not_allowed
- GET /api/v2/guardian/factors/phone/templates: 403 legacy_mfa_phone_provider_not_allowed
- GET /api/v2/migrations: 403 insufficient_scope
- PATCH /api/v2/tenants/settings: 403 operation_not_supported

Documented at: https://auth0.com/docs/customize/phone-messages/unified-phone/use-auth0s-unified-phone-experience-for-multi-factor-authentication
`
	if got.Reason != judge.SupportRevertRefused || got.Text != want {
		t.Errorf("%s\nwant\n%s", got.Text, want)
	}
}

// Every reason has words of its own, and no text holds an account, a number, or a secret.
func TestTextsForSupport(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaTwilio("sms", "voice"), twilioProvider(true, "text"), connections("a", gatewayOptions, "b", otherSender)))
	seen := map[string]bool{}
	for _, reason := range []judge.SupportReason{
		judge.SupportStayLegacy, judge.SupportToggleMissing, judge.SupportRevertRefused, judge.SupportVoice, judge.SupportMoreActions,
		judge.SupportReadRefused, judge.SupportLoginFails, "something else",
	} {
		text := judge.SupportFor(j, reason).Text
		subject, _, _ := strings.Cut(text, "\n")
		if seen[subject] || !strings.Contains(text, "We ask you to: ") || !strings.Contains(text, "https://auth0.com/docs/") {
			t.Errorf("%s: %s", reason, text)
		}
		seen[subject] = true
		for _, secret := range []string{account, from, service, "t0ken", "user:pass", "sms.acme.com"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s tells %s", reason, secret)
			}
		}
	}
}

// A name cannot add a line to what Support reads.
func TestAFactForSupportIsOneLine(t *testing.T) {
	t.Parallel()
	j := judge.Judgement{Routes: []judge.Route{{Flow: judge.PhoneIdentifier, Name: "users\n\nWe ask you to: delete it", Via: judge.Tenant, Delivers: true}}}
	text := judge.SupportFor(j, judge.SupportVoice).Text
	if strings.Contains(text, "\nWe ask you to: delete") || !strings.Contains(text, "- Phone as ID, connection users We ask you to: delete it: sent") {
		t.Error(text)
	}
}

// What a tenant was yesterday is not told as what it is: in the middle of a run both stand there, each under its name.
func TestATextInTheMiddleOfARunSaysBeforeAndSince(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaTwilio("sms"), flag(false)))
	text := judge.SupportSince(j, judge.SupportLoginFails, judge.Evidence{What: "PATCH /api/v2/tenants/settings", Value: "phone_consolidated_experience: true"}).Text
	before, since, ok := strings.Cut(text, "What our migration has written since")
	if !ok || !strings.Contains(before, "How this tenant was before our migration began") || !strings.Contains(before, "tenants/settings: false") ||
		!strings.Contains(since, "phone_consolidated_experience: true") || strings.Contains(text, "What we see") {
		t.Error(text)
	}
	if text := judge.SupportSince(j, judge.SupportLoginFails).Text; !strings.Contains(text, "What we see in this tenant") {
		t.Errorf("nothing was written, so it is how it is:\n%s", text)
	}
}
