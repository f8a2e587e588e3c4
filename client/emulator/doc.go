// Package emulator is an Auth0 tenant to practise on: the part of the Management API that a migration to the Unified Phone
// Experience touches, with state, and with the phone in the user's pocket.
//
//	tenant, err := emulator.New(emulator.Options{File: file})
//	server, err := tenant.Start(ctx, "127.0.0.1:0")      // or http.Client{Transport: tenant.Transport()}, without a socket
//	token := tenant.Token()                              // a Management API token
//
// # What it is
//
// A [Tenant] is an [http.Handler] that serves /oauth/token and /api/v2 with Auth0's paths, status codes and error bodies. It
// is not a mock of our own client: it validates what it is sent as Auth0 does (which is weakly: a Twilio SID of "sid1" passes),
// it pages in both styles, it enforces scopes per operation, and any Auth0 client may talk to it. A path of the Management API
// that it does not emulate answers 501 and says so. Clients that speak nothing but TLS get it from [Tenant.StartTLS]; bench/clients
// points Auth0's own at it.
//
// Where behaviour was recorded from real tenants, the recording wins over the documentation; where neither says anything, the
// tenant file names a world and quirks (see world.go and quirks.go), and the migration has to hold in each of them. The
// emulator shares engines with the migration (JavaScript, Liquid), never rules: it would agree with our mistakes.
//
// # State
//
// The whole state is a tenant file: resources as the API shows them, plus what the API hides (secrets, migration flags). A
// document is raw JSON that is never changed in place, so a request works on a shallow copy of the state, and the copy
// becomes the state only when the answer is a success. [Tenant.State] writes it back; loading that gives the same tenant.
//
// Two keys are about the file more than about the tenant:
//
//	"token": {"without": ["read:connections_options"]}      what the tenant's tokens may not do, or
//	"token": {"scopes": ["read:connections"]}               all that they may
//	"fill":  {"connections": {"count": 1200, "strategy": "auth0"},
//	          "actions": {"count": 150, "trigger": "post-login"},
//	          "clients": {"count": 60}}                     numbered documents, made when the file is loaded
//
// token limits [Tenant.Token] without arguments, /oauth/token and [Tenant.Port]; a call beyond it is refused with the 403 of the
// API. Fillers are called "Filler connection 0001" and so on, and come before the documents of the file in every list; the
// state has them written out, and fill no more.
//
// # Delivery
//
// [Tenant.Deliver] sends a code the way the tenant is configured at that moment: it decides the way (way.go), renders the
// wording (wording.go), runs an Action when one is in the way (action_run.go), and puts what was really sent on the handset, with
// the requests that took it there (outgoing.go): Auth0's own to a gateway or to Twilio, or those of the Action. So one can see that a
// gateway gets after a migration what it got before. Nothing leaves the process. It writes what the tenant's logs would have of it,
// and with Complete of the user who enters the code:
//
//	MFA           gd_start_auth, then gd_send_sms or gd_send_voice or a failure, then gd_auth_succeed
//	Passwordless  cs or a failure, then s
//
// # Control paths
//
// GET /emulator/state, /emulator/requests and /emulator/handset, and POST /emulator/deliver and /emulator/toggle need no token and
// answer only to this machine. They show secrets, also those of requests; a screen gets [Message.Shown].
// toggle is the Dashboard's switch of a flow: {"flow": "mfa", "tenant_level": true}.
package emulator
