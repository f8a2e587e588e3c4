// Package login turns credentials into a source of access tokens for one tenant's Management API.
//
// These kinds of credentials are known, by the names that Auth0's Terraform provider, command line tool and SDKs use:
//
//   - a Management API token ([EnvToken]), used as it is until it expires;
//   - an application's client id and secret ([EnvClientID], [EnvClientSecret]), exchanged at /oauth/token for tokens that are
//     kept until shortly before they expire;
//   - an application's client id and private key ([EnvPrivateKey]): the same exchange, with a short-lived signed assertion in place
//     of the secret, which never leaves the computer then;
//   - the login that auth0-cli keeps in its configuration and the system's keyring ([CLI]), which is only read;
//   - a person's login in any browser, on any device ([Device]), through an application that allows the Device Code grant.
//
// Nothing is stored: a token lives as long as the program does. The package reads neither the environment nor files: the caller
// fills [Credentials] in, and hands over the keyring. No secret is ever part of an error,
// and the token request has an HTTP client of its own, outside the chain of package client: it is no request to the Management
// API, so it is neither guarded nor repeated, and it never follows a redirect, which would carry the secret elsewhere.
package login
