package screens

import (
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
)

// mask stands for each letter of a secret.
const mask = "•"

// keptMarks is how many marks stand for a secret that nobody is typing: their number must not tell its length.
const keptMarks = 8

// keepsake is what a hidden field was filled with. As long as nobody types, the field is that secret as a whole: it cannot be
// edited, since nobody sees what a stray key would do to it. The first key replaces it, and esc brings it back.
type keepsake struct {
	filled   string // what the field was filled with; "": it has nothing to keep
	original string // what the tenant has, or else filled
	kept     bool   // nothing was typed yet
}

// newSecret is a field for a secret. original is the tenant's own, which the person may have replaced by filled before.
func newSecret(filled, original wizard.Secret) *line {
	k := keepsake{filled: filled.Reveal(), original: original.Reveal()}
	if k.original == "" {
		k.original = k.filled
	}
	if k.filled == "" {
		k.filled = k.original
	} else {
		k.kept = true
	}
	l := newLine("", true)
	l.keepsake = k
	return l
}

// replace makes room for what is typed instead of a kept secret. It reports whether the key has done its work by that:
// what deletes, deletes the whole.
func (l *line) replace(msg tea.Msg) (done bool) {
	press, ok := msg.(tea.KeyPressMsg)
	if !l.kept || ok && press.Text == "" && !key.Matches(press, l.deletes()...) {
		return l.kept
	}
	l.kept = false
	return ok && press.Text == ""
}

func (l *line) deletes() []key.Binding {
	m := l.input.KeyMap
	return []key.Binding{
		m.DeleteCharacterBackward, m.DeleteCharacterForward, m.DeleteWordBackward, m.DeleteWordForward,
		m.DeleteBeforeCursor, m.DeleteAfterCursor,
	}
}

// restores reports whether something else stands here than what was kept.
func (l *line) restores() bool { return l.hidden && !l.kept && l.filled != "" }

// restore brings the secret back that was kept here before one typed.
func (l *line) restore() {
	l.kept = true
	l.input.SetValue("")
}

// standing says in words what the marks stand for; "" where there was nothing to keep.
func (l *line) standing() string {
	switch {
	case l.kept && l.filled == l.original:
		return "kept"
	case l.kept, l.restores():
		return "changed"
	}
	return ""
}

// keptLetters are the marks of a kept secret.
func keptLetters() []string { return strings.Split(strings.Repeat(mask, keptMarks), "") }
