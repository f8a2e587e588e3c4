package action

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/js"
)

// Fate is what becomes of a code in a trial.
type Fate struct {
	Message

	Sent bool
	// Unknown: the trial cannot tell, since what the Action stumbled over may be made up: a secret, a carrier's answer, a module.
	Unknown bool
	Says    string // what the Action does, in words: "does nothing with it"
}

// maxSays is how much of an Action's own words a sentence repeats, in characters.
const maxSays = 160

// words name the code and say what becomes of it.
func (f Fate) words() string {
	says := []rune(f.Says)
	if len(says) > maxSays {
		says = append(says[:maxSays:maxSays], '…')
	}
	return fmt.Sprintf("%s (it %s)", f.Message, string(says))
}

// lost reports whether the code is known not to be sent.
func (f Fate) lost() bool { return !f.Sent && !f.Unknown }

// ErrLoses is inside the error of [Trial.Loses].
var ErrLoses = errors.New("this Action would lose")

// Loses says which of the codes that were tried, and that are wanted, an Action does not send, or nil. A provider with it would stop
// them: nobody who waits for one is told.
func (t Trial) Loses(wanted func(Message) bool) error {
	var lost []string
	for _, f := range t.Codes {
		if words := f.words(); f.lost() && wanted(f.Message) && !slices.Contains(lost, words) {
			lost = append(lost, words)
		}
	}
	if len(lost) == 0 {
		return nil
	}
	return fmt.Errorf("%w: %s", ErrLoses, shortened(lost))
}

// maxNamed is how many codes one sentence names.
const maxNamed = 6

func shortened(list []string) string {
	if more := len(list) - maxNamed; more > 0 {
		return fmt.Sprintf("%s; and %d more", strings.Join(list[:maxNamed], "; "), more)
	}
	return strings.Join(list, "; ")
}

// unexercised is the note on codes of which the trial tells nothing, if there are any.
func unexercised(all []Fate) []string {
	var names []string
	for _, f := range all {
		if words := f.words(); f.Unknown && !slices.Contains(names, words) {
			names = append(names, words)
		}
	}
	if len(names) == 0 {
		return nil
	}
	return []string{"not exercised, since secrets and answers are made up in a trial run: " + shortened(names) +
		". Only a real message of each proves that it is sent"}
}

// fates puts the runs into words, one a message. Messages beyond the runs were not tried.
func fates(code string, messages []Message, runs []js.Result) []Fate {
	all := make([]Fate, len(messages))
	for i, m := range messages {
		all[i] = Fate{Message: m, Unknown: true, Says: "was not tried with it: there are too many flows"}
		if i < len(runs) {
			all[i] = fate(m, code, runs[i])
		}
	}
	for i, f := range all {
		// What stops one type of code only, and that by the same way, is the code's type, and nothing that is made up.
		all[i].Unknown = f.Unknown && !slices.ContainsFunc(all[:min(len(messages), len(runs))], f.sentAsOther)
	}
	return all
}

// sentAsOther reports whether other is the same code of another type, and was sent.
func (f Fate) sentAsOther(other Fate) bool {
	return other.Sent && other.Type != f.Type && other.Flow == f.Flow && other.Method == f.Method
}

func fate(m Message, code string, result js.Result) Fate {
	f := Fate{Message: m}
	f.Sent, f.Says = does(result)
	if f.Sent && !slices.ContainsFunc(result.Calls, carries) {
		f.Sent, f.Unknown = false, true
		f.Says = "only calls what the trial does not know: " + strings.Join(sends(result), ", ")
	}
	madeUp := len(Secrets(code))+len(Modules(code)) > 0
	switch result.Outcome {
	case js.Dropped, js.Retry:
		f.Unknown = len(sends(result)) > 0
	case js.Threw:
		f.Unknown = madeUp || len(sends(result)) > 0
	case js.Done, js.TimedOut, js.OutOfMemory, js.TooMuch, js.NoHandler, js.InvalidCode:
	}
	return f
}

// carries reports whether a call takes a message to a carrier as far as anybody can tell: any request, and Twilio's own. Whether
// another module sends, logs or counts is not known.
func carries(call js.Call) bool {
	return call.Kind == js.Request || call.Kind == js.Module && call.Module == "twilio" && strings.HasSuffix(call.Path, ".create")
}
