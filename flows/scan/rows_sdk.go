package scan

import "strings"

// sdkRows are calls of Auth0's SDKs, by language and major version. The names were read in the SDKs' sources.
func sdkRows() []Row {
	return []Row{
		nodeOld(), node4(), generated("node-5", "node-auth0", "5, 6", javascript, camel, dotted, branding("branding.phone.%.")),
		pythonOld(), generated("python-5", "auth0-python", "5", python, snake, dotted, branding("branding.phone.%.")),
		javaOld(), generated("java-3", "auth0-java", "3 to 5", java, camel, called, branding("branding().phone().%().")),
		goOld(), goTypes(), goGenerated(),
		dotnetOld(), generated("dotnet-8", "auth0.net", "8 to 10", dotnet, pascalAsync, dotted, dotnetInstead()),
		generated("php-9", "auth0-PHP", "9", php, camel, arrows, branding("branding->phone->%->")),
		rubyOld(), generated("ruby-6", "ruby-auth0", "6", ruby, snake, dotted, branding("branding.phone.%.")),
	}
}

// generated is a row of the SDKs that are generated from Auth0's API description: the same twelve methods everywhere.
func generated(id, ecosystem, versions string, l language, spell func(string) string, f form, i Instead) Row {
	return Row{
		ID: id, Ecosystem: ecosystem, Versions: versions, Endpoints: "all twelve", Sure: chainSure, After: forbidden,
		Instead: i, languages: []language{l}, calls: factors(spell, f),
	}
}

// branding are the new methods of a generated SDK; % in the receiver is providers or templates.
func branding(receiver string) Instead {
	names := func(part, verbs string) string { return strings.Replace(receiver, "%", part, 1) + verbs }
	return Instead{
		ReadProvider: names("providers", "list, get"), WriteProvider: names("providers", "create, update"),
		ReadTemplate: names("templates", "list, get"), WriteTemplate: names("templates", "create, update"),
	}
}

// nodeOld are the versions in which the factor is an argument.
func nodeOld() Row {
	list := func(names ...string) []string { return names }
	methods := func(prefix string) map[string]target {
		return all(
			of(twilio, "", list("get"+prefix+"FactorProvider"), list("update"+prefix+"FactorProvider")),
			of(templates, "", list("get"+prefix+"FactorTemplates"), list("update"+prefix+"FactorTemplates")),
		)
	}
	chosen := func(prefix string) map[string]target {
		return of(selected, "sms", list("get"+prefix+"PhoneFactorSelectedProvider"), list("update"+prefix+"PhoneFactorSelectedProvider"))
	}
	arg := &argument{factor: "name", provider: "provider"}
	return Row{
		ID: "node-2", Ecosystem: "node-auth0", Versions: "2, 3", Endpoints: "by the arguments name and provider; selected-provider of sms",
		Sure:  "certain where name is written as 'sms' or 'phone'; unknown where it is a variable; not reported for another factor",
		After: forbidden, languages: []language{javascript}, Instead: rawInstead("no method in 2 and 3; upgrade to 5, or call"),
		calls: []call{
			{receiver: "guardian", methods: methods(""), alone: "", decides: arg},
			{receiver: "", methods: methods("Guardian"), alone: Certain, decides: arg},
			{receiver: "", methods: chosen("Guardian"), alone: Certain},
		},
	}
}

func node4() Row {
	list := func(names ...string) []string { return names }
	return Row{
		ID: "node-4", Ecosystem: "node-auth0", Versions: "4", Endpoints: "all twelve (in 2 and 3 the methods PhoneFactorSelectedProvider go to sms)", Sure: methodSure, After: forbidden,
		languages: []language{javascript},
		Instead: Instead{
			ReadProvider: "branding.getAllPhoneProviders, getPhoneProvider (late 4.x)", WriteProvider: "branding.configurePhoneProvider, updatePhoneProvider (late 4.x)",
			ReadTemplate: "branding.getAllPhoneTemplates, getPhoneTemplate (late 4.x)", WriteTemplate: "branding.createPhoneTemplate, updatePhoneTemplate (late 4.x)",
		},
		calls: []call{{receiver: "guardian", alone: Likely, methods: all(
			of(twilio, "phone", list("getPhoneFactorProviderTwilio"), list("updatePhoneFactorProviderTwilio")),
			of(twilio, "sms", list("getSmsFactorProviderTwilio"), list("setSmsFactorProviderTwilio")),
			of(selected, "phone", list("getPhoneFactorSelectedProvider"), list("updatePhoneFactorSelectedProvider")),
			of(selected, "sms", list("getSmsSelectedProvider"), list("setSmsSelectedProvider")),
			of(templates, "phone", list("getPhoneFactorTemplates"), list("setPhoneFactorTemplates")),
			of(templates, "sms", list("getSmsFactorTemplates"), list("setSmsFactorTemplates")),
		)}},
	}
}

func pythonOld() Row {
	twice := func(name string) []string { return []string{name, name + "_async"} }
	return Row{
		ID: "python-4", Ecosystem: "auth0-python", Versions: "up to 4", Endpoints: "providers by the arguments; templates of sms",
		Sure:  "certain behind guardian where factor_name is written as 'sms' or 'phone'; unknown where it is a variable",
		After: forbidden, languages: []language{python}, Instead: rawInstead("no method up to 4; upgrade to 5, or call"),
		calls: []call{
			{
				receiver: "guardian", alone: Likely, decides: &argument{factor: "factor_name", provider: "name", positional: true},
				methods: of(twilio, "", twice("get_factor_providers"), twice("update_factor_providers")),
			},
			{receiver: "guardian", methods: of(templates, "sms", twice("get_templates"), twice("update_templates"))},
		},
	}
}

func javaOld() Row {
	return Row{
		ID: "java-1", Ecosystem: "auth0-java", Versions: "1, 2", Endpoints: "sms/providers/twilio, sms/templates", After: forbidden,
		Sure: methodSure + " (not for getTemplates and updateTemplates)", languages: []language{java},
		Instead: rawInstead("no method in 1 and 2; upgrade to 3, or call"),
		calls: []call{
			{receiver: "guardian", alone: Likely, form: called, methods: of(twilio, "sms",
				[]string{"getTwilioFactorProvider"}, []string{"updateTwilioFactorProvider", "resetTwilioFactorProvider"})},
			{receiver: "guardian", form: called, methods: of(templates, "sms", []string{"getTemplates"}, []string{"updateTemplates"})},
		},
	}
}

var goInstead = Instead{
	ReadProvider: "m.Branding.ListPhoneProviders, ReadPhoneProvider", WriteProvider: "m.Branding.CreatePhoneProvider, UpdatePhoneProvider",
	ReadTemplate:  "m.Branding.ListPhoneNotificationTemplate, ReadPhoneNotificationTemplate",
	WriteTemplate: "m.Branding.CreatePhoneNotificationTemplate, UpdatePhoneNotificationTemplate",
}

func goOld() Row {
	one := func(name string) []string { return []string{name} }
	return Row{
		ID: rowGo, Ecosystem: "go-auth0", Versions: "0, 1", Endpoints: "phone/selected-provider, sms/providers/twilio, sms/templates",
		Sure: chainSure, After: forbidden, languages: []language{golang}, Instead: goInstead,
		calls: []call{
			{receiver: "guardian.multifactor.phone", methods: of(selected, "phone", one("Provider"), one("UpdateProvider"))},
			{receiver: "guardian.multifactor.sms", methods: all(
				of(templates, "sms", one("Template"), one("UpdateTemplate")), of(twilio, "sms", one("Twilio"), one("UpdateTwilio")),
			)},
			// An older generation of the client, and clients that others generated.
			{receiver: "guardian", alone: "", methods: all(
				of(templates, "sms", one("GetSmsTemplate"), one("UpdateSmsTemplate")),
				of(twilio, "sms", one("GetFactorSmsTwilioConfig"), one("UpdateFactorSmsTwilioConfig")), of(selected, "phone", one("GetPhoneProviders"), nil),
			)},
		},
	}
}

// goTypes are the types that only those calls take: code that builds them far from the call.
func goTypes() Row {
	return Row{
		ID: rowGoTypes, Ecosystem: "go-auth0", Versions: "0, 1", Endpoints: "phone/selected-provider, sms/providers/twilio, sms/templates",
		Finds: "management.MultiFactorProvider, MultiFactorProviderTwilio, MultiFactorSMSTemplate, in a file without the calls",
		Sure:  "likely; unknown for MultiFactorProvider, which push notifications use too",
		After: forbidden, languages: []language{golang}, Instead: goInstead,
	}
}

func goGenerated() Row {
	i := Instead{
		ReadProvider: "mgmt.Branding.Phone.Providers.List, Get", WriteProvider: "mgmt.Branding.Phone.Providers.Create, Update",
		ReadTemplate: "mgmt.Branding.Phone.Templates.List, Get", WriteTemplate: "mgmt.Branding.Phone.Templates.Create, Update",
	}
	return generated("go-2", "go-auth0", "2, 3", golang, pascal, dotted, i)
}

func dotnetOld() Row {
	one := func(name string) []string { return []string{name + "Async"} }
	return Row{
		ID: "dotnet-5", Ecosystem: "auth0.net", Versions: "5 to 7", Sure: methodSure, After: forbidden, languages: []language{dotnet},
		Endpoints: "sms/providers/twilio, sms/templates, phone/selected-provider, phone/templates",
		Instead: Instead{
			ReadProvider: "Branding.GetAllPhoneProvidersAsync, GetPhoneProviderAsync (7.x)", WriteProvider: "Branding.CreatePhoneProviderAsync, UpdatePhoneProviderAsync (7.x)",
			ReadTemplate:  "Branding.GetAllBrandingPhoneNotificationTemplatesAsync, GetBrandingPhoneNotificationTemplateAsync (7.x)",
			WriteTemplate: "Branding.CreateBrandingPhoneNotificationTemplateAsync, UpdateBrandingPhoneNotificationTemplateAsync (7.x)",
		},
		calls: []call{{receiver: "guardian", alone: Likely, methods: all(
			of(twilio, "sms", one("GetTwilioConfiguration"), one("UpdateTwilioConfiguration")),
			of(templates, "sms", one("GetSmsTemplates"), one("UpdateSmsTemplates")),
			of(selected, "phone", one("GetPhoneProviderConfiguration"), one("UpdatePhoneProviderConfiguration")),
			of(templates, "phone", one("GetPhoneEnrollmentTemplate"), one("UpdatePhoneEnrollmentTemplate")),
		)}},
	}
}

func dotnetInstead() Instead {
	return Instead{
		ReadProvider: "Branding.Phone.Providers.ListAsync, GetAsync", WriteProvider: "Branding.Phone.Providers.CreateAsync, UpdateAsync",
		ReadTemplate: "Branding.Phone.Templates.ListAsync, GetAsync", WriteTemplate: "Branding.Phone.Templates.CreateAsync, UpdateAsync",
	}
}

func rubyOld() Row {
	return Row{
		ID: "ruby-4", Ecosystem: "ruby-auth0", Versions: "4, 5", Endpoints: "sms/providers/twilio, sms/templates", After: forbidden,
		Sure: "certain", languages: []language{ruby}, Instead: rawInstead("no method in 4 and 5; upgrade to 6, or call"),
		Note: "twillo is how the SDK spells it.",
		calls: []call{{alone: Certain, methods: all(
			of(templates, "sms", []string{"guardian_sms_templates", "get_guardian_sms_templates"}, []string{"guardian_update_enrollment_verification_templates"}),
			of(twilio, "sms", []string{"guardian_twillo_provider_config", "get_guardian_twillo_provider_config"}, []string{"guardian_update_twillo_provider_config"}),
		)}},
	}
}
