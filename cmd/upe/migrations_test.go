package main

import (
	"sync"
	"testing"

	"upe/client/emulator"
	"upe/testdata"
)

// TestMigrationsByCommands migrates every embedded tenant in every world by the commands alone: check, plan, prepare, test, enable,
// confirm, status. Where it is refused, nothing but reads was sent, or what the tenant's file lists.
func TestMigrationsByCommands(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	results := map[testdata.Result]int{}
	t.Cleanup(func() { t.Logf("migrations by commands: %v", results) })
	for _, name := range scenarios() {
		for _, world := range emulator.Worlds() {
			if testing.Short() && world != emulator.Worlds()[0] {
				continue
			}
			t.Run(name+"/"+world, func(t *testing.T) {
				t.Parallel()
				c := newCrossing(t, name, world)
				got := c.migrate()
				for _, complaint := range got.Against(c.want.In(world)) {
					t.Errorf("%s: %s", t.Name(), complaint)
				}
				mu.Lock()
				defer mu.Unlock()
				results[got.Result]++
			})
		}
	}
}
