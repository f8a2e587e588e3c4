package proof

import (
	"context"
	"fmt"

	"upe/flows/js"
)

// Old is what sends a message today.
type Old interface {
	// Run is what happens with one message. What goes wrong on the old side is in the result; the error is the host's.
	Run(ctx context.Context, c Case) (js.Result, error)
}

// Connection is what an event says about the connection of a login.
type Connection struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	Strategy string `json:"strategy"` // "sms" for Passwordless, "auth0" for a database
}

// Flow is one use of the phone, and what serves it today.
type Flow struct {
	Name       string // in words: "MFA", `the connection "sms"`
	Old        Old
	Connection *Connection // nil: events of the flow name none
	Methods    []string    // "text", "voice"; nil means those that the old side has
	Types      []string    // "otp_verify", "otp_enroll"; nil means those that the old side has
}

// Options say what the admin has settled.
type Options struct {
	Decided map[string]string // by the ID of a decision: on_error, non_code, voice, security_context, language, failure
	Secrets []string          // names of the new Action's secrets; those its code reads are found in any case
	Limits  js.Limits         // of one run; zero fields mean 2 s of the real clock, 64 MiB, and 256 KiB of records
}

// Verdict is what a proof comes to.
type Verdict string

// The verdicts. Same does not mean that everything ran: see [Proof.NotExercised].
const (
	Same         Verdict = "same"
	Differs      Verdict = "differs"
	NotExercised Verdict = "not-exercised" // nothing could be compared, such as when nothing was sent
)

// Proof is the outcome of comparing two sides.
type Proof struct {
	Verdict      Verdict      `json:"verdict"`
	Comparisons  int          `json:"comparisons"` // things compared: requests, calls, lines, and how each run ended
	Differences  []Difference `json:"differences,omitempty"`
	NotExercised []string     `json:"not_exercised,omitempty"` // sentences: what the runs do not show
	Chosen       []string     `json:"chosen,omitempty"`        // sentences: differences that the admin decided
	Notices      []Notice     `json:"notices,omitempty"`       // what becomes of notifications without a code
}

// Difference is one thing that the two sides do not do alike, in as many cases as it shows.
type Difference struct {
	Where string `json:"where"` // in words: "login codes by SMS of MFA, when the gateway answers 500"
	What  string `json:"what"`  // in words: "the body of POST https://gateway.example/send"
	Was   string `json:"was"`   // of the old side; empty when it did no such thing
	Is    string `json:"is"`    // of the new side
	Cases int    `json:"cases"` // in how many cases; Where names the first
}

// Notice is what the new Action does with a notification that the old trigger never saw.
type Notice struct {
	Type string `json:"type"` // "blocked_account", "change_password", "password_breach"
	Says string `json:"says"` // in words: "sends POST https://gateway.example/send"
}

// Sentence is the verdict for people: "same behaviour (96 comparisons)", "same behaviour but for what you decided (96 comparisons)".
func (p Proof) Sentence() string {
	switch p.Verdict {
	case Same:
		if len(p.Chosen) > 0 { // what was decided to be otherwise was not compared
			return fmt.Sprintf("same behaviour but for what you decided (%d comparisons)", p.Comparisons)
		}
		return fmt.Sprintf("same behaviour (%d comparisons)", p.Comparisons)
	case Differs:
		first := p.Differences[0]
		if more := len(p.Differences) - 1; more > 0 {
			return fmt.Sprintf("differs: %s, %s; and %d more", first.What, first.Where, more)
		}
		return fmt.Sprintf("differs: %s, %s", first.What, first.Where)
	case NotExercised:
		if len(p.NotExercised) > 0 {
			return "not exercised: " + p.NotExercised[0]
		}
	}
	return "not exercised: nothing could be compared"
}
