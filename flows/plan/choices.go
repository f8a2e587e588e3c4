package plan

// Choices are an admin's decisions: the answers of the conversation, as plain values.
type Choices struct {
	Environment     string
	MFA             bool              // move MFA; says nothing where it has moved already
	Connections     map[string]Choice // by connection id; absent: stays, undecided
	Provider        string            // tenant.KindTwilio or tenant.KindCustom
	Twilio          Twilio
	Action          *Action
	DeliveryMethods []string            // wanted: "text", "voice"
	MessageTypes    []string            // wanted MFA message types: "sms", "voice"; heeded when MFA moves or is set up
	Templates       map[string]Template // by type; absent: keep what is there

	// SetUpMFA turns MFA by phone on where it is off: the phone factor, then MessageTypes, which become exactly these. It implies
	// MFA, and says nothing where MFA by phone is in use. When users are asked for MFA (the policies) is left alone.
	SetUpMFA bool
	// NewConnection is an sms connection to create; nil: none.
	NewConnection *NewConnection
	// FlagFirst turns the tenant flag on before the provider is created, for a tenant that refuses to create it while the flag is
	// off. In between, codes of flows that follow the flag are lost: see [Summary.Gaps]. It is what `accept:
	// [flag-before-provider]` means ([AcceptFlagFirst]). It says nothing where a provider exists or the flag is on; where MFA
	// uses phone messages it needs MFA to move, because the flag moves it.
	FlagFirst bool
	// Code is what a scan of source code came to; nil: nobody scanned.
	Code *Code
	// Decided is what somebody decided that no step shows, a sentence each, without secrets: what was accepted, and what an Action does.
	Decided []string
}

// AcceptFlagFirst is the word with which an answers file accepts the gap of [Choices.FlagFirst].
const AcceptFlagFirst = "flag-before-provider"

// Choice is what happens to one connection.
type Choice struct {
	Move bool
	Why  string // the reason to leave it
	// Clients are the client ids of applications to enable on it as well, when it moves. Those that are enabled stay so.
	Clients []string
}

// NewConnection is a Passwordless sms connection that the tenant does not have yet. It sends through the tenant-level provider from
// the start.
type NewConnection struct {
	Name          string   // letters and digits with single hyphens between them, 128 at most; Auth0 has no request to change it
	DisableSignup bool     // a number that nobody has signed up with gets no code and no user
	CodeLength    int      // digits of a code, 4 to 40; 0: 6
	CodeSeconds   int      // for how long a code is valid, 60 or more; 0: 180
	Clients       []string // client ids of the applications to enable on it; none: nobody can use it yet
}

// Twilio are the settings of a Twilio provider. The AuthToken is a secret, "twilio.auth_token".
type Twilio struct {
	SID, From, MessagingServiceSID string
}

// SecretTwilioToken names the Twilio AuthToken among the secrets; SecretAction names one of an Action's.
const SecretTwilioToken = "twilio.auth_token"

// SecretAction is the name of an Action's secret among a plan's secrets.
func SecretAction(name string) string { return "action.secrets." + name }

// Action is the custom-phone-provider Action that sends. An empty ID creates one. Where the tenant has several, ID says which of
// them sends; the others are left to a person.
type Action struct {
	ID           string // of the existing Action to use
	Name         string
	Code         string
	Runtime      string // empty: Auth0's current default
	Dependencies []Dependency
	Secrets      []string          // names; the values are asked for
	Purposes     map[string]string // what a secret is, by its name, for whoever has to find its value; none where nobody knows
	Origin       string            // where the code comes from and what was proven of it, in a sentence for the step; empty: the admin brought it
	// Keep uses the existing Action as it is deployed; as it is, where no version is deployed yet. A draft that waits beside the
	// deployed version stays a draft.
	Keep bool
}

// Dependency is an npm module of an Action.
type Dependency struct {
	Name    string `json:"name"`
	Version string `json:"version"`
}

// Template is the wording of one message type. What is empty stays as the tenant has it.
type Template struct {
	Text, Voice, From string
}
