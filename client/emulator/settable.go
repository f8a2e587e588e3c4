package emulator

// settable are the tenant settings that a PATCH takes beside those whose values are looked at, by Auth0's API description of
// 2026-06-25.
var settable = []string{
	"acr_values_supported", "allow_organization_name_in_authentication_api", "allowed_logout_urls",
	"authorization_response_iss_parameter_supported", "change_password", "client_id_metadata_document_supported", "country_codes",
	"customize_mfa_in_postlogin_action", "default_audience", "default_directory", "default_redirection_uri",
	"default_token_quota", "device_flow", "dynamic_client_registration_security_mode", "enable_ai_guide", "enabled_locales",
	"ephemeral_session_lifetime", "ephemeral_session_lifetime_in_minutes", "error_page", "guardian_mfa_page",
	"idle_ephemeral_session_lifetime", "idle_ephemeral_session_lifetime_in_minutes", "idle_session_lifetime",
	"idle_session_lifetime_in_minutes", "include_session_metadata_in_tenant_logs", "legacy_sandbox_version", "mtls",
	"oidc_logout", "picture_url", "pushed_authorization_requests_supported", "resource_parameter_profile", "sandbox_version",
	"security_headers", "session_cookie", "session_lifetime", "session_lifetime_in_minutes", "sessions",
	"skip_non_verifiable_callback_uri_confirmation_prompt", "support_email", "support_url",
}

// settableFlags are those below flags.
var settableFlags = []string{
	"allow_changing_enable_sso", "allow_legacy_delegation_grant_types", "allow_legacy_ro_grant_types",
	"allow_legacy_tokeninfo_endpoint", "change_pwd_flow_v1", "custom_domains_provisioning", "dashboard_insights_view",
	"dashboard_log_streams_next", "disable_clickjack_protection_headers", "disable_fields_map_fix", "disable_impersonation",
	"disable_management_api_sms_obfuscation", "enable_adfs_waad_email_verification", "enable_apis_section",
	"enable_client_connections", "enable_dynamic_client_registration", "enable_idtoken_api2", "enable_legacy_profile",
	"enable_pipeline2", "enable_public_signup_user_exists_error", "enable_sso",
	"enforce_client_authentication_on_passwordless_start", "genai_trial", "improved_signup_bot_detection_in_classic",
	"mfa_show_factor_list_on_enrollment", "no_disclose_enterprise_connections", "remove_alg_from_jwks",
	"revoke_refresh_token_grant", "trust_azure_adfs_email_verified_connection_property",
}
