package translate

import "fmt"

// decisions are the questions that this code raises, with the answers that were given. What is no answer leaves its question open.
func (s *study) decisions(a answers, given map[string]string) []Decision {
	var asked []Decision
	ask := func(when bool, d Decision) {
		if !when {
			return
		}
		if d.has(given[d.ID]) {
			d.Answer = given[d.ID]
		}
		asked = append(asked, d)
	}
	ask(a.failure > 0, onErrorDecision(a))
	ask(true, nonCodeDecision(a))
	ask(a.text && a.mayCall(), voiceDecision(s.lineOfField("text")))
	ask(a.security, securityDecision(s.lineOfField("security_context")))
	ask(a.language, languageDecision(s.lineOfField("language")))
	return asked
}

func (d Decision) has(value string) bool {
	for _, c := range d.Choices {
		if c.Value == value {
			return true
		}
	}
	return false
}

// lineOfField is the first place where a field is read, or 0.
func (s *study) lineOfField(name string) int {
	if s.trace == nil {
		return 0
	}
	for _, list := range [][]use{s.trace.fields, s.trace.parts} {
		for _, u := range list {
			if u.name == name {
				return s.line(u.node)
			}
		}
	}
	return 0
}

func onErrorDecision(a answers) Decision {
	why := "Until now an error stopped the login, and the user was told. The new trigger reports nothing to the user: what an error means has to be said."
	if a.failingAt != "" {
		why += fmt.Sprintf(" The Action can fail at %s.", a.failingAt)
	}
	return Decision{
		ID: OnError, Line: a.failure, Title: "What should happen when the message could not be sent?", Why: why,
		Choices: []Choice{
			{Keep, "Leave the error as it is", "The code stays as it is. The error is in the tenant's logs; Auth0 does not document whether it tries again."},
			{Drop, "Give the message up", "api.notification.drop: Auth0 logs the reason and does not try again. The user asks for a new code."},
			{Retry, "Let Auth0 try again", "api.notification.retry: up to five more attempts in the next minutes. A carrier that took the message before the error gets it, and charges it, again."},
		},
	}
}

func nonCodeDecision(a answers) Decision {
	why := "Auth0 now sends notifications through the same Action that are no codes: a blocked account, a changed password, a breached password. The old trigger never saw them."
	deliver := "The users get them, as Auth0 words them."
	switch {
	case a.code:
		why += " This Action uses the code, which they do not have."
		deliver = "The Action is called for them with no code, and sends whatever it makes of that."
	case a.action:
		why += " This Action looks at the purpose, which they do not have."
		deliver = "The Action is called for them, and takes them for neither an enrolment nor a login."
	}
	return Decision{
		ID: NonCode, Title: "What should happen to notifications that are no codes?", Why: why,
		Choices: []Choice{
			{Deliver, "Deliver them too", deliver},
			{Drop, "Give them up", "api.notification.drop, with a reason in the tenant's logs: nobody is told by phone that the account was blocked or the password changed."},
		},
	}
}

func voiceDecision(line int) Decision {
	return Decision{
		ID: Voice, Line: line, Title: "Which wording should a call have?",
		Why: "The old event had one text. The new one has two: as_text, and as_voice with the digits spelt out one by one for reading aloud.",
		Choices: []Choice{
			{AsVoice, "The wording for calls", "When a call was asked for, the Action gets as_voice, otherwise as_text."},
			{AsText, "The same as for SMS", "The Action always gets as_text. A voice would read the code as one number."},
		},
	}
}

func securityDecision(line int) Decision {
	return Decision{
		ID: SecurityContext, Line: line, Title: "The code checks security_context, which is in the event no more. What should the check do?",
		Why: "The TLS fingerprints ja3 and ja4 have no counterpart in the new event. A check that refuses known bad ones finds none, and lets everyone through: it fails open.",
		Choices: []Choice{
			{Undefined, "Read it as undefined: the check fails open", "Whoever the check kept out gets codes from now on. Toll fraud has to be stopped elsewhere."},
			{Stop, "Send nothing until the check is replaced", "The Action throws before it does anything: no code is delivered with it."},
		},
	}
}

func languageDecision(line int) Decision {
	return Decision{
		ID: Language, Line: line, Title: "Which language does the Action mean?",
		Why: "The old event's language has two heirs: notification.locale, in which Auth0 rendered the message, and request.language, what the browser asked for.",
		Choices: []Choice{
			{Locale, "The language of Auth0's message", "notification.locale, such as en-US; the Action's words fit Auth0's."},
			{Request, "The language of the browser", "request.language, which may be a language that the tenant has no templates for, or missing."},
		},
	}
}
