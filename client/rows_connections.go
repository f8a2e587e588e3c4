package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"

	"upe/flows/tenant"
)

// connectionRows are connections and the applications that use them.
var connectionRows = map[tenant.Op]row{
	tenant.ListConnections: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Connections.List(ctx, &management.ListConnectionsQueryParameters{}))
	},
	tenant.GetConnection: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Connections.Get(ctx, id, nil))
	},
	tenant.CreateConnection: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Connections.Create(ctx, nil))
	},
	tenant.PatchConnection: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Connections.Update(ctx, id, nil))
	},
	tenant.GetConnectionClients: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Connections.Clients.Get(ctx, id, &management.GetConnectionEnabledClientsRequestParameters{}))
	},
	tenant.PatchConnectionClients: func(ctx context.Context, c *Client, id string) error {
		return c.sdk.Connections.Clients.Update(ctx, id, nil)
	},
}
