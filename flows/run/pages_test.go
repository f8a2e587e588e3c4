package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// paged answers a list of sms connections in pages: the last connection of the last page is opted in or not.
type paged struct {
	t     *testing.T
	opted bool
	asked []string
}

func (p *paged) Do(_ context.Context, call tenant.Call) (json.RawMessage, error) {
	from := call.Query.Get("from")
	p.asked = append(p.asked, from)
	if call.Query.Get("take") != "100" || call.Query.Get("strategy") != "sms" {
		p.t.Errorf("asked for %v", call.Query)
	}
	switch {
	case from == "":
		return json.RawMessage(`{"connections":[{"id":"con_1","options":{}}],"next":"two"}`), nil
	case from == "two":
		return json.RawMessage(`{"connections":[{"id":"con_2","options":{}}],"next":"three"}`), nil
	case p.opted:
		return json.RawMessage(`{"connections":[{"id":"con_3","options":{"use_phone_provider":true}}]}`), nil
	}
	return json.RawMessage(`{"connections":[{"id":"con_3","options":{}}],"next":null}`), nil
}

// TestAListIsReadToItsLastPage: whether no connection uses the provider is only known when all of them were looked at.
func TestAListIsReadToItsLastPage(t *testing.T) {
	t.Parallel()
	p := plan.Plan{Schema: plan.Schema, Steps: []plan.Step{{
		ID: "see", Title: "See that no connection uses it", Kind: plan.Manual, Phase: plan.After, Proof: "api",
		Done: &plan.Check{
			Get:  tenant.Call{Op: tenant.ListConnections, Query: url.Values{"strategy": {"sms"}, "take": {"100"}}},
			Each: json.RawMessage(`[{"options":{"use_phone_provider":true}}]`), Absent: true,
		},
	}}}.Sealed()
	for _, opted := range []bool{false, true} {
		api := &paged{t: t, opted: opted}
		r := &run.Runner{
			API: func(tenant.Permit) tenant.API { return api }, Log: run.NewMemory(nil), Now: time.Now,
			Secret: func(string) (string, error) { return "", errors.New("none") }, NewID: func(string) string { return "run-1" },
		}
		_, err := r.ByHand(t.Context(), p, "see", "Ann")
		if opted {
			refused(t, err, run.NotYet)
		} else if err != nil {
			t.Error(err)
		}
		if len(api.asked) != 3 {
			t.Errorf("pages asked for: %q", api.asked)
		}
	}
}

// circling answers pages that lead back to the first of them.
type circling struct{}

func (circling) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	next := map[string]string{"": "two", "two": "three", "three": "two"}[call.Query.Get("from")]
	return json.RawMessage(`{"connections":[{"id":"con_1","options":{}}],"next":"` + next + `"}`), ctx.Err()
}

// A list without an end tells nothing: neither is it read for ever, from memory, nor is anything taken to be absent from it.
func TestAListThatLeadsBackToItselfTellsNothing(t *testing.T) {
	t.Parallel()
	list := tenant.Call{Op: tenant.ListConnections, Query: url.Values{"strategy": {"sms"}, "take": {"100"}}}
	p := plan.Plan{
		Schema: plan.Schema, Tenant: migration().Tenant, Relies: []plan.Fact{{Path: tenant.PathSMSConnections, Pointer: "/0/id", Value: raw(`"con_1"`)}},
		Steps: []plan.Step{{
			ID: "remove", Title: "Remove", Kind: plan.Request, Phase: plan.Prepare, Call: call(tenant.DeleteProvider, "pro_1", ""),
			Done: &plan.Check{Get: list, Match: raw(`{"id":"con_2"}`), Absent: true},
		}},
	}.Sealed()
	r := newRunner(newFake(), run.NewMemory(nil))
	r.API = func(tenant.Permit) tenant.API { return circling{} }
	for _, relies := range [][]plan.Fact{p.Relies, nil} {
		p.Relies = relies
		r.Log = run.NewMemory(nil)
		if state, err := r.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil); err == nil {
			t.Errorf("it ended well: %+v", state.Steps)
		}
	}
}
