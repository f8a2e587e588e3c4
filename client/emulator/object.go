package emulator

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
)

// object is a JSON object whose values stay as they came: a number of 20 digits, an unknown key and a null survive. An object
// in the state is never changed in place; with, without and merged make new ones.
type object map[string]json.RawMessage

// encode is v as JSON, without the escapes for HTML that Auth0 does not write either. Everything the emulator encodes is made
// of JSON, strings and numbers, which cannot fail.
func encode(v any) json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return json.RawMessage("null")
	}
	return bytes.TrimSpace(b.Bytes())
}

// decode reads raw as a T, or gives the zero T.
func decode[T any](raw json.RawMessage) T {
	var v T
	if len(raw) == 0 || json.Unmarshal(raw, &v) != nil {
		var zero T
		return zero
	}
	return v
}

func (o object) has(key string) bool { _, ok := o[key]; return ok }

// The accessors give the zero value for a key that is absent, null, or of another type.
func (o object) str(key string) string       { return decode[string](o[key]) }
func (o object) bool(key string) bool        { return decode[bool](o[key]) }
func (o object) strings(key string) []string { return decode[[]string](o[key]) }
func (o object) obj(key string) object       { return decode[object](o[key]) }
func (o object) objects(key string) []object { return decode[[]object](o[key]) }

// with is o with key set to v.
func (o object) with(key string, v any) object {
	out := maps.Clone(o)
	if out == nil {
		out = object{}
	}
	out[key] = encode(v)
	return out
}

// without is o without keys.
func (o object) without(keys ...string) object {
	out := maps.Clone(o)
	for _, key := range keys {
		delete(out, key)
	}
	return out
}

// merged is o with every key of patch laid over it.
func (o object) merged(patch object) object {
	out := maps.Clone(o)
	if out == nil {
		out = object{}
	}
	maps.Copy(out, patch)
	return out
}

// find is the index of the object whose key is value, or -1.
func find(list []object, key, value string) int {
	return slices.IndexFunc(list, func(o object) bool { return o.str(key) == value })
}

// replaced, removed and added are new lists, because lists of the state are shared between its copies.
func replaced(list []object, i int, o object) []object {
	out := slices.Clone(list)
	out[i] = o
	return out
}

func removed(list []object, i int) []object { return slices.Delete(slices.Clone(list), i, i+1) }
func added(list []object, o ...object) []object {
	return slices.Concat(list, o)
}
