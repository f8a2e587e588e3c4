package scan_test

import (
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"upe/flows/scan"
)

// fixture are the files of a row's fixture in which something is found.
func fixture(t *testing.T, row string) []scan.File {
	t.Helper()
	archive, err := txtar.ParseFile(filepath.Join("testdata", "rows", row+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	tree, _ := unpack(archive)
	var files []scan.File
	if _, err := scan.Scan(t.Context(), scan.Options{FS: tree, Root: "."}, func(f scan.File) error {
		files = append(files, f)
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return files
}

func fixtureHits(t *testing.T, row string) []scan.Hit {
	t.Helper()
	var hits []scan.Hit
	for _, f := range fixture(t, row) {
		hits = append(hits, f.Hits...)
	}
	return hits
}

func TestText(t *testing.T) {
	t.Parallel()
	got := scan.Text(fixture(t, "python-4")[1])
	want := `found/wrapper.py
  2:16  GET /guardian/factors/sms/providers/twilio  [likely]
      | return api.get_factor_providers("sms", "twilio")
      what     auth0-python up to 4
      after    403 legacy_mfa_phone_provider_not_allowed once MFA uses the tenant-level provider
      instead  no method up to 4; upgrade to 5, or call: GET /branding/phone/providers[/{id}]
      scopes   read:phone_providers
      note     The fields have new names: configuration.sid, default_from, mssid and, required,
               delivery_methods; credentials.auth_token is never returned.
`
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("text (-want +got):\n%s", diff)
	}
}

func TestSummary(t *testing.T) {
	t.Parallel()
	s := scan.Summary{
		Files: 1234, Bytes: 3 << 20, Findings: 3, Hints: 1, Hit: 2, Vendored: 1, Ignored: 2, Unreadable: 2, Problems: []string{"a: permission denied"},
		Endpoints: []scan.Count{{Endpoint: "GET /guardian/factors/sms/templates", Findings: 3}},
	}
	s.Merge(scan.Summary{Findings: 1, Hit: 1, Files: 1, Endpoints: []scan.Count{{Endpoint: "PUT /guardian/factors/sms/templates", Findings: 1}}})
	want := `4 places stop working in 3 files. 1 hint besides.
      1  PUT /guardian/factors/sms/templates
`
	if got := s.Text(); !strings.HasPrefix(got, "4 places stop working in 3 files. 1 hint besides.\n") || !strings.Contains(got, want[strings.Index(want, "\n")+1:]) {
		t.Errorf("summary:\n%s", got)
	}
	for _, part := range []string{"1,235 text files (3.0 MB)", "1 vendored folder, 2 ignored files or folders,", "could not be read: a: permission denied", "and 1 more"} {
		if !strings.Contains(strings.Join(strings.Fields(s.Text()), " "), part) {
			t.Errorf("the summary does not say %q:\n%s", part, s.Text())
		}
	}
	if got := (scan.Summary{}).Sentence(); got != "Nothing found that stops working." {
		t.Errorf("nothing found: %q", got)
	}
}

// TestSARIF checks what code scanning services ask for: rules that results point at, places, levels, and fingerprints that tell apart.
func TestSARIF(t *testing.T) {
	t.Parallel()
	files := append(fixture(t, "http"), fixture(t, "deploy-cli-actions")...)
	raw, err := json.Marshal(scan.NewSARIF("v1.2.3", files))
	if err != nil {
		t.Fatal(err)
	}
	var log struct {
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Rules []struct{ ID string }
				}
			}
			Results []struct {
				RuleID, Level string
				RuleIndex     int
				Locations     []struct {
					PhysicalLocation struct {
						ArtifactLocation struct{ URI string }
						Region           struct{ StartLine, StartColumn int }
					}
				}
				PartialFingerprints map[string]string
			}
		}
	}
	if err := json.Unmarshal(raw, &log); err != nil {
		t.Fatal(err)
	}
	run, hits, levels, prints := log.Runs[0], 0, map[string]bool{}, map[string]bool{}
	for _, f := range files {
		hits += len(f.Hits)
	}
	if log.Version != "2.1.0" || len(run.Results) != hits || len(run.Tool.Driver.Rules) != len(scan.Rows()) {
		t.Fatalf("version %s, %d results of %d hits, %d rules", log.Version, len(run.Results), hits, len(run.Tool.Driver.Rules))
	}
	for _, r := range run.Results {
		place := r.Locations[0].PhysicalLocation
		if run.Tool.Driver.Rules[r.RuleIndex].ID != r.RuleID || place.Region.StartLine < 1 || place.Region.StartColumn < 1 {
			t.Errorf("result %+v", r)
		}
		if strings.ContainsAny(place.ArtifactLocation.URI, " \\") {
			t.Errorf("no URI: %q", place.ArtifactLocation.URI)
		}
		print := place.ArtifactLocation.URI + r.PartialFingerprints["upeScan/v1"]
		if prints[print] {
			t.Errorf("two results are the same: %s", print)
		}
		prints[print], levels[r.Level] = true, true
	}
	if !levels["error"] || !levels["warning"] || !levels["note"] {
		t.Errorf("levels %v, want all three", levels)
	}
	if empty, err := json.Marshal(scan.NewSARIF("", nil)); err != nil || !strings.Contains(string(empty), `"results":[]`) {
		t.Errorf("without results: %s, %v", empty, err)
	}
}
