package scan

// deployAfter is what the Deploy CLI does with a legacy setting.
const deployAfter = "skipped with a warning since 8.42.0, 403 before; the file changes nothing any more"

// codeRows are configuration as code.
func codeRows() []Row {
	terraformInstead := Instead{
		ReadProvider: "auth0_phone_provider", WriteProvider: "auth0_phone_provider",
		ReadTemplate: "auth0_branding_phone_notification_template", WriteTemplate: "auth0_branding_phone_notification_template",
	}
	pulumiInstead := Instead{
		ReadProvider: "auth0.PhoneProvider", WriteProvider: "auth0.PhoneProvider",
		ReadTemplate: "auth0.BrandingPhoneNotificationTemplate", WriteTemplate: "auth0.BrandingPhoneNotificationTemplate",
	}
	deployInstead := Instead{ReadProvider: "phoneProviders:", WriteProvider: "phoneProviders:", ReadTemplate: "phoneTemplates:", WriteTemplate: "phoneTemplates:"}
	directoryInstead := Instead{
		ReadProvider: "phone-providers/provider.json", WriteProvider: "phone-providers/provider.json",
		ReadTemplate: "phone-templates/*.json", WriteTemplate: "phone-templates/*.json",
	}
	return []Row{
		{
			ID: rowTerraform, Ecosystem: "Terraform provider auth0", Versions: "0.x, 1.x", languages: []language{terraform},
			Finds:     "auth0_guardian: phone { provider, options { … }, twilio_config { … } }",
			Endpoints: "phone/selected-provider, phone/providers/twilio, phone/templates", Sure: "certain; unknown where provider is a variable",
			After: "apply fails: provider or options cannot be specified when phone consolidated experience is enabled for tenant " +
				"(before 1.49.0: 403 in plan and apply)",
			Instead: terraformInstead,
			Note: "Needs provider 1.49.0 or later. First auth0_tenant.phone_consolidated_experience and auth0_phone_provider (depends_on), " +
				"then take provider and options away. enabled and message_types stay.",
		},
		{
			ID: rowPulumi, Ecosystem: "Pulumi auth0", Versions: "2, 3",
			Finds:     "auth0.Guardian: phone with provider or options; GuardianPhoneArgs, GuardianPhoneOptionsArgs",
			Endpoints: "phone/selected-provider, phone/providers/twilio, phone/templates", Sure: "certain; unknown where provider is a variable",
			After: "pulumi up fails as Terraform's provider does, which it wraps", Instead: pulumiInstead,
		},
		{
			ID: rowDeployYAML, Ecosystem: "Auth0 Deploy CLI", Versions: "5 to 8", languages: []language{yaml, json},
			Finds:     "keys guardianFactorProviders and guardianFactorTemplates with name: sms or phone; guardianPhoneFactorSelectedProvider",
			Endpoints: "by name; phone/selected-provider", Sure: "certain; unknown where name is a placeholder", After: deployAfter, Instead: deployInstead,
			Note: "tenant.phone_consolidated_experience is the switch itself.",
		},
		{
			ID: rowDeployDir, Ecosystem: "Auth0 Deploy CLI", Versions: "5 to 8",
			Finds:     "files guardian/phoneFactorSelectedProvider.json, guardian/providers/{sms,phone}-twilio.json, guardian/templates/{sms,phone}.json",
			Endpoints: "as the file is named", Sure: "certain", After: deployAfter, Instead: directoryInstead,
		},
		{
			ID: rowDeployList, Ecosystem: "Auth0 Deploy CLI", Versions: "5 to 8",
			Finds:     "AUTH0_INCLUDED_ONLY or AUTH0_EXCLUDED with guardianFactorProviders, guardianFactorTemplates, guardianPhoneFactorSelectedProvider",
			Endpoints: "as named", Sure: "certain in AUTH0_INCLUDED_ONLY; a hint in AUTH0_EXCLUDED, where nothing is lost",
			After: "what is named is skipped", Instead: Instead{
				ReadProvider: "phoneProviders", WriteProvider: "phoneProviders", ReadTemplate: "phoneTemplates", WriteTemplate: "phoneTemplates",
			},
		},
	}
}

// actionRows are Actions and Hooks on the old trigger, the error that ends, and scopes.
func actionRows() []Row {
	const custom = "trigger custom-phone-provider v1; the handler is onExecuteCustomPhoneProvider. `upe translate` rewrites the code"
	row := func(id, ecosystem, versions, finds, sure, instead string) Row {
		return Row{
			ID: id, Ecosystem: ecosystem, Versions: versions, Finds: finds, Endpoints: target{subject: trigger}.String(), Sure: sure, After: noRun,
			Instead: Instead{Other: instead},
		}
	}
	return []Row{
		row(rowAction, "Actions (code)", "v1, v2", "exports.onExecuteSendPhoneMessage", "certain", custom),
		row(rowTFAction, "Terraform provider auth0", "0.x, 1.x",
			`auth0_action supported_triggers { id = "send-phone-message" }, auth0_trigger_actions { trigger = "send-phone-message" }`, "certain",
			`the same resources with "custom-phone-provider", version "v1"`),
		row(rowDeployAct, "Auth0 Deploy CLI", "5 to 8", "supported_triggers id: send-phone-message; triggers: send-phone-message", "certain",
			"the same keys with custom-phone-provider, version v1"),
		row(rowCLIAction, "auth0-cli", "1", "auth0 actions create --trigger send-phone-message", "certain", "auth0 actions create --trigger custom-phone-provider"),
		row(rowActionAPI, "Actions (any other way)", "", "the name send-phone-message", "likely", "custom-phone-provider"),
		row(rowHook, "Hooks", "", "triggerId or trigger_id send-phone-message; auth0_hook; hooks: and hooks/*.json of the Deploy CLI", "certain",
			"an Action on "+custom),
		row(rowHookCode, "Hooks (code)", "", "function (recipient, text, context, cb)", "likely", "an Action on "+custom),
		{
			ID: rowError, Ecosystem: "applications", Finds: "the error code sms_provider_error", Endpoints: target{subject: gatewayError}.String(),
			Sure:    "certain where the file names Auth0 or Passwordless; likely elsewhere: others have an error of that name",
			After:   "silently ignored: /passwordless/start does not answer it any more, so the handler never runs",
			Instead: Instead{Other: "no error in its place: tenant logs tell (GET /api/v2/logs)"},
		},
		{
			ID: rowScopes, Ecosystem: "scopes", Finds: "read:guardian_factors, update:guardian_factors", Endpoints: target{subject: scopes}.String(),
			Sure: "a hint, never a finding", After: "still needed: for message types and for turning factors on",
			Instead: Instead{Other: "keep it, and add the scopes of what replaces the legacy calls"},
		},
	}
}
