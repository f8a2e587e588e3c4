package tenant

import "encoding/json"

// Settings are the tenant settings a migration looks at.
type Settings struct {
	FriendlyName string   `json:"friendly_name"`
	SupportEmail string   `json:"support_email"`
	SupportURL   string   `json:"support_url"`
	Locales      []string `json:"enabled_locales"`

	// Unified is phone_consolidated_experience, the tenant flag. nil: the answer does not carry it (older tenants do not), or
	// it is neither true nor false.
	Unified *bool `json:"phone_consolidated_experience"`
}

// Settings is the view of tenants/settings.
func (s Snapshot) Settings() Settings {
	settings := decode[Settings](s, PathSettings)
	flag := decode[struct {
		Raw json.RawMessage `json:"phone_consolidated_experience"`
	}](s, PathSettings).Raw
	if text := string(flag); text != "true" && text != "false" {
		// What is no boolean would otherwise decode to false.
		settings.Unified = nil
	}
	return settings
}

// Migrations are the migration flags, when the token may read them: true means that the legacy provider is still in use.
// A missing key is not known, which is the usual case: Auth0 shows these to a Dashboard session only.
func (s Snapshot) Migrations() map[string]bool {
	raw := decode[struct {
		Flags map[string]json.RawMessage `json:"flags"`
	}](s, PathMigrations).Flags
	var flags map[string]bool
	for name, value := range raw {
		if text := string(value); text == "true" || text == "false" {
			if flags == nil {
				flags = map[string]bool{}
			}
			flags[name] = text == "true"
		}
	}
	return flags
}

// The migration flags (go-auth0 pull request #714).
const (
	MigrationMFA          = "legacy_mfa_phone_provider"
	MigrationPasswordless = "legacy_passwordless_phone_provider"
)

// Factor reports whether an MFA factor is enabled. The phone factor is named "sms", also when it means voice.
func (s Snapshot) Factor(name string) bool {
	type factor struct {
		Name    string `json:"name"`
		Enabled bool   `json:"enabled"`
	}
	for _, f := range decode[[]factor](s, PathFactors) {
		if f.Name == name {
			return f.Enabled
		}
	}
	return false
}

// MessageTypes are the MFA message types, "sms" and "voice".
func (s Snapshot) MessageTypes() []string {
	return decode[struct {
		Types []string `json:"message_types"`
	}](s, PathMessageTypes).Types
}

// The legacy MFA providers, as selected-provider names them.
const (
	SelectedAuth0  = "auth0" // Auth0's own sender, at most 100 messages
	SelectedTwilio = "twilio"
	SelectedHook   = "phone-message-hook"
)

// SelectedProvider is the legacy MFA provider: "auth0", "twilio", "phone-message-hook", or "" when it could not be read.
func (s Snapshot) SelectedProvider() string {
	return decode[struct {
		Provider string `json:"provider"`
	}](s, PathSelectedProvider).Provider
}

// Twilio is the legacy MFA configuration of Twilio. AuthToken is a secret; many tenants answer without it.
type Twilio struct {
	SID                 string `json:"sid"`
	From                string `json:"from"`
	MessagingServiceSID string `json:"messaging_service_sid"`
	AuthToken           string `json:"auth_token"`
}

// Twilio is the view of the legacy MFA Twilio configuration.
func (s Snapshot) Twilio() Twilio { return decode[Twilio](s, PathTwilio) }

// MFATemplates are the legacy MFA wordings, Liquid. Empty: never customised, Auth0 sends its defaults.
type MFATemplates struct {
	Enrollment   string `json:"enrollment_message"`
	Verification string `json:"verification_message"`
}

// MFATemplates is the view of the legacy MFA wordings.
func (s Snapshot) MFATemplates() MFATemplates { return decode[MFATemplates](s, PathMFATemplates) }

// Policies are the MFA policies: "all-applications", "confidence-score"; empty means never.
func (s Snapshot) Policies() []string { return decode[[]string](s, PathPolicies) }

// The kinds of tenant-level phone providers.
const (
	KindTwilio = "twilio"
	KindCustom = "custom"
)

// Provider is the tenant-level phone provider. Its credentials are never returned by the API.
type Provider struct {
	ID            string                `json:"id"`
	Name          string                `json:"name"` // KindTwilio or KindCustom
	Disabled      bool                  `json:"disabled"`
	Configuration ProviderConfiguration `json:"configuration"`
}

// ProviderConfiguration is what a provider is configured with; a custom one has delivery methods only.
type ProviderConfiguration struct {
	SID             string   `json:"sid,omitempty"`
	DefaultFrom     string   `json:"default_from,omitempty"`
	MSSID           string   `json:"mssid,omitempty"`
	DeliveryMethods []string `json:"delivery_methods"`
}

// Provider is the tenant-level provider, or nil. A tenant has one at most; of several it is the first, as in Auth0's own tools.
func (s Snapshot) Provider() *Provider {
	list := s.Providers()
	if len(list) == 0 {
		return nil
	}
	return &list[0]
}

// Providers are all tenant-level providers in the answer.
func (s Snapshot) Providers() []Provider {
	return decode[struct {
		Providers []Provider `json:"providers"`
	}](s, PathProviders).Providers
}

// PhoneTemplate is one tenant-level message template. ID is empty until somebody customised it.
type PhoneTemplate struct {
	ID       string `json:"id"`
	Type     string `json:"type"` // otp_verify, otp_enroll, change_password, blocked_account, password_breach
	Disabled bool   `json:"disabled"`
	Content  struct {
		From string `json:"from"`
		Body struct {
			Text  string `json:"text"`
			Voice string `json:"voice"`
		} `json:"body"`
	} `json:"content"`
}

// PhoneTemplates are the tenant-level message templates by type.
func (s Snapshot) PhoneTemplates() map[string]PhoneTemplate {
	list := decode[struct {
		Templates []PhoneTemplate `json:"templates"`
	}](s, PathPhoneTemplates).Templates
	byType := make(map[string]PhoneTemplate, len(list))
	for _, t := range list {
		byType[t.Type] = t
	}
	return byType
}

// Action is an Action of one of the phone triggers. Secret values are never returned by the API, only names.
type Action struct {
	ID           string `json:"id"`
	Name         string `json:"name"`
	Code         string `json:"code"`
	Runtime      string `json:"runtime"`
	Status       string `json:"status"`
	Deployed     bool   `json:"all_changes_deployed"`
	Dependencies []struct {
		Name    string `json:"name"`
		Version string `json:"version"`
	} `json:"dependencies"`
	Secrets []struct {
		Name string `json:"name"`
	} `json:"secrets"`
	Triggers []struct {
		ID      string `json:"id"`
		Version string `json:"version"`
	} `json:"supported_triggers"`
	DeployedVersion *struct {
		ID   string `json:"id"`
		Code string `json:"code"`
	} `json:"deployed_version"`
}

// Actions lists the Actions of a trigger.
func (s Snapshot) Actions(trigger string) []Action {
	return decode[[]Action](s, "actions/actions?triggerId="+trigger)
}

// Running is the code that runs: the code of the deployed version, or while none is deployed that of the draft.
func (a Action) Running() string {
	if v := a.DeployedVersion; v != nil && v.Code != "" {
		return v.Code
	}
	return a.Code
}

// ActionCount is how many Actions the tenant has, of all triggers. known is false where that could not be read.
func (s Snapshot) ActionCount() (count int, known bool) {
	total := decode[struct {
		Total *int `json:"total"`
	}](s, PathAllActions).Total
	if total == nil {
		return 0, false
	}
	return *total, true
}

// Binding puts an Action into a trigger's flow.
type Binding struct {
	ID          string `json:"id"`
	DisplayName string `json:"display_name"`
	Action      struct {
		ID   string `json:"id"`
		Name string `json:"name"`
	} `json:"action"`
}

// Bindings lists what is bound to a trigger, in order.
func (s Snapshot) Bindings(trigger string) []Binding {
	return decode[struct {
		Bindings []Binding `json:"bindings"`
	}](s, "actions/triggers/"+trigger+"/bindings").Bindings
}

// BoundActions are the Actions that run for a trigger, in the order of their bindings.
func (s Snapshot) BoundActions(trigger string) []Action {
	byID := map[string]Action{}
	for _, a := range s.Actions(trigger) {
		byID[a.ID] = a
	}
	var bound []Action
	for _, b := range s.Bindings(trigger) {
		if a, ok := byID[b.Action.ID]; ok {
			bound = append(bound, a)
		}
	}
	return bound
}

// Client is an application, as far as a person needs to recognise it.
type Client struct {
	ID   string `json:"client_id"`
	Name string `json:"name"`
}

// Clients lists the tenant's applications, when the token may read them.
func (s Snapshot) Clients() []Client { return decode[[]Client](s, PathClients) }

// EnabledClients lists the ids of the applications enabled on a connection.
func (s Snapshot) EnabledClients(connectionID string) []string {
	var ids []string
	for _, c := range decode[[]Client](s, ClientsPath(connectionID)) {
		ids = append(ids, c.ID)
	}
	return ids
}

// ClientName is an application's name, or its id when it has none that could be read.
func (s Snapshot) ClientName(id string) string {
	for _, c := range s.Clients() {
		if c.ID == id && c.Name != "" {
			return c.Name
		}
	}
	return id
}
