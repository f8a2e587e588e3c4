package emulator

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// The names that several files need.
const (
	tenantFlag       = "phone_consolidated_experience"
	strategySMS      = "sms"
	strategyDatabase = "auth0"
	triggerHook      = "send-phone-message"
	triggerPhone     = "custom-phone-provider"
	kindTwilio       = "twilio"
	kindCustom       = "custom"
)

// state is the tenant, and its JSON is the tenant file. A copy of the struct is a copy of the tenant as long as every change
// replaces a list, a map or an object instead of writing into it.
type state struct {
	Domain            string              `json:"domain"`
	World             string              `json:"world"`
	Quirks            map[string]bool     `json:"quirks"`
	Token             limit               `json:"token,omitzero"`
	Fillers           fillers             `json:"fill,omitzero"`
	Settings          object              `json:"settings"`
	Migrations        map[string]bool     `json:"migrations"`
	Guardian          guardian            `json:"guardian"`
	Connections       []object            `json:"connections"`
	Clients           []object            `json:"clients"`
	ConnectionClients map[string][]string `json:"connection_clients"`
	Actions           []object            `json:"actions"`
	Bindings          map[string][]object `json:"bindings"`
	Providers         []object            `json:"phone_providers"`
	Templates         []object            `json:"phone_templates"`
	Protection        object              `json:"phone_provider_protection,omitempty"`
	Hooks             []object            `json:"hooks,omitempty"`
	Logs              []object            `json:"logs"`
}

// guardian is the MFA side. A nil Templates is a tenant that never customised them.
type guardian struct {
	Factors          map[string]bool `json:"factors"`
	MessageTypes     []string        `json:"message_types"`
	Policies         []string        `json:"policies"`
	SelectedProvider string          `json:"selected_provider"`
	Twilio           object          `json:"twilio"`
	Templates        object          `json:"templates"`
}

// factorNames in the order of the recorded answers.
var factorNames = []string{
	"sms", "push-notification", "otp", "email", "duo", "webauthn-roaming", "webauthn-platform", "recovery-code",
}

// legacyTenant is what fills in for absent keys: a tenant from before the unified experience, with nothing configured.
func legacyTenant() state {
	s := state{
		Domain: "acme.us.auth0.com", World: worlds[0].name, Quirks: map[string]bool{},
		Settings: object{
			"friendly_name":   encode("Acme"),
			"enabled_locales": encode([]string{"en"}),
			"flags":           encode(map[string]bool{}),
			tenantFlag:        encode(false),
		},
		Migrations: map[string]bool{migrationMFA: true, migrationPasswordless: true},
		Guardian: guardian{
			Factors: map[string]bool{}, MessageTypes: []string{}, Policies: []string{},
			SelectedProvider: "auth0", Twilio: object{},
		},
		Connections: []object{}, Clients: []object{}, ConnectionClients: map[string][]string{}, Actions: []object{},
		Bindings: map[string][]object{}, Providers: []object{}, Templates: []object{}, Logs: []object{},
	}
	for _, name := range factorNames {
		s.Guardian.Factors[name] = false
	}
	return s
}

// fill puts the default legacy tenant behind what a file left out. A given settings object stays as it is: an absent tenant
// flag means something.
func (s *state) fill() {
	d := legacyTenant()
	s.Domain = first(s.Domain, d.Domain)
	s.World = first(s.World, d.World)
	s.Guardian.SelectedProvider = first(s.Guardian.SelectedProvider, d.Guardian.SelectedProvider)
	s.Quirks = under(d.Quirks, s.Quirks)
	s.Migrations = under(d.Migrations, s.Migrations)
	s.Guardian.Factors = under(d.Guardian.Factors, s.Guardian.Factors)
	s.ConnectionClients = under(d.ConnectionClients, s.ConnectionClients)
	s.Bindings = under(d.Bindings, s.Bindings)
	if s.Settings == nil {
		s.Settings = d.Settings
	}
	if s.Guardian.Twilio == nil {
		s.Guardian.Twilio = object{}
	}
	s.Guardian.MessageTypes = orEmpty(s.Guardian.MessageTypes)
	s.Guardian.Policies = orEmpty(s.Guardian.Policies)
	s.Connections, s.Clients = orEmpty(s.Connections), orEmpty(s.Clients)
	s.Actions, s.Logs = orEmpty(s.Actions), orEmpty(s.Logs)
	s.Providers, s.Templates = orEmpty(s.Providers), orEmpty(s.Templates)
}

// first is the first string that is not empty.
func first(list ...string) string {
	for _, s := range list {
		if s != "" {
			return s
		}
	}
	return ""
}

// under is base with over laid on it.
func under[V any](base, over map[string]V) map[string]V {
	out := maps.Clone(base)
	maps.Copy(out, over)
	return out
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// file is s as a tenant file.
func (s *state) file() json.RawMessage {
	var out bytes.Buffer
	if err := json.Indent(&out, encode(s), "", "  "); err != nil {
		return encode(s)
	}
	return append(out.Bytes(), '\n')
}

// issuer and audience of the tenant's tokens.
func (s *state) issuer() string   { return "https://" + s.Domain + "/" }
func (s *state) audience() string { return s.issuer() + "api/v2/" }

// friendlyName is how the tenant calls itself in messages.
func (s *state) friendlyName() string { return first(s.Settings.str("friendly_name"), s.Domain) }

// provider is the tenant's phone provider, if there is one.
func (s *state) provider() (object, bool) {
	if len(s.Providers) == 0 {
		return nil, false
	}
	return s.Providers[0], true
}

// covers reports whether delivery methods carry an MFA message type or a channel: "sms" is delivered by "text".
func covers(methods []string, channel string) bool {
	if channel == "sms" {
		channel = "text"
	}
	return slices.Contains(methods, channel)
}
