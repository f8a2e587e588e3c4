package phone_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/phone"
)

const hex32 = "0123456789abcdefABCDEF0123456789"

func TestCheckSIDs(t *testing.T) {
	t.Parallel()
	tests := []struct {
		check func(string) error
		s     string
		want  string // the defect, "" when sound
	}{
		{phone.CheckAccountSID, "AC" + hex32, ""},
		{phone.CheckAccountSID, "", "account SID is empty"},
		{phone.CheckAccountSID, " AC" + hex32, "account SID has white space around it"},
		{phone.CheckAccountSID, "AC" + hex32[1:], "account SID has 33 characters, not 34"},
		{phone.CheckAccountSID, "AC" + hex32 + "0", "account SID has 35 characters, not 34"},
		{phone.CheckAccountSID, "AC" + hex32[1:] + "O", `account SID has "O" at position 34, which is no hexadecimal digit`},
		{phone.CheckAccountSID, "AC\x1b" + hex32[1:], "account SID has the character U+001B at position 3, which is no hexadecimal digit"},
		{phone.CheckAccountSID, "ac" + hex32, "account SID does not begin with AC in capital letters"},
		{phone.CheckAccountSID, "MG" + hex32, "account SID does not begin with AC: it looks like a Messaging Service SID"},
		{phone.CheckAccountSID, "SK" + hex32, "account SID does not begin with AC: it looks like an API key SID"},
		{phone.CheckAccountSID, hex32, "account SID has 32 hexadecimal digits but no AC in front: it looks like an Auth Token"},
		{phone.CheckAccountSID, "sid1", "account SID does not begin with AC"},
		{phone.CheckAccountSID, "+1234567890", "account SID does not begin with AC"},
		{phone.CheckMessagingServiceSID, "MG" + hex32, ""},
		{phone.CheckMessagingServiceSID, "AC" + hex32, "Messaging Service SID does not begin with MG: it looks like the account SID"},
		{phone.CheckMessagingServiceSID, "AC12", "Messaging Service SID does not begin with MG"},
		{phone.CheckMessagingServiceSID, "M", "Messaging Service SID does not begin with MG"},
	}
	for _, tt := range tests {
		checkDefect(t, tt.check(tt.s), tt.want)
	}
}

func checkDefect(t *testing.T, err error, want string) {
	t.Helper()
	var e *phone.Error
	switch {
	case want == "" && err != nil:
		t.Errorf("unexpected error: %v", err)
	case want != "" && (!errors.As(err, &e) || e.What != want || e.Why == "" || e.Do == ""):
		t.Errorf("error %v, want %q", err, want)
	}
}

func TestCheckAuthToken(t *testing.T) {
	t.Parallel()
	tests := []struct{ token, want string }{
		{hex32, ""},
		{"x", ""},
		{strings.Repeat("é", phone.AuthTokenMax), ""},
		{strings.Repeat("é", phone.AuthTokenMax+1), "Auth Token has 256 characters"},
		{"", "Auth Token is empty"},
		{hex32 + "\n", "Auth Token has white space around it"},
		{"0123 4567", "Auth Token has white space or invisible characters in it"},
		{"0123\u200b4567", "Auth Token has white space or invisible characters in it"},
		{"0123\xff4567", "Auth Token has white space or invisible characters in it"},
		{"AC" + hex32, "Auth Token is an account SID"},
		{"MG" + hex32, "Auth Token is a Messaging Service SID"},
	}
	for _, tt := range tests {
		checkDefect(t, phone.CheckAuthToken(tt.token), tt.want)
	}
}

// Whatever is typed into a field for secrets or identifiers, no piece of 4
// characters of it comes back in an error.
func TestPropertyErrorsHoldNoValue(t *testing.T) {
	t.Parallel()
	checks := []func(string) error{
		phone.CheckAuthToken, phone.CheckAccountSID, phone.CheckMessagingServiceSID,
		func(s string) error { return phone.CheckSender(s, phone.ForText) },
		func(s string) error { return phone.CheckSender(s, phone.ForVoice) },
	}
	rapid.Check(t, func(t *rapid.T) {
		value := rapid.StringMatching(`[ ]?(AC|MG|\+)?[QXZ6-9]{12,300}[ ]?`).Draw(t, "value")
		for _, check := range checks {
			err := check(value)
			if err == nil {
				continue
			}
			for i := 0; i+4 <= len(value); i++ {
				if strings.Contains(err.Error(), value[i:i+4]) {
					t.Fatalf("%q is in the error %q", value[i:i+4], err)
				}
			}
		}
	})
}

func TestParseSender(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s    string
		use  phone.Use
		want string
		kind phone.SenderKind
	}{
		{"+1 415 555 0100", phone.ForText, "+14155550100", phone.SenderNumber},
		{"+1 415 555 0100", phone.ForVoice, "+14155550100", phone.SenderNumber},
		{"ACME", phone.ForText, "ACME", phone.SenderAlphanumeric},
		{" Acme & Co-1 ", phone.ForText, "Acme & Co-1", phone.SenderAlphanumeric},
		{"12345", phone.ForText, "12345", phone.SenderShortCode},
	}
	for _, tt := range tests {
		got, err := phone.ParseSender(tt.s, tt.use)
		if err != nil || got.String() != tt.want || got.Kind != tt.kind {
			t.Errorf("%q for %s: %q, a %s, %v; want %q, a %s", tt.s, tt.use, got, got.Kind, err, tt.want, tt.kind)
		}
		if len(got.String()) > phone.TemplateFromMax {
			t.Errorf("%q does not fit into a template", got)
		}
	}
}

func TestSenderErrors(t *testing.T) {
	t.Parallel()
	tests := []struct {
		s    string
		use  phone.Use
		want string
	}{
		{"", phone.ForText, "sender is empty"},
		{"admin@example.com", phone.ForText, "sender is an e-mail address"},
		{"ACME", phone.ForVoice, "sender has letters in it"},
		{"12345", phone.ForVoice, "phone number has no plus and country calling code"},
		{"1234567890", phone.ForText, "phone number has no plus and country calling code"},
		{"ACME Company", phone.ForText, "sender has 12 characters"},
		{"ACME!", phone.ForText, `sender has "!" at position 5`},
		{"ACMÉ", phone.ForText, "sender has the character U+00C9 at position 4"},
		{"AC" + hex32, phone.ForText, "sender is an account SID"},
		{"MG" + hex32, phone.ForText, "sender is a Messaging Service SID"},
	}
	for _, tt := range tests {
		checkDefect(t, phone.CheckSender(tt.s, tt.use), tt.want)
	}
	checkDefect(t, phone.CheckTemplateFrom("A sender for legacy"), "sender has 19 characters")
	checkDefect(t, phone.CheckTemplateFrom(""), "sender is empty")
	checkDefect(t, phone.CheckTemplateFrom("+1 (415) 555-0100"), "")
}
