package judge

import (
	"slices"

	"upe/flows/tenant"
)

// Judge says what a snapshot means. It is pure, and total: a part that was refused, is missing, or has another shape than
// documented leads to a finding or to [Unknown], never to a panic.
func Judge(snapshot tenant.Snapshot) Judgement {
	r := reading{snapshot: snapshot, options: map[string]tenant.SMSOptions{}, Judgement: Judgement{
		Tenant:   snapshot.Tenant,
		Unified:  snapshot.Settings().Unified,
		Provider: snapshot.Provider(),
		PhoneID:  snapshot.PhoneIdentifier(),
	}}
	r.MFA = r.readMFA()
	r.SMS = r.readConnections()
	r.Live = r.liveness()
	r.Routes = slices.Concat(r.mfaRoutes(), r.connectionRoutes(), r.phoneIDRoutes())
	r.State = state(r.Routes)
	r.Lacks = r.lacks(r.unscoped())
	r.Findings = r.findings()
	r.Verdict = r.verdict()
	return r.Judgement
}

// reading is a judgement in the making, with the snapshot it is made of.
type reading struct {
	Judgement

	snapshot tenant.Snapshot
	options  map[string]tenant.SMSOptions // of the sms connections, by id; decoded once, since there may be a thousand
}

// flag reports whether the tenant flag is true.
func (r reading) flag() bool { return r.Unified != nil && *r.Unified }

// legacyMFA reports whether MFA codes travel by MFA's own configuration now, or may do so as far as its settings tell.
func (r reading) legacyMFA() bool {
	return r.MFA.InUse && (r.MFA.Via == Legacy || r.MFA.Via == Unknown && r.contradicts())
}

// legacyConnections are the sms connections in use that send by their own configuration now.
func (r reading) legacyConnections() []SMSState {
	var out []SMSState
	for _, c := range r.SMS {
		if c.InUse && c.Via == Legacy {
			out = append(out, c)
		}
	}
	return out
}

// anyLegacy reports whether a flow in use sends by its own configuration now.
func (r reading) anyLegacy() bool { return r.legacyMFA() || len(r.legacyConnections()) > 0 }
