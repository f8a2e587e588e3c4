package run_test

import (
	"bytes"
	"encoding/base64"
	"errors"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// undisturbed is the journal of a whole migration, and the tenant after it.
func undisturbed(t *testing.T) (journal []byte, end string, requests int) {
	t.Helper()
	f, log := newFake(), run.NewMemory(nil)
	migrate(t, f, log)
	return read(t, log), f.state(), len(f.requests)
}

func TestAJournalCutAnywhereIsReadUpToItsLastWholeLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		whole, _, _ := undisturbed(t)
		lines := bytes.SplitAfter(whole, []byte("\n"))
		var read []byte
		for _, line := range lines[:len(lines)-1] {
			for cut := range line {
				j, err := run.Parse(append(bytes.Clone(read), line[:cut]...))
				if err != nil {
					t.Fatalf("cut after %q: %v", line[:cut], err)
				}
				complete := cut == len(line)-1 // only its newline is missing
				if j.Torn != (cut > 0 && !complete) {
					t.Fatalf("cut after %q: torn %v", line[:cut], j.Torn)
				}
			}
			read = append(read, line...)
		}
	})
}

func TestAJournalThatCannotBeTrustedIsAnError(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		whole, _, _ := undisturbed(t)
		lines := bytes.SplitAfter(whole, []byte("\n"))
		join := func(parts ...[]byte) []byte { return bytes.Join(parts, nil) }
		rest := join(lines[3:]...)
		for name, journal := range map[string][]byte{
			"a garbled line":     join(lines[0], lines[1], []byte("{\"seq\":\n"), rest),
			"a missing line":     join(lines[0], lines[1], rest),
			"a repeated line":    join(lines[0], lines[1], lines[1], lines[2], rest),
			"two in one line":    join(lines[0], bytes.TrimSpace(lines[1]), lines[2], rest),
			"an unknown step":    join(lines[0], []byte(`{"seq":2,"event":"intent","step":"other"}`+"\n")),
			"an unknown channel": join(lines[0], []byte(`{"seq":2,"event":"accepted","channel":"fax"}`+"\n")),
		} {
			if _, err := run.Replay(migration(), journal); err == nil {
				t.Errorf("%s is not noticed", name)
			}
		}
	})
}

func TestAChangedPlanIsRefused(t *testing.T) {
	t.Parallel()
	p, log := migration().Sealed(), run.NewMemory(nil)
	r := newRunner(newFake(), log)
	if _, err := r.Begin(p); err != nil {
		t.Fatal(err)
	}
	// Another request, but the same facts, and so the same fingerprint.
	other := migration()
	other.Steps[len(other.Steps)-1].Call.Body = raw(`{"message_types":[]}`)
	other = other.Sealed()
	if other.Fingerprint != p.Fingerprint {
		t.Fatal("the fingerprint tells as well")
	}
	if _, err := run.Replay(other, read(t, log)); !errors.Is(err, run.ErrOtherPlan) || err.Error() != "the plan of this run was changed" {
		t.Errorf("replayed: %v", err)
	}
	if _, err := r.Run(t.Context(), other, run.Until{Phase: plan.Prepare}, nil); !errors.Is(err, run.ErrOtherPlan) {
		t.Errorf("run: %v", err)
	}
	if _, err := run.Replay(p, read(t, log)); err != nil {
		t.Errorf("the plan itself: %v", err)
	}
}

// diskFull is a journal of which one append fails after part of its bytes.
type diskFull struct {
	*run.Memory
	left, bytes int
}

func (d *diskFull) Append(line []byte) error {
	if d.left--; d.left == 0 {
		_ = d.Memory.Append(line[:min(d.bytes, len(line))])
		return errors.New("no space left on device")
	}
	return d.Memory.Append(line)
}

func TestNothingIsSentWithoutItsIntent(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		whole, end, _ := undisturbed(t)
		entries := bytes.Count(whole, []byte("\n"))
		for n := 1; n <= entries; n += stride {
			for _, bytes := range []int{0, 40, 10_000} {
				f := newFake()
				log := &diskFull{run.NewMemory(nil), n, bytes}
				state := migrate(t, f, log)
				if f.state() != end || !state.Finished {
					t.Fatalf("entry %d cut after %d bytes: another end:\n%s\n%s", n, bytes, f.state(), end)
				}
				intents := strings.Count(string(read(t, log)), `"event":"intent"`)
				if sent := len(f.writes()); sent > intents {
					t.Fatalf("entry %d cut after %d bytes: %d writes, %d intents", n, bytes, sent, intents)
				}
			}
		}
	})
}

func TestARunGoesOnFromAJournalCutAtEveryByteOfItsLastLine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		prepare := running(plan.Prepare, "")
		whole := newFake()
		survive(t, prepare, whole, run.NewMemory(nil), migration())
		for _, kind := range []fault{before, after} {
			f, log := newFake(), run.NewMemory(nil)
			f.fault = once(tenant.CreateProvider, kind)
			if _, err := attempt(t, prepare, newRunner(f, log), migration()); !errors.Is(err, errKilled) {
				t.Fatal(err)
			}
			journal := read(t, log)
			last := bytes.LastIndexByte(bytes.TrimSpace(journal), '\n') + 1
			from := last
			if kind == after {
				from = len(journal) - 1 // a cut intent was never sent: only a whole line may have a write behind it
			}
			for cut := from; cut <= len(journal); cut++ {
				again := f.fork()
				resumed := run.NewMemory(journal[:cut])
				if state := survive(t, prepare, again, resumed, migration()); again.state() != whole.state() || !state.Prepared || state.TornLine {
					t.Fatalf("%s, cut after %q: %+v", kind, journal[last:cut], state)
				}
			}
		}
	})
}

// fork is a tenant in the same state, without faults.
func (f *fake) fork() *fake {
	g := newFake()
	g.settings, g.types, g.template, g.options = lay(nil, f.settings), f.types, f.template, lay(nil, f.options)
	g.bindings, g.made, g.building = f.bindings, f.made, f.building
	if f.provider != nil {
		g.provider = lay(nil, f.provider)
	}
	if f.action != nil {
		g.action = lay(nil, f.action)
	}
	return g
}

func TestWhereverARunIsDisturbedItEndsTheSame(t *testing.T) {
	t.Parallel()
	var end string
	var requests int
	synctest.Test(t, func(t *testing.T) { _, end, requests = undisturbed(t) })
	for _, kind := range []fault{refuse, broken, applied, lost, reset, before, after, garbled} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				for n := 1; n <= requests; n += stride {
					disturbed(t, kind, n, end)
				}
			})
		})
	}
}

// disturbed runs the migration with one fault at the nth request.
func disturbed(t *testing.T, kind fault, n int, end string) {
	t.Helper()
	f, log := newFake(), run.NewMemory(nil)
	f.echo = true
	f.fault = func(number int, _ tenant.Call) fault {
		if number == n {
			return kind
		}
		return ""
	}
	state := migrate(t, f, log)
	if f.state() != end || !state.Finished {
		t.Fatalf("request %d (%s): another end, %s:\n%s\nwant\n%s", n, f.requests[n-1].Op, state.WaitsFor, f.state(), end)
	}
	if kind == lost || kind == applied || kind == after {
		for _, creation := range []string{"POST /branding/phone/templates", "POST /actions/actions"} {
			if times := count(f.writes(), creation); times != 1 {
				t.Fatalf("request %d: %s was sent %d times", n, creation, times)
			}
		}
	}
	keepsSecrets(t, string(read(t, log)))
}

func count(list []string, want string) int {
	n := 0
	for _, one := range list {
		if one == want {
			n++
		}
	}
	return n
}

// keepsSecrets looks for the canaries and the telephone number, in the forms in which they may hide.
func keepsSecrets(t *testing.T, text string) {
	t.Helper()
	for _, secret := range []string{canaryAsked, canaryRead} {
		for before := range 3 { // in base 64, at the end of something longer
			form := base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", before) + secret))
			if strings.Contains(text, form[4:]) {
				t.Fatalf("a secret: %s", text)
			}
		}
		for _, form := range []string{
			secret, url.QueryEscape(secret), base64.StdEncoding.EncodeToString([]byte(secret)),
			strings.Trim(string(plan.Encode(secret)), `"`),
		} {
			if strings.Contains(text, form) {
				t.Fatalf("a secret: %s", text)
			}
		}
	}
	if strings.Contains(text, "5550100123") {
		t.Fatalf("a telephone number: %s", text)
	}
}

func TestNoErrorRepeatsASecret(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, op := range []tenant.Op{tenant.CreateAction, tenant.PatchConnection, tenant.TryProvider} {
			for _, kind := range []fault{refuse, broken, reset} {
				f, log := newFake(), run.NewMemory(nil)
				f.echo = true
				f.fault = once(op, kind)
				failed := false
				for _, s := range stages() {
					state, err := s.do(t.Context(), newRunner(f, log), migration())
					if err == nil {
						continue
					}
					failed = true
					keepsSecrets(t, err.Error())
					keepsSecrets(t, string(plan.Encode(state)))
					survive(t, s, f, log, migration())
				}
				if !failed {
					t.Errorf("%s %s: nothing failed", op, kind)
				}
				keepsSecrets(t, string(read(t, log)))
			}
		}
	})
}

func TestReplayIsTheStateThatRunReturned(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		for _, s := range stages() {
			returned := survive(t, s, f, log, migration())
			replayed, err := run.Replay(migration(), read(t, log))
			if err != nil || !bytes.Equal(plan.Encode(returned), plan.Encode(replayed)) {
				t.Fatalf("%s: %v\n%s\n%s", s.name, err, plan.Encode(returned), plan.Encode(replayed))
			}
		}
	})
}

func TestBeginIsIdempotent(t *testing.T) {
	t.Parallel()
	r := newRunner(newFake(), run.NewMemory(nil))
	first, err := r.Begin(migration())
	second, again := r.Begin(migration())
	if err != nil || again != nil || !reflect.DeepEqual(first, second) || first.Entries != 1 {
		t.Errorf("%+v %v, then %+v %v", first, err, second, again)
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(`{"schema":"upe.journal/1","seq":1,"at":"2026-01-02T03:04:05Z","event":"began","by":"run-1"}` + "\n" + `{"seq":2,"event":"sw`))
	f.Add([]byte("{\n" + `{"seq":1,"event":"began","torn":true}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		j, err := run.Parse(data)
		if err != nil {
			return
		}
		for i, e := range j.Entries {
			if e.Seq != i+1 || e.Event == "" {
				t.Errorf("entry %d: %+v", i, e)
			}
		}
		if _, err := run.Replay(plan.Plan{}, data); err == nil && len(j.Entries) == 0 && j.Torn != (len(bytes.TrimSpace(data)) > 0) {
			t.Errorf("torn %v for %q", j.Torn, data)
		}
	})
}

// A secret of one letter stands in every id. An id that is written down changed sends the next request to nobody.
func TestAShortSecretChangesNoID(t *testing.T) {
	t.Parallel()
	for _, secret := range []string{"p", "o", "1", "_", "pro", "act"} {
		synctest.Test(t, func(t *testing.T) {
			f, log := newFake(), run.NewMemory(nil)
			for _, s := range stages() {
				r := newRunner(f, log)
				r.Secret = func(string) (string, error) { return secret, nil }
				if _, err := attempt(t, s, r, migration()); err != nil {
					t.Fatalf("with the secret %q, %s: %v", secret, s.name, err)
				}
			}
			if journal := string(read(t, log)); strings.Contains(journal, "(secret)") {
				t.Errorf("with the secret %q something was changed:\n%s", secret, journal)
			}
		})
	}
}
