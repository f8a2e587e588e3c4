package judge

import (
	"slices"

	"upe/flows/template"
	"upe/flows/tenant"
)

// Judge says what a snapshot means. It is pure, though it runs the code of Actions in the sandbox ([maxTried]), and total: a part that was refused, is missing, or has another shape than
// documented leads to a finding or to [Unknown], never to a panic.
func Judge(snapshot tenant.Snapshot) Judgement {
	r := reading{snapshot: snapshot, options: map[string]tenant.SMSOptions{}, drafts: map[string]template.Draft{}, Judgement: Judgement{
		Tenant:   snapshot.Tenant,
		Unified:  snapshot.Settings().Unified,
		Provider: snapshot.Provider(),
		PhoneID:  snapshot.PhoneIdentifier(),
	}}
	r.MFA = r.readMFA()
	r.SMS = r.readConnections()
	r.readActions()
	r.Live = r.liveness()
	r.Routes = slices.Concat(r.mfaRoutes(), r.connectionRoutes(), r.phoneIDRoutes())
	r.State = state(r.Routes)
	r.Lacks = r.lacks(r.unscoped())
	r.Refusals = r.refusals()
	r.Findings = r.findings()
	r.Verdict = r.verdict()
	return r.Judgement
}

// reading is a judgement in the making, with the snapshot it is made of.
type reading struct {
	Judgement

	snapshot tenant.Snapshot
	options  map[string]tenant.SMSOptions // of the sms connections, by id; decoded once, since there may be a thousand
	drafts   map[string]template.Draft    // the wordings of those, as phone templates; by id, made when asked for
	bound    []boundAction                // what MFA messages go through now
}

// migrationOff reports whether a migration flag could be read and is false: its flow uses the tenant-level provider (go-auth0 pull
// request #714). The usual token sees none of them.
func (r reading) migrationOff(name string) bool {
	legacy, seen := r.snapshot.Migrations()[name]
	return seen && !legacy
}

// flag reports whether the tenant flag is true.
func (r reading) flag() bool { return r.Unified != nil && *r.Unified }

// legacyMFA reports whether MFA codes travel by MFA's own configuration now, or may do so as far as its settings tell.
func (r reading) legacyMFA() bool {
	return r.MFA.InUse && (r.MFA.Via == Legacy || r.MFA.Via == Unknown && r.doubtful())
}

// legacyConnections are the sms connections in use that send by their own configuration now, or may do so as far as it tells.
func (r reading) legacyConnections() []SMSState {
	var out []SMSState
	for _, c := range r.SMS {
		if c.InUse && (c.Via == Legacy || r.doubts(c)) {
			out = append(out, c)
		}
	}
	return out
}

// doubts reports whether all of a connection could be read, and contradicts itself or the tenant.
func (r reading) doubts(c SMSState) bool {
	_, readable := r.options[c.ID]
	return readable && c.Via == Unknown
}

// draft is the wording of a connection as a phone template.
func (r reading) draft(c SMSState) template.Draft {
	d, made := r.drafts[c.ID]
	if !made {
		d = template.FromPasswordless(r.options[c.ID])
		r.drafts[c.ID] = d
	}
	return d
}

// anyLegacy reports whether a flow in use sends by its own configuration now.
func (r reading) anyLegacy() bool { return r.legacyMFA() || len(r.legacyConnections()) > 0 }
