//go:build !race

package wizard_test

// raced says whether the race detector is at work.
const raced = false
