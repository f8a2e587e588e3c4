// Package openapitest holds what goes over the wire against Auth0's own OpenAPI description of the Management API. Only tests
// import it.
//
// A [Watch] stands between a client and a tenant, lets everything through unchanged, and notes each way in which a request or
// an answer is not as the [Description] says: an operation, a method, a query parameter or a status that is not there, a body
// that does not fit its schema. Authentication is left out: scopes have tests of their own.
//
// The description is not always right about the service. Where a recording of a real tenant says otherwise, [Known] has a row
// with the source, and the tests fail for a row that explains nothing any more.
package openapitest
