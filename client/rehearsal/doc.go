// Package rehearsal carries a plan out on a copy of the tenant, before anybody carries it out on the tenant.
//
//	found, err := rehearsal.Rehearse(ctx, rehearsal.Options{Snapshot: snapshot, Plan: p, Start: now})
//
// # What is rehearsed
//
// The copy is an embedded tenant (package emulator) that shows what the snapshot shows. How Auth0 decides by which way a code
// travels is not documented, so there is one copy for each possibility, a world. In each of them the plan is carried out by the
// very code that carries it out in earnest (package run), three times over:
//
//   - from the first step to the last;
//   - with a process that dies at every write, once before Auth0 has it and once after, and another that goes on with the journal;
//   - and back again (plan.Invert), from the end and from each of those deaths, and from the end with a process that dies as well.
//
// Between every two writes a code is asked for by every way that delivered in the beginning (package oracle). What a person does is
// done as a person would: the test message is looked for on the handset, the Dashboard's switch is turned when the plan waits for
// it, and a move is confirmed only when its codes come by the new way.
//
// # What the copy does not know
//
// The API does not show everything. Secrets of the tenant are never put into a copy, not even those that were read: made-up ones
// stand in their places, so nothing that is printed can hold one. Migration flags are taken to be as on a tenant that has not moved,
// unless what the tenant shows says otherwise. A carrier is taken to deliver whatever it is given. A rehearsal shows that the order of
// the writes loses nothing; that messages arrive is what the test messages of the migration are for.
//
// Nothing leaves the process: there is not even a socket. Time is counted, not waited for.
package rehearsal
