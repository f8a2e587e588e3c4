// Package oracle watches what becomes of an emulated tenant while somebody migrates it, and knows nothing of how that is done:
// neither what was judged, nor the plan, nor the rules. It holds the migration to the promise that no code is lost.
//
// Before the first write it asks the tenant for a code by every flow, channel and connection there is, of MFA also for the code with
// which a phone is enrolled: an Action may send one and not the other. Those that are delivered are the
// baseline. After each write it asks for the baseline again, and remembers which code did not come, from which write to which. At
// the end it says what else changed in the tenant. Codes are asked for on copies, so that watching leaves no trace.
package oracle
