package emulator

import "slices"

// quirk names one small thing about Auth0 that nobody has written down. Off is the more likely behaviour, by documentation or
// recording; a tenant file switches single ones on ("quirks": {"binding_needed": true}).
type quirk string

const (
	// A second POST of a phone provider answers 201. Off: 409, as the API description has it.
	quirkSecondProvider quirk = "second_provider_allowed"
	// Tokens and gateway secrets are masked, or left out. Off: in clear, as recorded from 2023 to 2025.
	quirkMasked quirk = "secrets_masked"
	quirkAbsent quirk = "secrets_absent"
	// A custom-phone-provider Action runs only when it is bound. Off: deployed is enough (Auth0's own guide binds nothing).
	quirkBinding quirk = "binding_needed"
	// A try is refused before the tenant flag is on, or while the provider is disabled.
	quirkTryFlag    quirk = "try_needs_flag"
	quirkTryEnabled quirk = "try_needs_enabled_provider"
	// GET /tenants/settings never shows the tenant flag (as in a recording of 2026).
	quirkFlagAbsent quirk = "flag_absent"
	// What closes the legacy MFA endpoints: the tenant flag alone, or the migration flag alone. Off: whatever the world
	// routes MFA by.
	quirkClosedByFlag      quirk = "legacy_closed_by_flag"
	quirkClosedByMigration quirk = "legacy_closed_by_migration"
	// Delivery methods that no longer cover the MFA message types are refused with 409.
	quirkShrink quirk = "shrink_refused"
	// A default sender and a Messaging Service together are refused with 400 (Terraform's provider forbids both).
	quirkOneSender quirk = "one_sender"
	// Message types are refused with 404 while the phone factor is off. Off: accepted, as recorded.
	quirkFactorFirst quirk = "factor_first"
	// The tenant may not use voice for MFA: 403 voice_mfa_not_allowed.
	quirkNoVoice quirk = "voice_not_allowed"
	// GET /migrations answers 404. Off: 200, as recorded years ago.
	quirkMigrationsHidden quirk = "migrations_hidden"
	// Connections still carry enabled_clients, which ended on 2026-07-13.
	quirkInlineClients quirk = "inline_enabled_clients"
)

var allQuirks = []quirk{
	quirkSecondProvider, quirkMasked, quirkAbsent, quirkBinding, quirkTryFlag, quirkTryEnabled, quirkFlagAbsent, quirkClosedByFlag,
	quirkClosedByMigration, quirkShrink, quirkOneSender, quirkFactorFirst, quirkNoVoice, quirkMigrationsHidden, quirkInlineClients,
}

// Quirks lists the names a tenant file may switch on.
func Quirks() []string {
	names := make([]string, len(allQuirks))
	for i, q := range allQuirks {
		names[i] = string(q)
	}
	slices.Sort(names)
	return names
}

// has reports whether the tenant has a quirk.
func (s *state) has(q quirk) bool { return s.Quirks[string(q)] }
