package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"
	"github.com/auth0/go-auth0/v3/management/attackprotection/phoneproviderprotection"
	"github.com/auth0/go-auth0/v3/management/core"
	tenantlogs "github.com/auth0/go-auth0/v3/management/logs"
	tenantsettings "github.com/auth0/go-auth0/v3/management/tenants/settings"

	"upe/flows/tenant"
)

// tenantRows are about the tenant as a whole: settings, migration flags, applications, logs, attack protection.
func tenantRows(o *core.RequestOptions) map[tenant.Op]row {
	settings, logs, protection := tenantsettings.NewClient(o), tenantlogs.NewClient(o), phoneproviderprotection.NewClient(o)
	return map[tenant.Op]row{
		tenant.GetSettings: func(ctx context.Context, _ string) error {
			return only(settings.Get(ctx, nil))
		},
		tenant.PatchSettings: func(ctx context.Context, _ string) error {
			return only(settings.Update(ctx, nil))
		},
		// Undocumented, so the SDK does not know it.
		tenant.GetMigrations: raw(o, tenant.GetMigrations),

		// Of the answer names alone are kept, and the SDK's own form of it would make the program 250 kB larger.
		tenant.ListClients: raw(o, tenant.ListClients),
		tenant.ListLogs: func(ctx context.Context, _ string) error {
			return only(logs.List(ctx, &management.ListLogsRequestParameters{}))
		},
		tenant.GetProtection: func(ctx context.Context, _ string) error {
			return only(protection.Get(ctx))
		},
	}
}
