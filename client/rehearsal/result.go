package rehearsal

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"upe/flows/judge"
)

// Schema names the JSON form of a [Rehearsal].
const Schema = "upe.rehearsal/1"

// Rehearsal is what became of a plan on copies of its tenant. It holds no secret. Names in it are the tenant's, and may be hostile to
// a terminal.
type Rehearsal struct {
	Schema  string   `json:"schema"` // [Schema]
	Plan    string   `json:"plan"`   // its checksum
	Domain  string   `json:"domain"`
	Result  Result   `json:"result"`        // the worst that happened in any world
	Verdict string   `json:"verdict"`       // in a sentence
	Codes   []string `json:"codes"`         // that were asked for between every two writes: `mfa sms`
	Missing []string `json:"not_rehearsed"` // codes that the plan counts on, and that do not come on a copy in the beginning
	Looks   int      `json:"looks"`         // how often it was seen to that they come
	Worlds  []World  `json:"worlds"`
}

// World is what became of the plan in one world.
type World struct {
	World      string  `json:"world"`                // its name in a tenant file
	Title      string  `json:"title"`                // how Auth0 behaves there, in a few words
	Impossible string  `json:"impossible,omitempty"` // why the tenant cannot be in this world; then nothing was rehearsed there
	Migrates   Outcome `json:"migrates"`             // from the first step to the last
	Crashes    Outcome `json:"crashes"`              // the worst of going on after the process has died
	Returns    Outcome `json:"returns"`              // the worst of going back, from the end and from where the process died

	Missing []string `json:"not_rehearsed,omitempty"`
}

// title says in a few words how Auth0 behaves in a world.
func title(world string) string {
	switch world {
	case "docs":
		return "as documented"
	case "dashboard":
		return "the Dashboard decides"
	case flagMovesAll:
		return "the flag moves everything"
	case "one-way":
		return "old settings are lost"
	case "provider-after-flag":
		return "the flag comes first"
	}
	return world
}

// Result says how something ended, from good to bad.
type Result string

// The results, in that order.
const (
	// Holds: every code came after every write, what was to move has moved, and nothing else has changed. Going back, the tenant is
	// as it was.
	Holds Result = "holds"
	// Nothing: there was nothing to do.
	Nothing Result = "nothing"
	// Gap: a code did not come for a while, and the plan says so.
	Gap Result = "gap"
	// Refused: it could not go on, and every code comes by a way that delivers.
	Refused Result = "refused"
	// Differs: it came to its end, and the tenant is not as it was to be.
	Differs Result = "differs"
	// Lost: a code did not come, and the plan does not say so.
	Lost Result = "lost"
)

var order = [...]Result{Holds, Nothing, Gap, Refused, Differs, Lost}

// Worse reports whether r is worse than another result.
func (r Result) Worse(than Result) bool {
	return slices.Index(order[:], r) > slices.Index(order[:], than)
}

// Outcome is what one part of a rehearsal came to.
type Outcome struct {
	Result Result   `json:"result"`
	Times  int      `json:"times"`             // how often it was tried: as many deaths as there are writes, and twice
	Step   string   `json:"step,omitempty"`    // Refused: the step that it stopped at, or the move
	Title  string   `json:"title,omitempty"`   // of that step, for people
	Reason string   `json:"reason,omitempty"`  // Refused: in words
	Codes  []Loss   `json:"lost,omitempty"`    // that did not come
	Other  []string `json:"differs,omitempty"` // what is not as it was to be, in words
	Along  []string `json:"along,omitempty"`   // connections that were to stay and that the tenant flag moved, delivering
}

// Loss is a time in which a code did not come.
type Loss struct {
	Code   string `json:"code"` // `passwordless sms ["Customers"]`
	From   string `json:"from"` // the step after which it did not come any more
	Until  string `json:"until,omitempty"`
	Stated bool   `json:"stated"`         // the plan says so
	Back   bool   `json:"back,omitempty"` // it was on the way back: From and Until are steps of its plan
	Why    string `json:"why"`
	// FromTitle and UntilTitle are those steps for people.
	FromTitle  string `json:"from_title,omitempty"`
	UntilTitle string `json:"until_title,omitempty"`
}

func (l Loss) String() string {
	words := fmt.Sprintf("codes of %s are lost from %q", CodeWords(l.Code), cmp.Or(l.FromTitle, l.From))
	if l.Back {
		words = "if the run is taken back, " + words
	}
	if l.Until == "" {
		words += " on, to the end"
	} else {
		words += fmt.Sprintf(" to %q", cmp.Or(l.UntilTitle, l.Until))
	}
	return words + ", " + l.stated() + " (" + l.Why + ")"
}

// stated says which plan names a loss: that of the way back is computed, and shown, when somebody takes the run back.
func (l Loss) stated() string {
	switch {
	case l.Stated && l.Back:
		return "which is said before it begins"
	case l.Stated:
		return "as the plan says"
	}
	return "which the plan does not say"
}

// CodeWords are the name of a code for people: "mfa sms (enrolment)" is "MFA by SMS (enrolment)".
func CodeWords(code string) string {
	flow, rest, _ := strings.Cut(code, " ")
	channel, rest, _ := strings.Cut(rest, " ")
	name := map[string]string{
		string(judge.MFA): "MFA", string(judge.Passwordless): "Passwordless", string(judge.PhoneIdentifier): "Phone as ID",
	}[flow]
	if name == "" {
		return code
	}
	if open, connection, found := strings.Cut(rest, "["); found && open == "" {
		if i := strings.LastIndex(connection, "]"); i > 0 {
			name, rest = name+" "+connection[:i], strings.TrimSpace(connection[i+1:])
		}
	}
	return strings.TrimSpace(name + " by " + judge.ChannelName(channel) + " " + rest)
}

// Remarks are what there is to say about an outcome beside its result, each in a sentence.
func (o Outcome) Remarks() []string {
	var all []string
	for _, l := range o.Codes {
		all = append(all, l.String())
	}
	if o.Result == Refused || o.Step != "" {
		all = append(all, fmt.Sprintf("stops at %q: %s", cmp.Or(o.Title, o.Step), o.Reason))
	}
	if len(o.Along) > 0 {
		all = append(all, "Auth0's flag moves what was to stay as well, and its codes come: "+strings.Join(o.Along, ", "))
	}
	return append(all, o.Other...)
}

// with is the worse of two outcomes, counted together.
func (o Outcome) with(other Outcome) Outcome {
	times := o.Times + other.Times
	worse := o
	if o.Times == 0 || other.Result.Worse(o.Result) {
		worse = other
	}
	worse.Times = times
	return worse
}

// worst is the worst result of a world, and of which part.
func (w World) worst() Result {
	worst := w.Migrates.Result
	for _, o := range []Outcome{w.Crashes, w.Returns} {
		if o.Times > 0 && o.Result.Worse(worst) {
			worst = o.Result
		}
	}
	return worst
}
