package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"upe/client/emulator"
)

// roundTrip is how long a request and its answer are on their way in the rows that ask for a slow network.
const roundTrip = 50 * time.Millisecond

// link is an emulated tenant behind a long wire, and notes when each request came and when it was answered.
type link struct {
	url   string
	delay time.Duration
	next  http.Handler

	mu   sync.Mutex
	seen []exchange
}

// exchange is one request.
type exchange struct {
	what         string // method and path
	query        string
	began, ended time.Time
}

// serve listens for a tenant. Every answer takes the delay longer.
func (l *lab) serve(t *emulator.Tenant, delay time.Duration) (*link, error) {
	var lc net.ListenConfig
	listener, err := lc.Listen(l, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("emulate a tenant: %w", err)
	}
	wire := &link{url: "http://" + listener.Addr().String(), delay: delay, next: t}
	server := &http.Server{Handler: wire, ReadHeaderTimeout: 10 * time.Second}
	context.AfterFunc(l, func() { _ = server.Close() })
	go func() { _ = server.Serve(listener) }()
	return wire, nil
}

// ServeHTTP implements [http.Handler].
func (w *link) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	e := exchange{what: r.Method + " " + r.URL.Path, query: r.URL.RawQuery, began: time.Now()}
	time.Sleep(w.delay)
	w.next.ServeHTTP(rw, r)
	e.ended = time.Now()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = append(w.seen, e)
}

// requests are those so far, in the order in which they came.
func (w *link) requests() []exchange {
	w.mu.Lock()
	defer w.mu.Unlock()
	return slices.SortedFunc(slices.Values(w.seen), func(a, b exchange) int { return a.began.Compare(b.began) })
}

// forget begins anew.
func (w *link) forget() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.seen = nil
}

// rounds is how many of the requests came one after the other: the longest chain in which each came after the one before was answered.
func rounds(requests []exchange) int {
	deepest := make([]int, len(requests))
	longest := 0
	for i, r := range requests {
		deepest[i] = 1
		for j, before := range requests[:i] {
			if !before.ended.After(r.began) {
				deepest[i] = max(deepest[i], deepest[j]+1)
			}
		}
		longest = max(longest, deepest[i])
	}
	return longest
}

// twice lists requests that were sent more than once.
func twice(requests []exchange) []string {
	count := map[string]int{}
	var more []string
	for _, r := range requests {
		key := strings.TrimSuffix(r.what+"?"+r.query, "?")
		if count[key]++; count[key] == 2 {
			more = append(more, key)
		}
	}
	return more
}

// span is from the first request to the last answer.
func span(requests []exchange) time.Duration {
	if len(requests) == 0 {
		return 0
	}
	last := requests[0].ended
	for _, r := range requests {
		if r.ended.After(last) {
			last = r.ended
		}
	}
	return last.Sub(requests[0].began)
}
