package compat

// Mapping is one row of the event mapping: a field or value of the legacy side
// and its counterpart in the custom-phone-provider event.
type Mapping struct {
	Group string `json:"group"`
	// From is the legacy field, "" when the field is new.
	From string `json:"from"`
	// To is the counterpart, "" when there is none.
	To string `json:"to"`
	// Note says what to mind in the translation.
	Note string `json:"note,omitempty"`
	// Documented is the documented row, "from -> to (Status)", and "" when the
	// documentation has none. It names the flat fields of Hooks and of version
	// 1 of the trigger; From names those of version 2.
	Documented string `json:"documented,omitempty"`
	// Erratum says what is wrong with the documented row.
	Erratum string `json:"erratum,omitempty"`
}

// EventMapping returns how the event of send-phone-message (version 2) maps to
// that of custom-phone-provider (version 1). Every row of the documented tables
// is in it, in the documented order; rows without Documented come from the
// references of the two triggers.
func EventMapping() []Mapping {
	var all []Mapping
	for _, group := range []func() []Mapping{corePayload, requestData, tenantData, applicationData, userData, otherData, valueMapping} {
		all = append(all, group()...)
	}
	return all
}

func corePayload() []Mapping {
	const group = "Core payload"
	return []Mapping{
		{
			group, "message_options.text", "notification.as_text, notification.as_voice", "as_text when delivery_method is text, as_voice when it is voice",
			"text -> notification.as_text and notification.as_voice (Updated)", "",
		},
		{
			group, "message_options.message_type", "notification.delivery_method", "the value sms becomes text; voice stays",
			"message_type -> notification.message_type (Updated)", "Swapped with the row for action: the example under the table and the reference say delivery_method.",
		},
		{
			group, "message_options.action", "notification.message_type", "the values change too: see Values",
			"action -> notification.delivery_method (Updated)", "Swapped with the row for message_type: the example under the table and the reference say message_type.",
		},
		{
			group, "request.language", "notification.locale, request.language", "locale is the language the message was rendered in, request.language what the browser asked for",
			"language -> notification.locale (Updated)", "",
		},
		{
			group, "message_options.code", "notification.code", "now optional: blocked_account has none",
			"code -> notification.code (Updated)", "",
		},
		{
			group, "message_options.recipient", "notification.recipient", "E.164; samples show hyphens, so remove spaces and hyphens",
			"recipient -> notification.recipient (Updated)", "",
		},
		{group, "", "notification.from", "the sender of the template, when it has one", "", ""},
	}
}

func requestData() []Mapping {
	const group = "Request data"
	const required = "Unchanged in the event: method is required on both sides."
	return []Mapping{
		{group, "request.ip", "request.ip", "", "ip -> ip (Unchanged)", ""},
		{group, "request.user_agent", "request.user_agent", "optional on both sides", "user_agent -> user_agent (Unchanged)", ""},
		{group, "request.language", "request.language", "", "language -> language (Updated)", "Unchanged in the event."},
		{group, "request.method", "request.method", "", "method -> method optional (Updated)", required},
		{group, "request.hostname", "request.hostname", "optional on both sides", "hostname -> hostname optional (Updated)", ""},
		{group, "request.geoip", "request.geoip", "", "geoip -> geoip (Updated)", "Unchanged in the event."},
	}
}

func tenantData() []Mapping {
	const group = "Tenant data"
	return []Mapping{
		{group, "tenant.id", "tenant.id", "", "tenant.id -> tenant (Updated)", "tenant.id stays. A plain string tenant is what phone templates (Liquid) see."},
		{group, "", "tenant.home_url", "optional", "N/A -> tenant.home_url (New)", ""},
		{group, "", "tenant.logo_url", "optional", "N/A -> tenant.logo_url (New)", ""},
		{group, "", "tenant.support_email", "optional", "N/A -> tenant.support_email (New)", ""},
		{group, "", "tenant.support_url", "optional", "N/A -> tenant.support_url (New)", ""},
		{group, "", "tenant.friendly_name", "optional", "", ""},
	}
}

func applicationData() []Mapping {
	const group = "Application data"
	return []Mapping{
		{
			group, "client.metadata", "client.metadata", "client_metadata in Hooks and version 1; client was optional and is now required",
			"client.client_metadata -> client.metadata (Updated)", "",
		},
		{group, "client.client_id", "client.client_id", "", "client.client_id -> client.client_id (Unchanged)", ""},
		{group, "client.name", "client.name", "", "client.name -> client.name (Unchanged)", ""},
	}
}

func userData() []Mapping {
	const group = "User data"
	unchanged := func(field string) Mapping {
		return Mapping{Group: group, From: field, To: field, Documented: field + " -> " + field + " (Unchanged)"}
	}
	multifactor := unchanged("user.multifactor")
	multifactor.To = ""
	multifactor.Note = "do not rely on it"
	multifactor.Erratum = "No reference page declares it, on either side."
	return []Mapping{
		unchanged("user.user_id"), unchanged("user.name"), unchanged("user.email"),
		unchanged("user.app_metadata"), unchanged("user.user_metadata"), unchanged("user.email_verified"),
		unchanged("user.phone_number"), unchanged("user.phone_verified"), unchanged("user.picture"),
		unchanged("user.created_at"), unchanged("user.updated_at"), multifactor,
		{group, "user.identities", "user.identities", "optional", "user.identities -> N/A (Removed)", "The reference and the type definitions of custom-phone-provider have it."},
		unchanged("user.family_name"), unchanged("user.given_name"), unchanged("user.nickname"), unchanged("user.username"),
		{group, "", "", "not in the event: a Liquid variable", "N/A -> user.login_count (New)", "No reference page of the trigger declares it; phone templates (Liquid) have it."},
	}
}

func otherData() []Mapping {
	const group = "Not in the documented tables"
	return []Mapping{
		{group, "custom_domain, transaction", "custom_domain, transaction", "", "", ""},
		{group, "security_context.ja3, security_context.ja4", "", "no counterpart", "", ""},
		{group, "", "connection, organization", "optional", "", ""},
		{group, "secrets.*", "secrets.*", "values have to be entered again: the API never returns them", "", ""},
		{
			group, "throw", "api.notification.drop, api.notification.retry or throw",
			"throw blocked the login; now the user gets no feedback. retry makes up to 5 more attempts; a plain return counts as sent", "", "",
		},
	}
}

func valueMapping() []Mapping {
	const group = "Values"
	const crossed = "The documented pairs are crossed, and verify is no legacy value."
	return []Mapping{
		{group, "message_type sms", "delivery_method text", "", "", ""},
		{group, "message_type voice", "delivery_method voice", "", "", ""},
		{group, "action second-factor-authentication", "message_type otp_verify", "", "verify vs otp_verify", crossed},
		{group, "action enrollment", "message_type otp_enroll", "", "second-factor-authentication vs otp_enroll", crossed},
		{group, "", "message_type change_password", "new", "", ""},
		{group, "", "message_type blocked_account", "new, without a code", "", ""},
		{group, "", "message_type password_breach", "new", "", ""},
	}
}

// GatewayMapping returns how the request Auth0 posts to a custom SMS gateway
// (Passwordless) is rebuilt from the custom-phone-provider event.
func GatewayMapping() []Mapping {
	const group = "Custom SMS gateway"
	return []Mapping{
		{group, "recipient", "notification.recipient", "", "recipient: event.notification.recipient", ""},
		{group, "body", "notification.as_text", "", "body: event.notification.as_text", ""},
		{group, "sender", "notification.from", "was options.from of the connection", "sender: event.notification.from", "The open remark beside it is moot: notification.from exists."},
		{group, "req.ip, req[\"user-agent\"]", "request.ip, request.user_agent", "only with forward_req_info", "req: event.request || {}", "The whole of event.request is more than the gateway got."},
		{group, "Authorization: Bearer", "", "a JWT (sub, aud) to be signed in code with the secret of gateway_authentication", "", "The example sends no token."},
		{group, "an answer other than 200", "api.notification.drop, api.notification.retry", "was 400 sms_provider_error from /passwordless/start, 30 s; now no feedback, 20 s for the trigger", "", ""},
	}
}
