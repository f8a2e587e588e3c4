package tenant

import (
	"fmt"
	"strings"
)

// Error is every answer of the API that is not a success, and every request that got no answer.
type Error struct {
	Op      Op     `json:"op"`
	Status  int    `json:"status"`            // 0: no answer came
	Code    string `json:"code,omitempty"`    // the API's errorCode; may be empty, see auth0 recordings
	Message string `json:"message,omitempty"` // the API's message, secrets and phone numbers masked
	Sent    bool   `json:"sent,omitempty"`    // Status 0 and Sent: the request left and its outcome is unknown
}

func (e *Error) Error() string {
	what := string(e.Op)
	switch {
	case e.Status == 0 && e.Sent:
		return fmt.Sprintf("%s: no answer, so it may or may not have happened: %s", what, e.Message)
	case e.Status == 0:
		return fmt.Sprintf("%s: no answer: %s", what, e.Message)
	case e.Code != "":
		what = fmt.Sprintf("%s: %d %s", what, e.Status, e.Code)
	default:
		what = fmt.Sprintf("%s: %d", what, e.Status)
	}
	if e.Message == "" {
		return what
	}
	return what + ": " + e.Message
}

// Unknown reports whether the request left and nobody knows whether it took effect.
func (e *Error) Unknown() bool { return e.Status == 0 && e.Sent }

// The HTTP statuses that decide. They stand here because no flow imports net/http.
const (
	statusUnauthorized = 401
	statusForbidden    = 403
	statusNotFound     = 404
	statusConflict     = 409
	statusTooMany      = 429
	statusServerError  = 500
)

// Class sorts errors by what a person, or the program, does next.
type Class string

// The classes of errors.
const (
	ClassUnknown      Class = "outcome-unknown" // sent, no answer: read the tenant to find out
	ClassNetwork      Class = "network"         // never sent
	ClassToken        Class = "token"           // 401: expired, wrong audience, revoked
	ClassScope        Class = "scope"           // 403 insufficient_scope
	ClassUnified      Class = "unified"         // 403: the MFA side is unified, this legacy endpoint is closed
	ClassNotAllowed   Class = "not-allowed"     // 403 for another reason: a feature this tenant does not have
	ClassOneAction    Class = "one-action"      // 403: one custom-phone-provider Action per tenant
	ClassNotFound     Class = "not-found"       // 404
	ClassNotDeployed  Class = "not-deployed"    // custom provider without a deployed Action
	ClassConflict     Class = "conflict"        // 409
	ClassRateLimit    Class = "rate-limit"      // 429
	ClassInvalid      Class = "invalid"         // 400 and other 4xx
	ClassAuth0        Class = "auth0"           // 5xx
	ClassRefusedLocal Class = "refused"         // our own write guard refused it
)

// Error codes that decide. Sources: deploy-cli pull request #1429 (legacy), support article on multiple custom providers
// (cardinality), documentation of the custom phone provider (deployed action; the documented spelling says "email", so only
// the suffix is matched), deploy-cli handlers (voice, hooks).
const (
	CodeLegacyNotAllowed = "legacy_mfa_phone_provider_not_allowed"
	CodeOneAction        = "actions_cardinality_custom_phone_provider_not_allowed"
	CodeNotDeployed      = "deployed_action_not_found"
	CodeVoiceNotAllowed  = "voice_mfa_not_allowed"
	CodeHooksNotAllowed  = "hooks_not_allowed"
	CodeScope            = "insufficient_scope"
	CodeGuard            = "write_guard"       // ours
	CodeUnreadable       = "unreadable_answer" // ours: a success that is not the documented JSON
)

// Class of e. A 403 with [CodeLegacyNotAllowed] says that the MFA side is unified; it says nothing about Passwordless, and no
// scope is missing.
func (e *Error) Class() Class {
	switch {
	case e.Code == CodeGuard:
		return ClassRefusedLocal
	case e.Unknown():
		return ClassUnknown
	case e.Status == 0:
		return ClassNetwork
	case e.Status == statusUnauthorized:
		return ClassToken
	case strings.HasSuffix(e.Code, CodeNotDeployed):
		return ClassNotDeployed
	case e.Status == statusForbidden:
		return e.forbidden()
	case e.Status == statusNotFound:
		return ClassNotFound
	case e.Status == statusConflict:
		return ClassConflict
	case e.Status == statusTooMany:
		return ClassRateLimit
	case e.Status >= statusServerError:
		return ClassAuth0
	}
	return ClassInvalid
}

func (e *Error) forbidden() Class {
	switch e.Code {
	case CodeLegacyNotAllowed:
		return ClassUnified
	case CodeOneAction:
		return ClassOneAction
	case CodeScope:
		return ClassScope
	}
	return ClassNotAllowed
}

// Hint says in one sentence what to do about e.
func (e *Error) Hint() string {
	if e.Code == CodeUnreadable {
		return "what answered is not Auth0's Management API as documented; check the domain, and for a proxy in between"
	}
	switch e.Class() {
	case ClassUnknown:
		return "run the same command again: it reads the tenant first, and sends nothing twice"
	case ClassNetwork:
		return "check the domain and your connection, then run the same command again"
	case ClassToken:
		return "get a fresh Management API token; it must be issued for this tenant's Management API"
	case ClassScope:
		return "give the token's application the scopes " + strings.Join(e.Op.Scopes(), ", ")
	case ClassUnified:
		return "the MFA side of this tenant is already unified; nothing is missing in the token"
	case ClassOneAction:
		return "a tenant has one custom-phone-provider Action; use the one that exists"
	case ClassNotDeployed:
		return "deploy the custom-phone-provider Action first"
	case ClassRateLimit:
		return "wait a little, then run the same command again"
	case ClassAuth0:
		return "Auth0 had a problem; check its status page, then run the same command again"
	case ClassRefusedLocal:
		return "this is a dry run or a write that is not in the confirmed plan; nothing was sent"
	case ClassNotAllowed, ClassNotFound, ClassConflict, ClassInvalid:
	}
	return "the message above is Auth0's own; nothing else was changed"
}
