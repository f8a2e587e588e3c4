package scan

import "strings"

// Confidence says how sure a hit is.
type Confidence string

// The confidences, from the surest.
const (
	Certain Confidence = "certain" // written out: the path, or the whole chain of receivers
	Likely  Confidence = "likely"  // part of it, or in a document
	Unknown Confidence = "unknown" // a value that is not written here decides
	Hint    Confidence = "hint"    // nothing stops; look at it when the rest is done
)

// rank orders confidences, the surest first.
func (c Confidence) rank() int {
	return strings.Index("clu h", string(c)[:1])
}

// subject is what a piece of code reaches for.
type subject string

const (
	twilio    subject = "providers/twilio"
	selected  subject = "selected-provider"
	templates subject = "templates"

	trigger      subject = "send-phone-message" // an Action or Hook on it
	gatewayError subject = "sms_provider_error"
	scopes       subject = "guardian_factors"
)

// target is a subject with what the code tells of it.
type target struct {
	subject subject
	method  string // GET or PUT; "" where the code does not tell
	factor  string // phone or sms; "" where the code does not tell
}

// base is where the legacy endpoints live, below /api/v2.
const base = "/guardian/factors/"

// String is the endpoint, or what stands for it.
func (t target) String() string {
	switch t.subject {
	case trigger:
		return "trigger send-phone-message"
	case gatewayError:
		return "POST /passwordless/start: sms_provider_error"
	case scopes:
		return "scopes of /guardian/factors"
	case twilio, selected, templates:
	}
	method, factor := t.method, t.factor
	if method == "" {
		method = "GET, PUT"
	}
	if factor == "" {
		factor = "{phone or sms}"
	}
	return method + " " + base + factor + "/" + string(t.subject)
}

// Endpoints lists the twelve operations that answer 403 after the switch, by method and path below /api/v2.
func Endpoints() []string {
	var all []string
	for _, s := range []subject{twilio, selected, templates} {
		for _, factor := range []string{"phone", "sms"} {
			for _, method := range []string{"GET", "PUT"} {
				all = append(all, target{s, method, factor}.String())
			}
		}
	}
	return all
}

// scopes are those that the replacement needs, and the code's token may lack.
func (t target) scopes() []string {
	name := "phone_providers"
	switch t.subject {
	case templates:
		name = "phone_templates"
	case trigger:
		return []string{"create:actions", "update:actions"}
	case gatewayError:
		return []string{"read:logs"}
	case scopes:
		return []string{
			"read:phone_providers", "create:phone_providers", "update:phone_providers", "delete:phone_providers",
			"read:phone_templates", "create:phone_templates", "update:phone_templates", "delete:phone_templates",
		}
	case twilio, selected:
	}
	if t.method == "GET" {
		return []string{"read:" + name}
	}
	// The id has to be read before anything can be updated.
	return []string{"read:" + name, "create:" + name, "update:" + name}
}

// note is what to know about the target besides.
func (t target) note() string {
	switch t.subject {
	case twilio:
		return "The fields have new names: configuration.sid, default_from, mssid and, required, delivery_methods; credentials.auth_token is never returned."
	case templates:
		return "enrollment_message becomes the template otp_enroll, verification_message otp_verify, each with content.body.text and voice."
	case selected:
		if t.factor != "sms" {
			return "Auth0's page lists it among what stops and among what keeps working. It stops: Auth0's own tools get 403 and skip it."
		}
	case trigger, gatewayError, scopes:
	}
	return ""
}
