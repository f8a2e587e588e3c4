// Package wizard is the conversation with the admin, as a pure function: [Next] takes what is known and what was answered, and
// gives the page to show. Three front ends drive it (full screen, line by line, an answers file), and a test of it is a table.
//
// A page is blocks to look at, questions to answer, and at most one effect to carry out. Blocks and questions are a closed
// set; a front end draws each of them and knows nothing of Auth0. An effect is the only thing that touches the world, through
// the functions of [Host], and it changes only what is known.
//
// A [Session] walks the pages: Back returns to the page before and keeps what was answered as its default.
package wizard
