package compat

// Erratum is a place in the documentation that is wrong, contradicts itself or
// misleads, outside the compatibility tables.
type Erratum struct {
	ID string `json:"id"`
	// Where is the place: a table, an example, a note.
	Where string `json:"where"`
	// Says is what stands there.
	Says string `json:"says"`
	// Truth is what holds, and what follows from the difference.
	Truth string `json:"truth"`
	// Basis is where the truth was read.
	Basis    string   `json:"basis"`
	Document Document `json:"document"`
}

// Bases of errata and of undocumented rows.
const (
	basisReference = "Auth0's event and API object references for both triggers"
	basisTypes     = "Auth0's published type definitions and sample events for both triggers"
	basisExample   = "the example on the same page"
	basisOpenAPI   = "Auth0's OpenAPI description of the Management API"
	basisTools     = "reports and changes in Auth0's own deployment tools"
)

// CustomProviderDocument is the page about configuring a custom phone provider.
func CustomProviderDocument() Document {
	return Document{
		Title: "Configure a Custom Phone Provider",
		Path:  "/docs/customize/phone-messages/configure-phone-messaging-providers/configure-a-custom-phone-provider",
	}
}

// EventErrata returns what is wrong in the documentation about translating a
// send-phone-message Action, beside the rows of [EventMapping] that carry an
// erratum of their own.
func EventErrata() []Erratum {
	mfa, passwordless, custom := MFADocument(), PasswordlessDocument(), CustomProviderDocument()
	return []Erratum{
		{
			"E1", "Core payload table", "message_type becomes notification.message_type, action becomes notification.delivery_method",
			"The two are swapped: message_type becomes notification.delivery_method, action becomes notification.message_type.",
			basisExample + "; " + basisReference, mfa,
		},
		{
			"E2", "Core payload table, note on values", "second-factor-authentication vs otp_enroll, verify vs otp_verify",
			"The pairs are crossed, and verify is no legacy value: second-factor-authentication is otp_verify, enrollment is otp_enroll.",
			basisExample + "; " + basisReference, mfa,
		},
		{
			"E3", "custom phone provider example", "action: 'second-factor-authenticator'",
			"The legacy value is second-factor-authentication; a service that compares the value breaks.",
			basisTypes, mfa,
		},
		{
			"E4", "custom phone provider example", "message_type: event.notification.delivery_method",
			"The value is now text where it was sms; a service that compares the value breaks. Map text back to sms.",
			basisTypes, mfa,
		},
		{
			"E5", "custom phone provider example", "text: event.notification.as_text, whatever the delivery method",
			"Voice needs notification.as_voice, as the table above the example says.",
			basisReference, mfa,
		},
		{
			"E6", "custom phone provider example", "a plain return for other message types and after an answer that is not 2xx",
			"The message is lost without a trace. Handle every message type, and drop or retry on a failure.",
			basisReference, mfa,
		},
		{
			"E7", "custom SMS gateway example", "case '<otp_verify>', a placeholder HTTP client, an open remark about sender, req: event.request || {}",
			"The case never matches: the value is otp_verify. sender is notification.from, event.request is always there and more than " +
				"the ip and user-agent the gateway got, and the gateway's token is not sent.",
			basisTypes, passwordless,
		},
		{
			"E8", "Tenant, Application and User data tables", "tenant.id becomes tenant, user.login_count is new, user.identities is removed, user.multifactor is unchanged",
			"The column describes the Liquid context of phone templates, not the Action's event. In the event tenant.id stays, " +
				"identities is there (optional), login_count is not, method is required, multifactor is not declared.",
			basisReference + "; that the column means Liquid is inferred", mfa,
		},
		{
			"E9", "Configure a custom provider", "Actions can support more than one trigger",
			"An Action targets a single trigger.",
			basisOpenAPI, mfa,
		},
		{
			"E10", "Configure a custom provider", "links to the event object pages under customize/actions/explore-triggers",
			"The reference pages have moved to the Actions reference.",
			"Auth0's documentation repository", mfa,
		},
		{
			"E11", "custom provider sample", "event.secret.SERVICE_URL, and fetch without a look at the status",
			"It is event.secrets; and fetch does not fail on an answer that is not 2xx.",
			basisReference, custom,
		},
		{
			"E12", "custom phone provider example", "const { fetch } = require('undici')",
			"undici has to be added as a dependency; the node22 runtime has fetch without it.",
			"Auth0's custom phone provider samples", mfa,
		},
	}
}
