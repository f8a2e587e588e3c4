// Package translate turns an Action that was written for the older phone triggers into one for custom-phone-provider.
//
// Auth0's events have three legacy shapes: the trigger send-phone-message v2 with event.message_options, its v1 with a flat event and
// context.secrets, and the Hook (recipient, text, context, cb). [Read] says which one code has, and whether the code delivers messages at
// all: a new provider has one Action, so installing one that only watches would stop every code.
//
// [Translate] works in one of two styles. A rewrite edits the names and values in place, by source span: everything else, comments and
// layout included, stays byte for byte. It is made only when each use of the event is understood: a field that is read, taken apart, or
// kept under one constant name. Otherwise an adapter goes below the untouched handler and gives it exactly the event it was written for.
// When neither can be right, the translation is refused, with the reasons.
//
// Legacy values that leave the Action ("sms", "enrollment", "second-factor-authentication") stay what they were: a backend compares them.
//
// What no program may decide is a [Decision]. While one is open, the code is shown under the careful reading and may not be deployed.
// Equality of old and new code is not claimed here; package proof runs both.
package translate
