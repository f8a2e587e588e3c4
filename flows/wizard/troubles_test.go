package wizard_test

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"upe/flows/run"
	"upe/flows/tenant"
)

// trouble is what may go wrong with one request, as data.
type trouble struct {
	name    string
	happens bool          // the tenant carries the request out all the same
	says    *tenant.Error // what the caller hears; nil: its process ends
	waits   time.Duration // until it hears that
	twin    string        // the same trouble of a request that did not happen
}

// unknown is a status of no answer.
const unknown = 0

// troubles are those that the matrix tries at every request.
func troubles() []trouble {
	says := func(status int, code, message string) *tenant.Error {
		return &tenant.Error{Status: status, Code: code, Message: message}
	}
	return []trouble{
		{name: "refused before it was sent", says: says(unknown, "not_sent", "connection refused")},
		{name: "applied, the answer lost", happens: true, says: says(unknown, "", "EOF"), twin: "connection reset"},
		{name: "connection reset", says: says(unknown, "", "connection reset by peer")},
		{name: "time-out, not applied", says: says(unknown, "", "no answer in time"), waits: timeOut},
		{name: "time-out, applied", happens: true, says: says(unknown, "", "no answer in time"), waits: timeOut, twin: "time-out, not applied"},
		{name: "malformed JSON", happens: true, says: says(unknown, "", "the answer (200 OK, application/json) is not JSON")},
		{name: "401 token expired", says: says(401, "invalid_token", "Expired token received for JSON Web Token validation")},
		{name: "403 insufficient scope", says: says(403, tenant.CodeScope, "Insufficient scope")},
		{name: "409", says: says(409, "", "Conflict")},
		{name: "429", says: says(429, "too_many_requests", "Global limit has been reached"), waits: time.Minute},
		{name: "500", says: says(500, "", "Internal Server Error")},
		{name: "500, applied", happens: true, says: says(500, "", "Internal Server Error"), twin: "500"},
		{name: "503", says: says(503, "", "Service Unavailable"), waits: time.Second},
		{name: "killed before"},
		{name: "killed after", happens: true},
	}
}

// befalls reports whether the trouble can be told from others at this request: for a read it is all the same whether it happened.
func (w trouble) befalls(p place) bool {
	return !w.happens || w.twin == "" || !strings.HasPrefix(p.request, "GET ")
}

// timeOut is how long the client waits for one answer.
const timeOut = 30 * time.Second

// errKilled is the panic that stands for the end of the process.
var errKilled = errors.New("killed")

// strikes carries out what the trouble does to one call.
func (w trouble) strikes(ctx context.Context, api tenant.API, call tenant.Call) (json.RawMessage, error) {
	if w.happens {
		// What the tenant answered is lost. It answers on even if nobody waits for it any more.
		_, _ = api.Do(context.WithoutCancel(ctx), call)
	}
	if w.says == nil {
		panic(errKilled)
	}
	if w.waits > 0 {
		select {
		case <-time.After(w.waits):
		case <-ctx.Done():
		}
	}
	said := *w.says
	said.Op = call.Op
	// As the client does: a read whose answer is lost has no outcome to wonder about.
	said.Sent = said.Status == unknown && said.Code == "" && call.Op.Writes()
	if said.Status == unknown {
		said.Code = ""
	}
	return nil, &said
}

// place is one request of a run: the same operation is sent several times.
type place struct {
	request string
	nth     int
}

// crossing is the way to the tenant, with one trouble on it. It counts.
type crossing struct {
	at      place
	left    int // or: the request of this number from now on; 0: none
	trouble trouble
	struck  bool
	asks    func() // after each write

	mu    sync.Mutex
	seen  map[string]int
	order []place // all that were sent
}

func (c *crossing) port(inner func(tenant.Permit) tenant.API) func(tenant.Permit) tenant.API {
	return func(p tenant.Permit) tenant.API { return crossed{c, inner(p)} }
}

type crossed struct {
	*crossing
	tenant.API
}

// Do implements [tenant.API].
func (c crossed) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	hit := c.arrives(call)
	if c.asks != nil && call.Op.Writes() {
		defer c.asks()
	}
	if !hit {
		return c.API.Do(ctx, call)
	}
	return c.trouble.strikes(ctx, c.API, call)
}

// arrives counts a call, and reports whether the trouble hits it. Those of a snapshot come side by side.
func (c *crossing) arrives(call tenant.Call) (hit bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.seen == nil {
		c.seen = map[string]int{}
	}
	request := string(call.Op)
	c.seen[request]++
	here := place{request, c.seen[request]}
	c.order = append(c.order, here)
	c.left--
	hit = here == c.at || c.left == 0
	c.struck = c.struck || hit
	return hit
}

// paper is a journal that can be cut: the append of this number writes so many bytes, and then the disk is full, or the process
// ends.
type paper struct {
	*run.Memory
	lengths []int // of what was appended
	cut     int   // 0: none
	bytes   int
	kills   bool
	line    []byte // what was to be appended when it was cut
}

func newPaper() *paper { return &paper{Memory: run.NewMemory(nil)} }

// copied is another journal with the same lines, and a sound disk under it.
func (p *paper) copied() *paper {
	lines, _ := p.Read() // memory is always read
	return &paper{Memory: run.NewMemory(lines), lengths: slices.Clone(p.lengths)}
}

// fails has the append of this number write so many bytes, and then say that the disk is full, or end the process.
func (p *paper) fails(number, bytes int, kills bool) { p.cut, p.bytes, p.kills = number, bytes, kills }

// Append implements [run.Log].
func (p *paper) Append(line []byte) error {
	p.lengths = append(p.lengths, len(line))
	if len(p.lengths) != p.cut {
		return p.Memory.Append(line)
	}
	p.line = line
	_ = p.Memory.Append(line[:min(p.bytes, len(line))]) // memory takes everything
	if p.kills {
		panic(errKilled)
	}
	return errors.New("no space left on device")
}
