package judge

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/tenant"
)

// SupportReason is what only Auth0 Support can do for a tenant.
type SupportReason string

// The reasons. Both documents on the Unified Phone Experience send those to Support who must use the legacy experience and find no
// toggle; the rest are settings that no token can change.
const (
	SupportStayLegacy    SupportReason = "must-stay-legacy" // Auth0 made the tenant unified, and it has to go back
	SupportToggleMissing SupportReason = "toggle-missing"   // the Dashboard does not show the switch that is needed
	SupportRevertRefused SupportReason = "revert-refused"   // Auth0 refused to undo a migration
	SupportVoice         SupportReason = "voice-not-allowed"
	SupportMoreActions   SupportReason = "actions-at-limit"
	SupportReadRefused   SupportReason = "read-refused" // a setting cannot be read, and not for a missing scope
	SupportLoginFails    SupportReason = "login-fails"  // a flow is switched on, and a login with a code does not work
)

// SupportText is a text that is ready to be sent to Auth0 Support: plain lines, the exact facts, and no secret.
type SupportText struct {
	Reason SupportReason `json:"reason"`
	Text   string        `json:"text"`
}

// Support writes the texts for which the judgement itself gives a reason. Whether one is needed, the admin says: a tenant that is
// unified by Auth0 may be content with that.
func Support(j Judgement) []SupportText {
	var texts []SupportText
	for _, f := range j.Findings {
		if reason := f.support(); reason != "" {
			texts = append(texts, SupportFor(j, reason))
		}
	}
	return texts
}

// support is what Support can do about a finding, or "".
func (f Finding) support() SupportReason {
	switch {
	case f.ID == "unified-without-flag":
		return SupportStayLegacy
	case f.ID == "flag-on-legacy-open", f.ID == "flag-disagrees":
		return SupportToggleMissing
	case f.ID == "voice-not-allowed":
		return SupportVoice
	case f.ID == "actions-at-limit" && f.Severity == Decision:
		return SupportMoreActions
	case f.ID == "read-refused":
		return SupportReadRefused
	}
	return ""
}

// SupportFor writes a text for a reason. tried is what was sent and how Auth0 answered, for what a snapshot does not tell:
// {"PATCH /api/v2/tenants/settings", "403 operation_not_supported", ""}.
func SupportFor(j Judgement, reason SupportReason, tried ...Evidence) SupportText {
	return reason.text(j, facts{"What we see in this tenant, read through the Management API:", slices.Concat(j.supportFacts(), tried)})
}

// SupportSince writes a text in the middle of a run: before is the tenant as it was when nothing had been written, written what the run
// has written since, and how Auth0 answered. Facts of yesterday that read as if they were of today lead Support astray.
func SupportSince(before Judgement, reason SupportReason, written ...Evidence) SupportText {
	if len(written) == 0 {
		return SupportFor(before, reason)
	}
	return reason.text(before,
		facts{"How this tenant was before our migration began, read through the Management API:", before.supportFacts()},
		facts{"What our migration has written since, so that it is now:", written})
}

// facts are a list in a text, and what stands above it.
type facts struct {
	title string
	list  []Evidence
}

func (reason SupportReason) text(j Judgement, lists ...facts) SupportText {
	w := reason.words()
	var t strings.Builder
	say := func(format string, args ...any) { fmt.Fprintf(&t, format+"\n", args...) }
	say("Subject: %s: %s", j.Tenant.Domain, w.subject)
	say("")
	say("%s", w.why)
	say("")
	say("We ask you to: %s", w.ask)
	say("")
	for _, one := range lists {
		say("%s", one.title)
		for _, fact := range one.list {
			// A name may hold line breaks, and a fact is one line.
			say("- %s", strings.Join(strings.Fields(fact.What+": "+fact.Value), " "))
		}
		say("")
	}
	say("Documented at: %s", w.source)
	return SupportText{Reason: reason, Text: t.String()}
}

// supportWords are what differs between the texts.
type supportWords struct{ subject, why, ask, source string }

func (reason SupportReason) words() supportWords {
	switch reason {
	case SupportStayLegacy:
		return supportWords{
			subject: "legacy phone provider for MFA and Passwordless",
			why: "This tenant uses the Unified Phone Experience, though as far as we know nobody here turned it on, and the Dashboard has no toggle Use " +
				"Tenant-level Messaging Provider. For now we must configure phone messages with the legacy experience.",
			ask:    "enable the legacy experience for this tenant again, and tell us whether its former settings are still there.",
			source: docMFA(),
		}
	case SupportToggleMissing:
		return supportWords{
			subject: "the toggle Use Tenant-level Messaging Provider",
			why: "The settings of this tenant contradict each other about the Unified Phone Experience, and we do not find the toggle Use " +
				"Tenant-level Messaging Provider in Security > Multi-factor Auth > Phone Message (or in Authentication > Passwordless > SMS).",
			ask:    "tell us through which provider MFA and Passwordless messages of this tenant are sent now, and make the toggle available.",
			source: docMFA() + " and " + docPasswordless(),
		}
	case SupportRevertRefused:
		return supportWords{
			subject: "going back to the legacy phone provider is refused",
			why: "We moved this tenant to the Unified Phone Experience and have to undo that. Auth0 refuses a step of it; what was sent and " +
				"answered stands at the end of the list below.",
			ask:    "put the tenant back to the legacy experience, or tell us what has to be done first.",
			source: docMFA(),
		}
	case SupportVoice:
		return supportWords{
			subject: "voice for MFA",
			why:     "We want to send MFA codes by voice, and Auth0 answers 403 " + tenant.CodeVoiceNotAllowed + ".",
			ask:     "allow voice as an MFA message type in this tenant, or tell us what it takes.",
			source:  docMFAPhone,
		}
	case SupportMoreActions:
		return supportWords{
			subject: "one more Action",
			why: "We are moving to the Unified Phone Experience with a custom phone provider, which needs an Action of the trigger " +
				"custom-phone-provider. This tenant has as many Actions as it may have.",
			ask:    "raise the limit of Actions by one.",
			source: docLimits,
		}
	case SupportLoginFails:
		return supportWords{
			subject: "a login with a code does not work since the switch to the Unified Phone Experience",
			why: "We switched phone messages of this tenant to the Unified Phone Experience, and a login with a code did not work after it. Below stands how " +
				"the tenant was before, and then what was written since and how Auth0 answered.",
			ask:    "tell us by which way codes of this tenant are sent now, and why they do not arrive, or how the tenant gets back to the legacy experience.",
			source: docMFA() + " and " + docPasswordless(),
		}
	case SupportReadRefused:
		return supportWords{
			subject: "settings of phone messages that cannot be read",
			why: "We are preparing the move to the Unified Phone Experience. The Management API does not show all settings of phone messages, " +
				"though the token has the scopes; the paths and answers stand in the list below.",
			ask:    "tell us how these settings stand, or what it takes to read them.",
			source: docAPI,
		}
	}
	return supportWords{subject: string(reason), why: "We need your help with phone messages.", ask: "look at the facts below.", source: docConfigure}
}

// supportFacts are what Support asks for anyway. They hold no account, no number, and no name of a user.
func (j Judgement) supportFacts() []Evidence {
	provider := "none"
	if p := j.Provider; p != nil {
		provider = fmt.Sprintf("%s, id %s, disabled: %v, delivery methods: %s", p.Name, p.ID, p.Disabled, list(p.Configuration.DeliveryMethods))
	}
	facts := []Evidence{
		{What: "Tenant", Value: j.Tenant.Domain},
		{What: "phone_consolidated_experience in GET /api/v2/tenants/settings", Value: reading{Judgement: j}.flagEvidence().Value},
		{What: "MFA phone factor", Value: onOff(j.MFA.Enabled) + ", message types: " + list(j.MFA.MessageTypes)},
		{What: "Tenant-level phone provider", Value: provider},
	}
	for _, r := range j.Routes {
		facts = append(facts, Evidence{What: r.what(), Value: r.supportWay()})
	}
	for _, r := range j.Refusals {
		facts = append(facts, Evidence{What: "GET /api/v2/" + r.Path, Value: strings.TrimSpace(fmt.Sprintf("%d %s", r.Status, r.Code))})
	}
	return facts
}

// supportWay says by whose settings a route goes, and what is wrong with it.
func (route Route) supportWay() string {
	way := "not known which settings it is sent by"
	switch route.Via {
	case Tenant:
		way = "sent through the tenant-level provider"
	case Legacy:
		way = "sent by the flow's own settings"
	case Unknown:
	}
	if !route.Delivers && route.Problem != "" {
		way += "; " + route.Problem
	}
	return way
}
