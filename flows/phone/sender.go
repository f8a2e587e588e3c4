package phone

import (
	"fmt"
	"strings"
)

// Lengths of a sender, in characters.
const (
	TemplateFromMax   = 16 // content.from of a phone template
	alphanumericIDMax = 11 // a name in place of a number (GSM 03.40)
	shortCodeMin      = 3
	shortCodeMax      = 6
)

// Use says what a sender sends.
type Use string

// The uses of a sender: the delivery methods of a phone provider.
const (
	ForText  Use = "text"
	ForVoice Use = "voice" // a call needs a phone number
)

// SenderKind is the kind of a [Sender].
type SenderKind string

// The kinds of sender. Auth0 takes any of them in default_from and hands it on
// to the carrier.
const (
	SenderNumber       SenderKind = "number"       // an E.164 phone number
	SenderShortCode    SenderKind = "short code"   // 3 to 6 digits, one country, text only
	SenderAlphanumeric SenderKind = "alphanumeric" // a name, text only, one-way, not in every country
)

// Sender is what a message says it is from.
type Sender struct {
	Kind  SenderKind
	value string
}

// String returns the canonical form, the one to send to Auth0.
func (s Sender) String() string { return s.value }

// ParseSender reads a sender: an E.164 phone number, and for text also an
// alphanumeric sender ID (at most 11 letters, digits, spaces or & + - _, at
// least one letter) or a short code.
//
// Auth0 accepts nearly anything as default_from: "1234567890" without a plus
// and an e-mail address were both stored. The carrier refuses them later, when
// a user waits for a code; so they are refused here.
func ParseSender(s string, use Use) (Sender, error) {
	trimmed := strings.TrimSpace(s)
	hasLetter := strings.ContainsFunc(trimmed, isLetter)
	switch {
	case trimmed == "":
		return Sender{}, senderError(use, "is empty", "messages have to come from somewhere")
	case strings.Contains(trimmed, "@"):
		return Sender{}, senderError(use, "is an e-mail address", "carriers send from a number or a sender ID")
	case hasLetter && use == ForVoice:
		return Sender{}, senderError(use, "has letters in it", "a call can only come from a phone number")
	case hasLetter:
		return parseAlphanumeric(trimmed, use)
	case use == ForText && allDigits(trimmed) && len(trimmed) >= shortCodeMin && len(trimmed) <= shortCodeMax:
		return Sender{SenderShortCode, trimmed}, nil
	}
	n, err := ParseE164(trimmed)
	if err != nil {
		return Sender{}, fmt.Errorf("sender: %w", err)
	}
	return Sender{SenderNumber, n.String()}, nil
}

// CheckSender is [ParseSender] for callers that need only the error.
func CheckSender(s string, use Use) error {
	_, err := ParseSender(s, use)
	return err
}

// CheckTemplateFrom checks content.from of a phone template: a sender of text.
// Auth0 takes 1 to 16 characters, and the canonical form of every sender fits;
// the legacy settings took more (64 for MFA, 128 on an sms connection). A
// template without a sender of its own leaves the key out: an empty one is
// refused.
func CheckTemplateFrom(s string) error { return CheckSender(s, ForText) }

func parseAlphanumeric(s string, use Use) (Sender, error) {
	at, r := position(s, func(r rune) bool { return isLetter(r) || isDigit(r) || strings.ContainsRune(" &+-_", r) })
	switch {
	case strings.HasPrefix(s, "AC") && CheckAccountSID(s) == nil:
		return Sender{}, senderError(use, "is an account SID", "the account has its own field")
	case strings.HasPrefix(s, "MG") && CheckMessagingServiceSID(s) == nil:
		return Sender{}, senderError(use, "is a Messaging Service SID", "the Messaging Service has its own field")
	case at > 0:
		return Sender{}, senderError(use, fmt.Sprintf("has %s at position %d", charName(r), at),
			"a sender ID is made of letters A to Z, digits, spaces and & + - _")
	case len(s) > alphanumericIDMax:
		return Sender{}, senderError(use, "has "+characters(s), "a sender ID with letters has 11 at most")
	}
	return Sender{SenderAlphanumeric, s}, nil
}

func senderError(use Use, defect, why string) error {
	do := "write a phone number with its country calling code, for example " + exampleNumber
	if use != ForVoice {
		do += ", or a sender ID such as ACME"
	}
	return &Error{"sender " + defect, why, do}
}
