package report

import (
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Curl is a plan as a shell script: each request as curl, and the same for Auth0's own command line tool in the comment under it. Bodies
// are programs of jq, so that secrets come from the environment and stand neither in the script nor among the arguments of a process.
// Between two steps it waits for a person; unlike upe it proves nothing by itself.
//
// It is exact, also where the plan holds what a terminal would obey: bodies have escapes for that, and comments leave it out.
func Curl(p plan.Plan) string {
	c := &curl{plan: p, answers: answered(p)}
	c.head()
	parts := inOrder(p)
	numbers := countOf(parts)
	for _, part := range parts {
		for _, s := range part.steps {
			c.step(fmt.Sprintf("%d of %d (%s): %s", numbers[s.ID], len(numbers), strings.ToLower(part.short()), s.Title), s)
		}
	}
	return c.out.String()
}

type curl struct {
	plan    plan.Plan
	answers map[string]bool // steps whose answers later ones refer to
	out     strings.Builder
}

// curlSettings keeps the token out of the arguments of a process.
const curlSettings = `umask 077
settings=$(mktemp)
trap 'rm -f "$settings"' EXIT
printf 'header = "Authorization: Bearer %s"\nheader = "Content-Type: application/json"\nwrite-out = "\\n"\n' "$AUTH0_API_TOKEN" >"$settings"
`

const curlPause = `
pause() {
  printf '\n%s\nenter goes on, ctrl+c stops: ' "$1" >&2
  read -r _ </dev/tty
}
`

func (c *curl) head() {
	c.out.WriteString("#!/bin/sh\n")
	c.say(planTitle(c.plan) + ": every request, in order. It needs curl and jq; the lines that begin with \"auth0 api\" do the same with Auth0's " +
		"command line tool, logged in to this tenant.")
	c.say("It proves nothing and resumes nothing. Look at every answer before you go on; upe does the same and reads back what it wrote. jq before 1.7 " +
		"rounds whole numbers beyond 2^53.")
	c.out.WriteString("set -eu\n")
	c.token()
	for _, name := range c.variables() {
		fmt.Fprintf(&c.out, ": \"${%s:?}\"\n", name)
	}
	if names := c.variables(); len(names) > 0 {
		fmt.Fprintf(&c.out, "export %s\n", strings.Join(names, " "))
	}
	c.out.WriteString(curlSettings + curlPause)
}

// token names the tenant, and what opens it.
func (c *curl) token() {
	c.line("base=" + shellQuote(strings.TrimSuffix(c.plan.Tenant.Audience, "/")))
	c.line(": \"${AUTH0_API_TOKEN:?a Management API token}\"")
}

// variables are the environment variables that the bodies take values from: secrets, by the names that upe itself looks for, and the
// number that test messages go to.
func (c *curl) variables() []string {
	var names []string
	for _, s := range c.plan.Steps {
		if s.Call == nil {
			continue
		}
		eachIn(*s.Call, func(key, name string) {
			if v := variable(key, name); key != "$from" && !slices.Contains(names, v) {
				names = append(names, v)
			}
		})
	}
	return names
}

// eachIn visits the references in a call: those of its body, and the id where it comes from an earlier answer.
func eachIn(call tenant.Call, visit func(key, name string)) {
	if ref, ok := strings.CutPrefix(call.ID, "@"); ok {
		visit("$from", ref)
	}
	if body, err := plan.Decode(call.Body); err == nil {
		eachReference(body, visit)
	}
}

// say is a comment; what is no plain text of a tenant is left out.
func (c *curl) say(body string) {
	for _, line := range Wrap(printable(body), Width-2) {
		c.out.WriteString(strings.TrimRight("# "+line, " ") + "\n")
	}
}

func (c *curl) step(title string, s plan.Step) {
	c.out.WriteString("\n")
	c.say(s.Why)
	c.line("pause " + shellQuote(printable(title)))
	switch {
	case s.Call == nil && s.Kind != plan.Wait:
		c.say("By hand: " + s.Dashboard)
	case s.Call != nil:
		c.request(s)
	}
	if s.Done != nil {
		then := "Then "
		if s.Kind == plan.Wait {
			then = "Again and again, until "
		}
		c.say(then + proof(s) + ":")
		c.line("curl -sS -K \"$settings\" " + c.address(s.Done.Get))
	}
	c.say("Undo: " + s.HowBack())
}

// request is the write of a step: its body, and the two ways to send it.
func (c *curl) request(s plan.Step) {
	method := s.Call.Op.Method()
	body := c.body(s, c.reads)
	send := fmt.Sprintf("curl -sS --fail-with-body -K \"$settings\" -X %s %s", method, c.address(*s.Call))
	auth0 := fmt.Sprintf("auth0 api %s %s", strings.ToLower(method), c.path(*s.Call))
	if body != "" {
		fmt.Fprintf(&c.out, "body() {\n%s\n}\n", body)
		send, auth0 = "body | "+send+" --data-binary @-", "body | "+auth0
	}
	if !c.answers[s.ID] {
		c.line(send)
		c.out.WriteString("# " + auth0 + "\n")
		return
	}
	c.line("answer=$(" + send + ")")
	c.out.WriteString("# answer=$(" + auth0 + ")\n")
	c.line(fmt.Sprintf(`%s=$(printf '%%s' "$answer" | jq -r .id)`, stepVariable(s.ID)))
	c.line("export " + stepVariable(s.ID))
}

func (c *curl) line(text string) { c.out.WriteString(text + "\n") }

// reads is the command that reads what a call answers.
func (c *curl) reads(call tenant.Call) string {
	return "curl -sS --fail-with-body -K \"$settings\" " + c.address(call)
}

// body is the program of jq that makes a step's body, empty for none. What the body is laid over is read by a command of reads.
func (c *curl) body(s plan.Step, reads func(tenant.Call) string) string {
	decoded, err := plan.Decode(s.Call.Body)
	if err != nil {
		return ""
	}
	program := jq(decoded, "    ")
	if s.Merge == nil {
		return "  jq -n " + shellQuote(program)
	}
	keep := make([]string, len(s.Merge.Keep))
	for i, key := range s.Merge.Keep {
		keep[i] = jqText(key) + ": .[" + jqText(key) + "]"
	}
	filter := ""
	for _, pointer := range s.Merge.Secrets {
		filter += fmt.Sprintf("if (getpath(%s) // \"\") | . == \"\" or contains(\"***\") then error(%s) else . end\n    | ",
			jqPath(pointer), jqText("this secret is not shown, and writing would delete it: "+pointer))
	}
	filter += "{" + strings.Join(keep, ", ") + "} * " + program
	for _, pointer := range s.Merge.Drop {
		filter += "\n    | delpaths([" + jqPath(pointer) + "])"
	}
	// What answers an error must not become a body.
	return "  before=$(" + reads(s.Merge.Get) + ") || return\n  printf '%s' \"$before\" | jq " + shellQuote(filter)
}

// address is a call's URL as a word of a shell.
func (c *curl) address(call tenant.Call) string { return "\"$base\"" + c.rest(call, "/") }

// path is the same below /api/v2, as Auth0's command line tool takes it.
func (c *curl) path(call tenant.Call) string { return c.rest(call, "") }

func (c *curl) rest(call tenant.Call, root string) string {
	before, after, has := strings.Cut(strings.TrimPrefix(call.Op.Template(), "/"), "{id}")
	if len(call.Query) > 0 {
		after += "?" + call.Query.Encode()
	}
	ref, later := strings.CutPrefix(call.ID, "@")
	if !has || !later {
		id := ""
		if has {
			id = url.PathEscape(call.ID)
		}
		return shellQuote(root + before + id + after)
	}
	step, _, _ := strings.Cut(ref, "#")
	word := shellQuote(root+before) + `"$` + stepVariable(step) + `"`
	if after != "" {
		word += shellQuote(after)
	}
	return word
}

// answered are the steps whose answers others refer to.
func answered(p plan.Plan) map[string]bool {
	steps := map[string]bool{}
	note := func(key, ref string) {
		if key == "$from" {
			step, _, _ := strings.Cut(ref, "#")
			steps[step] = true
		}
	}
	for _, s := range p.Steps {
		var calls []tenant.Call
		if s.Call != nil {
			calls = append(calls, *s.Call)
		}
		if s.Done != nil {
			calls = append(calls, s.Done.Get)
		}
		for _, call := range calls {
			eachIn(call, note)
		}
	}
	return steps
}

// eachReference visits the references in a body in the order of their keys: {"$secret": name}, {"$from": …}, {"$input": …}.
func eachReference(v any, visit func(key, name string)) {
	switch v := v.(type) {
	case map[string]any:
		if _, ok := referenceWords(v); ok {
			for key, name := range v {
				if text, ok := name.(string); ok {
					visit(key, text)
				}
			}
			return
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			eachReference(v[key], visit)
		}
	case []any:
		for _, inner := range v {
			eachReference(inner, visit)
		}
	}
}

// variable is the environment variable for a reference.
func variable(key, name string) string {
	if key == "$from" {
		step, _, _ := strings.Cut(name, "#")
		return stepVariable(step)
	}
	return "UPE_" + upper(name)
}

func stepVariable(step string) string { return "STEP_" + upper(step) + "_ID" }

func upper(name string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' {
			return r
		}
		return '_'
	}, strings.ToUpper(name))
}

// jq is a value as a program of jq: JSON, with the environment in the place of references.
func jq(v any, indent string) string {
	if _, ok := referenceWords(v); ok {
		program := ""
		eachReference(v, func(key, name string) { program = "env." + variable(key, name) })
		return program
	}
	var parts []string
	switch v := v.(type) {
	case map[string]any:
		if len(v) == 0 {
			return "{}"
		}
		for _, key := range slices.Sorted(maps.Keys(v)) {
			parts = append(parts, indent+jqText(key)+": "+jq(v[key], indent+"  "))
		}
		return "{\n" + strings.Join(parts, ",\n") + "\n" + indent[2:] + "}"
	case []any:
		for _, inner := range v {
			parts = append(parts, jq(inner, indent))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		return jqText(v)
	}
	return string(plan.Encode(v))
}

// jqText is a text as jq and JSON write it, with escapes for everything that does not show.
func jqText(s string) string {
	var out strings.Builder
	for _, r := range string(plan.Encode(s)) {
		if r == ' ' || unicode.IsGraphic(r) && !unicode.IsSpace(r) {
			out.WriteRune(r)
			continue
		}
		for _, unit := range utf16.Encode([]rune{r}) {
			fmt.Fprintf(&out, `\u%04x`, unit)
		}
	}
	return out.String()
}

// jqPath is a JSON pointer as a path of jq: "/options/x" is ["options","x"].
func jqPath(pointer string) string {
	parts := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	for i, part := range parts {
		parts[i] = jqText(strings.NewReplacer("~1", "/", "~0", "~").Replace(part))
	}
	return "[" + strings.Join(parts, ", ") + "]"
}

// shellQuote is a text as one word of a POSIX shell.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// printable is a text of one line without what does not show.
func printable(s string) string {
	return strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsGraphic(r):
			return r
		}
		return -1
	}, s)), " ")
}
