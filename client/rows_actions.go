package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"

	"upe/flows/tenant"
)

// actionRows are Actions and their bindings to triggers.
var actionRows = map[tenant.Op]row{
	tenant.ListActions: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Actions.List(ctx, &management.ListActionsRequestParameters{}))
	},
	tenant.GetAction: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Actions.Get(ctx, id))
	},
	tenant.CreateAction: func(ctx context.Context, c *Client, _ string) error {
		return only(c.sdk.Actions.Create(ctx, nil))
	},
	tenant.PatchAction: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Actions.Update(ctx, id, nil))
	},
	tenant.DeployAction: func(ctx context.Context, c *Client, id string) error {
		return only(c.sdk.Actions.Deploy(ctx, id))
	},
	tenant.DeleteAction: func(ctx context.Context, c *Client, id string) error {
		return c.sdk.Actions.Delete(ctx, id, nil)
	},
	tenant.GetBindings: func(ctx context.Context, c *Client, trigger string) error {
		return only(c.sdk.Actions.Triggers.Bindings.List(ctx, management.ActionTriggerTypeEnum(trigger).Ptr(),
			&management.ListActionTriggerBindingsRequestParameters{}))
	},
	tenant.PatchBindings: func(ctx context.Context, c *Client, trigger string) error {
		return only(c.sdk.Actions.Triggers.Bindings.UpdateMany(ctx, management.ActionTriggerTypeEnum(trigger).Ptr(), nil))
	},
}
