package wizard_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"testing/synctest"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
)

// representative are the scenarios whose matrix is whole: MFA over Twilio, MFA by an Action, both flows in one account, a gateway,
// from scratch, and a provider that is live.
func representative(t *testing.T) []trial {
	t.Helper()
	var trials []trial
	for _, name := range []string{"mfa-twilio", "mfa-action", "same-twilio", "passwordless-gateway", "nothing", "half-live-gateway"} {
		trials = append(trials, scenarioOf(t, name))
	}
	return trials
}

// everyEnv names the environment variable that has the matrix run over every tenant in every world: each of so many places.
const everyEnv = "UPE_EVERY"

// TestWhateverGoesWrong disturbs migrations: each request by everything that may go wrong with one, and each line of the journal by a
// full disk, or by the end of the process while it is written. From there the run is resumed, and ends as an undisturbed one; and
// from there it is taken back, and the tenant is as it was. The way back of a whole run is disturbed as well. After every write, and
// wherever a run stops, every code of the baseline is asked for.
func TestWhateverGoesWrong(t *testing.T) {
	t.Parallel()
	counted := newTally()
	t.Cleanup(func() { t.Log(counted) })
	thrifty := debug.SetGCPercent(400) // thousands of tenants are made and thrown away
	t.Cleanup(func() { debug.SetGCPercent(thrifty) })
	trials, worlds := representative(t), emulator.Worlds()[:1]
	if os.Getenv(everyEnv) != "" {
		trials, worlds = all(t), emulator.Worlds()
	}
	for _, s := range trials {
		if s.name == "many" {
			continue // what is tried there is its size
		}
		for _, world := range worlds {
			t.Run(s.name+"/"+world, func(t *testing.T) {
				t.Parallel()
				synctest.Test(t, func(t *testing.T) {
					if v := beginning(t, s, combination{world: world}); v.runner != nil {
						newMatrix(t, v, counted).fill()
					}
				})
			})
		}
	}
}

// matrix is that of one migration.
type matrix struct {
	*testing.T

	v     voyage
	tally *tally
	start shape
	end   shape
	known map[string]ending
	asked map[string][]oracle.Loss
}

// stride samples a matrix: each of so many places, there and back.
func stride() (there, back int) {
	const sampled, scarce, seldom = 17, 61, 5
	every, _ := strconv.Atoi(os.Getenv(everyEnv)) // what is no number is none
	switch {
	case every > 0:
		return every, every
	case raced:
		return scarce, scarce
	case testing.Short():
		return sampled, sampled
	}
	return 1, seldom // the engine is the same
}

func newMatrix(t *testing.T, v voyage, all *tally) *matrix {
	t.Helper()
	return &matrix{
		T: t, v: v, tally: all, start: v.shape(v.tenant.State()),
		known: map[string]ending{}, asked: map[string][]oracle.Loss{},
	}
}

// fill carries the migration out undisturbed, and takes it back; then it tries every place with everything.
func (m *matrix) fill() {
	m.Helper()
	there := leg{goes: (*sailing).finish, log: func(s *sailing) *paper { return s.there }, ends: m.resumedOrBack}
	whole := m.v.sail()
	if err := m.undisturbed(whole, &there); err != nil {
		return // refused, as the scenario expects in this world: see TestMigrations
	}
	m.end = m.v.shape(whole.tenant.State())
	back := leg{back: true, goes: (*sailing).lands, log: func(s *sailing) *paper { return s.home }, ends: m.goesOnBack}
	home := whole.copied()
	if err := m.undisturbed(home, &back); err != nil {
		m.Errorf("undisturbed, and taken back: %v", err)
		return
	}
	if wrong := m.before(home); wrong != "" {
		m.Errorf("undisturbed, and taken back: %s", wrong)
	}
	forth, again := stride()
	m.disturb(there, forth)
	m.disturb(back, again)
}

// leg is the way there, or the way back, as it is when nothing disturbs it.
type leg struct {
	back  bool
	goes  func(*sailing, context.Context) error
	log   func(*sailing) *paper
	ends  func(*sailing) ending
	marks []*sailing // as it was before each command
	order []place    // what it sends
	lines []int      // what it writes into its journal
}

func (m *matrix) undisturbed(s *sailing, l *leg) error {
	sent := len(s.way.order)
	s.marks = &l.marks
	m.watch(s)
	if err := l.goes(s, m.Context()); err != nil {
		return err
	}
	l.order, l.lines = s.way.order[sent:], l.log(s).lengths
	for _, mark := range l.marks {
		mark.sent = len(mark.way.order) - sent
	}
	return nil
}

// disturb tries every place of a leg with everything.
func (m *matrix) disturb(l leg, step int) {
	m.Helper()
	for n := 0; n < len(l.order); n += step {
		from := last(l.marks, func(s *sailing) bool { return s.sent <= n })
		for _, w := range troubles() {
			if !w.befalls(l.order[n]) || w.says == nil && from.reads {
				continue
			}
			m.cell(l, w.name, from, func(s *sailing) { s.way.at, s.way.trouble = l.order[n], w })
		}
	}
	for n := 1; n <= len(l.lines); n += step {
		from := last(l.marks, func(s *sailing) bool { return len(l.log(s).lengths) < n })
		for _, bytes := range []int{l.lines[n-1] / 2, l.lines[n-1]} {
			m.cell(l, "journal: the disk is full", from, func(s *sailing) { l.log(s).fails(n, bytes, false) })
		}
		m.torn(l, from, n)
	}
}

// torn ends the process while a line of the journal is written, and cuts that line at each of its bytes: none is written, or one, up to
// all. The tenant is the same after each of them.
func (m *matrix) torn(l leg, from *sailing, n int) {
	m.Helper()
	s := from.copied()
	m.watch(s)
	l.log(s).fails(n, 0, true)
	err := l.goes(s, m.Context())
	m.look(s)
	log := l.log(s)
	written, _ := log.Read() // memory is always read
	state := fmt.Sprint(l.back) + m.state(s)
	for _, cut := range cuts(len(log.line)) {
		log.Memory = run.NewMemory(slices.Concat(written, log.line[:cut]))
		m.ending(l, s, "journal cut, process killed", state+m.journals(s), err, func() string {
			return fmt.Sprintf("line %d cut after %d bytes, on the way back: %t", n, cut, l.back)
		})
	}
}

// cuts are the lengths to which a line is cut: every one, or where time is short none, some, all but the newline, all.
func cuts(length int) []int {
	if testing.Short() || raced || os.Getenv(everyEnv) != "" {
		return []int{0, 1, length / 2, length - 1, length}
	}
	all := make([]int, length+1)
	for i := range all {
		all[i] = i
	}
	return all
}

// last is the last moment of which something is true, or the first.
func last(marks []*sailing, is func(*sailing) bool) *sailing {
	found := marks[0]
	for _, s := range marks {
		if is(s) {
			found = s
		}
	}
	return found
}

// ending is what is wrong with the ends that a disturbed run came to; empty where nothing is.
type ending struct{ resumed, back string }

// cell tries one trouble. What follows depends on nothing but the tenant and the journals, and is found out once for those.
func (m *matrix) cell(l leg, name string, from *sailing, disturb func(*sailing)) {
	m.Helper()
	s := from.copied()
	m.watch(s)
	disturb(s)
	err := l.goes(s, m.Context())
	m.look(s)
	where := func() string {
		return fmt.Sprintf("at %s (%d), line %d cut after %d bytes, on the way back: %t", s.way.at.request, s.way.at.nth, l.log(s).cut, l.log(s).bytes, l.back)
	}
	if !s.way.struck && l.log(s).cut == 0 {
		m.Errorf("%s %s: it never happened", name, where())
	}
	m.ending(l, s, name, fmt.Sprint(l.back)+m.state(s)+m.journals(s), err, where)
}

// ending finds out what becomes of a disturbed run, once for each key, and counts it.
func (m *matrix) ending(l leg, s *sailing, name, key string, err error, where func() string) {
	m.Helper()
	e, known := m.known[key]
	if !known {
		e = l.ends(s)
		m.known[key] = e
	}
	m.tally.add(l.back, name, err != nil, e)
	if e.resumed != "" {
		m.Errorf("%s %s; it said %v; resumed: %s", name, where(), err, e.resumed)
	}
	if e.back != "" {
		m.Errorf("%s %s; it said %v; taken back: %s", name, where(), err, e.back)
	}
}

func (m *matrix) resumedOrBack(s *sailing) ending {
	on, back := s.copied(), s.copied()
	m.watch(on)
	m.watch(back)
	var e ending
	if err := on.finish(m.Context()); err != nil {
		e.resumed = err.Error()
	} else {
		e.resumed = m.end.against(m.v.shape(on.tenant.State()))
	}
	if err := back.lands(m.Context()); err != nil {
		e.back = err.Error()
	} else {
		e.back = m.before(back)
	}
	return e
}

func (m *matrix) goesOnBack(s *sailing) ending {
	back := s.copied()
	m.watch(back)
	if err := back.lands(m.Context()); err != nil {
		return ending{resumed: err.Error()}
	}
	return ending{resumed: m.before(back)}
}

// before says how a tenant differs from what it was before the run.
func (m *matrix) before(s *sailing) string {
	var left []string
	if _, made := m.v.plan.Move(plan.MoveNewConnection); made {
		left = []string{"connections[+]"} // with its users, so that a person decides about it
	}
	return m.start.against(m.v.shape(s.tenant.State()), left...)
}

// state and journals are all that what follows depends on: the tenant, and what is read of the journals, now and when the next line is
// there; without dates and the words of errors.
func (m *matrix) state(s *sailing) string {
	return string(m.v.shape(s.tenant.State()).normal) + s.back.Checksum
}

func (m *matrix) journals(s *sailing) string {
	key := ""
	for _, log := range []*paper{s.there, s.home} {
		lines := legible(log)
		lines = read.ReplaceAllFunc(said.ReplaceAll(lines, nil), func(failed []byte) []byte {
			if bytes.Contains(failed, []byte(run.CodeDiffers)) {
				return failed // it was read, and was different
			}
			return []byte(`"event":"failed"`)
		})
		key += string(m.v.normal(lines))
	}
	return key
}

// legible is what is read of a journal, once the next line is in it. One that cannot be read is like no other.
func legible(log *paper) []byte {
	raw, _ := log.Read() // memory is always read
	now, err := run.Parse(raw)
	if err != nil {
		return fmt.Appendf(raw, "%v", err)
	}
	next := append(plan.Encode(run.Entry{Seq: len(now.Entries) + 1, Event: run.Stopped, Torn: now.Torn}), '\n')
	if len(raw) > 0 && raw[len(raw)-1] != '\n' {
		next = slices.Concat([]byte("\n"), next)
	}
	then, err := run.Parse(slices.Concat(raw, next))
	if err != nil {
		return fmt.Appendf(raw, "%v", err)
	}
	var lines []byte
	for _, e := range then.Entries {
		lines = append(append(lines, plan.Encode(e)...), '\n')
	}
	return lines
}

var (
	said = regexp.MustCompile(`"(message|took_ns)":("(\\.|[^"\\])*"|\d+),?`)
	// read is a read that failed: for which reason makes no difference. The failure of a write names its request.
	read = regexp.MustCompile(`"event":"failed"(,"(step|move)":"[^"]*")*(,"status":\d+)?,"error":\{[^}]*\}`)
)

// watch has every code of the baseline asked for after each write.
func (m *matrix) watch(s *sailing) { s.way.asks = func() { m.look(s) } }

// look asks for every code of the baseline. A code may be lost only in a gap that the plan states.
func (m *matrix) look(s *sailing) {
	m.Helper()
	state := string(m.v.shape(s.tenant.State()).normal)
	lost, known := m.asked[state]
	if !known {
		w := m.v.witness.On(s.tenant)
		w.Look(s.doing)
		lost = w.Lost()
		m.asked[state] = lost
	}
	stated := 0
	for _, l := range lost {
		if s.inGap() {
			stated++
			continue
		}
		m.Errorf("%s does not come while %s: %s", l.Route, s.doing, l.Why)
	}
	m.tally.heard(m.v.way.world, len(m.v.witness.Baseline()), len(lost), stated)
}
