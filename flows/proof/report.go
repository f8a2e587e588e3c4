package proof

import (
	"slices"
	"strings"

	"upe/flows/js"
)

// report puts together what the flows show.
type report struct {
	options   Options
	out       Proof
	exercised bool // in some case the message was handed to somebody
	stopped   bool // a run had to be stopped
	addresses bool // the made-up secrets had to be addresses
}

// maxDifferences is how many differences are told apart. Who sees these does not need the rest.
const maxDifferences = 50

// add compares the pairs of a flow.
func (r *report) add(f Flow, pairs []pair) {
	c := comparison{documented: documented(f.Old)}
	for _, p := range pairs {
		if why := incomparable(p); why != "" {
			r.notExercised(why)
			r.stopped = r.stopped || stopped(p)
			r.unlike(p)
			continue
		}
		c.found = nil
		c.compare(p)
		for _, found := range c.found {
			r.difference(p.Case, found)
		}
		r.exercised = r.exercised || exercised(p.old)
		r.dark(p)
	}
	r.out.Comparisons += c.compared
	for _, sentence := range c.chosen {
		r.chosen(sentence)
	}
	r.decided(f)
	if old, ok := f.Old.(side); ok {
		for _, sentence := range old.unknown() {
			r.notExercised(sentence)
		}
	}
}

func documented(old Old) bool {
	switch old.(type) {
	case gateway, twilio:
		return true
	}
	return false
}

// incomparable says why a pair shows nothing, or "".
func incomparable(p pair) string {
	for _, one := range []struct {
		side string
		r    js.Result
	}{{"old", p.old}, {"new", p.new}} {
		switch {
		case one.r.Outcome == js.InvalidCode:
			return "the " + one.side + " Action: the sandbox cannot read it (" + errorOf(one.r) + "); Node may be able to"
		case one.r.Outcome == js.NoHandler:
			return "the " + one.side + " Action: it has no handler of its trigger"
		case halted(one.r):
			return "the " + one.side + " Action: it had to be stopped: " + reasonOf(one.r)
		}
	}
	return ""
}

func reasonOf(r js.Result) string {
	if r.Err == nil {
		return string(r.Outcome)
	}
	return r.Err.Error()
}

// unlike notes a pair of which only the new side cannot run.
func (r *report) unlike(p pair) {
	if broken(p.new) && !broken(p.old) {
		r.difference(p.Case, finding{"whether it runs", ending(p.old), ending(p.new)})
	}
}

func broken(r js.Result) bool {
	return r.Outcome == js.InvalidCode || r.Outcome == js.NoHandler || halted(r)
}

// difference counts a finding with those that are the same.
func (r *report) difference(c Case, f finding) {
	same := func(d Difference) bool { return d.What == f.what && d.Was == f.was && d.Is == f.is }
	if i := slices.IndexFunc(r.out.Differences, same); i >= 0 {
		r.out.Differences[i].Cases++
		return
	}
	if len(r.out.Differences) < maxDifferences {
		r.out.Differences = append(r.out.Differences, Difference{Where: c.where(), What: f.what, Was: f.was, Is: f.is, Cases: 1})
	}
}

func (r *report) notExercised(sentence string) {
	if !slices.Contains(r.out.NotExercised, sentence) {
		r.out.NotExercised = append(r.out.NotExercised, sentence)
	}
}

func (r *report) chosen(sentence string) {
	if !slices.Contains(r.out.Chosen, sentence) {
		r.out.Chosen = append(r.out.Chosen, sentence)
	}
}

// dark tells what of a pair did not really run.
func (r *report) dark(p pair) {
	for _, one := range []js.Result{p.old, p.new} {
		for _, name := range one.StandIns {
			r.notExercised(standIn(name))
		}
		for _, name := range one.Copies {
			r.notExercised("the module " + name + " itself: a small version of it ran")
		}
		for _, note := range one.Notes {
			switch note {
			case js.Unfinished:
				r.notExercised("work that is left behind when the handler returns: Auth0 may or may not finish it")
			case js.Interceptor:
				r.notExercised("interceptors of axios: they did not run")
			case js.CalledTwice:
				r.notExercised("what the Hook's second callback does: only the first counts")
			case js.NotAsync, js.Interrupted:
			}
		}
	}
}

func standIn(name string) string {
	module, part, _ := strings.Cut(name, ".")
	switch {
	case strings.HasPrefix(name, "import "):
		return "what " + name + " brings: the sandbox cannot load modules that way"
	case part != "" && slices.Contains(realModules, module):
		return "what " + name + " does, and what follows from its answers: it is not in the sandbox"
	}
	return "what the module " + name + " does with what it is given, and what follows from answers of its own: it did not run"
}

// realModules have parts that are missing: crypto.createCipheriv.
var realModules = []string{"crypto", "http", "https", "util", "url", "qs", "uuid", "jsonwebtoken", "got", "superagent", "request"}

// proof is the outcome.
func (r *report) proof() Proof {
	switch {
	case len(r.out.Differences) > 0:
		r.out.Verdict = Differs
	case r.exercised && !r.stopped:
		r.out.Verdict = Same
	default:
		r.out.Verdict = NotExercised
		if !r.stopped {
			r.out.NotExercised = slices.Insert(r.out.NotExercised, 0, "nothing was sent in any case, so that there is nothing to compare")
		}
	}
	return r.out
}
