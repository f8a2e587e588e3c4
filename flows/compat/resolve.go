package compat

import (
	"fmt"
	"slices"
)

// Kind says which way a [Resolution] goes.
type Kind string

// The ways out of a conflict.
const (
	// AddMethod lets the provider deliver what MFA needs. Nobody loses anything.
	AddMethod Kind = "add-method"
	// KeepText is AddMethod for the sake of Passwordless alone.
	KeepText Kind = "keep-text"
	// DropFactor gives up the factors that cannot be delivered.
	DropFactor Kind = "drop-factor"
	// SwitchFactor exchanges the factors for the ones that can be delivered,
	// where dropping would leave MFA without any phone factor.
	SwitchFactor Kind = "switch-factor"
	// KeepCurrent leaves both sides as they are today.
	KeepCurrent Kind = "keep-current"
)

// Resolution is one way to make a wanted state keep the rule.
type Resolution struct {
	Kind Kind `json:"kind"`
	// Sentence says in plain English what would be done and what it means.
	Sentence string `json:"sentence"`
	// Factors and Methods are the wanted sets after it.
	Factors Factors `json:"factors"`
	Methods Methods `json:"methods"`
	// Change counts the channels in which Factors and Methods differ from what
	// the admin asked for.
	Change int `json:"change"`
}

// Resolutions returns the ways to make the wanted state keep the rule, least
// change first, and nil when it keeps the rule already. The first one always
// gives the admin every factor asked for. None leaves MFA without a phone
// factor, or Passwordless without text.
func Resolutions(mfaCurrent, mfaDesired Factors, methodsCurrent, methodsDesired Methods, passwordless bool) []Resolution {
	s := Situation{mfaCurrent, mfaDesired, methodsCurrent, methodsDesired, passwordless}
	return s.Resolutions()
}

// Resolutions is [Resolutions] for a [Situation].
func (s Situation) Resolutions() []Resolution {
	if s.Holds() {
		return nil
	}
	ways := []Resolution{s.widen()}
	for _, way := range []func() (Resolution, bool){s.narrow, s.keep} {
		if r, ok := way(); ok && !slices.ContainsFunc(ways, r.sameSets) {
			ways = append(ways, r)
		}
	}
	slices.SortStableFunc(ways, func(a, b Resolution) int { return a.Change - b.Change })
	return ways
}

// floor is the least the provider must deliver whatever MFA does: what was
// asked for, and text when Passwordless sends through it.
func (s Situation) floor() Methods {
	if s.Passwordless {
		return s.WantMethods.With(MethodText)
	}
	return s.WantMethods
}

func (s Situation) widen() Resolution {
	methods := s.floor().Union(Needed(s.WantFactors))
	if Covers(s.WantMethods, s.WantFactors) {
		return s.resolution(KeepText, s.WantFactors, methods, fmt.Sprintf(
			"%s the delivery method SMS, because Passwordless always sends text.", s.keepOrAdd(MethodsOf(MethodText))))
	}
	added := methods.Minus(s.WantMethods)
	text := fmt.Sprintf("%s %s as a delivery method of the tenant-level provider, so that MFA can use %s",
		s.keepOrAdd(added), added, s.WantFactors)
	if s.Passwordless && !CoversPasswordless(s.WantMethods) {
		text += " and Passwordless can send text"
	}
	return s.resolution(AddMethod, s.WantFactors, methods, text+".")
}

func (s Situation) narrow() (Resolution, bool) {
	methods := s.floor()
	lost := Uncovered(s.WantFactors, methods)
	if lost.Empty() || methods.Empty() {
		return Resolution{}, false
	}
	if left := s.WantFactors.Minus(lost); !left.Empty() {
		return s.resolution(DropFactor, left, methods, fmt.Sprintf(
			"%s for MFA and use %s alone: the provider delivers %s.%s", s.turnOff(lost), left, methods, s.textToo())), true
	}
	left := Supported(methods)
	return s.resolution(SwitchFactor, left, methods, fmt.Sprintf(
		"Use %s for MFA in place of %s: the provider delivers %s.%s", left, lost, methods, s.textToo())), true
}

// keep offers today's state, which is only a way out when it keeps the rule
// and there is something in it to keep.
func (s Situation) keep() (Resolution, bool) {
	if !s.HeldBefore() || s.Methods.Empty() || s.Factors.Empty() != s.WantFactors.Empty() {
		return Resolution{}, false
	}
	text := fmt.Sprintf("Change nothing: keep the provider at %s", s.Methods)
	if !s.Factors.Empty() {
		text = fmt.Sprintf("Change nothing: keep MFA at %s and the provider at %s", s.Factors, s.Methods)
	}
	return s.resolution(KeepCurrent, s.Factors, s.Methods, text+", as they are today."), true
}

func (s Situation) resolution(kind Kind, f Factors, m Methods, sentence string) Resolution {
	return Resolution{kind, sentence, f, m, distance(f, s.WantFactors) + distance(m, s.WantMethods)}
}

func (r Resolution) sameSets(other Resolution) bool {
	return r.Factors == other.Factors && r.Methods == other.Methods
}

// keepOrAdd is the verb for delivery methods that were not asked for: the
// provider may have them today.
func (s Situation) keepOrAdd(m Methods) string {
	if m.Minus(s.Methods).Empty() {
		return "Keep"
	}
	return "Add"
}

// turnOff is the verb for factors that are given up: users may have them today.
func (s Situation) turnOff(lost Factors) string {
	if lost.Minus(s.Factors).Empty() {
		return fmt.Sprintf("Turn %s off", lost)
	}
	return fmt.Sprintf("Leave %s out", lost)
}

// textToo completes a sentence about MFA when Passwordless changes the
// delivery methods as well.
func (s Situation) textToo() string {
	if s.Passwordless && !CoversPasswordless(s.WantMethods) {
		return " SMS is delivered too, because Passwordless always sends text."
	}
	return ""
}

func distance[E Factor | Method](a, b Set[E]) int {
	return a.Minus(b).Len() + b.Minus(a).Len()
}
