package tenant

import "strings"

// Op names one operation of the Management API as "METHOD /path", below /api/v2. A path has at most one variable segment,
// written {id}; [Call.ID] fills it.
type Op string

// The operations upe can send. Scopes are those of Auth0's OpenAPI description, with connections_options as the deprecation
// notice "migrate connection options scope" adds them.
const (
	GetSettings   Op = "GET /tenants/settings"
	PatchSettings Op = "PATCH /tenants/settings"
	GetMigrations Op = "GET /migrations" // undocumented; read as a hint only

	ListProviders  Op = "GET /branding/phone/providers"
	GetProvider    Op = "GET /branding/phone/providers/{id}"
	CreateProvider Op = "POST /branding/phone/providers"
	PatchProvider  Op = "PATCH /branding/phone/providers/{id}"
	DeleteProvider Op = "DELETE /branding/phone/providers/{id}"
	TryProvider    Op = "POST /branding/phone/providers/{id}/try"

	ListPhoneTemplates  Op = "GET /branding/phone/templates"
	GetPhoneTemplate    Op = "GET /branding/phone/templates/{id}"
	CreatePhoneTemplate Op = "POST /branding/phone/templates"
	PatchPhoneTemplate  Op = "PATCH /branding/phone/templates/{id}"
	DeletePhoneTemplate Op = "DELETE /branding/phone/templates/{id}"
	ResetPhoneTemplate  Op = "PATCH /branding/phone/templates/{id}/reset"
	TryPhoneTemplate    Op = "POST /branding/phone/templates/{id}/try"

	ListFactors         Op = "GET /guardian/factors"
	PutSMSFactor        Op = "PUT /guardian/factors/sms"
	GetMessageTypes     Op = "GET /guardian/factors/phone/message-types"
	PutMessageTypes     Op = "PUT /guardian/factors/phone/message-types"
	GetSelectedProvider Op = "GET /guardian/factors/phone/selected-provider"
	PutSelectedProvider Op = "PUT /guardian/factors/phone/selected-provider"
	GetTwilio           Op = "GET /guardian/factors/phone/providers/twilio"
	PutTwilio           Op = "PUT /guardian/factors/phone/providers/twilio"
	GetMFATemplates     Op = "GET /guardian/factors/phone/templates"
	PutMFATemplates     Op = "PUT /guardian/factors/phone/templates"
	GetPolicies         Op = "GET /guardian/policies"

	ListConnections        Op = "GET /connections"
	GetConnection          Op = "GET /connections/{id}"
	CreateConnection       Op = "POST /connections"
	PatchConnection        Op = "PATCH /connections/{id}"
	GetConnectionClients   Op = "GET /connections/{id}/clients"
	PatchConnectionClients Op = "PATCH /connections/{id}/clients"
	ListClients            Op = "GET /clients"

	ListActions   Op = "GET /actions/actions"
	GetAction     Op = "GET /actions/actions/{id}"
	CreateAction  Op = "POST /actions/actions"
	PatchAction   Op = "PATCH /actions/actions/{id}"
	DeployAction  Op = "POST /actions/actions/{id}/deploy"
	DeleteAction  Op = "DELETE /actions/actions/{id}"
	GetBindings   Op = "GET /actions/triggers/{id}/bindings"
	PatchBindings Op = "PATCH /actions/triggers/{id}/bindings"

	ListLogs      Op = "GET /logs"
	GetProtection Op = "GET /attack-protection/phone-provider-protection"
)

// scopes is the table of everything that can be sent, with the scopes each operation needs.
var scopes = map[Op][]string{
	GetSettings:   {"read:tenant_settings"},
	PatchSettings: {"update:tenant_settings"},
	GetMigrations: {"read:migrations"},

	ListProviders:  {"read:phone_providers"},
	GetProvider:    {"read:phone_providers"},
	CreateProvider: {"create:phone_providers"},
	PatchProvider:  {"update:phone_providers"},
	DeleteProvider: {"delete:phone_providers"},
	TryProvider:    {"create:phone_providers"},

	ListPhoneTemplates:  {"read:phone_templates"},
	GetPhoneTemplate:    {"read:phone_templates"},
	CreatePhoneTemplate: {"create:phone_templates"},
	PatchPhoneTemplate:  {"update:phone_templates"},
	DeletePhoneTemplate: {"delete:phone_templates"},
	ResetPhoneTemplate:  {"update:phone_templates"},
	TryPhoneTemplate:    {"create:phone_templates"},

	ListFactors:         {"read:guardian_factors"},
	PutSMSFactor:        {"update:guardian_factors"},
	GetMessageTypes:     {"read:guardian_factors"},
	PutMessageTypes:     {"update:guardian_factors"},
	GetSelectedProvider: {"read:guardian_factors"},
	PutSelectedProvider: {"update:guardian_factors"},
	GetTwilio:           {"read:guardian_factors"},
	PutTwilio:           {"update:guardian_factors"},
	GetMFATemplates:     {"read:guardian_factors"},
	PutMFATemplates:     {"update:guardian_factors"},
	GetPolicies:         {"read:mfa_policies"},

	ListConnections:        {"read:connections", "read:connections_options"},
	GetConnection:          {"read:connections", "read:connections_options"},
	CreateConnection:       {"create:connections"},
	PatchConnection:        {"update:connections", "update:connections_options"},
	GetConnectionClients:   {"read:connections"},
	PatchConnectionClients: {"update:connections"},
	ListClients:            {"read:clients"},

	ListActions:   {"read:actions"},
	GetAction:     {"read:actions"},
	CreateAction:  {"create:actions"},
	PatchAction:   {"update:actions"},
	DeployAction:  {"create:actions"},
	DeleteAction:  {"delete:actions"},
	GetBindings:   {"read:actions"},
	PatchBindings: {"update:actions"},

	ListLogs:      {"read:logs"},
	GetProtection: {"read:attack_protection"},
}

// Known reports whether o stands in the table of operations.
func (o Op) Known() bool { _, ok := scopes[o]; return ok }

// Scopes lists the scopes a token needs for o. The slice is the caller's.
func (o Op) Scopes() []string { return append([]string(nil), scopes[o]...) }

// Method is the HTTP method of o.
func (o Op) Method() string { method, _, _ := strings.Cut(string(o), " "); return method }

// Template is the path of o below /api/v2, with {id} for the variable segment.
func (o Op) Template() string { _, path, _ := strings.Cut(string(o), " "); return path }

// Path is the path of o below /api/v2 for one resource.
func (o Op) Path(id string) string { return strings.Replace(o.Template(), "{id}", id, 1) }

// Writes reports whether o changes the tenant. Everything but GET does; a try sends a message, which counts.
func (o Op) Writes() bool { return o.Method() != "GET" }

// Ops lists every operation of the table, in no particular order.
func Ops() []Op {
	all := make([]Op, 0, len(scopes))
	for op := range scopes {
		all = append(all, op)
	}
	return all
}
