package login

import "strings"

// Error is credentials that do not work: what failed, why, and what to do about it. It never contains a secret.
type Error struct {
	Failed string // "no credentials for acme.us.auth0.com"
	Why    string // "AUTH0_CLIENT_SECRET is not set"
	Do     string // "set AUTH0_CLIENT_SECRET, or …"
	Status int    // of the token endpoint's answer; 0 when nothing was asked or nothing answered
	Cause  error  // what the network said, when that is the reason; may be nil
}

// Error joins the three parts as "what failed · why · what to do".
func (e *Error) Error() string {
	parts := make([]string, 0, 3)
	for _, part := range []string{e.Failed, e.Why, e.Do} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return strings.Join(parts, " · ")
}

// Unwrap gives the cause, so that a cancelled context can be told from a refusal.
func (e *Error) Unwrap() error { return e.Cause }
