package translate

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/js"
	"upe/flows/pattern"
	"upe/flows/syntax"
)

// looksTyped finds what only TypeScript says.
var looksTyped = pattern.Lazy(`(?m)^\s*(?:export\s+)?(?:interface|type|enum|declare)\s+\w+|[\w)\]]\s*\??:\s*(?:string|number|boolean|any|unknown|void|Promise<|Event\b)|\bas\s+(?:string|any|unknown)\b|^import type `)

// unreadable reads code that does not parse. The parser takes whatever Node does, and more than the sandbox: Auth0 does not run it either.
func (s *study) unreadable(err error) error {
	var fault *syntax.Error
	if !errors.As(err, &fault) {
		return err
	}
	s.reading.Shape = shapeOfText(s.source.Code)
	s.reading.Secrets, s.reading.Modules = sorted(s.source.Secrets), modules(s.source.Modules, nil)
	text := "this is no JavaScript: " + fault.Message
	if looksTyped().MatchString(s.source.Code) {
		text = "this is TypeScript, which Auth0 does not run (" + fault.Message + "): compile it to CommonJS, for ES2017 or later, and translate what comes out"
	}
	s.judge(Broken, Remark{Case: 23, Severity: Stops, Line: fault.Line, Text: text})
	return nil
}

// exported lists the functions on module.exports, for code that puts it together in a way that only a run shows. Code that breaks
// while it is loaded exports nothing.
func exported(ctx context.Context, code string) ([]string, error) {
	const probe = "\n;module.exports = ((all) => ({ upeExports: async () => Object.getOwnPropertyNames(all).filter((name) => typeof all[name] === 'function') }))(module.exports ?? {});"
	result, err := js.Run(ctx, js.Action{Code: code + probe, Handler: "upeExports", Event: json.RawMessage("{}"), API: []js.Feature{}, Limits: js.Limits{Time: time.Second}})
	if err != nil {
		return nil, fmt.Errorf("list what the code exports: %w", err)
	}
	var names []string
	if result.Outcome == js.Done && json.Unmarshal(result.Value, &names) != nil {
		return nil, nil // hostile code makes no list of it
	}
	return names, nil
}

// quoted is a short piece of code for a sentence.
func quoted(code string) string {
	code = strings.Join(strings.Fields(code), " ")
	if r := []rune(code); len(r) > 60 {
		return string(r[:59]) + "…"
	}
	return code
}
