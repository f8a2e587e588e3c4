// Package proof runs what sends a message today and the Action that is to send it tomorrow side by side, and says whether they do the
// same.
//
// The old side is an [Old]: an Action of the trigger send-phone-message ([Legacy]; both versions of it, and Hooks), or the request
// that Auth0 itself makes to an SMS gateway ([Gateway]) or to Twilio ([Twilio]). The new side is the code of an Action of
// custom-phone-provider. Both get the same message: the old side as the event it knew, the new side as the event of the new trigger
// with the same values, in the sandbox of package js, where nothing leaves the process and the clock stands still.
//
// # What is compared
//
// Codes of each flow, for login and enrolment, by each delivery method, with each way a gateway can answer: accepted, refused (400),
// broken (500), not reached, slow. For each of these [Case]s: every request (method, address, headers, body), every call of a module
// or of the cache with its arguments, every console line, how the run ended, and the error it ended with. Engine messages such as
// "cannot read property" differ between engines and name the field that was renamed, so of those only the class counts. A
// JSON Web Token is compared by what it says.
//
// # What is not
//
// Only what ran is certified. What a module does that is not really there, what follows from answers nobody gave, voice wordings, and
// whatever else stayed dark is in [Proof.NotExercised]. Differences that the admin decided are in [Proof.Chosen]: never hidden, and
// not held against the Action. Notifications without a code never reached the old side, so what the new side does with them is told in
// [Proof.Notices] and compared with nothing.
package proof
