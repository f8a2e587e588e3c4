package report

import (
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/run"
)

// message is what is known of one test message, in words.
type message struct{ by, words string }

// tests are the test messages to tell of: every one with its word, the last of each delivery method last. A way back has none.
func tests(p plan.Plan, s run.State) []message {
	if p.Reverts != "" {
		return nil
	}
	var all []message
	for _, e := range s.Earlier {
		all = append(all, message{judge.ChannelName(e.Channel), earlierWords(e)})
	}
	for _, e := range s.Evidence {
		words := evidenceWords(e, isOver(s, e.Channel))
		if words == notSent && !asksFor(p, e.Channel) {
			words = "not tested: nothing that moves needs it"
		}
		all = append(all, message{judge.ChannelName(e.Channel), words})
	}
	return all
}

// asksFor reports whether a plan has a test message by a delivery method.
func asksFor(p plan.Plan, channel string) bool {
	return slices.ContainsFunc(p.Steps, func(s plan.Step) bool { return s.Kind == plan.Test && s.Channel == channel })
}

// isOver reports whether every move that needs a delivery method is switched on: no other test message by it is waited for.
func isOver(s run.State, channel string) bool {
	return !slices.ContainsFunc(s.Moves, func(m run.MoveState) bool {
		return slices.Contains(m.Channels, channel) && m.Status != run.MoveSwitched && m.Status != run.MoveConfirmed
	})
}

const notSent = "not sent yet"

// evidenceWords say what is known of the last test message: what Auth0 said, what its logs say, and what a person did. What made it old is
// told as it is; that another one is needed only where something still waits for it.
func evidenceWords(e run.Evidence, over bool) string {
	switch {
	case e.Missing:
		return accepted(e, "; ") + "did not arrive, says " + e.By + inLogs(e)
	case !e.Fresh && !e.Arrived.IsZero() && over:
		return "arrived " + moment(e.Arrived) + ", says " + e.By + inLogs(e) + afterwards(e)
	case !e.Fresh && !e.Arrived.IsZero():
		return "arrived " + moment(e.Arrived) + ", says " + e.By + ", but " + since(e) + ": test again"
	case !e.Fresh && !e.Accepted.IsZero():
		return "accepted " + moment(e.Accepted) + ", but " + since(e) + ": test again"
	case !e.Arrived.IsZero():
		return "arrived " + moment(e.Arrived) + ", says " + e.By + inLogs(e)
	case !e.Accepted.IsZero():
		return "accepted " + moment(e.Accepted) + " to " + e.To + inLogs(e) + arrived(e)
	case e.Fresh && e.To != "":
		return "sent to " + e.To + ", but no answer came" + inLogs(e) + arrived(e)
	}
	return notSent
}

// earlierWords say what was known of a test message when the next one was sent.
func earlierWords(e run.Evidence) string {
	logs := ""
	if e.Logs != nil {
		logs = "; " + e.Logs.Words()
	}
	switch {
	case e.Missing:
		return "an earlier one: " + accepted(e, "; ") + "did not arrive, says " + e.By + logs
	case !e.Arrived.IsZero():
		return "an earlier one: arrived " + moment(e.Arrived) + ", says " + e.By + logs
	case !e.Accepted.IsZero():
		return "an earlier one: accepted " + moment(e.Accepted) + "; nobody said whether it arrived" + logs
	}
	return "an earlier one: no answer came, and nobody said whether it arrived" + logs
}

// accepted is when Auth0 took a message, where it said so, with what stands between that and what follows.
func accepted(e run.Evidence, between string) string {
	if e.Accepted.IsZero() {
		return ""
	}
	return "accepted " + moment(e.Accepted) + between
}

// arrived asks for a person's word where it can change something.
func arrived(e run.Evidence) string {
	if e.Denied() {
		return ""
	}
	return "; did it arrive?"
}

// since says what makes evidence a thing of the past.
func since(e run.Evidence) string {
	switch {
	case e.Changed != "":
		return e.Changed
	case len(e.Wrote) > 0:
		return "this run went on to write (" + strings.Join(e.Wrote, "; ") + ")"
	}
	return "something was written since"
}

// afterwards says what came after a message that did what it was for.
func afterwards(e run.Evidence) string {
	switch {
	case len(e.Wrote) > 0:
		return "; this run wrote after it: " + strings.Join(e.Wrote, "; ")
	case e.Changed != "":
		return "; after it " + e.Changed
	}
	return ""
}
