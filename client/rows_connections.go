package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"
	connectionsclient "github.com/auth0/go-auth0/v3/management/connections/client"
	connectionclients "github.com/auth0/go-auth0/v3/management/connections/clients"
	"github.com/auth0/go-auth0/v3/management/core"

	"upe/flows/tenant"
)

// connectionRows are connections and the applications that use them.
func connectionRows(o *core.RequestOptions) map[tenant.Op]row {
	connections, clients := connectionsclient.NewClient(o), connectionclients.NewClient(o)
	return map[tenant.Op]row{
		tenant.ListConnections: func(ctx context.Context, _ string) error {
			return only(connections.List(ctx, &management.ListConnectionsQueryParameters{}))
		},
		tenant.GetConnection: func(ctx context.Context, id string) error {
			return only(connections.Get(ctx, id, nil))
		},
		tenant.CreateConnection: func(ctx context.Context, _ string) error {
			return only(connections.Create(ctx, nil))
		},
		tenant.PatchConnection: func(ctx context.Context, id string) error {
			return only(connections.Update(ctx, id, nil))
		},
		tenant.GetConnectionClients: func(ctx context.Context, id string) error {
			return only(clients.Get(ctx, id, &management.GetConnectionEnabledClientsRequestParameters{}))
		},
		tenant.PatchConnectionClients: func(ctx context.Context, id string) error {
			return clients.Update(ctx, id, nil)
		},
	}
}
