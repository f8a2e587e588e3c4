package emulator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// validate checks what JSON types cannot: names that must be known, references that must lead somewhere.
func (s *state) validate() *FileError {
	if !slices.Contains(Worlds(), s.World) {
		return &FileError{Path: "world", Problem: fmt.Sprintf("no world %q, known are %s", s.World, strings.Join(Worlds(), ", "))}
	}
	if strings.ContainsAny(s.Domain, "/: ") {
		return &FileError{Path: "domain", Problem: "a host name without scheme and slash, like acme.us.auth0.com"}
	}
	for _, check := range []func() *FileError{s.validToken, s.validFillers, s.validGuardian, s.validConnections, s.validActions, s.validPhone} {
		if err := check(); err != nil {
			return err
		}
	}
	return nil
}

func (s *state) validGuardian() *FileError {
	g := s.Guardian
	if i := slices.IndexFunc(g.MessageTypes, func(m string) bool { return m != "sms" && m != "voice" }); i >= 0 {
		return &FileError{Path: "guardian.message_types", Problem: fmt.Sprintf("no message type %q, known are sms, voice", g.MessageTypes[i])}
	}
	if !slices.Contains(selectable, g.SelectedProvider) {
		return &FileError{
			Path:    "guardian.selected_provider",
			Problem: fmt.Sprintf("no provider %q, known are %s", g.SelectedProvider, strings.Join(selectable, ", ")),
		}
	}
	return nil
}

func (s *state) validConnections() *FileError {
	for i, c := range s.Connections {
		if c.str("name") == "" || c.str("strategy") == "" {
			return &FileError{Path: fmt.Sprintf("connections[%d]", i), Problem: "a connection needs a name and a strategy"}
		}
	}
	for i, c := range s.Clients {
		if c.str("client_id") == "" {
			return &FileError{Path: fmt.Sprintf("clients[%d]", i), Problem: "a client needs a client_id"}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(s.ConnectionClients)) {
		if find(s.Connections, "id", id) < 0 {
			return &FileError{Path: "connection_clients." + id, Problem: "no connection has this id"}
		}
	}
	return twins("connections", s.Connections, "id")
}

func (s *state) validActions() *FileError {
	for i, a := range s.Actions {
		if a.str("name") == "" || triggerOf(a) == "" {
			return &FileError{Path: fmt.Sprintf("actions[%d]", i), Problem: "an Action needs a name and one of supported_triggers"}
		}
	}
	for _, trigger := range slices.Sorted(maps.Keys(s.Bindings)) {
		for i, b := range s.Bindings[trigger] {
			if id := b.str("action_id"); id == "" || find(s.Actions, "id", id) < 0 {
				return &FileError{
					Path:    fmt.Sprintf("bindings.%s[%d].action_id", trigger, i),
					Problem: fmt.Sprintf("no Action has the id %q", b.str("action_id")),
				}
			}
		}
	}
	return twins("actions", s.Actions, "id")
}

func (s *state) validPhone() *FileError {
	for i, p := range s.Providers {
		if name := p.str("name"); name != kindTwilio && name != kindCustom {
			return &FileError{Path: fmt.Sprintf("phone_providers[%d].name", i), Problem: fmt.Sprintf("no provider %q, known are twilio, custom", name)}
		}
	}
	for i, t := range s.Templates {
		if !slices.Contains(notificationTypes, t.str("type")) {
			return &FileError{
				Path:    fmt.Sprintf("phone_templates[%d].type", i),
				Problem: fmt.Sprintf("no type %q, known are %s", t.str("type"), strings.Join(notificationTypes, ", ")),
			}
		}
	}
	return twins("phone_templates", s.Templates, "type")
}

// twins finds two documents of a list with the same value of a key.
func twins(path string, list []object, key string) *FileError {
	seen := map[string]bool{}
	for i, o := range list {
		value := o.str(key)
		if value != "" && seen[value] {
			return &FileError{Path: fmt.Sprintf("%s[%d].%s", path, i, key), Problem: fmt.Sprintf("%q is there twice", value)}
		}
		seen[value] = true
	}
	return nil
}

// complete gives every document what the API always shows: ids, times, the tenant's name. A file may leave them out.
func (s *state) complete(now time.Time, newID func(string) string) {
	s.grow()
	stamp := millis(now)
	for i, c := range s.Connections {
		s.Connections[i] = object{
			"is_domain_connection": encode(false), "realms": encode([]string{c.str("name")}), "options": encode(object{}),
		}.merged(c).withID("id", newID, KindConnection)
	}
	for i, c := range s.Clients {
		s.Clients[i] = c.withID("client_id", newID, KindClient)
	}
	for i, p := range s.Providers {
		s.Providers[i] = object{
			"tenant": encode(s.Domain), "channel": encode("phone"), "disabled": encode(false), "configuration": encode(object{}),
			"credentials": encode(object{}), "created_at": encode(stamp), "updated_at": encode(stamp),
		}.merged(p).withID("id", newID, KindProvider)
	}
	for i, t := range s.Templates {
		s.Templates[i] = newTemplate(s.Domain, stamp, t).withID("id", newID, KindTemplate)
	}
	for i, a := range s.Actions {
		s.Actions[i] = completeAction(a, now, newID)
	}
	for _, trigger := range slices.Sorted(maps.Keys(s.Bindings)) {
		list := s.Bindings[trigger]
		for i, b := range list {
			list[i] = object{
				"display_name": encode(s.Actions[find(s.Actions, "id", b.str("action_id"))].str("name")),
				"created_at":   encode(nanos(now)), "updated_at": encode(nanos(now)),
			}.merged(b).withID("id", newID, KindBinding)
		}
	}
	// Logs go by the order in which they arrived, which is not quite that of their dates (recorded). A file whose logs have ids
	// has them in that order.
	if slices.ContainsFunc(s.Logs, func(l object) bool { return l.str("log_id") == "" }) {
		slices.SortStableFunc(s.Logs, byDate)
	}
	for i, l := range s.Logs {
		l = l.withID("log_id", newID, KindLog)
		s.Logs[i] = l.with("_id", l.str("log_id"))
	}
}

func (o object) withID(key string, newID func(string) string, kind string) object {
	if o.str(key) != "" {
		return o
	}
	return o.with(key, newID(kind))
}

// Times as Auth0 writes them: Actions with nanoseconds, everything else with milliseconds (recorded).
func millis(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }
func nanos(t time.Time) string  { return t.UTC().Format("2006-01-02T15:04:05.000000000Z") }
