package phone

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// AuthTokenMax is the longest credentials.auth_token of a Twilio phone
// provider, in characters. (On an sms connection twilio_token may have 2048: a
// longer one cannot move.)
const AuthTokenMax = 255

const sidLength = 34 // two letters and 32 hexadecimal digits

// CheckAccountSID checks a Twilio account SID, ^AC[0-9a-fA-F]{32}$: the form
// Auth0 documents for sms connections and does not check on phone providers.
func CheckAccountSID(s string) error {
	return checkSID("account SID", "AC", "copy the account SID from the Twilio Console: AC and 32 hexadecimal digits", s)
}

// CheckMessagingServiceSID checks a Twilio Messaging Service SID,
// ^MG[0-9a-fA-F]{32}$.
func CheckMessagingServiceSID(s string) error {
	return checkSID("Messaging Service SID", "MG", "copy it from Messaging > Services in the Twilio Console: MG and 32 hexadecimal digits", s)
}

func checkSID(name, prefix, do, s string) error {
	why := fmt.Sprintf("it is %s and 32 hexadecimal digits, %d characters in all", prefix, sidLength)
	fail := func(format string, args ...any) error {
		return &Error{name + " " + fmt.Sprintf(format, args...), why, do}
	}
	at, r := position(strings.TrimPrefix(s, prefix), isHex)
	switch {
	case s == "":
		return fail("is empty")
	case strings.TrimSpace(s) != s:
		return fail("has white space around it")
	case len(s) == sidLength-2 && !strings.HasPrefix(s, prefix) && at == 0:
		return fail("has 32 hexadecimal digits but no %s in front: it looks like an Auth Token", prefix)
	case !strings.HasPrefix(s, prefix):
		return fail("does not begin with %s%s", prefix, whatBegins(s, prefix))
	case at > 0:
		return fail("has %s at position %d, which is no hexadecimal digit", charName(r), at+len(prefix))
	case len(s) != sidLength:
		return fail("has %s, not %d", characters(s), sidLength)
	}
	return nil
}

// whatBegins says what a value without the prefix may be, for values pasted
// into the wrong field.
func whatBegins(s, prefix string) string {
	kinds := map[string]string{
		"AC": "the account SID", "MG": "a Messaging Service SID", "SK": "an API key SID",
		"PN": "a phone number SID", "VA": "a Verify Service SID", "SM": "a message SID",
	}
	start := s[:min(2, len(s))]
	switch kind, ok := kinds[start]; {
	case ok && len(s) == sidLength:
		return ": it looks like " + kind
	case strings.EqualFold(start, prefix):
		return " in capital letters"
	}
	return ""
}

// CheckAuthToken checks a Twilio Auth Token: 1 to 255 characters, which is all
// that a phone provider asks of it, and no white space or SID pasted with it
// or in its place. The error never holds the token or a part of it.
func CheckAuthToken(s string) error {
	const (
		why = "it is the secret of the Twilio account, at most 255 characters"
		do  = "copy the Auth Token from the Twilio Console: Auth0 does not show it"
	)
	unprintable, _ := position(s, func(r rune) bool { return unicode.IsPrint(r) && r != ' ' })
	switch {
	case s == "":
		return &Error{"Auth Token is empty", why, do}
	case strings.TrimSpace(s) != s:
		return &Error{"Auth Token has white space around it", why, do}
	case !utf8.ValidString(s) || unprintable > 0:
		return &Error{"Auth Token has white space or invisible characters in it", why, do}
	case utf8.RuneCountInString(s) > AuthTokenMax:
		return &Error{"Auth Token has " + characters(s), why, do}
	case CheckAccountSID(s) == nil:
		return &Error{"Auth Token is an account SID", why, do}
	case CheckMessagingServiceSID(s) == nil:
		return &Error{"Auth Token is a Messaging Service SID", why, do}
	}
	return nil
}
