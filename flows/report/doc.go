// Package report says in words what was found, planned and done: plain text for a terminal, Markdown for a file or a ticket.
//
// Everything here is a pure function of what the other flows computed. [Check] is the text of a judgement. [Plan] and
// [PlanMarkdown] are that of a plan: every request with what is there before and after it, how it is proved, and how it is undone.
// [Status] says where a run stands, and [Next] with which command it goes on. [Run] is the report of a run: what was found,
// decided, written and tested, by whom and when, what remains to be done by hand, and how to undo it.
//
// Text is wrapped at [Width] columns; a word that is longer, such as a URL, is never cut. No secret can reach a report, because
// none is in what it is made of. Strings of a tenant pass as they are: whoever shows a report makes them safe.
package report
