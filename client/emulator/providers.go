package emulator

import (
	"net/http"
	"slices"
)

// providerConfiguration is the union of what the kinds may have: a custom provider that still carries Twilio's keys was
// accepted and echoed (recorded by Terraform's provider).
var providerConfiguration = shape{need: []string{"delivery_methods"}, keys: map[string]check{
	"sid": text(0, 1<<16), "default_from": text(0, 1<<16), "mssid": text(0, 1<<16), "delivery_methods": list(1, oneOf("text", "voice")),
}}

var providerKeys = map[string]check{
	"name": oneOf(kindTwilio, kindCustom), "disabled": boolean, "configuration": providerConfiguration.check,
	"credentials": shape{keys: map[string]check{"auth_token": text(1, 255)}}.check,
}

// providerView is how a list shows a provider: credentials are null there, and absent everywhere else (recorded).
func providerView(p object) object { return p.without("credentials") }

func listProviders(c *call) reply {
	list := []object{}
	for _, p := range c.s.Providers {
		if c.wantsDisabled(p) {
			list = append(list, p.with("credentials", nil))
		}
	}
	return ok(map[string]any{"providers": list})
}

// wantsDisabled applies the query parameter disabled.
func (c *call) wantsDisabled(o object) bool {
	return !c.query.Has("disabled") || c.flag("disabled") == o.bool("disabled")
}

func getProvider(c *call) reply {
	i := find(c.s.Providers, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	return ok(providerView(c.s.Providers[i]))
}

func createProvider(c *call) reply {
	body, bad := c.object(shape{open: true, need: []string{"name", "credentials"}, keys: providerKeys})
	if bad != nil {
		return *bad
	}
	if c.s.world().providerAfterFlag && !byFlag(c.s) {
		return fail(http.StatusForbidden, "", "The unified phone experience is not enabled for this tenant")
	}
	// The message is ours: the API description only calls it "Custom phone provider conflict".
	if _, exists := c.s.provider(); exists && !c.s.has(quirkSecondProvider) {
		return fail(http.StatusConflict, "", "A phone provider is already configured")
	}
	stamp := millis(c.now)
	p := object{
		"tenant": encode(c.s.Domain), "channel": encode("phone"), "disabled": encode(false), "configuration": encode(object{}),
		"created_at": encode(stamp), "updated_at": encode(stamp),
	}
	p = p.merged(only(body, "name", "disabled", "configuration", "credentials"))
	if bad := c.badProvider(p); bad != nil {
		return *bad
	}
	p = p.with("id", c.newID(KindProvider))
	c.s.Providers = added(c.s.Providers, p)
	return created(providerView(p))
}

// patchProvider replaces configuration and credentials whole, and may change the kind in place (recorded).
func patchProvider(c *call) reply {
	i := find(c.s.Providers, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	body, bad := c.object(shape{keys: providerKeys})
	if bad != nil {
		return *bad
	}
	if len(body) == 0 {
		return invalidBody("Too few properties defined (0), minimum 1")
	}
	p := c.s.Providers[i].merged(body).with("updated_at", millis(c.now))
	if bad := c.badProvider(p); bad != nil {
		return *bad
	}
	if bad := c.uncovered(p); bad != nil {
		return *bad
	}
	c.s.Providers = replaced(c.s.Providers, i, p)
	return ok(providerView(p))
}

// badProvider is what Auth0 finds wrong with a whole provider. It looks no further than this: "sid1" passes for a Twilio SID.
func (c *call) badProvider(p object) *reply {
	configuration := p.obj("configuration")
	from, service := configuration.str("default_from"), configuration.str("mssid")
	switch {
	case p.str("name") == kindCustom && c.s.deployedPhoneAction() == nil:
		// The documentation spells the code with "email"; see the fact sheet.
		return refuse(fail(http.StatusConflict, "custom_phone_provider_deployed_action_not_found", "No deployed action was found"))
	case p.str("name") == kindCustom:
		return nil
	case configuration.str("sid") == "" || p.obj("credentials").str("auth_token") == "" || from == "" && service == "":
		return &badNotification
	case from != "" && service != "" && c.s.has(quirkOneSender):
		return &badNotification
	}
	return nil
}

// uncovered refuses, in a tenant with that quirk, delivery methods that no longer carry the MFA message types.
func (c *call) uncovered(p object) *reply {
	if !c.s.has(quirkShrink) || !c.s.world().mfa(c.s) {
		return nil
	}
	return unsupported(c.s.Guardian.MessageTypes, p)
}

// unsupported is the documented 409, when some message type is not among the delivery methods. Its body was never recorded;
// the sentence is the title on Auth0's Terraform page.
func unsupported(types []string, p object) *reply {
	methods := p.obj("configuration").strings("delivery_methods")
	if !slices.ContainsFunc(types, func(m string) bool { return !covers(methods, m) }) {
		return nil
	}
	return refuse(fail(http.StatusConflict, "message_type_not_supported", "Message Type is not supported by the configured phone provider"))
}

func deleteProvider(c *call) reply {
	i := find(c.s.Providers, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	c.s.Providers = removed(c.s.Providers, i)
	return noContent
}

var tryKeys = map[string]check{"to": text(1, 16), "delivery_method": oneOf("text", "voice")}

// tryProvider accepts a test message. 202 proves acceptance only: what becomes of it is on the handset and in the logs.
func tryProvider(c *call) reply {
	i := find(c.s.Providers, "id", c.arg(0))
	if i < 0 {
		return notificationNotFound
	}
	body, bad := c.object(shape{need: []string{"to"}, keys: tryKeys})
	if bad != nil {
		return *bad
	}
	return c.try(c.s.Providers[i], "otp_verify", body)
}

// try posts a test message by the tenant provider, whatever the routes of the tenant are.
func (c *call) try(p object, kind string, body object) reply {
	switch to := body.str("to"); {
	case !dialable(to):
		return fail(http.StatusBadRequest, "invalid_phone_number", "Invalid phone number: %s", to)
	case c.s.has(quirkTryFlag) && !byFlag(c.s):
		return fail(http.StatusForbidden, "", "The unified phone experience is not enabled for this tenant")
	case c.s.has(quirkTryEnabled) && p.bool("disabled"):
		return badNotification
	}
	channel := "sms"
	if body.str("delivery_method") == "voice" {
		channel = "voice"
	}
	c.letters = append(c.letters, letter{
		test: true, kind: kind, channel: channel, to: body.str("to"), code: c.newID(KindCode), at: c.now,
	})
	return reply{http.StatusAccepted, map[string]any{"code": http.StatusAccepted, "message": "Test notification successfully sent for processing"}}
}

// dialable is all that a try looks at: digits, and a plus before them that may be missing (recorded).
func dialable(to string) bool {
	n := onlyDigits(to)
	return len(n) >= 7 && (to == n || to == "+"+n)
}

// only keeps the named keys of o.
func only(o object, keys ...string) object {
	out := object{}
	for _, key := range keys {
		if raw, found := o[key]; found {
			out[key] = raw
		}
	}
	return out
}
