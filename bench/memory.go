package main

import (
	"fmt"
	"path/filepath"
	"time"

	"upe/client/emulator"
)

// memory measures a whole migration of the biggest tenant, which is emulated here: in another process than the program's.
func memory(l *lab) ([]row, error) {
	folder, env, err := l.answers(biggest)
	if err != nil {
		return nil, err
	}
	tenant, err := embedded(biggest, emulator.Options{})
	if err != nil {
		return nil, err
	}
	wire, err := l.serve(tenant, 0)
	if err != nil {
		return nil, err
	}
	env = append(env, "AUTH0_DOMAIN="+wire.url, "AUTH0_API_TOKEN="+tenant.Token())
	t, err := sitIn(folder, size{200, 60}, env, l.upe, "--answers", filepath.Join(folder, "answers.yaml"))
	if err != nil {
		return nil, err
	}
	defer t.leave()
	if _, err := t.shows("Before we start"); err != nil {
		return nil, err
	}
	pages := 0
	err = t.walk(func(string, string) error { pages++; return nil }, func(string, time.Duration) {})
	if err != nil {
		return nil, err
	}
	peak, err := residentPeak(t.cmd.Process.Pid)
	return []row{{
		"resident memory, whole migration", "<= 64 MB", mb(peak),
		fmt.Sprintf("the most it ever had: %d pages at 200x60, %d requests, to %q", pages, len(wire.requests()), lastPage), peak > 64e6,
	}}, err
}
