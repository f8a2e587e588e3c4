// Package client is the port to a real tenant: tenant.API over Auth0's Go SDK, github.com/auth0/go-auth0/v3.
//
// A [Client] looks an operation up in one table (table.go and the rows_ files beside it). Each row is a call of the SDK, which
// decides method, path and headers. What is said and what is answered are the caller's and the API's own bytes, because the
// SDK's encoders and decoders lose data on both ways (measured on v3.4.0): a custom provider's configuration decodes as
// Twilio's, numbers over 2^53 are rounded, unknown keys vanish, an empty answer is an error, an empty object is not sent, and
// every list gets include_totals and a page size added. So:
//
//   - the link exchange puts the call's query and body on the request, byte for byte, and keeps the answer's bytes; the SDK
//     gets none to decode, and that it finds this an error changes nothing;
//   - one operation has no SDK form at all and is sent raw, through the same links: GET /migrations, which is undocumented.
//
// All requests pass one chain of transports, a file each:
//
//	guard     refuses every write that the caller's permit does not name, and everything that is not what its call says
//	exchange  the call's own bytes out, the API's own bytes back; whatever is not a 2xx becomes a *tenant.Error
//	bearer    the access token; a source that fails ends here, and nothing goes out without authorization
//	retry     the rate limit, and another attempt where that is safe
//	trace     one line per attempt for the request log, without bodies or secrets
//	tap       reads the answer whole, and knows whether a failed request may have left
//
// Because every answer that is not a 2xx leaves the chain as an error, the SDK never sees one: it would sleep up to a minute on
// a 429 or 5xx, ignoring the context, and repeat a POST.
//
// What is repeated: GET after a failed connection, a 408, a 429 or a 5xx; every other method after a 429 only, which says that
// nothing was done; a try (it sends a message to a person) never. A write whose answer did not come, or cannot be read, is an
// error with Status 0 and Sent: its outcome is unknown, and the caller settles it by reading.
//
// The signature of the access token is not checked, see login.Decode. The request for a token is no business of this chain, see
// package login.
package client
