package proof

import (
	"fmt"
	"time"

	"upe/flows/js"
)

// Case is one message in one situation.
type Case struct {
	Flow       string // in words
	Type       string // "otp_verify", "otp_enroll", or a notification without a code
	Method     string // "text", "voice"
	Connection *Connection
	To         string // the number the message is for
	Answer     Answer

	bare    bool // nothing is there that may be missing
	settled settled
}

// settled is what holds for all cases of a proof.
type settled struct {
	decided map[string]string
	secrets map[string]string // made-up values by name
	limits  js.Limits
}

// Answer is how whom an Action calls answers it.
type Answer struct {
	words string // "when the gateway answers 500"
	give  func(js.Call, int) js.Response
}

// The message and the user of all cases. Values that could be mistaken for each other differ, so that a mistake shows.
const (
	sampleCode     = "482913"
	sampleNumber   = "+15005550006"
	writtenNumber  = "+1 500-555-0006" // as the samples of auth0-actions write numbers, and people
	sampleText     = "482913 is your verification code for Sample. Please enter this code to go on."
	sampleVoice    = "Hello. Your verification code for Sample is 4. 8. 2. 9. 1. 3. I repeat, 4. 8. 2. 9. 1. 3."
	sampleIP       = "203.0.113.7"
	sampleAgent    = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) Safari/605.1.15"
	sampleLocale   = "pt-BR" // what the wording was rendered in
	sampleLanguage = "es"    // what the browser asks for
)

// now is when all cases happen.
var now = time.Date(2026, time.January, 1, 12, 0, 0, 0, time.UTC)

// Types and methods of codes, as the new event has them.
var (
	codeTypes   = []string{"otp_verify", "otp_enroll"}
	codeMethods = []string{"text", "voice"}
)

// accepted is the answer of all who take the message.
func accepted(c js.Call, _ int) js.Response { return js.DefaultAnswer(c) }

// refused answers with an error of HTTP, and to a module's call with the exception that becomes of one.
func refused(status int) func(js.Call, int) js.Response {
	return func(js.Call, int) js.Response {
		return js.Response{Status: status, Headers: jsonType(), Body: `{"error":"refused","message":"no"}`}
	}
}

func jsonType() map[string]string { return map[string]string{"content-type": "application/json"} }

// slowness is how long a slow answer takes: longer than clients wait by default, shorter than the 20 s that Auth0 gives an Action.
const slowness = 10 * time.Second

func slowly(c js.Call, _ int) js.Response {
	r := js.DefaultAnswer(c)
	r.Delay = slowness
	return r
}

// answers are tried with every message.
var answers = []Answer{
	{"when the message is accepted", accepted},
	{"when the gateway answers 400", refused(400)},
	{"when the gateway answers 500", refused(500)},
	{"when the gateway is not reached", func(js.Call, int) js.Response { return js.Response{Failure: "ECONNREFUSED"} }},
	{"when the answer takes 10 seconds", slowly},
}

// oddities are tried with one message only: what they lead to does not depend on the kind of message more than the rest.
var oddities = []Answer{
	{"when the gateway answers 401", refused(401)},
	{"when the gateway answers 429", refused(429)},
	{"when the answer is no JSON", func(js.Call, int) js.Response {
		return js.Response{Headers: map[string]string{"content-type": "text/plain"}, Body: "OK"}
	}},
	{"when the first answer is 503 and the next accepts", func(c js.Call, n int) js.Response {
		if n == 0 {
			return js.Response{Status: 503, Headers: jsonType(), Body: `{}`}
		}
		return js.DefaultAnswer(c)
	}},
	{"when the first call is accepted and the next answers 500", func(c js.Call, n int) js.Response {
		if n == 0 {
			return js.DefaultAnswer(c)
		}
		return js.Response{Status: 500, Headers: jsonType(), Body: `{}`}
	}},
}

// emptiness is tried where modules are not really there: an answer with nothing in it, where a stand-in has everything.
var emptiness = Answer{"when a module answers with an empty object", func(c js.Call, _ int) js.Response {
	if c.Kind == js.Module {
		return js.Response{Body: "{}"}
	}
	return js.DefaultAnswer(c)
}}

// String names the message: "login codes by SMS of MFA".
func (c Case) String() string {
	kind, way := "login codes", "SMS"
	if c.Type == "otp_enroll" {
		kind = "enrolment codes"
	}
	if c.Method == "voice" {
		way = "voice"
	}
	name := fmt.Sprintf("%s by %s of %s", kind, way, c.Flow)
	if c.To != sampleNumber {
		name += " to " + c.To
	}
	if c.bare {
		name += " with an event that has no more than it must"
	}
	return name
}

// where is the message and the situation.
func (c Case) where() string { return c.String() + ", " + c.Answer.words }

// answer numbers the calls of a run, for answers that differ from call to call.
func (c Case) answer() func(js.Call) js.Response {
	n := 0
	return func(call js.Call) js.Response {
		r := c.Answer.give(call, n)
		n++
		return r
	}
}

// Secret is the made-up value of a secret of the new Action.
func (c Case) Secret(name string) string { return c.settled.secrets[name] }

// Text is the wording of the message in this case, as far as the old side has only one.
func (c Case) Text() string {
	if c.Method == "voice" && c.settled.decided["voice"] != "as_text" {
		return sampleVoice
	}
	return sampleText
}
