package compat

// Uncovered returns the factors no delivery method carries. It is empty exactly
// when the subset rule holds.
//
// Rule: "Desired MFA factors must be a subset of the delivery methods you
// configure at the tenant-level" (Use Auth0's Unified Phone Experience for
// Multi-Factor Authentication). The API enforces it when message types are
// written: 409, "Message Type is not supported by the configured phone
// provider".
func Uncovered(factors Factors, methods Methods) Factors {
	return factors.Minus(Supported(methods))
}

// Covers reports whether the delivery methods carry every one of the factors.
func Covers(methods Methods, factors Factors) bool {
	return Uncovered(factors, methods).Empty()
}

// CoversPasswordless reports whether an sms connection can send through a
// provider with these delivery methods: Passwordless sends text, always, and
// has no list of factors that could be changed instead.
func CoversPasswordless(methods Methods) bool { return methods.Has(MethodText) }

// Situation is what a tenant has and what its admin wants, as far as the rule
// and the documented tables look at it.
type Situation struct {
	// Factors are the MFA factors enabled now; WantFactors the ones wanted.
	Factors     Factors `json:"factors"`
	WantFactors Factors `json:"want_factors"`
	// Methods are the delivery methods of the tenant-level provider now (empty
	// without a provider); WantMethods the ones wanted.
	Methods     Methods `json:"methods"`
	WantMethods Methods `json:"want_methods"`
	// Passwordless says that an sms connection sends, or is to send, through
	// the tenant-level provider.
	Passwordless bool `json:"passwordless"`
}

// Holds reports whether the wanted state keeps the rule.
func (s Situation) Holds() bool {
	return Covers(s.WantMethods, s.WantFactors) &&
		(!s.Passwordless || CoversPasswordless(s.WantMethods))
}

// HeldBefore reports whether the current state keeps the rule.
func (s Situation) HeldBefore() bool {
	return Covers(s.Methods, s.Factors) &&
		(!s.Passwordless || CoversPasswordless(s.Methods))
}
