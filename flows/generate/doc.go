// Package generate writes Actions of the trigger custom-phone-provider.
//
// A tenant-level provider of the kind custom sends by one Action. Where a connection sent through an SMS gateway of the customer, or
// flows sent by carriers of their own, that Action has to be written, and this package writes it:
//
//   - [Gateway] posts to an SMS gateway what Auth0 itself posted for a Passwordless connection, with the same signed token;
//   - [Twilio] sends and calls by Twilio's REST API;
//   - [Router] puts several of them, and Actions that exist already ([Translated]), into one Action with a table of routes at its top.
//
// # The code
//
// It is meant to be read, signed and kept by an engineer who never heard of us: settings at the top, then the handler, then small
// functions; no npm modules. It parses on node18 and node22. Secrets are read from event.secrets and are never in the code. Every
// string of the tenant stands in it as a JSON string, which no name or address can break out of.
//
// # What a carrier's answer means
//
// Before, the answer of a gateway decided a login: anything but 200 within 30 seconds failed it, and the user saw that. Now nobody
// waits for the answer. The Action tells Auth0 what became of the message: api.notification.drop gives it up, api.notification.retry
// has Auth0 run the Action again, up to five times within minutes. [Failure] chooses between them.
//
// # What the event does not tell
//
// Nothing in an event names the flow. Whether a message belongs to MFA, Passwordless or Phone as ID has to be concluded from its
// type, its delivery method and the connection it names, and Auth0 does not document when it names one. Where that leaves two carriers
// in question, [Router] does not choose: it asks, see [Undecidable].
package generate
