package judge

import (
	"cmp"
	"fmt"

	"upe/flows/tenant"
)

func gatewayNeedsAction(r reading) []Finding {
	f := Finding{
		ID: "gateway-needs-action", Severity: Decision, Title: "The tenant-level provider does not use the custom SMS gateway",
		Consequence: "The gateway is called by the connection only. A tenant-level provider reaches it through a " +
			"custom-phone-provider Action.",
		Remedy: "Have an Action made that sends the gateway the request that Auth0 sends today, here or with `upe translate`; or bring " +
			"one of your own; or leave the connection as it is.",
		Source: docPasswordless(),
	}
	for _, c := range r.legacyConnections() {
		if c.Carrier.Kind == CarrierGateway {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Connection " + c.Name, Value: c.Carrier.text(), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 || r.customReady() {
		return nil
	}
	return []Finding{f}
}

func connectionWithoutApplications(r reading) []Finding {
	f := Finding{
		ID: "connection-without-applications", Severity: Note, Title: "No application uses an SMS connection",
		Consequence: "Nobody can log in with it, so it is not counted among the routes in use.",
		Remedy: "Leave it, or move it together with something else: it is offered for that, never alone. Enable applications on it if " +
			"somebody should use it.",
		Source: docConfigure,
	}
	for _, c := range r.SMS {
		if !c.InUse {
			f.Evidence = append(f.Evidence, Evidence{
				What: "Connection " + c.Name, Value: "no applications", Path: tenant.ClientsPath(c.ID),
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// twilioToken: Auth0 shows the token to some tenants and hides it from others; the tenant-level provider needs it again.
func twilioToken(r reading) []Finding {
	f := Finding{
		ID: "twilio-token-not-readable", Severity: Note, Title: "The Twilio AuthToken will be asked for",
		Consequence: "The tenant-level provider needs the AuthToken, and Auth0 does not show the one that is stored.",
		Remedy:      "Have it at hand: it is in the Twilio Console, beside the Account SID.",
		Source:      docMFA(),
	}
	if t := r.snapshot.Twilio(); r.legacyMFA() && r.MFA.Carrier.Kind == CarrierTwilio && tenant.Masked(t.AuthToken) {
		f.Evidence = append(f.Evidence, Evidence{What: "AuthToken of MFA", Value: howHidden(t.AuthToken), Path: tenant.PathTwilio})
	}
	for _, c := range r.legacyConnections() {
		if token := r.options[c.ID].TwilioToken; c.Carrier.Kind == CarrierTwilio && tenant.Masked(token) {
			f.Evidence = append(f.Evidence, Evidence{
				What: "AuthToken of connection " + c.Name, Value: howHidden(token), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

func howHidden(secret string) string {
	if secret == "" {
		return "not in the answer"
	}
	return "masked"
}

func phoneIDInUse(r reading) []Finding {
	if len(r.PhoneID) == 0 {
		return nil
	}
	return found(Finding{
		ID: "phone-id-in-use", Severity: Note, Title: "Phone as ID uses the tenant-level provider already",
		Consequence: "For these database connections there is nothing to do. \"No additional action is needed\" is true for them " +
			"only: MFA and Passwordless still have to be moved.",
		Remedy: "Test a login with a phone number after every change of the provider or its templates.",
		Source: docPasswordless(),
	}, Evidence{What: "Database connections", Value: list(r.PhoneID), Path: tenant.PathDBConnections})
}

// The validity of a one-time password, and its length, where nobody has set them (documentation: Passwordless with SMS).
const (
	defaultValid  = 180 // seconds
	defaultDigits = 6
)

// otpExpiryExtended: a code that is valid for longer needs more digits, or there is more time to guess it.
func otpExpiryExtended(r reading) []Finding {
	f := Finding{
		ID: "otp-expiry-extended", Severity: Warning, Title: "One-time passwords are valid for longer, and are not longer themselves",
		Consequence: "An attacker has more time to guess a short code. Auth0 advises to extend the length together with the validity.",
		Remedy:      "Set more digits in Authentication > Passwordless > SMS > OTP Length, or a shorter OTP Expiry. The migration changes neither.",
		Source:      docSMS,
	}
	for _, c := range r.SMS {
		otp := r.options[c.ID].OTP
		if digits := cmp.Or(otp.Length, defaultDigits); c.InUse && otp.TimeStep > defaultValid && digits <= defaultDigits {
			f.Evidence = append(f.Evidence, Evidence{
				What:  "Connection " + c.Name,
				Value: fmt.Sprintf("valid for %d seconds (%d is usual), %d digits", otp.TimeStep, defaultValid, digits), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

func signupDisabled(r reading) []Finding {
	f := Finding{
		ID: "signup-disabled", Severity: Note, Title: "Nobody can sign up with an SMS connection",
		Consequence: "Only existing users can log in. With sign-ups disabled, the answers of Auth0 may tell a stranger which phone numbers " +
			"have an account.",
		Remedy: "Keep it if you want it so: the migration does not change it. Otherwise see Disable Sign Ups in Authentication > " +
			"Passwordless > SMS.",
		Source: docSMS + "; " + docBest,
	}
	for _, c := range r.SMS {
		if c.InUse && r.options[c.ID].DisableSignup {
			f.Evidence = append(f.Evidence, Evidence{What: "Connection " + c.Name, Value: "disable_signup: true", Path: tenant.PathSMSConnections})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// gatewaySecret: an Action that takes over from a gateway's connection signs the gateway's token itself, with a secret that some
// tenants do not show.
func gatewaySecret(r reading) []Finding {
	f := Finding{
		ID: "gateway-secret-not-readable", Severity: Note, Title: "The secret of the SMS gateway will be asked for",
		Consequence: "Auth0 signs a token for the gateway with it. An Action that takes over has to sign it too, and Auth0 does not show the " +
			"secret that is stored.",
		Remedy: "Have it at hand: the owner of the gateway knows it. Without it the connection is left as it is, because writing its " +
			"options back would delete the secret.",
		Source: docGateway,
	}
	for _, c := range r.legacyConnections() {
		gate := r.options[c.ID].GatewayAuth
		if c.Carrier.Kind == CarrierGateway && gate != nil && tenant.Masked(gate.Secret) {
			f.Evidence = append(f.Evidence, Evidence{
				What: "gateway_authentication.secret of connection " + c.Name, Value: howHidden(gate.Secret), Path: tenant.PathSMSConnections,
			})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}
