package translate

import "slices"

// answers are the admin's decisions, with the careful reading of those that are open.
type answers struct {
	decided map[string]string
	types   []string // message types that MFA may send; nil when not known
	facts
}

// facts are what the answers depend on.
type facts struct {
	text, code, action, messageType bool   // the Action reads it
	refusesVoice                    bool   // leaves before it reads the text when a call is asked for
	security                        bool   // reads security_context
	language                        bool   // v1 and Hooks: reads language
	failure                         int    // line of the first place that can throw or reject; 0 when there is none
	failingAt                       string // what stands there
}

// nonCode is what happens to notifications without a code. Unless somebody decides, they are delivered when number and text are all
// that the Action needs, and otherwise given up: sending half of a message would be worse.
func (a answers) nonCode() string {
	if answer := a.decided[NonCode]; answer != "" {
		return answer
	}
	if a.code || a.action {
		return Drop
	}
	return Deliver
}

// asText reports whether calls are given the wording for a text.
func (a answers) asText() bool {
	onlySMS := slices.Equal(a.types, []string{"sms"}) && !a.messageType
	return onlySMS || a.refusesVoice || a.decided[Voice] == AsText
}

// mayCall reports whether the Action may send its text for a call.
func (a answers) mayCall() bool {
	return !a.refusesVoice && (a.types == nil || slices.Contains(a.types, "voice"))
}

func (a answers) onError() string { return a.decided[OnError] }

// wraps reports whether failures end in api.notification.
func (a answers) wraps() bool { return a.onError() == Drop || a.onError() == Retry }

func (a answers) stops() bool { return a.security && a.decided[SecurityContext] == Stop }

// purpose is an expression for the old action, given one for the notification. A notification that is no code never had one; it goes by its own name.
func (a answers) purpose(object string) string {
	if a.nonCode() == Deliver {
		return "{ otp_enroll: 'enrollment', otp_verify: 'second-factor-authentication' }[" + object + ".message_type] ?? " + object + ".message_type"
	}
	return object + ".message_type === 'otp_enroll' ? 'enrollment' : 'second-factor-authentication'"
}

// words is an expression for the old text.
func (a answers) words(object string) string {
	if a.asText() {
		return object + ".as_text"
	}
	return object + ".delivery_method === 'voice' ? " + object + ".as_voice : " + object + ".as_text"
}
