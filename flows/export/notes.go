package export

import (
	"fmt"
	"slices"

	"upe/flows/plan"
)

func (r *reading) note(text string) { r.c.Notes = append(r.c.Notes, text) }

// notes say what an export cannot hold.
func (r *reading) notes() {
	if r.source.Managed != "" {
		r.note(r.source.Managed + " The next apply or import by files that do not hold these settings undoes the migration: hold such runs back until they do.")
	}
	if r.deploy {
		r.note("The custom-phone-provider Action is deployed as it is. The plan does not hold its code, so the Action is not exported; the provider needs it deployed.")
	}
	if b := r.c.Binding; b != nil && b.Others {
		r.note("Other Actions stay bound to custom-phone-provider. The plan names them by their bindings only, so the export adds one binding and takes none away.")
	}
	if p := r.c.Provider; p != nil && !slices.Equal(p.Methods, r.source.Plan.Summary.DeliveryMethods) {
		r.note("The provider's delivery methods are those at the end of the plan's requests.")
	}
	if _, narrows := r.source.Plan.Step("provider-narrow"); narrows {
		r.note("The plan narrows the delivery methods at its end, after the last switch. The export holds the end; applied before the switch it would narrow first.")
	}
	if p, f := r.c.Provider, r.c.Flag; p != nil && f != nil && p.waits(f) {
		r.note("Here Auth0 refuses the provider before the tenant's switch is on, so the switch comes first, and codes may be lost until the provider is there.")
	}
	for _, s := range r.source.Plan.Steps {
		if s.Kind == plan.Manual && s.Phase == plan.Switch {
			r.note(fmt.Sprintf("By hand, in the Dashboard, because no API does it: %s (%s).", s.Title, s.Dashboard))
		}
	}
}
