// Package export says what a plan comes to in the words of the tools that keep tenants as code: Terraform ([Terraform]) and Auth0's
// Deploy CLI ([DeployDirectory], [DeployYAML]).
//
// [Of] reads the plan's requests and keeps what the tenant has once all of them are done: a provider that is widened and narrowed
// again appears as it ends. What the plan does not write is not exported. No secret is in the result, because none is in a plan:
// Terraform gets sensitive variables, the Deploy CLI keywords.
//
// Both tools would carry a migration out in one go, without a test message between preparing and switching. So Terraform's files are
// split into what users do not notice and the switch, and every export says what neither tool can express: Terraform has no
// options.use_phone_provider, and a PATCH by it takes a connection back to its old way.
//
// HCL is written by a small emitter of this package; the tests parse it with HashiCorp's own parser and hold its format against
// HashiCorp's formatter.
package export
