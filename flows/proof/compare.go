package proof

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/flows/js"
)

// finding is one thing that differs in one case.
type finding struct{ what, was, is string }

// pair is a case and what both sides did.
type pair struct {
	Case
	old, new js.Result
}

// comparison collects what the pairs of a flow show.
type comparison struct {
	documented bool // the old side is a request of Auth0's, known from documentation
	compared   int
	found      []finding
	chosen     []string
}

func (c *comparison) differs(what, was, is string) {
	c.found = append(c.found, finding{what, was, is})
}

// same compares two texts and notes one difference.
func (c *comparison) same(what, was, is string) {
	c.compared++
	if was, is := readable(was), readable(is); was != is {
		was, is = around(was, is)
		c.differs(what, was, is)
	}
}

// compare holds the new side of a case against the old one.
func (c *comparison) compare(p pair) {
	old, now := calls(p.old), calls(p.new)
	if c.documented {
		c.documentedRequest(p, old, now)
	} else {
		c.allCalls(old, now)
		c.logs(p.old.Logs, p.new.Logs)
	}
	c.outcome(p)
}

// calls are what a side did, but for what it told Auth0 of the outcome, which is compared as such.
func calls(r js.Result) []js.Call {
	return slices.DeleteFunc(slices.Clone(r.Calls), func(call js.Call) bool {
		return call.Kind == js.API && strings.HasPrefix(call.Path, "api.notification.")
	})
}

// allCalls compares calls in their order. Where one is missing, what follows is not compared with what it is not.
func (c *comparison) allCalls(old, now []js.Call) {
	for i := range max(len(old), len(now)) {
		switch {
		case i >= len(now):
			c.compared++
			c.differs("a call that is left out", name(old[i]), "")
			return
		case i >= len(old):
			c.compared++
			c.differs("a call that there was not", "", name(now[i]))
			return
		case name(old[i]) != name(now[i]):
			c.compared++
			was, is := around(name(old[i]), name(now[i]))
			c.differs(ordinal(i)+" call", was, is)
			return
		case old[i].Kind == js.Request:
			c.request(old[i], now[i])
		default:
			c.same("what "+name(old[i])+" is given", string(old[i].Args), string(now[i].Args))
		}
	}
}

func ordinal(i int) string {
	words := []string{"the first", "the second", "the third"}
	if i < len(words) {
		return words[i]
	}
	return fmt.Sprintf("the %dth", i+1)
}

// name tells calls apart.
func name(call js.Call) string {
	if call.Kind == js.Request {
		return call.Method + " " + call.URL
	}
	return call.Path
}

// brief is a call in a sentence: an address without its query.
func brief(call js.Call) string {
	text, _, _ := strings.Cut(name(call), "?")
	return text
}

func (c *comparison) request(old, now js.Call) {
	c.same("the body of "+brief(old), old.Body, now.Body)
	keys := slices.Sorted(maps.Keys(old.Headers))
	for key := range now.Headers {
		if _, known := old.Headers[key]; !known {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	for _, key := range keys {
		c.same("the header "+key+" of "+brief(old), old.Headers[key], now.Headers[key])
	}
}

func (c *comparison) logs(old, now []string) {
	for i := range max(len(old), len(now)) {
		c.same("what is logged", line(old, i), line(now, i))
	}
}

func line(lines []string, i int) string {
	if i >= len(lines) {
		return ""
	}
	return ownWords(lines[i])
}

// outcome compares how a run ended.
func (c *comparison) outcome(p pair) {
	c.compared++
	old, now := p.old, p.new
	switch {
	case c.documented && old.Outcome == js.Threw && failed(now):
		c.chosen = append(c.chosen, "a message that is not taken: so far the user was told; now "+told(now))
	case old.Outcome == js.Threw && p.turned():
		c.chosen = append(c.chosen, "an error of the Action: so far it ended the login; now "+told(now))
	case old.Outcome == js.Threw && now.Outcome == js.Threw:
		c.compared--
		c.same("the error", errorOf(old), errorOf(now))
		if p.settled.decided["on_error"] == "keep" {
			c.chosen = append(c.chosen, "an error of the Action stays one: the tenant log has it, but it ends no login any more")
		}
	case old.Outcome != now.Outcome:
		c.differs("how it ends", ending(old), ending(now))
	}
}

// turned reports whether an error became what the admin decided.
func (p pair) turned() bool {
	decided := p.settled.decided["on_error"]
	return decided == "drop" && p.new.Outcome == js.Dropped || decided == "retry" && p.new.Outcome == js.Retry
}

func failed(r js.Result) bool {
	return r.Outcome == js.Dropped || r.Outcome == js.Retry || r.Outcome == js.Threw
}

func told(r js.Result) string {
	switch r.Outcome {
	case js.Dropped:
		return "it is dropped, which only the tenant log shows"
	case js.Retry:
		return "Auth0 tries again, up to five times"
	case js.Done, js.Threw, js.TimedOut, js.OutOfMemory, js.TooMuch, js.NoHandler, js.InvalidCode:
	}
	return "the Action throws, which only the tenant log shows"
}

// ending is an outcome in words, for a difference.
func ending(r js.Result) string {
	switch {
	case r.Outcome == js.Done:
		return "ends as if the message were sent"
	case r.Outcome == js.Dropped:
		return "drops the message: " + ownWords(r.Reason)
	case r.Outcome == js.Retry:
		return "asks to try again: " + ownWords(r.Reason)
	case r.Err != nil:
		return string(r.Outcome) + ": " + errorOf(r)
	}
	return string(r.Outcome)
}
