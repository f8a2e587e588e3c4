package client

import (
	"net/http"
	"net/url"

	"upe/flows/tenant"
)

// guard is the first link: promise 1, nothing is written until asked. It judges the request that is about to leave, not only
// the call behind it, so that neither a mistake in a row nor a request made some other way goes round it.
type guard struct {
	next     http.RoundTripper
	base     *url.URL
	readOnly bool
}

func (g guard) RoundTrip(req *http.Request) (*http.Response, error) {
	t := talkOf(req)
	switch {
	case t == nil:
		return nil, refusal(tenant.Op(req.Method+" "+req.URL.Path), "no call asked for this request")
	case !g.same(req, t.call):
		return nil, refusal(t.call.Op, "the request is not the one the call names: "+req.Method+" "+req.URL.Path)
	case t.call.Op.Writes() && g.readOnly:
		return nil, refusal(t.call.Op, "this session is read-only")
	case !t.permit.Allows(t.call):
		return nil, refusal(t.call.Op, "this write is not among the confirmed ones")
	}
	return g.next.RoundTrip(req)
}

func (g guard) same(req *http.Request, call tenant.Call) bool {
	return req.Method == call.Op.Method() &&
		req.URL.Scheme == g.base.Scheme && req.URL.Host == g.base.Host &&
		req.URL.Path == g.base.Path+call.Op.Path(call.ID)
}
