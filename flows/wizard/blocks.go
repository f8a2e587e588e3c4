package wizard

import (
	"encoding/json"
	"time"

	"upe/flows/judge"
	"upe/flows/run"
)

// Block is something to look at. The set is closed: a front end draws every one of them.
type Block interface{ block() }

// Tone colours a text by its meaning.
type Tone string

// The tones.
const (
	Plain   Tone = ""
	Good    Tone = "good"
	Careful Tone = "careful"
	Bad     Tone = "bad"
)

// Text is a paragraph.
type Text struct {
	Title, Body string
	Tone        Tone
}

// Facts are labelled values.
type Facts struct {
	Title string
	Rows  []Fact
}

// Fact is one labelled value. Evidence wins over words: Value is exactly what the tenant says.
type Fact struct {
	Label, Value, Note string
	Tone               Tone
}

// Findings are what was found.
type Findings struct {
	Title string
	Items []judge.Finding
	Parts []Part // what it was found in, for those who want to see for themselves
}

// Part is an answer of the API as it came, with secrets masked.
type Part struct {
	Path string // below /api/v2/, as the snapshot names it
	JSON json.RawMessage
}

// Journey is how codes travel: one leg per flow and channel.
type Journey struct {
	Title string
	Legs  []Leg
}

// Leg is one way of a code: "MFA by SMS" goes through "MFA settings" to "Twilio AC12…, from +1…".
type Leg struct {
	Flow, Through, Carrier string
	Then                   string // who takes it from a new Action that keeps several carriers; empty for any other
	Delivers               bool
	Planned                bool   // with Delivers: it is to, and nothing has shown yet whether it does
	Problem                string // why not
	Basis                  string // how sure we are, in words
}

// Matrix shows which factors are covered by which delivery methods.
type Matrix struct {
	Title   string
	Methods []string // column heads: "Text", "Voice"
	Rows    []MatrixRow
	Verdict string // in a sentence
	Tone    Tone
	Row     string // the documented row that says so, with its erratum; empty: undocumented
}

// MatrixRow is one factor that needs a delivery method.
type MatrixRow struct {
	Label string
	Cells []Cell // one per method
}

// Cell is one crossing.
type Cell struct {
	Needed, Offered bool
}

// Diff is a text before and after.
type Diff struct {
	Title, Before, After string
	Language             string // what it is written in, where it is code: [JavaScript]
}

// JavaScript is the language of Actions.
const JavaScript = "javascript"

// Preview shows messages as users get them now and as they will, rendered: the two belong side by side.
type Preview struct {
	Title string
	Rows  []PreviewRow
}

// PreviewRow is one message in one channel.
type PreviewRow struct {
	Label         string // "MFA, SMS"
	Before, After string
	Note          string // what it costs: "1 SMS of 42 characters (GSM-7)"
}

// Steps are the steps of a plan, with how they stand.
type Steps struct {
	Title string
	Items []StepItem
}

// StepItem is one step: a line, and what opens under it.
type StepItem struct {
	ID, Title, Why  string
	Number          int             // in the whole plan, from 1; 0: by its place in the list
	Heading         string          // shown above the first step of its part: "Prepare: users notice nothing"
	Request         string          // "PATCH /tenants/settings"; empty for what a person does
	Body            json.RawMessage // redacted
	Before, After   json.RawMessage // redacted
	Undo, Dashboard string
	Link, Basis     string
	OneWay          bool
	ByHand          bool // a person does it, in the Dashboard or elsewhere
	Status          run.Status
	Took            time.Duration
	Note            string // the error, or what is waited for
}

// Evidence is the table of what is known about each delivery method.
type Evidence struct {
	Rows []run.Evidence
}

// Messages is the emulated handset.
type Messages struct {
	Items []Message
}

// Code is a piece of source code or a command to copy.
type Code struct {
	Title, Text string
	Language    string // [JavaScript]; empty for what has no colours, such as a command
}

func (Text) block()     {}
func (Facts) block()    {}
func (Findings) block() {}
func (Journey) block()  {}
func (Matrix) block()   {}
func (Diff) block()     {}
func (Preview) block()  {}
func (Steps) block()    {}
func (Evidence) block() {}
func (Messages) block() {}
func (Code) block()     {}
