package rehearsal

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/testdata"
)

// read takes a snapshot of an emulated tenant.
func read(t *testing.T, file []byte) tenant.Snapshot {
	t.Helper()
	emulated, err := emulator.New(emulator.Options{File: file})
	if err != nil {
		t.Fatal(err)
	}
	snapshot, err := tenant.Read(t.Context(), emulated.Identity(), emulated.Port(tenant.Permit{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	return snapshot
}

// compared are the parts that a plan relies on, or takes values from.
var compared = []string{
	tenant.PathSettings, tenant.PathFactors, tenant.PathMessageTypes, tenant.PathSelectedProvider, tenant.PathTwilio,
	tenant.PathMFATemplates, tenant.PathPolicies, tenant.PathProviders, tenant.PathPhoneTemplates, tenant.PathSMSConnections,
	tenant.PathPhoneActions, tenant.PathLegacyBindings, tenant.PathPhoneBindings, tenant.PathAllActions, tenant.PathProtection,
}

// A copy shows what the tenant shows, but for secrets and dates, and holds none of its secrets.
func TestACopyShowsWhatTheTenantShows(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			original, err := testdata.Tenant(name)
			if err != nil {
				t.Fatal(err)
			}
			snapshot := read(t, original)
			copied, err := file(snapshot, emulator.Worlds()[0])
			if err != nil {
				t.Fatal(err)
			}
			for _, path := range snapshot.Paths() {
				for _, secret := range tenant.Secrets(snapshot.Parts[path].Raw) {
					if !strings.Contains(secret, "***") && strings.Contains(string(copied), secret) {
						t.Errorf("the copy holds a secret of %s", path)
					}
				}
			}
			shown := read(t, copied)
			for _, path := range compared {
				if diff := cmp.Diff(plain(t, snapshot.Parts[path]), plain(t, shown.Parts[path])); diff != "" {
					t.Errorf("%s (-tenant +copy):\n%s", path, diff)
				}
			}
			if snapshot.Has(tenant.PathLogs) != shown.Has(tenant.PathLogs) { // the copy's own logs begin empty
				t.Errorf("the logs can be read of one of them only")
			}
			if diff := cmp.Diff(snapshot.Tenant, shown.Tenant); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// plain is a part without secrets and dates, and without what only the log of an Action's versions tells.
func plain(t *testing.T, part tenant.Part) any {
	t.Helper()
	if part.Err != nil {
		return part.Err.Code
	}
	if tenant.Empty(part.Raw) {
		return nil
	}
	document, err := plan.Decode(tenant.Redact(part.Raw))
	if err != nil {
		t.Fatal(err)
	}
	return undated(document)
}

func undated(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key := range v {
			if slices.Contains([]string{"created_at", "updated_at", "built_at", "build_time"}, key) {
				delete(v, key)
				continue
			}
			v[key] = undated(v[key])
		}
	case []any:
		for i := range v {
			v[i] = undated(v[i])
		}
	}
	return value
}

// Whatever Auth0 may show some day, a copy can be made, or it is said why not.
func TestWhatACopyDoesNotKnowIsLeftOut(t *testing.T) {
	t.Parallel()
	part := func(raw string) tenant.Part { return tenant.Part{Raw: json.RawMessage(raw)} }
	snapshot := tenant.Snapshot{Schema: tenant.SnapshotSchema, Tenant: tenant.Identity{Domain: "localhost:8080"}, Parts: map[string]tenant.Part{
		tenant.PathSettings:         part(`{"friendly_name":7,"phone_consolidated_experience":"unified"}`),
		tenant.PathFactors:          part(`[{"name":"sms","enabled":true},{"name":"telepathy","enabled":true}]`),
		tenant.PathMessageTypes:     part(`{"message_types":["sms","whatsapp"]}`),
		tenant.PathSelectedProvider: part(`{"provider":"pigeon"}`),
		tenant.PathTwilio:           part(`{"sid":"AC1","region":"eu"}`),
		tenant.PathMFATemplates:     part(`{"verification_message":"{{code}}","farewell":"bye"}`),
		tenant.PathProviders:        part(`{"providers":[{"id":"pro_1","name":"pigeon"}]}`),
		tenant.PathPhoneTemplates:   part(`{"templates":[{"id":"tem_1","type":"birthday"}]}`),
		tenant.PathSMSConnections:   part(`[{"id":"con_1"},{"id":"con_2","name":"sms","strategy":"sms","options":7}]`),
		tenant.PathLegacyActions:    part(`[{"id":"a"},7]`),
		tenant.PathLegacyBindings:   part(`{"bindings":[{"id":"b","action":{"id":"gone"}}]}`),
		tenant.PathClients:          part(`[{"name":"without an id"}]`),
		tenant.PathProtection:       part(`[]`),
	}}
	copied, err := file(snapshot, "docs")
	if err != nil {
		t.Fatal(err)
	}
	shown := read(t, copied)
	if got := shown.MessageTypes(); !slices.Equal(got, []string{"sms"}) {
		t.Errorf("message types %v", got)
	}
	if shown.Provider() != nil || len(shown.SMSConnections()) != 1 || !shown.Factor("sms") {
		t.Errorf("copied: %s", copied)
	}
}

func FuzzACopyIsATenantFileOrAnError(f *testing.F) {
	f.Add(tenant.PathSettings, `{"phone_consolidated_experience":true}`)
	f.Add(tenant.PathSMSConnections, `[{"id":"c","name":"n","strategy":"sms","options":{"twilio_sid":"AC","twilio_token":"***"}}]`)
	f.Add(tenant.PathPhoneActions, `[{"id":"a","name":"n","supported_triggers":[{"id":"custom-phone-provider"}],"secrets":[{"name":"S"}]}]`)
	f.Add(tenant.PathLegacyBindings, `{"bindings":[{"action":{"id":"a"}}]}`)
	f.Fuzz(func(t *testing.T, path, raw string) {
		snapshot := tenant.Snapshot{Parts: map[string]tenant.Part{path: {Raw: json.RawMessage(raw)}}}
		copied, err := file(snapshot, "docs")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = emulator.New(emulator.Options{File: copied}) // refuses what it does not know, and does not panic
	})
}
