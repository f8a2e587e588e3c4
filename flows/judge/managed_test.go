package judge_test

import (
	"strings"
	"testing"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// TestHowItIsKnownThatATenantIsManaged: the finding says what it goes by, and no more than that.
func TestHowItIsKnownThatATenantIsManaged(t *testing.T) {
	t.Parallel()
	const (
		terraform = `{"client_id":"app1","tool":"terraform","writes":true}`
		deploy    = `{"client_id":"app2","tool":"deploy-cli","writes":true}`
		reading   = `{"client_id":"app1","tool":"terraform"}`
		maybe     = "Terraform or the Deploy CLI may keep this tenant as code"
	)
	for name, c := range map[string]struct {
		in           shape
		title, basis string
		evidence     int
	}{
		"it writes":                   {operators(terraform), "This tenant is managed with Terraform", "names itself in its requests", 1},
		"both write":                  {operators(terraform, deploy), "This tenant is managed with Auth0's Deploy CLI and Terraform", "names itself", 2},
		"two applications, one tool":  {operators(terraform, strings.Replace(terraform, "app1", "app2", 1)), "This tenant is managed with Terraform", "names itself", 2},
		"it was seen to read alone":   {operators(reading), maybe, "names itself in its requests", 1},
		"a name, and its requests":    {all(applications("Terraform"), operators(`{"client_id":"a"}`)), maybe, "the tenant logs show that it is in use", 1},
		"a name, and others requests": {all(applications("Terraform"), operators(`{"client_id":"b"}`)), maybe, "newest 100 API operations in the tenant logs are not its", 1},
		"a name, and empty logs":      {all(applications("Terraform"), operators()), maybe, "It may be retired", 1},
		"a name, and no logs":         {all(applications("Terraform"), refuse(tenant.PathLogs, tenant.ListLogs, tenant.CodeScope)), maybe, "were not read", 1},
		"a name in the logs alone":    {operators(`{"client_id":"x","client_name":"a0deploy"}`), maybe, "the tenant logs show that it is in use", 1},
		"a name beside what writes":   {all(applications("Shop", "Terraform"), operators(terraform)), "This tenant is managed with Terraform", "names itself", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f, ok := judge.Judge(snapshot(mfaTwilio("sms"), c.in)).Finding("managed-as-code")
			if !ok || f.Title != c.title || !strings.Contains(f.Consequence, c.basis) || len(f.Evidence) != c.evidence {
				t.Errorf("%v, %+v", ok, f)
			}
		})
	}
	if f, ok := judge.Judge(snapshot(operators(`{"client_id":"app1","writes":true}`))).Finding("managed-as-code"); ok {
		t.Errorf("an application that uses the API is no tool: %+v", f)
	}
}
