package emulator

import (
	"fmt"
	"slices"
	"strings"
)

// fillers asks for documents that only make a tenant large, so that its file stays small. They are numbered from 1, are there
// once the file is loaded, and stand before the documents of the file: what matters comes late in every list. From then on
// they are documents like any other, also in [Tenant.State].
type fillers struct {
	Connections *filler `json:"connections,omitempty"`
	Actions     *filler `json:"actions,omitempty"`
	Clients     *filler `json:"clients,omitempty"`
}

// filler is one kind of filler.
type filler struct {
	Count    int    `json:"count"`
	Strategy string `json:"strategy,omitempty"` // of connections; empty for a database
	Trigger  string `json:"trigger,omitempty"`  // of Actions; empty for post-login
}

// maxFillers of a kind: more than a tenant has, and less than takes noticeable time.
const maxFillers = 10_000

// of is a filler of a kind, or none.
func (f *filler) of() filler {
	if f == nil {
		return filler{}
	}
	return *f
}

func (s *state) validFillers() *FileError {
	f := s.Fillers
	for i, kind := range []*filler{f.Connections, f.Actions, f.Clients} {
		if n := kind.of().Count; n < 0 || n > maxFillers {
			path := "fill." + knownKeys["fill"][i] + ".count"
			return &FileError{Path: path, Problem: fmt.Sprintf("%d is not between 0 and %d", n, maxFillers)}
		}
	}
	if t := f.Actions.of().Trigger; t != "" && !slices.Contains(triggerIDs(), t) {
		return &FileError{Path: "fill.actions.trigger", Problem: fmt.Sprintf("no trigger %q, known are %s", t, strings.Join(triggerIDs(), ", "))}
	}
	return nil
}

// grow puts the fillers in. [state.complete] gives them what every document of their kind has.
func (s *state) grow() {
	f := s.Fillers
	s.Fillers = fillers{}
	s.Connections = append(fillerConnections(f.Connections.of()), s.Connections...)
	s.Actions = append(fillerActions(f.Actions.of()), s.Actions...)
	s.Clients = append(numbered(f.Clients.of().Count, func(n string) object {
		return object{"name": encode("Filler application " + n), "app_type": encode("regular_web")}
	}), s.Clients...)
}

// fillerConnections have names that Auth0 accepts, which has no spaces in them, and show readable ones.
func fillerConnections(f filler) []object {
	strategy := first(f.Strategy, strategyDatabase)
	like := defaultSwitches(strategy).merged(object{
		"strategy": encode(strategy), "options": encode(object{}.merged(defaultOptions(strategy))),
	})
	return numbered(f.Count, func(n string) object {
		return like.merged(object{"name": encode("filler-connection-" + n), "display_name": encode("Filler connection " + n)})
	})
}

// fillerActions are deployed, bound to nothing, and do nothing.
func fillerActions(f filler) []object {
	id := first(f.Trigger, "post-login")
	like := object{
		"supported_triggers":   encode([]map[string]string{{"id": id, "version": currentVersion(id)}}),
		"code":                 encode("exports." + handlerOf(id) + " = async (event, api) => {};"),
		"all_changes_deployed": encode(true),
	}
	return numbered(f.Count, func(n string) object { return like.merged(object{"name": encode("Filler Action " + n)}) })
}

// handlerOf names what the code of an Action exports: "onExecutePostLogin" for post-login.
func handlerOf(trigger string) string {
	var b strings.Builder
	b.WriteString("onExecute")
	for _, word := range strings.Split(trigger, "-") {
		b.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return b.String()
}

func numbered(count int, document func(number string) object) []object {
	list := make([]object, count)
	for i := range list {
		list[i] = document(fmt.Sprintf("%04d", i+1))
	}
	return list
}
