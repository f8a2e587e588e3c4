package judge_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/flows/judge"
	"upe/flows/tenant"
	"upe/testdata"
)

// verdict is a judgement as an expectation writes it.
type verdict struct {
	Verdict, State   string
	Routes, Findings []string
}

// TestScenarios judges the embedded tenants, each in every world. What decides a route in a world shows only once something is
// switched, so the judgement before is the same in all.
func TestScenarios(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e, err := testdata.Expectation(name)
			if err != nil {
				t.Fatal(err)
			}
			want := verdict{e.Verdict, e.State, slices.Clip(e.Routes), e.Findings}
			for _, world := range emulator.Worlds() {
				j := judge.Judge(readScenario(t, name, world))
				if diff := cmp.Diff(want, written(j)); diff != "" {
					t.Fatalf("in the world %s (-want +got):\n%s", world, diff)
				}
				complete(t, j)
				discreet(t, name, j)
			}
		})
	}
}

// TestATenantWithoutVoiceStillSendsSMS: Auth0 refuses the whole list of message types to such a tenant, and its MFA by SMS goes on. The
// emulator refuses voice when somebody turns it on, so the refusal of the list is put in here.
func TestATenantWithoutVoiceStillSendsSMS(t *testing.T) {
	t.Parallel()
	snapshot := readScenario(t, "voice-not-allowed", emulator.Worlds()[0])
	refuse(tenant.PathMessageTypes, tenant.GetMessageTypes, tenant.CodeVoiceNotAllowed)(snapshot.Parts)
	j := judge.Judge(snapshot)
	want := verdict{
		"eligible", "legacy", []string{"mfa sms: legacy twilio"}, []string{"voice-not-allowed", "legacy-endpoints-stop", "no-user-feedback"},
	}
	if diff := cmp.Diff(want, written(j)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// written puts a judgement into the words of an expectation.
func written(j judge.Judgement) verdict {
	v := verdict{Verdict: string(j.Verdict), State: string(j.State), Routes: []string{}, Findings: []string{}}
	for _, r := range j.Routes {
		v.Routes = append(v.Routes, testdata.Route(string(r.Flow), r.Channel, r.Name, string(r.Via), r.Carrier.Kind, r.Delivers))
	}
	for _, f := range j.Findings {
		v.Findings = append(v.Findings, f.ID)
	}
	return v
}

// readScenario takes a snapshot of an embedded tenant with the tenant's own token, as if it lived in another world.
func readScenario(t *testing.T, name, world string) tenant.Snapshot {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	embedded, err := emulator.New(emulator.Options{File: inWorld(t, file, world)})
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := tenant.Read(t.Context(), embedded.Identity(), embedded.Port(tenant.Permit{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

func inWorld(t *testing.T, file []byte, world string) []byte {
	t.Helper()
	var keys map[string]json.RawMessage
	if err := json.Unmarshal(file, &keys); err != nil {
		t.Fatal(err)
	}
	keys["world"] = json.RawMessage(encode(world))
	return []byte(encode(keys))
}

// discreet fails for a judgement that holds one of the tenant's secrets, wherever: evidence is exact values, and these are none.
func discreet(t *testing.T, name string, j judge.Judgement) {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	said := encode(j)
	for _, secret := range secretsOf(t, file) {
		if strings.Contains(said, secret) {
			t.Errorf("the judgement holds the secret %q", secret)
		}
	}
}

// secretsOf are the secrets of a tenant file: they all say what they are.
func secretsOf(t *testing.T, file []byte) []string {
	t.Helper()
	var document any
	if err := json.Unmarshal(file, &document); err != nil {
		t.Fatal(err)
	}
	var found []string
	var walk func(any)
	walk = func(value any) {
		switch v := value.(type) {
		case map[string]any:
			for _, inner := range v {
				walk(inner)
			}
		case []any:
			for _, inner := range v {
				walk(inner)
			}
		case string:
			if strings.HasPrefix(v, "not-a-real-") {
				found = append(found, v)
			}
		}
	}
	walk(document)
	return found
}
