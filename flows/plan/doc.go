// Package plan turns a judged snapshot and an admin's choices into a plan: the steps of a migration as plain data, in an order
// in which no code is lost.
//
// A plan is JSON without secrets and with deterministic bytes: the same tenant and the same choices give the same file, so
// that it can be reviewed, compared and kept. It names the tenant it is for and the [Fact]s it relied on; a runner refuses it when
// one of them has changed.
//
// # Phases
//
// Prepare makes the tenant-level provider, its Action and its templates; users notice nothing. Test sends messages through it.
// Switch moves the flows, one [Step.Move] at a time. After is what waits for the end: what narrows, and what a person does
// by hand. When the provider is live already (messages may travel through it), every write to it is a switch.
//
// # What no code is lost by
//
// From the first switch on the provider delivers whatever any flow delivers before it, also one that stays on its own settings:
// nobody documents what Auth0's flag moves. What narrows, narrows last, and never below what a flow that stays may need. Where
// codes can be lost all the same, the plan states it as a [Gap], and somebody accepts it beforehand.
//
// # Bodies
//
// A body holds references instead of what is not known or not to be written down: {"$from":"provider#/id"} is a field of
// the answer of an earlier step, {"$secret":"twilio.auth_token"} is asked for when it is needed. The id of a call may be a
// reference to an earlier step as well: "@provider#/id". [Fill] resolves both at send time.
//
// # Proof
//
// Every writing step carries one predicate, [Step.Done]. It verifies the write, settles a write whose answer was lost, and
// adopts what somebody else has done already.
package plan
