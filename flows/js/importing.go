package js

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"modernc.org/quickjs"
)

var (
	importCall = regexp.MustCompile(`\bimport\s*\(`)
	identifier = regexp.MustCompile(`[A-Za-z_$][\w$]*`)
)

// reserved are words that cannot be the name of an export here: those of the language, and what the text of a module itself uses.
var reserved = strings.Fields(`arguments await break case catch class const continue debugger default delete do else enum eval export extends
	false finally for function globalThis if implements import in instanceof interface let new null package private protected public return
	static super switch Symbol then this throw true try typeof upe$ var void while with yield`)

// maxExports bounds how many words of an Action are exported.
const maxExports = 500

// serveImports makes import() answer what require answers. What a module exports has to be written in its text, so it
// exports every word of the Action: whatever name the Action takes is there.
func serveImports(vm *quickjs.VM, code string) {
	if !importCall.MatchString(code) {
		return
	}
	words := identifier.FindAllString(code, -1)
	slices.Sort(words)
	words = slices.DeleteFunc(slices.Compact(words), func(w string) bool { return slices.Contains(reserved, w) })
	words = words[:min(len(words), maxExports)]
	vm.SetModuleLoader(func(_ *quickjs.VM, name string) (string, error) {
		quoted, err := json.Marshal(name)
		return "const upe$ = globalThis[Symbol.for('upe.require')](" + string(quoted) + ");\nexport default upe$;\n" +
			"export const { " + strings.Join(words, ", ") + " } = upe$;", err
	}, func(_ *quickjs.VM, _, name string) (string, error) { return name, nil })
}
