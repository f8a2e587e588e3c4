package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/generate"
)

// secretPurposes say what each secret of the new Action is: its name alone would not tell where to find the value.
func (c conversation) secretPurposes(names []string) map[string]string {
	purposes := map[string]string{}
	for _, name := range names {
		if is := c.secretPurpose(name); is != "" {
			purposes[name] = is
		}
	}
	return purposes
}

// asPurpose is the same within a sentence, or "".
func (c conversation) asPurpose(name string) string {
	if is := c.secretPurpose(name); c.makes() && is != "" {
		return ", " + inLine(is)
	}
	return ""
}

// secretPurpose is what a secret of the new Action is today, or "". What is generated names its own; what is translated keeps the names
// that the old Action has.
func (c conversation) secretPurpose(name string) string {
	if old := c.oldAction(); old != nil && c.text(keySource) != sourceGateway && slices.Contains(c.sourceOf(*old).Secrets, name) {
		return fmt.Sprintf("the one of this name that the Action %q has", old.Name)
	}
	if c.text(keySource) == sourceTranslate {
		return ""
	}
	for _, p := range c.parts() {
		if _, ok := p.secrets[name]; !ok {
			continue
		}
		switch sender := p.sender.(type) {
		case generate.Twilio:
			return "the AuthToken of the Twilio account " + sender.SID
		case generate.Gateway:
			if strings.HasPrefix(name, "GATEWAY_URL") {
				return fmt.Sprintf("the address of the SMS gateway of the connection %q", p.name)
			}
			return fmt.Sprintf("what Auth0 signs its tokens for the SMS gateway of the connection %q with", p.name)
		}
	}
	return ""
}
