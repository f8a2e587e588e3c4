package wizard_test

import (
	"slices"
	"testing"

	"upe/client/emulator"
	"upe/testdata"
)

// What is carried over sends what was sent before: the gateway gets the same request from the new Action as from Auth0 itself, and the
// carrier of a translated Action gets the same from the new one as from the old.
func TestAfterTheMigrationTheSameRequestIsSent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, move string
		otherwise  []string
	}{
		{"passwordless-gateway", "sms", nil},
		{"passwordless-gateway-string", "riders", nil},
		{"gateway-jwt", "sms", nil},
		{"gateway-req-info", "crew", nil},
		{"different-carriers", "mfa", nil},
		{"different-carriers", "sms", nil},
		{"mfa-action-v1", "mfa", nil},
		{"mfa-action", "mfa", nil},
		{"two-carriers-gateway-action", "meter-readers", nil},
	} {
		if testing.Short() && tt.name != "passwordless-gateway" {
			continue
		}
		t.Run(tt.name+" "+tt.move, func(t *testing.T) {
			t.Parallel()
			m := scenarioOf(t, tt.name).migrate(t, combination{emulator.Worlds()[0], nil})
			if m.out.Result != testdata.Holds {
				t.Fatal(m.out)
			}
			if got := m.witness.Otherwise(tt.move); !slices.Equal(got, tt.otherwise) {
				t.Errorf("not as before: %q, want %q", got, tt.otherwise)
			}
		})
	}
}
