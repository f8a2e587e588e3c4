package rehearsal

import (
	"fmt"
	"slices"
	"strings"

	"upe/client/emulator"
	"upe/flows/judge"
	"upe/flows/plan"
)

// sum puts the worlds together.
func sum(p plan.Plan, worlds []World, shows []*show) Rehearsal {
	r := Rehearsal{Schema: Schema, Plan: p.Checksum, Domain: p.Tenant.Domain, Result: Holds, Worlds: worlds, Codes: []string{}, Missing: []string{}}
	for i, w := range worlds {
		r.Looks += shows[i].looks
		if w.Impossible == "" && w.worst().Worse(r.Result) {
			r.Result = w.worst()
		}
		for _, code := range shows[i].codes {
			if !slices.Contains(r.Codes, code) {
				r.Codes = append(r.Codes, code)
			}
		}
	}
	for _, w := range worlds {
		for _, code := range w.Missing {
			if !slices.Contains(r.Missing, code) {
				r.Missing = append(r.Missing, code)
			}
		}
	}
	r.Verdict = r.verdict()
	return r
}

// missing lists the codes that the plan counts on and that do not come on a copy in the beginning: of these nothing can be shown. A
// plan names the codes of Phone as ID by their flow.
func missing(p plan.Plan, codes []string) []string {
	var all []string
	for _, route := range p.Baseline {
		code := codeOf(route)
		there := func(have string) bool {
			return have == code || route.Connection == "" && strings.HasPrefix(have, code+" ")
		}
		if !slices.ContainsFunc(codes, there) {
			all = append(all, code)
		}
	}
	return all
}

// codeOf names a route of a plan as the witness names it.
func codeOf(r judge.Route) string {
	words := string(r.Flow) + " " + r.Channel
	if r.Connection != "" {
		words += fmt.Sprintf(" [%q]", r.Name)
	}
	return words
}

// verdict is the sentence at the end.
func (r Rehearsal) verdict() string {
	lost := r.where(func(w World) bool { return w.worst() == Lost })
	differs := r.where(func(w World) bool { return w.worst() == Differs })
	switch {
	case len(r.where(func(World) bool { return true })) == 0:
		return "Nothing was rehearsed: the tenant shows what fits none of the ways in which Auth0 may behave."
	case len(lost) > 0:
		return "Codes would be lost, and the plan does not say so (" + strings.Join(lost, ", ") + "). Do not carry this plan out."
	case len(differs) > 0:
		return "No code is lost that the plan does not name, and the tenant does not end as it was to (" + strings.Join(differs, ", ") +
			"). Do not carry this plan out before you know why."
	case r.Hopeless():
		return "Nothing is lost, and nothing is gained: the plan is refused (" + strings.Join(r.where(World.refused), ", ") + "). Make another one."
	}
	return r.goodVerdict()
}

// goodVerdict is that of a plan by which nothing is lost that it does not state.
func (r Rehearsal) goodVerdict() string {
	all := r.where(func(World) bool { return true })
	text := fmt.Sprintf("Every code came after every write, in each of %d ways in which Auth0 may behave.", len(all))
	if len(all) == 1 {
		text = "Every code came after every write, in the one way in which Auth0 may behave here."
	}
	if len(r.Codes) == 0 {
		text = "No code is sent now, so none can be lost, and the plan comes to its end."
	}
	switch gaps := r.where(World.gap); {
	case len(r.where(World.gapOnward)) > 0:
		text = "No code is lost but in the time in which the plan says that codes may be lost (" + strings.Join(gaps, ", ") + ")."
	case len(gaps) > 0:
		text += " Should the run be taken back, codes may be lost for a moment (" + strings.Join(gaps, ", ") + "); that is said before it begins."
	}
	if refused := r.where(World.refused); len(refused) > 0 {
		text += " Auth0 may refuse to go on (" + strings.Join(refused, ", ") + "); then nothing is lost either."
	}
	if stuck := r.where(World.stuck); len(stuck) > 0 {
		text += " After a crash, or on the way back, somebody has to decide how to go on (" + strings.Join(stuck, ", ") + ")."
	}
	return text
}

// where lists the worlds that fit, of those in which the tenant can be.
func (r Rehearsal) where(fits func(World) bool) []string {
	var names []string
	for _, w := range r.Worlds {
		if w.Impossible == "" && fits(w) {
			names = append(names, w.Title)
		}
	}
	return names
}

// refused reports whether the plan stops on its way, without a death.
func (w World) refused() bool { return w.Migrates.Result == Refused }

// stuck reports whether going on after a death, or going back, stops where the plan itself does not.
func (w World) stuck() bool {
	return w.Migrates.Result != Refused && w.Crashes.Result == Refused || w.Returns.Result == Refused
}

// gap reports whether a code does not come for a while, as the plan says.
func (w World) gap() bool {
	return w.Migrates.Result == Gap || w.Crashes.Result == Gap || w.Returns.Result == Gap
}

// gapOnward reports whether that is so already without going back.
func (w World) gapOnward() bool { return w.Migrates.Result == Gap || w.Crashes.Result == Gap }

// Gaps reports whether codes may be lost for a while although everything goes as planned, on the way or on the way back.
func (r Rehearsal) Gaps() bool { return len(r.where(World.gap)) > 0 }

// Stuck reports whether going on after a crash, or going back, stops somewhere although no code is lost.
func (r Rehearsal) Stuck() bool { return len(r.where(World.stuck)) > 0 }

// Hopeless reports whether the plan is refused where Auth0 behaves as documented, or everywhere.
func (r Rehearsal) Hopeless() bool {
	documented := func(w World) bool { return w.World == emulator.Worlds()[0] && w.refused() }
	return len(r.where(func(w World) bool { return !w.refused() })) == 0 || len(r.where(documented)) > 0
}
