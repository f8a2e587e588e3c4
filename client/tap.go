package client

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"sync/atomic"
)

// largest is the longest answer that is read, in bytes. A page of 100 logs or Actions stays far below it.
const largest = 64 << 20

// tap is the last link before the wire. It reads the answer whole, so that a connection which breaks in the middle of a body
// counts as broken and not as an answer.
type tap struct{ next http.RoundTripper }

func (t tap) RoundTrip(req *http.Request) (*http.Response, error) {
	if err := req.Context().Err(); err != nil {
		return nil, &broken{cause: err}
	}
	var seen departure
	resp, err := t.next.RoundTrip(req.WithContext(httptrace.WithClientTrace(req.Context(), seen.hooks())))
	if err != nil {
		return nil, &broken{cause: err, left: seen.mayHaveLeft(err)}
	}
	body, err := io.ReadAll(io.LimitReader(resp.Body, largest+1))
	// The answer is complete or lost by now; closing can add nothing to either.
	err = errors.Join(err, resp.Body.Close())
	if err == nil && len(body) > largest {
		err = fmt.Errorf("the answer is longer than %d MiB", largest>>20)
	}
	if err != nil {
		return nil, &broken{cause: err, left: true}
	}
	resp.Body = io.NopCloser(bytes.NewReader(body))
	return resp, nil
}

// departure watches how far a request gets.
type departure struct {
	asked     atomic.Bool // a connection was asked for: the wire reports to us
	connected atomic.Bool // and there was one
}

func (d *departure) hooks() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn: func(string) { d.asked.Store(true) },
		GotConn: func(httptrace.GotConnInfo) { d.connected.Store(true) },
	}
}

// mayHaveLeft errs on the side of yes: with a connection in hand, a cancelled request can still be on its way when the error
// comes back, so only a connection that never was (name, dial, TLS) proves that the tenant has seen nothing. A wire that
// reports nothing (in tests) is judged by its error.
func (d *departure) mayHaveLeft(err error) bool {
	if d.asked.Load() {
		return d.connected.Load()
	}
	var network *net.OpError
	return !errors.As(err, &network) || network.Op != "dial"
}
