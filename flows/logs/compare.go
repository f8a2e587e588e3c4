package logs

import "fmt"

// Compare says how a flow looks, from what was counted before its switch and since. See the constants of this package for the rule.
func (c Course) Compare(before, after Tally) FlowLook {
	narrow(&before, &after)
	l := FlowLook{Move: c.Move, Title: c.Title, Before: before, After: after}
	l.Outlook, l.Why = outlook(c.Flow, before, after)
	return l
}

// outlook is the rule.
func outlook(flow Flow, before, after Tally) (Outlook, string) {
	from, to := before.logins(), after.logins()
	enough := from.all >= fewestStarts && to.all >= fewestStarts
	switch {
	case rose(before.failing(flow), after.failing(flow)):
		return LooksWrong, fmt.Sprintf("%s could not be sent since the switch, %s before: more than chance explains",
			ofTried(after.failing(flow)), ofTried(before.failing(flow)))
	case enough && fell(from, to):
		return LooksWrong, "fewer codes lead to a login than before, by more than chance explains"
	case !enough:
		return Inconclusive, fmt.Sprintf("too little traffic: %d codes on either side are the least that can be compared", fewestStarts)
	case before.Completed > before.Started, after.Completed > after.Started:
		return Inconclusive, "there are more logins than codes, so the logins do not tell what became of the codes"
	case before.Completed == 0 && after.Completed == 0:
		return Inconclusive, "these logs show no login with a code on either side, so they do not tell what became of the codes"
	case held(from, to):
		return LooksRight, "as many codes lead to a login as before: a fall of a tenth or more is ruled out"
	}
	return Inconclusive, "not enough traffic yet to rule out that a tenth fewer codes lead to a login"
}

// logins are the codes that led to one.
func (t Tally) logins() share { return share{min(t.Completed, t.Started), t.Started} }

// failing are the messages that could not be sent. A code of MFA counts as asked for whether it could be sent or not; one of
// Passwordless has an entry only when it was.
func (t Tally) failing(flow Flow) share {
	if flow == MFA {
		return share{t.Failed, max(t.Started, t.Failed)}
	}
	return share{t.Failed, t.Started + t.Failed}
}

func ofTried(s share) string {
	if s.all == 0 {
		return "nothing"
	}
	return fmt.Sprintf("%d of %s", s.of, count(s.all, "message"))
}

// Told says the numbers of a tally in part of a sentence: "41 of 45 codes led to a login (91%)".
func (t Tally) Told() string {
	if t.Started == 0 && t.Completed == 0 {
		return "no code was asked for"
	}
	if t.Started == 0 {
		return fmt.Sprintf("no code, and %s", count(t.Completed, "login"))
	}
	words := fmt.Sprintf("%d of %s led to a login", t.Completed, count(t.Started, "code"))
	if t.Completed <= t.Started {
		words += fmt.Sprintf(" (%.0f%%)", 100*t.logins().rate())
	}
	return words
}

// Words say an outlook after a flow's name: "looks right".
func (o Outlook) Words() string {
	if o == Inconclusive {
		return string(o)
	}
	return "looks " + string(o)
}
