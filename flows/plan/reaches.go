package plan

import (
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Reaches lists the codes that go through the tenant-level provider already when a plan begins ("MFA by SMS") and that the plan reaches,
// because it writes to the provider, to its Action or to a message template. It is empty for a plan that writes to none of them.
func (p Plan) Reaches() []string {
	if !slices.ContainsFunc(p.Steps, Step.ChangesSending) {
		return nil
	}
	var flows []string
	for _, r := range p.Baseline {
		if r.Via == judge.Tenant {
			flows = append(flows, routeName(r))
		}
	}
	return unique(flows)
}

// ChangesSending reports whether a step writes to what a message travels through: the provider, its Action, or the templates. A test message
// from before proves nothing then.
func (s Step) ChangesSending() bool {
	if s.Kind != Request || s.Call == nil {
		return false
	}
	switch s.Call.Op {
	case tenant.CreateProvider, tenant.PatchProvider, tenant.DeleteProvider,
		tenant.CreatePhoneTemplate, tenant.PatchPhoneTemplate, tenant.DeletePhoneTemplate, tenant.ResetPhoneTemplate,
		tenant.CreateAction, tenant.PatchAction, tenant.DeployAction, tenant.DeleteAction, tenant.PatchBindings:
		return true
	default:
		return false
	}
}
