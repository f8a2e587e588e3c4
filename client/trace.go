package client

import (
	"net/http"
	"time"

	"upe/flows/tenant"
)

// LogEntry is one attempt of one request, as the request log keeps it. Neither headers nor bodies are part of it.
type LogEntry struct {
	At       time.Time     `json:"at"`
	Method   string        `json:"method"`
	Path     string        `json:"path"`    // below the host, without the query, which may hold names and numbers of users
	Op       tenant.Op     `json:"op"`      // the operation behind it
	Attempt  int           `json:"attempt"` // from 1
	Status   int           `json:"status"`  // 0: no answer
	Duration time.Duration `json:"duration"`
	Error    string        `json:"error,omitempty"` // why no answer came
}

// trace is the link that reports every attempt to the request log.
type trace struct {
	next http.RoundTripper
	log  func(LogEntry)
	now  func() time.Time
}

func (l trace) RoundTrip(req *http.Request) (*http.Response, error) {
	if l.log == nil {
		return l.next.RoundTrip(req)
	}
	t, start := talkOf(req), l.now()
	resp, err := l.next.RoundTrip(req)
	entry := LogEntry{
		At: start, Method: req.Method, Path: req.URL.Path, Op: t.call.Op, Attempt: t.attempt, Duration: l.now().Sub(start),
	}
	if err != nil {
		entry.Error = t.masked(plain(err))
	} else {
		entry.Status = resp.StatusCode
	}
	l.log(entry)
	return resp, err
}
