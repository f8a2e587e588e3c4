package screens_test

import (
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
	"upe/ui/screens"
)

// A key and the drawing after it; and a message that changes nothing, of which there are many.
func BenchmarkKey(b *testing.B) {
	r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(methodsPage()), still(endPage()))
	r.Update(tea.WindowSizeMsg{Width: 80, Height: 24})
	b.Run("space", func(b *testing.B) {
		for b.Loop() {
			press(r, "space")
			r.View()
		}
	})
	b.Run("nothing", func(b *testing.B) {
		for b.Loop() {
			r.Update(tea.FocusMsg{})
			r.View()
		}
	})
}
