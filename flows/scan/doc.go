// Package scan finds, in other people's code, what stops working when a tenant's phone messages move to the Unified Phone
// Experience: calls of the twelve legacy endpoints (written out, put together, or made through an SDK), configuration as code that
// writes them, Actions and Hooks on the trigger that nothing runs any more, and handlers of an error that is no longer answered.
//
// # What drives it
//
// [Rows] is the one table: for each ecosystem and major version what is looked for, what happens to it, what to use instead in the same
// ecosystem and version. The matchers read their names from it, and the table in docs/scan.md is printed from it.
//
// # How sure it is
//
// A path that is written out, or a method with the whole chain of its receivers, is certain. A part of the chain, or code in a
// document, is likely. Where an argument decides (`name: "sms"`) it is read; where a variable stands there, it is unknown. Code in a
// comment, scope names and excluded types are hints, never findings. What keeps working (push notifications, Duo, policies, message
// types, turning a factor on) is not reported at all.
//
// # How it reads
//
// A tree is walked in order by one goroutine, honouring .gitignore. Workers read the files into buffers that they reuse, and look for a
// dozen rare substrings in one pass; only a file with one of them is split into words, which the matchers read. Results come
// back in the order of the walk, whatever the workers do. A file of any length is read in pieces, so memory does not
// grow with the tree or its files. It touches nothing but the [io/fs.FS] it is given, and never follows a symbolic link.
package scan
