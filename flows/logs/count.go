package logs

import (
	"encoding/json"
	"strings"
	"time"
)

// Tally is what the tenant logs tell of the codes of a flow in a stretch of time, both ends of which belong to it.
type Tally struct {
	Since time.Time `json:"since"`
	Until time.Time `json:"until"`

	Logins

	Failed   int            `json:"failed"`             // messages that could not be sent
	Failures map[string]int `json:"failures,omitempty"` // entries that say so, by type; one message may have two
	Examples []string       `json:"examples,omitempty"` // ids of the first of them

	Read int  `json:"read"`          // entries that were looked at
	Cut  bool `json:"cut,omitempty"` // there were more: Since is that of the oldest that was read

	// AllFactors says that logins with every MFA factor are counted, because some entries do not say which one they are about.
	AllFactors bool `json:"all_factors,omitempty"`

	other  Logins // those of them that are known to be with another factor
	silent int    // entries of MFA that name no factor
}

// Logins counts what became of codes.
type Logins struct {
	Started   int `json:"started"`   // codes that were asked for
	Completed int `json:"completed"` // logins with one
	Refused   int `json:"refused"`   // codes that were wrong, or turned down
}

func (l *Logins) add(what step) {
	switch what {
	case started:
		l.Started++
	case completed:
		l.Completed++
	case refused:
		l.Refused++
	case aside:
	}
}

// mostExamples is how many ids of failures a tally keeps.
const mostExamples = 3

// step is what an entry is to a login with a code.
type step int

const (
	aside     step = iota
	started        // a code was asked for
	completed      // somebody came in
	refused        // a code was wrong, or turned down
)

// login is what a type of log is to a login (Auth0's page "Log Event Type Codes"). That a login of an sms connection is one with a
// code, and that a log names the connection, is inferred: Auth0 has no type of its own for Passwordless logins.
func login(code string) (step, Flow) {
	switch code {
	case "gd_start_auth": // "Second factor authentication event started for MFA"
		return started, MFA
	case "gd_auth_succeed": // "Multi-factor authentication success"
		return completed, MFA
	case "gd_auth_failed", "gd_auth_rejected": // a wrong code, or a factor turned down
		return refused, MFA
	case "cs", "cls": // "Passwordless login code has been sent", "code/link"
		return started, Passwordless
	case "s": // "Successful login event"
		return completed, Passwordless
	case "fepotpft": // "Failed exchange of Passwordless OTP for Access Token"
		return refused, Passwordless
	}
	return aside, Any
}

// counted are the types that a tally of a flow is made of, but for s, of which only logins with an sms connection are asked for.
func counted(flow Flow) []string {
	list := []string{"fn", "limit_phone", "actions_execution_failed"}
	if flow != Passwordless {
		list = append(list, "gd_start_auth", "gd_auth_succeed", "gd_auth_failed", "gd_auth_rejected", "gd_send_sms_failure", "gd_send_voice_failure")
	}
	if flow != MFA {
		list = append(list, "cs", "cls", "fepotpft")
	}
	return list
}

// Count counts the entries of a flow that are dated between since and until, each once. Entries without a date that can be read
// are left out: nobody can say on which side of the switch they stand.
func (s Sought) Count(entries []json.RawMessage, since, until time.Time) Tally {
	t := Tally{Since: since.UTC(), Until: until.UTC(), Failures: map[string]int{}}
	seen := map[string]bool{}
	for _, raw := range entries {
		e := Parse(raw)
		if e.At.IsZero() || e.At.Before(since) || e.At.After(until) || e.ID != "" && seen[e.ID] {
			continue
		}
		seen[e.ID] = true
		t.Read++
		t.add(s, e)
	}
	actions := t.Failures["actions_execution_failed"]
	for _, n := range t.Failures {
		t.Failed += n
	}
	// A message that an Action failed to send may have an entry of the Action and one of its own.
	t.Failed = max(t.Failed-actions, actions)
	return t
}

// add counts one entry.
func (t *Tally) add(s Sought, e Entry) {
	if s.broken(e) {
		t.Failures[e.Type]++
		if s.isID(e.ID) && len(t.Examples) < mostExamples {
			t.Examples = append(t.Examples, e.ID)
		}
		return
	}
	what, flow := login(e.Type)
	switch {
	case what == aside, s.Flow != Any && flow != s.Flow, e.mail():
		return
	case flow == Passwordless && (s.elsewhere(e) || e.Type == "s" && !e.byCode()):
		return
	}
	t.Logins.add(what)
	if flow != MFA {
		return
	}
	switch e.factor() {
	case otherFactor:
		t.other.add(what)
	case unnamed:
		t.silent++
	case phoneFactor:
	}
}

// narrow leaves logins with other factors than a phone out of both tallies, when all entries say which one they are about. To count
// in two ways would compare two different things.
func narrow(before, after *Tally) {
	for _, t := range []*Tally{before, after} {
		if before.silent+after.silent > 0 {
			t.AllFactors = true
			continue
		}
		t.Started -= t.other.Started
		t.Completed -= t.other.Completed
		t.Refused -= t.other.Refused
		t.other = Logins{}
	}
}

// broken reports whether an entry says that a message of the flow could not be sent. What is not known to be of one flow, as fn is
// not, counts for each.
func (s Sought) broken(e Entry) bool {
	known, ok := types(e.Type)
	switch {
	case !ok || known.kind != Failure || e.mail():
		return false
	case known.about == anAction:
		by := e.first("trigger_id", "trigger_name")
		return by == trigger || by == legacyTrigger && s.Flow != Passwordless
	case s.Flow != Any && known.flow != Any && known.flow != s.Flow:
		return false
	}
	return s.Flow != Passwordless || !s.elsewhere(e)
}

// legacyTrigger is that of the Actions that sent MFA codes before.
const legacyTrigger = "send-phone-message"

// byCode reports whether a login of the type s was one with a code of an sms connection. A browser that is logged in already writes
// such an entry as well, which the schema of the logs lets us tell by session.
func (e Entry) byCode() bool {
	if e.text("strategy") != "sms" {
		return false
	}
	details, _ := e.document["details"].(map[string]any) // nil: it has none
	if details["session"] == true {
		return false
	}
	prompts, _ := details["prompts"].([]any)
	for _, p := range prompts {
		if prompt, ok := p.(map[string]any); ok && prompt["session"] == true {
			return false
		}
	}
	return true
}

// factor is what an entry of MFA is about.
type factor int

const (
	unnamed factor = iota
	phoneFactor
	otherFactor
)

// factor reads the kind of authenticator. Auth0 documents that it is text, and not which; what is none of those known is unnamed.
func (e Entry) factor() factor {
	kind := strings.ToLower(e.text("details", "authenticator", "type"))
	for _, known := range []string{"sms", "voice", "phone", "text"} {
		if strings.Contains(kind, known) {
			return phoneFactor
		}
	}
	for _, known := range []string{"otp", "push", "email", "recovery", "webauthn", "duo"} {
		if strings.Contains(kind, known) {
			return otherFactor
		}
	}
	return unnamed
}
