package main

import (
	"fmt"
	"slices"
	"time"
)

// soon is when a token that runs out is worth a word: a migration with its tests takes longer.
const soon = time.Hour

// token says whose the access token is, and until when.
func (o *doctorOptions) token(s *session) {
	o.add(exam{ID: "token", Title: "Access token", Status: sound, Result: "for the Management API of " + s.who.Domain})
	e := exam{ID: "expiry", Title: "Valid", Status: sound}
	left := s.expires.Sub(o.app.now())
	switch {
	case s.expires.IsZero():
		e.Status, e.Result = noted, "the token does not say until when"
	case left < soon:
		e.Status, e.Result = warned, fmt.Sprintf("for %s more, until %s", inWords(left), s.expires.Format(time.RFC3339))
		e.Do = "get a new token before a migration; those of client credentials are renewed by themselves"
	default:
		e.Result = fmt.Sprintf("for %s more, until %s", inWords(left), s.expires.Format(time.RFC3339))
	}
	o.add(e)
}

// inWords is a time to go, as one says it.
func inWords(d time.Duration) string {
	if d >= 2*time.Hour {
		return counted(int(d/time.Hour), "hour", "hours")
	}
	return counted(int(d/time.Minute), "minute", "minutes")
}

// scopeGroup is what the token may do of one kind of work.
type scopeGroup struct {
	Work    string   `json:"work"` // "read", "write", "undo"
	Present []string `json:"present"`
	Missing []need   `json:"missing"`
}

// permissions compares the token's scopes with those that are needed, kind of work by kind of work.
func (o *doctorOptions) permissions(s *session) {
	o.group("Scopes")
	if len(s.scopes) == 0 {
		o.add(exam{ID: "scopes", Title: "Scopes", Status: noted, Result: "the token does not say which it has; Auth0 decides at each request"})
		return
	}
	reading := o.app.global.reading()
	o.work(s, "read", "To look", readScopes(), true)
	o.work(s, "write", "To migrate", writeScopes(), !reading)
	o.work(s, "undo", "To take it back", undoScopes(), false)
}

func (o *doctorOptions) work(s *session, work, title string, needs []need, must bool) {
	g := scopeGroup{Work: work, Present: []string{}, Missing: []need{}}
	for _, n := range needs {
		if slices.Contains(s.scopes, n.Scope) {
			g.Present = append(g.Present, n.Scope)
		} else {
			g.Missing = append(g.Missing, n)
		}
	}
	o.scopes = append(o.scopes, g)
	e := exam{ID: "scopes-" + work, Title: title, Status: sound, Result: fmt.Sprintf("all %d scopes are there", len(needs))}
	if len(g.Missing) > 0 {
		e.Status, e.Result, e.Items, e.Do = warned, fmt.Sprintf("%d of %d scopes %s missing:", len(g.Missing), len(needs), isOrAre(len(g.Missing))), listed(g.Missing), giveScopes
	}
	if must && slices.ContainsFunc(g.Missing, func(n need) bool { return n.Only == "" }) {
		e.Status = broken
	}
	o.add(e)
	if e.Status == broken {
		o.exit = exitCredentials
	}
}

// listed are scopes with what each is for.
func listed(needs []need) []string {
	lines := make([]string, len(needs))
	for i, n := range needs {
		lines[i] = n.Scope + ": " + n.For
		if n.Only != "" {
			lines[i] += " (only " + n.Only + ")"
		}
	}
	return lines
}
