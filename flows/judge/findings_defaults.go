package judge

import (
	"slices"
	"strings"

	"upe/flows/template"
	"upe/flows/tenant"
)

// defaultWordingChanges: where nobody has written a wording Auth0 sends its own, and its own for the tenant-level provider is another
// one than that of MFA calls and of Passwordless. Nobody wrote anything, and users get something else all the same.
func defaultWordingChanges(r reading) []Finding {
	evidence := append(r.defaultsOfMFA(), r.defaultsOfConnections()...)
	if len(evidence) == 0 {
		return nil
	}
	return found(Finding{
		ID: "default-wording-changes", Severity: Warning, Title: "Auth0's own wording changes with the move",
		Consequence: "What users read or hear changes although nobody has written a wording. A changed wording can break sender " +
			"templates that are registered with carriers, and the autofill of codes on phones.",
		Remedy: "Compare both, and write a wording of your own if users should go on getting that of today.",
		Source: docWordings + "; " + docTemplates,
	}, evidence...)
}

// defaultsOfMFA are those of the calls: in an SMS, Auth0's two say the same. Wordings that cannot be read may be anybody's.
func (r reading) defaultsOfMFA() []Evidence {
	said := r.snapshot.MFATemplates()
	switch {
	case !r.legacyMFA():
		return nil
	case !r.snapshot.Has(tenant.PathMFATemplates):
		return []Evidence{{What: "MFA, today", Value: "cannot be read: whatever was written there is not carried over", Path: tenant.PathMFATemplates}}
	case !slices.Contains(r.MFA.MessageTypes, voice):
		return nil
	}
	return slices.Concat(
		r.replaced("MFA verification by voice", template.OTPVerify, said.Verification),
		r.replaced("MFA enrollment by voice", template.OTPEnroll, said.Enrollment))
}

func (r reading) replaced(flow, kind, written string) []Evidence {
	if !template.IsDefault(written) || r.writtenFor(kind) {
		return nil
	}
	return []Evidence{
		{What: flow + ", today", Value: template.LegacyMFA(kind, written).Wording, Path: tenant.PathMFATemplates},
		{What: flow + ", then", Value: template.Default(kind).Voice},
	}
}

func (r reading) defaultsOfConnections() []Evidence {
	var all []Evidence
	for _, c := range r.legacyConnections() {
		options, readable := r.options[c.ID]
		if !readable || strings.TrimSpace(options.Template) != "" || r.writtenFor(template.OTPVerify) {
			continue
		}
		flow := "Passwordless, connection " + or(c.Name, c.ID)
		all = append(all, Evidence{What: flow + ", today", Value: template.LegacyPasswordless(options).Wording, Path: tenant.PathSMSConnections},
			Evidence{What: flow + ", then", Value: template.Default(template.OTPVerify).Text})
	}
	return all
}

// writtenFor reports whether somebody has written a phone template: then that is what users get, which has a finding of its own.
func (r reading) writtenFor(kind string) bool { return r.snapshot.PhoneTemplates()[kind].ID != "" }
