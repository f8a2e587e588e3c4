package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"upe/ui/termtest"
)

// shot is one screen of a migration.
type shot struct {
	file            string // the stage, and the size of the window
	scenario, title string
	screen          string
	order, number   int // the place of its migration, and its own place there
}

// album holds the screens of all migrations, stage by stage: whoever changes a page finds all that it looks like in one file.
type album struct {
	awaited int // migrations
	mu      sync.Mutex
	pasted  int
	shots   []shot
}

// paste takes in the screens of a migration. order is its place among the others, which are at work at the same time.
func (a *album) paste(order int, shots []shot) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pasted++
	for i, s := range shots {
		s.order, s.number = order, i
		a.shots = append(a.shots, s)
	}
}

// compare holds the album against the golden files, when all migrations are in it: -run may have chosen some.
func (a *album) compare(t *testing.T) {
	t.Helper()
	if a.pasted < a.awaited {
		t.Logf("%d of %d migrations: their screens are not compared", a.pasted, a.awaited)
		return
	}
	slices.SortFunc(a.shots, func(a, b shot) int {
		return cmp.Or(strings.Compare(a.file, b.file), cmp.Compare(a.order, b.order), cmp.Compare(a.number, b.number))
	})
	for len(a.shots) > 0 {
		file := a.shots[0].file
		end := slices.IndexFunc(a.shots, func(s shot) bool { return s.file != file })
		if end < 0 {
			end = len(a.shots)
		}
		termtest.Golden(t, filepath.Join("screens", file), spread(a.shots[:end]))
		a.shots = a.shots[end:]
	}
}

// spread is what the screens of a stage look like. One that differs from an earlier one by the tenant's name alone is not repeated.
func spread(shots []shot) string {
	var out strings.Builder
	first := map[string]string{}
	for _, s := range shots {
		_, below, _ := strings.Cut(s.screen, "\n")
		if same, seen := first[below]; seen {
			fmt.Fprintf(&out, "=== %s: %s, as of %s ===\n", s.scenario, s.title, same)
			continue
		}
		first[below] = s.scenario
		fmt.Fprintf(&out, "=== %s: %s ===\n%s\n", s.scenario, s.title, s.screen)
	}
	return out.String()
}
