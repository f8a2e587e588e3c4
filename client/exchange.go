package client

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"

	"upe/flows/tenant"
)

// exchange is the link between words and requests: the call's query and body go out as they are, and the answer comes back as
// the API's own bytes or as an error of the port.
type exchange struct{ next http.RoundTripper }

func (x exchange) RoundTrip(req *http.Request) (*http.Response, error) {
	t := talkOf(req)
	resp, err := x.next.RoundTrip(say(req, t.call))
	if err != nil {
		var said *tenant.Error
		if errors.As(err, &said) {
			return nil, err
		}
		return nil, t.silence(err)
	}
	// tap has read the body from the wire already: this reads memory and cannot fail.
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		return nil, t.silence(err)
	}
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return nil, t.refused(resp, body)
	}
	if body = bytes.TrimSpace(body); len(body) > 0 {
		if !json.Valid(body) {
			return nil, unreadable(t.call, resp)
		}
		t.reply = body
	}
	t.answered = true
	// The reply is kept as it came; the SDK gets none. What it would decode is dropped, and was a third of the work of reading a tenant.
	resp.Body = http.NoBody
	return resp, nil
}

// say puts the call's own query and body on the SDK's request.
func say(req *http.Request, call tenant.Call) *http.Request {
	req = req.Clone(req.Context())
	req.URL.RawQuery = call.Query.Encode()
	req.Header.Del("Content-Type")
	req.Body, req.GetBody, req.ContentLength = http.NoBody, nil, 0
	if len(call.Body) > 0 {
		req.Header.Set("Content-Type", "application/json")
		req.ContentLength = int64(len(call.Body))
		req.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(call.Body)), nil }
		req.Body = io.NopCloser(bytes.NewReader(call.Body))
	}
	return req
}
