package rehearsal

import (
	"encoding/json"
	"maps"
	"slices"

	"upe/flows/plan"
	"upe/flows/tenant"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// only is an object of some keys of another.
func only(o object, keys ...string) object {
	kept := object{}
	for _, key := range keys {
		if raw, there := o[key]; there {
			kept[key] = raw
		}
	}
	return kept
}

// The factors that a tenant file knows.
var factors = [...]string{
	"sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform", "recovery-code",
}

// guardian is the MFA side.
func (c *copier) guardian() map[string]any {
	enabled := map[string]bool{}
	for _, name := range factors {
		enabled[name] = c.clean.Factor(name)
	}
	types := slices.DeleteFunc(c.clean.MessageTypes(), func(name string) bool { return name != "sms" && name != "voice" })
	twilio := only(decode[object](c.part(tenant.PathTwilio)), "sid", "auth_token", "from", "messaging_service_sid")
	if twilio.text("sid") != "" {
		c.secret(twilio, "auth_token", c.raw.Twilio().AuthToken, ofAccount(twilio.text("sid")))
	}
	guardian := map[string]any{"factors": enabled, "message_types": types, "policies": c.clean.Policies(), "twilio": twilio}
	if wordings := only(decode[object](c.part(tenant.PathMFATemplates)), "enrollment_message", "verification_message"); len(wordings) > 0 {
		guardian["templates"] = wordings
	}
	switch selected := c.clean.SelectedProvider(); selected {
	case tenant.SelectedAuth0, tenant.SelectedTwilio, tenant.SelectedHook:
		guardian["selected_provider"] = selected
	}
	return guardian
}

// secret puts a made-up value where the tenant has a secret, and notes how the tenant showed it.
func (c *copier) secret(o object, key, shown, name string) {
	switch {
	case shown == "":
		c.quirks["secrets_absent"] = true
	case !plan.Readable(shown) && shown != tenant.Redacted:
		c.quirks["secrets_masked"] = true
	}
	if c.quirks["secrets_masked"] {
		delete(c.quirks, "secrets_absent") // one or the other: nobody has seen a tenant with both
	}
	o[key] = plan.Encode(madeUp(name))
}

// madeUp is the value of a secret on a copy.
func madeUp(name string) string { return "made-up-for-a-rehearsal-" + name }

// ofAccount names the AuthToken of a Twilio account: wherever it is stored, it is the same.
func ofAccount(sid string) string { return "twilio-" + sid }

// connections are those of strategy sms, and the databases that may know phone numbers: a large tenant has a thousand others, which
// send nothing.
func (c *copier) connections() []object {
	var all []object
	for _, one := range c.list(tenant.PathSMSConnections, "") {
		if known, found := c.raw.Connection(one.text("id")); found {
			all = append(all, c.connection(one, known))
		}
	}
	byPhone := c.raw.PhoneIdentifier()
	for _, one := range c.list(tenant.PathDBConnections, "") {
		if slices.Contains(byPhone, one.text("name")) || len(decode[object](one["options"])["attributes"]) > 0 {
			all = append(all, one)
		}
	}
	return slices.DeleteFunc(all, func(one object) bool { return one.text("name") == "" || one.text("strategy") == "" })
}

func (c *copier) connection(one object, known tenant.Connection) object {
	if known.UnknownOptions() {
		c.scopes["read:connections_options"] = true
		delete(one, "options")
		return one
	}
	options, shown := decode[object](one["options"]), known.SMS()
	if options == nil {
		return one
	}
	if !shown.Gateway() && shown.TwilioSID != "" {
		c.secret(options, "twilio_token", shown.TwilioToken, ofAccount(shown.TwilioSID))
	}
	if gateway := decode[object](options["gateway_authentication"]); len(gateway) > 0 && shown.GatewayAuth != nil {
		c.secret(gateway, "secret", shown.GatewayAuth.Secret, "connections."+known.ID+".gateway_secret")
		options["gateway_authentication"] = plan.Encode(gateway)
	}
	one["options"] = plan.Encode(options)
	return one
}

// actions are those of the two triggers, each once, with made-up secrets: their values are never shown.
func (c *copier) actions() []object {
	var all []object
	seen, runs := map[string]bool{}, map[string]bool{}
	for _, one := range c.raw.Bindings(tenant.TriggerLegacy) {
		runs[one.Action.ID] = true
	}
	for _, path := range []string{tenant.PathLegacyActions, tenant.PathPhoneActions} {
		for _, one := range c.list(path, "") {
			id := one.text("id")
			if seen[id] || one.text("name") == "" || len(decode[[]object](one["supported_triggers"])) == 0 {
				continue
			}
			seen[id] = true
			if path == tenant.PathLegacyActions && !runs[id] {
				all = append(all, only(one, "id", "name", "supported_triggers")) // nothing runs it; its name is taken
				continue
			}
			version := decode[object](one["deployed_version"])
			if len(version) > 0 {
				one["deployed_version"] = plan.Encode(withSecrets(version))
			} else {
				delete(one, "deployed_version")
			}
			all = append(all, withSecrets(one))
		}
	}
	return all
}

func withSecrets(o object) object {
	secrets := decode[[]object](o["secrets"])
	for _, one := range secrets {
		one["value"] = plan.Encode(madeUp(one.text("name")))
	}
	o["secrets"] = plan.Encode(orEmpty(secrets))
	return o
}

// fillers stand for the Actions of other triggers, of which only the number is known: there may be a limit.
func (c *copier) fillers() map[string]any {
	total, known := c.raw.ActionCount()
	if others := total - len(c.actions()); known && others > 0 {
		return map[string]any{"actions": map[string]any{"count": others}}
	}
	return map[string]any{}
}

// bindings are what is bound to the two triggers, as far as the Actions were read.
func (c *copier) bindings() map[string][]object {
	read := map[string]bool{}
	for _, one := range c.actions() {
		read[one.text("id")] = true
	}
	all := map[string][]object{}
	for _, trigger := range []string{tenant.TriggerLegacy, tenant.TriggerPhone} {
		for _, one := range c.list("actions/triggers/"+trigger+"/bindings", "bindings") {
			id := decode[object](one["action"]).text("id")
			if !read[id] {
				continue
			}
			bound := only(one, "id", "display_name", "created_at", "updated_at")
			bound["action_id"] = plan.Encode(id)
			all[trigger] = append(all[trigger], bound)
		}
	}
	return all
}

// providers are the tenant-level provider, with credentials, which Auth0 never shows.
func (c *copier) providers() []object {
	var all []object
	for _, one := range c.list(tenant.PathProviders, "providers") {
		switch one.text("name") {
		case tenant.KindTwilio:
			sid := decode[object](one["configuration"]).text("sid")
			one["credentials"] = plan.Encode(map[string]string{"auth_token": madeUp(ofAccount(sid))})
		case tenant.KindCustom:
			one["credentials"] = json.RawMessage("{}")
		default:
			continue
		}
		all = append(all, one)
	}
	return orEmpty(all)
}

// templates are those that somebody customised: the others are Auth0's own, and have no id.
func (c *copier) templates() []object {
	types := []string{"otp_verify", "otp_enroll", "change_password", "blocked_account", "password_breach"}
	return slices.DeleteFunc(c.list(tenant.PathPhoneTemplates, "templates"), func(one object) bool {
		return one.text("id") == "" || !slices.Contains(types, one.text("type"))
	})
}

// orEmpty is a list that JSON writes as [] when there is nothing in it.
func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
