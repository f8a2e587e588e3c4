package run_test

import (
	"errors"
	"strings"
	"testing"

	"upe/flows/run"
	"upe/flows/tenant"
)

// TestARefusedTestMessageSaysWhatTheCarrierMeans: a common error of Twilio in Auth0's answer is explained where one learns what to do.
func TestARefusedTestMessageSaysWhatTheCarrierMeans(t *testing.T) {
	t.Parallel()
	f, log, p := newFake(), run.NewMemory(nil), migration()
	r := upTo(t, 1, f, log)
	f.says, f.fault = "Permission to send an SMS has not been enabled for the region (code 21408)", once(tenant.TryProvider, refuse)
	_, err := r.Send(t.Context(), p, "text", "+15550100123")
	var step *run.StepError
	if !errors.As(err, &step) || !strings.HasPrefix(step.Hint(), "Twilio's error 21408: SMS to this country are not permitted") {
		t.Errorf("%v, what to do: %q", err, step.Hint())
	}
	f.says, f.fault = "", once(tenant.TryProvider, refuse)
	if _, err = r.Send(t.Context(), p, "text", "+15550100123"); !errors.As(err, &step) || step.Do != "" {
		t.Errorf("%v, what to do: %q", err, step.Do)
	}
}
