package run

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"upe/flows/tenant"
)

// counting answers each request with its number.
type counting struct{ asked int }

func (c *counting) Do(ctx context.Context, _ tenant.Call) (json.RawMessage, error) {
	c.asked++
	return json.RawMessage(fmt.Sprint(c.asked)), ctx.Err()
}

// An answer that was read ahead counts until the tenant may be another one.
func TestHowLongAnAnswerCounts(t *testing.T) {
	t.Parallel()
	settings := tenant.Call{Op: tenant.GetSettings}
	for name, c := range map[string]struct {
		meanwhile func(v *view, clock *time.Time)
		want      string
	}{
		"nothing happens": {func(*view, *time.Time) {}, "1"},
		"another read":    {func(v *view, _ *time.Time) { _, _ = v.Do(context.Background(), tenant.Call{Op: tenant.ListFactors}) }, "1"},
		"read ahead again": {func(v *view, _ *time.Time) {
			_, _ = scout{view: v}.Do(context.Background(), settings)
		}, "1"},
		"a write": {func(v *view, _ *time.Time) {
			_, _ = v.Do(context.Background(), tenant.Call{Op: tenant.PatchSettings})
		}, "3"},
		"a wait":                   {func(v *view, _ *time.Time) { v.forget() }, "2"},
		"time":                     {func(_ *view, clock *time.Time) { *clock = clock.Add(longestView + 1) }, "2"},
		"a clock that is put back": {func(_ *view, clock *time.Time) { *clock = clock.Add(-time.Hour) }, "2"},
		"a moment, where none may pass": {func(v *view, clock *time.Time) {
			*clock = clock.Add(longestBase + 1)
			v.anew()
		}, "2"},
		"less than a moment": {func(v *view, clock *time.Time) {
			*clock = clock.Add(longestBase)
			v.anew()
		}, "1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var clock time.Time
			v := newView(&counting{}, func() time.Time { return clock })
			_, _ = scout{view: v}.Do(t.Context(), settings)
			c.meanwhile(v, &clock)
			if got, err := v.Do(t.Context(), settings); err != nil || string(got) != c.want {
				t.Errorf("%s, %v, want %s", got, err, c.want)
			}
		})
	}
}

// A read that was broken off tells nothing: a step that must not be stopped asks again.
func TestAReadThatWasBrokenOffTellsNothing(t *testing.T) {
	t.Parallel()
	v := newView(&counting{}, time.Now)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, _ = scout{view: v}.Do(ctx, tenant.Call{Op: tenant.GetSettings})
	if got, err := v.Do(t.Context(), tenant.Call{Op: tenant.GetSettings}); err != nil || string(got) != "2" {
		t.Errorf("%s, %v", got, err)
	}
}

// A run may be on two errands for the same thing. Who is called off gets no answer, not even one that is known.
func TestWhoIsCalledOffIsToldSo(t *testing.T) {
	t.Parallel()
	v := newView(&counting{}, time.Now)
	_, _ = scout{view: v}.Do(t.Context(), tenant.Call{Op: tenant.GetSettings})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := (scout{view: v}).Do(ctx, tenant.Call{Op: tenant.GetSettings}); err == nil {
		t.Error("it went on reading")
	}
}
