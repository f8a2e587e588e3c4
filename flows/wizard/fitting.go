package wizard

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/flows/template"
	"upe/flows/tenant"
)

// fitting makes filled answers fit the tenant: connections, Actions and applications may be given by name, and what names nothing
// that the tenant could have is an error. A typing mistake would otherwise move what was to be left.
func (k Known) fitting(filled Answers) (Answers, error) {
	if k.Snapshot == nil || k.Judgement == nil {
		return filled.clone(), nil
	}
	fit := Answers{}
	for _, key := range slices.Sorted(maps.Keys(filled)) {
		at, value, err := k.fit(key, filled[key])
		if err != nil {
			return nil, err
		}
		if other, twice := fit[at]; twice && other != value {
			return nil, fmt.Errorf("%s: the same connection is named twice, with two answers", key)
		}
		fit[at] = value
	}
	return fit, nil
}

// fit is one answer as the questions have it.
func (k Known) fit(key Key, value Value) (Key, Value, error) {
	switch {
	case key == keyProvider && value == nobody:
		return key, nil, noProvider(*k.Judgement)
	case key == keyNewClients:
		clients, err := k.fitClients(value)
		return key, clients, err
	case key == keyDelivers, key == keyActionID:
		id, err := k.fitAction(key, value)
		return key, id, err
	}
	for _, prefix := range []string{"scope.connections.", "connections.", countriesPrefix} {
		if rest, ok := strings.CutPrefix(string(key), prefix); ok && key != countriesPrefix+"mfa" {
			at, err := k.fitConnection(key, prefix, rest)
			return at, value, err
		}
	}
	if kind, field, ok := templateKey(key); ok && (template.Default(kind) == template.Body{}) {
		return key, nil, fmt.Errorf("%s: %q is no message type that can be written (%s)", key, kind, field)
	}
	return key, value, nil
}

// fitConnection puts a connection's id in the place of its name in a key. A name has no dots.
func (k Known) fitConnection(key Key, prefix, rest string) (Key, error) {
	name, field, _ := strings.Cut(rest, ".")
	connection, ok := k.Snapshot.Connection(name)
	if !ok {
		return key, fmt.Errorf("%s: the tenant has no sms connection %q", key, name)
	}
	return Key(strings.TrimSuffix(prefix+connection.ID+"."+field, ".")), nil
}

// fitClients puts client ids in the place of applications' names.
func (k Known) fitClients(value Value) (Value, error) {
	names, ok := value.([]string)
	if !ok || !k.Snapshot.Has(tenant.PathClients) {
		return value, nil
	}
	ids := []string{}
	for _, name := range names {
		id, ok := clientID(*k.Snapshot, name)
		if !ok {
			return nil, fmt.Errorf("%s: the tenant has no application %q, or several of that name: give the client id", keyNewClients, name)
		}
		ids = append(ids, id)
	}
	return ids, nil
}

// fitAction puts an Action's id in the place of its name. What names none is left for the question to refuse, if it is asked.
func (k Known) fitAction(key Key, value Value) (Value, error) {
	trigger := tenant.TriggerPhone
	if key == keyDelivers {
		trigger = tenant.TriggerLegacy
	}
	var found []string
	for _, a := range k.Snapshot.Actions(trigger) {
		if a.ID == value {
			return value, nil
		}
		if a.Name == value {
			found = append(found, a.ID)
		}
	}
	switch len(found) {
	case 0:
		return value, nil
	case 1:
		return found[0], nil
	}
	return nil, fmt.Errorf("%s: several Actions are called %q: give the id", key, value)
}

// templateKey takes the key of a wording apart: "templates.otp_verify.text".
func templateKey(key Key) (kind, field string, ok bool) {
	rest, ok := strings.CutPrefix(string(key), "templates.")
	if !ok {
		return "", "", false
	}
	kind, field, _ = strings.Cut(rest, ".")
	return kind, field, true
}
