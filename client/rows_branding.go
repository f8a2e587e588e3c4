package client

import (
	"context"

	"upe/flows/tenant"
)

// brandingRows are the tenant-level phone provider and its message templates.
var brandingRows = map[tenant.Op]row{
	tenant.ListProviders: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Branding.Phone.Providers.List(ctx, nil))
	},
	tenant.GetProvider: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Providers.Get(ctx, id))
	},
	tenant.CreateProvider: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Branding.Phone.Providers.Create(ctx, nil))
	},
	tenant.PatchProvider: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Providers.Update(ctx, id, nil))
	},
	tenant.DeleteProvider: func(ctx context.Context, c *Client, id string) error {
		return c.sdk.Branding.Phone.Providers.Delete(ctx, id)
	},
	tenant.TryProvider: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Providers.Test(ctx, id, nil))
	},

	tenant.ListPhoneTemplates: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Branding.Phone.Templates.List(ctx, nil))
	},
	tenant.GetPhoneTemplate: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Templates.Get(ctx, id))
	},
	tenant.CreatePhoneTemplate: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Branding.Phone.Templates.Create(ctx, nil))
	},
	tenant.PatchPhoneTemplate: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Templates.Update(ctx, id, nil))
	},
	tenant.DeletePhoneTemplate: func(ctx context.Context, c *Client, id string) error {
		return c.sdk.Branding.Phone.Templates.Delete(ctx, id)
	},
	tenant.ResetPhoneTemplate: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Templates.Reset(ctx, id, nil))
	},
	tenant.TryPhoneTemplate: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Branding.Phone.Templates.Test(ctx, id, nil))
	},
}
