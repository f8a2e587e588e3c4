// Package bundle makes a tenant into one file that its admin can give away: to support staff who may not touch the tenant.
//
// A bundle holds the snapshot that a migration is planned from, without secrets and without people. [Make] takes out what must not
// leave the tenant and lists it; [Bundle.Bytes] puts a checksum on the rest; [Parse] reads it back. A plan that is made from a bundle fits
// the tenant, because a plan relies on redacted values only, and a bundle keeps those (see package plan).
//
// # What is taken out
//
//   - Secrets, as everywhere (see tenant.Redact); of a gateway's address who logs in there and its query.
//   - People: e-mail addresses and user ids, wherever they stand but in wordings, which every user gets anyway. The program
//     reads no users and no recipients; of the logs it keeps only which applications used the Management API, and the tool.
//   - What no migration looks at: scripts and options of database connections, pages of the tenant's settings, the icons of integrations.
//   - On request, the code of Actions. Otherwise [Literals] shows what in it looks like a secret, before anything is given away: code
//     may hold what no rule finds.
//
// # Without this program
//
// Who may not run it can still read the tenant with Auth0's own command line tool. [Folder] is a tenant that consists of files: reading it
// tells which requests have no file yet, so the commands to run are never a second list of what is read.
package bundle
