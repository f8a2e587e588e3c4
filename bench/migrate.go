package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"upe/client/emulator"
)

// step is what the chain needs to know of a plan's step.
type step struct {
	ID, Kind, Phase string
	Needs           []string
	Merge           json.RawMessage // what is read right before, because the write replaces the whole of it
	Call            struct{ Op string }
}

// replaces reports whether a write replaces the whole of something.
func (s step) replaces() bool { return len(s.Merge) > 0 || strings.HasSuffix(s.Call.Op, "/bindings") }

// rounds that a step adds to a chain. A write is sent and read back; whether it is done already is looked at beside what was read before,
// unless it replaces the whole of something: that is read by itself, last of all. A test sends a message and looks into the tenant logs. A
// wait is looked at once more at the least. What a person does is looked at beside the read-back before it.
func (s step) rounds() int {
	switch {
	case s.Kind == "request" && s.replaces():
		return 3
	case s.Kind == "request", s.Kind == "test":
		return 2
	case s.Kind == "wait":
		return 1
	}
	return 0
}

// chain is the longest chain of requests that must follow each other in a phase. Writes are sent one at a time, and only after the one
// before was read back: a difference stops a run, and of one write at most it is ever unknown whether it happened.
func chain(steps []step, phase string) int {
	all := 0
	for _, s := range steps {
		if s.Phase == phase {
			all += s.rounds()
		}
	}
	return all
}

// needed is the chain if writes that do not need each other were sent together: through what each step says that it needs.
func needed(steps []step, phase string) int {
	byID := map[string]step{}
	for _, s := range steps {
		if s.Phase == phase {
			byID[s.ID] = s
		}
	}
	depth := map[string]int{}
	var deep func(id string) int
	deep = func(id string) int {
		s, here := byID[id]
		if !here {
			return 0
		}
		if d, known := depth[id]; known {
			return d
		}
		before := 0
		for _, need := range s.Needs {
			before = max(before, deep(need))
		}
		depth[id] = before + s.rounds()
		return depth[id]
	}
	longest := 0
	for id := range byID {
		longest = max(longest, deep(id))
	}
	return longest
}

// readRounds are what a command begins with: the first request alone, to learn the rate limit, then all that the plan relies on.
const readRounds = 2

// migrate measures a whole migration by commands on a slow network, from prepare to confirmed, without the person's time.
func migrate(l *lab) ([]row, error) {
	folder, env, err := l.answers("mfa-twilio")
	if err != nil {
		return nil, err
	}
	tenant, err := embedded("mfa-twilio", emulator.Options{RateLimit: emulator.RateLimit{Burst: 1000, PerSecond: 1000}})
	if err != nil {
		return nil, err
	}
	wire, err := l.serve(tenant, roundTrip)
	if err != nil {
		return nil, err
	}
	m := &migration{lab: l, wire: wire, tenant: tenant, env: env}
	file := filepath.Join(folder, "plan.json")
	if _, err := m.upe("plan", "--answers", filepath.Join(folder, "answers.yaml"), "-o", file); err != nil {
		return nil, err
	}
	var plan struct{ Steps []step }
	raw, err := os.ReadFile(file)
	if err == nil {
		err = json.Unmarshal(raw, &plan)
	}
	if err == nil {
		err = m.carryOut(file, plan.Steps)
	}
	if err != nil {
		return nil, err
	}
	bound := time.Duration(m.bound) * roundTrip
	ratio := float64(m.waited) / float64(bound)
	return []row{{
		"prepare to confirmed, at 50 ms", "<= 1.3x the longest chain", fmt.Sprintf("%.2fx (%.2f s)", ratio, m.waited.Seconds()),
		fmt.Sprintf("mfa-twilio by commands; a chain of %d requests, each write read back before the next one: %s (were writes that do not need each other sent together: %d); %d rounds were taken, of/chain: %s; with the starts of the processes %.2f s",
			m.bound, ms(bound), m.bound-m.spared, m.rounds, strings.Join(m.parts, ", "), m.took.Seconds()), ratio > 1.3,
	}}, nil
}

// migration is one on its way.
type migration struct {
	lab    *lab
	wire   *link
	tenant *emulator.Tenant
	env    []string

	bound        int // requests in the chain
	spared       int // of them, if writes were sent together
	rounds       int // requests that followed each other
	waited, took time.Duration
	parts        []string
}

func (m *migration) upe(args ...string) (string, error) {
	return m.lab.upeOn(m.wire, m.tenant, m.env, args...)
}

// carryOut says the commands of a migration.
func (m *migration) carryOut(file string, steps []step) error {
	var state struct{ Run string }
	for _, phase := range []string{"prepare", "switch"} {
		m.spared += chain(steps, phase) - needed(steps, phase)
	}
	said, err := m.measure("prepare", chain(steps, "prepare"), "prepare", file, "--json")
	if err == nil {
		err = json.Unmarshal([]byte(said), &state)
	}
	if err != nil {
		return err
	}
	for _, c := range []struct {
		name  string
		chain int
		args  []string
	}{
		{"test", chain(steps, "test"), []string{"test", state.Run, "--to", "+15550001234", "--channel", "sms"}},
		{"arrived", 0, []string{"test", state.Run, "--arrived", "--by", "Robin"}},
		{"enable", chain(steps, "switch"), []string{"enable", state.Run, "--move", "mfa", "--confirm", m.tenant.Domain()}},
		{"confirm", 0, []string{"confirm", state.Run, "--by", "Robin"}},
	} {
		if _, err := m.measure(c.name, c.chain, c.args...); err != nil {
			return err
		}
	}
	return nil
}

// measure runs a command. One without any step reads at most.
func (m *migration) measure(name string, chain int, args ...string) (string, error) {
	m.wire.forget()
	began := time.Now()
	said, err := m.upe(args...)
	if err != nil {
		return "", err
	}
	m.took += time.Since(began)
	seen := m.wire.requests()
	if chain > 0 {
		chain += readRounds
	} else {
		chain = min(readRounds, rounds(seen))
	}
	m.bound += chain
	m.waited += span(seen)
	m.rounds += rounds(seen)
	m.parts = append(m.parts, fmt.Sprintf("%s %d/%d", name, rounds(seen), chain))
	return said, nil
}
