package wizard

import (
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Choices are the answers as the plan needs them. It may be called once the stages up to the review are passed.
func Choices(known Known, answers Answers) plan.Choices {
	return conversation{known: &known, answers: answers}.choices()
}

func (c conversation) choices() plan.Choices {
	chosen := plan.Choices{
		Environment: c.text(keyEnvironment), MFA: c.movesMFA(), Connections: map[string]plan.Choice{},
		Provider: c.text(keyProvider), Templates: c.chosenTemplates(),
		SetUpMFA: c.turnsMFAOn(), NewConnection: c.newConnection(), FlagFirst: c.known.FlagFirst || contains(c.list(keyAccept), plan.AcceptFlagFirst),
		Code: c.code(), Decided: c.settled(),
	}
	chosen.DeliveryMethods, chosen.MessageTypes = c.resolved()
	for _, s := range c.judged().SMS {
		switch c.text(keyConnection(s.ID)) {
		case move:
			chosen.Connections[s.ID] = plan.Choice{Move: true}
		case leave:
			chosen.Connections[s.ID] = plan.Choice{Why: "left out of the scope"}
		}
	}
	if chosen.Provider == tenant.KindCustom {
		chosen.Action = c.chosenAction()
	} else {
		chosen.Twilio = plan.Twilio{SID: c.trimmed(keySID), From: c.sender(), MessagingServiceSID: c.trimmed(keyMSSID)}
	}
	return chosen
}

func (c conversation) trimmed(key Key) string { return strings.TrimSpace(c.text(key)) }

// Secrets answers the secrets of a plan from the answers given.
func Secrets(answers Answers) func(name string) (string, bool) {
	return func(name string) (string, bool) {
		s, ok := answers[Key(name)].(Secret)
		return s.Reveal(), ok
	}
}
