// Package phone checks phone numbers, senders and Twilio identifiers as a
// person types them, hides numbers in text, and counts SMS segments.
//
// Auth0 checks little of this. Creating a phone provider with the account SID
// "sid1", the sender "1234567890" (no plus) or an e-mail address as the sender
// succeeds, and the test endpoint answers 202 whatever it was given: the first
// to notice would be the user who waits for a code. So everything is checked
// here, before a request is made.
//
// The checks return an [*Error]: what is wrong, why that matters, what to do,
// with an example. Errors name the defect, never the value: a value may be a
// secret, or typed into the wrong field.
package phone
