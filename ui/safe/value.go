package safe

import (
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Clean returns a deep copy of v with every string in it cleaned as [Block] does: in structs, pointers, slices, arrays, maps
// (keys too) and interfaces, to any depth. Pages pass it once, on entry to a front end; where such a string stands on one
// line, the front end passes it through [Line].
//
//   - Functions, channels, and bytes ([]byte, [json.RawMessage]) are passed on as they are: bytes are data, not text.
//   - Unexported fields are left as they are, and a pointer to a struct without exported fields is shared, not copied. A type
//     that hides text in unexported fields is not for this door.
//   - An error behind an interface becomes one whose text is clean; errors.Is and errors.As still find the original
//     through it, and what is taken out of that is not clean.
//   - When two map keys look the same once clean, the one that had to be changed gets " (2)" appended: nothing disappears.
//   - Pointers and maps that are shared, or lead back to themselves, are so in the copy.
func Clean[T any](v T) T { return walk(v, Block) }

// Lines is [Clean] for values that are shown on one line each, such as names, titles and reasons: every string is cleaned as
// [Line] does, so that a newline in a tenant's name cannot begin a line of ours. Bytes are passed on as they are here too: what
// has lines of its own, such as the wordings in a plan's requests, is data.
func Lines[T any](v T) T { return walk(v, Line) }

func walk[T any](v T, clean func(string) string) T {
	w := walker{seen: map[visit]reflect.Value{}, clean: clean}
	var out T
	w.set(reflect.ValueOf(&out).Elem(), reflect.ValueOf(&v).Elem())
	return out
}

// A walker copies one value.
type walker struct {
	seen  map[visit]reflect.Value
	clean func(string) string // of a string: Block or Line
}

// visit names a pointer or map met before. The type belongs to it: a struct and its first field share an address.
type visit struct {
	typ reflect.Type
	at  uintptr
}

// set stores the clean copy of from in to.
func (w walker) set(to, from reflect.Value) {
	switch from.Kind() {
	case reflect.String:
		to.SetString(w.clean(from.String()))
	case reflect.Struct:
		w.setStruct(to, from)
	case reflect.Pointer, reflect.Map, reflect.Slice, reflect.Interface:
		w.setReference(to, from)
	case reflect.Array:
		for i := range from.Len() {
			w.set(to.Index(i), from.Index(i))
		}
	default:
		to.Set(from)
	}
}

func (w walker) setReference(to, from reflect.Value) {
	switch {
	case from.IsNil():
		to.SetZero()
	case from.Kind() == reflect.Interface:
		w.setInterface(to, from)
	case from.Kind() == reflect.Slice:
		w.setSlice(to, from)
	case from.Kind() == reflect.Map:
		to.Set(w.once(from, func() reflect.Value { return reflect.MakeMapWithSize(from.Type(), from.Len()) }, w.fillMap))
	case isOpaque(from.Type().Elem()):
		to.Set(from)
	default:
		to.Set(w.once(from, func() reflect.Value { return reflect.New(from.Type().Elem()).Convert(from.Type()) }, w.fillPointer))
	}
}

// once returns the copy of a pointer or map, making and filling it only at the first meeting. It is remembered before it is
// filled, so that a circle ends.
func (w walker) once(from reflect.Value, fresh func() reflect.Value, fill func(to, from reflect.Value)) reflect.Value {
	key := visit{from.Type(), from.Pointer()}
	if known, ok := w.seen[key]; ok {
		return known
	}
	to := fresh()
	w.seen[key] = to
	fill(to, from)
	return to
}

func (w walker) fillPointer(to, from reflect.Value) { w.set(to.Elem(), from.Elem()) }

// setStruct copies everything first, which carries unexported fields over, and then cleans what it may.
func (w walker) setStruct(to, from reflect.Value) {
	to.Set(from)
	for i := range from.NumField() {
		if field := to.Field(i); isOpen(from.Type().Field(i)) {
			w.setField(field, from.Field(i))
		}
	}
}

// setField cleans a field, or the exported fields of an embedded struct whose own name is not exported: Go promotes those,
// and does not let the struct be set as a whole.
func (w walker) setField(to, from reflect.Value) {
	if to.CanSet() {
		w.set(to, from)
		return
	}
	for i := range from.NumField() {
		if isOpen(from.Type().Field(i)) {
			w.setField(to.Field(i), from.Field(i))
		}
	}
}

func (w walker) setSlice(to, from reflect.Value) {
	if from.Type().Elem().Kind() == reflect.Uint8 {
		to.Set(from)
		return
	}
	to.Set(reflect.MakeSlice(from.Type(), from.Len(), from.Len()))
	for i := range from.Len() {
		w.set(to.Index(i), from.Index(i))
	}
}

func (w walker) setInterface(to, from reflect.Value) {
	inner := from.Elem()
	if inner.Kind() == reflect.Pointer && inner.IsNil() {
		to.Set(from)
		return
	}
	if err, ok := from.Interface().(error); ok && reflect.TypeFor[*cleanError]().AssignableTo(to.Type()) {
		to.Set(reflect.ValueOf(w.asClean(err)))
		return
	}
	to.Set(w.copy(inner))
}

// An entry is a key and its value; a map cannot be asked for the value of NaN.
type entry struct{ key, value reflect.Value }

// fillMap goes through the keys that are clean already, then through the others, each in byte order, so that the same map
// always gives the same copy.
func (w walker) fillMap(to, from reflect.Value) {
	entries := make([]entry, 0, from.Len())
	for it := from.MapRange(); it.Next(); {
		entries = append(entries, entry{it.Key(), it.Value()})
	}
	slices.SortStableFunc(entries, func(a, b entry) int { return w.compareKeys(a.key, b.key) })
	for _, e := range entries {
		to.SetMapIndex(free(to, w.copy(e.key)), w.copy(e.value))
	}
}

func (w walker) copy(from reflect.Value) reflect.Value {
	to := reflect.New(from.Type()).Elem()
	w.set(to, from)
	return to
}

// free returns name, or name with a number behind it if the map has such an entry already.
func free(to, name reflect.Value) reflect.Value {
	if name.Kind() != reflect.String {
		return name
	}
	text := name.String()
	for n := 2; to.MapIndex(name).IsValid(); n++ {
		name = reflect.New(name.Type()).Elem()
		name.SetString(text + " (" + strconv.Itoa(n) + ")")
	}
	return name
}

func (w walker) compareKeys(a, b reflect.Value) int {
	if a.Kind() != reflect.String {
		return 0
	}
	dirtyA, dirtyB := w.clean(a.String()) != a.String(), w.clean(b.String()) != b.String()
	switch {
	case dirtyA == dirtyB:
		return strings.Compare(a.String(), b.String())
	case dirtyA:
		return 1
	}
	return -1
}

// isOpen reports whether a field, or something promoted through it, can be set from here.
func isOpen(f reflect.StructField) bool {
	return f.IsExported() || f.Anonymous && f.Type.Kind() == reflect.Struct
}

// isOpaque reports whether t is a struct that shows nothing of itself, such as a mutex, a compiled expression or a big
// integer: copying it would be wrong, and there is nothing to clean.
func isOpaque(t reflect.Type) bool {
	if t.Kind() != reflect.Struct {
		return false
	}
	for i := range t.NumField() {
		if isOpen(t.Field(i)) {
			return false
		}
	}
	return true
}

// cleanError shows an error's text made safe.
type cleanError struct {
	text string
	err  error
}

func (w walker) asClean(err error) *cleanError {
	if done, ok := err.(*cleanError); ok { //nolint:errorlint // only the outermost error decides the text
		if text := w.clean(done.text); text != done.text {
			return &cleanError{text, done.err}
		}
		return done
	}
	return &cleanError{w.clean(err.Error()), err}
}

func (e *cleanError) Error() string { return e.text }

func (e *cleanError) Unwrap() error { return e.err }
