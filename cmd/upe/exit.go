package main

// exitCode is what the process ends with. Scripts rely on the numbers.
type exitCode int

// The exit codes. When several apply, the precedence is 4, 6, 3, 5, 2.
const (
	exitOK          exitCode = 0
	exitError       exitCode = 1
	exitPending     exitCode = 2   // only with --detailed-exitcode: changes are pending, or a run waits
	exitDecision    exitCode = 3   // a decision, a secret or evidence is missing
	exitCredentials exitCode = 4   // credentials or scopes
	exitStale       exitCode = 5   // the tenant has changed since the plan was made
	exitRefused     exitCode = 6   // blocked, or refused
	exitInterrupted exitCode = 130 // by a signal
)

// pending is returned by a command that succeeded and has something to say by its exit code alone.
type pending struct{}

func (pending) Error() string { return "changes are pending" }
