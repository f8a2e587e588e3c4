package tenant_test

import (
	"strings"
	"testing"

	"upe/flows/tenant"
)

func TestScrubHidesSecretsAndLeavesTextsReadable(t *testing.T) {
	t.Parallel()
	cases := []struct{ text, secret, want string }{
		{"token hunter2 is wrong", "hunter2", "token (secret) is wrong"},
		{"basic:hunter2;", "hunter2", "basic:(secret);"},
		{"xhunter2x", "hunter2", "x(secret)x"},
		{"token t is wrong", "t", "token (secret) is wrong"},
		{"'t'", "t", "'(secret)'"},
		{"t", "t", "(secret)"},
		{"tt t tt", "t", "tt (secret) tt"},
		{"ein Ä und ä", "ä", "ein Ä und (secret)"},
		{"nothing", "", "nothing"},
		{"\xff\xfe", "t", "\xff\xfe"},
	}
	for _, c := range cases {
		if got := tenant.Scrub(c.text, c.secret); got != c.want {
			t.Errorf("%q without %q: %q, want %q", c.text, c.secret, got, c.want)
		}
	}
}

func FuzzScrub(f *testing.F) {
	f.Add("token t is wrong", "t")
	f.Add("hunter2hunter2", "hunter2")
	f.Fuzz(func(t *testing.T, text, secret string) {
		if strings.Contains(text, tenant.Redacted) {
			return // one could not tell which of them was put there
		}
		got := tenant.Scrub(text, secret)
		if back := strings.ReplaceAll(got, tenant.Redacted, secret); back != text {
			t.Errorf("%q became %q: more than the secret %q was changed", text, got, secret)
		}
		if len(secret) >= 4 && strings.Contains(strings.ReplaceAll(got, tenant.Redacted, "\x00"), secret) && !strings.Contains(secret, "\x00") {
			t.Errorf("%q still holds %q", got, secret)
		}
	})
}
