package generate

// Action is a generated Action.
type Action struct {
	Code    string
	Secrets []string          // names, sorted; their values have to be entered
	Purpose map[string]string // by name of a secret: what it is, in words
	Modules []Module          // npm modules, sorted by name; only a [Translated] part has any
	Notes   []string          // what an admin should know about this code, in sentences
}

// Module is an npm module and its version, which may be unknown.
type Module struct{ Name, Version string }

// Failure says what becomes of a message that a carrier did not take.
type Failure string

// The ways of failure. The empty one is Auto.
const (
	// Auto tries again what may get better by itself (no answer, 429, 500 and above) and drops what was refused. After a time-out
	// the carrier may have sent the message all the same, and trying again sends it twice.
	Auto Failure = "auto"
	// Drop gives up at once. The user asks for another code, as before.
	Drop Failure = "drop"
	// Retry tries everything again, up to five times: also what a carrier will refuse each time.
	Retry Failure = "retry"
)

// NonCode says what becomes of notifications without a code: blocked_account, change_password, password_breach. A legacy flow
// never sent any.
type NonCode string

// The ways with notifications without a code. The empty one is DeliverNonCode.
const (
	DeliverNonCode NonCode = "deliver"
	DropNonCode    NonCode = "drop"
)

// Voice says what a carrier that cannot call does with a message that is to be a call.
type Voice string

// The ways with calls. The empty one is DropVoice: nobody gets a text message who asked for a call.
const (
	DropVoice   Voice = "drop"
	VoiceAsText Voice = "as_text" // send the text wording as a text message
)

// done is what becomes of a call, in words.
func (v Voice) done() string {
	if v == VoiceAsText {
		return "sent as text messages"
	}
	return "dropped"
}

// Options are what the admin chose. The zero value is the careful one.
type Options struct {
	Failure Failure
	NonCode NonCode
	Voice   Voice
	Methods []string          // delivery methods that the tenant uses: "text", "voice"; nil: both
	Decided map[string]string // the answer to each [Undecidable], by its ID
}

// Undecidable is a question that the events leave open, for [Router].
type Undecidable struct {
	ID      string // "mfa_after_passwordless", "elsewhere:mfa", …: the key in [Options.Decided]
	Title   string // the question
	Why     string // why it has to be asked
	Choices []Choice
	Answer  string // a Choice's Value; empty while open: the code then has the first choice, and nothing may be deployed
}

// Choice is one answer to an [Undecidable].
type Choice struct{ Value, Label, Consequence string }

// Severity says how much a [Remark] matters.
type Severity string

// The severities.
const (
	Note    Severity = "note"    // good to know
	Warning Severity = "warning" // somebody should look at it
	Stop    Severity = "stop"    // the Action cannot work while this is so
)

// Remark is something to know about a carrier that an Action takes over from.
type Remark struct {
	ID       string // "gateway-time-limit", …
	Severity Severity
	Text     string
}
