package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"
	actionsclient "github.com/auth0/go-auth0/v3/management/actions/client"
	"github.com/auth0/go-auth0/v3/management/actions/triggers/bindings"
	"github.com/auth0/go-auth0/v3/management/core"

	"upe/flows/tenant"
)

// actionRows are Actions and their bindings to triggers.
func actionRows(o *core.RequestOptions) map[tenant.Op]row {
	actions, triggers := actionsclient.NewClient(o), bindings.NewClient(o)
	return map[tenant.Op]row{
		tenant.ListActions: func(ctx context.Context, _ string) error {
			return only(actions.List(ctx, &management.ListActionsRequestParameters{}))
		},
		tenant.GetAction: func(ctx context.Context, id string) error {
			return only(actions.Get(ctx, id))
		},
		tenant.CreateAction: func(ctx context.Context, _ string) error {
			return only(actions.Create(ctx, nil))
		},
		tenant.PatchAction: func(ctx context.Context, id string) error {
			return only(actions.Update(ctx, id, nil))
		},
		tenant.DeployAction: func(ctx context.Context, id string) error {
			return only(actions.Deploy(ctx, id))
		},
		tenant.DeleteAction: func(ctx context.Context, id string) error {
			return actions.Delete(ctx, id, nil)
		},
		tenant.GetBindings: func(ctx context.Context, trigger string) error {
			return only(triggers.List(ctx, management.ActionTriggerTypeEnum(trigger).Ptr(),
				&management.ListActionTriggerBindingsRequestParameters{}))
		},
		tenant.PatchBindings: func(ctx context.Context, trigger string) error {
			return only(triggers.UpdateMany(ctx, management.ActionTriggerTypeEnum(trigger).Ptr(), nil))
		},
	}
}
