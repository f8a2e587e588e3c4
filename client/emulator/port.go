package emulator

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"

	"upe/flows/tenant"
)

// Port is the tenant as the port of package tenant, in process: the same requests as over the wire, without a wire. It writes
// what permit allows. Tests of flows use it, and a rehearsal of a plan.
func (t *Tenant) Port(permit tenant.Permit) tenant.API { return port{t, permit, t.Token()} }

// Identity is what the tenant's tokens say about it.
func (t *Tenant) Identity() tenant.Identity {
	s := t.snapshot()
	return tenant.Identity{Domain: s.Domain, Issuer: s.issuer(), Audience: s.audience()}
}

type port struct {
	tenant *Tenant
	permit tenant.Permit
	token  string
}

// Do sends one call to the handler. A connection that the tenant closes leaves the outcome unknown, as on the wire.
func (p port) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	if !p.permit.Allows(call) {
		return nil, &tenant.Error{Op: call.Op, Code: tenant.CodeGuard, Message: "this write is not permitted"}
	}
	if err := ctx.Err(); err != nil {
		return nil, &tenant.Error{Op: call.Op, Message: err.Error()}
	}
	request, err := http.NewRequestWithContext(ctx, call.Op.Method(), "http://localhost"+apiPrefix+call.Path(), bytes.NewReader(call.Body))
	if err != nil {
		return nil, &tenant.Error{Op: call.Op, Message: err.Error()}
	}
	request.Header.Set("Authorization", "Bearer "+p.token)
	response, err := p.tenant.Transport().RoundTrip(request)
	if err != nil {
		return nil, &tenant.Error{Op: call.Op, Message: err.Error(), Sent: true}
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	switch {
	case err != nil:
		return nil, &tenant.Error{Op: call.Op, Message: err.Error(), Sent: true}
	case response.StatusCode >= http.StatusMultipleChoices:
		return nil, refusal(call.Op, response.StatusCode, body)
	case len(body) == 0:
		return nil, nil
	case !isJSON(body):
		return nil, &tenant.Error{Op: call.Op, Message: "the answer is not JSON", Sent: true}
	}
	return body, nil
}

// refusal reads Auth0's error body.
func refusal(op tenant.Op, status int, raw []byte) *tenant.Error {
	body := decode[failure](raw)
	return &tenant.Error{Op: op, Status: status, Code: body.ErrorCode, Message: first(body.Message, http.StatusText(status))}
}
