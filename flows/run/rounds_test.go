package run_test

import (
	"context"
	"encoding/json"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// away is how long a distant tenant takes to answer.
const away = 50 * time.Millisecond

type distant struct{ tenant.API }

func (d distant) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	time.Sleep(away)
	return d.API.Do(ctx, call)
}

// distantRunner waits for nothing but answers.
func distantRunner(f *fake, log run.Log) *run.Runner {
	r := newRunner(f, log)
	r.API = func(p tenant.Permit) tenant.API { return distant{f.api(p)} }
	r.Pause = func(context.Context, time.Duration) error { return nil }
	return r
}

// What follows each other: the reads with which a phase begins, together; then each write, and what reads it back, beside which the next
// step is looked at. What is replaced as a whole is read by itself, right before.
func TestOnlyWhatMustFollowsEachOther(t *testing.T) {
	t.Parallel()
	want := map[string]int{
		// The facts and the Action's look; the Action; it reads back, and is not built; two looks more, and whether the draft is still
		// ours; then deployment, bindings (with a look), provider, template.
		"prepare ":      1 + 2 + 2 + 1 + 2 + 3 + 2 + 2,
		"send":          1 + 1 + 1, // what the message travels through, the message, the tenant logs
		"arrived":       0,         // a person's word
		"switch mfa":    1 + 2 + 2, // everything that the move stands on, the flag, the message types
		"confirm mfa":   1,         // what was switched, and the tenant logs
		"switch sms":    1 + 1 + 2, // everything; what the connection has, by itself; the write
		"confirm con_1": 1,         //
		"by hand":       0,         //
		"after ":        1 + 2,     //
	}
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		for _, s := range stages() {
			began := time.Now()
			if _, err := s.do(t.Context(), distantRunner(f, log), migration()); err != nil {
				t.Fatalf("%s: %v", s.name, err)
			}
			if took := int(time.Since(began) / away); took != want[s.name] {
				t.Errorf("%s: %d requests follow each other, want %d", s.name, took, want[s.name])
			}
		}
	})
}

// An interrupted run goes on as quickly as it began.
func TestAResumedRunReadsTogetherAsWell(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		f.fault = once(tenant.CreatePhoneTemplate, after)
		prepare := stages()[0]
		if _, err := attempt(t, prepare, newRunner(f, log), migration()); err == nil {
			t.Fatal("nobody noticed")
		}
		began := time.Now()
		state, err := prepare.do(t.Context(), distantRunner(f, log), migration())
		if took := int(time.Since(began) / away); err != nil || how(state, "template") != run.Settled || took != 1 {
			t.Errorf("%d requests follow each other: %v", took, err)
		}
	})
}

// hanging is a tenant that does not answer one read for a while.
type hanging struct {
	tenant.API

	op    tenant.Op
	armed *atomic.Bool
}

func (h hanging) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	if call.Op == tenant.CreateProvider {
		h.armed.Store(true)
	}
	if call.Op == h.op && h.armed.CompareAndSwap(true, false) {
		<-ctx.Done()
	}
	return h.API.Do(ctx, call)
}

// Whether a write is as it was meant to be does not hang on what is read beside it.
func TestAReadBackDoesNotWaitForeverForWhatIsBesideIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log, armed := newFake(), run.NewMemory(nil), atomic.Bool{}
		r := newRunner(f, log)
		r.API = func(p tenant.Permit) tenant.API { return hanging{f.api(p), tenant.ListPhoneTemplates, &armed} }
		began := time.Now()
		state, err := stages()[0].do(t.Context(), r, migration())
		if err != nil || !state.Prepared || how(state, "template") != run.Verified {
			t.Errorf("prepared: %t, %v", state.Prepared, err)
		}
		if took := time.Since(began); armed.Load() || took > 10*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// What a write replaces as a whole may be a fact of the plan as well. Then it is read twice: with the facts, and by itself right before.
func TestWhatIsReplacedIsReadByItself(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		p, f := migration(), newFake()
		bind, _ := p.Step("bind")
		bind.Needs, bind.Call = nil, call(tenant.PatchBindings, tenant.TriggerPhone, `{"bindings":[{"ref":{"type":"action_id","value":"act_9"}}]}`)
		bind.Done = &plan.Check{Get: bind.Done.Get, Match: raw(`{"action":{"id":"act_9"}}`)}
		p.Steps = []plan.Step{bind}
		p.Relies = []plan.Fact{{Path: tenant.PathPhoneBindings, Pointer: "/bindings", Value: raw(`[]`), What: "what is bound"}}
		began := time.Now()
		if _, err := distantRunner(f, run.NewMemory(nil)).Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil); err != nil {
			t.Fatal(err)
		}
		if took := int(time.Since(began) / away); took != 4 || len(f.requests) != 4 {
			t.Errorf("%d requests, of which %d follow each other: %v", len(f.requests), took, f.requests)
		}
	})
}

// On a slow link a run that looks around is not silent: before its first write it says, one by one, how many looks are answered.
func TestARunSaysHowFarItHasLooked(t *testing.T) {
	t.Parallel()
	f, log := newFake(), run.NewMemory(nil)
	var last run.Looking
	looked, wrote := 0, false
	state, err := newRunner(f, log).Run(t.Context(), migration(), run.Until{Phase: plan.Prepare}, func(s run.State) {
		if !s.Working {
			t.Errorf("it does not work: %+v", s)
		}
		if now := s.Looking; now.Total > 0 && s.Steps[0].Status == run.Todo && !wrote {
			if looked++; now.Done > 0 && now != (run.Looking{Done: last.Done + 1, Total: last.Total}) {
				t.Errorf("%+v after %+v", now, last)
			}
			last = now
		}
		wrote = wrote || s.Steps[0].Status == run.Done
	})
	if err != nil || looked < 2 || last.Done != last.Total-1 {
		t.Errorf("%d times it was told, at last %+v: %v", looked, last, err)
	}
	if state.Looking != (run.Looking{}) || state.Working {
		t.Errorf("it looks for ever: %+v", state)
	}
}

// What the review says of reads is not more than is sent.
func TestReadsAreSentAtLeast(t *testing.T) {
	t.Parallel()
	f, log, p := newFake(), run.NewMemory(nil), migration()
	for _, s := range stages() {
		if _, err := s.do(t.Context(), newRunner(f, log), p); err != nil {
			t.Fatalf("%s: %v", s.name, err)
		}
	}
	sent := 0
	for _, call := range f.requests {
		if !call.Op.Writes() {
			sent++
		}
	}
	if n := run.Reads(p); n > sent || n < len(p.Relies)/2 || n == 0 {
		t.Errorf("at least %d reads are announced, and %d were sent", n, sent)
	}
}
