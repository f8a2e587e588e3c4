package tenant

import (
	"bytes"
	"context"
	"encoding/json"
	"net/url"
)

// Call is one request: an operation, the resource it is about, and what to send.
type Call struct {
	Op    Op              `json:"op"`
	ID    string          `json:"id,omitempty"`    // fills {id} of the operation's path, as it is; the client refuses one that is no id
	Query url.Values      `json:"query,omitempty"` // as the API spells it; nil for none
	Body  json.RawMessage `json:"body,omitempty"`  // exactly the bytes to send; nil for none
}

// Path is the call's path below /api/v2, with its query.
func (c Call) Path() string {
	path := c.Op.Path(c.ID)
	if len(c.Query) > 0 {
		path += "?" + c.Query.Encode()
	}
	return path
}

// API is the port to a tenant: one request, the API's own bytes, or an [*Error]. An empty answer (204, or 200 without a body)
// is nil bytes and no error. Implementations are safe for concurrent use.
type API interface {
	Do(ctx context.Context, call Call) (json.RawMessage, error)
}

// Identity says which tenant this is: what the access token's issuer and audience say, never what a URL says. A tenant with a
// custom domain answers with its canonical domain.
type Identity struct {
	Domain   string `json:"domain"`   // canonical: the host of the audience, "acme.us.auth0.com"
	Issuer   string `json:"issuer"`   // "https://acme.us.auth0.com/"
	Audience string `json:"audience"` // "https://acme.us.auth0.com/api/v2/"
}

// Permit is what the write guard lets through: GET, and exactly the writes listed, by operation and id. The zero Permit
// passes reads only. A write whose id is not known yet (it is created by an earlier step) is listed with the ID [AnyID].
type Permit struct {
	Tenant Identity
	Writes []Call
}

// AnyID permits an operation on a resource that the same plan creates, whose id no one knows before.
const AnyID = "*"

// Allows reports whether the guard may pass call.
func (p Permit) Allows(call Call) bool {
	if !call.Op.Writes() {
		return true
	}
	for _, w := range p.Writes {
		if w.Op == call.Op && (w.ID == call.ID || w.ID == AnyID) {
			return true
		}
	}
	return false
}

// Empty reports whether raw holds nothing: no bytes, null, or an empty object. Auth0 answers all three for settings that were
// never made (auth0-cli pull request #1646; Deploy CLI recordings).
func Empty(raw json.RawMessage) bool {
	switch string(bytes.TrimSpace(raw)) {
	case "", "null", "{}":
		return true
	}
	return false
}
