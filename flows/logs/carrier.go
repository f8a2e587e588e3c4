package logs

import (
	"fmt"
	"regexp"
)

// twilioCode is where an error code of Twilio may stand in a text: five digits by themselves. A phone number has more.
var twilioCode = regexp.MustCompile(`\b\d{5}\b`)

// Carrier explains the first error of Twilio that a text names, in part of a sentence; "" where it names none that is known here.
//
// It explains the common ones of those that a code to a user's phone can meet, by Twilio's "Error and Warning Dictionary"
// (https://www.twilio.com/docs/api/errors), in words for somebody who has never seen it. They are named by their number as well:
// with it more can be read there. The text may be of another carrier that counts in the same way, so the words say whose they are.
func Carrier(text string) string {
	for _, code := range twilioCode.FindAllString(text, -1) {
		if means := twilioMeans(code); means != "" {
			return fmt.Sprintf("Twilio's error %s: %s", code, means)
		}
	}
	return ""
}

func twilioMeans(code string) string {
	for _, means := range []func(string) string{accountMeans, senderMeans, recipientMeans, carrierMeans, verifyMeans} {
		if words := means(code); words != "" {
			return words
		}
	}
	return ""
}

// accountMeans are the errors of an account.
func accountMeans(code string) string {
	switch code {
	case "20003":
		return "the Account SID and the AuthToken do not belong together, or the account is suspended"
	case "20429":
		return "too many requests at once; Twilio takes them again after a while"
	case "21608", "21219":
		return "a trial account sends only to numbers that were verified in the Twilio console"
	case "30001":
		return "more messages wait than the sender can send; they are lost, so send fewer at once or from more numbers"
	case "30002":
		return "the account was suspended; the Twilio console says why"
	}
	return ""
}

// senderMeans are the errors of what messages are sent from.
func senderMeans(code string) string {
	switch code {
	case "21212":
		return "the From is no number or sender ID that Twilio takes; compare it with the Twilio console"
	case "21606":
		return "the From number is not one of this account's that can send SMS"
	case "21703", "21704":
		return "the Messaging Service has no number to send from; add a sender to it in the Twilio console"
	case "21705":
		return "there is no Messaging Service with this SID in the account"
	case "30032":
		return "the toll-free number was not verified for SMS to the United States and Canada; submit its verification in the Twilio console, or send from another number"
	case "30034":
		return "the number is not registered for A2P 10DLC, which carriers in the United States ask for; register it in the Twilio console"
	}
	return ""
}

// recipientMeans are the errors of a number that is sent to.
func recipientMeans(code string) string {
	switch code {
	case "21211":
		return "the number that it went to is not valid; it takes E.164, a plus and the country's code in front"
	case "21215":
		return "calls to this country are not permitted; allow it in the Twilio console under Voice, Settings, Geo permissions"
	case "21408":
		return "SMS to this country are not permitted; allow it in the Twilio console under Messaging, Settings, Geo permissions"
	case "21610":
		return "whoever has this number answered STOP to this sender; only they can undo it, by answering START"
	case "21612":
		return "SMS from this sender do not reach this number's country or carrier; use another sender"
	case "21614":
		return "the number is not a mobile number, so SMS do not reach it; a call may"
	case "21617":
		return "the message has more than 1600 characters; shorten the template"
	}
	return ""
}

// carrierMeans are the errors that come back from the network.
func carrierMeans(code string) string {
	switch code {
	case "30003":
		return "the phone cannot be reached: it is switched off or out of reach, or does not receive SMS"
	case "30004":
		return "the message was blocked: the number, or its carrier, takes no messages from this sender"
	case "30005":
		return "the number is not known: it does not exist any more, or is not in use"
	case "30006":
		return "the number is a landline, or its carrier takes no SMS; a call may reach it"
	case "30007":
		return "the carrier filtered the message as unwanted; look at the wording and at the sender's registration"
	case "30008":
		return "the carrier did not deliver it and does not say why; send it again, and to a phone of another carrier"
	}
	return ""
}

// verifyMeans are the errors of Twilio Verify, which some Actions send with.
func verifyMeans(code string) string {
	switch code {
	case "60200":
		return "Twilio Verify refused a value of the request, often the number or the channel"
	case "60203":
		return "Twilio Verify sent this number as many codes as it allows; it takes the next after 10 minutes"
	case "60205":
		return "Twilio Verify sends no SMS to a landline; a call may reach it"
	case "60212":
		return "too many codes for this number at once; Twilio Verify takes the next after a while"
	case "60410":
		return "Twilio's Fraud Guard blocks codes to this range of numbers, which ends by itself within hours; the Twilio console can allow numbers that are users of yours"
	}
	return ""
}

// carrier explains what an entry says of the carrier: an error code has a field of its own, or stands in the text.
func (e Entry) carrier() string {
	for _, l := range e.leaves {
		if l.key == "errorCode" || l.key == "error_code" {
			if means := Carrier(l.text); means != "" {
				return means
			}
		}
	}
	return Carrier(e.problem())
}
