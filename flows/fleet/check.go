package fleet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// ResultSchema names the form of a line of results.
const ResultSchema = "upe.fleet-result/1"

// Result is what became of one tenant.
type Result struct {
	Schema    string        `json:"schema"`
	Domain    string        `json:"domain"`
	Name      string        `json:"name"`
	At        time.Time     `json:"at"`
	Verdict   judge.Verdict `json:"verdict,omitempty"`
	State     judge.State   `json:"state,omitempty"`
	Shape     string        `json:"shape,omitempty"` // see [ShapeOf]
	Movable   int           `json:"movable"`         // routes that do not go through the tenant-level provider yet
	Decisions []string      `json:"decisions"`       // ids of the findings that a person has to decide
	Blockers  []string      `json:"blockers"`        // ids of those that stand in the way
	Failure   *Failure      `json:"failure,omitempty"`
}

// Failure is why a tenant could not be looked at.
type Failure struct {
	Code string `json:"code"` // stable: "token_refused", "wrong-tenant", "network"
	Text string `json:"text"`
}

// Line is a result as one line of JSON.
func (r Result) Line() ([]byte, error) {
	line, err := json.Marshal(r)
	if err != nil {
		return nil, fmt.Errorf("encode a result: %w", err)
	}
	return append(line, '\n'), nil
}

// Results reads lines of results. Of several about one tenant the last counts. A last line that was cut off is left out.
func Results(raw []byte) ([]Result, error) {
	var all []Result
	place := map[string]int{}
	lines := splitLines(raw)
	for i, line := range lines {
		var r Result
		if err := json.Unmarshal(line, &r); err != nil || r.Schema != ResultSchema {
			if i == len(lines)-1 && err != nil {
				break // the program was stopped while it wrote
			}
			return nil, fmt.Errorf("line %d is no result of a fleet check", i+1)
		}
		if at, there := place[r.Domain]; there {
			all[at] = r
			continue
		}
		place[r.Domain] = len(all)
		all = append(all, r)
	}
	return all, nil
}

// Options say how a fleet is checked.
type Options struct {
	// Read takes the snapshot of a tenant, with the credentials of that tenant and of no other.
	Read func(context.Context, Tenant) (tenant.Snapshot, error)
	// Code names a failure for scripts; nil: "failed".
	Code   func(error) string
	AtOnce int              // tenants that are read at the same time; at least 1
	Now    func() time.Time // the clock
}

// Check looks at every tenant and hands each result over as soon as there is one, one at a time. It stops early when ctx ends, or when
// each fails; then the tenants that were not finished have no result.
func Check(ctx context.Context, tenants []Tenant, o Options, each func(Result) error) error {
	group, inner := errgroup.WithContext(ctx)
	group.SetLimit(max(o.AtOnce, 1))
	var mu sync.Mutex
	for _, t := range tenants {
		group.Go(func() error {
			if inner.Err() != nil {
				return context.Cause(inner)
			}
			r := o.look(inner, t)
			if inner.Err() != nil {
				return context.Cause(inner) // what it failed of is that
			}
			mu.Lock()
			defer mu.Unlock()
			return each(r)
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

// look reads and judges one tenant. What it held is let go of with the snapshot.
func (o Options) look(ctx context.Context, t Tenant) Result {
	r := Result{
		Schema: ResultSchema, Domain: t.Domain, Name: t.Title(), At: o.Now().UTC().Truncate(time.Second),
		Decisions: []string{}, Blockers: []string{},
	}
	s, err := o.Read(ctx, t)
	if err != nil {
		r.Failure = &Failure{Code: o.code(err), Text: err.Error()}
		return r
	}
	r.fill(judge.Judge(s))
	return r
}

func (o Options) code(err error) string {
	var refused *tenant.Error
	switch {
	case o.Code != nil:
		return o.Code(err)
	case errors.As(err, &refused):
		return string(refused.Class())
	}
	return "failed"
}

func (r *Result) fill(j judge.Judgement) {
	r.Verdict, r.State, r.Shape = j.Verdict, j.State, ShapeOf(j)
	for _, route := range j.Routes {
		if route.Via != judge.Tenant {
			r.Movable++
		}
	}
	for _, f := range j.Findings {
		switch f.Severity {
		case judge.Decision:
			r.Decisions = append(r.Decisions, f.ID)
		case judge.Blocker:
			r.Blockers = append(r.Blockers, f.ID)
		case judge.Warning, judge.Note:
		}
	}
}

// Open are the tenants that results say nothing of yet, or only that they could not be looked at.
func Open(tenants []Tenant, results []Result) []Tenant {
	done := map[string]bool{}
	for _, r := range results {
		done[r.Domain] = r.Failure == nil
	}
	var open []Tenant
	for _, t := range tenants {
		if !done[t.Domain] {
			open = append(open, t)
		}
	}
	return open
}
