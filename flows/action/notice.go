package action

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"upe/flows/js"
)

// Notice is what an Action does with a notification that is not a code. A tenant-level provider gets those as well; a
// send-phone-message Action never did.
type Notice struct {
	Type string // "change_password", "blocked_account", "password_breach"
	Sent bool
	Says string // what it does, in words: "sends it: POST https://…"
}

// noCode is a message type that is not a code, with what the made-up message says.
type noCode struct{ kind, text string }

var notices = [...]noCode{
	{"change_password", "Your password for Sample can be changed now"},
	{"blocked_account", "Your account at Sample was blocked"},
	{"password_breach", "Your password for Sample was found in a breach"},
}

// tryNotices runs an Action once for each notification that is not a code.
func tryNotices(ctx context.Context, code string) ([]Notice, error) {
	var all []Notice
	for _, n := range notices {
		message := sample()
		message.Type = n.kind
		result, err := message.run(ctx, code)
		if err != nil {
			return nil, err
		}
		all = append(all, notice(n.kind, result))
	}
	return all, nil
}

// notice puts a run into words.
func notice(kind string, result js.Result) Notice {
	sent, says := does(result)
	return Notice{Type: kind, Sent: sent, Says: says}
}

// does says what an Action does with a message. Only what was sent and not given up counts as sent.
func does(result js.Result) (sent bool, says string) {
	requests := strings.Join(sends(result), ", ")
	switch result.Outcome {
	case js.Dropped, js.Retry:
		return false, "gives it up: " + result.Reason
	case js.Done:
		if requests != "" {
			return true, "sends it: " + requests
		}
		return false, "does nothing with it"
	case js.Threw, js.TimedOut, js.OutOfMemory, js.TooMuch, js.NoHandler, js.InvalidCode:
	}
	return false, fmt.Sprintf("breaks: %v", result.Err)
}

// What may be wanted for notifications that are not codes.
const (
	Deliver = "deliver"
	Drop    = "drop"
)

// Agrees compares what is wanted for notifications that are not codes, [Deliver] or [Drop], with what the trial showed. A trial
// in which not even a code was sent tells nothing, since every secret in it is made up.
func (t Trial) Agrees(wanted string) error {
	if len(t.Sends) == 0 {
		return nil
	}
	var other []string
	for _, n := range t.Notices {
		if n.Sent != (wanted == Deliver) {
			other = append(other, fmt.Sprintf("%s: it %s", n.Type, n.Says))
		}
	}
	if len(other) == 0 {
		return nil
	}
	return fmt.Errorf("%w; change the code, or this answer (%s)", errOtherwise, strings.Join(other, "; "))
}

var errOtherwise = errors.New("in the trial run the Action did otherwise")
