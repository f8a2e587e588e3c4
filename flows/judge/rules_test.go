package judge_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// TestRules is the table of the rules that look into Actions, options and wordings: a tenant where each finds something, with what
// stands in the evidence, and one that comes near and is none.
func TestRules(t *testing.T) {
	t.Parallel()
	hook := mfaHook("Send")
	type found struct {
		id       string
		severity judge.Severity
		in       shape
		evidence string // "what: value" of one
		near     shape
	}
	for name, c := range map[string]found{
		"an application of the Deploy CLI": {
			"managed-as-code", judge.Warning, all(mfaTwilio("sms"), applications("auth0-deploy-cli-extension")),
			"An application named as Auth0's Deploy CLI has it: auth0-deploy-cli-extension", all(mfaTwilio("sms"), applications("Deploy clients")),
		},
		"an application of Terraform": {
			"managed-as-code", judge.Warning, all(mfaTwilio("sms"), applications("Shop", "Auth0 Terraform Provider")),
			"An application named as Terraform has it: Auth0 Terraform Provider", all(mfaTwilio("sms"), applications("Shop")),
		},
		"Terraform in the logs": {
			"managed-as-code", judge.Warning, all(mfaTwilio("sms"), operators(`{"client_id":"app2","tool":"terraform","writes":true,"last":"2026-11-14T05:02:18Z"}`)),
			"The tenant logs show changes by Terraform: application Admin, last on 2026-11-14 05:02 UTC",
			all(mfaTwilio("sms"), operators(`{"client_id":"app2","writes":true,"last":"2026-11-14T05:02:18Z"}`)),
		},
		"the Deploy CLI in the logs, of an application that cannot be read": {
			"managed-as-code", judge.Warning, all(mfaTwilio("sms"), operators(`{"client_id":"x","client_name":"CI","tool":"deploy-cli"}`)),
			"The tenant logs show Auth0's Deploy CLI reading secrets, and no change by it: application CI",
			all(mfaTwilio("sms"), operators(`{"client_id":"x","client_name":"CI","tool":"another"}`)),
		},
		"an application of the Deploy CLI in the logs": {
			"managed-as-code", judge.Warning,
			all(mfaTwilio("sms"), applications("auth0-deploy-cli-extension"), operators(`{"client_id":"a","writes":true}`)),
			"An application named as Auth0's Deploy CLI has it, and the tenant logs show its requests: application auth0-deploy-cli-extension",
			all(mfaTwilio("sms"), applications("Shop"), operators(`{"client_id":"a","writes":true}`)),
		},
		"code of another trigger": {
			"action-serves-other-triggers", judge.Warning, all(hook, bindAction(servingLogins, "")),
			"Action Send also serves: onExecutePostLogin", all(hook, bindAction(sendingLegacy+" // not onExecutePostLogin", "")),
		},
		"another trigger in the list": {
			"action-serves-other-triggers", judge.Warning,
			all(hook, bindAction(sendingLegacy, `,"supported_triggers":[{"id":"send-phone-message"},{"id":"post-login"}]`)),
			"Action Send also serves: trigger post-login", all(hook, bindAction(sendingLegacy, `,"supported_triggers":[{"id":"send-phone-message"}]`)),
		},
		"a bound Action that nothing calls": {
			"action-serves-other-triggers", judge.Warning, all(hook, bindAction(servingLogins, "")),
			"Action Send also serves: onExecutePostLogin", all(hook, bindAction(servingLogins, ""), mfaTwilio("sms")),
		},
		"a stub that waits": {
			"phone-action-stub", judge.Warning, all(hook, phoneActions(live(stub))),
			"custom-phone-provider Action: phone0 (deployed, did nothing in trial runs)", all(hook, phoneActions(live(sendingPhone))),
		},
		"a stub that was never deployed": {
			"phone-action-stub", judge.Warning, all(hook, phoneActions(draft(stub))),
			"custom-phone-provider Action: phone0 (not deployed, did nothing in trial runs)", all(hook, phoneActions(draft(""))),
		},
		"a stub that runs": {
			"phone-action-stub", judge.Decision, all(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneActions(live(stub))),
			"Sends through it: MFA by SMS", all(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneActions(changed(sendingPhone, stub))),
		},
		"changes that wait": {
			"phone-action-undeployed", judge.Decision, all(hook, phoneActions(changed(sendingPhone, sendingPhone+" // 2"))),
			"custom-phone-provider Action: phone0 (deployed, with changes that are not deployed)", all(hook, phoneActions(live(sendingPhone))),
		},
		"code that never ran": {
			"phone-action-undeployed", judge.Decision, all(hook, phoneActions(draft(sendingPhone))),
			"custom-phone-provider Action: phone0 (not deployed)", all(hook, phoneActions(draft(stub))),
		},
		"new code over a stub": {
			"phone-action-undeployed", judge.Decision, all(hook, phoneActions(changed(stub, sendingPhone))),
			"custom-phone-provider Action: phone0 (deployed, with changes that are not deployed, did nothing in trial runs)",
			all(hook, phoneActions(changed(stub, stub+" // soon"))),
		},
		"changes that nobody needs": {
			"phone-action-undeployed", judge.Note, all(mfaTwilio("sms"), phoneActions(draft(sendingPhone))),
			"custom-phone-provider Action: phone0 (not deployed)", mfaTwilio("sms"),
		},
		"two Actions": {
			"several-phone-actions", judge.Decision, all(hook, phoneActions(live(sendingPhone), draft(stub))),
			"custom-phone-provider Action: phone1 (not deployed, did nothing in trial runs)", all(hook, phoneActions(live(sendingPhone))),
		},
		"two Actions of a live provider": {
			"several-phone-actions", judge.Decision,
			all(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneActions(live(sendingPhone), live(sendingPhone))),
			"custom-phone-provider Action: phone1 (deployed)",
			all(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneActions(live(sendingPhone))),
		},
		"two Actions that nobody needs": {
			"several-phone-actions", judge.Note, all(mfaTwilio("sms"), phoneActions(live(sendingPhone), live(sendingPhone))),
			"custom-phone-provider Action: phone0 (deployed)", mfaTwilio("sms"),
		},
		"no room for an Action": {
			"actions-at-limit", judge.Decision, all(hook, actionCount(100)), "Actions: 100", all(hook, actionCount(99)),
		},
		"no room, for different carriers": {
			"actions-at-limit", judge.Decision, all(mfaTwilio("sms"), connections("sms", gateway(`"x":1`)), actionCount(100)),
			"Actions: 100", all(mfaTwilio("sms"), connections("sms", gateway(`"x":1`))),
		},
		"a limit that Auth0 raised": {
			"actions-at-limit", judge.Note, all(hook, actionCount(150)), "Actions: 150", all(hook, actionCount(0)),
		},
		"no room, and one to use": {
			"actions-at-limit", judge.Note, all(hook, actionCount(100), phoneActions(live(stub))), "Actions: 100", hook,
		},
		"no room, none needed": {
			"actions-at-limit", judge.Note, all(mfaTwilio("sms"), actionCount(100)), "Actions: 100",
			all(mfaTwilio("sms"), refuse(tenant.PathAllActions, tenant.ListActions, tenant.CodeScope)),
		},
		"codes valid for long": {
			"otp-expiry-extended", judge.Warning, connections("sms", options(`"totp":{"time_step":600,"length":6}`)),
			"Connection sms: valid for 600 seconds (180 is usual), 6 digits", connections("sms", options(`"totp":{"time_step":600,"length":8}`)),
		},
		"codes valid for long, of the usual length": {
			"otp-expiry-extended", judge.Warning, connections("sms", gateway(`"totp":{"time_step":181}`)),
			"Connection sms: valid for 181 seconds (180 is usual), 6 digits", connections("sms", gateway(`"totp":{"time_step":180,"length":4}`)),
		},
		"codes of a connection that nobody uses": {
			"otp-expiry-extended", judge.Warning, connections("sms", movedWith(`"totp":{"time_step":600}`)),
			"Connection sms: valid for 600 seconds (180 is usual), 6 digits", all(connections("sms", options(`"totp":{"time_step":600}`)), unused("sms")),
		},
		"no sign-ups": {
			"signup-disabled", judge.Note, connections("sms", options(`"disable_signup":true`)),
			"Connection sms: disable_signup: true", connections("sms", options(`"disable_signup":false`)),
		},
		"the language of the request, Passwordless": {
			"request-language", judge.Warning, connections("sms", wording(`{% if request_language contains 'fr' %}Code: {{ code }}{% else %}{{ code }}{% endif %}`)),
			"Passwordless, connection sms: {% if request_language contains 'fr' %}Code: {{ code }}{% else %}{{ code }}{% endif %}",
			connections("sms", wording(`{% if locale contains 'fr' %}Code: {{ code }}{% else %}{{ code }}{% endif %}`)),
		},
		"the language of the request, macros": {
			"request-language", judge.Warning, connections("sms", wording(`@@request_language@@: @@password@@`)),
			"Passwordless, connection sms: @@request_language@@: @@password@@", connections("sms", wording(`request_language: @@password@@`)),
		},
		"the language of the request, MFA": {
			"request-language", judge.Warning,
			all(mfaTwilio("sms"), part(tenant.PathMFATemplates, `{"enrollment_message":"{{ requestInfo.lang }} {{ code }}"}`)),
			"MFA enrollment: {{ requestInfo.lang }} {{ code }}",
			all(mfaTwilio("sms"), part(tenant.PathMFATemplates, `{"enrollment_message":"{{ requestInfo.ip }} {{ code }}"}`)),
		},
		"a gateway's secret left out": {
			"gateway-secret-not-readable", judge.Note, connections("sms", gateway(`"gateway_authentication":{"method":"bearer"}`)),
			"gateway_authentication.secret of connection sms: not in the answer", connections("sms", gateway(`"forward_req_info":true`)),
		},
		"a gateway's secret masked": {
			"gateway-secret-not-readable", judge.Note, connections("sms", gateway(`"gateway_authentication":{"secret":"********"}`)),
			"gateway_authentication.secret of connection sms: masked", connections("sms", gateway(`"gateway_authentication":{"secret":"t0ken-t0ken"}`)),
		},
		"Auth0's own wording of a call": {
			"default-wording-changes", judge.Warning, mfaTwilio("sms", "voice"),
			"MFA verification by voice, today: {{code}} is your verification code for {{tenant.friendly_name}}", mfaTwilio("sms"),
		},
		"Auth0's own wording of a call, where the tenant has a template": {
			"default-wording-changes", judge.Warning, all(mfaTwilio("sms", "voice"), phoneTemplate("otp_verify", "tem_1", "Hi {{ code }}")),
			"MFA enrollment by voice, today: {{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment.",
			all(mfaTwilio("sms", "voice"), part(tenant.PathMFATemplates, `{"enrollment_message":"Hi {{ code }}","verification_message":"Hi {{ code }}"}`)),
		},
		"Auth0's own wording of Passwordless": {
			"default-wording-changes", judge.Warning, connections("sms", wording("")),
			"Passwordless, connection sms, today: Your verification code is: @@password@@", connections("sms", wording("Code @@password@@")),
		},
		"a wording that cannot be read": {
			"default-wording-changes", judge.Warning, all(mfaTwilio("sms"), refuse(tenant.PathMFATemplates, tenant.GetMFATemplates, "server_error")),
			"MFA, today: cannot be read: whatever was written there is not carried over", mfaTwilio("sms"),
		},
		"phone templates of somebody's own": {
			"phone-templates-customised", judge.Note, all(mfaTwilio("sms"), phoneTemplate("otp_enroll", "tem_1", "Hi {{ code }}")),
			"otp_enroll: Hi {{ code }}", all(mfaTwilio("sms"), phoneTemplate("otp_enroll", "", "Hi {{ code }}")),
		},
		"another template of somebody's own": {
			"phone-templates-customised", judge.Note, all(mfaTwilio("sms"), phoneTemplate("otp_verify", "tem_1", "Hi {{ code }}")),
			"otp_verify: Hi {{ code }}", all(mfaTwilio("sms"), phoneTemplate("blocked_account", "tem_1", "Blocked")),
		},
		"no logs": {
			"logs-not-readable", judge.Note, all(mfaTwilio("sms"), refuse(tenant.PathLogs, tenant.ListLogs, tenant.CodeScope)),
			"Refused: 403 insufficient_scope", all(mfaTwilio("sms"), part(tenant.PathLogs, "")),
		},
		"a sender too long, MFA": {
			"sender-too-long", judge.Note, all(mfaTwilio("sms"), part(tenant.PathTwilio, `{"sid":%q,"from":"ACME-LOGISTICS-AND-SONS"}`, account)),
			"Sender of MFA: ACME-LOGISTICS-AND-SONS", all(mfaTwilio("sms"), part(tenant.PathTwilio, `{"sid":%q,"from":"ACME-LOGISTICS-1"}`, account)),
		},
		"a sender too long, gateway": {
			"sender-too-long", judge.Note, connections("sms", gateway(`"from":"NORTHWIND-LOGISTICS"`)),
			"Sender of connection sms: NORTHWIND-LOGISTICS", connections("sms", gateway(`"from":"NORTHWIND"`)),
		},
		"users get no answer": {
			"no-user-feedback", judge.Note, connections("sms", gateway(`"x":1`)),
			"Applications of connection sms, which can rely on sms_provider_error: Shop, Admin", connections("sms", movedOptions),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := judge.Judge(snapshot(c.in))
			complete(t, j)
			f, ok := j.Finding(c.id)
			if !ok || f.Severity != c.severity || !holds(f, c.evidence) {
				t.Errorf("want %s [%s] with %q, got %+v", c.id, c.severity, c.evidence, f)
			}
			if f, ok := judge.Judge(snapshot(c.near)).Finding(c.id); ok {
				t.Errorf("the near miss is found: %+v", f)
			}
		})
	}
}

// movedWith are the options of a connection that has moved.
func movedWith(more string) string { return options(`"use_phone_provider":true,` + more) }

// wording are the options of a connection that says so.
func wording(text string) string {
	return `,"options":{"twilio_sid":"` + account + `","from":"` + from + `","template":` + encode(text) + `}`
}

func phoneTemplate(kind, id, text string) shape {
	return part(tenant.PathPhoneTemplates, `{"templates":[{"id":%q,"type":%q,"content":{"body":{"text":%q}}}]}`, id, kind, text)
}

func holds(f judge.Finding, evidence string) bool {
	for _, e := range f.Evidence {
		if e.What+": "+e.Value == evidence {
			return true
		}
	}
	return false
}

// A provider whose Action sends nothing delivers nothing, and does not spare an admin the translation of the old Action.
func TestAStubIsNoAction(t *testing.T) {
	t.Parallel()
	live := judge.Judge(snapshot(factor("sms"), flag(true), closed(), customProvider(false, "text"), phoneActions(live(stub))))
	if r := live.Routes[0]; r.Delivers || !strings.Contains(r.Problem, "sent nothing") || live.Verdict != judge.NeedsDecision {
		t.Errorf("%s, %+v", live.Verdict, r)
	}
	waiting := judge.Judge(snapshot(mfaHook("Send"), customProvider(true, "text"), phoneActions(draft(stub))))
	if _, ok := waiting.Finding("action-must-be-translated"); !ok {
		t.Error("the stub passes for a translation")
	}
}

// Of several Actions the one that does something is the one that sends.
func TestAnActionThatOnlyLogsIsSeen(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaHook("Log", "Send"), part(tenant.PathLegacyActions,
		`[{"id":"act0","name":"Log","all_changes_deployed":true,"code":"exports.onExecuteSendPhoneMessage = async (event) => { console.log(event) }"},
		  {"id":"act1","name":"Send","all_changes_deployed":true,"code":%q}]`, sendingLegacy)))
	f, _ := j.Finding("several-actions-bound")
	if !holds(f, "Sent nothing in trial runs: Log") || !holds(f, "Bound to send-phone-message, in order: Log, Send") {
		t.Errorf("%+v", f)
	}
	if c := j.Routes[0].Carrier; c.Action != "Send" {
		t.Errorf("codes go to %s", c)
	}
}

// What runs is chosen by what is bound and deployed, not by the order in a list.
func TestWhichOfSeveralActionsRuns(t *testing.T) {
	t.Parallel()
	base := all(factor("sms"), flag(true), closed(), customProvider(false, "text"),
		phoneActions(draft(sendingPhone), live(sendingPhone), live(sendingPhone)))
	if c := judge.Judge(snapshot(base)).Routes[0].Carrier; c.Action != "phone1" {
		t.Errorf("nothing is bound: %s", c)
	}
	bound := part(tenant.PathPhoneBindings, `{"bindings":[{"id":"b","action":{"id":"act_p2"}}]}`)
	if c := judge.Judge(snapshot(base, bound)).Routes[0].Carrier; c.Action != "phone2" {
		t.Errorf("the last is bound: %s", c)
	}
}

// Code that never ends costs seconds once, and is not called a stub.
func TestCodeThatDoesNotEndIsNoStub(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaHook("Send"), phoneActions(live("for (;;) {}"), live(stub))))
	if j.PhoneActions[0].Stub {
		t.Errorf("%+v", j.PhoneActions)
	}
}

func TestWhatDisablingTheProviderStops(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   tenant.Snapshot
		want string
	}{
		"nobody":       {snapshot(mfaTwilio("sms"), twilioProvider(false, "text")), ""},
		"MFA":          {snapshot(factor("sms", "voice"), flag(true), closed(), twilioProvider(false, "text", "voice")), "MFA by SMS; MFA by voice"},
		"MFA, perhaps": {snapshot(mfaTwilio("sms"), flag(true), twilioProvider(false, "text")), "MFA by SMS (perhaps)"},
		"others": {
			snapshot(mfaTwilio("sms"), phoneID(), twilioProvider(false, "text"), connections("a", movedOptions, "b", twilioOptions)),
			"Passwordless, connection a; Phone as ID, connection users",
		},
	} {
		j := judge.Judge(c.in)
		if got := strings.Join(j.UsesProvider(), "; "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
		if f, ok := j.Finding("provider-live"); ok && !strings.Contains(f.Consequence, "stops the codes of: "+c.want) {
			t.Errorf("%s: %s", name, f.Consequence)
		}
	}
}

func TestWhatIsToBeAcknowledged(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(mfaHook("Send"), connections("sms", gateway(`"x":1`), "two", twilioOptions), unused("nobody")))
	for _, f := range j.Findings {
		if f.Acknowledge != (f.ID == "no-user-feedback") {
			t.Errorf("%s: acknowledge %v", f.ID, f.Acknowledge)
		}
	}
	f, _ := j.Finding("no-user-feedback")
	if !strings.Contains(f.Consequence, "sms_provider_error") || !strings.Contains(f.Consequence, "those of sms.") ||
		!holds(f, "Applications of connection two: Shop, Admin") {
		t.Errorf("%+v", f)
	}
	if raw := encode(f); !strings.Contains(raw, `"acknowledge":true`) || strings.Contains(encode(j.Findings[0]), "acknowledge") {
		t.Errorf("%s", raw)
	}
	twilio, _ := judge.Judge(snapshot(connections("two", twilioOptions))).Finding("no-user-feedback")
	if strings.Contains(twilio.Consequence, "sms_provider_error") {
		t.Errorf("no source says that a Twilio connection answers it: %s", twilio.Consequence)
	}
}

// Different carriers can be kept in one way only, and the finding says so; different senders in more.
func TestTheOnlyWayIsNamed(t *testing.T) {
	t.Parallel()
	different, _ := judge.Judge(snapshot(mfaTwilio("sms"), connections("sms", gateway(`"x":1`)))).Finding("different-carriers")
	if !strings.Contains(different.Consequence, "custom phone provider as the only way") {
		t.Errorf("%+v", different)
	}
	senders, _ := judge.Judge(snapshot(connections("a", otherSender, "b", twilioOptions))).Finding("different-carriers")
	if strings.Contains(senders.Consequence, "only way") || !strings.Contains(senders.Remedy, "one sender for all") {
		t.Errorf("%+v", senders)
	}
}

func TestARuleThatIsViolatedNow(t *testing.T) {
	t.Parallel()
	j := judge.Judge(snapshot(factor("sms", "voice"), flag(true), closed(), twilioProvider(false, "text")))
	f, _ := j.Finding("delivery-methods-do-not-cover-factors")
	if f.Severity != judge.Decision || !strings.Contains(f.Title, "failing now") || !strings.Contains(f.Remedy, "Branding > Phone Provider") {
		t.Errorf("%+v", f)
	}
}

// The header x-request-language belongs to Passwordless.
func TestTheHeaderIsNamedWhereItCounts(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in     shape
		header bool
	}{
		"MFA":          {all(mfaTwilio("sms"), part(tenant.PathMFATemplates, `{"enrollment_message":"{{ requestInfo.lang }} {{ code }}"}`)), false},
		"Passwordless": {connections("sms", wording(`{{ request_language }} {{ code }}`)), true},
	} {
		f, ok := judge.Judge(snapshot(c.in)).Finding("request-language")
		if !ok || strings.Contains(f.Consequence, "x-request-language") != c.header {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

// Evidence names the place where a value stands, so that a person finds it there.
func TestEvidenceStandsWhereItSays(t *testing.T) {
	t.Parallel()
	moved := all(mfaTwilio("sms"), connections("a", gatewayOptions, "b", movedOptions), phoneID(), flag(true), twilioProvider(false, "text"))
	for _, c := range []struct {
		id, says, path string
		in             shape
	}{
		{"provider-live", "Used because: the tenant flag phone_consolidated_experience is true", tenant.PathSettings, moved},
		{"provider-live", "Used because: the connection b is set to use it", tenant.PathSMSConnections, moved},
		{"provider-live", "Used because: the database connection users uses Phone as ID", tenant.PathDBConnections, moved},
		{
			"provider-live", "Used because: the migration flag legacy_passwordless_phone_provider is false", tenant.PathMigrations,
			all(connections("a", twilioOptions), passwordlessMigrated(), twilioProvider(false, "text")),
		},
		{"provider-other-kind", "Sends now for Passwordless, connection a: SMS gateway https://xxxxx@sms.acme.com/send", tenant.PathSMSConnections, moved},
		{"different-carriers", "MFA: Twilio, account " + account + ", sender " + from, tenant.PathTwilio, moved},
		{"no-user-feedback", "Can be moved: Passwordless (a)", tenant.PathSMSConnections, moved},
		{"no-user-feedback", "Can be moved: MFA by SMS", tenant.PathMessageTypes, moved},
		{
			"phone-template-broken", "Phone template otp_verify: the SMS wording of the phone template otp_verify holds no code: Hello", tenant.PathPhoneTemplates,
			all(phoneID(), twilioProvider(false, "text"), verifyTemplate(false, "Hello")),
		},
	} {
		f, _ := judge.Judge(snapshot(c.in)).Finding(c.id)
		if !slices.ContainsFunc(f.Evidence, func(e judge.Evidence) bool { return e.What+": "+e.Value == c.says && e.Path == c.path }) {
			t.Errorf("%s: no %q at %s in %+v", c.id, c.says, c.path, f.Evidence)
		}
	}
}

// What cannot be done is not offered: the plan refuses one Twilio for different carriers, and no page asks for a reason to leave something.
func TestRemediesThatCanBeFollowed(t *testing.T) {
	t.Parallel()
	different, _ := judge.Judge(snapshot(mfaTwilio("sms"), connections("sms", gateway(`"x":1`)))).Finding("different-carriers")
	left, _ := judge.Judge(snapshot(factor("sms"), closed(), flag(true), twilioProvider(false, "text"), connections("sms", twilioOptions))).Finding("half-migrated-connection")
	if strings.Contains(different.Remedy, "one carrier for all") || strings.Contains(left.Remedy, "say why") || left.Remedy == "" {
		t.Errorf("%q\n%q", different.Remedy, left.Remedy)
	}
	on, _ := judge.Judge(snapshot(mfaTwilio())).Finding("mfa-configured-but-off")
	if !strings.Contains(on.Title, "no message type") || strings.Contains(on.Remedy, "Turn the factor on") {
		t.Errorf("%+v", on)
	}
}

// operators are those of the Management API that the tenant logs show.
func operators(list ...string) shape {
	return part(tenant.PathLogs, "%s", "["+strings.Join(list, ",")+"]")
}

// applications are those of the tenant, by name.
func applications(names ...string) shape {
	var list []map[string]string
	for i, name := range names {
		list = append(list, map[string]string{"client_id": string(rune('a' + i)), "name": name})
	}
	return part(tenant.PathClients, "%s", encode(list))
}
