package plan

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/tenant"
)

// unprovenBy says what the test message of a custom provider does not prove, in sentences, or "". An Action may send each message
// type and each connection by another way, and Auth0's test message is a verification code of no connection.
func (b *builder) unprovenBy(channel string) string {
	if b.choices.Provider != tenant.KindCustom {
		return ""
	}
	var codes []string
	if b.movesMFA() && slices.Contains(b.channelsOfMFA(), channel) {
		codes = append(codes, "enrolment codes of MFA")
	}
	if names := b.connectionsByAction(); channel == "text" && len(names) > 0 {
		codes = append(codes, "codes of "+strings.Join(names, ", "))
	}
	if len(codes) == 0 {
		return ""
	}
	return fmt.Sprintf(" "+ofNoConnection+" It does not prove %s: these are proven by the trial of the Action and "+
		"in rehearsal only.", strings.Join(codes, "; "))
}

// ofNoConnection begins what the test message of an Action does not prove.
const ofNoConnection = "It goes as a verification code of no connection."

// Unproven is what a test message does not prove, in sentences, or "".
func (s Step) Unproven() string {
	if i := strings.Index(s.Why, ofNoConnection); s.Kind == Test && i >= 0 {
		return s.Why[i:]
	}
	return ""
}

// connectionsByAction names the connections whose codes go through the Action once everything has moved.
func (b *builder) connectionsByAction() []string {
	var quoted []string
	for _, m := range b.summary.Moves {
		if m.ID != MoveMFA && m.ID != MoveProvider {
			quoted = append(quoted, fmt.Sprintf("the Passwordless connection %q", m.Name))
		}
	}
	for _, name := range b.judged.PhoneID {
		quoted = append(quoted, fmt.Sprintf("the connection %q (Phone as ID)", name))
	}
	if more := len(quoted) - mostNames; more > 1 {
		return append(quoted[:mostNames], fmt.Sprintf("%d more connections", more))
	}
	return quoted
}
