package plan

import (
	"maps"
	"slices"

	"upe/flows/tenant"
)

// Need is a scope that a token needs, and what for.
type Need struct {
	Scope string
	Steps []string // the titles of the steps that need it, in the plan's order
	// Revert says that no step needs it: only a program that takes one back does. Whoever lacks it can go back in the Dashboard alone, so
	// a move waits until somebody has said why that is enough.
	Revert bool
}

// Scopes lists what a token needs to carry a plan out, the reads that prepare and prove each step included, and what it needs
// beyond that to take the steps back. The list is sorted; each scope is there once.
func Scopes(p Plan) []Need { return ScopesOf(p.Steps) }

// ScopesOf is [Scopes] for some steps of a plan.
func ScopesOf(steps []Step) []Need {
	byScope := map[string]Need{}
	for _, s := range steps {
		for _, scope := range s.scopes() {
			note(byScope, scope, s.Title, false)
		}
	}
	for _, s := range steps {
		for _, op := range s.takenBackBy() {
			for _, scope := range op.Scopes() {
				note(byScope, scope, s.Title, true)
			}
		}
	}
	var needs []Need
	for _, scope := range slices.Sorted(maps.Keys(byScope)) {
		needs = append(needs, byScope[scope])
	}
	return needs
}

// note adds a step to the need of a scope. To go back asks for a scope only where no step does.
func note(byScope map[string]Need, scope, title string, revert bool) {
	need, noted := byScope[scope]
	switch {
	case !noted:
		byScope[scope] = Need{Scope: scope, Steps: []string{title}, Revert: revert}
	case need.Revert == revert && !slices.Contains(need.Steps, title):
		need.Steps = append(need.Steps, title)
		byScope[scope] = need
	}
}

// scopes lists what a step's request, and the reads that prepare and prove it, need.
func (s Step) scopes() []string {
	var scopes []string
	if s.Call != nil {
		scopes = s.Call.Op.Scopes()
	}
	for _, get := range s.reads() {
		scopes = append(scopes, get.Op.Scopes()...)
	}
	return scopes
}

// takenBackBy lists the requests that take a step's write back. What was created is deleted, but for a connection: its users would go
// with it, so its applications are taken off it. Everything else is written again as it was; the code of an Action is deployed
// as well.
func (s Step) takenBackBy() []tenant.Op {
	if s.Kind != Request || s.Call == nil {
		return nil
	}
	switch op := s.Call.Op; op {
	case tenant.CreateProvider:
		return []tenant.Op{tenant.DeleteProvider}
	case tenant.CreatePhoneTemplate:
		return []tenant.Op{tenant.DeletePhoneTemplate}
	case tenant.CreateAction:
		return []tenant.Op{tenant.DeleteAction}
	case tenant.CreateConnection:
		return []tenant.Op{tenant.PatchConnectionClients}
	case tenant.PatchSettings: // MFA's old settings are written again, should Auth0 have lost them
		return []tenant.Op{tenant.PatchSettings, tenant.PutTwilio, tenant.PutMFATemplates, tenant.PutSelectedProvider}
	case tenant.PatchAction:
		return []tenant.Op{tenant.PatchAction, tenant.DeployAction}
	default:
		return []tenant.Op{op}
	}
}
