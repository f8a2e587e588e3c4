package wizard_test

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
)

// tally counts what came of a matrix, by what went wrong, and what came of the codes on the way, by world.
type tally struct {
	mu    sync.Mutex
	rows  map[string]*row
	codes map[string]*codes
}

func newTally() *tally { return &tally{rows: map[string]*row{}, codes: map[string]*codes{}} }

type row struct{ tried, stopped, resumed, reverted, backTried, backEnded int }

type codes struct{ moments, sent, arrived, stated int }

const total = "all together"

// add counts a cell of the way there, or of the way back.
func (c *tally) add(back bool, name string, stopped bool, e ending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range []string{name, total} {
		r := under(c.rows, key)
		if back {
			r.backTried++
			r.backEnded += one(e.resumed == "")
			continue
		}
		r.tried++
		r.stopped += one(stopped)
		r.resumed += one(e.resumed == "")
		r.reverted += one(e.back == "")
	}
}

func (c *tally) heard(world string, sent, lost, stated int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, key := range []string{world, total} {
		r := under(c.codes, key)
		r.moments++
		r.sent += sent
		r.arrived += sent - lost
		r.stated += stated
	}
}

func under[V any](all map[string]*V, key string) *V {
	if all[key] == nil {
		all[key] = new(V)
	}
	return all[key]
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func (c *tally) String() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var out strings.Builder
	fmt.Fprintf(&out, "\n%-27s %7s %8s %8s %9s %15s %8s\n", "what goes wrong", "tried", "stopped", "resumed", "reverted", "on the way back", "resumed")
	for _, name := range sorted(c.rows) {
		r := c.rows[name]
		fmt.Fprintf(&out, "%-27s %7d %8d %8d %9d %15d %8d\n", name, r.tried, r.stopped, r.resumed, r.reverted, r.backTried, r.backEnded)
	}
	fmt.Fprintf(&out, "\n%-27s %7s %8s %8s %9s\n", "codes, by world", "moments", "sent", "arrived", "in a gap")
	for _, name := range sorted(c.codes) {
		r := c.codes[name]
		fmt.Fprintf(&out, "%-27s %7d %8d %8d %9d\n", name, r.moments, r.sent, r.arrived, r.stated)
	}
	return out.String()
}

// sorted are the keys, the total last.
func sorted[V any](all map[string]V) []string {
	return slices.SortedFunc(maps.Keys(all), func(a, b string) int {
		return cmp.Or(one(a == total)-one(b == total), strings.Compare(a, b))
	})
}
