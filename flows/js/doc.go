// Package js runs customer JavaScript in process, without a host: no files, no
// network, no clock, no environment, bounded time and memory.
//
// It does two things. [Run] runs one Auth0 Action and tells what it did: each
// request it sent, each call of an npm module, each console line, and how it
// ended. [Library] keeps a script loaded, such as LiquidJS, and calls its functions.
//
// # What an Action sees
//
// The code is a CommonJS module as on Auth0: module, exports, require, and import().
// The standard library of the language is that of the engine (QuickJS, ES2023). On top
// of it are, in the files under runtime, small versions of what Node 22 offers to
// Actions: fetch, URL, TextEncoder, timers, console, AbortController. There is no Intl.
//
// The core modules that Actions use are there, with and without the prefix node:,
// loaded when first asked for, from runtime/modules: buffer, crypto (digests, HMAC,
// signatures, chance with a fixed seed, Web Crypto), http and https, util, events,
// path, url, querystring, assert, timers, string_decoder. Of npm there are small
// versions of axios, got, request, superagent, node-fetch, undici, form-data, qs,
// uuid and jsonwebtoken; [Result.Copies] names those that an Action used.
//
// Whatever sends a request, it ends in the same record, a [Call] of kind [Request],
// so that one can see what a gateway gets. Anything else is a stand-in: every property
// exists, every call is recorded with its arguments and answers another stand-in. So
// that the real module would do the same thing is not shown by a run, only that it was
// asked to. [Result.StandIns] names every module, and every part of a core module, that
// an Action used and that was not there.
//
// # Determinism
//
// A run depends on the [Action] alone. Its clock starts at [Action.Now], stands
// still, and jumps to the next timer when the Action waits for one; Math.random
// has a fixed seed; the time zone is UTC. So a 30 second wait costs nothing, and
// two runs of one Action are equal. Each run has a fresh VM.
//
// # Hostile code
//
// Customer code is not trusted. Endless loops, memory bombs and backtracking
// expressions are stopped (see [Limits]), also inside the engine's own functions.
// The recorder crosses into Go before anything is answered, by functions that the
// Action cannot reach, so replacing JSON.stringify or Array.prototype.push changes
// what the Action sends, but neither hides a call nor forges an outcome.
//
// Calls, logs and messages hold whatever the Action put there: secrets, and bytes
// that are hostile to a terminal.
package js
