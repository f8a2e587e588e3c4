package tenant

import (
	"encoding/json"
	"errors"
	"fmt"
)

// shape says what is wrong with an answer, or nil. What is not of the documented shape must not pass for a setting that is not
// there: a tenant whose provider cannot be read may well have one.
type shape func(json.RawMessage) error

var errNotJSON = errors.New("it is not JSON")

// anything is JSON, or nothing at all.
func anything(raw json.RawMessage) error {
	if !Empty(raw) && !json.Valid(raw) {
		return errNotJSON
	}
	return nil
}

// object is what settings are.
func object(raw json.RawMessage) error { return is[map[string]json.RawMessage](raw, "object") }

// array is a list that stands by itself.
func array(raw json.RawMessage) error { return is[[]json.RawMessage](raw, "list") }

// objectOrNothing: where MFA's own provider was never configured, Auth0 answers {}, 204 or an empty body (deploy-cli recording;
// auth0-cli pull request #1646).
func objectOrNothing(raw json.RawMessage) error {
	if Empty(raw) {
		return nil
	}
	return object(raw)
}

// listUnder is an object with a list, which may be empty, under key.
func listUnder(key string) shape {
	return func(raw json.RawMessage) error {
		if err := object(raw); err != nil {
			return err
		}
		list, ok := lenient[map[string]json.RawMessage](raw)[key]
		if !ok {
			return fmt.Errorf("it has no %q", key)
		}
		if err := array(list); err != nil {
			return fmt.Errorf("its %q is not a list", key)
		}
		return nil
	}
}

// is reports whether raw decodes to T, and to something: null decodes to anything.
func is[T map[string]json.RawMessage | []json.RawMessage](raw json.RawMessage, name string) error {
	var v T
	if !json.Valid(raw) {
		return errNotJSON
	}
	if err := json.Unmarshal(raw, &v); err != nil || v == nil {
		return fmt.Errorf("it is not a JSON %s", name)
	}
	return nil
}
