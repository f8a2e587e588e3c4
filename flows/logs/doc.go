// Package logs reads what the tenant logs say about a message that was sent, or about the codes of a flow that was switched on.
//
// Auth0 documents no type of log for a message that the tenant-level provider sent, and does not say which type an Action's drop
// or retry writes. So nothing is concluded from silence but that no failure was found, and nothing is thrown away that might be
// about the message: an entry of an unknown type that names the number, the provider or its Action is a candidate, kept as it
// was read (without secrets, phone numbers and what is personal) for a person to look at.
//
//	Sought ──> Read: GET /logs, twice at most  ──> Match: each entry ──> Verdict
//	           (what is known by its type, and      success, failure,     seen, failed, nothing,
//	           what came right after the message)   warning, candidate    unreadable
//
// A tenant whose logs cannot be read is no error: [Unreadable] says why, and a person's word counts as before.
//
// # Watching
//
// After a switch the question is another one: do people still come in? A [Watcher] counts, in the time before the switch and in that
// since, the codes that were asked for and the logins with one, and compares the shares (rule.go). What it counts as what:
//
//	               MFA                                 Passwordless, of one connection
//	asked for      gd_start_auth                       cs, cls
//	came in        gd_auth_succeed                     s with the strategy sms
//	wrong code     gd_auth_failed, gd_auth_rejected    fepotpft
//	not sent       gd_send_*_failure                   fn, limit_phone, actions_execution_failed: of either
//
// The types are those of Auth0's page "Log Event Type Codes" (auth0.com/docs/deploy-monitor/logs/log-event-type-codes) and of the schema
// of its logs. Three things are not documented and inferred here: that a login of an sms connection was one with a code, unless the entry says
// that there was a session; which texts name an MFA factor; and that an entry without one may be about any. Auth0 does not say that every
// way of logging in writes s. So where no login is seen before the switch either, or more logins than codes, the counts decide
// nothing.
package logs
