//go:build !race

package wizard_test

// raced says whether the race detector is at work.
const raced = false

// few are the scenarios of a short run: one of every sort.
var few = []string{"mfa-twilio", "mfa-action", "passwordless-gateway", "nothing", "flag-before-provider", "token-read-only", "hostile"}
