package main

import (
	"encoding/json"
	"runtime"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// at makes exchanges of milliseconds: when each began and ended.
func at(times ...[2]int) []exchange {
	var list []exchange
	epoch := time.Unix(0, 0)
	for _, t := range times {
		list = append(list, exchange{
			began: epoch.Add(time.Duration(t[0]) * time.Millisecond), ended: epoch.Add(time.Duration(t[1]) * time.Millisecond),
		})
	}
	return list
}

func TestRounds(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		seen []exchange
		want int
	}{
		"none":                 {nil, 0},
		"one":                  {at([2]int{0, 50}), 1},
		"at once":              {at([2]int{0, 50}, [2]int{1, 51}, [2]int{2, 52}), 1},
		"one after the other":  {at([2]int{0, 50}, [2]int{50, 100}, [2]int{101, 151}), 3},
		"one alone, then many": {at([2]int{0, 50}, [2]int{51, 101}, [2]int{52, 102}, [2]int{52, 103}), 2},
		"a list beside others": {at([2]int{0, 50}, [2]int{51, 101}, [2]int{52, 102}, [2]int{102, 152}, [2]int{153, 203}), 4},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := rounds(c.seen); got != c.want {
				t.Errorf("%d rounds, want %d", got, c.want)
			}
		})
	}
}

func TestChain(t *testing.T) {
	t.Parallel()
	var plan struct{ Steps []step }
	if err := json.Unmarshal([]byte(`{"steps":[
		{"id":"action","kind":"request","phase":"prepare","call":{"op":"POST /actions/actions"}},
		{"id":"built","kind":"wait","phase":"prepare","needs":["action"]},
		{"id":"bind","kind":"request","phase":"prepare","needs":["built"],"call":{"op":"PATCH /actions/triggers/{id}/bindings"}},
		{"id":"template-1","kind":"request","phase":"prepare","needs":["bind"]},
		{"id":"template-2","kind":"request","phase":"prepare","needs":["bind"]},
		{"id":"test","kind":"test","phase":"test","needs":["template-1"]},
		{"id":"flag","kind":"request","phase":"switch","needs":["test"]},
		{"id":"by-hand","kind":"manual","phase":"switch","needs":["flag"]},
		{"id":"connection","kind":"request","phase":"switch","needs":["flag"],"merge":{"get":{"op":"GET /connections/{id}"}}}
	]}`), &plan); err != nil {
		t.Fatal(err)
	}
	got, together := map[string]int{}, map[string]int{}
	for _, phase := range []string{"prepare", "test", "switch", "after"} {
		got[phase], together[phase] = chain(plan.Steps, phase), needed(plan.Steps, phase)
	}
	if diff := cmp.Diff(map[string]int{"prepare": 10, "test": 2, "switch": 5, "after": 0}, got); diff != "" {
		t.Errorf("chains (-want +got):\n%s", diff)
	}
	// Both templates wait for the bindings, and neither for the other.
	if diff := cmp.Diff(map[string]int{"prepare": 8, "test": 2, "switch": 5, "after": 0}, together); diff != "" {
		t.Errorf("chains of what is needed (-want +got):\n%s", diff)
	}
}

func TestRequestsAreToldApart(t *testing.T) {
	t.Parallel()
	seen := []exchange{
		{what: "GET /connections", query: "strategy=sms&take=100"},
		{what: "GET /connections", query: "strategy=sms&take=100&from=abc"},
		{what: "GET /connections", query: "strategy=auth0&take=100"},
		{what: "GET /settings"},
		{what: "GET /settings"},
	}
	if got := endpoints(seen); got != 3 {
		t.Errorf("%d different things were asked, want 3", got)
	}
	if diff := cmp.Diff([]string{"GET /settings"}, twice(seen)); diff != "" {
		t.Errorf("asked twice (-want +got):\n%s", diff)
	}
}

func TestSamples(t *testing.T) {
	t.Parallel()
	s := samples{5, 1, 4, 2, 3}
	for share, want := range map[float64]time.Duration{0: 1, 0.5: 3, 0.9: 5, 0.99: 5, 1: 5} {
		if got := s.at(share); got != want {
			t.Errorf("at(%v) = %d, want %d", share, got, want)
		}
	}
	if got := (samples{}).median(); got != 0 {
		t.Errorf("the median of nothing is %d", got)
	}
}

func TestBoundOfAFleet(t *testing.T) {
	t.Parallel()
	// Two tenants, one after the other: one within its limit of ten at once, the other with five more, at ten a second.
	c := crossing{tenants: 2, atOnce: 1, requests: []int{10, 15}, cpu: time.Microsecond}
	if got, _ := c.bound(); got != 650*time.Millisecond {
		t.Errorf("the bound is %s, want two round trips, one round trip, and half a second", got)
	}
	// Both at the same time, on cores that have more to do than that.
	c.atOnce, c.cpu = 2, time.Duration(runtime.NumCPU())*time.Second
	if got, _ := c.bound(); got != time.Second {
		t.Errorf("the bound is %s, want the second that every core works", got)
	}
}
