package translate

import "upe/flows/syntax"

// Source is an Action or Hook as a tenant or a file holds it. Trigger, Version and Runtime are empty when nobody knows them.
type Source struct {
	Code    string
	Trigger string // "send-phone-message", "custom-phone-provider"
	Version string // of the trigger: "v1", "v2"
	Runtime string // "node12", "node16", "node18-actions", "node22"

	Modules      []Module // npm modules, as the tenant lists them
	Secrets      []string // names, as the tenant lists them; values cannot be read back
	MessageTypes []string // what MFA may send: "sms", "voice"; nil when not known
}

// Module is an npm module that an Action depends on.
type Module struct {
	Name    string
	Version string // empty when not known
}

// Shape is the kind of event that code was written for.
type Shape string

// The shapes.
const (
	ShapeV2   Shape = "v2"                    // send-phone-message v2: event.message_options
	ShapeV1   Shape = "v1"                    // send-phone-message v1: a flat event, context.secrets
	ShapeHook Shape = "hook"                  // function (recipient, text, context, cb)
	ShapeNew  Shape = "custom-phone-provider" // event.notification
	ShapeNone Shape = ""                      // none of them
)

// Class says what code does about a message.
type Class string

// The classes.
const (
	Delivers     Class = "delivers"      // hands text or code to somebody
	Observes     Class = "observes"      // looks, logs, reports, but delivers nothing
	Template     Class = "template"      // an empty handler, as the Dashboard makes it
	Broken       Class = "broken"        // cannot have worked
	Migrated     Class = "migrated"      // is an Action of custom-phone-provider
	HalfMigrated Class = "half-migrated" // the export is of one trigger, the body of the other
	Foreign      Class = "foreign"       // has no handler for phone messages
)

// Reading is what [Read] found out, without changing anything.
type Reading struct {
	Shape   Shape
	Class   Class
	Why     []Remark // for the class
	Others  []string // handlers of other triggers in the same code, sorted
	Secrets []string // names that the code reads or the tenant lists, sorted: all must be entered again
	Modules []Module // npm modules that the code requires or the tenant lists, sorted by name
}

// Style is how code is translated.
type Style string

// The styles. Auto, Rewrite and Adapter can be asked for; all but Auto can be the result.
const (
	Auto    Style = "auto"    // a rewrite where that is exact, otherwise an adapter
	Rewrite Style = "rewrite" // names and values edited in place
	Adapter Style = "adapter" // the old handler untouched, a translation of the event below it
	Rename  Style = "rename"  // only the export's name changes: the body is of the new trigger already
	None    Style = "none"    // nothing to do
	Refused Style = "refused" // there is no code; the remarks say why
)

// Options are what the admin said.
type Options struct {
	Style   Style             // empty is Auto
	Decided map[string]string // the answer to each [Decision], by its ID
}

// Translation is the outcome. Code is empty when Style is Refused.
type Translation struct {
	Reading   Reading
	Style     Style
	Code      string
	Edits     []syntax.Edit // from Source.Code to Code, in order
	Decisions []Decision
	Remarks   []Remark // in the order of the lines
	Secrets   []string // names to enter again, sorted
	Modules   []Module // to install, sorted by name
	Runtime   string   // of the new Action: "node22"
}

// Open lists the decisions without an answer: while there are any, nothing may be deployed.
func (t Translation) Open() []Decision {
	var open []Decision
	for _, d := range t.Decisions {
		if d.Answer == "" {
			open = append(open, d)
		}
	}
	return open
}

// The identifiers of decisions, and their answers.
const (
	OnError         = "on_error"         // Keep, Drop, Retry
	NonCode         = "non_code"         // Deliver, Drop
	Voice           = "voice"            // AsVoice, AsText
	SecurityContext = "security_context" // Undefined, Stop
	Language        = "language"         // Locale, Request

	Keep      = "keep"
	Drop      = "drop"
	Retry     = "retry"
	Deliver   = "deliver"
	AsVoice   = "as_voice"
	AsText    = "as_text"
	Undefined = "undefined"
	Stop      = "stop"
	Locale    = "locale"
	Request   = "request"
)

// Decision is a question that only a person can answer.
type Decision struct {
	ID      string // OnError, NonCode, ...
	Title   string // the question
	Why     string // why it has to be asked
	Line    int    // in the old code, from 1; 0 when it is about all of it
	Choices []Choice
	Answer  string // a Choice's Value; empty while open
}

// Choice is one answer to a [Decision].
type Choice struct {
	Value       string
	Label       string
	Consequence string
}

// Severity says how much a [Remark] matters.
type Severity = string

// The severities.
const (
	Note    Severity = "note"    // good to know
	Warning Severity = "warning" // somebody should look at it
	Stops   Severity = "stop"    // no translation while this is so
)

// Remark is something to know about the code or its translation.
type Remark struct {
	Case     int // row in the table of cases that cannot be translated exactly ([CaseTitle]); 0 for none
	Line     int // in the old code, from 1; 0 when it is about all of it
	Severity Severity
	Text     string
}
