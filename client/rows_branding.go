package client

import (
	"context"

	phoneproviders "github.com/auth0/go-auth0/v3/management/branding/phone/providers"
	phonetemplates "github.com/auth0/go-auth0/v3/management/branding/phone/templates"
	"github.com/auth0/go-auth0/v3/management/core"

	"upe/flows/tenant"
)

// brandingRows are the tenant-level phone provider and its message templates.
func brandingRows(o *core.RequestOptions) map[tenant.Op]row {
	providers, templates := phoneproviders.NewClient(o), phonetemplates.NewClient(o)
	return map[tenant.Op]row{
		tenant.ListProviders: func(ctx context.Context, _ string) error {
			return only(providers.List(ctx, nil))
		},
		tenant.GetProvider: func(ctx context.Context, id string) error {
			return only(providers.Get(ctx, id))
		},
		tenant.CreateProvider: func(ctx context.Context, _ string) error {
			return only(providers.Create(ctx, nil))
		},
		tenant.PatchProvider: func(ctx context.Context, id string) error {
			return only(providers.Update(ctx, id, nil))
		},
		tenant.DeleteProvider: func(ctx context.Context, id string) error {
			return providers.Delete(ctx, id)
		},
		tenant.TryProvider: func(ctx context.Context, id string) error {
			return only(providers.Test(ctx, id, nil))
		},

		tenant.ListPhoneTemplates: func(ctx context.Context, _ string) error {
			return only(templates.List(ctx, nil))
		},
		tenant.GetPhoneTemplate: func(ctx context.Context, id string) error {
			return only(templates.Get(ctx, id))
		},
		tenant.CreatePhoneTemplate: func(ctx context.Context, _ string) error {
			return only(templates.Create(ctx, nil))
		},
		tenant.PatchPhoneTemplate: func(ctx context.Context, id string) error {
			return only(templates.Update(ctx, id, nil))
		},
		tenant.DeletePhoneTemplate: func(ctx context.Context, id string) error {
			return templates.Delete(ctx, id)
		},
		tenant.ResetPhoneTemplate: func(ctx context.Context, id string) error {
			return only(templates.Reset(ctx, id, nil))
		},
		tenant.TryPhoneTemplate: func(ctx context.Context, id string) error {
			return only(templates.Test(ctx, id, nil))
		},
	}
}
