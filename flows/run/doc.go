// Package run carries a plan out, and knows afterwards what happened.
//
// The journal is the truth: one JSON object a line, appended and synced, intent before each write, outcome after. A [State] is
// never stored; [Replay] computes it from the plan and the journal. To resume is to run again: steps that are done are
// skipped, a step whose outcome is unknown is settled by its check, and only then sent again or not.
//
// # One write
//
// The tenant is read (what is true already is adopted, not repeated), the request is made ready (secrets asked for, what the
// API would replace read and kept), the intent is journalled, the request is sent, its outcome is journalled, and the tenant is
// read again:
//
//	intent -> sent       -> verified      it reads back, with everything that was carried along
//	                     -> failed        it does not: [Difference]
//	intent -> failed                      Auth0 refused it
//	intent -> unanswered -> settled       no answer came; it was found in the tenant
//	                     -> (nothing)     it was not found: the next run looks again, then sends again
//	adopted                               it was so before
//
// From the intent to the read nothing is cancelled. A process that ends anywhere in between leaves an intent without an
// outcome, which the next run treats like an unanswered request.
//
// # What waits for what
//
// Reads that do not depend on each other's answers are sent together: all that a phase begins with, and beside the read-back of one
// step what the next one begins with. Writes are sent one at a time, each after the one before was read back: a difference stops the
// run, and of one write at most it is unknown whether it happened. No answer is relied on that is older than the last write; and what
// a write replaces as a whole is read by itself, right before, and once more where that was longer than a moment ago. What went wrong in
// the little time beside a read-back is read again in its turn.
//
// # Evidence and moves
//
// A move is refused without fresh evidence that messages through the tenant-level provider arrive: Auth0's word that it
// accepted one, no failure of it in the tenant logs, and a person's word that it came. Logs come late: they are read after the
// message and once more before the move. Where they cannot be read, that is said, and a person's word is enough. Each message begins
// anew: what was said of the one before proves nothing. A write
// to the provider, its Action or a template makes evidence old: ours by the journal, that of somebody else by the stamp of what
// the message travelled through, which a move compares with the tenant. Somebody may override that with a reason, which the
// journal keeps. What narrows or removes something waits until every move is confirmed.
//
// Nothing here touches a file or the clock: [Log], Now and NewID are given to the [Runner].
package run
