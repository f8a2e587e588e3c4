package tenant_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/flows/tenant"
)

// operatorsOf reads a tenant with those logs.
func operatorsOf(tb testing.TB, logs string) (tenant.Snapshot, []tenant.Operator) {
	tb.Helper()
	api := legacy()
	api.answers[tenant.PathLogs] = logs
	s, err := tenant.Read(tb.Context(), who, api, nil)
	if err != nil {
		tb.Fatal(err)
	}
	list, known := s.Operators()
	if known == (s.Parts[tenant.PathLogs].Err != nil) {
		tb.Errorf("known %v of %s", known, logs)
	}
	return s, list
}

// TestOperators: what entries of the tenant logs tell about who used the Management API.
func TestOperators(t *testing.T) {
	t.Parallel()
	const (
		terraform = `"auth0_client":{"name":"go-auth0","version":"1.27.0","env":{"go":"1.24.1","Terraform-Provider-Auth0":"1.30.0"}}`
		deploy    = `"auth0_client":{"name":"node-auth0","version":"2.40.0","env":{"node":"16.15.0"}}`
		other     = `"user_agent":"Other 0.0.0 / Other 0.0.0"`
	)
	pipeline := tenant.Operator{ClientID: "app9", Tool: tenant.Terraform, Writes: true, Last: "2026-11-14T05:02:18Z"}
	for name, c := range map[string]struct {
		logs string
		want []tenant.Operator
	}{
		"Terraform, by the environment of its SDK": {
			`[{"type":"sapi","date":"2026-11-14T05:02:18.120Z","client_id":"app9","client_name":"",` + other + `,` + terraform + `}]`,
			[]tenant.Operator{pipeline},
		},
		"Terraform, by its User-Agent": {
			`[{"type":"sapi","date":"2026-11-14T05:02:18.120Z","client_id":"app9","user_agent":"Terraform-Provider-Auth0/1.30.0 (Go-Auth0-SDK/1.27.0; Terraform/1.9)"}]`,
			[]tenant.Operator{pipeline},
		},
		"the Deploy CLI": {
			`[{"type":"sapi","client_name":"CI","user_agent":"deploy-cli/7.12.1 (node.js/16.15.0)",` + deploy + `}]`,
			[]tenant.Operator{{ClientName: "CI", Tool: tenant.DeployCLI, Writes: true}},
		},
		"an SDK is no tool": {
			`[{"type":"sapi","client_id":"app1",` + other + `,` + deploy + `}]`,
			[]tenant.Operator{{ClientID: "app1", Writes: true}},
		},
		"reads and writes of one application": {
			`[{"type":"mgmt_api_read","date":"2026-11-15T05:00:00Z","client_id":"app9",` + terraform + `},
			  {"type":"sapi","date":"2026-11-14T05:00:00Z","client_id":"app9","client_name":"CI",` + terraform + `}]`,
			[]tenant.Operator{{ClientID: "app9", ClientName: "CI", Tool: tenant.Terraform, Writes: true, Last: "2026-11-15T05:00:00Z"}},
		},
		"only reads": {
			`[{"type":"mgmt_api_read","client_id":"app9",` + terraform + `}]`,
			[]tenant.Operator{{ClientID: "app9", Tool: tenant.Terraform}},
		},
		"the newest first, whatever the order": {
			`[{"type":"sapi","date":"2026-11-01T00:00:00Z","client_id":"app1"},{"type":"sapi","date":"2026-11-02T01:00:00+01:00","client_id":"app2"}]`,
			[]tenant.Operator{
				{ClientID: "app2", Writes: true, Last: "2026-11-02T00:00:00Z"}, {ClientID: "app1", Writes: true, Last: "2026-11-01T00:00:00Z"},
			},
		},
		"with totals around it":      {`{"start":0,"limit":100,"length":1,"logs":[{"type":"sapi","client_id":"app1"}]}`, []tenant.Operator{{ClientID: "app1", Writes: true}}},
		"a login that was not asked": {`[{"type":"s","client_id":"app1","user_name":"jane@acme.com","user_agent":"deploy-cli/1"}]`, []tenant.Operator{}},
		"nobody":                     {`[{"type":"sapi"}]`, []tenant.Operator{}},
		"odd types":                  {`[{"type":"sapi","client_id":7,"client_name":"CI","date":{"$date":1},"auth0_client":["x"],"user_agent":null},5,null]`, []tenant.Operator{{ClientName: "CI", Writes: true}}},
		"no list":                    {`{"error":"?"}`, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			_, got := operatorsOf(t, c.logs)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestOneRequestToTheLogs asks for the newest operations, and for nothing that is about people.
func TestOneRequestToTheLogs(t *testing.T) {
	t.Parallel()
	api := legacy()
	if _, err := tenant.Read(t.Context(), who, api, nil); err != nil {
		t.Fatal(err)
	}
	var asked []string
	for _, call := range api.asked() {
		if call.Op == tenant.ListLogs {
			asked = append(asked, call.Query.Encode())
		}
	}
	want := []string{"fields=type%2Cdate%2Cclient_id%2Cclient_name%2Cuser_agent%2Cauth0_client&include_fields=true&per_page=100&" +
		"q=type%3A%28sapi+OR+mgmt_api_read%29&sort=date%3A-1"}
	if diff := cmp.Diff(want, asked); diff != "" {
		t.Error(diff)
	}
}

// TestSnapshotsOfEarlierPrograms hold nothing of the logs, which is another thing than logs without operations.
func TestSnapshotsOfEarlierPrograms(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]bool{``: false, `[]`: true, `[{"client_id":"app1"}]`: true} {
		s := tenant.Snapshot{Parts: map[string]tenant.Part{tenant.PathLogs: {Raw: []byte(raw)}}}
		if _, known := s.Operators(); known != want {
			t.Errorf("%q: known %v", raw, known)
		}
	}
}

// TestNothingOfPeopleIsKept: whatever entries hold, and whether or not the tenant heeds what was asked for, only application, tool and
// time are kept.
func TestNothingOfPeopleIsKept(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		secret := func(label string) string {
			return "zz" + rapid.StringMatching(`[a-z0-9|@.+]{1,12}`).Draw(rt, label) + "zz"
		}
		people := []string{secret("user"), secret("name"), secret("address"), secret("body"), secret("agent"), secret("env")}
		entry := fmt.Sprintf(`{"type":%q,"client_id":"app1","client_name":"CI","user_id":%q,"user_name":%q,"ip":%q,
			"details":{"request":{"auth":{"user":{"email":%q}}}},"user_agent":%q,"auth0_client":{"name":%q,"env":{%q:%q}},"date":"2026-11-14T05:02:18Z"}`,
			rapid.SampledFrom([]string{"sapi", "mgmt_api_read", "s", "gd_send_sms"}).Draw(rt, "type"),
			people[0], people[1], people[2], people[3], "deploy-cli/"+people[4], people[5], "terraform-provider-auth0"+people[5], people[5])
		s, _ := operatorsOf(t, "["+entry+"]")
		for _, text := range people {
			if kept := string(s.Parts[tenant.PathLogs].Raw); strings.Contains(kept, text) {
				rt.Errorf("%q is kept: %s", text, kept)
			}
		}
	})
}
