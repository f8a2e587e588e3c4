package emulator

import (
	"net/url"
	"slices"
	"strings"
)

// endpoint is one operation of the Management API.
type endpoint struct {
	method, path string
	scopes       []string // any of them is enough, none asks for none; the names are those of Auth0's API description
	handle       handler
}

func one(scope string) []string { return []string{scope} }

// endpoints is everything that is emulated, most of it in the order of the fact sheet.
func endpoints() []endpoint {
	return slices.Concat(tenantRoutes(), phoneRoutes(), guardianRoutes(), connectionRoutes(), actionRoutes(), logRoutes(), emptyRoutes())
}

func tenantRoutes() []endpoint {
	return []endpoint{
		{"GET", "/tenants/settings", one("read:tenant_settings"), getSettings},
		{"PATCH", "/tenants/settings", one("update:tenant_settings"), patchSettings},
		{"GET", "/migrations", one("read:migrations"), getMigrations},
		{"PATCH", "/migrations", nil, patchMigrations},
		{"GET", "/attack-protection/phone-provider-protection", one("read:attack_protection"), getProtection},
		{"PATCH", "/attack-protection/phone-provider-protection", one("update:attack_protection"), patchProtection},
		{"GET", "/clients", []string{"read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"}, listClients},
		{"GET", "/clients/{id}", []string{"read:clients", "read:client_keys", "read:client_credentials", "read:client_summary"}, getClient},
	}
}

func phoneRoutes() []endpoint {
	return []endpoint{
		{"GET", "/branding/phone/providers", one("read:phone_providers"), listProviders},
		{"POST", "/branding/phone/providers", one("create:phone_providers"), createProvider},
		{"GET", "/branding/phone/providers/{id}", one("read:phone_providers"), getProvider},
		{"PATCH", "/branding/phone/providers/{id}", one("update:phone_providers"), patchProvider},
		{"DELETE", "/branding/phone/providers/{id}", one("delete:phone_providers"), deleteProvider},
		{"POST", "/branding/phone/providers/{id}/try", one("create:phone_providers"), tryProvider},
		{"GET", "/branding/phone/templates", one("read:phone_templates"), listTemplates},
		{"POST", "/branding/phone/templates", one("create:phone_templates"), createTemplate},
		{"GET", "/branding/phone/templates/{id}", one("read:phone_templates"), getTemplate},
		{"PATCH", "/branding/phone/templates/{id}", one("update:phone_templates"), patchTemplate},
		{"DELETE", "/branding/phone/templates/{id}", one("delete:phone_templates"), deleteTemplate},
		{"PATCH", "/branding/phone/templates/{id}/reset", one("update:phone_templates"), resetTemplate},
		{"POST", "/branding/phone/templates/{id}/try", one("create:phone_templates"), tryTemplate},
	}
}

// guardianRoutes has the legacy endpoints twice: sms is the deprecated twin of phone, over the same settings.
func guardianRoutes() []endpoint {
	read, update := one("read:guardian_factors"), one("update:guardian_factors")
	list := []endpoint{
		{"GET", "/guardian/factors", read, listFactors},
		{"PUT", "/guardian/factors/{name}", update, putFactor},
		{"GET", "/guardian/factors/phone/message-types", read, getMessageTypes},
		{"PUT", "/guardian/factors/phone/message-types", update, putMessageTypes},
		{"GET", "/guardian/policies", one("read:mfa_policies"), getPolicies},
		{"PUT", "/guardian/policies", one("update:mfa_policies"), putPolicies},
	}
	for _, factor := range []string{"phone", "sms"} {
		base := "/guardian/factors/" + factor
		list = append(list,
			endpoint{"GET", base + "/selected-provider", read, legacy(getSelectedProvider)},
			endpoint{"PUT", base + "/selected-provider", update, legacy(putSelectedProvider)},
			endpoint{"GET", base + "/providers/twilio", read, legacy(getTwilio)},
			endpoint{"PUT", base + "/providers/twilio", update, legacy(putTwilio)},
			endpoint{"GET", base + "/templates", read, legacy(getGuardianTemplates)},
			endpoint{"PUT", base + "/templates", update, legacy(putGuardianTemplates)},
		)
	}
	return list
}

func connectionRoutes() []endpoint {
	return []endpoint{
		{"GET", "/connections", one("read:connections"), listConnections},
		{"POST", "/connections", one("create:connections"), createConnection},
		{"GET", "/connections/{id}", one("read:connections"), getConnection},
		{"PATCH", "/connections/{id}", one("update:connections"), patchConnection},
		{"DELETE", "/connections/{id}", one("delete:connections"), deleteConnection},
		{"GET", "/connections/{id}/clients", one("read:connections"), getConnectionClients},
		{"PATCH", "/connections/{id}/clients", one("update:connections"), patchConnectionClients},
	}
}

func actionRoutes() []endpoint {
	return []endpoint{
		{"GET", "/actions/triggers", one("read:actions"), listTriggers},
		{"GET", "/actions/triggers/{id}/bindings", one("read:actions"), listBindings},
		{"PATCH", "/actions/triggers/{id}/bindings", one("update:actions"), patchBindings},
		{"GET", "/actions/actions", one("read:actions"), listActions},
		{"POST", "/actions/actions", one("create:actions"), createAction},
		{"GET", "/actions/actions/{id}", one("read:actions"), getAction},
		{"PATCH", "/actions/actions/{id}", one("update:actions"), patchAction},
		{"DELETE", "/actions/actions/{id}", one("delete:actions"), deleteAction},
		{"POST", "/actions/actions/{id}/deploy", one("create:actions"), deployAction},
		{"GET", "/actions/actions/{id}/versions", one("read:actions"), listVersions},
		{"GET", "/actions/actions/{id}/versions/{version}", one("read:actions"), getVersion},
		{"POST", "/actions/actions/{id}/versions/{version}/deploy", one("create:actions"), deployVersion},
	}
}

func logRoutes() []endpoint {
	return []endpoint{
		{"GET", "/logs", []string{"read:logs", "read:logs_users"}, listLogs},
		{"GET", "/logs/{id}", []string{"read:logs", "read:logs_users"}, getLog},
	}
}

// emptyRoutes are what Auth0's Deploy CLI reads along with Actions, factors and connections, and would try eleven times before it
// believes a 501. No emulated tenant has any of it, and it cannot be written.
func emptyRoutes() []endpoint {
	nothing := func(*call) reply { return ok(object{}) }
	none := func(c *call) reply { return c.checkpoint("directory_provisionings", nil, 100, nil) }
	modules := func(c *call) reply { return c.totalled("modules", nil, nil) }
	return []endpoint{
		{"GET", "/actions/modules", one("read:actions"), modules},
		{"GET", "/guardian/factors/push-notification/providers/sns", one("read:guardian_factors"), nothing},
		{"GET", "/connections-directory-provisionings", one("read:directory_provisionings"), none},
	}
}

// connectionOptions are the scopes for the options of a connection (deprecation "migrate connection options scope").
const (
	readOptions   = "read:connections_options"
	updateOptions = "update:connections_options"
)

// Scopes lists every scope that some emulated operation asks for, sorted.
func Scopes() []string {
	list := []string{readOptions, updateOptions}
	for _, r := range endpoints() {
		list = append(list, r.scopes...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// lookup finds the endpoint of a request, and the values of the variable segments of its path.
func lookup(method, path string) (endpoint, []string, bool) {
	for _, r := range endpoints() {
		if r.method != method {
			continue
		}
		if args, found := match(r.path, path); found {
			return r, args, true
		}
	}
	return endpoint{}, nil, false
}

// match compares an escaped path with a pattern, whose segments {name} and * stand for anything but nothing.
func match(pattern, path string) (args []string, matched bool) {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return nil, false
	}
	for i, w := range want {
		value, err := url.PathUnescape(have[i])
		variable := w == "*" || strings.HasPrefix(w, "{")
		switch {
		case err != nil, variable && value == "", !variable && w != value:
			return nil, false
		case variable:
			args = append(args, value)
		}
	}
	return args, true
}
