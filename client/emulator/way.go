package emulator

import (
	"fmt"
	"slices"
	"strings"
)

// way is how a letter travels: what carries it, and the wording it carries.
type way struct {
	via, account, from string
	wording            wording
	actions            []object // what runs, when via is an Action
	twilio             account  // what carries it, when via is a Twilio account
	gateway            object   // options of the connection, when via is its gateway
	problem            string   // why it arrives nowhere; empty when it travels
}

func stuck(format string, args ...any) way { return way{problem: fmt.Sprintf(format, args...)} }

// but is the same way with a problem on it.
func (w way) but(format string, args ...any) way {
	w.problem = fmt.Sprintf(format, args...)
	return w
}

// way decides how a letter travels in the tenant as it is. It is the answer to "a code sent now would go ...".
func (s *state) way(l letter) way {
	if l.test {
		return s.tenantWay(l)
	}
	switch l.flow {
	case FlowMFA:
		return s.mfaWay(l)
	case FlowPasswordless:
		return s.passwordlessWay(l)
	}
	return s.identifierWay(l)
}

func (s *state) mfaWay(l letter) way {
	switch {
	case l.kind != "otp_verify" && l.kind != "otp_enroll":
		return stuck("MFA sends codes to verify and to enroll, nothing else")
	case !s.Guardian.Factors["sms"]:
		return stuck("the phone factor is off")
	case !slices.Contains(s.Guardian.MessageTypes, l.channel):
		return stuck("%s is not among the MFA message types", l.channel)
	case s.world().mfa(s):
		return s.tenantWay(l)
	}
	w := s.legacyMFA(l)
	w.wording = s.guardianWording(l)
	return w
}

func (s *state) legacyMFA(l letter) way {
	twilio := s.Guardian.Twilio
	switch s.Guardian.SelectedProvider {
	case "twilio":
		return twilioWay(ViaLegacyTwilio, l.channel, account{
			twilio.str("sid"), twilio.str("auth_token"), twilio.str("from"), twilio.str("messaging_service_sid"),
		})
	case "phone-message-hook":
		w := way{via: ViaLegacyHook}
		for _, b := range s.Bindings[triggerHook] {
			if i := find(s.Actions, "id", b.str("action_id")); i >= 0 && s.Actions[i].has("deployed_version") {
				w.actions = append(w.actions, s.Actions[i])
			}
		}
		if hook := s.hook(); len(w.actions) == 0 && hook != nil {
			w.actions = []object{hook}
		}
		if len(w.actions) == 0 {
			return w.but("no deployed send-phone-message Action is bound")
		}
		return w
	}
	w := way{via: ViaLegacyAuth0, from: "Auth0"}
	if l.channel != "sms" {
		return w.but("Auth0's own sender has SMS only")
	}
	return w
}

func (s *state) passwordlessWay(l letter) way {
	switch {
	case l.connection == nil || l.connection.str("strategy") != strategySMS:
		return stuck("no such sms connection")
	case l.kind != "otp_verify":
		return stuck("Passwordless sends codes to verify, nothing else")
	case l.channel != "sms":
		return stuck("Passwordless has no voice")
	case s.world().passwordless(s, l.connection):
		return s.tenantWay(l)
	}
	options := l.connection.obj("options")
	w := way{via: ViaLegacyGateway, account: options.str("gateway_url"), from: options.str("from"), gateway: options}
	switch {
	case options.str("provider") != "sms_gateway":
		// The provider is often absent from connections with Twilio (recorded by Terraform's provider).
		w = twilioWay(ViaLegacyTwilio, l.channel, account{
			options.str("twilio_sid"), options.str("twilio_token"), options.str("from"), options.str("messaging_service_sid"),
		})
	case w.account == "":
		return w.but("the connection has no gateway_url")
	}
	w.wording = passwordlessWording(options)
	return w
}

// phoneIdentifier reports whether a database connection identifies users by their phone number.
func phoneIdentifier(c object) bool {
	return c.str("strategy") == "auth0" && c.obj("options").obj("attributes").obj("phone_number").obj("identifier").bool("active")
}

// identifierWay needs no flag: phone identifiers always went by the tenant provider.
func (s *state) identifierWay(l letter) way {
	if l.connection == nil || !phoneIdentifier(l.connection) {
		return stuck("no connection identifies users by phone number")
	}
	return s.tenantWay(l)
}

// tenantWay goes by the tenant's phone provider.
func (s *state) tenantWay(l letter) way {
	p, exists := s.provider()
	if !exists {
		return stuck("the tenant has no phone provider")
	}
	configuration := p.obj("configuration")
	w := way{via: ViaTenantCustom}
	if p.str("name") == kindTwilio {
		w = twilioWay(ViaTenantTwilio, l.channel, account{
			configuration.str("sid"), p.obj("credentials").str("auth_token"), configuration.str("default_from"), configuration.str("mssid"),
		})
	}
	words, t := s.phoneWording(l)
	// A Messaging Service chooses the sender itself.
	if from := t.obj("content").str("from"); from != "" && configuration.str("mssid") == "" {
		w.from = from
	}
	w.wording = words
	switch {
	case p.bool("disabled") && !l.test:
		return w.but("the phone provider is disabled")
	case !covers(configuration.strings("delivery_methods"), l.channel):
		return w.but("%s is not among the delivery methods of the phone provider", l.channel)
	case words.source == "":
		return w.but("there is no %s phone template", l.kind)
	case t.bool("disabled"):
		return w.but("the %s phone template is disabled", l.kind)
	case w.problem != "" || w.via == ViaTenantTwilio:
		return w
	}
	return s.customWay(w)
}

func (s *state) customWay(w way) way {
	a := s.deployedPhoneAction()
	if a == nil {
		return w.but("no custom-phone-provider Action is deployed")
	}
	bound := func(b object) bool { return b.str("action_id") == a.str("id") }
	if s.has(quirkBinding) && !slices.ContainsFunc(s.Bindings[triggerPhone], bound) {
		return w.but("the custom-phone-provider Action is not bound")
	}
	w.actions = []object{a}
	return w
}

// maxShortCode is how many digits a short code has at most. It carries texts only, as a name does.
const maxShortCode = 6

// calls reports whether a sender is a number, with or without its plus.
func calls(sender string) bool {
	number, plus := strings.CutPrefix(sender, "+")
	return strings.Trim(number, "0123456789") == "" && (plus || len(number) > maxShortCode)
}

// account is a Twilio account with what it sends by.
type account struct{ sid, token, from, service string }

// twilioWay is what Twilio needs to send. Calls need a number; a Messaging Service carries texts only, and chooses their sender.
func twilioWay(via, channel string, a account) way {
	w := way{via: via, account: a.sid, from: a.from, twilio: a}
	if channel == "sms" && a.service != "" {
		w.from = a.service
	}
	switch {
	case a.sid == "" || a.token == "":
		return w.but("Twilio's account SID or auth token is missing")
	case a.token == mask:
		return w.but("Twilio refuses the auth token")
	case w.from == "":
		return w.but("there is no sender for %s", channel)
	case channel == "voice" && !calls(w.from):
		return w.but("a call needs a phone number, and the sender is %q", w.from)
	}
	return w
}
