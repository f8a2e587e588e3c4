package judge

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"upe/flows/tenant"
)

// essential are the parts without which the judgement would be a guess.
func (r reading) essential(path string) bool {
	switch path {
	case tenant.PathSettings, tenant.PathFactors, tenant.PathMessageTypes, tenant.PathProviders, tenant.PathSMSConnections:
		return true
	case tenant.PathSelectedProvider, tenant.PathTwilio, tenant.PathMFATemplates:
		return !r.MFA.Closed
	case tenant.PathLegacyActions, tenant.PathLegacyBindings:
		return r.legacyMFA() && r.MFA.Provider == tenant.SelectedHook
	case tenant.PathPhoneActions:
		return r.Provider != nil && r.Provider.Name == tenant.KindCustom
	}
	return false
}

// optional are the parts that only make a judgement poorer. The migration flags are in neither list: no scope for them can be
// given to a token, and most tenants do not show them. The logs have a finding of their own.
func (r reading) optional(path string) bool {
	return !r.essential(path) && path != tenant.PathMigrations && path != tenant.PathLogs
}

// planned are the parts that a plan compares with what it wants: taken for empty, it would overwrite what is there.
func planned(path string) bool {
	switch path {
	case tenant.PathPhoneTemplates, tenant.PathDBConnections, tenant.PathPhoneActions, tenant.PathPhoneBindings,
		tenant.PathLegacyActions, tenant.PathLegacyBindings:
		return true
	}
	return false
}

// refused lists the parts that were refused and fit.
func (r reading) refused(fits func(string, *tenant.Error) bool) []string {
	var paths []string
	for _, path := range r.snapshot.Paths() {
		if e := r.snapshot.Refusal(path); e != nil && fits(path, e) {
			paths = append(paths, path)
		}
	}
	return paths
}

// refusals are what Auth0 did not show, in the order of the paths.
func (r reading) refusals() []Refusal {
	var all []Refusal
	for _, path := range r.refused(func(string, *tenant.Error) bool { return true }) {
		e := r.snapshot.Refusal(path)
		all = append(all, Refusal{Path: path, Status: e.Status, Code: e.Code})
	}
	return all
}

func scopeMissing(r reading) []Finding {
	return r.missing(r.unscoped(), Finding{
		ID: "scope-missing", Severity: Blocker, Title: "The token may not read what the migration depends on",
		Consequence: "Without these settings nobody can tell how codes travel now, and what a change would break.",
	})
}

// unscoped are the essential parts that the token may not read.
func (r reading) unscoped() []string {
	return r.refused(func(path string, e *tenant.Error) bool { return r.essential(path) && e.Class() == tenant.ClassScope })
}

// lacks are the scopes that are needed to read paths, sorted.
func (r reading) lacks(paths []string) []string {
	var scopes []string
	for _, path := range paths {
		scopes = append(scopes, r.snapshot.Refusal(path).Op.Scopes()...)
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}

func scopeMissingOptional(r reading) []Finding {
	paths := r.refused(func(path string, e *tenant.Error) bool {
		return r.optional(path) && e.Class() == tenant.ClassScope
	})
	return r.missing(paths, Finding{
		ID: "scope-missing-optional", Severity: Note, Title: "The token may not read everything",
		Consequence: "The migration can go on; what depends on these settings is not checked.",
	})
}

// missing completes a finding about scopes; nothing when no part was refused.
func (r reading) missing(paths []string, f Finding) []Finding {
	for _, path := range paths {
		e := r.snapshot.Refusal(path)
		f.Evidence = append(f.Evidence, Evidence{What: "Refused", Value: fmt.Sprintf("%d %s", e.Status, e.Code), Path: path})
	}
	if len(paths) == 0 {
		return nil
	}
	f.Remedy = "Give the application of the token these scopes, and get a new token: " +
		or(strings.Join(r.lacks(paths), ", "), "those of the parts named") + "."
	f.Source = docAPI
	return []Finding{f}
}

func optionsNotReadable(r reading) []Finding {
	f := Finding{
		ID: "options-not-readable", Severity: Blocker, Title: "The options of connections cannot be read",
		Consequence: "Whether a connection sends by itself, and through whom, stands in its options. Changing them unread would " +
			"delete what is in them, because Auth0 replaces all options at once.",
		Remedy: "Give the application of the token the scope read:connections_options (and update:connections_options for the " +
			"migration), and get a new token.",
		Source: docScope,
	}
	for _, c := range r.snapshot.SMSConnections() {
		if c.UnknownOptions() {
			f.Evidence = append(f.Evidence, Evidence{What: "Connection " + c.Name, Value: "no options in the answer", Path: tenant.PathSMSConnections})
		}
	}
	if len(f.Evidence) > 0 {
		return []Finding{f}
	}
	return r.phoneIDUnknown(f)
}

// phoneIDUnknown: the options of database connections say whether Phone as ID is in use, which matters as soon as there is
// an enabled provider that it could use.
func (r reading) phoneIDUnknown(f Finding) []Finding {
	var connections []tenant.Connection
	// Of another shape than documented: nothing is known, and nothing is claimed.
	_ = json.Unmarshal(r.snapshot.Parts[tenant.PathDBConnections].Raw, &connections)
	var unknown []string
	for _, c := range connections {
		if c.UnknownOptions() {
			unknown = append(unknown, c.Name)
		}
	}
	if len(unknown) == 0 {
		return nil
	}
	f.Title = "The options of database connections cannot be read"
	f.Consequence = "Whether Phone as ID is in use is not known. If it is, it sends through the tenant-level provider already."
	f.Remedy = "Give the application of the token the scope read:connections_options, and get a new token."
	if r.Provider == nil || r.Provider.Disabled {
		f.Severity = Note
	}
	return found(f, Evidence{What: "Database connections without options", Value: list(unknown), Path: tenant.PathDBConnections})
}

func readRefused(r reading) []Finding {
	f := Finding{
		ID: "read-refused", Severity: Blocker, Title: "A setting could not be read, and not for a missing scope",
		Consequence: "Without it nobody can tell how codes travel now, and what a change would break.",
		Remedy: "Look at the setting in the Dashboard. If it is missing there too, ask Auth0 Support, and name the path and the code " +
			"that stand here as evidence.",
		Source: docAPI,
	}
	for _, path := range r.refused(r.refusedOtherwise) {
		e := r.snapshot.Refusal(path)
		what := "Refused"
		if e.Code == tenant.CodeUnreadable {
			what = "Answered, but not as documented"
		}
		f.Evidence = append(f.Evidence, Evidence{What: what, Value: refusalText(e), Path: path})
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// refusedOtherwise reports whether a part that matters is not there for another reason than a missing scope, a unified MFA side, or
// voice, which have findings of their own.
func (r reading) refusedOtherwise(path string, e *tenant.Error) bool {
	if e.Code == tenant.CodeUnreadable {
		return r.essential(path) || planned(path)
	}
	return r.essential(path) && e.Class() != tenant.ClassScope && e.Class() != tenant.ClassUnified && e.Code != tenant.CodeVoiceNotAllowed
}

// refusalText is the status, the code, and where there is no code of Auth0's the message.
func refusalText(e *tenant.Error) string {
	if e.Code != "" && e.Code != tenant.CodeUnreadable {
		return fmt.Sprintf("%d %s", e.Status, e.Code)
	}
	return fmt.Sprintf("%d %s: %s", e.Status, or(e.Code, "without a code"), or(e.Message, "no message"))
}

// routeUnknown speaks where neither a refusal nor a contradiction explains why a route is not known: parts are missing from the
// snapshot.
func routeUnknown(r reading) []Finding {
	return append(r.unknownMFA(), r.unknownConnections()...)
}

// unknownConnections are those of which everything can be read, and nobody knows what it does.
func (r reading) unknownConnections() []Finding {
	f := Finding{
		ID: "route-unknown", Severity: Warning, Title: "It is not known how the codes of a connection travel now",
		Consequence: "They may go through the tenant-level provider already. What is changed there may reach its users at once.",
		Remedy:      "Try a login and look which sender the code comes from. Moving the connection sets the value that is known to work.",
		Source:      reportConnection,
	}
	for _, c := range r.SMS {
		if c.InUse && r.options[c.ID].OddlyOptedIn() {
			f.Evidence = append(f.Evidence, Evidence{What: "Connection " + or(c.Name, c.ID), Value: c.Why, Path: tenant.PathSMSConnections})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

func (r reading) unknownMFA() []Finding {
	refused := r.refused(func(path string, _ *tenant.Error) bool { return r.essential(path) })
	if !r.MFA.InUse || r.MFA.Via != Unknown || r.doubtful() || len(refused) > 0 {
		return nil
	}
	return found(Finding{
		ID: "route-unknown", Severity: Blocker, Title: "It is not known how MFA codes travel now",
		Consequence: "A change could cut off users without a warning.",
		Remedy:      "Read the tenant again with a token that may read guardian factors and tenant settings.",
		Source:      inferredDelivery,
	}, Evidence{What: "MFA", Value: r.MFA.Why, Path: tenant.PathSelectedProvider})
}

func voiceNotAllowed(r reading) []Finding {
	paths := r.refused(func(_ string, e *tenant.Error) bool { return e.Code == tenant.CodeVoiceNotAllowed })
	if len(paths) == 0 {
		return nil
	}
	return found(Finding{
		ID: "voice-not-allowed", Severity: Warning, Title: "This tenant may not use voice for MFA",
		Consequence: "Auth0 will refuse voice as a message type.",
		Remedy:      "Plan without voice, or ask Auth0 Support to allow it.",
		Source:      "auth0-deploy-cli tests of guardianPhoneFactorMessageTypes",
	}, Evidence{What: "Refused", Value: "403 " + tenant.CodeVoiceNotAllowed, Path: paths[0]})
}
