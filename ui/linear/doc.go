// Package linear is the line-by-line front end of the conversation in package wizard.
//
// It is for everyone whom the full screen does not serve: a screen reader, a terminal that can do nothing but print, a pipe. It
// shows the same pages and asks the same questions, and takes the same care before anything is written. It is no form library's
// accessible mode: those lose piped answers, take the end of the input for an answer, and print colours where none are wanted.
//
// Rules of the lines:
//
//   - What is printed stays printed. No cursor moves, no line is drawn twice, there is no colour and no escape byte.
//   - Everything goes through one [safe.Writer]; what stands on one line passes [safe.Line] before.
//   - Nothing of a page is left out. While something goes on, what stays is not said again, but only as a whole: a step, a row, a finding,
//     never a line of code or of a request.
//   - What an answer comes to is said before it is asked for, with each choice; what was typed is said back, of a secret its length.
//   - Options have numbers, and their names do too. What enter means is said at every prompt, by its word; where there is no default,
//     enter asks again.
//   - Back is the question before, on the same page first. That way nothing is sent that was mistyped.
//   - The end of the input and ctrl+c are outcomes of their own, [ErrInputEnded] and the context's error, and never an answer.
//   - Before the tenant is written to, yes is typed in full. Enter is not enough, nor is y.
//   - A secret is not echoed where the input can do that, and is never repeated.
//   - Progress is a line when something changed, at most one a second where only a count moves.
//   - It is for the ear: no sign says what no word does, no line is there to be looked at, and a SID is spelled once on a page.
//
// A line that begins with a colon is a command (":back", ":help") and no answer; two colons begin an answer with one.
package linear
