package js

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"modernc.org/quickjs"
)

// maxReason is where Auth0 cuts the reason of drop and retry, in characters.
const maxReason = 1024

// recorder is the host's side of a run: it writes down and answers.
type recorder struct {
	box     *sandbox
	answer  func(Call) Response
	room    int // bytes that may still be recorded
	result  Result
	decided Outcome // by api.notification: Dropped, Retry
	ended   bool
}

// register gives the VM the functions that runtime/action.js takes and hides.
func (r *recorder) register() error {
	for name, f := range map[string]quickjs.HostFunc{
		"hostRecord": r.record, "hostLog": r.log, "hostNote": r.note, "hostEnd": r.end, "hostRoom": r.makeRoom,
		"hostMissing": r.missing, "hostCrypto": r.crypto,
	} {
		if err := r.box.vm.RegisterHostFunc(name, f); err != nil {
			return fmt.Errorf("register %s: %w", name, err)
		}
	}
	if err := r.box.vm.RegisterFunc("hostLoad", r.load, false); err != nil {
		return fmt.Errorf("register hostLoad: %w", err)
	}
	return nil
}

// spend takes bytes from what may be recorded. When there is not enough left the
// run ends: an exception alone could be caught by the Action and tried again.
func (r *recorder) spend(args []any) error {
	for _, arg := range args {
		r.room -= 16
		if s, ok := arg.(string); ok {
			r.room -= len(s)
		}
	}
	if r.room >= 0 {
		return nil
	}
	r.box.stopped = ErrOutput
	r.box.vm.Interrupt()
	r.box.vm.SetMemoryLimit(0) // see sandbox.interrupt
	return ErrOutput
}

// record takes kind, module, path, arguments, method, URL, headers, body.
func (r *recorder) record(args []any) (any, error) {
	if err := r.spend(args); err != nil {
		return nil, err
	}
	call := Call{
		Kind: CallKind(text(args, 0)), Module: text(args, 1), Path: text(args, 2),
		Method: text(args, 4), URL: text(args, 5), Body: text(args, 7),
	}
	if call.Kind != Request {
		call.Args = json.RawMessage(text(args, 3))
	} else if err := json.Unmarshal([]byte(text(args, 6)), &call.Headers); err != nil {
		call.Headers = map[string]string{} // only an Action that replaced toJSON gets here
	}
	r.result.Calls = append(r.result.Calls, call)
	if call.Kind == API {
		r.decide(call)
		return "null", nil
	}
	return r.answer(call).encode()
}

// decide remembers drop and retry: the last call wins (Auth0's reference of
// api.notification).
func (r *recorder) decide(call Call) {
	switch call.Path {
	case "api.notification.drop":
		r.decided = Dropped
	case "api.notification.retry":
		r.decided = Retry
	default:
		return
	}
	r.result.Reason = reason(call.Args)
}

// reason is the first argument as text.
func reason(args json.RawMessage) string {
	var list []json.RawMessage
	if json.Unmarshal(args, &list) != nil || len(list) == 0 {
		return ""
	}
	var s string
	if json.Unmarshal(list[0], &s) != nil {
		s = string(list[0])
	}
	if runes := []rune(s); len(runes) > maxReason {
		return string(runes[:maxReason])
	}
	return s
}

func (r *recorder) log(args []any) (any, error) {
	if err := r.spend(args); err != nil {
		return nil, err
	}
	r.result.Logs = append(r.result.Logs, text(args, 0))
	return nil, nil
}

func (r *recorder) note(args []any) (any, error) {
	if n := Note(text(args, 0)); !slices.Contains(r.result.Notes, n) {
		r.result.Notes = append(r.result.Notes, n)
	}
	return nil, nil
}

// makeRoom lets a run that is over describe its error when memory is used up.
func (r *recorder) makeRoom([]any) (any, error) {
	r.box.vm.SetMemoryLimit(r.box.limits.Memory + 1<<20)
	return nil, nil
}

// end takes how the handler ended, the error's class, message and stack; on a
// return the message is the value as JSON.
func (r *recorder) end(args []any) (any, error) {
	if err := r.spend(args); err != nil {
		return nil, err
	}
	class, message, stack := text(args, 1), text(args, 2), text(args, 3)
	if limit := engineLimit(class, message); limit != nil {
		r.stop(limit)
		return nil, nil
	}
	failure := &Error{Kind: ErrThrown, Class: class, Message: message, Line: lineOf(stack)}
	switch text(args, 0) {
	case "done":
		if message != "" {
			r.result.Value = json.RawMessage(message)
		}
		r.finish(Done, nil)
	case "missing":
		r.finish(NoHandler, &Error{Kind: ErrNoHandler})
	case "memory":
		r.finish(OutOfMemory, &Error{Kind: ErrMemory})
	case "invalid":
		failure.Kind = ErrSyntax
		r.finish(InvalidCode, failure)
	default:
		r.finish(Threw, failure)
	}
	return nil, nil
}

// finish keeps the first end.
func (r *recorder) finish(outcome Outcome, err *Error) {
	if r.ended {
		return
	}
	r.ended = true
	r.result.Outcome = outcome
	if err != nil {
		r.result.Err = err
	} else if r.decided != "" {
		r.result.Outcome = r.decided
	}
}

// scriptFrame is a place in the Action's own code: what new Function compiles is
// called <input> by the engine, the runtime files are called <eval>. Without the
// parentheses <input> is a text given to JSON.parse.
var scriptFrame = regexp.MustCompile(`\(<input>:(\d+):\d+\)`)

// lineOf is the first line of the Action in a stack trace, from 1, or 0.
func lineOf(stack string) int {
	found := scriptFrame.FindStringSubmatch(stack)
	if found == nil {
		return 0
	}
	line, _ := strconv.Atoi(found[1])
	return max(line-2, 0) // new Function puts two lines before the body
}

// text is a string argument; anything else, which runtime never sends, is empty.
func text(args []any, i int) string {
	if i >= len(args) {
		return ""
	}
	s, _ := args[i].(string)
	return s
}
