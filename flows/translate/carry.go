package translate

import (
	"cmp"
	"slices"
	"strings"

	"upe/flows/syntax"
)

// sorted is names in order, each once, without the empty one.
func sorted(names []string) []string {
	names = slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })
	slices.Sort(names)
	return slices.Compact(names)
}

// required are the modules that code loads, with the places.
func (p *program) required() map[string]*syntax.Node {
	found := map[string]*syntax.Node{}
	for n := range p.Root.All() {
		var source *syntax.Node
		switch {
		case n.Is("CallExpression") && isGlobal(n.Get("callee"), "require") && len(n.List("arguments")) > 0:
			source = n.List("arguments")[0]
		case n.Is("ImportExpression", "ImportDeclaration"):
			source = n.Get("source")
		}
		if name, ok := source.Str(); ok && found[name] == nil {
			found[name] = n
		}
	}
	return found
}

// coreModules are those that Node brings along (Node 22's module.builtinModules, without what is below them).
var coreModules = strings.Fields(`assert async_hooks buffer child_process cluster console constants crypto dgram diagnostics_channel dns domain
	events fs http http2 https inspector module net os path perf_hooks process punycode querystring readline repl stream string_decoder sys
	timers tls trace_events tty url util v8 vm wasi worker_threads zlib`)

// packageOf is the npm package of a module's path: "@a/b/c" is in "@a/b". Node's own modules, and files, are in none.
func packageOf(path string) string {
	if strings.HasPrefix(path, "node:") || strings.HasPrefix(path, ".") || strings.HasPrefix(path, "/") {
		return ""
	}
	parts := strings.SplitN(path, "/", 3)
	name := parts[0]
	if strings.HasPrefix(name, "@") && len(parts) > 1 {
		name += "/" + parts[1]
	}
	if slices.Contains(coreModules, name) {
		return ""
	}
	return name
}

// modules are the npm packages that the tenant lists, and those that the code loads beside them.
func modules(listed []Module, required map[string]*syntax.Node) []Module {
	all := slices.Clone(listed)
	for path := range required {
		name := packageOf(path)
		if name != "" && !slices.ContainsFunc(all, func(m Module) bool { return m.Name == name }) {
			all = append(all, Module{Name: name})
		}
	}
	slices.SortFunc(all, func(a, b Module) int { return cmp.Compare(a.Name, b.Name) })
	return all
}
