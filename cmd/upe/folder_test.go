package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

func testPlan() plan.Plan {
	who := tenant.Identity{Domain: "acme.us.auth0.com"}
	return plan.Plan{Schema: plan.Schema, Tenant: who, Summary: plan.Summary{Moves: []plan.Move{}}}.Sealed()
}

func testSnapshot() tenant.Snapshot {
	return tenant.Snapshot{Schema: tenant.SnapshotSchema, Parts: map[string]tenant.Part{
		tenant.PathTwilio: {Raw: []byte(`{"sid":"AC1","auth_token":"canary"}`)},
	}}
}

func TestARunFolderHoldsNoSecretAndIsItsOwners(t *testing.T) {
	t.Parallel()
	f, err := testApp(t).createFolder(testPlan(), testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	defer f.close() //nolint:errcheck // a test's
	err = filepath.WalkDir(f.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := d.Info()
		if err != nil {
			return err
		}
		if loose := info.Mode().Perm() &^ modeFolder; loose != 0 {
			t.Errorf("%s has mode %o", path, info.Mode().Perm())
		}
		if raw, err := os.ReadFile(path); err == nil && strings.Contains(string(raw), "canary") {
			t.Errorf("%s holds the secret", path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

func TestOneRunOneProgram(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	first, err := a.createFolder(testPlan(), testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	second, err := a.findFolder(first.id())
	if err != nil {
		t.Fatal(err)
	}
	var p *problem
	if err := second.lock(); !errors.As(err, &p) || p.code != "run-in-use" || p.exit != exitRefused {
		t.Fatalf("a second lock: %v", err)
	}
	if err := first.close(); err != nil {
		t.Fatal(err)
	}
	if err := second.lock(); err != nil {
		t.Errorf("after the first has ended: %v", err)
	}
	if err := second.close(); err != nil {
		t.Error(err)
	}
}

func TestTheJournalGrows(t *testing.T) {
	t.Parallel()
	j := journal{filepath.Join(t.TempDir(), fileJournal)}
	if raw, err := j.Read(); err != nil || len(raw) != 0 {
		t.Fatalf("before it begins: %q, %v", raw, err)
	}
	for _, line := range []string{"one\n", "two\n"} {
		if err := j.Append([]byte(line)); err != nil {
			t.Fatal(err)
		}
	}
	if raw, err := j.Read(); err != nil || string(raw) != "one\ntwo\n" {
		t.Errorf("journal %q, %v", raw, err)
	}
	if err := (journal{t.TempDir()}).Append(nil); err == nil {
		t.Error("a directory was appended to")
	}
}

// TestACutJournalIsSaidSo: the folder of a run that cannot be trusted is listed with the reason, beside the others.
func TestACutJournalIsSaidSo(t *testing.T) {
	t.Parallel()
	a := testApp(t)
	f, err := a.createFolder(testPlan(), testSnapshot())
	if err != nil {
		t.Fatal(err)
	}
	defer f.close() //nolint:errcheck // a test's
	if err := os.WriteFile(f.journalPath(), []byte("nonsense\n{\"seq\":1,\"event\":\"began\"}\n"), modeFile); err != nil {
		t.Fatal(err)
	}
	if line := testApp(t).lineOf(f.dir); !strings.Contains(line.Error, "line 1") {
		t.Errorf("the list says %+v", line)
	}
	if _, _, err := f.state(); err == nil || errors.Is(err, run.ErrOtherPlan) {
		t.Errorf("state: %v", err)
	}
}

func TestSavingNeverReplaces(t *testing.T) {
	dir := t.TempDir()
	t.Chdir(dir)
	for _, want := range []string{"plan.json", "plan-2.json", "plan-3.json"} {
		got, err := save("plan.json", []byte(want))
		if err != nil || got != want {
			t.Errorf("saved %q, %v, want %q", got, err, want)
		}
		if raw, err := os.ReadFile(filepath.Join(dir, want)); err != nil || string(raw) != want {
			t.Errorf("%s holds %q, %v", want, raw, err)
		}
	}
}
