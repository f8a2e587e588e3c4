package client

import (
	"context"
	"maps"
	"net/http"

	"github.com/auth0/go-auth0/v3/management/core"

	"upe/flows/tenant"
)

// row performs one operation. Its context carries the call, from which the chain takes query and body and to which it gives the
// answer; so a row hands the SDK an empty request, and drops what the SDK returns.
type row func(ctx context.Context, id string) error

// table is what can be sent, and how. A test compares it with tenant.Ops.
//
// Each group makes the few services of the SDK that it calls, and they live in its rows alone. The SDK's one client of everything,
// as a field of Client, would make the program 2 MB larger: a Client is used as an interface, so the linker keeps, of all the
// types that can be reached from its fields, every method that some interface has.
func table(o *core.RequestOptions) map[tenant.Op]row {
	all := map[tenant.Op]row{}
	for _, group := range []map[tenant.Op]row{
		tenantRows(o), brandingRows(o), guardianRows(o), connectionRows(o), actionRows(o),
	} {
		maps.Copy(all, group)
	}
	return all
}

// only drops what the SDK returned.
func only[T any](_ T, err error) error { return err }

// raw performs an operation without a form of the SDK's: it has none, or none that we need.
func raw(o *core.RequestOptions, op tenant.Op) row {
	return func(ctx context.Context, id string) error {
		req, err := http.NewRequestWithContext(ctx, op.Method(), o.BaseURL+op.Path(id), http.NoBody)
		if err != nil {
			return err
		}
		resp, err := o.HTTPClient.Do(req)
		if err != nil {
			return err
		}
		return resp.Body.Close()
	}
}
