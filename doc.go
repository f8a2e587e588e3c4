// Package upe holds no code: it is the front door of the house.
//
// upe moves an Auth0 tenant to the Unified Phone Experience: one phone provider
// for the whole tenant instead of one for MFA and one for each Passwordless
// connection. It is a wizard in the terminal, and the same migration as plain
// commands.
//
// # The rooms
//
// Four layers, and each knowing only what lies to its right:
//
//	cmd/upe  ->  ui      ->  flows
//	cmd/upe  ->  client  ->  flows/tenant
//
// What each is for:
//
//   - flows is the migration itself: what a tenant looks like, how a code
//     travels, what to ask, what to write, in which order. It knows no terminal,
//     no HTTP, no environment and no SDK, so every rule is tested as a table.
//   - ui draws the pages that flows/wizard asks for and hands the answers back.
//     It holds no rule about Auth0, and it never sees a client.
//   - client is the way to Auth0: the port of flows/tenant over go-auth0, with
//     the write guard, the retries and the request log in its transport.
//     client/emulator is a tenant to practise on, a real HTTP server.
//   - cmd/upe puts the rooms together. Exit codes, flags, environment and the
//     standard streams are its business alone.
//
// The layers are kept by house_test.go, which holds the table of who may import
// whom. A new package gets its row there before it gets its code.
//
// # The way of the data
//
//	tenant -> Snapshot -> Judgement -> Page and Answers -> Plan -> Journal -> Report
//
// Each arrow is a pure function, except the first (reads) and the run of the plan
// (writes). Nothing is written until a person has confirmed the plan, and then
// nothing but that plan's requests.
package upe
