package testdata

// scenario is one tenant by name, with what `upe check --demo --scenario all` says of it.
type scenario struct{ name, title string }

// index lists every tenant, from the simple to the hard. A file without an entry, or an entry without its files, fails a test.
func index() []scenario {
	return []scenario{
		// One flow, one carrier.
		{"mfa-twilio", "MFA by SMS over Twilio"},
		{"mfa-twilio-voice", "MFA by SMS and voice over Twilio, with a Messaging Service and a forgotten provider"},
		{"mfa-action", "MFA by an Action that posts to a gateway"},
		{"passwordless-twilio", "Passwordless over Twilio"},
		{"passwordless-gateway", "Passwordless over an SMS gateway that checks a JWT"},
		{"passwordless-gateway-string", "Passwordless over an SMS gateway, forward_req_info written as a string"},
		{"gateway-jwt", "Passwordless over an SMS gateway, the key of its JWT in base64"},
		{"gateway-req-info", "Passwordless over an SMS gateway that is told who asked"},
		{"mfa-voice", "MFA by voice only, over Twilio"},
		{"mfa-auth0-sender", "MFA by Auth0's own sender, which has no successor"},

		// Two flows, and who carries them.
		{"same-twilio", "MFA and Passwordless with one Twilio account and one number"},
		{"same-account-other-sender", "One Twilio account, two numbers"},
		{"same-account-messaging-service", "One Twilio account: MFA by number, Passwordless by Messaging Service"},
		{"different-accounts", "MFA and Passwordless with different Twilio accounts"},
		{"different-carriers", "MFA over Twilio, Passwordless over a gateway: only an Action can carry both"},
		{"two-carriers-gateway-action", "MFA by an Action, Passwordless over a gateway: one Action has to carry both"},
		{"passwordless-several", "Three Passwordless connections: two Twilio numbers and a gateway"},
		{"mfa-off", "MFA configured but off, Passwordless in use"},

		// Actions.
		{"mfa-action-voice", "MFA by SMS and voice through an Action"},
		{"mfa-action-voice-only", "MFA by voice only, through an Action"},
		{"mfa-action-v1", "MFA by an Action of the trigger's first version"},
		{"mfa-several-actions", "Two Actions bound for MFA, one of which only writes a log"},
		{"mfa-hook-without-action", "MFA set to a hook, and no Action bound"},
		{"mfa-action-shared", "The bound Action serves another trigger too"},
		{"custom-action-stub", "The Dashboard left an empty custom-phone-provider Action behind"},
		{"custom-action-undeployed", "A custom-phone-provider Action with undeployed changes"},
		{"custom-actions-several", "Two custom-phone-provider Actions from before there could be one only"},
		{"actions-at-limit", "100 Actions: no further one can be made"},

		// Providers that are there already.
		{"provider-disabled", "A disabled Twilio provider of the same account"},
		{"provider-other-kind", "A disabled custom provider, while MFA sends over Twilio"},
		{"provider-narrower", "An unused provider for text, while MFA uses SMS and voice"},
		{"half-provider-only", "Half migrated: the provider is made, nothing sends through it"},
		{"half-connection-left", "Half migrated: MFA has moved, the connection has not"},
		{"half-live-gateway", "Half migrated: MFA on the live Twilio provider, a gateway to come"},
		{"mixed-on-purpose", "Mixed on purpose: the gateway connection stays"},
		{"phone-id", "Phone as ID only"},
		{"phone-id-beside-mfa", "Phone as ID on the live provider, MFA still legacy"},

		// Nothing to move, or nothing that may be moved yet.
		{"nothing", "Nothing configured: set up from scratch"},
		{"migrated", "Everything has moved"},
		{"forced-unified", "Made unified by Auth0; the flag does not show"},
		{"rule-violated", "Unified, and the provider does not deliver voice, which MFA uses"},
		{"flag-on-no-provider", "The flag is on and there is no provider: codes may be failing"},
		{"flag-before-provider", "No provider can be made before the flag is on: a gap, accepted"},
		{"flag-on-provider-disabled", "The flag is on and the provider is disabled: codes may be failing"},

		// Wordings.
		{"templates-voice", "A wording with a branch for voice, a custom domain and pauses"},
		{"templates-macros", "Macros in Passwordless, another wording in MFA: one template for both"},
		{"templates-lang", "An MFA wording in two languages, by requestInfo.lang"},
		{"templates-request-language", "A Passwordless wording in three languages, by request_language"},
		{"templates-sender", "Sender names, one too long for a template"},
		{"phone-templates-customised", "Phone templates that were customised before"},

		// What a token or a tenant may not do, and what is hard to read.
		{"voice-not-allowed", "A tenant that may not use voice"},
		{"token-without-options", "A token that may not read connection options"},
		{"token-read-only", "A token that may only read"},
		{"token-without-logs", "A token that may not read logs"},
		{"secrets-absent", "Auth0 leaves stored secrets out: they are asked for"},
		{"secrets-masked", "Auth0 masks stored secrets: they are asked for"},
		{"many", "1,200 connections and 150 Actions"},
		{"hostile", "Every name an attack on the terminal"},
	}
}
