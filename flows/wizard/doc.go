// Package wizard is the conversation with the admin, as a pure function: [Next] takes what is known and what was answered, and
// gives the page to show. Three front ends drive it (full screen, line by line, an answers file), and a test of it is a table.
//
// A page is blocks to look at, questions to answer, and at most one effect to carry out. Blocks and questions are a closed
// set; a front end draws each of them and knows nothing of Auth0. An effect is the only thing that touches the world, through
// the functions of [Host], and it changes only what is known.
//
// Defaults come from the tenant's current values. What only a person can decide has none: its question says why, a front end
// chooses nothing beforehand, and [Drive] names its key ([AnswerKeys] documents them all). What must be known before anything is
// written is accepted by its id.
//
// A [Session] walks the pages: Back returns to the page before and keeps what was answered as its default.
//
// The Action of a custom provider is made from what sends today where that can be: read, decided about, translated or generated, and run
// beside it ([Made]). Which answers it was made with is kept, so that another answer makes it anew; code that somebody has changed by
// hand is proven like any other. [TranslateFile] and [MakeToday] do the same without a conversation.
//
// A run of an earlier session goes on where it stands: it brings its plan and its snapshot, so nothing is chosen again, and only the
// secrets that what is left needs are asked for. From the pages on which a person learns that something is wrong, and from the
// report, a run can be taken back: [WayBack] is a plan of its own, which is shown, confirmed, and carried out like any other.
package wizard
