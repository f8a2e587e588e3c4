package tenant_test

import (
	"strings"
	"testing"

	"upe/flows/tenant"
)

func TestEveryOperationHasOneVariableAndScopes(t *testing.T) {
	t.Parallel()
	for _, op := range tenant.Ops() {
		if strings.Count(op.Template(), "{") > 1 || !strings.HasPrefix(op.Template(), "/") {
			t.Errorf("%s: want one variable segment at most, and a leading slash", op)
		}
		if len(op.Scopes()) == 0 {
			t.Errorf("%s: no scope", op)
		}
		if reads := strings.HasPrefix(op.Scopes()[0], "read:"); reads == op.Writes() {
			t.Errorf("%s: scope %s does not fit the method", op, op.Scopes()[0])
		}
	}
}

func TestErrorsAreSortedByWhatToDoNext(t *testing.T) {
	t.Parallel()
	cases := map[tenant.Class]tenant.Error{
		tenant.ClassUnified:      {Status: 403, Code: "legacy_mfa_phone_provider_not_allowed"},
		tenant.ClassOneAction:    {Status: 403, Code: "actions_cardinality_custom_phone_provider_not_allowed"},
		tenant.ClassScope:        {Status: 403, Code: "insufficient_scope", Op: tenant.GetSettings},
		tenant.ClassNotAllowed:   {Status: 403, Code: "voice_mfa_not_allowed"},
		tenant.ClassNotDeployed:  {Status: 409, Code: "custom_email_provider_deployed_action_not_found"},
		tenant.ClassConflict:     {Status: 409},
		tenant.ClassToken:        {Status: 401},
		tenant.ClassNotFound:     {Status: 404},
		tenant.ClassRateLimit:    {Status: 429},
		tenant.ClassAuth0:        {Status: 503},
		tenant.ClassInvalid:      {Status: 400},
		tenant.ClassUnknown:      {Sent: true},
		tenant.ClassNetwork:      {},
		tenant.ClassRefusedLocal: {Code: tenant.CodeGuard},
	}
	for want, e := range cases {
		if got := e.Class(); got != want {
			t.Errorf("%+v: class %q, want %q", e, got, want)
		}
		if e.Message = "m"; !strings.HasSuffix(e.Error(), ": m") {
			t.Errorf("%s: %q does not carry the message", want, e.Error())
		}
		if e.Hint() == "" {
			t.Errorf("%s: a class without a hint leaves the reader alone", want)
		}
	}
}

func TestThePermitPassesReadsAndExactlyThePlansWrites(t *testing.T) {
	t.Parallel()
	permit := tenant.Permit{Writes: []tenant.Call{
		{Op: tenant.PatchConnection, ID: "con_1"},
		{Op: tenant.DeployAction, ID: tenant.AnyID},
	}}
	cases := []struct {
		call tenant.Call
		want bool
	}{
		{tenant.Call{Op: tenant.GetConnection, ID: "con_2"}, true},
		{tenant.Call{Op: tenant.PatchConnection, ID: "con_1"}, true},
		{tenant.Call{Op: tenant.PatchConnection, ID: "con_2"}, false},
		{tenant.Call{Op: tenant.DeployAction, ID: "whatever"}, true},
		{tenant.Call{Op: tenant.PatchSettings}, false},
	}
	for _, c := range cases {
		if got := permit.Allows(c.call); got != c.want {
			t.Errorf("%s %s: allowed %v, want %v", c.call.Op, c.call.ID, got, c.want)
		}
	}
}
