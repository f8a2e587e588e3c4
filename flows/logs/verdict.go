package logs

import (
	"encoding/json"
	"fmt"
	"time"
)

// Standing is what the logs say as a whole.
type Standing string

// The standings.
const (
	Seen       Standing = "seen"       // a code was sent
	Failed     Standing = "failed"     // one was not
	Nothing    Standing = "nothing"    // neither: after a test message that is what is hoped for
	Unreadable Standing = "unreadable" // the logs cannot be read: Verdict.Why
)

// Verdict is what the tenant logs say about what was sought. It holds no secret, and phone numbers are masked.
type Verdict struct {
	Standing   Standing  `json:"verdict"`
	Why        string    `json:"why,omitempty"` // Unreadable: why; otherwise what limits the answer
	Since      time.Time `json:"since"`
	Read       int       `json:"read"`          // entries that were looked at
	Cut        bool      `json:"cut,omitempty"` // there were more than are read
	Successes  int       `json:"successes,omitempty"`
	Failures   int       `json:"failures,omitempty"`
	Warnings   int       `json:"warnings,omitempty"`
	Candidates []Told    `json:"candidates,omitempty"` // what a person should look at: failures first, successes last
	More       int       `json:"more,omitempty"`       // how many of those are not in the list
	Earlier    []string  `json:"earlier,omitempty"`    // ids of entries that were there before the message was sent
}

// Told is one entry of the logs, and what it is.
type Told struct {
	ID    string          `json:"log_id,omitempty"`
	At    time.Time       `json:"at,omitzero"`
	Type  string          `json:"type"`
	Kind  Kind            `json:"kind"`
	Why   string          `json:"why"`
	Basis Basis           `json:"basis"`
	Raw   json.RawMessage `json:"raw,omitempty"` // without secrets, phone numbers and what is personal; not of a success
}

// mostTold is how many entries a verdict keeps.
const mostTold = 5

// Judge judges entries of the logs, each once. Of what is unrelated nothing is kept.
func (s Sought) Judge(entries []json.RawMessage) Verdict {
	v := Verdict{Standing: Nothing, Since: s.Since.UTC()}
	by := map[Kind][]Told{}
	seen := map[string]bool{}
	for _, raw := range entries {
		e := Parse(raw)
		if e.ID != "" && seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		v.Read++
		if m := s.Match(e); m.Kind != Unrelated {
			by[m.Kind] = append(by[m.Kind], s.told(e, m))
		}
	}
	v.Successes, v.Failures, v.Warnings = len(by[Success]), len(by[Failure]), len(by[Warning])
	switch {
	case v.Failures > 0:
		v.Standing = Failed
	case v.Successes > 0:
		v.Standing = Seen
	}
	for _, kind := range []Kind{Failure, Warning, Candidate, Success} {
		v.Candidates = append(v.Candidates, by[kind]...)
	}
	if n := len(v.Candidates); n > mostTold {
		v.Candidates, v.More = v.Candidates[:mostTold], n-mostTold
	}
	return v
}

// told is an entry as it is kept.
func (s Sought) told(e Entry, m Match) Told {
	t := Told{At: e.At.UTC(), Type: s.text("type", e.Type), Kind: m.Kind, Why: s.free(m.Why), Basis: m.Basis}
	if m.Kind != Success {
		t.Raw = s.shown(e)
	}
	if s.isID(e.ID) {
		t.ID = e.ID
	}
	return t
}

// Words say a verdict in part of a sentence, for a person.
func (v Verdict) Words() string {
	switch v.Standing {
	case Failed:
		words := fmt.Sprintf("the tenant logs show %s", count(v.Failures, "failure"))
		if v.Successes > 0 {
			words += fmt.Sprintf(" and %s sent", count(v.Successes, "code"))
		}
		return words + ": " + v.first()
	case Seen:
		return fmt.Sprintf("the tenant logs show %s sent and no failure%s", count(v.Successes, "code"), v.aside())
	case Nothing:
		return "no failure in the tenant logs" + v.aside()
	case Unreadable:
		return "not verified by logs: " + v.Why
	}
	return ""
}

// Codes say a verdict about the codes of a flow since it was switched on: there, silence is no good news.
func (v Verdict) Codes() string {
	if v.Standing != Nothing {
		return v.Words()
	}
	return "the tenant logs show neither a code nor a failure" + v.aside()
}

// first is what the first failure says.
func (v Verdict) first() string {
	for _, c := range v.Candidates {
		if c.Kind == Failure {
			return c.Why
		}
	}
	return ""
}

// aside says what a person might still look at, and what limits the answer.
func (v Verdict) aside() string {
	words := ""
	if n := len(v.Candidates) + v.More - v.Successes; n > 0 {
		words = fmt.Sprintf(" (%s to look at)", count(n, "entry"))
	}
	if v.Why != "" {
		words += "; " + v.Why
	}
	return words
}

// Worth reports whether there is an entry that a person should look at: anything but a code that was sent.
func (v Verdict) Worth() bool { return len(v.Candidates)+v.More > v.Successes }

func count(n int, noun string) string {
	switch {
	case n == 1:
		return "1 " + noun
	case noun == "entry":
		return fmt.Sprintf("%d entries", n)
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// Stronger is what is known after two looks for the same thing: what was found once is not forgotten because it is gone from the
// logs, and not being able to read them takes nothing back.
func Stronger(before *Verdict, now Verdict) Verdict {
	rank := map[Standing]int{Unreadable: 0, Nothing: 1, Seen: 2, Failed: 3}
	if before != nil && rank[before.Standing] > rank[now.Standing] {
		return *before
	}
	return now
}
