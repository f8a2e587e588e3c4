package rehearsal

import (
	"context"
	"sync/atomic"
	"time"
)

// clock is the time of a rehearsal: it goes on by a little whenever somebody looks, and by as much as somebody waits.
type clock struct {
	start   time.Time
	elapsed atomic.Int64 // nanoseconds
}

// tick is how long it takes to look at the clock.
const tick = time.Millisecond

func (c *clock) now() time.Time { return c.start.Add(time.Duration(c.elapsed.Add(int64(tick)))) }

// pause is a wait that takes no time; it ends with the context, as a real one does.
func (c *clock) pause(ctx context.Context, d time.Duration) error {
	c.elapsed.Add(int64(d))
	return context.Cause(ctx)
}
