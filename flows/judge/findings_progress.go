package judge

import (
	"fmt"
	"slices"

	"upe/flows/tenant"
)

func (r reading) flagEvidence() Evidence {
	value := "absent"
	if r.Unified != nil {
		value = fmt.Sprint(*r.Unified)
	}
	return Evidence{What: "phone_consolidated_experience", Value: value, Path: tenant.PathSettings}
}

// halfConnection: the tenant is unified by its flag, by MFA, or by another connection, and a connection is not. That may be
// meant so; only the admin knows.
func halfConnection(r reading) []Finding {
	left := r.legacyConnections()
	if len(left) == 0 || !r.flag() && r.MFA.Via != Tenant && !r.anyConnectionMoved() {
		return nil
	}
	f := Finding{
		ID: "half-migrated-connection", Severity: Warning, Title: "A connection still sends by itself, while the tenant is unified elsewhere",
		Consequence: "Its codes do not go through the tenant-level provider. That is a supported state, if it is meant so.",
		Remedy:      "Move the connection, or leave it as it is.",
		Source:      reportConnection,
	}
	for _, c := range left {
		f.Evidence = append(f.Evidence, Evidence{What: "Connection " + c.Name, Value: c.Carrier.text(), Path: tenant.PathSMSConnections})
	}
	return found(f, r.flagEvidence())
}

func (r reading) anyConnectionMoved() bool {
	for _, c := range r.SMS {
		if c.Via == Tenant {
			return true
		}
	}
	return false
}

func halfMFA(r reading) []Finding {
	if !r.legacyMFA() || r.doubtful() || !r.anyConnectionMoved() {
		return nil
	}
	return found(Finding{
		ID: "half-migrated-mfa", Severity: Warning, Title: "MFA still sends by itself, while a connection uses the tenant-level provider",
		Consequence: "MFA codes go through MFA's own configuration. That is a supported state, if it is meant so.",
		Remedy:      "Move MFA, or leave it as it is.",
		Source:      docMFA(),
	}, r.flagEvidence(), r.selected())
}

func halfProvider(r reading) []Finding {
	if !r.providerWaits() || !r.anyLegacy() {
		return nil
	}
	return found(Finding{
		ID: "half-migrated-provider", Severity: Warning, Title: "Only the tenant-level provider exists; nothing sends through it yet",
		Consequence: "All codes still travel by their own settings. A migration that was stopped after its preparation looks like this. " +
			"The provider's settings are taken as they are where they fit, and changed where they do not.",
		Remedy: "Ask who made it, and compare its values with those that send now.",
		Source: docConfigure,
	}, append(r.providerEvidence(), r.flagEvidence())...)
}

// flagOnLegacyOpen: the flag says unified, the API says legacy. In such a tenant the flag may only unlock the Dashboard's own switch.
func flagOnLegacyOpen(r reading) []Finding {
	if !r.MFA.InUse || !r.contradicts() {
		return nil
	}
	f := Finding{
		ID: "flag-on-legacy-open", Severity: Warning, Title: "The tenant flag is on, but Auth0 still shows MFA's old settings",
		Consequence: "It refuses to show them once MFA uses the tenant-level provider, so MFA probably still sends by itself. What " +
			"decides is not documented.",
		Remedy: "Move MFA: once the provider is ready and tested, turn on the Dashboard's own switch in Security > Multi-factor Auth > " +
			"Phone Message > Use Tenant-level Messaging Provider. No API can do that.",
		Source: docMFA() + "; " + reportClosed + "; " + reportSwitches,
	}
	if problem := r.providerMissing(); problem != "" {
		f.Consequence += " If MFA does use the provider, its codes are failing now: " + problem + "."
	}
	path := legacyParts[slices.IndexFunc(legacyParts[:], r.snapshot.Has)]
	return found(f, r.flagEvidence(), Evidence{What: "Legacy MFA settings", Value: "can be read", Path: path})
}

// flagDisagrees: the flag says legacy, the API says unified.
func flagDisagrees(r reading) []Finding {
	if !r.MFA.Closed || r.Unified == nil || *r.Unified {
		return nil
	}
	return found(Finding{
		ID: "flag-disagrees", Severity: Warning, Title: "The tenant flag is off, but the MFA side is unified",
		Consequence: "Auth0 refuses the legacy MFA settings, so MFA sends through the tenant-level provider whatever the flag says.",
		Remedy:      "Compare with Security > Multi-factor Auth > Phone Message in the Dashboard. Turning the flag on makes both agree.",
		Source:      reportClosed + "; " + reportSwitches,
	}, r.flagEvidence(), closedEvidence())
}

func unifiedWithoutFlag(r reading) []Finding {
	if !r.MFA.Closed || r.Unified != nil || !r.snapshot.Has(tenant.PathSettings) {
		return nil
	}
	return found(Finding{
		ID: "unified-without-flag", Severity: Note, Title: "The MFA side is unified, and the tenant settings do not say so",
		Consequence: "Auth0 made this tenant unified, as it does with those created since March 2025. There may be no way back.",
		Remedy:      "Nothing for MFA. To go back to a legacy provider, ask Auth0 Support.",
		Source:      docMFA() + "; " + reportClosed,
	}, r.flagEvidence(), closedEvidence())
}

func closedEvidence() Evidence {
	return Evidence{What: "Legacy MFA settings", Value: "403 " + tenant.CodeLegacyNotAllowed, Path: tenant.PathSelectedProvider}
}

// migrationFlagDisagrees reads the migration flags as what they are, a hint: they are undocumented, and most tokens do not
// see them.
func migrationFlagDisagrees(r reading) []Finding {
	f := Finding{
		ID: "migration-flag-disagrees", Severity: Warning, Title: "A migration flag says that the tenant-level provider is in use",
		Consequence: "The other settings say that codes go by the legacy configuration. What decides is not documented.",
		Remedy:      "Try a login and look which sender the code comes from, before anything is changed.",
		Source:      reportSwitches,
	}
	add := func(name string, legacy bool) {
		if legacy && r.migrationOff(name) {
			f.Evidence = append(f.Evidence, Evidence{What: name, Value: "false", Path: tenant.PathMigrations})
		}
	}
	add(tenant.MigrationMFA, r.legacyMFA() && !r.contradicts())
	add(tenant.MigrationPasswordless, len(r.legacyConnections()) > 0)
	if len(f.Evidence) == 0 {
		return nil
	}
	if problem := r.providerMissing(); problem != "" {
		f.Consequence += " If the flag does, codes are failing now: " + problem + "."
	}
	return []Finding{f}
}

func nothingConfigured(r reading) []Finding {
	if len(r.Routes) > 0 {
		return nil
	}
	return found(Finding{
		ID: "nothing-configured", Severity: Note, Title: "Nothing sends phone messages now",
		Consequence: "There is nothing to migrate; the Unified Phone Experience can be set up from the start.",
		Remedy:      "Choose a provider, then MFA factors or an SMS connection with its applications.",
		Source:      docConfigure,
	},
		Evidence{What: "MFA phone factor", Value: onOff(r.MFA.Enabled), Path: tenant.PathFactors},
		Evidence{What: "SMS connections with applications", Value: "none", Path: tenant.PathSMSConnections},
		Evidence{What: "Phone as ID", Value: "not in use", Path: tenant.PathDBConnections})
}

func onOff(b bool) string {
	if b {
		return "on"
	}
	return "off"
}
