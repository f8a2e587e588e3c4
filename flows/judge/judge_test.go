package judge_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// TestTenants is the table of tenants: what each is, and what is found. A route is written "flow channel: via carrier", with
// "!" when it does not deliver.
func TestTenants(t *testing.T) {
	t.Parallel()
	type want struct {
		verdict  judge.Verdict
		state    judge.State
		routes   []string
		findings string
	}
	cases := map[string]struct {
		snapshot tenant.Snapshot
		want     want
	}{
		"nothing configured": {snapshot(), want{
			judge.Eligible, judge.StateNone, nil, "nothing-configured",
		}},
		"MFA over Twilio": {snapshot(mfaTwilio("sms")), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "legacy-endpoints-stop no-user-feedback",
		}},
		"MFA over Twilio, flag false": {snapshot(mfaTwilio("sms"), flag(false)), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "legacy-endpoints-stop no-user-feedback",
		}},
		"MFA with a hidden token": {snapshot(mfaTwilio("sms"), part(tenant.PathTwilio, `{"sid":"AC1","from":"+1555"}`)), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "legacy-endpoints-stop twilio-token-not-readable no-user-feedback",
		}},
		"voice with a Messaging Service, a disabled provider too narrow": {snapshot(mfaTwilio("sms", "voice"),
			part(tenant.PathTwilio, `{"sid":%q,"from":%q,"messaging_service_sid":%q,"auth_token":"********"}`, account, from, service),
			twilioProvider(true, "text")), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio", "mfa voice: legacy twilio"},
			"delivery-methods-do-not-cover-factors messaging-service-and-voice default-wording-changes legacy-endpoints-stop " +
				"provider-exists-disabled twilio-token-not-readable no-user-feedback",
		}},
		"voice with a Messaging Service alone": {snapshot(mfaTwilio("voice"),
			part(tenant.PathTwilio, `{"sid":%q,"messaging_service_sid":%q,"auth_token":"t0ken"}`, account, service)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa voice: legacy twilio!"},
			"messaging-service-and-voice legacy-route-broken default-wording-changes legacy-endpoints-stop no-user-feedback",
		}},
		"MFA through an Action": {snapshot(mfaHook("Send via ACME")), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy action"},
			"action-must-be-translated legacy-endpoints-stop no-user-feedback",
		}},
		"several Actions": {snapshot(mfaHook("Log", "Send")), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy action"},
			"action-must-be-translated several-actions-bound legacy-endpoints-stop no-user-feedback",
		}},
		"no Action": {snapshot(mfaHook()), want{
			judge.NeedsDecision, judge.StateLegacy, []string{"mfa sms: legacy action!"}, "no-action-bound legacy-endpoints-stop no-user-feedback",
		}},
		"an Action that is not deployed": {snapshot(mfaHook("Send"),
			part(tenant.PathLegacyActions, `[{"id":"act0","name":"Send","all_changes_deployed":false}]`)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy action!"},
			"action-must-be-translated legacy-route-broken legacy-endpoints-stop no-user-feedback",
		}},
		"Auth0's own sender": {snapshot(factor("sms")), want{
			judge.NeedsDecision, judge.StateLegacy, []string{"mfa sms: legacy auth0"}, "legacy-auth0-sender legacy-endpoints-stop no-user-feedback",
		}},
		"MFA configured but off": {snapshot(mfaTwilio("sms"), part(tenant.PathFactors, `[{"name":"sms","enabled":false}]`)), want{
			judge.Eligible, judge.StateNone, nil, "mfa-configured-but-off nothing-configured",
		}},
		"Passwordless over Twilio": {snapshot(connections("sms", twilioOptions)), want{
			judge.Eligible, judge.StateLegacy, []string{"passwordless sms: legacy twilio"}, "no-user-feedback",
		}},
		"Passwordless over a gateway": {snapshot(connections("sms", gatewayOptions)), want{
			judge.NeedsDecision, judge.StateLegacy, []string{"passwordless sms: legacy gateway"}, "gateway-needs-action no-user-feedback",
		}},
		"a connection nobody uses": {snapshot(connections("sms", twilioOptions), unused("sms")), want{
			judge.Eligible, judge.StateNone, nil, "connection-without-applications nothing-configured",
		}},
		"a connection whose applications cannot be read": {snapshot(connections("sms", twilioOptions),
			refuse(tenant.ClientsPath("con_sms"), tenant.GetConnectionClients, tenant.CodeScope)), want{
			judge.Eligible, judge.StateLegacy, []string{"passwordless sms: legacy twilio"}, "no-user-feedback scope-missing-optional",
		}},
		"options of a connection cannot be read": {snapshot(mfaTwilio("sms"), connections("sms", noOptions)), want{
			judge.Blocked, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio", "passwordless sms: unknown !"},
			"options-not-readable legacy-endpoints-stop no-user-feedback",
		}},
		"options of database connections cannot be read": {snapshot(mfaTwilio("sms"),
			part(tenant.PathDBConnections, `[{"id":"con_db","name":"users"}]`)), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "legacy-endpoints-stop options-not-readable no-user-feedback",
		}},
		"MFA and Passwordless, one Twilio, one wording": {snapshot(mfaTwilio("sms"), connections("sms", twilioOptions),
			part(tenant.PathMFATemplates, `{"verification_message":"{{code}} is your verification code for Acme."}`)), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio", "passwordless sms: legacy twilio"},
			"legacy-endpoints-stop no-user-feedback",
		}},
		"MFA and Passwordless, two wordings": {snapshot(mfaTwilio("sms"), connections("sms", twilioOptions)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio", "passwordless sms: legacy twilio"},
			"templates-differ legacy-endpoints-stop no-user-feedback",
		}},
		"two wordings in two channels": {snapshot(mfaTwilio("voice"), connections("sms", twilioOptions)), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"mfa voice: legacy twilio", "passwordless sms: legacy twilio"},
			"default-wording-changes legacy-endpoints-stop no-user-feedback",
		}},
		"two senders": {snapshot(connections("a", otherSender, "b", twilioOptions)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"passwordless sms: legacy twilio", "passwordless sms: legacy twilio"},
			"different-carriers templates-differ twilio-token-not-readable no-user-feedback",
		}},
		"an Action and a gateway": {snapshot(mfaHook("Send"), connections("sms", gatewayOptions)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy action", "passwordless sms: legacy gateway"},
			"action-must-be-translated gateway-needs-action different-carriers templates-differ legacy-endpoints-stop no-user-feedback",
		}},
		"unified by flag": {snapshot(factor("sms"), flag(true), closed(), twilioProvider(false, "text")), want{
			judge.Migrated, judge.StateUnified, []string{"mfa sms: tenant twilio"}, "",
		}},
		"unified without a flag": {snapshot(factor("sms"), closed(), twilioProvider(false, "text")), want{
			judge.Migrated, judge.StateUnified, []string{"mfa sms: tenant twilio"}, "unified-without-flag",
		}},
		"unified against the flag": {snapshot(factor("sms"), flag(false), closed(), twilioProvider(false, "text")), want{
			judge.Migrated, judge.StateUnified, []string{"mfa sms: tenant twilio"}, "flag-disagrees",
		}},
		"everything moved": {snapshot(factor("sms", "voice"), flag(true), closed(), twilioProvider(false, "text", "voice"),
			connections("sms", movedOptions)), want{
			judge.Migrated, judge.StateUnified,
			[]string{"mfa sms: tenant twilio", "mfa voice: tenant twilio", "passwordless sms: tenant twilio"},
			"",
		}},
		"unified, voice not delivered": {snapshot(factor("sms", "voice"), flag(true), closed(), twilioProvider(false, "text")), want{
			judge.NeedsDecision, judge.StateUnified,
			[]string{"mfa sms: tenant twilio", "mfa voice: tenant twilio!"},
			"delivery-methods-do-not-cover-factors",
		}},
		"unified without a provider": {snapshot(factor("sms"), flag(true), closed()), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant !"}, "unified-without-provider",
		}},
		"unified with a disabled provider": {snapshot(factor("sms"), flag(true), closed(), twilioProvider(true, "text")), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant twilio!"}, "unified-without-provider",
		}},
		"unified, Action not deployed": {snapshot(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneAction(false)), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant action!"}, "unified-without-provider phone-action-undeployed",
		}},
		"flag on, connection on its gateway": {snapshot(factor("sms"), flag(true), closed(), twilioProvider(false, "text"),
			connections("sms", gatewayOptions)), want{
			judge.NeedsDecision, judge.StateMixed,
			[]string{"mfa sms: tenant twilio", "passwordless sms: legacy gateway"},
			"gateway-needs-action different-carriers provider-other-kind templates-differ provider-live half-migrated-connection no-user-feedback",
		}},
		"flag on, connection on the same Twilio": {snapshot(factor("sms"), flag(true), closed(), twilioProvider(false, "text"),
			connections("sms", twilioOptions), part(tenant.PathPhoneTemplates,
				`{"templates":[{"type":"otp_verify","content":{"body":{"text":"{{ code }} is your verification code for Acme"}}}]}`)), want{
			judge.HalfMigrated, judge.StateMixed,
			[]string{"mfa sms: tenant twilio", "passwordless sms: legacy twilio"},
			"provider-live half-migrated-connection no-user-feedback",
		}},
		"flag on, legacy open": {snapshot(mfaTwilio("sms"), flag(true), twilioProvider(false, "text")), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"mfa sms: unknown "},
			"provider-live flag-on-legacy-open legacy-endpoints-stop no-user-feedback",
		}},
		"flag on, legacy open, no provider yet": {snapshot(mfaTwilio("sms"), flag(true)), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"mfa sms: unknown !"},
			"flag-on-legacy-open legacy-endpoints-stop no-user-feedback",
		}},
		"flag on, legacy open, MFA through an Action, a connection over Twilio": {snapshot(mfaHook("Send"), flag(true),
			twilioProvider(false, "text"), connections("sms", movedOptions)), want{
			judge.NeedsDecision, judge.StateMixed,
			[]string{"mfa sms: unknown ", "passwordless sms: tenant twilio"},
			"action-must-be-translated different-carriers provider-other-kind provider-live flag-on-legacy-open " +
				"legacy-endpoints-stop no-user-feedback",
		}},
		"flag on, MFA off, legacy open": {snapshot(flag(true)), want{
			judge.Eligible, judge.StateNone, nil, "nothing-configured",
		}},
		"an enabled provider, a migration flag off": {snapshot(mfaTwilio("sms"), twilioProvider(false, "text"),
			part(tenant.PathMigrations, `{"flags":{"legacy_mfa_phone_provider":false}}`)), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"mfa sms: unknown "},
			"provider-live migration-flag-disagrees legacy-endpoints-stop no-user-feedback",
		}},
		"an answer of another shape": {snapshot(mfaTwilio("sms"), unreadable(tenant.PathProviders, tenant.ListProviders)), want{
			judge.Blocked, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "read-refused legacy-endpoints-stop no-user-feedback",
		}},
		"templates of another shape": {snapshot(mfaTwilio("sms"), unreadable(tenant.PathPhoneTemplates, tenant.ListPhoneTemplates)), want{
			judge.Blocked, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "read-refused legacy-endpoints-stop no-user-feedback",
		}},
		"applications of another shape": {snapshot(mfaTwilio("sms"), unreadable(tenant.PathClients, tenant.ListClients)), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "legacy-endpoints-stop no-user-feedback",
		}},
		"provider made, flag off": {snapshot(mfaTwilio("sms"), flag(false), twilioProvider(false, "text")), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio"},
			"half-migrated-provider legacy-endpoints-stop no-user-feedback",
		}},
		"a custom provider ready for the Action": {snapshot(mfaHook("Send"), customProvider(false, "text"), phoneAction(true)), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"mfa sms: legacy action"},
			"half-migrated-provider legacy-endpoints-stop no-user-feedback",
		}},
		"connection moved, MFA not": {snapshot(mfaTwilio("sms"), twilioProvider(false, "text"), connections("sms", movedOptions)), want{
			judge.HalfMigrated, judge.StateMixed,
			[]string{"mfa sms: legacy twilio", "passwordless sms: tenant twilio"},
			"provider-live half-migrated-mfa legacy-endpoints-stop no-user-feedback",
		}},
		"provider of another kind": {snapshot(mfaTwilio("sms"), customProvider(true, "text"), phoneAction(true)), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio"},
			"provider-other-kind legacy-endpoints-stop provider-exists-disabled no-user-feedback",
		}},
		"only Phone as ID": {snapshot(phoneID(), twilioProvider(false, "text")), want{
			judge.Migrated, judge.StateUnified, []string{"phone-identifier sms: tenant twilio"}, "phone-id-in-use",
		}},
		"Phone as ID without a provider": {snapshot(phoneID()), want{
			judge.Blocked, judge.StateUnified, []string{"phone-identifier sms: tenant !"}, "unified-without-provider phone-id-in-use",
		}},
		"Phone as ID and legacy MFA": {snapshot(phoneID(), twilioProvider(false, "text"), mfaTwilio("sms")), want{
			judge.Eligible, judge.StateMixed,
			[]string{"mfa sms: legacy twilio", "phone-identifier sms: tenant twilio"},
			"provider-live legacy-endpoints-stop phone-id-in-use no-user-feedback",
		}},
		"a token that may read nothing of MFA": {snapshot(factor("sms"),
			refuse(tenant.PathSelectedProvider, tenant.GetSelectedProvider, tenant.CodeScope),
			refuse(tenant.PathTwilio, tenant.GetTwilio, tenant.CodeScope),
			refuse(tenant.PathMFATemplates, tenant.GetMFATemplates, tenant.CodeScope)), want{
			judge.Blocked, judge.StateLegacy, []string{"mfa sms: unknown !"}, "scope-missing",
		}},
		"a token without tenant settings": {snapshot(mfaTwilio("sms"),
			refuse(tenant.PathSettings, tenant.GetSettings, tenant.CodeScope)), want{
			judge.Blocked, judge.StateLegacy, []string{"mfa sms: unknown !"}, "scope-missing",
		}},
		"a token without Actions, which nothing needs": {snapshot(mfaTwilio("sms"),
			refuse(tenant.PathLegacyActions, tenant.ListActions, tenant.CodeScope)), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio"},
			"legacy-endpoints-stop no-user-feedback scope-missing-optional",
		}},
		"hooks are not allowed": {snapshot(factor("sms"),
			refuse(tenant.PathSelectedProvider, tenant.GetSelectedProvider, tenant.CodeHooksNotAllowed)), want{
			judge.Blocked, judge.StateLegacy, []string{"mfa sms: legacy !"}, "read-refused legacy-route-broken legacy-endpoints-stop no-user-feedback",
		}},
		"voice is not allowed": {snapshot(mfaTwilio("sms"),
			refuse(tenant.PathPolicies, tenant.GetPolicies, tenant.CodeVoiceNotAllowed)), want{
			judge.Eligible, judge.StateLegacy, []string{"mfa sms: legacy twilio"}, "voice-not-allowed legacy-endpoints-stop no-user-feedback",
		}},
		"a migration flag disagrees": {snapshot(mfaTwilio("sms"),
			part(tenant.PathMigrations, `{"flags":{"legacy_mfa_phone_provider":false}}`)), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"mfa sms: unknown !"},
			"migration-flag-disagrees legacy-endpoints-stop no-user-feedback",
		}},
		"a connection against its migration flag": {snapshot(connections("sms", twilioOptions), passwordlessMigrated(), twilioProvider(false, "text")), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"passwordless sms: unknown "},
			"provider-live migration-flag-disagrees no-user-feedback",
		}},
		"a connection against its migration flag, no provider": {snapshot(connections("sms", twilioOptions), passwordlessMigrated()), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"passwordless sms: unknown !"},
			"migration-flag-disagrees no-user-feedback",
		}},
		"a connection opted in, and its migration flag off": {snapshot(connections("sms", movedOptions), passwordlessMigrated(), twilioProvider(false, "text")), want{
			judge.Migrated, judge.StateUnified, []string{"passwordless sms: tenant twilio"}, "",
		}},
		"a connection opted in by a value that nobody reported": {snapshot(connections("sms", options(`"use_phone_provider":"true"`)),
			twilioProvider(false, "text")), want{
			judge.HalfMigrated, judge.StateLegacy,
			[]string{"passwordless sms: unknown "},
			"route-unknown provider-live no-user-feedback",
		}},
		"a provider without a sender": {snapshot(factor("sms"), closed(), flag(true), part(tenant.PathProviders,
			`{"providers":[{"id":"pro_1","name":"twilio","configuration":{"sid":%q,"delivery_methods":["text"]}}]}`, account)), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant twilio!"}, "tenant-route-broken",
		}},
		"a provider without a number to call from": {snapshot(factor("sms", "voice"), closed(), flag(true), part(tenant.PathProviders,
			`{"providers":[{"id":"pro_1","name":"twilio","configuration":{"sid":%q,"mssid":%q,"delivery_methods":["text","voice"]}}]}`,
			account, service)), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant twilio", "mfa voice: tenant twilio!"}, "tenant-route-broken",
		}},
		"a provider that calls from a name": {snapshot(factor("voice"), closed(), flag(true), part(tenant.PathProviders,
			`{"providers":[{"id":"pro_1","name":"twilio","configuration":{"sid":%q,"default_from":"ACME","delivery_methods":["voice"]}}]}`,
			account)), want{
			judge.Blocked, judge.StateUnified, []string{"mfa voice: tenant twilio!"}, "tenant-route-broken",
		}},
		"MFA calls from a name": {snapshot(mfaTwilio("sms", "voice"), part(tenant.PathTwilio, `{"sid":%q,"from":"ACME","auth_token":"t0ken"}`, account)), want{
			judge.Eligible, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio", "mfa voice: legacy twilio!"},
			"legacy-route-broken default-wording-changes legacy-endpoints-stop no-user-feedback",
		}},
		"a template in use is disabled": {snapshot(factor("sms"), closed(), flag(true), twilioProvider(false, "text"),
			verifyTemplate(true, "{{ code }}")), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant twilio!"}, "phone-template-broken",
		}},
		"a template in use holds no code": {snapshot(factor("sms"), closed(), flag(true), twilioProvider(false, "text"),
			verifyTemplate(false, "Hello")), want{
			judge.Blocked, judge.StateUnified, []string{"mfa sms: tenant twilio!"}, "phone-template-broken",
		}},
		"a template in use is only half Liquid": {snapshot(phoneID(), twilioProvider(false, "text"), verifyTemplate(false, "{{ code }} {{")), want{
			judge.Blocked, judge.StateUnified, []string{"phone-identifier sms: tenant twilio!"}, "phone-template-broken phone-id-in-use",
		}},
		"a template for what would move holds no code": {snapshot(mfaTwilio("sms"), verifyTemplate(false, "@{code}")), want{
			judge.NeedsDecision, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio"},
			"phone-template-broken legacy-endpoints-stop phone-templates-customised no-user-feedback",
		}},
		"two providers": {snapshot(mfaTwilio("sms"), part(tenant.PathProviders,
			`{"providers":[{"id":"pro_1","name":"twilio","disabled":true,"configuration":{"delivery_methods":["text"]}},{"id":"pro_2","name":"custom"}]}`)), want{
			judge.Blocked, judge.StateLegacy,
			[]string{"mfa sms: legacy twilio"},
			"several-providers legacy-endpoints-stop provider-exists-disabled no-user-feedback",
		}},
		"a factor without message types": {snapshot(mfaTwilio()), want{
			judge.Eligible, judge.StateNone, nil, "mfa-configured-but-off nothing-configured",
		}},
		"parts are missing": {tenant.Snapshot{Parts: map[string]tenant.Part{
			tenant.PathFactors:      {Raw: json.RawMessage(`[{"name":"sms","enabled":true}]`)},
			tenant.PathMessageTypes: {Raw: json.RawMessage(`{"message_types":["sms"]}`)},
		}}, want{judge.Blocked, judge.StateLegacy, []string{"mfa sms: unknown !"}, "route-unknown"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := judge.Judge(c.snapshot)
			got := want{j.Verdict, j.State, routes(j), ids(j)}
			if diff := cmp.Diff(c.want, got, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			complete(t, j)
		})
	}
}

func TestNoSecretIsEvidence(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaTwilio("sms", "voice"), twilioProvider(false, "text"),
		connections("a", gatewayOptions, "b", twilioOptions, "c", otherSender)))
	raw, err := json.Marshal(j)
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"t0ken", "user:pass"} {
		if strings.Contains(string(raw), secret) {
			t.Errorf("%q stands in the judgement", secret)
		}
	}
	if !strings.Contains(string(raw), "sms.acme.com") {
		t.Error("the gateway is not named")
	}
}

func TestEvidenceHoldsTheExactValues(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaTwilio("sms", "voice"), twilioProvider(true, "text")))
	f, ok := j.Finding("delivery-methods-do-not-cover-factors")
	if !ok {
		t.Fatal("not found")
	}
	want := []judge.Evidence{
		{What: "Tenant-level provider", Value: "twilio", Path: tenant.PathProviders},
		{What: "Disabled", Value: "true", Path: tenant.PathProviders},
		{What: "Delivery methods", Value: "text", Path: tenant.PathProviders},
		{What: "Twilio", Value: "Twilio, account " + account + ", sender " + from, Path: tenant.PathProviders},
		{What: "MFA message types", Value: "sms, voice", Path: tenant.PathMessageTypes},
	}
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAMissingScopeIsNamed(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(refuse(tenant.PathProviders, tenant.ListProviders, tenant.CodeScope),
		refuse(tenant.PathFactors, tenant.ListFactors, tenant.CodeScope)))
	f, _ := j.Finding("scope-missing")
	if !strings.Contains(f.Remedy, "read:guardian_factors, read:phone_providers") {
		t.Errorf("remedy %q names no scopes", f.Remedy)
	}
}

// What the migration can do without is named as such, and nowhere else.
func TestOptionalScopesAreNotLacking(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(refuse(tenant.PathProviders, tenant.ListProviders, tenant.CodeScope),
		refuse(tenant.PathClients, tenant.ListClients, tenant.CodeScope),
		refuse(tenant.PathProtection, tenant.GetProtection, tenant.CodeScope)))
	if want := []string{"read:phone_providers"}; !slices.Equal(j.Lacks, want) {
		t.Errorf("the token lacks %v, want %v", j.Lacks, want)
	}
	needed, _ := j.Finding("scope-missing")
	if !strings.Contains(needed.Remedy, ": read:phone_providers.") || len(needed.Evidence) != 1 {
		t.Errorf("needed: %+v", needed)
	}
	optional, _ := j.Finding("scope-missing-optional")
	if !strings.Contains(optional.Remedy, ": read:attack_protection, read:clients.") || len(optional.Evidence) != 2 {
		t.Errorf("optional: %+v", optional)
	}
	if j := judge.Judge(snapshot()); len(j.Lacks) > 0 {
		t.Errorf("nothing is refused but the migration flags, and %v lack", j.Lacks)
	}
}

func TestARefusalNamesItsCode(t *testing.T) {
	t.Parallel()
	for want, shape := range map[string]shape{
		"403 hooks_not_allowed":                 refuse(tenant.PathSelectedProvider, tenant.GetSelectedProvider, tenant.CodeHooksNotAllowed),
		"403 without a code: Insufficient":      refuse(tenant.PathSelectedProvider, tenant.GetSelectedProvider, ""),
		"200 unreadable_answer: it has no list": unreadable(tenant.PathProviders, tenant.ListProviders),
	} {
		f, _ := judge.Judge(snapshot(shape)).Finding("read-refused")
		if len(f.Evidence) != 1 || !strings.HasPrefix(f.Evidence[0].Value, want) || strings.Contains(f.Remedy, "below") {
			t.Errorf("want %q as evidence: %+v", want, f)
		}
	}
}

// The flag and the legacy reads contradict each other (auth0-cli pull request #1646: the reads follow another switch).
func TestAFlagThatClosedNothingIsNotBelieved(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaTwilio("sms"), flag(true)))
	if m := j.MFA; m.Via != judge.Unknown || m.Basis != judge.Inferred || !strings.Contains(m.Why, "can be read") || m.Carrier.Account != account {
		t.Errorf("MFA: %+v", m)
	}
	f, _ := j.Finding("flag-on-legacy-open")
	want := []judge.Evidence{
		{What: "phone_consolidated_experience", Value: "true", Path: tenant.PathSettings},
		{What: "Legacy MFA settings", Value: "can be read", Path: tenant.PathSelectedProvider},
	}
	if diff := cmp.Diff(want, f.Evidence); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if f.Severity != judge.Warning || !strings.Contains(f.Remedy, "Phone Message > Use Tenant-level Messaging Provider") ||
		!strings.Contains(f.Consequence, "there is no tenant-level provider") {
		t.Errorf("%+v", f)
	}
}

func TestAMigrationFlagMakesAnEnabledProviderLive(t *testing.T) {
	t.Parallel()
	for _, name := range []string{tenant.MigrationMFA, tenant.MigrationPasswordless} {
		for legacy, live := range map[string]bool{"false": true, "true": false, `"no"`: false} {
			flags := part(tenant.PathMigrations, `{"flags":{%q:%s}}`, name, legacy)
			j := judge.Judge(snapshot(twilioProvider(false, "text"), flags))
			if j.Live.Live != live || live && !strings.Contains(strings.Join(j.Live.Why, ""), name) {
				t.Errorf("%s %s: %+v", name, legacy, j.Live)
			}
			if judge.Judge(snapshot(twilioProvider(true, "text"), flags)).Live.Live {
				t.Errorf("%s %s: a disabled provider is live", name, legacy)
			}
		}
	}
}

func TestCarriersAndChannelsInWords(t *testing.T) {
	t.Parallel()
	for want, c := range map[string]judge.Carrier{
		"Twilio":                    {Kind: judge.CarrierTwilio},
		"Twilio, account AC1":       {Kind: judge.CarrierTwilio, Account: "AC1"},
		"Twilio, from +1555":        {Kind: judge.CarrierTwilio, Sender: "+1555"},
		"an Action":                 {Kind: judge.CarrierAction},
		"the Action Send":           {Kind: judge.CarrierAction, Action: "Send"},
		"an SMS gateway":            {Kind: judge.CarrierGateway},
		"the SMS gateway https://x": {Kind: judge.CarrierGateway, URL: "https://x"},
		"Auth0's own sender":        {Kind: judge.CarrierAuth0},
		"nothing":                   {},
	} {
		if got := c.String(); got != want {
			t.Errorf("%+v is %q, want %q", c, got, want)
		}
	}
	for name, want := range map[string]string{"sms": "SMS", "text": "SMS", "voice": "voice", "fax": "fax"} {
		if got := judge.ChannelName(name); got != want {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
}

// What findings say must be true: of a provider that only waits, and of a connection that only waits.
func TestWordsAreTrue(t *testing.T) {
	t.Parallel()
	waits, _ := judge.Judge(snapshot(mfaTwilio("sms"), twilioProvider(false, "text"))).Finding("half-migrated-provider")
	if !strings.Contains(waits.Title, "nothing sends through it") || !strings.Contains(waits.Consequence, "stopped after its preparation") {
		t.Errorf("%+v", waits)
	}
	unused, _ := judge.Judge(snapshot(connections("sms", twilioOptions), unused("sms"))).Finding("connection-without-applications")
	if strings.Contains(unused.Remedy, "as you like") || !strings.Contains(unused.Remedy, "together with something else") {
		t.Errorf("%+v", unused)
	}
}

func TestAMaskedTokenIsNotReadable(t *testing.T) {
	t.Parallel()
	for token, want := range map[string]bool{"abcd•••": true, "****1234": true, "": true, "0123abcd": false, tenant.Redacted: false} {
		j := judge.Judge(snapshot(mfaTwilio("sms"), part(tenant.PathTwilio, `{"sid":%q,"from":%q,"auth_token":%q}`, account, from, token)))
		if _, got := j.Finding("twilio-token-not-readable"); got != want {
			t.Errorf("%q: asked for %v, want %v", token, got, want)
		}
	}
}

func TestCarriersAreTheSameOnlyWithTheSender(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(connections("a", otherSender, "b", twilioOptions)))
	want := []judge.Carrier{
		{Kind: judge.CarrierTwilio, Account: account, Sender: service},
		{Kind: judge.CarrierTwilio, Account: account, Sender: from},
	}
	if diff := cmp.Diff(want, []judge.Carrier{j.SMS[0].Carrier, j.SMS[1].Carrier}); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	f, _ := j.Finding("different-carriers")
	if !strings.Contains(f.Title, "senders") {
		t.Errorf("one account, two senders: title %q", f.Title)
	}
}

func TestApplicationsAreCalledByName(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(connections("sms", twilioOptions)))
	if diff := cmp.Diff([]string{"Shop", "Admin"}, j.SMS[0].Clients); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// A thousand connections are read once each, not once for each other.
func TestManyConnectionsAreJudgedQuickly(t *testing.T) {
	t.Parallel()
	var many []string
	for i := range 1200 {
		many = append(many, fmt.Sprintf("c%d", i), gatewayOptions)
	}
	s := snapshot(connections(many...))
	start := time.Now()
	if j := judge.Judge(s); len(j.SMS) != 1200 || len(j.Routes) != 1200 {
		t.Errorf("%d connections, %d routes", len(j.SMS), len(j.Routes))
	}
	// Quadratic decoding takes half a minute, on a machine that has nothing else to do.
	if took := time.Since(start); took > 15*time.Second {
		t.Errorf("judging took %s", took)
	}
}

// Whatever the API answers, the judgement is complete: no panic, reasons for every route, words for every finding.
func TestAnyPartsAreJudged(t *testing.T) {
	t.Parallel()
	paths := snapshot(connections("sms", twilioOptions)).Paths()
	shapes := []func(*rapid.T) shape{
		func(t *rapid.T) shape {
			return mfaTwilio(rapid.SliceOf(rapid.SampledFrom([]string{"sms", "voice", "fax", ""})).Draw(t, "types")...)
		},
		func(t *rapid.T) shape { return mfaHook(rapid.SliceOfN(rapid.String(), 0, 3).Draw(t, "actions")...) },
		func(t *rapid.T) shape { return flag(rapid.Bool().Draw(t, "flag")) },
		func(*rapid.T) shape { return closed() },
		func(*rapid.T) shape { return phoneID() },
		func(t *rapid.T) shape { return twilioProvider(rapid.Bool().Draw(t, "disabled"), "text", "fax") },
		func(t *rapid.T) shape { return customProvider(rapid.Bool().Draw(t, "disabled")) },
		func(*rapid.T) shape {
			return connections("sms", gatewayOptions, "two", movedOptions, "three", noOptions)
		},
		func(t *rapid.T) shape {
			return connections("sms", gateway(rapid.SampledFrom([]string{
				`"totp":{"time_step":600}`, `"totp":[]`, `"totp":{"time_step":"long"}`, `"gateway_authentication":null`, `"disable_signup":1`,
				`"gateway_authentication":{"secret":7}`, `"from":"` + strings.Repeat("x", 300) + `"`, `"from":null`,
			}).Draw(t, "options")))
		},
		func(t *rapid.T) shape {
			// One Action at a time: under the race detector a trial takes its while.
			code := rapid.SampledFrom([]string{"", stub, sendingPhone, servingLogins, "}", "throw null", "module.exports = 1"}).Draw(t, "code")
			return rapid.SampledFrom([]shape{
				phoneActions(live(code)), phoneActions(draft(code)), bindAction(code, `,"supported_triggers":[{}]`),
			}).Draw(t, "action")
		},
		func(t *rapid.T) shape {
			return part(rapid.SampledFrom(paths).Draw(t, "path"), "%s", rapid.SampledFrom([]string{
				"", "null", "[]", "{}", "[null]", "[{}]", "1", `"x"`, `{"providers":[null]}`, `{"providers":null}`, `{"bindings":[{}]}`,
				`[{"id":1}]`, `[{"options":null}]`, `[{"options":"x"}]`, `[{"id":"con_sms","options":{"template":1}}]`, "not JSON",
			}).Draw(t, "raw"))
		},
		func(t *rapid.T) shape {
			return refuse(rapid.SampledFrom(paths).Draw(t, "path"), tenant.Op(rapid.SampledFrom([]string{"", "GET /clients"}).Draw(t, "op")),
				rapid.SampledFrom([]string{"", tenant.CodeScope, tenant.CodeLegacyNotAllowed, tenant.CodeVoiceNotAllowed}).Draw(t, "code"))
		},
	}
	rapid.Check(t, func(t *rapid.T) {
		var drawn []shape
		for range rapid.IntRange(0, 6).Draw(t, "count") {
			drawn = append(drawn, rapid.SampledFrom(shapes).Draw(t, "shape")(t))
		}
		s := snapshot(drawn...)
		j := judge.Judge(s)
		complete(t, j)
		if diff := cmp.Diff(encode(j), encode(judge.Judge(s))); diff != "" {
			t.Errorf("two judgements of one snapshot differ:\n%s", diff)
		}
	})
}

// complete holds for every judgement.
func complete(t interface {
	Errorf(format string, args ...any)
}, j judge.Judgement,
) {
	seen := map[string]bool{}
	last := -1
	for _, f := range j.Findings {
		rank := slices.Index([]judge.Severity{judge.Blocker, judge.Decision, judge.Warning, judge.Note}, f.Severity)
		if rank < last {
			t.Errorf("%s stands below a milder finding", f.ID)
		}
		last = rank
		if seen[f.ID] {
			t.Errorf("%s is found twice", f.ID)
		}
		seen[f.ID] = true
		if f.Title == "" || f.Consequence == "" || f.Remedy == "" || f.Source == "" || len(f.Evidence) == 0 {
			t.Errorf("%s leaves something unsaid: %+v", f.ID, f)
		}
	}
	for _, r := range j.Routes {
		if r.Why == "" || r.Basis == "" || r.Via == "" || r.Delivers != (r.Problem == "") {
			t.Errorf("route %+v leaves something unsaid", r)
		}
	}
	if j.Verdict == judge.Migrated && j.State != judge.StateUnified {
		t.Errorf("migrated, and %s", j.State)
	}
}

func routes(j judge.Judgement) []string {
	var out []string
	for _, r := range j.Routes {
		line := fmt.Sprintf("%s %s: %s %s", r.Flow, r.Channel, r.Via, r.Carrier.Kind)
		if !r.Delivers {
			line += "!"
		}
		out = append(out, line)
	}
	return out
}

func ids(j judge.Judgement) string {
	var out []string
	for _, f := range j.Findings {
		out = append(out, f.ID)
	}
	return strings.Join(out, " ")
}
