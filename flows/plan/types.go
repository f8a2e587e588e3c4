package plan

import (
	"encoding/json"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Schema names the JSON form of a [Plan].
const Schema = "upe.plan/1"

// Plan is a migration as data.
type Plan struct {
	Schema      string          `json:"schema"`
	Fingerprint string          `json:"fingerprint"`       // over Tenant and Relies: "sha256:…"
	Checksum    string          `json:"checksum"`          // over everything else in the plan: "sha256:…"
	Reverts     string          `json:"reverts,omitempty"` // the checksum of the plan that this one takes back: see [Invert]
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
	Provider        string   `json:"provider"`         // "twilio" or "custom"
	DeliveryMethods []string `json:"delivery_methods"` // in the end: what was chosen, and what a flow that stays may need
	MessageTypes    []string `json:"message_types,omitempty"`
	Moves           []Move   `json:"moves"`
	Stays           []Stay   `json:"stays,omitempty"`
	Decided         []string `json:"decided,omitempty"` // what somebody decided that no step shows, a sentence each
	Gaps            []Gap    `json:"gaps,omitempty"`
}

// Gap is a time in which codes may be lost although everything goes as planned. It is stated before anything is written, so that
// somebody can accept it, or choose another way.
type Gap struct {
	What   string   `json:"what"`   // what happens, in sentences
	From   string   `json:"from"`   // the step with which it begins
	To     string   `json:"to"`     // the step with which it ends; a test ends it when the message has arrived
	Flows  []string `json:"flows"`  // whose codes: "MFA by SMS", `the connection "sms"`
	Length string   `json:"length"` // in words
}

// MoveMFA is the id of the move that switches MFA. The move of a connection has the connection's id; that of a connection which
// does not exist yet is MoveNewConnection.
const (
	MoveMFA           = "mfa"
	MoveNewConnection = "new-connection"
)

// Move is one flow that is switched by itself.
type Move struct {
	ID       string   `json:"id"`       // "mfa", "provider", "new-connection", or a connection's id
	Title    string   `json:"title"`    // "MFA", or `Passwordless connection "sms"`
	Name     string   `json:"name"`     // "mfa", or the connection's name; accepted wherever the id is
	Channels []string `json:"channels"` // delivery methods that need evidence first: "text", "voice"
	// Users are the flows whose codes go through the provider before this move, which changes it under them: "MFA by SMS". Absent: the move
	// switches something on; empty: it changes a provider that is on, and that no flow is known to use.
	Users []string `json:"users,omitzero"`
}

// Changes reports whether a move changes a provider that is on already, rather than switches something on.
func (m Move) Changes() bool { return m.Users != nil }

// Heading says what a move does: "Switch on: MFA", "Change the tenant-level provider, which MFA by SMS uses now".
func (m Move) Heading() string {
	if m.Changes() {
		return "Change the " + strings.ToLower(m.Title[:1]) + m.Title[1:]
	}
	return "Switch on: " + m.Title
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
	// Undo are the moves, by id, that only going back from needs it for: no step of the plan sends it. It is to be in hand before such a
	// move, because Auth0 does not show it afterwards. Empty for a secret that is sent.
	Undo []string `json:"undo,omitempty"`
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
	Optional      bool            `json:"optional,omitempty"`       // Request: Auth0's refusal does not hold up its move
	Lenient       bool            `json:"lenient,omitempty"`        // Request: where Done holds it is not sent, though it carries a secret that cannot be seen
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
	// Drop are fields (JSON pointers) to leave out of what is sent, whatever the answer has there.
	Drop []string `json:"drop,omitempty"`
	// Secrets are fields (JSON pointers into the answer) that must be present and readable when Implied holds: writing the
	// object back without them would delete them. A masked or absent one stops the step.
	Secrets []string `json:"secrets,omitempty"`
}

// Check is one predicate over the tenant.
//
// With Refused set it holds when the read is refused with that error code. Otherwise it holds when the answer (or, where Match is set,
// the element of it that contains Match) contains Want: every key of Want is there with that value; a list in Want is
// compared as a set. A Check with Absent set holds when no element contains Match. With Each set, a list, it holds when for every
// member of it some element of the answer contains that member; with Absent as well, when none contains any.
//
// With Silent set the answer may lack every key of Want although it is so: Auth0 does not show everything it stores. Such an answer
// tells nothing; that the write was answered with success is all the proof there is.
type Check struct {
	Get     tenant.Call     `json:"get"`
	Match   json.RawMessage `json:"match,omitempty"`
	Each    json.RawMessage `json:"each,omitempty"`
	Want    json.RawMessage `json:"want,omitempty"`
	Absent  bool            `json:"absent,omitempty"`
	Silent  bool            `json:"silent,omitempty"`
	Refused string          `json:"refused,omitempty"`
}

// Fact is something a plan relied on: a value in the redacted snapshot.
type Fact struct {
	Path    string          `json:"path"`              // the snapshot's part
	Pointer string          `json:"pointer,omitempty"` // JSON pointer into it; empty for the whole part
	Value   json.RawMessage `json:"value"`             // redacted; {"refused":"code"} where the part was refused
	What    string          `json:"what"`              // in words: "MFA message types"
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
