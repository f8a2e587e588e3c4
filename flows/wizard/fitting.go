package wizard

import (
	"fmt"
	"strings"

	"upe/flows/template"
)

// fitting makes filled answers fit the tenant: a connection may be named by its name, and what names nothing that the tenant
// could have is an error. A typing mistake would otherwise move what was to be left.
func (k Known) fitting(filled Answers) (Answers, error) {
	fit := Answers{}
	for key, value := range filled {
		name, isConnection := strings.CutPrefix(string(key), string(keyConnection("")))
		if isConnection && k.Snapshot != nil {
			connection, ok := k.Snapshot.Connection(name)
			if !ok {
				return nil, fmt.Errorf("%s: the tenant has no sms connection %q", key, name)
			}
			key = keyConnection(connection.ID)
			if other, twice := fit[key]; twice && other != value {
				return nil, fmt.Errorf("%s: the connection %q is named twice, with two answers", key, connection.Name)
			}
		}
		if kind, field, ok := templateKey(key); ok && (template.Default(kind) == template.Body{}) {
			return nil, fmt.Errorf("%s: %q is no message type that can be written (%s)", key, kind, field)
		}
		fit[key] = value
	}
	return fit, nil
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
