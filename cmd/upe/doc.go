// Command upe moves an Auth0 tenant to the Unified Phone Experience: a wizard for people, and the same migration as plain
// commands.
//
// # Streams
//
// Data goes to standard output, everything else to standard error; a command that succeeds writes nothing to standard error
// but notes on what will be in the way later, and where that is a terminal what it waits for. With --json the data is one document whose "schema" names its form
// and version, and an error or a note is a document on standard error. Everything a person reads passes safe.Writer on its way out; JSON
// has whatever a terminal might obey written as \u escapes.
//
// No command asks anything: what is missing is named, with the exit code that says so. Only the wizard asks, and it does not
// start unless both standard input and output are terminals.
//
// # Run folders
//
// A run is a folder with its plan, the snapshot from before, its journal and its report. What takes it back is a run like any
// other, in a folder inside it: revert, or after an attempt that was given up revert-2, and so on; what gives an attempt up is in its
// give-up. They share one lock, and while there is a way back that was not given up, no command goes forward.
//
// # Only here
//
// This package alone reads the environment, the clock and chance, opens files, listens to signals and decides exit codes. The
// commands are thin: each has a file, an options struct that its flags fill, and a run method; wire.go makes the way to a tenant.
// The first interrupt ends the context, so that a run stops at the next safe point; a second one kills.
//
// # Secrets
//
// No flag takes a secret, since every user of a machine can read the arguments of its processes. Credentials come from the
// environment, the secrets of a plan from references in an answers file or from the environment; both stay in memory.
package main
