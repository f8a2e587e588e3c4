package run

import (
	"context"
	"sync"
	"time"

	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// EntrySchema names the form of a journal's lines.
const EntrySchema = "upe.journal/1"

// Event is what a journal's line tells.
type Event string

// The events.
const (
	Began      Event = "began"      // a run was opened: Entry.By is its id
	Intent     Event = "intent"     // this write is about to be sent
	Sent       Event = "sent"       // it was answered with success; Entry.Answer keeps the fields later steps refer to
	Failed     Event = "failed"     // it was answered with an error, or not sent
	Unanswered Event = "unanswered" // it left and no answer came
	Settled    Event = "settled"    // what was unanswered was found in the tenant
	Adopted    Event = "adopted"    // it was true before we came to it
	Verified   Event = "verified"   // it reads back
	Answered   Event = "answered"   // it was answered with success, and the tenant does not show what it changed
	Accepted   Event = "accepted"   // a test message was accepted by the API
	Arrived    Event = "arrived"    // a person says it arrived: Entry.By
	Missing    Event = "missing"    // a person says it did not
	Outdated   Event = "outdated"   // somebody else changed what a test message travelled through: Entry.Note says what
	Logged     Event = "logged"     // what the tenant logs say about a test message, or a move: Entry.Logs
	Overridden Event = "overridden" // a move without evidence, or as Entry.Lacks says: Entry.Note is the reason
	GapOpened  Event = "gap-opened" // a gap that the plan states begins with the next write: Entry.Note is its words
	Switched   Event = "switched"   // a move reads back
	Confirmed  Event = "confirmed"  // a person says that it works: after a login, or as [Runner.Confirm] says
	Asked      Event = "asked"      // a step that a person does was not done when its turn came
	DoneByHand Event = "done-by-hand"
	Drifted    Event = "drifted" // the tenant is not as the plan relies on, and nothing was written: Entry.Changed says what
	Stopped    Event = "stopped" // by ctrl+c or a signal, at a safe point
)

// Entry is one line of the journal. It holds no secret, and phone numbers are masked.
type Entry struct {
	Schema  string         `json:"schema,omitempty"` // on the first line
	Plan    string         `json:"plan,omitempty"`   // Began: the plan's checksum
	Seq     int            `json:"seq"`
	At      time.Time      `json:"at"`
	Event   Event          `json:"event"`
	Step    string         `json:"step,omitempty"`
	Move    string         `json:"move,omitempty"`
	Channel string         `json:"channel,omitempty"`
	Request string         `json:"request,omitempty"` // "PATCH /tenants/settings"; on Failed, only where that request failed
	Status  int            `json:"status,omitempty"`
	Error   *tenant.Error  `json:"error,omitempty"`
	Answer  map[string]any `json:"answer,omitempty"` // ids only
	By      string         `json:"by,omitempty"`
	To      string         `json:"to,omitempty"` // masked
	Note    string         `json:"note,omitempty"`
	Changed []string       `json:"changed,omitempty"` // Drifted: a field each, in words
	Took    time.Duration  `json:"took_ns,omitempty"`
	Lacks   string         `json:"lacks,omitempty"`   // Overridden: "undo" where the move went without its undo in hand; else evidence
	Untried []string       `json:"untried,omitempty"` // Confirmed: delivery methods of the move by which no login was tried, where the person said so
	Along   []string       `json:"along,omitempty"`   // Switched: connections that were to stay and that Auth0 moved as well, by name
	Blind   bool           `json:"blind,omitempty"`   // Intent: the check held before already, so it cannot tell whether this write happened
	Torn    bool           `json:"torn,omitempty"`    // the line before this one was cut off, and is ignored
	// Stamp is what a test message travels through: by the path of each part of the tenant, "sha256:…" over the part without its
	// secrets. It stands on the message's intent and its outcome.
	Stamp map[string]string `json:"stamp,omitempty"`
	Logs  *logs.Verdict     `json:"logs,omitempty"` // Logged
}

// Log is where the journal goes. Append writes the bytes as they are and does not return before they are safe (synced, for a
// file). They are one line with its newline, and begin with another one where the line before was cut off. When Append fails,
// any part of them may have been written.
type Log interface {
	Append(line []byte) error
	Read() ([]byte, error) // everything appended so far
}

// Status is where a step stands.
type Status string

// The statuses of a step.
const (
	Todo    Status = "todo"
	Doing   Status = "doing"
	Waiting Status = "waiting" // on Auth0, or on a person
	Done    Status = "done"
	Broken  Status = "failed"
	Unclear Status = "unclear" // sent, no answer yet known
)

// StepState is one step of the plan, as it stands.
type StepState struct {
	ID      string        `json:"id"`
	Status  Status        `json:"status"`
	How     Event         `json:"how,omitempty"` // Verified, Answered, Adopted, Settled, DoneByHand
	Took    time.Duration `json:"took_ns,omitempty"`
	Error   *tenant.Error `json:"error,omitempty"`
	Waiting string        `json:"waiting,omitempty"` // on what, in words
}

// Evidence is what is known about one delivery method of the tenant-level provider.
type Evidence struct {
	Channel  string    `json:"channel"` // "text" or "voice"
	Accepted time.Time `json:"accepted,omitzero"`
	Arrived  time.Time `json:"arrived,omitzero"`
	Missing  bool      `json:"missing,omitempty"` // a person says it did not arrive
	By       string    `json:"by,omitempty"`
	To       string    `json:"to,omitempty"` // masked
	Fresh    bool      `json:"fresh"`        // nothing was written to provider, Action or templates since
	// Changed says, where the evidence is not fresh, what somebody else changed since: "the provider was changed after the test
	// message". It is found out when a move is asked for. Empty where this run wrote it.
	Changed string `json:"changed,omitempty"`
	// Wrote are the steps of this run, by title, that wrote to provider, Action or templates since the message was sent.
	Wrote []string `json:"wrote,omitempty"`
	// Logs is what the tenant logs say about the message; nil when they were not looked at.
	Logs *logs.Verdict `json:"logs,omitempty"`
}

// Proves reports whether the evidence is enough to switch: a message by the way as it is now, a person who says that it arrived,
// and no failure in the tenant logs. Logs that cannot be read take nothing from a person's word.
func (e Evidence) Proves() bool {
	return e.Fresh && !e.Missing && !e.Arrived.IsZero() && !e.Denied()
}

// Denied reports whether the tenant logs show that the message failed. A person's word does not outweigh that: another message
// does, or somebody's reason to go without.
func (e Evidence) Denied() bool { return e.Logs != nil && e.Logs.Standing == logs.Failed }

// MoveStatus is where a move stands.
type MoveStatus string

// The statuses of a move.
const (
	MoveNotReady  MoveStatus = "not-ready" // prepare or evidence is missing
	MoveReady     MoveStatus = "ready"
	MoveStarted   MoveStatus = "started" // some of its steps are done
	MoveSwitched  MoveStatus = "switched"
	MoveConfirmed MoveStatus = "confirmed"
)

// MoveState is one move of the plan, as it stands.
type MoveState struct {
	plan.Move
	Status  MoveStatus `json:"status"`
	Missing []string   `json:"missing,omitempty"` // what it still needs, in words
	By      string     `json:"by,omitempty"`      // who confirmed
	Untried []string   `json:"untried,omitempty"` // of a confirmed move: delivery methods by which no login was tried
	Along   []string   `json:"along,omitempty"`   // connections that were to stay and that Auth0 moved with it, by name
	// Logs is what the tenant logs say about the flow's codes since it was switched on; nil when they were not looked at.
	Logs *logs.Verdict `json:"logs,omitempty"`
}

// State is where a run stands: a pure function of its plan and its journal.
type State struct {
	ID       string      `json:"id"`
	Steps    []StepState `json:"steps"`
	Evidence []Evidence  `json:"evidence"`
	// Earlier are the test messages before the last one of each delivery method, in the order in which they were sent, with what was
	// known about each when the next one was announced. They prove nothing any more.
	Earlier  []Evidence  `json:"earlier,omitempty"`
	Moves    []MoveState `json:"moves"`
	Prepared bool        `json:"prepared"`
	Finished bool        `json:"finished"`            // every move confirmed, every step after them done or left to a person
	WaitsFor string      `json:"waits_for,omitempty"` // what comes next, in words; empty when finished
	// Changed is what the last command found changed in the tenant, in what the plan relies on: a field each, in words. It has written
	// nothing. Empty once something goes on.
	Changed   []string `json:"changed,omitempty"`
	Entries   int      `json:"entries"`
	TornLine  bool     `json:"torn_line,omitempty"` // the journal's last line was cut off, and ignored
	Overrides []string `json:"overrides,omitempty"` // moves without evidence, each with the reason
	// WithoutUndo are the moves that somebody let begin although their undo was not in hand, each with the reason.
	WithoutUndo []string `json:"without_undo,omitempty"`
	Gaps        []string `json:"gaps,omitempty"` // gaps that the plan stated and this run opened, in words

	Working bool    `json:"-"` // it runs right now, and goes on by itself
	Looking Looking `json:"-"` // while it runs: how far it has looked before it goes on
}

// Looking is how many of the things that a run looks at in the tenant, before it goes on, are answered. Total is 0 while it looks at
// nothing.
type Looking struct{ Done, Total int }

// Until says how far to run: a phase, and for a switch which move.
type Until struct {
	Phase plan.Phase
	Move  string // id of the move; plan.Switch only
}

// Runner carries plans out, one at a time. All fields but Patience and Pause are required; it must not be copied.
type Runner struct {
	API    func(tenant.Permit) tenant.API    // a guarded API that passes the permit's writes
	Log    Log                               // this run's journal
	Secret func(name string) (string, error) // asked for when a step needs it, or logs may repeat it; never kept
	Now    func() time.Time
	NewID  func(kind string) string // asked once, for kind "run", when the journal is empty
	// Patience is how long [Runner.Send] waits for the tenant logs to tell of its message: entries come late. Zero looks once.
	Patience time.Duration
	// Pause waits between two looks at a tenant that is not yet as it should be; nil waits on the clock. A rehearsal does not wait.
	Pause func(ctx context.Context, d time.Duration) error

	mu sync.Mutex // one writer of the journal at a time
}
