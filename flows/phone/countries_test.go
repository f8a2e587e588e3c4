package phone

import (
	"strings"
	"testing"
)

// A number has one calling code at most: none is the start of another.
func TestCallingCodesAreUnambiguous(t *testing.T) {
	t.Parallel()
	var codes []string
	for line := range strings.Lines(callingCodes) {
		code, name, ok := strings.Cut(strings.TrimSpace(line), " ")
		if !ok || name == "" || !allDigits(code) || len(code) > 3 || code[0] == '0' {
			t.Errorf("malformed line %q", line)
		}
		for _, other := range codes {
			if strings.HasPrefix(code, other) {
				t.Errorf("%s starts with %s", code, other)
			}
		}
		codes = append(codes, code)
	}
	if len(codes) < 200 {
		t.Errorf("%d calling codes: the table is cut short", len(codes))
	}
}

// The trunk list names calling codes that exist, and none that keeps its 0.
func TestTrunkZero(t *testing.T) {
	t.Parallel()
	for code := range strings.FieldsSeq(trunkZero) {
		country, ok := countryOf(code)
		if !ok || country.Code != code || keepsZero(country) {
			t.Errorf("%s in the trunk list: %+v", code, country)
		}
	}
}
