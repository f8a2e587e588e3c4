// Package screens is the full-screen front end of the conversation in package wizard.
//
// It holds no logic of the migration. [Root] draws the page that a [wizard.Session] stands on, hands the answers back, and runs
// the page's effect; which page comes next, what may be written and what a key word means is decided in flows. A new page
// needs no code here; a new kind of block needs one file.
//
// Rules of the screen:
//
//   - Root owns the window, routing, back and the end of the program; only Root returns a tea.View.
//   - The banner (which tenant, which mode, by word), the rail of groups and the help bar are always visible. Blocks scroll;
//     the question stays in sight whenever the window allows it, if need be without air.
//   - Only what has the focus shows a ">". Where steps stand beside a question, tab leads there and back, and submits nothing.
//   - Esc closes what is open before it goes back; enter stays where the program asks whether to leave.
//   - Everything from a session passes [safe.Clean] once, when its page is opened or redrawn. Answers go back as they were:
//     the value of an option by its index, a text that was not edited byte for byte.
//   - A key that was on its way when a page appeared is never taken for the consent to write: see guard.
//   - Code may be changed in the person's own editor, which gets the terminal meanwhile, and the text as it is. What it brings back
//     is judged by the page before it counts.
//   - The request of a step can be copied for a shell. The clipboard gets it as it is, by way of the terminal; what is shown of it is safe.
//   - The terminal's title says whose tenant this is and where in the conversation; its progress bar follows what is being done.
//   - A state is a mark and a word, never a colour alone.
//
// Forms are Huh's, one per page, built when the page opens and driven inside Update: every command of a form is plain
// bookkeeping and is run at once, so that no message of one page can arrive at the next. Huh chooses; text is typed into
// fields of our own, whose cursor is the terminal's (an input method or a screen reader can follow it).
package screens
