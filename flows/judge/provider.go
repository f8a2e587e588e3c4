package judge

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/tenant"
)

// liveness says whether messages may travel through the tenant-level provider already. A provider that is enabled and that
// any sign points to counts: to take a live provider for a spare one would change what users get, without a question.
func (r reading) liveness() Liveness {
	if r.Provider == nil || r.Provider.Disabled {
		return Liveness{}
	}
	var why []string
	if r.flag() {
		why = append(why, "the tenant flag phone_consolidated_experience is true")
	}
	if r.MFA.Closed {
		why = append(why, "the legacy MFA settings are closed, so MFA uses it")
	}
	for _, c := range r.SMS {
		if c.Via == Tenant {
			why = append(why, fmt.Sprintf("the connection %s is set to use it", c.Name))
		}
	}
	for _, name := range r.migrationsOff() {
		why = append(why, fmt.Sprintf("the migration flag %s is false", name))
	}
	for _, name := range r.PhoneID {
		why = append(why, fmt.Sprintf("the database connection %s uses Phone as ID", name))
	}
	return Liveness{Live: len(why) > 0, Why: why}
}

// migrationsOff are the migration flags that could be read and are false: their flow uses the tenant-level provider (go-auth0 pull
// request #714). The usual token sees none of them.
func (r reading) migrationsOff() []string {
	var off []string
	flags := r.snapshot.Migrations()
	for _, name := range []string{tenant.MigrationMFA, tenant.MigrationPasswordless} {
		if legacy, seen := flags[name]; seen && !legacy {
			off = append(off, name)
		}
	}
	return off
}

// providerCarrier is who takes the messages of the tenant-level provider.
func (r reading) providerCarrier(channel string) Carrier {
	switch {
	case r.Provider == nil:
		return Carrier{}
	case r.Provider.Name == tenant.KindCustom:
		c := Carrier{Kind: CarrierAction}
		if actions := r.snapshot.Actions(tenant.TriggerPhone); len(actions) > 0 {
			c.Action = actions[0].Name
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
	case r.Provider.Name == tenant.KindCustom:
		return ""
	case channel == voice:
		return twilioProblem(configuration.SID, configuration.DefaultFrom, "a call needs a default From number, and none is set")
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

// customReady reports whether a custom provider with a deployed Action exists, enabled or not.
func (r reading) customReady() bool {
	return r.Provider != nil && r.Provider.Name == tenant.KindCustom && r.actionDeployed()
}

// deployed reports whether a version of the Action runs; a newer draft may wait beside it.
func deployed(a tenant.Action) bool { return a.Deployed || a.DeployedVersion != nil }

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
