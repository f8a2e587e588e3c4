// Package fleet looks at many tenants as `upe check` looks at one.
//
// A list ([Parse]) names tenants and where their credentials are. [Check] reads and judges them, many at once, each within its own rate
// limit, and keeps of each only a [Result]: memory does not grow with what tenants hold. A tenant that cannot be read is a result with a
// failure, and stops nobody else. Results are lines of JSON ([Result.Line]), so a check that was interrupted goes on with those there are.
//
// [Shapes] groups tenants that need the same decisions: who has decided for one of them has decided for all.
package fleet
