package theme_test

import (
	"reflect"
	"slices"
	"testing"

	"charm.land/bubbles/v2/key"
	"charm.land/bubbles/v2/textarea"
	"charm.land/bubbles/v2/textinput"
	"charm.land/huh/v2"

	"upe/ui/theme"
)

func TestEveryKeySaysWhatItDoes(t *testing.T) {
	t.Parallel()
	listed := slices.Concat(theme.NewKeys().All()...)
	if got, want := len(listed), reflect.TypeFor[theme.Keys]().NumField(); got != want {
		t.Errorf("All lists %d of %d bindings", got, want)
	}
	for _, b := range listed {
		if h := b.Help(); !b.Enabled() || h.Key == "" || h.Desc == "" {
			t.Errorf("%v has the help %+v", b.Keys(), h)
		}
	}
}

// Two bindings share a key only where a screen shows one or the other.
func TestKeysDoNotCollide(t *testing.T) {
	t.Parallel()
	k := theme.NewKeys()
	shared := map[string]string{"enter": "choose next", "ctrl+c": "quit stop"}
	owner := map[string]string{}
	for _, b := range slices.Concat(k.All()...) {
		for _, name := range b.Keys() {
			if first, taken := owner[name]; taken && shared[name] != first+" "+b.Help().Desc {
				t.Errorf("%s is %s and %s", name, first, b.Help().Desc)
			}
			owner[name] = b.Help().Desc
		}
	}
}

func TestShortcutsAreFreeInForms(t *testing.T) {
	t.Parallel()
	k := theme.NewKeys()
	m := k.Huh()
	input, area := textinput.DefaultKeyMap(), textarea.DefaultKeyMap()
	// Left out: the file picker, which the program does not use.
	taken := keysOf(m.Quit, m.Confirm, m.Input, m.MultiSelect, m.Note, m.Select, m.Text, input, area)
	if !slices.Contains(taken, "ctrl+e") || !slices.Contains(taken, "g") {
		t.Fatalf("the walk through the key maps is broken: %q", taken)
	}
	for _, b := range []key.Binding{k.Back, k.Details, k.Edit, k.Rehearse, k.Handset, k.Save, k.Copy, k.Requests, k.Help, k.Quit, k.Stop} {
		for _, name := range b.Keys() {
			if slices.Contains(taken, name) {
				t.Errorf("%s (%s) is a key that forms take", name, b.Help().Desc)
			}
		}
	}
}

func TestShortcutsWorkWhereTextIsTyped(t *testing.T) {
	t.Parallel()
	k := theme.NewKeys()
	for _, b := range []key.Binding{k.Back, k.Details, k.Edit, k.Rehearse, k.Handset, k.Save, k.Copy, k.Requests, k.Help, k.Quit, k.Stop} {
		if !slices.ContainsFunc(b.Keys(), func(name string) bool { return len(name) > 1 }) {
			t.Errorf("%s has only %q, which is text", b.Help().Desc, b.Keys())
		}
	}
}

func TestFormsUseTheKeyMap(t *testing.T) {
	t.Parallel()
	k := theme.NewKeys()
	m := k.Huh()
	for _, b := range []key.Binding{m.Quit, m.Confirm.Accept, m.Confirm.Reject, m.Select.Filter, m.MultiSelect.Filter, m.Text.Editor} {
		b.SetEnabled(true) // huh does that by itself, depending on the field's place
		if b.Enabled() {
			t.Errorf("%q is not switched off", b.Keys())
		}
	}
	for _, pair := range [][2]key.Binding{{m.Select.Up, k.Up}, {m.MultiSelect.Toggle, k.Toggle}, {m.Select.Submit, k.Choose}, {k.Viewport().PageDown, k.ScrollDown}} {
		if !reflect.DeepEqual(pair[0].Keys(), pair[1].Keys()) {
			t.Errorf("got %q, want %q", pair[0].Keys(), pair[1].Keys())
		}
	}
	if k.Huh() == m {
		t.Error("two forms share a key map, which each of them changes")
	}
	_ = huh.NewForm(huh.NewGroup(huh.NewConfirm())).WithKeyMap(m)
}

// keysOf returns the names of all keys in the given bindings and structs of bindings.
func keysOf(maps ...any) []string {
	var names []string
	for _, m := range maps {
		if b, ok := m.(key.Binding); ok {
			names = append(names, b.Keys()...)
			continue
		}
		v := reflect.ValueOf(m)
		for i := range v.NumField() {
			names = append(names, keysOf(v.Field(i).Interface())...)
		}
	}
	return names
}
