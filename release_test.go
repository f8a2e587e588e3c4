package upe_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v3"
)

// TestReleasesAreBuiltAlike: goreleaser builds the program as .ci/release does, whose size is checked.
func TestReleasesAreBuiltAlike(t *testing.T) {
	t.Parallel()
	var config struct {
		Builds []struct {
			Flags, Gcflags, Ldflags, Env []string
		}
	}
	if err := yaml.Unmarshal([]byte(read(t, ".goreleaser.yaml")), &config); err != nil {
		t.Fatal(err)
	}
	if len(config.Builds) != 1 {
		t.Fatalf("%d builds, want one", len(config.Builds))
	}
	build := config.Builds[0]
	script := read(t, ".ci/release")
	want := []string{"all=-l"}
	for _, pattern := range strings.Fields(between(t, script, "hot=(", ")")) {
		want = append(want, strings.Trim(pattern, "'")+"=")
	}
	if diff := cmp.Diff(want, build.Gcflags); diff != "" || len(want) < 5 {
		t.Errorf("gcflags (-.ci/release +.goreleaser.yaml):\n%s", diff)
	}
	command := regexp.MustCompile(`(?m)^(\S+) exec go build (\S+) .*-ldflags '([^']+)'`).FindStringSubmatch(script)
	if command == nil {
		t.Fatal(".ci/release has no go build with flags")
	}
	for what, pair := range map[string][2]string{
		"environment": {command[1], strings.Join(build.Env, " ")},
		"flags":       {command[2] + " -buildvcs=true", strings.Join(build.Flags, " ")}, // .ci/release leaves it to the builder
		"ldflags":     {command[3], strings.Join(build.Ldflags, " ")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: .ci/release has %q, .goreleaser.yaml %q", what, pair[0], pair[1])
		}
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// between is the first text between two others.
func between(t *testing.T, text, begin, end string) string {
	t.Helper()
	_, rest, found := strings.Cut(text, begin)
	inner, _, closed := strings.Cut(rest, end)
	if !found || !closed {
		t.Fatalf("there is nothing between %q and %q", begin, end)
	}
	return inner
}
