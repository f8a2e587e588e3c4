package main

import (
	"testing"

	"upe/client/emulator"
)

func TestRateOfAnEmulatedTenant(t *testing.T) {
	t.Parallel()
	none := emulator.RateLimit{}
	for given, want := range map[string]emulator.RateLimit{
		"": roomy, "2/s": {Burst: 2, PerSecond: 2}, "50+16/s": {Burst: 50, PerSecond: 16}, "5+0.5/s": {Burst: 5, PerSecond: 0.5},
		"2": none, "0/s": none, "-1/s": none, "5+0/s": none, "5+-1/s": none, "0.5/s": none, "1+NaN/s": none, "1+Inf/s": none, "fast/s": none, "1+2+3/s": none,
	} {
		got, err := (&emulateOptions{rate: given}).rateLimit()
		if got != want || (err == nil) != (want != none) {
			t.Errorf("%q is %+v, %v; want %+v", given, got, err, want)
		}
	}
}
