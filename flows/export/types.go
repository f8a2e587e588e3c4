package export

import "upe/flows/tenant"

// File is one file of an export.
type File struct {
	Name string // below the export's folder, with slashes: "actions/Phone/code.js"
	Data string
}

// Configuration is what a tenant has once a plan is carried out, as far as the plan writes it.
type Configuration struct {
	Tenant    tenant.Identity
	From      string // what it was made from: "plan.json", or a run's id
	Flag      *Resource
	Provider  *Provider
	Action    *Action
	Binding   *Binding
	Templates []Template // in the plan's order
	MFA       *MFA
	SMS       []Connection // in the plan's order
	Clients   []Client     // applications that are enabled on a connection
	Notes     []string     // what neither tool, or only one of them, can do, in sentences
}

// Resource is what every part has.
type Resource struct {
	Import string   // the id that it has in the tenant; empty while it is to be created
	steps  []string // of the plan, that write it
	needs  []string // steps of the plan that come first
}

// Provider is the tenant-level phone provider.
type Provider struct {
	Resource
	Kind    string // tenant.KindTwilio or tenant.KindCustom
	Off     bool
	Methods []string // "text", "voice"
	SID     string
	From    string
	MSSID   string
	Token   string // the name of the secret; empty for a custom provider
}

// Action is the custom-phone-provider Action.
type Action struct {
	Resource
	Name, Code, Runtime string
	Dependencies        []Dependency
	Secrets             []ActionSecret
}

// Dependency is an npm module of an Action.
type Dependency struct{ Name, Version string }

// ActionSecret is a secret of an Action, and the name under which the plan asks for its value.
type ActionSecret struct{ Name, Secret string }

// Binding puts the Action into the trigger's flow.
type Binding struct {
	Resource
	ActionID string // empty: the Action of this export
	Name     string // display_name
	Others   bool   // other Actions stay bound
}

// Template is a message template.
type Template struct {
	Resource
	Type, Text, Voice, From string
	Off                     bool
}

// MFA are the phone factor and its message types.
type MFA struct {
	Resource
	Types  []string
	Policy string // "never", "all-applications", "confidence-score"; empty: not known
}

// Connection is a Passwordless sms connection that sends through the tenant-level provider.
type Connection struct {
	Resource
	Name    string
	Options map[string]any // whole; secrets are references ({"$secret": name})
	Known   bool           // Options could be read: they are whole
}

// Client is an application that is enabled on a connection.
type Client struct {
	Resource
	Connection string // its id; empty: that of the connection the plan creates
	ID         string
}
