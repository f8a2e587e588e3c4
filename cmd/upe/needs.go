package main

import "slices"

// need is a scope, and what it is needed for.
type need struct {
	Scope string `json:"scope"`
	For   string `json:"for"`
	Only  string `json:"only,omitempty"` // where it can be done without: when it is needed
}

// readScopes are those of looking at a tenant. Only tells what is not known without one.
func readScopes() []need {
	return []need{
		{"read:tenant_settings", "whether the Unified Phone Experience is on", ""},
		{"read:phone_providers", "the tenant-level provider", ""},
		{"read:phone_templates", "its message templates", ""},
		{"read:guardian_factors", "MFA by phone: factors, provider, wordings", ""},
		{"read:mfa_policies", "who is asked for MFA", ""},
		{"read:connections", "Passwordless connections", ""},
		{"read:connections_options", "through whom they send", ""},
		{"read:actions", "Actions that send messages", ""},
		{"read:clients", "names of applications", "to show names instead of ids"},
		{"read:logs", "what failed, and upe watch", "to follow messages and logins in the tenant logs"},
		{"read:attack_protection", "limits on sending messages", "to show them"},
	}
}

// writeScopes are those of a migration.
func writeScopes() []need {
	return []need{
		{"update:tenant_settings", "turning the Unified Phone Experience on", ""},
		{"create:phone_providers", "creating the provider, and test messages", ""},
		{"update:phone_providers", "changing the provider", ""},
		{"create:phone_templates", "writing message templates", ""},
		{"update:phone_templates", "changing message templates", ""},
		{"update:guardian_factors", "MFA's message types", ""},
		{"update:connections", "switching Passwordless connections on", ""},
		{"update:connections_options", "the same", ""},
		{"create:actions", "creating and deploying the Action that sends", "for a custom provider"},
		{"update:actions", "changing and binding it", "for a custom provider"},
		{"create:connections", "creating an SMS connection", "for a tenant that has none"},
	}
}

// undoScopes are those that only going back needs beside the writing ones.
func undoScopes() []need {
	const unless = "to take a run back; upe enable goes without them when you give a reason"
	return []need{
		{"delete:phone_providers", "removing the provider again", unless},
		{"delete:phone_templates", "removing its templates again", unless},
		{"delete:actions", "removing its Action again", unless},
	}
}

// wantedScopes are those to ask for at a login.
func wantedScopes(writing bool) []string {
	needs := readScopes()
	if writing {
		needs = slices.Concat(needs, writeScopes(), undoScopes())
	}
	scopes := make([]string, len(needs))
	for i, n := range needs {
		scopes[i] = n.Scope
	}
	return scopes
}
