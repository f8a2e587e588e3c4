package judge

import "slices"

// state of the routes. A route that is not known does not count as moved.
func state(routes []Route) State {
	moved := 0
	for _, r := range routes {
		if r.Via == Tenant {
			moved++
		}
	}
	switch {
	case len(routes) == 0:
		return StateNone
	case moved == 0:
		return StateLegacy
	case moved == len(routes):
		return StateUnified
	}
	return StateMixed
}

// verdict is the first that applies.
func (r reading) verdict() Verdict {
	switch {
	case r.has(Blocker):
		return Blocked
	case r.has(Decision):
		return NeedsDecision
	case r.halfMigrated():
		return HalfMigrated
	case r.State == StateUnified:
		return Migrated
	}
	return Eligible
}

func (r reading) has(severity Severity) bool {
	return slices.ContainsFunc(r.Findings, func(f Finding) bool { return f.Severity == severity })
}

// halfMigrated reports whether somebody began: something that can be moved has been, and something has not; or the flag is
// on, or a migration flag off beside an enabled provider, or something may send through such a provider; or it waits. Phone as ID proves nothing, because nobody moves it.
func (r reading) halfMigrated() bool {
	var moved, left, unclear bool
	for _, route := range r.Routes {
		if route.Flow == PhoneIdentifier {
			continue
		}
		moved = moved || route.Via == Tenant
		left = left || route.Via != Tenant
		unclear = unclear || route.Via == Unknown
	}
	switched := r.Live.Live && (unclear || len(r.migrationsOff()) > 0)
	return left && (moved || r.flag() || switched || r.providerWaits())
}

// providerWaits reports whether an enabled provider exists that nothing points to.
func (r reading) providerWaits() bool {
	return r.Provider != nil && !r.Provider.Disabled && !r.Live.Live
}
