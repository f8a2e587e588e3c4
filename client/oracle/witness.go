package oracle

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"sync"

	"upe/client/emulator"
	"upe/flows/tenant"
)

// Witness watches one tenant. It is safe for concurrent use.
type Witness struct {
	ctx    context.Context // of the codes: a look is no request's, and goes on when that is interrupted
	tenant *emulator.Tenant
	start  json.RawMessage

	mu       sync.Mutex
	baseline []leg
	version  int
	step     string // what the next change is put down to
	looks    int
	answers  *answers // nil: every look asks
}

// leg is a route of the baseline with what became of it.
type leg struct {
	Route
	before  emulator.Result
	now     emulator.Result // at the last look
	dropped bool            // see [Witness.GiveUp]
	lost    []Loss
}

// Loss is a time in which a code of the baseline did not come.
type Loss struct {
	Route Route
	From  string // the write after which it did not come any more
	Until string // the write after which it came again; empty: it never did
	Why   string
}

// New begins to watch. What delivers now is the baseline.
func New(ctx context.Context, t *emulator.Tenant) *Witness {
	w := &Witness{ctx: context.WithoutCancel(ctx), tenant: t, start: t.State(), version: t.Version()}
	for _, r := range every(stateOf(w.start)) {
		if result := r.ask(ctx, t.Copy()); result.Delivered {
			w.baseline = append(w.baseline, leg{Route: r, before: result, now: result})
		}
	}
	return w
}

// gone reports whether the admin has given this route up, and that has been carried out.
func (l *leg) gone(now *emulator.Tenant) bool {
	return l.dropped && !slices.Contains(stateOf(now.State()).Guardian.Types, l.Channel)
}

// GiveUp names the MFA channels that the admin drops. They count until they are taken from the message types.
func (w *Witness) GiveUp(channels ...string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for i := range w.baseline {
		l := &w.baseline[i]
		l.dropped = l.Flow == emulator.FlowMFA && slices.Contains(channels, l.Channel)
	}
}

// Step names what the changes from now on are put down to, where the request itself would say less.
func (w *Witness) Step(name string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.step = name
}

// Baseline lists the routes that delivered at the beginning.
func (w *Witness) Baseline() []Route {
	var all []Route
	for _, l := range w.baseline {
		all = append(all, l.Route)
	}
	return all
}

// Looks is how often the baseline was asked for again.
func (w *Witness) Looks() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.looks
}

// Look asks for every code of the baseline if the tenant has changed since the last look. request is what changed it.
func (w *Witness) Look(request string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := w.tenant.Copy()
	version := w.tenant.Version()
	if version == w.version {
		return
	}
	w.version = version
	w.looks++
	if w.step != "" {
		request = w.step
	}
	ask := w.answers.of(w.ctx, now)
	for i := range w.baseline {
		l := &w.baseline[i]
		if l.gone(now) {
			continue
		}
		l.note(ask(l.Route), request)
	}
}

func (l *leg) note(result emulator.Result, request string) {
	l.now = result
	open := len(l.lost) > 0 && l.lost[len(l.lost)-1].Until == ""
	switch {
	case !result.Delivered && !open:
		l.lost = append(l.lost, Loss{Route: l.Route, From: request, Why: result.Error})
	case result.Delivered && open:
		l.lost[len(l.lost)-1].Until = request
	}
}

// Now is what became of the codes of one move at the last look.
func (w *Witness) Now(move string) map[Route]emulator.Result {
	w.mu.Lock()
	defer w.mu.Unlock()
	now := map[Route]emulator.Result{}
	for _, l := range w.baseline {
		if l.Moved([]string{move}) {
			now[l.Route] = l.now
		}
	}
	return now
}

// Lost lists every time in which a code of the baseline did not come.
func (w *Witness) Lost() []Loss {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []Loss
	for _, l := range w.baseline {
		all = append(all, l.lost...)
	}
	return all
}

// Port is the tenant's port, watched: each write is followed by a look.
func (w *Witness) Port(permit tenant.Permit) tenant.API { return port{w, w.tenant.Port(permit)} }

type port struct {
	witness *Witness
	tenant.API
}

// Do implements [tenant.API].
func (p port) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	answer, err := p.API.Do(ctx, call)
	if call.Op.Writes() {
		p.witness.Look(call.Op.Method() + " " + call.Path())
	}
	return answer, err
}

// ServeHTTP is the tenant on the wire, watched: each write is followed by a look.
func (w *Witness) ServeHTTP(out http.ResponseWriter, r *http.Request) {
	w.tenant.ServeHTTP(out, r)
	if r.Method != http.MethodGet {
		w.Look(r.Method + " " + r.URL.Path)
	}
}
