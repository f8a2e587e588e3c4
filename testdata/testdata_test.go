package testdata_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"upe/testdata"
)

// TestEveryScenarioIsWhole: a tenant, an expectation, a title, and a place in the index.
func TestEveryScenarioIsWhole(t *testing.T) {
	t.Parallel()
	var files []string
	for _, name := range testdata.Tenants() {
		files = append(files, name+".json", name+".yaml")
		if title := testdata.Title(name); title == "" || strings.ContainsAny(title, "\n\t") || len([]rune(title)) > 90 {
			t.Errorf("%s: the title %q is not one short line", name, title)
		}
		if _, err := testdata.Tenant(name); err != nil {
			t.Error(err)
		}
		if _, err := testdata.Expectation(name); err != nil {
			t.Error(err)
		}
	}
	slices.Sort(files)
	if twice := len(files) - len(slices.Compact(slices.Clone(files))); twice > 0 {
		t.Errorf("%d entries of the index are there twice", twice)
	}
	entries, err := os.ReadDir("tenants")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if _, found := slices.BinarySearch(files, entry.Name()); !found {
			t.Errorf("tenants/%s has no place in the index", entry.Name())
		}
	}
}

// TestExpectationsMakeSense holds each against itself: an outcome says what it must, and nothing that means nothing.
func TestExpectationsMakeSense(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			e := expectation(t, name)
			if !slices.Contains([]string{"blocked", "needs-decision", "half-migrated", "migrated", "eligible"}, e.Verdict) {
				t.Errorf("no verdict %q", e.Verdict)
			}
			if !slices.Contains([]string{"none", "legacy", "mixed", "unified"}, e.State) {
				t.Errorf("no state %q", e.State)
			}
			if _, all := e.Worlds["*"]; !all {
				t.Error("no outcome for the worlds that are not named")
			}
			for world, o := range e.Worlds {
				sensible(t, world, o)
				if e.Migrates == (o.Result == testdata.Nothing) && o.Result != testdata.Blocked {
					t.Errorf("%s: %s, though migrates is %v", world, o.Result, e.Migrates)
				}
			}
			for quirk, o := range e.Quirks {
				sensible(t, quirk, o)
			}
			if e.Migrates && e.Answers == nil {
				t.Error("it migrates without answers")
			}
			if !e.Migrates && e.In("docs").Result == testdata.Holds {
				t.Error("it holds though it does not migrate")
			}
		})
	}
}

func sensible(t *testing.T, where string, o testdata.Outcome) {
	t.Helper()
	switch {
	case !slices.Contains([]testdata.Result{testdata.Holds, testdata.Blocked, testdata.Gap, testdata.Nothing}, o.Result):
		t.Errorf("%s: no result %q", where, o.Result)
	case (o.Result == testdata.Blocked) != (o.By != ""), o.Result != testdata.Blocked && len(o.Wrote) > 0:
		t.Errorf("%s: %+v: a block, and only a block, says by what and what was written before", where, o)
	case (o.Result == testdata.Gap) != (o.Accepted != ""), (o.Result == testdata.Gap) != (o.Length != ""):
		t.Errorf("%s: %+v: a gap, and only a gap, says who accepted it and how long it is", where, o)
	}
}

// TestOutcomes: what is not named is "*"; a world that blocks does so under every quirk; the earliest refusal wins.
func TestOutcomes(t *testing.T) {
	t.Parallel()
	e := testdata.Expected{
		Worlds: map[string]testdata.Outcome{"*": {Result: testdata.Holds}, "flat": {Result: testdata.Blocked, By: "provider"}},
		Quirks: map[string]testdata.Outcome{
			"early": {Result: testdata.Blocked, By: "provider"},
			"late":  {Result: testdata.Blocked, By: "test-text", Wrote: []string{"provider"}},
		},
	}
	for _, c := range []struct {
		world  string
		quirks []string
		by     string
	}{
		{"docs", nil, ""},
		{"docs", []string{"harmless"}, ""},
		{"docs", []string{"late"}, "test-text"},
		{"docs", []string{"late", "early"}, "provider"},
		{"docs", []string{"early", "late"}, "provider"},
		{"flat", []string{"late"}, "provider"},
	} {
		if got := e.In(c.world, c.quirks...); got.By != c.by || (c.by == "") != (got.Result == testdata.Holds) {
			t.Errorf("%s %v: %+v, want it blocked by %q", c.world, c.quirks, got, c.by)
		}
	}
}

// TestNothingIsReal: whatever stands in these files can be shown to anybody. Numbers are those that Twilio keeps for tests, hosts are
// those kept for examples, secrets say what they are.
func TestNothingIsReal(t *testing.T) {
	t.Parallel()
	for _, path := range glob(t, "tenants/*") {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, number := range numbers.FindAllString(string(raw), -1) {
			if !strings.HasPrefix(number, "+1500555") {
				t.Errorf("%s: %s is not one of the numbers kept for tests", path, number)
			}
		}
		for _, host := range hosts.FindAllStringSubmatch(string(raw), -1) {
			if !strings.HasSuffix(host[1], ".example") && host[1] != "example.com" {
				t.Errorf("%s: %s could be somebody's", path, host[1])
			}
		}
		for _, secret := range secrets.FindAllStringSubmatch(string(raw), -1) {
			if !strings.HasPrefix(secret[1], "not-a-real-") {
				t.Errorf("%s: %q does not say that it is none", path, secret[1])
			}
		}
	}
}

// TestSecretsOfAnswers: every reference of the answers is one that Secret knows.
func TestSecretsOfAnswers(t *testing.T) {
	t.Parallel()
	for _, name := range testdata.Tenants() {
		for _, m := range references.FindAllStringSubmatch(string(expectation(t, name).Answers), -1) {
			if value := testdata.Secret(m[1]); len(value) < 32 || len(value) > 255 {
				t.Errorf("%s: %s is %q, which would not pass for a Twilio AuthToken", name, m[1], value)
			}
		}
	}
	if got := testdata.Secret("HOME"); got != "" {
		t.Errorf("HOME is a secret of ours: %q", got)
	}
}

func TestUnknownNames(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"mfa-twlio":    "near it: mfa-twilio",
		"mfa":          "near it: ",
		"twilio":       "same-twilio",
		"xyzzy":        "they begin with mfa-twilio, ",
		"../testdata":  "they begin with",
		"":             "they begin with",
		"Passwordless": "near it: passwordless-",
	} {
		_, err := testdata.Tenant(name)
		_, same := testdata.Expectation(name)
		if err == nil || !strings.Contains(err.Error(), want) || same == nil || same.Error() != err.Error() {
			t.Errorf("%q: %v, want %q", name, err, want)
		}
		if testdata.Title(name) != "" {
			t.Errorf("%q has a title", name)
		}
		if errors.Is(err, fs.ErrNotExist) || err != nil && len(err.Error()) > 250 {
			t.Errorf("%q: not an error to read: %v", name, err)
		}
	}
}

func expectation(t *testing.T, name string) testdata.Expected {
	t.Helper()
	e, err := testdata.Expectation(name)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func glob(t *testing.T, pattern string) []string {
	t.Helper()
	paths, err := filepath.Glob(pattern)
	if err != nil || len(paths) == 0 {
		t.Fatal(paths, err)
	}
	return paths
}
