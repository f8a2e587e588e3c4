package js

import "encoding/json"

// Outcome is how a run of an Action ended.
type Outcome string

// The outcomes. For all but Done, Dropped and Retry, [Result.Err] says more.
const (
	Done        Outcome = "done"         // returned, and decided nothing: Auth0 takes the message as handled
	Dropped     Outcome = "dropped"      // api.notification.drop: failed for good
	Retry       Outcome = "retry"        // api.notification.retry: Auth0 tries again, up to five times
	Threw       Outcome = "threw"        // an error left the handler, or the code around it
	TimedOut    Outcome = "timed out"    // ran too long, or waited for what never comes
	OutOfMemory Outcome = "no memory"    // more than Limits.Memory
	TooMuch     Outcome = "too much"     // more than Limits.Output recorded
	NoHandler   Outcome = "no handler"   // module.exports has no function of that name
	InvalidCode Outcome = "invalid code" // does not parse
)

// Note is something about a run that is no failure but that a reader should know.
type Note string

// The notes.
const (
	// NotAsync: the handler is no async function. Auth0's official Action runner
	// (auth0/auth0-actions) refuses such a handler; here it ran.
	NotAsync Note = "not async"
	// Unfinished: timers were still waiting when the handler was done. On Auth0 such
	// work may or may not happen; here it did not.
	Unfinished Note = "unfinished"
	// CalledTwice: a Hook called back again. Only the first call counts.
	CalledTwice Note = "called back twice"
	// Interrupted: the run was stopped by the real clock, not by its own.
	Interrupted Note = "interrupted"
	// Interceptor: axios interceptors were registered, and not run.
	Interceptor Note = "interceptor"
)

// Result tells what an Action did.
type Result struct {
	Outcome  Outcome         `json:"outcome"`
	Reason   string          `json:"reason,omitempty"` // given to drop or retry; the last call wins
	Calls    []Call          `json:"calls,omitempty"`
	Logs     []string        `json:"logs,omitempty"`      // console lines, all levels
	Notes    []Note          `json:"notes,omitempty"`     // each at most once
	StandIns []string        `json:"stand_ins,omitempty"` // what was used and is not really there: "twilio", "crypto.createCipheriv"; each once
	Copies   []string        `json:"copies,omitempty"`    // npm modules that ran as small versions of our own: "axios"; each once
	Value    json.RawMessage `json:"value,omitempty"`     // what the handler returned; nil for undefined
	Err      error           `json:"-"`                   // an *Error, or nil
}
