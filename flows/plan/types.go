package plan

import (
	"encoding/json"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Schema names the JSON form of a [Plan].
const Schema = "upe.plan/1"

// Plan is a migration as data.
type Plan struct {
	Schema      string          `json:"schema"`
	Fingerprint string          `json:"fingerprint"` // over Tenant and Relies: "sha256:…"
	Checksum    string          `json:"checksum"`    // over everything else in the plan: "sha256:…"
	Tenant      tenant.Identity `json:"tenant"`
	Environment string          `json:"environment,omitempty"` // as the admin stated it; empty counts as production
	Summary     Summary         `json:"summary"`
	Relies      []Fact          `json:"relies"`
	Secrets     []Secret        `json:"secrets,omitempty"` // what will be asked for when the plan runs
	Steps       []Step          `json:"steps"`
	Baseline    []judge.Route   `json:"baseline"` // the routes that deliver now; none may be lost
}

// Summary is what a reader sees first.
type Summary struct {
	Provider        string   `json:"provider"` // "twilio" or "custom"
	DeliveryMethods []string `json:"delivery_methods"`
	MessageTypes    []string `json:"message_types,omitempty"`
	Moves           []Move   `json:"moves"`
	Stays           []Stay   `json:"stays,omitempty"`
}

// MoveMFA is the id of the move that switches MFA. The move of a connection has the connection's id.
const MoveMFA = "mfa"

// Move is one flow that is switched by itself.
type Move struct {
	ID       string   `json:"id"`       // "mfa", or a connection's id
	Title    string   `json:"title"`    // "MFA", or `Passwordless connection "sms"`
	Name     string   `json:"name"`     // "mfa", or the connection's name; accepted wherever the id is
	Channels []string `json:"channels"` // delivery methods that need evidence first: "text", "voice"
}

// Stay is a flow that is left where it is on purpose.
type Stay struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	Why   string `json:"why"`
}

// Secret is a value that the plan needs and does not hold.
type Secret struct {
	Name string `json:"name"` // "twilio.auth_token", "action.secrets.API_KEY"
	Why  string `json:"why"`
}

// Kind says what a step is.
type Kind string

// The kinds of steps.
const (
	Request Kind = "request" // one write
	Wait    Kind = "wait"    // until Auth0 has done something: an Action is built
	Test    Kind = "test"    // a message through the tenant-level provider, and a person's word that it arrived
	Manual  Kind = "manual"  // what no API does
)

// Phase orders steps.
type Phase string

// The phases, in order.
const (
	Prepare Phase = "prepare"
	Testing Phase = "test"
	Switch  Phase = "switch"
	After   Phase = "after"
)

// Step is one thing that happens.
type Step struct {
	ID            string          `json:"id"` // stable within a plan: "provider", "template-otp_verify", "connection-con_…"
	Title         string          `json:"title"`
	Why           string          `json:"why"`
	Kind          Kind            `json:"kind"`
	Phase         Phase           `json:"phase"`
	Move          string          `json:"move,omitempty"` // the move it belongs to; empty outside Switch
	Needs         []string        `json:"needs,omitempty"`
	Dashboard     string          `json:"dashboard"` // the same in the Dashboard: a click path, in words
	Link          string          `json:"link,omitempty"`
	Basis         judge.Basis     `json:"basis"`
	Source        string          `json:"source,omitempty"`
	Call          *tenant.Call    `json:"call,omitempty"`   // Request and Test
	Merge         *Base           `json:"merge,omitempty"`  // Request: read first, lay the body over it
	Before        json.RawMessage `json:"before,omitempty"` // redacted
	After         json.RawMessage `json:"after,omitempty"`  // redacted
	Done          *Check          `json:"done,omitempty"`
	Fails         *Check          `json:"fails,omitempty"`          // Wait: it will never be done
	Proof         string          `json:"proof,omitempty"`          // Manual: "api" (Done tells) or "person"
	Undo          string          `json:"undo"`                     // in words
	UndoDashboard string          `json:"undo_dashboard,omitempty"` // the click path that takes it back: of every Request, and of a Manual step with Proof "api"
	OneWay        bool            `json:"one_way,omitempty"`        // going back needs what only a person has; Why says what
	Channel       string          `json:"channel,omitempty"`        // Test: the delivery method
}

// Base says what to read immediately before a write, because the API replaces the whole of what is sent.
type Base struct {
	Get  tenant.Call `json:"get"`
	Keep []string    `json:"keep"` // top-level keys of the answer to lay the body over: ["options"]
	// Secrets are fields (JSON pointers into the answer) that must be present and readable when Implied holds: writing the
	// object back without them would delete them. A masked or absent one stops the step.
	Secrets []string `json:"secrets,omitempty"`
}

// Check is one predicate over the tenant.
//
// With Refused set it holds when the read is refused with that error code. Otherwise it holds when the answer (or, where Match is set,
// the element of it that contains Match) contains Want: every key of Want is there with that value; a list in Want is
// compared as a set. A Check with Absent set holds when no element contains Match.
type Check struct {
	Get     tenant.Call     `json:"get"`
	Match   json.RawMessage `json:"match,omitempty"`
	Want    json.RawMessage `json:"want,omitempty"`
	Absent  bool            `json:"absent,omitempty"`
	Refused string          `json:"refused,omitempty"`
}

// Fact is something a plan relied on: a value in the redacted snapshot.
type Fact struct {
	Path    string          `json:"path"`              // the snapshot's part
	Pointer string          `json:"pointer,omitempty"` // JSON pointer into it; empty for the whole part
	Value   json.RawMessage `json:"value"`             // redacted; {"refused":"code"} where the part was refused
	What    string          `json:"what"`              // in words: "MFA message types"
}

// Choices are an admin's decisions: the answers of the conversation, as plain values.
type Choices struct {
	Environment     string
	MFA             bool              // move MFA; says nothing where it has moved already
	Connections     map[string]Choice // by connection id; absent: stays, undecided
	Provider        string            // tenant.KindTwilio or tenant.KindCustom
	Twilio          Twilio
	Action          *Action
	DeliveryMethods []string            // wanted: "text", "voice"
	MessageTypes    []string            // wanted MFA message types: "sms", "voice"; heeded when MFA moves
	Templates       map[string]Template // by type; absent: keep what is there
}

// Choice is what happens to one connection.
type Choice struct {
	Move bool
	Why  string // the reason to leave it
}

// Twilio are the settings of a Twilio provider. The AuthToken is a secret, "twilio.auth_token".
type Twilio struct {
	SID, From, MessagingServiceSID string
}

// SecretTwilioToken names the Twilio AuthToken among the secrets; SecretAction names one of an Action's.
const SecretTwilioToken = "twilio.auth_token"

// SecretAction is the name of an Action's secret among a plan's secrets.
func SecretAction(name string) string { return "action.secrets." + name }

// Action is the custom-phone-provider Action that sends. An empty ID creates one.
type Action struct {
	ID           string // of the existing Action to use
	Name         string
	Code         string
	Runtime      string // empty: Auth0's current default
	Dependencies []Dependency
	Secrets      []string // names; the values are asked for
	Keep         bool     // use the existing Action's code as it is deployed
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

// Move finds a move by its id or its name.
func (p Plan) Move(idOrName string) (Move, bool) {
	for _, m := range p.Summary.Moves {
		if m.ID == idOrName || m.Name == idOrName {
			return m, true
		}
	}
	return Move{}, false
}

// Step finds a step by its id.
func (p Plan) Step(id string) (Step, bool) {
	for _, s := range p.Steps {
		if s.ID == id {
			return s, true
		}
	}
	return Step{}, false
}

// In lists the steps of a phase; with a move, only that move's.
func (p Plan) In(phase Phase, move string) []Step {
	var steps []Step
	for _, s := range p.Steps {
		if s.Phase == phase && (move == "" || s.Move == move) {
			steps = append(steps, s)
		}
	}
	return steps
}

// Writes lists the plan's writing calls as a guard permits them: ids that are references become [tenant.AnyID].
func (p Plan) Writes() []tenant.Call {
	var writes []tenant.Call
	for _, s := range p.Steps {
		if s.Call == nil || !s.Call.Op.Writes() {
			continue
		}
		call := tenant.Call{Op: s.Call.Op, ID: s.Call.ID}
		if isReference(call.ID) {
			call.ID = tenant.AnyID
		}
		writes = append(writes, call)
	}
	return writes
}

// Permit is what the write guard may pass while this plan runs.
func (p Plan) Permit() tenant.Permit { return tenant.Permit{Tenant: p.Tenant, Writes: p.Writes()} }
