package compat

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Factor is an MFA phone factor by the name the Management API uses for it in
// PUT /guardian/factors/phone/message-types.
type Factor string

// The MFA phone factors Auth0 knows.
const (
	FactorSMS   Factor = "sms"
	FactorVoice Factor = "voice"
)

// Method is a delivery method of the tenant-level phone provider by the name
// used in configuration.delivery_methods of /branding/phone/providers.
type Method string

// The delivery methods Auth0 knows.
const (
	MethodText  Method = "text"
	MethodVoice Method = "voice"
)

// Method returns the delivery method that carries the factor: text for sms,
// voice for voice.
func (f Factor) Method() Method {
	if f == FactorSMS {
		return MethodText
	}
	return Method(f)
}

// Factor returns the MFA factor the method carries: sms for text, voice for
// voice.
func (m Method) Factor() Factor {
	if m == MethodText {
		return FactorSMS
	}
	return Factor(m)
}

// Set is a set of factors or of delivery methods. The zero value is the empty
// set, and sets compare with ==. Values the API may invent later are not
// members; [ParseFactors] and [ParseMethods] report them.
type Set[E Factor | Method] struct{ sms, voice bool }

// Factors is a set of MFA phone factors.
type Factors = Set[Factor]

// Methods is a set of delivery methods.
type Methods = Set[Method]

// FactorsOf returns the set of the given factors.
func FactorsOf(factors ...Factor) Factors { return setOf(factors) }

// MethodsOf returns the set of the given delivery methods.
func MethodsOf(methods ...Method) Methods { return setOf(methods) }

// ParseFactors reads message types as the API lists them. The error names what
// is not a message type; the set then holds the ones that are.
func ParseFactors(names []string) (Factors, error) {
	return parse[Factor](names, "message type", "sms, voice")
}

// ParseMethods reads delivery methods as the API lists them. The error names
// what is not a delivery method; the set then holds the ones that are.
func ParseMethods(names []string) (Methods, error) {
	return parse[Method](names, "delivery method", "text, voice")
}

// Needed returns the delivery methods that carry the factors.
func Needed(f Factors) Methods { return Methods(f) }

// Supported returns the factors the delivery methods can carry.
func Supported(m Methods) Factors { return Factors(m) }

func setOf[E Factor | Method](members []E) Set[E] {
	var s Set[E]
	for _, e := range members {
		s = s.With(e)
	}
	return s
}

func parse[E Factor | Method](names []string, kind, known string) (Set[E], error) {
	var s Set[E]
	var unknown []string
	for _, name := range names {
		if e := E(name); e == smsSide[E]() || e == "voice" {
			s = s.With(e)
		} else {
			unknown = append(unknown, fmt.Sprintf("%q", name))
		}
	}
	if len(unknown) > 0 {
		return s, fmt.Errorf("unknown %s %s: known are %s", kind, strings.Join(unknown, ", "), known)
	}
	return s, nil
}

// smsSide is the API's name for the text channel: "sms" as a factor, "text" as
// a delivery method.
func smsSide[E Factor | Method]() E {
	var e E
	if _, ok := any(e).(Method); ok {
		return "text"
	}
	return "sms"
}

// Has reports whether e is in the set.
func (s Set[E]) Has(e E) bool {
	return s.sms && e == smsSide[E]() || s.voice && e == "voice"
}

// With returns the set with e added.
func (s Set[E]) With(e E) Set[E] {
	return Set[E]{s.sms || e == smsSide[E](), s.voice || e == "voice"}
}

// Without returns the set with e removed.
func (s Set[E]) Without(e E) Set[E] { return s.Minus(setOf([]E{e})) }

// Union returns the members of either set.
func (s Set[E]) Union(t Set[E]) Set[E] { return Set[E]{s.sms || t.sms, s.voice || t.voice} }

// Minus returns the members of s that are not in t.
func (s Set[E]) Minus(t Set[E]) Set[E] { return Set[E]{s.sms && !t.sms, s.voice && !t.voice} }

// Empty reports whether the set has no member.
func (s Set[E]) Empty() bool { return !s.sms && !s.voice }

// Len returns the number of members.
func (s Set[E]) Len() int { return len(s.List()) }

// List returns the members, the text channel first. It is never nil, so that
// it encodes as an array.
func (s Set[E]) List() []E {
	list := []E{}
	if s.sms {
		list = append(list, smsSide[E]())
	}
	if s.voice {
		list = append(list, "voice")
	}
	return list
}

// String writes the set in the words of Auth0's Dashboard and documentation:
// "SMS", "Voice" or "SMS + Voice", and "none" when it is empty. The delivery
// method text is "SMS" there too.
func (s Set[E]) String() string {
	switch {
	case s.sms && s.voice:
		return "SMS + Voice"
	case s.sms:
		return "SMS"
	case s.voice:
		return "Voice"
	}
	return "none"
}

// MarshalJSON writes the set as the API does: an array of names.
func (s Set[E]) MarshalJSON() ([]byte, error) { return json.Marshal(s.List()) }

// UnmarshalJSON reads an array of names; an unknown name is an error.
func (s *Set[E]) UnmarshalJSON(data []byte) error {
	var names []string
	if err := json.Unmarshal(data, &names); err != nil {
		return fmt.Errorf("read a set of channels: %w", err)
	}
	set, err := parse[E](names, "channel", string(smsSide[E]())+", voice")
	if err != nil {
		return err
	}
	*s = set
	return nil
}
