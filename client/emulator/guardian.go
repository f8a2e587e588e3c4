package emulator

import (
	"net/http"
	"slices"
)

// listFactors answers the factors in the recorded order. The phone factor is named sms, also when it means voice.
func listFactors(c *call) reply {
	list := make([]map[string]any, len(factorNames))
	for i, name := range factorNames {
		list[i] = map[string]any{"name": name, "enabled": c.s.Guardian.Factors[name], "trial_expired": false}
	}
	return ok(list)
}

// putFactor takes enabled and nothing else: message types and provider have their own endpoints (auth0/agent-skills #212).
func putFactor(c *call) reply {
	name := c.arg(0)
	if !slices.Contains(factorNames, name) {
		return fail(http.StatusBadRequest, "invalid_uri", "Path validation error: 'No enum match for: %s' on property name.", name)
	}
	body, bad := c.object(shape{need: []string{"enabled"}, keys: map[string]check{"enabled": boolean}})
	if bad != nil {
		return *bad
	}
	c.s.Guardian.Factors = under(c.s.Guardian.Factors, map[string]bool{name: body.bool("enabled")})
	return ok(body)
}

func getMessageTypes(c *call) reply {
	return ok(map[string]any{"message_types": c.s.Guardian.MessageTypes})
}

// putMessageTypes replaces the list. Once MFA goes by the tenant provider, its delivery methods have to carry it. A tenant
// that is unified without a provider is not refused: Terraform's provider recorded 200 with the flag on.
func putMessageTypes(c *call) reply {
	body, bad := c.object(shape{need: []string{"message_types"}, keys: map[string]check{
		"message_types": list(0, oneOf("sms", "voice")),
	}})
	if bad != nil {
		return *bad
	}
	types := orEmpty(body.strings("message_types"))
	switch p, exists := c.s.provider(); {
	case c.s.has(quirkFactorFirst) && !c.s.Guardian.Factors["sms"]:
		return fail(http.StatusNotFound, "", "phone factor does not exist")
	case c.s.has(quirkNoVoice) && slices.Contains(types, "voice"):
		return fail(http.StatusForbidden, "voice_mfa_not_allowed", "Insufficient privileges to use voice MFA.")
	case exists && c.s.world().mfa(c.s):
		if bad := unsupported(types, p); bad != nil {
			return *bad
		}
	}
	c.s.Guardian.MessageTypes = types
	return ok(body)
}

func getPolicies(c *call) reply { return ok(c.s.Guardian.Policies) }

// putPolicies replaces the list; an empty one means never.
func putPolicies(c *call) reply {
	raw, bad := c.read(list(0, oneOf("all-applications", "confidence-score")))
	if bad != nil {
		return *bad
	}
	c.s.Guardian.Policies = orEmpty(decode[[]string](raw))
	return ok(raw)
}
