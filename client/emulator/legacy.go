package emulator

import "net/http"

// selectable are the legacy MFA providers.
var selectable = []string{"auth0", "twilio", "phone-message-hook"}

// legacyRefusal is the recorded answer of the legacy endpoints once the MFA side is unified (deploy-cli pull request #1429).
var legacyRefusal = fail(http.StatusForbidden, "legacy_mfa_phone_provider_not_allowed",
	"Insufficient privileges to use this deprecated feature. To handle Phone Provider/Templates refer to Tenant Phone Settings")

// legacy closes a handler once the tenant's MFA has left it, for reading as well.
func legacy(h handler) handler {
	return func(c *call) reply {
		if c.s.legacyClosed() {
			return legacyRefusal
		}
		return h(c)
	}
}

func getSelectedProvider(c *call) reply {
	return ok(map[string]string{"provider": c.s.Guardian.SelectedProvider})
}

func putSelectedProvider(c *call) reply {
	body, bad := c.object(shape{need: []string{"provider"}, keys: map[string]check{"provider": oneOf(selectable...)}})
	if bad != nil {
		return *bad
	}
	c.s.Guardian.SelectedProvider = body.str("provider")
	return ok(body)
}

// getTwilio answers {} when nothing was ever configured (recorded).
func getTwilio(c *call) reply { return ok(c.s.hide(c.s.Guardian.Twilio, "auth_token")) }

// putTwilio replaces everything: what is left out reads back as null, though the answer only echoes what was sent (recorded).
func putTwilio(c *call) reply {
	body, bad := c.object(shape{keys: map[string]check{
		"from": nullable(text(0, 64)), "messaging_service_sid": nullable(text(0, 1000)),
		"auth_token": nullable(text(0, 1000)), "sid": nullable(text(0, 1000)),
	}})
	if bad != nil {
		return *bad
	}
	null := encode(nil)
	c.s.Guardian.Twilio = object{"sid": null, "auth_token": null, "from": null, "messaging_service_sid": null}.merged(body)
	return ok(body)
}

// getGuardianTemplates answers without a body while nothing is customised (auth0-cli pull request #1646).
func getGuardianTemplates(c *call) reply {
	if len(c.s.Guardian.Templates) == 0 {
		return reply{status: http.StatusOK}
	}
	return ok(c.s.Guardian.Templates)
}

func putGuardianTemplates(c *call) reply {
	body, bad := c.object(shape{
		need: []string{"enrollment_message", "verification_message"},
		keys: map[string]check{"enrollment_message": text(0, 20000), "verification_message": text(0, 20000)},
	})
	if bad != nil {
		return *bad
	}
	c.s.Guardian.Templates = body
	return ok(body)
}

// mask is what a masked secret looks like.
const mask = "********"

// hide treats the secrets of o as the tenant's quirks say: in clear, masked, or not there.
func (s *state) hide(o object, secrets ...string) object {
	for _, key := range secrets {
		switch {
		case o.str(key) == "":
		case s.has(quirkAbsent):
			o = o.without(key)
		case s.has(quirkMasked):
			o = o.with(key, mask)
		}
	}
	return o
}
