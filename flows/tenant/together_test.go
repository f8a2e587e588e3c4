package tenant_test

import (
	"testing"

	"upe/flows/tenant"
)

func TestTogetherDoesAllOfThemAtOnce(t *testing.T) {
	t.Parallel()
	first, second := make(chan struct{}), make(chan struct{})
	// Each waits for the other: one after the other, this would never end.
	tenant.Together(func() { close(first); <-second }, func() { close(second); <-first })
	tenant.Together()
}

func TestAPanicBesideOthersIsTheCallers(t *testing.T) {
	t.Parallel()
	done := false
	defer func() {
		if end := recover(); end != "second" || !done {
			t.Errorf("it ended with %v; the others were done: %t", end, done)
		}
	}()
	tenant.Together(func() {}, func() { panic("second") }, func() { done = true }, func() { panic("fourth") })
	t.Error("nobody noticed")
}
