// Package tenant is what the rest of the house knows of an Auth0 tenant: the operations of the Management API that may be
// sent at all, the port through which they are sent, the errors that come back, and the snapshot of everything a migration
// depends on.
//
// The port is one method:
//
//	type API interface { Do(context.Context, Call) (json.RawMessage, error) }
//
// A [Call] names an [Op] of the table in ops.go; nothing outside that table can be sent, and each row carries the scopes it
// needs. The reply is the API's own bytes, because decoding loses data (unknown keys of a connection's options are the ones a
// migration lives on). Everything that is not a 2xx answer is an [*Error].
//
// [Read] takes the [Snapshot]: every resource raw, a refusal kept as knowledge beside the others. It is taken before anything
// is written, because Auth0 refuses to show the legacy settings once the switch is on. Typed views decode a part on demand.
//
// This package performs no HTTP and knows no SDK: package client implements the port.
package tenant
