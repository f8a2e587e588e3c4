package logs

// Kind says what an entry is to a message.
type Kind string

// The kinds.
const (
	Success   Kind = "success"   // a code was sent
	Failure   Kind = "failure"   // it was not
	Warning   Kind = "warning"   // something was amiss on the way
	Candidate Kind = "candidate" // it may be about the message; a person looks
	Unrelated Kind = "unrelated"
)

// Basis says how well founded it is that an entry is about the message.
type Basis string

// The bases, in the words of package judge.
const (
	Documented Basis = "documented" // Auth0's log event type codes, or the schema of its logs, say so
	Inferred   Basis = "inferred"   // we conclude it
)

// Flow is what sent the message.
type Flow string

// The flows.
const (
	Try          Flow = "try" // a test message: POST /branding/phone/providers/{id}/try
	MFA          Flow = "mfa"
	Passwordless Flow = "passwordless"
	Any          Flow = "" // whatever travels through the tenant-level provider
)

// about says by what an entry of a type is told to be about a message.
type about int

const (
	aNumber  about = iota // a phone number that was written to
	anAction              // the run of an Action
	aCall                 // a request to the API, such as our own
	aLogin                // what became of a code
)

// row is what is known of one type of log.
type row struct {
	kind    Kind
	flow    Flow   // the only one that writes it; Any: several
	channel string // "text" or "voice"; empty: either
	about   about
	means   string
	basis   Basis // that it is about a message of the tenant-level provider
}

// types are the log event type codes that tell of phone messages (Auth0's page "Log Event Type Codes" and the schema of its
// logs). limit_phone stands in the schema only. That a tenant-level provider writes fn and wn is inferred: they are documented as
// those of notifications.
func types(code string) (row, bool) {
	switch code {
	case "gd_send_sms":
		return row{Success, MFA, "text", aNumber, "an MFA code was sent by SMS", Documented}, true
	case "gd_send_voice":
		return row{Success, MFA, "voice", aNumber, "an MFA code was sent by voice call", Documented}, true
	case "gd_send_sms_failure":
		return row{Failure, MFA, "text", aNumber, "an MFA code could not be sent by SMS", Documented}, true
	case "gd_send_voice_failure":
		return row{Failure, MFA, "voice", aNumber, "an MFA code could not be sent by voice call", Documented}, true
	case "cs":
		return row{Success, Passwordless, "", aNumber, "a Passwordless code was sent", Documented}, true
	case "cls":
		return row{Success, Passwordless, "", aNumber, "a Passwordless code or link was sent", Documented}, true
	case "fn":
		return row{Failure, Any, "", aNumber, "a notification could not be sent", Inferred}, true
	case "wn":
		return row{Warning, Any, "", aNumber, "a warning about a notification", Inferred}, true
	case "limit_phone":
		return row{Failure, Any, "", aNumber, "phone messages are blocked for a time, after too many", Documented}, true
	case "gd_otp_rate_limit_exceed":
		return row{Warning, MFA, "", aNumber, "too many wrong codes were entered", Documented}, true
	case "actions_execution_failed":
		return row{Failure, Any, "", anAction, "an Action failed", Documented}, true
	case "gd_start_auth", "gd_auth_succeed", "gd_auth_failed", "gd_auth_rejected":
		return row{Unrelated, MFA, "", aLogin, "a login with an MFA factor", Documented}, true
	case "sapi", "fapi", "mgmt_api_read", "api_limit", "api_limit_warning":
		return row{Candidate, Any, "", aCall, "a request to the API", Documented}, true
	}
	return row{}, false
}

// sought are the types that are asked for by name: those that can be about a message.
func sought() []string {
	return []string{
		"gd_send_sms", "gd_send_voice", "gd_send_sms_failure", "gd_send_voice_failure", "cs", "cls", "fn", "wn",
		"limit_phone", "gd_otp_rate_limit_exceed", "actions_execution_failed",
	}
}

// Means says in words what a type of log is about; empty for one that is not known.
func Means(code string) string {
	known, _ := types(code) // the zero row means nothing
	return known.means
}
