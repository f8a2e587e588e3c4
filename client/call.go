package client

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"

	"upe/flows/tenant"
)

// talk is one call on its way through the chain: what to say, under which permit, and what was answered. It travels in the
// request's context, because the SDK stands between the caller and the chain. One goroutine at a time touches it.
type talk struct {
	call   tenant.Call
	permit tenant.Permit
	mask   func(string) string // Options.Mask; may be nil

	token   string // set by bearer, for masking
	attempt int    // set by retry, from 1

	answered bool            // set by exchange: a 2xx came, and was read whole
	reply    json.RawMessage // its body; nil when it had none
}

type talkKey struct{}

func (t *talk) in(ctx context.Context) context.Context { return context.WithValue(ctx, talkKey{}, t) }

// talkOf finds the call that req belongs to; nil when something else made the request.
func talkOf(req *http.Request) *talk {
	t, ok := req.Context().Value(talkKey{}).(*talk)
	if !ok {
		return nil
	}
	return t
}

// sound refuses a call that would reach another resource than it says. An empty id is the worst of them: a PATCH of one provider
// would become one of the list.
func sound(call tenant.Call) error {
	takesID := strings.Contains(call.Op.Template(), "{id}")
	switch {
	case !takesID && call.ID != "":
		return refusal(call.Op, "it takes no id")
	case takesID && (call.ID == "" || call.ID == tenant.AnyID):
		return refusal(call.Op, "its id is missing")
	case strings.Trim(call.ID, ".") == "" && call.ID != "", strings.ContainsFunc(call.ID, notInID):
		return refusal(call.Op, "its id contains characters that no id of Auth0 has")
	case len(call.Body) > 0 && !json.Valid(call.Body):
		return refusal(call.Op, "its body is not JSON")
	case len(call.Body) > 0 && !call.Op.Writes():
		return refusal(call.Op, "a read has no body")
	}
	return nil
}

func notInID(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`/\?#%`, r) }
