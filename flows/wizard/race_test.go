//go:build race

package wizard_test

// raced says that the race detector is at work: it makes everything many times slower, and finds nothing new in all of a matrix.
const raced = true

// few are fewer here: what runs no Action costs little.
var few = []string{"mfa-twilio", "mfa-action", "nothing", "hostile"}
