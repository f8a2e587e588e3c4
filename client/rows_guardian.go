package client

import (
	"context"

	"github.com/auth0/go-auth0/v3/management"
	"github.com/auth0/go-auth0/v3/management/core"
	factorsclient "github.com/auth0/go-auth0/v3/management/guardian/factors/client"
	phonefactor "github.com/auth0/go-auth0/v3/management/guardian/factors/phone"
	mfapolicies "github.com/auth0/go-auth0/v3/management/guardian/policies"

	"upe/flows/tenant"
)

// guardianRows are multi-factor authentication: the phone factor and its legacy settings.
func guardianRows(o *core.RequestOptions) map[tenant.Op]row {
	factors, phone, policies := factorsclient.NewClient(o), phonefactor.NewClient(o), mfapolicies.NewClient(o)
	return map[tenant.Op]row{
		tenant.ListFactors: func(ctx context.Context, _ string) error {
			return only(factors.List(ctx))
		},
		tenant.PutSMSFactor: func(ctx context.Context, _ string) error {
			return only(factors.Set(ctx, management.GuardianFactorNameEnumSms.Ptr(), nil))
		},
		tenant.GetMessageTypes: func(ctx context.Context, _ string) error {
			return only(phone.GetMessageTypes(ctx))
		},
		tenant.PutMessageTypes: func(ctx context.Context, _ string) error {
			return only(phone.SetMessageTypes(ctx, nil))
		},
		tenant.GetSelectedProvider: func(ctx context.Context, _ string) error {
			return only(phone.GetSelectedProvider(ctx))
		},
		tenant.PutSelectedProvider: func(ctx context.Context, _ string) error {
			return only(phone.SetProvider(ctx, nil))
		},
		tenant.GetTwilio: func(ctx context.Context, _ string) error {
			return only(phone.GetTwilioProvider(ctx))
		},
		tenant.PutTwilio: func(ctx context.Context, _ string) error {
			return only(phone.SetTwilioProvider(ctx, nil))
		},
		tenant.GetMFATemplates: func(ctx context.Context, _ string) error {
			return only(phone.GetTemplates(ctx))
		},
		tenant.PutMFATemplates: func(ctx context.Context, _ string) error {
			return only(phone.SetTemplates(ctx, nil))
		},
		tenant.GetPolicies: func(ctx context.Context, _ string) error {
			return only(policies.List(ctx))
		},
	}
}
