package wizard

import (
	"context"
	"strings"
	"time"

	"upe/flows/action"
	"upe/flows/judge"
	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Group is one of the five parts of the conversation, which the rail shows.
type Group string

// The groups, in order.
const (
	Look     Group = "Look"
	Choose   Group = "Choose"
	Review   Group = "Review"
	Test     Group = "Prepare and test"
	SwitchOn Group = "Switch on"
)

// Groups lists the groups in order.
func Groups() []Group { return []Group{Look, Choose, Review, Test, SwitchOn} }

// Stage is a station of the conversation; a stage may have several pages or none.
type Stage string

// The stages, in order.
const (
	StageConnect     Stage = "connect"
	StageVerify      Stage = "verify"
	StageScope       Stage = "scope"
	StageProvider    Stage = "provider"
	StageDetails     Stage = "details"
	StageMethods     Stage = "methods"
	StageConflicts   Stage = "conflicts"
	StageTemplates   Stage = "templates"
	StageConnections Stage = "connections"
	StageReview      Stage = "review"
	StagePrepare     Stage = "prepare"
	StageTest        Stage = "test"
	StageMove        Stage = "move"
	StageConfirm     Stage = "confirm"
	StageReport      Stage = "report"
)

// Mode says what a session may do. It is always visible.
type Mode string

// The modes.
const (
	Demo     Mode = "demo"     // an embedded tenant
	Emulated Mode = "emulated" // a tenant served on this computer by `upe emulate`
	DryRun   Mode = "dry run"  // nothing but reads leaves the program
	Offline  Mode = "offline"  // a bundle of a tenant: nothing leaves the program
	Live     Mode = "live"     // a real tenant
)

// onlyPlans reports whether a session ends with a plan, because it may not write.
func (m Mode) onlyPlans() bool { return m == DryRun || m == Offline }

// Known is what the conversation knows by now. Effects fill it.
type Known struct {
	Mode      Mode
	Tenant    tenant.Identity
	User      string   // who sits here, as the system knows them
	Name      string   // the tenant's friendly name, when read
	Scopes    []string // what the access token may do; empty: it does not say
	Snapshot  *tenant.Snapshot
	derived   *derived // from Snapshot, set with it; nil: nothing was kept yet
	Judgement *judge.Judgement
	Reading   tenant.Progress // while the snapshot is taken
	Plan      *plan.Plan
	Rehearsed *Rehearsed
	Run       *run.State
	Open      Run           // the opened run, once Prepare has begun
	Folder    string        // of the run
	Reported  string        // path of the report, once it is written
	Saved     []string      // paths of files that were saved
	Handset   []Message     // what the emulated handset received; demo only
	Trial     *action.Trial // of the Action's code, the last one tried
	Made      *Made         // the Action that was made from what sends today, the last one made
	Old       Readings      // what the Actions that send today come to, by their ids
	SignedIn  []string      // demo: moves for which a code was asked for after the switch
	Look      *logs.Look    // what the tenant logs say of the logins since the switches; nil: nobody has looked
	Watches   bool          // whether [Host.Watch] can be asked
	Watched   bool          // the person has seen enough of that
	Scans     bool          // whether [Host.Scan] can be asked
	Scanned   *Scanned      // what a scan of source code came to; nil: nobody scanned
	Scanning  bool          // behind the report: a folder is asked for

	Own map[string]Secret // demo: the secrets of the embedded tenant's Actions, by name; nobody there could know them

	Unfinished  []UnfinishedRun // of this tenant, from before
	Resumed     bool            // the run was begun in an earlier session: its plan is given, and nothing is chosen
	Environment string          // of a resumed run, as its plan has it
	Secrets     Answers         // that the host has found for what is left of a run, by their names: nobody is asked for these
	Back        *WayBack        // the run is to be taken back; nil: nobody wants to

	Wrote  bool   // a run of this session has written something, and was left for another one
	Paused string // the move before which the person stopped to think
	Amiss  string // the delivery method of a test message that arrived, and not as it should
	Silent bool   // demo: the last test message did not reach the handset
	// Drifted says that the last part of the run stopped because the tenant has changed, and that nobody has said yet what next.
	Drifted bool
	Skip    string // the delivery method that is to be gone without
	// Unproven are the delivery methods that were gone without.
	Unproven []string
	Doubted  string // the move after which a login did not work
	Doubt    string // why, as far as the program knows
	Stopped  bool   // the person stopped after such a login
	Keeps    bool   // what the end of the plan takes away is left for another day
	Narrows  bool   // it is to be taken away, and the tenant's domain is not typed yet
	Asked    string // the move that this session has carried as far as a person's hand
	Again    bool   // the settings are to be chosen again: see Session.Pass

	FlagFirst bool // Auth0 refused the provider before the flag: the plan is to turn the flag on first

	// Running is the id of the page whose effect is being carried out; that page is shown until it ends.
	Running string
}

// UnfinishedRun is a run of this tenant that somebody began and did not finish.
type UnfinishedRun struct {
	ID, Folder string
	WaitsFor   string // in words
	Back       bool   // it is being taken back
}

// Standing is where the run stands: going back, where that has begun, else forward; nil before there is a run.
func (k Known) Standing() *run.State {
	if k.Back != nil && k.Back.Begun {
		return &k.Back.State
	}
	return k.Run
}

// Key names an answer: its path in the answers file, "twilio.sid".
type Key string

// Value is an answer: string, bool, []string, or [Secret].
type Value any

// Secret is an answer that never leaves memory. It prints as a placeholder everywhere.
type Secret struct{ value string }

// NewSecret wraps a secret.
func NewSecret(value string) Secret { return Secret{value} }

// Reveal is the secret itself, for the request that needs it.
func (s Secret) Reveal() string { return s.value }

func (s Secret) String() string { return tenant.Redacted }

// GoString keeps %#v from printing the secret.
func (s Secret) GoString() string { return tenant.Redacted }

// MarshalText keeps encoders from writing the secret.
func (s Secret) MarshalText() ([]byte, error) { return []byte(tenant.Redacted), nil }

// Answers are what was answered, by key.
type Answers map[Key]Value

// Page is one thing to show and ask.
type Page struct {
	ID        string // unique in a conversation: "verify", "test-text", "move-mfa"
	Stage     Stage
	Group     Group
	Title     string
	Lead      string // one or two sentences: what this is, whether it is safe, what comes next
	Blocks    []Block
	Live      func(Answers) []Block // more blocks, for the answers as they are being given; nil: none
	Questions []Question
	// Together judges what no answer shows by itself, once each is right alone: it names the question at which the error is shown. nil:
	// there is nothing to judge.
	Together func(Answers) (Key, error)
	Effect   *Effect // what happens once the questions are answered; nil: only the next page
	Continue string  // what going on is called: "Continue", "Prepare now"
	Safe     string  // what is written by going on: "Nothing is written.", "3 writes; users notice nothing."
	// Going is what going on comes to with the answers as they are given, where that depends on them; nil: Continue and Safe say it for all.
	Going    func(Answers) Going
	Save     *Effect                     // what the save key does: write the plan or the report to a file; nil: nothing to save
	Rehearse *Effect                     // what the rehearse key does: carry the plan out on copies of the tenant; nil: no plan yet
	Copy     func(step string) []Command // the request of a step, for a shell; nil: no plan on this page
	Edit     *Edit                       // what the edit key opens in the person's own editor; nil: nothing to edit
	Final    bool                        // nothing comes after it, but for what its effect may lead to
	Returns  bool                        // a final page from which going on leads back: something has to be chosen otherwise
	// Leave is what going back from this page undoes in what is known; nil: the page before is shown, if there is one.
	Leave func(Known) Known
}

// Going is what going on from a page comes to.
type Going struct {
	Continue, Safe string // as in [Page]
	Writes         bool   // it may change the tenant, where the effect may
}

// GoesOn is what going on comes to with these answers.
func (p Page) GoesOn(given Answers) Going {
	g := Going{Continue: p.Continue, Safe: p.Safe, Writes: p.Effect != nil && p.Effect.Writes}
	if p.Going != nil {
		now := p.Going(given)
		g = Going{Continue: now.Continue, Safe: now.Safe, Writes: g.Writes && now.Writes}
	}
	switch {
	case g.Continue != "":
	case p.Final:
		g.Continue = "Close"
	default:
		g.Continue = "Continue"
	}
	return g
}

// Command is a request as it is typed into a shell, exactly: a front end makes safe what it shows of it. It holds no secret.
type Command struct {
	Name string // of the program that sends it: "curl", "auth0 api"
	Text string
}

// Edit is a text of a page that a person may change in an editor of their own.
type Edit struct {
	Name string                    // of the file, which tells the language: "action.js"
	Text string                    // what the editor begins with, where it is no answer
	Keys []Key                     // the questions whose answers it may be; none: it is no answer
	Use  func(text string) *Effect // what is done with the changed text, where it is no answer; the page stays
}

// Edited is what an editor left of a text. Most editors end the last line of a file, also where the text did not.
func Edited(before, after string) string {
	if strings.HasSuffix(before, "\n") {
		return after
	}
	return strings.TrimSuffix(after, "\n")
}

// Kind says how a question is asked.
type Kind string

// The kinds of questions.
const (
	One    Kind = "one"    // exactly one option
	Many   Kind = "many"   // any number of options
	Line   Kind = "line"   // one line of text
	Hidden Kind = "hidden" // a secret, not echoed
	Prose  Kind = "prose"  // several lines: a template, code
	YesNo  Kind = "yes-no" // default no
	Retype Kind = "retype" // a text that must be typed in full: Want
	PathTo Kind = "path"   // a file's path
)

// Question is one answer to give.
type Question struct {
	Key     Key
	Kind    Kind
	Title   string
	Help    string // what it is for, where to find the value
	Source  string // where Auth0 documents it
	Options []Option
	Default Value             // from the tenant's current values; nil: only a person can decide it
	Want    string            // Retype
	Digits  bool              // One: each option has a digit, which chooses it and goes on
	Own     bool              // the default is only a beginning: an answers file must give the answer
	Unless  Key               // an answer to this one makes this one needless
	Adds    bool              // several pages ask for parts of one list under this key: this answer leaves the others alone
	Check   func(Value) error // nil: anything goes; the error is shown at the field
}

// Option is one way to answer.
type Option struct {
	Value       string
	Label       string
	Consequence string
	Source      string
	Disabled    string // why it cannot be chosen; empty: it can
}

// Effect is something that happens outside the conversation.
type Effect struct {
	Title string
	// Named is the title for the answers given, where they decide what happens; nil: Title is.
	Named  func(Answers) string
	Writes bool // it may change the tenant
	Word   bool // with Writes: it only keeps a person's word, to which the answers on its page are consent enough
	// Do carries it out with the answers given on its page. It reports what becomes known through update, as often as it likes
	// and from any goroutine.
	Do func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error
}

// For is the effect with the title that it has for these answers.
func (e Effect) For(given Answers) *Effect {
	if e.Named != nil {
		e.Title = e.Named(given)
	}
	return &e
}

// Host is what effects may use; cmd/upe provides it. A nil function is not available in this session.
type Host struct {
	Read     func(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, error)
	Open     func(p plan.Plan, before tenant.Snapshot, secrets func(name string) (string, error)) (Run, error)
	Resume   func(ctx context.Context, id string) (Resumed, error)                     // takes hold of an unfinished run; Open then goes on with it
	Back     func(ctx context.Context, turning Turning) (WayBack, error)               // looks for the way back of the run at hand; nothing is written
	GoBack   func(way WayBack, secrets func(name string) (string, error)) (Run, error) // opens one that Back has found
	Support  func(ctx context.Context, way WayBack) ([]judge.SupportText, error)       // what Auth0 Support has to know once a way back was given up
	ReadFile func(path string) ([]byte, error)
	Save     func(name string, data []byte) (path string, err error)
	Handset  func(ctx context.Context) ([]Message, error)
	Rehearse func(ctx context.Context, p plan.Plan, before tenant.Snapshot) (Rehearsed, error)
	SignIn   func(ctx context.Context, move plan.Move) error             // demo: a user of the tenant asks for a code
	Watch    func(ctx context.Context) (logs.Look, error)                // whether people still come in, by the tenant logs
	Scan     func(ctx context.Context, folder string) (Scanned, error)   // looks through source code on this computer
	Requests func() []Request                                            // the requests that were sent, the newest last; called from any goroutine
	Note     func(text string)                                           // what an admin should know, said beside the pages
	Report   func(p plan.Plan, state run.State) (path string, err error) // writes the report into the run folder
}

// Request is one attempt of one request, without its headers, its query and its body.
type Request struct {
	At      time.Time // when it was sent
	Method  string
	Path    string // below the host: "/api/v2/tenants/settings"
	Status  int    // 0: no answer came
	Took    time.Duration
	Attempt int    // from 1
	Error   string // why no answer came
}

// Run is one opened run.
type Run interface {
	Folder() string
	Run(ctx context.Context, until run.Until, progress func(run.State)) (run.State, error)
	Send(ctx context.Context, channel, to string) (run.State, error) // a test message
	Answer(ctx context.Context, channel string, arrived bool, by string) (run.State, error)
	Override(ctx context.Context, move, reason, by string) (run.State, error)           // go without evidence
	WithoutUndo(ctx context.Context, move, reason, by string) (run.State, error)        // what going back needs is not in hand
	Confirm(ctx context.Context, move, by string, untried ...string) (run.State, error) // untried: delivery methods nobody logged in by
	Logs(ctx context.Context, move string) (run.State, error)                           // what the tenant logs say since the move was switched
	ByHand(ctx context.Context, step, by string) (run.State, error)
}

// Message is what a handset received.
type Message struct {
	At      time.Time `json:"at"`
	To      string    `json:"to"`
	From    string    `json:"from"`
	Channel string    `json:"channel"`
	Text    string    `json:"text"`
	Via     string    `json:"via"`

	Sent    Sent   `json:"sent"`    // what brought it; zero where nobody knows
	Before  Sent   `json:"before"`  // what would have brought it before the migration; zero where nobody knows, or nothing would have
	Changed string `json:"changed"` // where Sent differs from Before, in words; empty: byte for byte the same, but for the date of a token
}

// Sent is a request that brought a message, as a screen may show it: without secrets.
type Sent struct {
	Method string `json:"method"` // "POST"; "CALL" for the function of an npm module
	URL    string `json:"url"`    // or the function: "twilio().messages.create"
	Header string `json:"header"` // lines "name: value"
	Body   string `json:"body"`   // as sent; of a call its arguments, as a JSON array
}
