package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"

	"upe/flows/tenant"
)

// tenantRows are about the tenant as a whole: settings, migration flags, applications, logs, attack protection.
var tenantRows = map[tenant.Op]row{
	tenant.GetSettings: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Tenants.Settings.Get(ctx, nil))
	},
	tenant.PatchSettings: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Tenants.Settings.Update(ctx, nil))
	},
	// Undocumented, so the SDK does not know it.
	tenant.GetMigrations: raw(tenant.GetMigrations),

	tenant.ListClients: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Clients.List(ctx, &management.ListClientsRequestParameters{}))
	},
	// The SDK expects an object and fails on the array that checkpoint paging answers; its error comes after the answer.
	tenant.ListLogs: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Logs.List(ctx, &management.ListLogsRequestParameters{}))
	},
	tenant.GetProtection: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.AttackProtection.PhoneProviderProtection.Get(ctx))
	},
}
