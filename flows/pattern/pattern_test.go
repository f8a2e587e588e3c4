package pattern_test

import (
	"sync"
	"testing"

	"upe/flows/pattern"
)

func TestLazyIsOnePattern(t *testing.T) {
	t.Parallel()
	number := pattern.Lazy(`\d+`)
	first := number()
	var group sync.WaitGroup
	for range 8 {
		group.Go(func() {
			if got := number().FindString("a12b"); got != "12" || number() != first {
				t.Errorf("found %q", got)
			}
		})
	}
	group.Wait()
}

// What does not compile is a mistake of ours, and found by the first test that uses it.
func TestLazyPanicsWhenUsed(t *testing.T) {
	t.Parallel()
	wrong := pattern.Lazy(`(`)
	defer func() {
		if recover() == nil {
			t.Error("a wrong pattern was used")
		}
	}()
	wrong()
}
