package compat_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"upe/flows/compat"
)

// every lists all 512 situations.
func every() []compat.Situation {
	sets := []compat.Factors{none, sms, voice, both}
	var all []compat.Situation
	for _, f := range sets {
		for _, wantF := range sets {
			for _, m := range sets {
				for _, wantM := range sets {
					for _, passwordless := range []bool{false, true} {
						all = append(all, compat.Situation{f, wantF, methods(m), methods(wantM), passwordless})
					}
				}
			}
		}
	}
	return all
}

func TestUncovered(t *testing.T) {
	t.Parallel()
	tests := []struct{ factors, methods, want compat.Factors }{
		{sms, sms, none},
		{sms, voice, sms},
		{sms, both, none},
		{sms, none, sms},
		{voice, sms, voice},
		{voice, voice, none},
		{voice, both, none},
		{voice, none, voice},
		{both, sms, voice},
		{both, voice, sms},
		{both, both, none},
		{both, none, both},
		{none, none, none},
		{none, sms, none},
	}
	for _, tt := range tests {
		if got := compat.Uncovered(tt.factors, methods(tt.methods)); got != tt.want {
			t.Errorf("MFA %s, provider %s: uncovered %s, want %s", tt.factors, tt.methods, got, tt.want)
		}
		if got := compat.Covers(methods(tt.methods), tt.factors); got != tt.want.Empty() {
			t.Errorf("MFA %s, provider %s: covers is %v", tt.factors, tt.methods, got)
		}
	}
}

func TestResolutions(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name              string
		current, desired  compat.Factors
		provider, wanted  compat.Factors
		passwordless      bool
		want              []string // kind: factors / methods
		sentence, another string   // the first two sentences
	}{
		{
			"the rule holds", sms, both, sms, both, true, nil, "", "",
		},
		{
			"A1", sms, voice, sms, sms, false,
			[]string{"add-method: Voice / SMS + Voice", "switch-factor: SMS / SMS"},
			"Add Voice as a delivery method of the tenant-level provider, so that MFA can use Voice.",
			"Use SMS for MFA in place of Voice: the provider delivers SMS.",
		},
		{
			"A3", sms, both, sms, sms, false,
			[]string{"add-method: SMS + Voice / SMS + Voice", "drop-factor: SMS / SMS"},
			"Add Voice as a delivery method of the tenant-level provider, so that MFA can use SMS + Voice.",
			"Leave Voice out for MFA and use SMS alone: the provider delivers SMS.",
		},
		{
			"B9", both, both, both, sms, false,
			[]string{"add-method: SMS + Voice / SMS + Voice", "drop-factor: SMS / SMS"},
			"Keep Voice as a delivery method of the tenant-level provider, so that MFA can use SMS + Voice.",
			"Turn Voice off for MFA and use SMS alone: the provider delivers SMS.",
		},
		{
			"B3", sms, sms, both, voice, false,
			[]string{"add-method: SMS / SMS + Voice", "switch-factor: Voice / Voice"},
			"Keep SMS as a delivery method of the tenant-level provider, so that MFA can use SMS.",
			"Use Voice for MFA in place of SMS: the provider delivers Voice.",
		},
		{
			"P3", none, none, both, voice, true,
			[]string{"keep-text: none / SMS + Voice"},
			"Keep the delivery method SMS, because Passwordless always sends text.", "",
		},
		{
			"Passwordless before the first provider", none, none, none, voice, true,
			[]string{"keep-text: none / SMS + Voice"},
			"Add the delivery method SMS, because Passwordless always sends text.", "",
		},
		{
			"no delivery method chosen", both, both, none, none, true,
			[]string{"add-method: SMS + Voice / SMS + Voice", "drop-factor: SMS / SMS"},
			"Add SMS + Voice as a delivery method of the tenant-level provider, so that MFA can use SMS + Voice and Passwordless can send text.",
			"Turn Voice off for MFA and use SMS alone: the provider delivers SMS. SMS is delivered too, because Passwordless always sends text.",
		},
		{
			"everything changes at once", sms, both, sms, voice, false,
			[]string{"add-method: SMS + Voice / SMS + Voice", "drop-factor: Voice / Voice", "keep-current: SMS / SMS"},
			"Keep SMS as a delivery method of the tenant-level provider, so that MFA can use SMS + Voice.",
			"Turn SMS off for MFA and use Voice alone: the provider delivers Voice.",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			ways := compat.Resolutions(tt.current, tt.desired, methods(tt.provider), methods(tt.wanted), tt.passwordless)
			var got []string
			sentences := make([]string, 2)
			for i, r := range ways {
				got = append(got, string(r.Kind)+": "+r.Factors.String()+" / "+r.Methods.String())
				if i < 2 {
					sentences[i] = r.Sentence
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("resolutions %q, want %q", got, tt.want)
			}
			if want := []string{tt.sentence, tt.another}; !slices.Equal(sentences, want) {
				t.Errorf("sentences\n%q, want\n%q", sentences, want)
			}
		})
	}
}

// For every situation: a way out exists exactly when one is needed, it is one,
// and the order is by least change.
func TestResolutionsAlwaysHelp(t *testing.T) {
	t.Parallel()
	for _, s := range every() {
		ways := s.Resolutions()
		holds := subset(s.WantFactors, s.WantMethods) && (!s.Passwordless || s.WantMethods.Has("text"))
		if holds != (len(ways) == 0) {
			t.Fatalf("%+v: the rule holds: %v, resolutions %v", s, holds, ways)
		}
		seen := map[[2]string]bool{}
		for i, r := range ways {
			after := s
			after.WantFactors, after.WantMethods = r.Factors, r.Methods
			sets := [2]string{r.Factors.String(), r.Methods.String()}
			switch {
			case !after.Holds():
				t.Errorf("%+v: %+v breaks the rule", s, r)
			case i == 0 && r.Factors != s.WantFactors:
				t.Errorf("%+v: the first resolution takes a factor away: %+v", s, r)
			case r.Factors.Empty() != s.WantFactors.Empty():
				t.Errorf("%+v: %+v turns phone MFA on or off", s, r)
			case r.Methods.Empty():
				t.Errorf("%+v: %+v leaves the provider without a delivery method", s, r)
			case i > 0 && r.Change < ways[i-1].Change:
				t.Errorf("%+v: %+v comes after a larger change", s, r)
			case r.Change == 0, seen[sets]:
				t.Errorf("%+v: %+v changes nothing or is there twice", s, r)
			case !strings.HasSuffix(r.Sentence, ".") || strings.Contains(r.Sentence, "none"):
				t.Errorf("%+v: sentence %q", s, r.Sentence)
			}
			seen[sets] = true
		}
	}
}

func TestSetWords(t *testing.T) {
	t.Parallel()
	tests := []struct {
		set     compat.Factors
		words   string
		factors string
		methods string
	}{
		{none, "none", `[]`, `[]`},
		{sms, "SMS", `["sms"]`, `["text"]`},
		{voice, "Voice", `["voice"]`, `["voice"]`},
		{both, "SMS + Voice", `["sms","voice"]`, `["text","voice"]`},
	}
	for _, tt := range tests {
		m := methods(tt.set)
		if tt.set.String() != tt.words || m.String() != tt.words || compat.Supported(m) != tt.set {
			t.Errorf("%q and %q, want %q", tt.set, m, tt.words)
		}
		factors, err1 := json.Marshal(tt.set)
		methods, err2 := json.Marshal(m)
		if err1 != nil || err2 != nil || string(factors) != tt.factors || string(methods) != tt.methods {
			t.Errorf("JSON %s (%v), %s (%v); want %s, %s", factors, err1, methods, err2, tt.factors, tt.methods)
		}
		var back compat.Methods
		if err := json.Unmarshal(methods, &back); err != nil || back != m {
			t.Errorf("read back %s (%v), want %s", back, err, m)
		}
	}
}

func TestSetNames(t *testing.T) {
	t.Parallel()
	if compat.FactorSMS.Method() != compat.MethodText || compat.MethodText.Factor() != compat.FactorSMS ||
		compat.FactorVoice.Method() != compat.MethodVoice || compat.MethodVoice.Factor() != compat.FactorVoice {
		t.Error("sms is text, voice is voice")
	}
	got, err := compat.ParseFactors([]string{"voice", "whatsapp", "sms", "text"})
	if got != both || err == nil || err.Error() != `unknown message type "whatsapp", "text": known are sms, voice` {
		t.Errorf("%s, %v", got, err)
	}
	if _, err := compat.ParseMethods([]string{"sms"}); err == nil {
		t.Error("sms is no delivery method")
	}
	var set compat.Factors
	if err := json.Unmarshal([]byte(`["text"]`), &set); err == nil {
		t.Error("text is no factor")
	}
	if got := both.Without(compat.FactorSMS); got != voice || got.Has(compat.FactorSMS) || !got.Has(compat.FactorVoice) {
		t.Errorf("SMS + Voice without SMS is %s", got)
	}
}
