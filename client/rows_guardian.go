package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"

	"upe/flows/tenant"
)

// guardianRows are multi-factor authentication: the phone factor and its legacy settings.
var guardianRows = map[tenant.Op]row{
	tenant.ListFactors: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.List(ctx))
	},
	tenant.PutSMSFactor: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Set(ctx, management.GuardianFactorNameEnumSms.Ptr(), nil))
	},
	tenant.GetMessageTypes: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.GetMessageTypes(ctx))
	},
	tenant.PutMessageTypes: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.SetMessageTypes(ctx, nil))
	},
	tenant.GetSelectedProvider: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.GetSelectedProvider(ctx))
	},
	tenant.PutSelectedProvider: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.SetProvider(ctx, nil))
	},
	tenant.GetTwilio: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.GetTwilioProvider(ctx))
	},
	tenant.PutTwilio: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.SetTwilioProvider(ctx, nil))
	},
	tenant.GetMFATemplates: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.GetTemplates(ctx))
	},
	tenant.PutMFATemplates: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Factors.Phone.SetTemplates(ctx, nil))
	},
	tenant.GetPolicies: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Guardian.Policies.List(ctx))
	},
}
