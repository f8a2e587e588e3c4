package compat

// Fate says what becomes of a Management API endpoint under the Unified Phone
// Experience.
type Fate string

// The fates of an endpoint.
const (
	// Stops answers 403, errorCode legacy_mfa_phone_provider_not_allowed, once
	// the legacy MFA provider is off. Reads too: snapshot before the switch.
	Stops Fate = "stops"
	// Keeps goes on working.
	Keeps Fate = "keeps"
	// Replaces takes the place of a legacy endpoint.
	Replaces Fate = "replaces"
)

// Endpoint is a Management API operation the migration touches.
type Endpoint struct {
	Method string `json:"method"`
	// Path is the path below /api/v2.
	Path string `json:"path"`
	// DocID is the last part of the operation's page in Auth0's API
	// documentation; "" where the migration page has no link.
	DocID string `json:"doc_id,omitempty"`
	Scope string `json:"scope"`
	Fate  Fate   `json:"fate"`
	// Replacement is what to call instead; "" where nothing has to change.
	Replacement string `json:"replacement,omitempty"`
	Note        string `json:"note,omitempty"`
	// Documented is what the migration page says: the fate, with the words of
	// the link; "" when it does not mention the operation.
	Documented string `json:"documented,omitempty"`
	Erratum    string `json:"erratum,omitempty"`
}

// From is the operation, "GET /guardian/factors/phone/templates".
func (e Endpoint) From() string { return e.Method + " " + e.Path }

// Endpoints returns the legacy endpoints and their replacements: the ones that
// stop, the ones that keep working, the ones to use instead. Every operation
// of the documented lists is in it.
func Endpoints() []Endpoint {
	return append(append(stopping(), keeping()...), replacing()...)
}

const (
	readFactors   = "read:guardian_factors"
	updateFactors = "update:guardian_factors"

	newProviders     = "GET /branding/phone/providers, GET /branding/phone/providers/{id}"
	newProviderWrite = "POST /branding/phone/providers, PATCH /branding/phone/providers/{id}"
	newTemplates     = "GET /branding/phone/templates, GET /branding/phone/templates/{id}"
	newTemplateWrite = "POST /branding/phone/templates, PATCH /branding/phone/templates/{id}"

	erratumSelected = "Stands in the list that keeps working too. It stops: Auth0's deployment tools got 403 and skip it."
)

func stopping() []Endpoint {
	row := func(method, path, docID, replacement, note, words, erratum string) Endpoint {
		scope := readFactors
		if method == "PUT" {
			scope = updateFactors
		}
		return Endpoint{method, "/guardian/factors/" + path, docID, scope, Stops, replacement, note, "stops: " + words, erratum}
	}
	return []Endpoint{
		row("GET", "phone/providers/twilio", "get-phone-twilio-factor-provider", newProviders, "", "Get Twilio configuration", ""),
		row("GET", "sms/providers/twilio", "get-sms-twilio-factor-provider", newProviders, "", "Get Twilio SMS configuration", ""),
		row("GET", "phone/selected-provider", "get-guardian-phone-providers", newProviders, "read name and disabled",
			"Get phone provider configuration; keeps: Get phone provider configuration", erratumSelected),
		row("GET", "sms/selected-provider", "get-sms-providers", newProviders, "read name and disabled", "Get phone provider SMS configuration", ""),
		row("PUT", "phone/providers/twilio", "put-twilio", newProviderWrite, "", "Update Twilio configuration", ""),
		row("PUT", "sms/providers/twilio", "put-sms-twilio-factor-provider", newProviderWrite, "", "Update Twilio SMS configuration", ""),
		row("PUT", "phone/selected-provider", "put-phone-providers", "PATCH /branding/phone/providers/{id}", "write name",
			"Update phone provider configuration; keeps: Update phone provider configuration", erratumSelected),
		row("PUT", "sms/selected-provider", "put-sms-providers", "PATCH /branding/phone/providers/{id}", "write name", "Update SMS configuration", ""),
		row("GET", "phone/templates", "get-factor-phone-templates", newTemplates, "", "Get enrollment and verification phone templates", ""),
		row("GET", "sms/templates", "get-factor-sms-templates", newTemplates, "", "Get SMS enrollment and verification templates", ""),
		row("PUT", "phone/templates", "put-factor-phone-templates", newTemplateWrite, "", "Update enrollment and verification phone templates", ""),
		row("PUT", "sms/templates", "put-factor-sms-templates", newTemplateWrite, "", "Update SMS enrollment and verification templates", ""),
	}
}

func keeping() []Endpoint {
	const unlisted = "The list of endpoints that keep working lacks it."
	return []Endpoint{
		{"GET", "/guardian/factors/phone/message-types", "get-message-types", readFactors, Keeps, "", "", "keeps: Get enabled phone factors", ""},
		{
			"PUT", "/guardian/factors/phone/message-types", "put-message-types", updateFactors, Keeps, "",
			"409 when the provider does not deliver a message type", "keeps: Update enabled phone factors", "",
		},
		{"GET", "/guardian/factors", "", readFactors, Keeps, "", "", "", unlisted},
		{"PUT", "/guardian/factors/sms", "", updateFactors, Keeps, "", "body {enabled} alone", "", unlisted},
	}
}

func replacing() []Endpoint {
	const (
		provider  = "/branding/phone/providers"
		template  = "/branding/phone/templates"
		unlisted  = "The list of replacements lacks it."
		wrongLink = "Linked to delete-phone-provider, which deletes the provider. The operation is DELETE /branding/phone/templates/{id}."
	)
	row := func(method, path, docID, scope, words, erratum string) Endpoint {
		if words != "" {
			words = "replaces: " + words
		}
		return Endpoint{Method: method, Path: path, DocID: docID, Scope: scope, Fate: Replaces, Documented: words, Erratum: erratum}
	}
	return []Endpoint{
		row("GET", provider, "get-branding-phone-providers", "read:phone_providers", "Get the phone providers set for a tenant", ""),
		row("GET", provider+"/{id}", "get-phone-provider", "read:phone_providers", "Get the phone provider", ""),
		row("PATCH", provider+"/{id}", "update-phone-provider", "update:phone_providers", "Update the phone provider", ""),
		row("POST", provider, "create-phone-provider", "create:phone_providers", "Configure the phone provider", ""),
		row("GET", template, "get-phone-templates", "read:phone_templates", "Get list of phone notification templates", ""),
		row("GET", template+"/{id}", "get-phone-template", "read:phone_templates", "Get a phone notification template", ""),
		row("PATCH", template+"/{id}", "update-phone-template", "update:phone_templates", "Update a phone notification template", ""),
		row("POST", template, "create-phone-template", "create:phone_templates", "Create a phone notification template", ""),
		row("DELETE", template+"/{id}", "delete-phone-template", "delete:phone_templates", "Delete a phone template", wrongLink),
		row("DELETE", provider+"/{id}", "delete-phone-provider", "delete:phone_providers", "Delete a phone provider", ""),
		row("POST", provider+"/{id}/try", "", "create:phone_providers", "", unlisted),
		row("POST", template+"/{id}/try", "", "create:phone_templates", "", unlisted),
		row("PATCH", template+"/{id}/reset", "", "update:phone_templates", "", unlisted),
	}
}

// EndpointErrata returns what is wrong in the documentation about the legacy
// endpoints as a whole, beside the rows of [Endpoints] that carry an erratum
// of their own.
func EndpointErrata() []Erratum {
	mfa, passwordless := MFADocument(), PasswordlessDocument()
	return []Erratum{
		{
			"G1", "lists of endpoints", "GET and PUT /guardian/factors/phone/selected-provider stop working, and keep working",
			"They stop: 403 legacy_mfa_phone_provider_not_allowed.", basisTools, mfa,
		},
		{
			"G2", "list of replacements", "Delete a phone template, linked to delete-phone-provider",
			"DELETE /branding/phone/templates/{id}. The link leads to deleting the provider.", basisOpenAPI, mfa,
		},
		{
			"G3", "list of replacements", "ten operations",
			"Missing: try of providers and templates, reset of templates; and among those that keep working PUT /guardian/factors/sms and GET /guardian/factors.",
			basisOpenAPI, mfa,
		},
		{
			"G4", "heading and lead-in", "Send-phone-message Guardian endpoints, for push notifications and one-time passwords",
			"They concern SMS and voice only; push and one-time passwords are untouched.", basisOpenAPI, mfa,
		},
		{
			"G5", "the page as a whole", "no list of legacy settings for Passwordless",
			"No endpoint stops for Passwordless: its legacy settings are deprecated fields in the options of the connection.", basisOpenAPI, passwordless,
		},
	}
}
