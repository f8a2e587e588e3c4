package logs

import (
	"slices"
	"strings"
	"time"
)

// trigger is that of the Action behind a custom provider.
const trigger = "custom-phone-provider"

// How far apart the clocks of this program and of the tenant may be, and how long after a message its log may be dated.
const (
	skew   = 2 * time.Minute
	window = 15 * time.Minute
)

// Sought is what is looked for: one message, or the codes of a flow since it was switched on.
type Sought struct {
	Flow    Flow
	Channel string    // "text" or "voice"; empty: either
	To      string    // whom a test message went to: E.164, or masked as the journal has it
	Since   time.Time // when it was sent, or switched on
	Until   time.Time // now; required by [Read]

	Earlier time.Time // when the test message before it was sent; zero: there was none
	Known   []string  // ids of logs that were told of already, as those of another message

	Provider   string // "twilio" or "custom"
	ProviderID string // "pro_…"
	ActionID   string // of the Action behind a custom provider; empty: not known
	Connection string // Passwordless: the connection's id; empty: not known
	Name       string // Passwordless: its name

	// Clean takes secrets out of a text that is kept; nil: there is none to take out. Phone numbers are masked in any case.
	Clean func(string) string
}

// Match is what an entry is to what was sought.
type Match struct {
	Kind  Kind
	Why   string // in words; may hold what the entry says, uncleaned
	Basis Basis
}

// Match tells what an entry is to s. It never fails: what it cannot read is unrelated, or a candidate.
func (s Sought) Match(e Entry) Match {
	if why := s.elsewhen(e); why != "" {
		return Match{Kind: Unrelated, Why: why}
	}
	known, ok := types(e.Type)
	switch {
	case !ok:
		return s.stranger(e)
	case known.about == anAction:
		return s.action(e, known)
	case known.about == aCall:
		return s.call(e)
	case known.about == aLogin:
		return Match{Kind: Unrelated, Why: "it tells of a login, not of a message"}
	case e.mail():
		return Match{Kind: Unrelated, Why: "it is about an e-mail"}
	case s.Flow == Try:
		return s.message(e, known)
	}
	return s.code(e, known)
}

// elsewhen says why an entry belongs to another time, or to a message before; empty when it does not.
func (s Sought) elsewhen(e Entry) string {
	if e.ID != "" && slices.Contains(s.Known, e.ID) {
		return "it was told of already"
	}
	until := s.end()
	switch {
	case e.At.IsZero():
		return ""
	case e.At.Before(s.begin()):
		return "it is from before"
	case !until.IsZero() && e.At.After(until.Add(skew)):
		return "it is from later"
	case !s.Earlier.IsZero() && e.At.Before(s.Earlier.Add(s.Since.Sub(s.Earlier)/2)):
		return "it is nearer to the message before" // the clocks differ by less than that, or nobody can tell
	}
	return ""
}

// begin is from when on entries are of interest. Clocks may differ; but before a switch codes travelled the other way.
func (s Sought) begin() time.Time {
	if s.Flow == Try {
		return s.Since.Add(-skew)
	}
	return s.Since
}

// end is until when entries are of interest: what is dated long after a test message is about something else.
func (s Sought) end() time.Time {
	if end := s.Since.Add(window); s.Flow == Try && (s.Until.IsZero() || s.Until.After(end)) {
		return end
	}
	return s.Until
}

// message judges an entry of a known type by the number of a test message. Where nothing was switched yet, codes of users
// travel the old way and write the same types, so that only the number tells.
func (s Sought) message(e Entry, known row) Match {
	switch e.concerns(s.To) {
	case other:
		return Match{Kind: Unrelated, Why: "it names another number"}
	case silent:
		if known.kind == Success || known.flow != Any {
			return Match{Kind: Unrelated, Why: "it does not name the number"}
		}
		return Match{Candidate, known.means + s.said(e) + "; it names no number", Inferred}
	case itself:
	}
	switch {
	case known.kind == Success:
		return Match{Candidate, known.means + " to this number; a test message is not known to write this type", Inferred}
	case s.otherChannel(e, known):
		return Match{Candidate, known.means + s.said(e) + "; it names this number, and another delivery method", Inferred}
	}
	return Match{known.kind, known.means + s.said(e) + "; it names this number", known.basis}
}

func (s Sought) otherChannel(e Entry, known row) bool {
	channel := known.channel
	if channel == "" {
		channel = e.channel()
	}
	return s.Channel != "" && channel != "" && channel != s.Channel
}

// code judges an entry of a known type by the flow that was switched on.
func (s Sought) code(e Entry, known row) Match {
	switch {
	case s.Flow != Any && known.flow != Any && known.flow != s.Flow:
		return Match{Kind: Unrelated, Why: "it is of another flow"}
	case s.Flow == Passwordless && s.elsewhere(e):
		return Match{Kind: Unrelated, Why: "it is of another connection"}
	}
	basis := known.basis
	if s.Flow != Any && known.flow == Any {
		basis = Inferred // it does not say of which flow it is
	}
	why := known.means
	if known.kind != Success {
		why += s.said(e)
	}
	return Match{known.kind, why, basis}
}

// elsewhere reports whether an entry names a connection, and not the one sought.
func (s Sought) elsewhere(e Entry) bool {
	if id := e.text("connection_id"); id != "" && s.Connection != "" {
		return id != s.Connection
	}
	for _, path := range [][]string{{"connection"}, {"details", "body", "connection"}} {
		if name := e.text(path...); name != "" {
			return name != s.Name && name != s.Connection
		}
	}
	return false
}

// action judges the failed run of an Action: that of the provider is the only one that sends messages of this way.
func (s Sought) action(e Entry, known row) Match {
	id := e.first("action_id")
	by := e.first("trigger_id", "trigger_name")
	ours := s.ActionID != "" && id == s.ActionID
	switch {
	case !ours && by != trigger:
		return Match{Kind: Unrelated, Why: "it is an Action of another trigger"}
	case s.Provider == "twilio":
		return Match{Candidate, "an Action of the trigger custom-phone-provider failed" + s.said(e) + "; the provider is Twilio, which runs none", known.basis}
	case ours, s.ActionID == "", id == "":
		return Match{Failure, "the provider's Action failed" + s.said(e), known.basis}
	}
	return Match{Warning, "another Action of the trigger custom-phone-provider failed" + s.said(e) + "; a tenant should have one", known.basis}
}

// call judges a request to the API: our own is no news, but may carry more than its answer did.
func (s Sought) call(e Entry) Match {
	if s.Flow == Try && s.ProviderID != "" && e.holds(s.ProviderID+"/try") {
		return Match{Candidate, "the request that sent the test message", Inferred}
	}
	return Match{Kind: Unrelated, Why: "it is a request of another kind"}
}

// stranger judges an entry of a type that is not known here: Auth0 has some 200, and adds more. It may be about the message when
// it names what the message travels through, or whom it went to.
func (s Sought) stranger(e Entry) Match {
	names := ""
	switch {
	case e.document == nil:
		return Match{Kind: Unrelated, Why: "it is no log"}
	case s.To != "" && e.concerns(s.To) == itself:
		names = "the number"
	case e.holds(s.ProviderID):
		names = "the provider"
	case e.holds(s.ActionID):
		names = "the provider's Action"
	case e.holds(trigger):
		names = "the trigger " + trigger
	case e.holds("phone_provider"), e.holds("phone-provider"):
		names = "a phone provider"
	default:
		return Match{Kind: Unrelated, Why: "it names neither the number nor the provider"}
	}
	return Match{Candidate, "an entry of a type that upe does not know names " + names, Inferred}
}

// said is what the entry says about the problem, to be added to a sentence, and what the carrier means by it.
func (s Sought) said(e Entry) string {
	text := strings.TrimRight(strings.Join(strings.Fields(e.problem()), " "), ". ")
	if means := e.carrier(); means != "" {
		text = strings.TrimLeft(text+" ("+means+")", " ")
	}
	if text == "" {
		return ""
	}
	return ": " + text
}
