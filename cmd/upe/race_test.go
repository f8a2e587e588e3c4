//go:build race

package main

// scripts are few under the race detector, where every process takes half a second to start: those with the most going on
// at once.
func scripts() []string {
	return []string{"testdata/script/migrate_mfa_twilio.txt", "testdata/script/interrupt.txt"}
}

// scenarios that the commands migrate are few as well, for the same reason: the code under them is the same.
func scenarios() []string {
	return []string{"mfa-twilio", "different-carriers", "flag-before-provider"}
}
