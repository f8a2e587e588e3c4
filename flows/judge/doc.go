// Package judge says what a tenant's snapshot means: by which route a code sent now would travel, which carrier would take it,
// what was found that matters for a migration, and whether it may go on.
//
// [Judge] is a pure function of the snapshot. It decides nothing for the admin: what only a person can decide is a finding of
// severity [Decision], and the conversation (package wizard) asks it.
//
// Where Auth0 does not document what decides a route, the route carries the [Basis] of the reading and the reason in words, so
// that a screen can say how sure it is.
package judge
