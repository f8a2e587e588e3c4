package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/logs"
	"upe/flows/run"
)

// heard is what the tenant logs say about a test message; no block when they were not looked at.
func heard(v *logs.Verdict) []Block {
	if v == nil {
		return nil
	}
	words := sentence(v.Words())
	if v.Standing == logs.Failed {
		words += " A person's word does not outweigh that: a new message does."
	}
	return append([]Block{Text{Body: words, Tone: tone(v)}}, candidates(v)...)
}

// heardSince is what they say about the codes of a flow since it was switched on.
func heardSince(m run.MoveState) []Block {
	if m.Logs == nil {
		return nil
	}
	return append([]Block{Text{Title: "Since the switch", Body: sentence(m.Logs.Codes()), Tone: tone(m.Logs)}}, candidates(m.Logs)...)
}

func tone(v *logs.Verdict) Tone {
	switch v.Standing {
	case logs.Failed:
		return Bad
	case logs.Seen:
		return Good
	case logs.Unreadable:
		return Careful
	case logs.Nothing:
	}
	return Plain
}

// candidates shows the entries that a person should look at, as they were read.
func candidates(v *logs.Verdict) []Block {
	if !v.Worth() {
		return nil
	}
	var blocks []Block
	for _, c := range v.Candidates {
		if c.Kind != logs.Success {
			blocks = append(blocks, Code{Title: fmt.Sprintf("Log %s, %s: %s", c.Type, c.Kind, c.Why), Text: string(c.Raw)})
		}
	}
	return blocks
}

// sentence makes one of words that begin in the middle of one.
func sentence(words string) string {
	if words == "" {
		return ""
	}
	return capital(words) + "."
}

func capital(words string) string { return strings.ToUpper(words[:1]) + words[1:] }

// lookAtLogs reads the tenant logs of a move anew.
func lookAtLogs(ctx context.Context, opened Run, m run.MoveState, update func(func(Known) Known)) error {
	state, err := opened.Logs(ctx, m.ID)
	if err != nil {
		return err
	}
	update(func(k Known) Known { k.Run = &state; return k })
	return nil
}
