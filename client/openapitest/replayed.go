package openapitest

// Replayed is what only the recordings of real tenants have differently, beside [Known]: values that no tenant of ours has.
func Replayed() []Drift {
	const null = "Value is not nullable"
	settings := []string{"GET /tenants/settings", "PATCH /tenants/settings"}
	list := []Drift{
		{
			settings,
			"response 200", `property "new_universal_login_experience_enabled" is unsupported`,
			"an old flag: TestTenantManager; deploy-cli pull request #796 on tenants that refuse it",
		},
		{settings, "response 200", `property "allow_other_legacy_grant_types" is unsupported`, "an old flag: TestTenantManager"},
		{
			settings,
			"response 200", `property "idle_ephemeral_session_lifetime_in_minutes" is unsupported`,
			"sent in minutes, which the emulator keeps and Auth0 shows in hours: TestTenantManager",
		},
	}
	for _, key := range []string{"audience", "connection_id", "details", "hostname", "location_info", "user_id", "user_name"} {
		list = append(list, Drift{
			[]string{"GET /logs", "GET /logs/{id}"},
			"response 200", "/" + key + ": " + null,
			"null where an event has none: TestLogManager",
		})
	}
	for _, key := range []string{"connection", "strategy", "strategy_type"} {
		list = append(list, Drift{[]string{"GET /logs/{id}"}, "response 200", "/" + key + ": " + null, "the same"})
	}
	return append(list, Drift{[]string{"GET /logs"}, "response 200", "/scope: " + null, "the same"})
}
