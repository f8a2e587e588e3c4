package oracle

import (
	"slices"

	"upe/client/emulator"
)

// On is a witness of another tenant, one that w's tenant has turned into, or a copy of it. It holds that tenant to the baseline of w;
// what w has seen lost is not repeated. It has not looked yet: the first look asks for every code, whatever the tenant's version.
// What one of the two knows about a tenant in some state, the other one knows as well, see [Witness.Remember].
func (w *Witness) On(t *emulator.Tenant) *Witness {
	w.mu.Lock()
	defer w.mu.Unlock()
	other := &Witness{ctx: w.ctx, tenant: t, start: w.start, baseline: slices.Clone(w.baseline), version: -1, step: w.step, answers: w.answers}
	for i := range other.baseline {
		other.baseline[i].lost = nil
	}
	return other
}
