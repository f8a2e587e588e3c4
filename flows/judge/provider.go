package judge

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/template"
	"upe/flows/tenant"
)

// liveness says whether messages may travel through the tenant-level provider already. A provider that is enabled and that
// any sign points to counts: to take a live provider for a spare one would change what users get, without a question.
func (r reading) liveness() Liveness {
	if r.Provider == nil || r.Provider.Disabled {
		return Liveness{}
	}
	var why []string
	for _, sign := range r.usedBecause() {
		why = append(why, sign.Value)
	}
	return Liveness{Live: len(why) > 0, Why: why}
}

// usedBecause are the signs that something sends through a tenant-level provider, or may, with the places where they stand.
func (r reading) usedBecause() []Evidence {
	var signs []Evidence
	add := func(path, format string, args ...any) {
		signs = append(signs, Evidence{What: "Used because", Value: fmt.Sprintf(format, args...), Path: path})
	}
	if r.flag() {
		add(tenant.PathSettings, "the tenant flag phone_consolidated_experience is true")
	}
	if r.MFA.Closed {
		add(tenant.PathSelectedProvider, "the legacy MFA settings are closed, so MFA uses it")
	}
	for _, c := range r.SMS {
		switch {
		case c.Via == Tenant:
			add(tenant.PathSMSConnections, "the connection %s is set to use it", c.Name)
		case r.options[c.ID].OddlyOptedIn():
			add(tenant.PathSMSConnections, "the connection %s may be set to use it", c.Name)
		}
	}
	for _, name := range r.migrationsOff() {
		add(tenant.PathMigrations, "the migration flag %s is false", name)
	}
	for _, name := range r.PhoneID {
		add(tenant.PathDBConnections, "the database connection %s uses Phone as ID", name)
	}
	return signs
}

// migrationsOff are the migration flags that are known to be false.
func (r reading) migrationsOff() []string {
	names := []string{tenant.MigrationMFA, tenant.MigrationPasswordless}
	return slices.DeleteFunc(names, func(name string) bool { return !r.migrationOff(name) })
}

// providerCarrier is who takes the messages of the tenant-level provider.
func (r reading) providerCarrier(channel string) Carrier {
	switch {
	case r.Provider == nil:
		return Carrier{}
	case r.Provider.Name == tenant.KindCustom:
		c := Carrier{Kind: CarrierAction}
		if a, ok := r.phoneAction(); ok {
			c.Action = a.Name
		}
		return c
	}
	configuration := r.Provider.Configuration
	if channel == voice {
		return twilioCarrier(configuration.SID, configuration.DefaultFrom, "")
	}
	return twilioCarrier(configuration.SID, configuration.DefaultFrom, configuration.MSSID)
}

// providerProblem says why the tenant-level provider cannot deliver in a channel, or "".
func (r reading) providerProblem(channel string) string {
	method := string(compat.Factor(channel).Method())
	if problem := r.providerMissing(); problem != "" {
		return problem
	}
	configuration := r.Provider.Configuration
	switch {
	case !slices.Contains(configuration.DeliveryMethods, method):
		return fmt.Sprintf("the tenant-level provider does not deliver %s: its delivery methods are %s", method,
			or(strings.Join(configuration.DeliveryMethods, ", "), "none"))
	case r.silentProvider():
		return "the Action of the tenant-level provider sent nothing in trial runs"
	}
	if problem := r.senderProblem(channel); problem != "" {
		return problem
	}
	return r.templateProblem(template.OTPVerify, channel)
}

// senderProblem says what a Twilio provider lacks to send in a channel, or "".
func (r reading) senderProblem(channel string) string {
	configuration := r.Provider.Configuration
	switch {
	case r.custom():
		return ""
	case channel == voice:
		return callProblem(configuration.SID, configuration.DefaultFrom, "a call needs a default From number, and none is set")
	}
	return twilioProblem(configuration.SID, configuration.MSSID+configuration.DefaultFrom,
		"neither a default From number nor a Messaging Service is set")
}

// providerMissing says why the tenant-level provider delivers nothing at all, or "".
func (r reading) providerMissing() string {
	switch {
	case !r.snapshot.Has(tenant.PathProviders):
		return "the tenant-level provider could not be read"
	case r.Provider == nil:
		return "there is no tenant-level provider"
	case r.Provider.Disabled:
		return "the tenant-level provider is disabled"
	case r.Provider.Name != tenant.KindCustom:
		return ""
	case !r.snapshot.Has(tenant.PathPhoneActions):
		return "the custom-phone-provider Actions could not be read"
	case !r.actionDeployed():
		return "the tenant-level provider is custom, and no custom-phone-provider Action is deployed"
	}
	return ""
}

// actionDeployed reports whether the custom provider has an Action to run. Whether it must be bound as well is documented
// both ways, so a missing binding does not count against it.
func (r reading) actionDeployed() bool {
	return slices.ContainsFunc(r.snapshot.Actions(tenant.TriggerPhone), deployed)
}

// customReady reports whether a custom provider exists, enabled or not, with a deployed Action that does something.
func (r reading) customReady() bool { return r.custom() && r.actionDeployed() && !r.silentProvider() }

// silentProvider reports whether the tenant-level provider sends by an Action that sends nothing.
func (r reading) silentProvider() bool {
	a, _ := r.phoneAction()
	return r.custom() && a.Stub
}

// deployed reports whether a version of the Action runs; a newer draft may wait beside it.
func deployed(a tenant.Action) bool { return a.Deployed || a.DeployedVersion != nil }

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
