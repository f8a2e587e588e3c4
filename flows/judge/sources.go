package judge

import "upe/flows/compat"

// Where the findings are documented, or who reported them.
const (
	docs = "https://auth0.com/docs"

	docConfigure = docs + "/customize/phone-messages/unified-phone/configure-unified-phone"
	docTerraform = docs + "/customize/phone-messages/unified-phone/migrate-to-unified-phone-experience-with-terraform"
	docCustom    = docs + "/customize/phone-messages/configure-phone-messaging-providers/configure-a-custom-phone-provider"
	docTemplates = docs + "/customize/phone-messages/phone-templates/customize"
	docGateway   = docs + "/authenticate/passwordless/authentication-methods/use-sms-gateway-passwordless"
	docScope     = docs + "/troubleshoot/product-lifecycle/deprecations-and-migrations/migrate-connection-options-scope"
	docMFAPhone  = docs + "/secure/multi-factor-authentication/multi-factor-authentication-factors/configure-sms-voice-notifications-mfa"
	docAPI       = docs + "/api/management/v2"
	docSMS       = docs + "/authenticate/passwordless/authentication-methods/sms-otp"
	docBest      = docs + "/authenticate/passwordless/best-practices"
	docWordings  = docs + "/customize/customize-sms-or-voice-messages"
	docLogs      = docs + "/deploy-monitor/logs"
	docOperation = docs + "/tenant-logs/management-success/sapi"
	docLimits    = docs + "/troubleshoot/customer-support/operational-policies/entity-limit-policy"

	docCustomTerraform = docCustom + "/configure-a-custom-phone-provider-with-terraform"

	reportConnection = "terraform-provider-auth0 issue #1549 (a user's report)"
	reportClosed     = "auth0-deploy-cli pull request #1429; terraform-provider-auth0 issue #1204 (reports)"
	reportSwitches   = "auth0-cli pull request #1646; go-auth0 pull request #714"
	recordedKind     = "Terraform provider recordings (TestAccCheckPhoneProvider): the kind of a provider can be changed in place"
	inferredDelivery = "concluded from the configuration that was read"
)

func docMFA() string          { return compat.MFADocument().URL() }
func docPasswordless() string { return compat.PasswordlessDocument().URL() }
