// Package login turns credentials into a source of access tokens for one tenant's Management API.
//
// Two kinds of credentials are known, by the names that Auth0's Terraform provider and SDKs use:
//
//   - a Management API token ([EnvToken]), used as it is until it expires;
//   - an application's client id and secret ([EnvClientID], [EnvClientSecret]), exchanged at /oauth/token for tokens that are
//     kept until shortly before they expire.
//
// The package reads neither the environment nor files: the caller fills [Credentials] in. No secret is ever part of an error,
// and the token request has an HTTP client of its own, outside the chain of package client: it is no request to the Management
// API, so it is neither guarded nor repeated, and it never follows a redirect, which would carry the secret elsewhere.
package login
