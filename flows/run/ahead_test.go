package run_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"pgregory.net/rapid"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// through is an API as a function over the one behind it.
type through struct {
	tenant.API

	do func(context.Context, tenant.Call, tenant.API) (json.RawMessage, error)
}

func (w through) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	return w.do(ctx, call, w.API)
}

// runnerThrough is a runner on f whose requests all go through do.
func runnerThrough(f *fake, log run.Log, do func(context.Context, tenant.Call, tenant.API) (json.RawMessage, error)) *run.Runner {
	r := newRunner(f, log)
	r.API = func(p tenant.Permit) tenant.API { return through{f.api(p), do} }
	return r
}

// The transport gives up at once where it would have to wait longer than it is given. What is read beside a read-back is given little;
// in its turn the same read may wait.
func TestWhatFailsAheadOfItsTurnIsReadInItsTurn(t *testing.T) {
	t.Parallel()
	for name, says := range map[string]*tenant.Error{
		"rate limit":    {Status: 429, Message: "Global limit has been reached"},
		"Auth0 is down": {Status: 503},
		"no answer":     {},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				f, log, armed := newFake(), run.NewMemory(nil), atomic.Bool{}
				r := runnerThrough(f, log, func(ctx context.Context, call tenant.Call, next tenant.API) (json.RawMessage, error) {
					armed.CompareAndSwap(false, call.Op == tenant.CreateProvider)
					if call.Op != tenant.ListPhoneTemplates || !armed.Load() {
						return next.Do(ctx, call)
					}
					if end, ok := ctx.Deadline(); ok && time.Until(end) < 10*time.Second {
						answer := *says
						answer.Op = call.Op
						return nil, &answer
					}
					return next.Do(ctx, call)
				})
				state, err := stages()[0].do(t.Context(), r, migration())
				if err != nil || !state.Prepared || how(state, "template") != run.Verified {
					t.Errorf("prepared: %t, %v", state.Prepared, err)
				}
			})
		})
	}
}

// What a write replaces as a whole was read a moment before, however long a read beside it took and however long it took to find a secret.
func TestWhatIsReplacedWasReadAMomentBefore(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		slow := rapid.SliceOfN(rapid.IntRange(0, 4000), 1, 20).Draw(rt, "milliseconds")
		thinking := rapid.IntRange(0, 8).Draw(rt, "seconds to find a secret")
		synctest.Test(t, func(t *testing.T) {
			f, log := newFake(), run.NewMemory(nil)
			f.bindings, f.action = []any{}, map[string]any{"id": "act_9"}
			p := replacing()
			var mu sync.Mutex
			read, asked := map[string]time.Time{}, 0
			r := runnerThrough(f, log, func(ctx context.Context, call tenant.Call, next tenant.API) (json.RawMessage, error) {
				mu.Lock()
				asked++
				away := time.Duration(slow[asked%len(slow)]) * time.Millisecond
				mu.Unlock()
				if call.Op == tenant.PatchConnection || call.Op == tenant.PatchBindings {
					if old := time.Since(read[call.ID]); old > time.Second {
						t.Errorf("%s over what was there %s before", call.Op, old)
					}
					return next.Do(ctx, call)
				}
				time.Sleep(away)
				answer, err := next.Do(ctx, call)
				mu.Lock()
				defer mu.Unlock()
				read[call.ID] = time.Now()
				return answer, err
			})
			r.Secret = func(string) (string, error) {
				time.Sleep(time.Duration(thinking) * time.Second)
				return canaryAsked, nil
			}
			if _, err := r.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil); err != nil {
				t.Fatal(err)
			}
		})
	})
}

// replacing is a plan of two steps that replace something as a whole. What they are checked by is another request.
func replacing() plan.Plan {
	p := migration()
	connection, _ := p.Step("connection")
	connection.Phase, connection.Move = plan.Prepare, ""
	connection.Call = call(tenant.PatchConnection, "con_1", `{"options":{"use_phone_provider":true,"key":{"$secret":"key"}}}`)
	connection.Done = &plan.Check{
		Get: get(tenant.ListConnections, ""), Match: raw(`{"id":"con_1"}`), Want: raw(`{"options":{"use_phone_provider":true}}`),
	}
	bind, _ := p.Step("bind")
	bind.Needs, bind.Call = nil, call(tenant.PatchBindings, tenant.TriggerPhone, `{"bindings":[{"ref":{"type":"action_id","value":"act_9"}}]}`)
	bind.Done = &plan.Check{Get: bind.Done.Get, Match: raw(`{"action":{"id":"act_9"}}`)}
	p.Relies, p.Steps = nil, []plan.Step{connection, bind}
	return p
}

// A secret that the tenant shows is taken out of its logs as well, although both are read together.
func TestALogIsCleanedOfWhatIsReadBesideIt(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		const shownOnly = "open sesame"
		f, log := newFake(), run.NewMemory(nil)
		f.options["twilio_token"] = shownOnly
		upTo(t, 6, f, log) // switched, and not confirmed
		f.logs = []any{map[string]any{
			"log_id": "90020261120120001000000000000000000001223372036854770001", "type": "fn", "connection_id": "con_1", "connection": "sms",
			"date":    time.Now().Add(time.Second).UTC().Format(time.RFC3339Nano),
			"details": map[string]any{"notification_type": "sms", "to": number, "error": "refused with " + shownOnly},
		}}
		time.Sleep(time.Minute)
		state, err := newRunner(f, log).Confirm(t.Context(), migration(), "con_1", "Ann")
		if err != nil {
			t.Fatal(err)
		}
		told := fmt.Sprintf("%+v", state.Moves[1].Logs)
		if heard := state.Moves[1].Logs; heard == nil || heard.Failures+heard.Warnings+len(heard.Candidates) == 0 {
			t.Fatalf("nothing was heard: %s", told)
		}
		if journal := string(read(t, log)); strings.Contains(journal, shownOnly) {
			t.Errorf("the journal keeps %s", told)
		}
	})
}

// Whoever stops while a test message is made ready sends none.
func TestNoMessageIsSentAfterwards(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		f.logs = []any{}
		upTo(t, 1, f, log)
		ctx, stop := context.WithCancel(t.Context())
		r := runnerThrough(f, log, func(ctx context.Context, call tenant.Call, next tenant.API) (json.RawMessage, error) {
			if call.Op == tenant.ListLogs {
				time.Sleep(time.Second) // the others have been answered
				stop()
			}
			return next.Do(ctx, call)
		})
		if _, err := r.Send(ctx, migration(), "text", number); err == nil || f.wrote("POST /branding/phone/providers/") > 1 {
			t.Errorf("%v, %v", err, f.writes())
		}
		if n := f.wrote("POST /branding/phone/providers/"); n > 0 {
			t.Errorf("%d messages were sent", n)
		}
	})
}

// Another admin saves the same page while a run is at work, at whichever request: what they saved is kept, or the run stops and says so.
func TestWhatAnotherAdminSavesIsNotLost(t *testing.T) {
	t.Parallel()
	var requests int
	synctest.Test(t, func(t *testing.T) { _, _, requests = undisturbed(t) })
	for name, c := range map[string]struct {
		op    tenant.Op // the write that replaces what they saved
		saves func(f *fake)
		kept  func(f *fake) bool
	}{
		"a connection": {
			tenant.PatchConnection,
			func(f *fake) { f.options = lay(f.options, map[string]any{"unknown": "saved"}) },
			func(f *fake) bool { return f.options["unknown"] == "saved" },
		},
		"the bindings": {
			tenant.PatchBindings,
			func(f *fake) { f.bindings = append([]any{map[string]any{"id": "bin_9"}}, f.bindings...) },
			func(f *fake) bool { return strings.Contains(string(plan.Encode(f.bindings)), "bin_9") },
		},
		"a template": {
			tenant.CreatePhoneTemplate,
			func(f *fake) {
				f.template = map[string]any{"id": "tem_9", "type": "otp_verify", "content": map[string]any{"body": map[string]any{"text": "saved"}}}
			},
			func(f *fake) bool { return strings.Contains(string(plan.Encode(f.template)), "saved") },
		},
	} {
		for at := range requests {
			synctest.Test(t, func(t *testing.T) {
				f, log, passed, saved := newFake(), run.NewMemory(nil), false, false
				f.fault = func(number int, call tenant.Call) fault {
					if passed = passed || call.Op == c.op; number == at+1 && !passed {
						c.saves(f)
						saved = true
					}
					return ""
				}
				for _, s := range stages() {
					if _, err := s.do(t.Context(), newRunner(f, log), migration()); err != nil {
						break
					}
				}
				if saved && !c.kept(f) {
					t.Errorf("%s: what was saved at request %d is lost", name, at+1)
				}
			})
		}
	}
}

// What a write does elsewhere may show a moment later than the write itself. Nobody is asked to do by hand what shows by then.
func TestNobodyIsAskedForWhatShowsAMomentLater(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		f, log := newFake(), run.NewMemory(nil)
		upTo(t, 3, f, log)
		var switched time.Time
		r := runnerThrough(f, log, func(ctx context.Context, call tenant.Call, next tenant.API) (json.RawMessage, error) {
			time.Sleep(away)
			if call.Op == tenant.PatchSettings {
				switched = time.Now()
			}
			if call.Op == tenant.GetSelectedProvider && time.Since(switched) < away*3/2 {
				return raw(`{"provider":"twilio"}`), nil
			}
			return next.Do(ctx, call)
		})
		state, err := r.Run(t.Context(), migration(), mfa(), nil)
		if err != nil || how(state, "unified") != run.Verified || state.Moves[0].Status != run.MoveSwitched {
			t.Errorf("it waits for %q, %v", state.WaitsFor, err)
		}
	})
}
