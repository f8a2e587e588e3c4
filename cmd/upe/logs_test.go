package main

import (
	"testing"
	"time"

	"upe/flows/wizard"
)

// TestOnlyARealTenantIsWaitedFor: an emulated one has written its logs when it answers, and nobody practises to wait.
func TestOnlyARealTenantIsWaitedFor(t *testing.T) {
	t.Parallel()
	for mode, want := range map[wizard.Mode]time.Duration{wizard.Demo: 0, wizard.Emulated: 0, wizard.Live: 10 * time.Second} {
		if got := (&session{mode: mode}).patience(); got != want {
			t.Errorf("%s: %s, want %s", mode, got, want)
		}
	}
}
