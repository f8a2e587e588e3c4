package screens_test

import (
	"fmt"
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

// The longest pages there are, drawn after each key, in the smallest window that most people have and in a large one.
func BenchmarkDrawing(b *testing.B) {
	long := reviewPage()
	for _, block := range reviewPage().Blocks {
		for range 4 {
			long.Blocks = append(long.Blocks, block)
		}
	}
	pages := map[string]wizard.Page{"settings": verifyPage(), "choice": providerPage(), "templates": templatesPage(), "review": long, "fields": manyFields()}
	for _, size := range [][2]int{{80, 24}, {200, 60}} {
		for name, page := range pages {
			b.Run(fmt.Sprintf("%s-%dx%d", name, size[0], size[1]), func(b *testing.B) {
				r := newRoot(screens.Options{Now: func() time.Time { return noon }, Host: demoHost()}, acme(wizard.Demo), still(page), still(endPage()))
				r.Update(tea.WindowSizeMsg{Width: size[0], Height: size[1]})
				for b.Loop() {
					for _, key := range []string{"down", "up", "pgdown", "pgup"} {
						press(r, key)
						r.View()
					}
				}
			})
		}
	}
}
