package generate

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"upe/flows/js"
)

// Translated is an Action that exists: written by hand, or translated from send-phone-message. It must export
// onExecuteCustomPhoneProvider. As a part of another Action its code stays as it is, in a scope of its own.
type Translated struct {
	Name   string // of the Action
	Action Action
}

func (t Translated) kind() string  { return "action" }
func (t Translated) word() string  { return t.Name }
func (t Translated) label() string { return "the Action " + literal(t.Name) }

func (t Translated) identity() string {
	sum := sha256.Sum256([]byte(t.Action.Code))
	return "action" + literal(t.Name) + hex.EncodeToString(sum[:])
}

func (t Translated) secrets() []secret {
	all := make([]secret, len(t.Action.Secrets))
	for i, name := range t.Action.Secrets {
		all[i] = secret{name, "the secret " + literal(name) + " of " + t.label(), t.identity()}
	}
	return all
}

func (t Translated) modules() []Module      { return t.Action.Modules }
func (t Translated) notes(Options) []string { return t.Action.Notes }
func (t Translated) needs(Options) []helper { return []helper{handlerOf} }
func (t Translated) settings(naming) string { return "" }

func (t Translated) function(n naming, _ Options) string {
	var c code
	c.line("/** Hands a message to %s. */", unclosed(t.label()))
	c.line("async function %s(event, api) {", n.function)
	event := "event"
	if len(n.renamed) > 0 {
		c.line("  // Another part has secrets of the same names, so that these have other names here.")
		c.line("  const secrets = { ...event.secrets, %s };", t.mapping(n))
		event = "{ ...event, secrets }"
	}
	c.line("  await %s(%s, api);", n.constant, event)
	c.line("}")
	c.line("")
	c.line("const %s = handlerOf(function (module, exports) {", n.constant)
	c.line("%s", commonJS(t.Action.Code))
	c.line("});")
	return c.String()
}

// mapping gives the secrets the names back by which the code knows them.
func (t Translated) mapping(n naming) string {
	var pairs []string
	for name := range n.renamed {
		key := name
		if !identifier.MatchString(name) || name == "__proto__" {
			key = "[" + literal(name) + "]" // also the name that a plain key would not set
		}
		pairs = append(pairs, key+": "+n.read(name))
	}
	slices.Sort(pairs)
	return strings.Join(pairs, ", ")
}

// commonJS is the code of a module as it may stand inside a function: only the first line of a file may be marked.
func commonJS(code string) string {
	code = strings.TrimPrefix(code, "\ufeff")
	if strings.HasPrefix(code, "#!") {
		return "//" + code
	}
	return strings.TrimRight(code, "\r\n")
}

// check reports code that is no module by itself. Inside another Action such code could end the scope it stands in. In the first
// of these places only an operator or a bracket can follow the end of a function, in the second only a statement, in the third only a
// comma or a brace: whatever ends its scope early is wrong in one of them.
func (t Translated) check() error {
	text := commonJS(t.Action.Code)
	for _, place := range [...]string{"(function () {%s\n});", "function place() {%s\n}", "({ place() {%s\n} });"} {
		if err := js.Check(fmt.Sprintf(place, text)); err != nil {
			return fmt.Errorf("%w: %s: %w", ErrPart, t.label(), err)
		}
	}
	return nil
}
