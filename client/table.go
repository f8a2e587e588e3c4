package client

import (
	"context"
	"maps"
	"net/http"

	"upe/flows/tenant"
)

// row performs one operation. Its context carries the call, from which the chain takes query and body and to which it gives the
// answer; so a row hands the SDK an empty request and drops what the SDK decodes.
type row func(ctx context.Context, c *Client, id string) error

// rows is the table: what can be sent, and how. A test compares it with tenant.Ops.
var rows = join(tenantRows, brandingRows, guardianRows, connectionRows, actionRows)

func join(groups ...map[tenant.Op]row) map[tenant.Op]row {
	all := map[tenant.Op]row{}
	for _, group := range groups {
		maps.Copy(all, group)
	}
	return all
}

// only drops what the SDK decoded.
func only[T any](_ T, err error) error { return err }

// raw performs an operation that the SDK has no form for.
func raw(op tenant.Op) row {
	return func(ctx context.Context, c *Client, id string) error {
		req, err := http.NewRequestWithContext(ctx, op.Method(), c.base.String()+op.Path(id), http.NoBody)
		if err != nil {
			return err
		}
		resp, err := c.http.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
}
