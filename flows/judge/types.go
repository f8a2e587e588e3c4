package judge

import (
	"upe/flows/tenant"
)

// Flow is a use of phone messages.
type Flow string

// The flows. Phone as ID (a phone number as the identifier of a database user) always sends through the tenant-level provider.
const (
	MFA             Flow = "mfa"
	Passwordless    Flow = "passwordless"
	PhoneIdentifier Flow = "phone-identifier"
)

// Via says which of the two configurations carries a message.
type Via string

// The ways of a message.
const (
	Legacy  Via = "legacy"  // the flow's own, older configuration
	Tenant  Via = "tenant"  // the tenant-level phone provider
	Unknown Via = "unknown" // what was read does not tell
)

// Basis says how well founded a statement about Auth0 is.
type Basis string

// From the best founded to the least.
const (
	Documented Basis = "documented" // Auth0's documentation says so
	Recorded   Basis = "recorded"   // recordings of a real tenant show it
	Reported   Basis = "reported"   // somebody reported it, unconfirmed
	Inferred   Basis = "inferred"   // we conclude it
)

// The kinds of carriers.
const (
	CarrierTwilio  = "twilio"
	CarrierAction  = "action"  // an Action of the flow's trigger
	CarrierGateway = "gateway" // an SMS gateway of a Passwordless connection
	CarrierAuth0   = "auth0"   // Auth0's own sender: 100 messages at most, SMS only, no successor
	CarrierNone    = ""        // nothing configured
)

// Carrier is who takes a message. Two carriers are the same when every field is: the same Twilio account with another sender
// is a different carrier, because the users see another number.
type Carrier struct {
	Kind    string `json:"kind"`
	Account string `json:"account,omitempty"` // Twilio Account SID
	Sender  string `json:"sender,omitempty"`  // From number, sender ID, or Messaging Service SID
	URL     string `json:"url,omitempty"`     // of a gateway
	Action  string `json:"action,omitempty"`  // name of the Action
}

// Route is how a code travels: for one flow, channel, and connection. The message (verification, enrolment) makes no
// difference to the route in anything Auth0 documents.
type Route struct {
	Flow       Flow    `json:"flow"`
	Channel    string  `json:"channel"`              // "sms" or "voice"
	Connection string  `json:"connection,omitempty"` // id; Passwordless and Phone as ID only
	Name       string  `json:"name,omitempty"`       // of the connection
	Via        Via     `json:"via"`
	Carrier    Carrier `json:"carrier"`
	Delivers   bool    `json:"delivers"`          // as far as the configuration tells
	Problem    string  `json:"problem,omitempty"` // why it does not deliver
	Basis      Basis   `json:"basis"`
	Why        string  `json:"why"` // how we know, in a sentence
}

// Severity orders findings.
type Severity string

// From the worst to the mildest.
const (
	Blocker  Severity = "blocker"  // nothing may be written before this is resolved
	Decision Severity = "decision" // only a person can decide it
	Warning  Severity = "warning"  // can hurt users; say it, then go on
	Note     Severity = "note"     // good to know
)

// Evidence is an exact value that was seen, and where.
type Evidence struct {
	What  string `json:"what"`  // "MFA message types"
	Value string `json:"value"` // `sms, voice`; never a secret
	Path  string `json:"path"`  // the snapshot's part
}

// Finding is something an admin must know: what we saw, what it means, what to do.
type Finding struct {
	ID          string     `json:"id"` // stable, kebab-case; `accept` in an answers file names it
	Severity    Severity   `json:"severity"`
	Title       string     `json:"title"`
	Evidence    []Evidence `json:"evidence"`
	Consequence string     `json:"consequence"`
	Remedy      string     `json:"remedy"`
	Source      string     `json:"source"` // documentation page, recording, or report

	// Acknowledge: nothing has to be decided, and yet nothing may be written before a person has said that it is known ("accept" in
	// an answers file).
	Acknowledge bool `json:"acknowledge,omitempty"`
}

// Verdict is whether a migration may go on: the first that applies.
type Verdict string

// The verdicts, in the order in which they are tried.
const (
	Blocked       Verdict = "blocked"
	NeedsDecision Verdict = "needs-decision"
	HalfMigrated  Verdict = "half-migrated"
	Migrated      Verdict = "migrated"
	Eligible      Verdict = "eligible"
)

// State is where the tenant's routes are now.
type State string

// The states.
const (
	StateNone    State = "none"    // nothing sends phone messages
	StateLegacy  State = "legacy"  // every route is legacy
	StateMixed   State = "mixed"   // some of each
	StateUnified State = "unified" // every route goes to the tenant-level provider
)

// Judgement is everything [Judge] concludes.
type Judgement struct {
	Tenant   tenant.Identity
	Verdict  Verdict
	State    State
	Unified  *bool // the tenant flag; nil: absent from the answer
	MFA      MFAState
	SMS      []SMSState
	PhoneID  []string         // database connections that use Phone as ID
	Provider *tenant.Provider // the tenant-level provider, nil: none
	Live     Liveness
	Routes   []Route
	Lacks    []string // scopes that the token lacks and that cannot be done without, as "scope-missing" names them
	Findings []Finding

	PhoneActions []PhoneAction // the custom-phone-provider Actions; a tenant may have one
	Refusals     []Refusal     // what Auth0 did not show
}

// Refusal is a part of the snapshot that Auth0 did not show.
type Refusal struct {
	Path   string // below /api/v2
	Status int
	Code   string // Auth0's error code; may be empty
}

// MFAState is the MFA side: what is enabled, and who sends.
type MFAState struct {
	InUse        bool     // the phone factor is enabled and has a message type
	Enabled      bool     // the phone factor
	MessageTypes []string // "sms", "voice"
	Provider     string   // legacy selected-provider; "" when it cannot be read
	Closed       bool     // the legacy endpoints answer 403: MFA is unified
	Via          Via
	Carrier      Carrier // the legacy one
	Basis        Basis
	Why          string
}

// SMSState is one Passwordless sms connection.
type SMSState struct {
	ID, Name string
	Provider string   // "twilio" or "sms_gateway"
	Clients  []string // names of the applications enabled on it
	InUse    bool     // at least one application is enabled
	Via      Via
	Carrier  Carrier // the legacy one
	Basis    Basis
	Why      string
}

// Liveness says whether messages may travel through the tenant-level provider already. On a live provider every write to it, its
// templates or its Action is a switch.
type Liveness struct {
	Live bool
	Why  []string // the reasons, empty when not live
}

// Finding looks a finding up by its id.
func (j Judgement) Finding(id string) (Finding, bool) {
	for _, f := range j.Findings {
		if f.ID == id {
			return f, true
		}
	}
	return Finding{}, false
}

// UsesProvider names the flows whose codes go through the tenant-level provider now, or may: what disabling it stops. It is empty
// when nothing does.
func (j Judgement) UsesProvider() []string {
	var flows []string
	for _, r := range j.Routes {
		switch {
		case r.Via == Tenant:
			flows = append(flows, r.what())
		case r.Via == Unknown && j.Live.Live:
			flows = append(flows, r.what()+" (perhaps)")
		}
	}
	return flows
}

// Decisions are the findings that only a person can decide.
func (j Judgement) Decisions() []Finding {
	var open []Finding
	for _, f := range j.Findings {
		if f.Severity == Decision {
			open = append(open, f)
		}
	}
	return open
}

// Baseline are the routes that deliver now: what a migration must not lose.
func (j Judgement) Baseline() []Route {
	var delivering []Route
	for _, r := range j.Routes {
		if r.Delivers {
			delivering = append(delivering, r)
		}
	}
	return delivering
}
