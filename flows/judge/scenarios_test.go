package judge_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// TestScenarios judges the embedded tenants.
func TestScenarios(t *testing.T) {
	t.Parallel()
	type want struct {
		verdict  judge.Verdict
		state    judge.State
		findings string
	}
	for name, w := range map[string]want{
		"mfa-twilio": {judge.Eligible, judge.StateLegacy, "legacy-endpoints-stop no-user-feedback"},
		"mfa-twilio-voice": {
			judge.NeedsDecision, judge.StateLegacy,
			"delivery-methods-do-not-cover-factors messaging-service-and-voice legacy-endpoints-stop provider-exists-disabled no-user-feedback",
		},
		"mfa-action":          {judge.NeedsDecision, judge.StateLegacy, "action-must-be-translated legacy-endpoints-stop no-user-feedback"},
		"passwordless-twilio": {judge.Eligible, judge.StateLegacy, "no-user-feedback"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			j := judge.Judge(fromFile(t, name))
			if diff := cmp.Diff(w, want{j.Verdict, j.State, ids(j)}, cmp.AllowUnexported(want{})); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			for _, r := range j.Routes {
				if !r.Delivers {
					t.Errorf("%s %s does not deliver: %s", r.Flow, r.Channel, r.Problem)
				}
			}
			complete(t, j)
		})
	}
}

// tenantFile is a tenant file, as far as the judgement looks at it.
type tenantFile struct {
	Settings json.RawMessage `json:"settings"`
	Guardian struct {
		Factors   map[string]bool `json:"factors"`
		Types     []string        `json:"message_types"`
		Selected  string          `json:"selected_provider"`
		Twilio    json.RawMessage `json:"twilio"`
		Templates json.RawMessage `json:"templates"`
	} `json:"guardian"`
	Connections []map[string]any    `json:"connections"`
	Clients     json.RawMessage     `json:"clients"`
	Enabled     map[string][]string `json:"connection_clients"`
	Actions     []map[string]any    `json:"actions"`
	Bindings    map[string][]struct {
		ActionID string `json:"action_id"`
		Name     string `json:"display_name"`
	} `json:"bindings"`
	Providers []map[string]any `json:"phone_providers"`
}

// fromFile is the snapshot that a full read of the tenant gives.
func fromFile(t *testing.T, name string) tenant.Snapshot {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("..", "..", "testdata", "tenants", name+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var f tenantFile
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	shapes := []shape{
		part(tenant.PathSettings, "%s", f.Settings), part(tenant.PathClients, "%s", f.Clients),
		part(tenant.PathTwilio, "%s", f.Guardian.Twilio), part(tenant.PathMFATemplates, "%s", f.Guardian.Templates),
		part(tenant.PathMessageTypes, `{"message_types":%s}`, encode(f.Guardian.Types)),
		part(tenant.PathSelectedProvider, `{"provider":%q}`, f.Guardian.Selected),
		part(tenant.PathFactors, `[{"name":"sms","enabled":%v}]`, f.Guardian.Factors["sms"]),
		part(tenant.PathProviders, `{"providers":%s}`, encode(f.Providers)),
		part(tenant.PathLegacyActions, "%s", encode(f.Actions)), f.bindings(),
	}
	byStrategy := map[any][]map[string]any{}
	for _, c := range f.Connections {
		byStrategy[c["strategy"]] = append(byStrategy[c["strategy"]], c)
	}
	shapes = append(shapes, part(tenant.PathSMSConnections, "%s", encode(byStrategy["sms"])),
		part(tenant.PathDBConnections, "%s", encode(byStrategy["auth0"])))
	for id, clients := range f.Enabled {
		var list []tenant.Client
		for _, client := range clients {
			list = append(list, tenant.Client{ID: client})
		}
		shapes = append(shapes, part(tenant.ClientsPath(id), "%s", encode(list)))
	}
	return snapshot(shapes...)
}

// bindings as the API shows them: with the Action's name.
func (f tenantFile) bindings() shape {
	bound := []tenant.Binding{}
	for _, b := range f.Bindings[tenant.TriggerLegacy] {
		shown := tenant.Binding{DisplayName: b.Name}
		shown.Action.ID, shown.Action.Name = b.ActionID, b.Name
		bound = append(bound, shown)
	}
	return part(tenant.PathLegacyBindings, `{"bindings":%s}`, encode(bound))
}
