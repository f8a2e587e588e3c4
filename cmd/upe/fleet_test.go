package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/flows/fleet"
	"upe/testdata"
)

// fleetOf is a list of so many tenants over HTTP, and their tokens in an environment.
type fleetOf struct {
	testing.TB
	dir     string
	tenants []*emulator.Tenant
	list    strings.Builder
	env     map[string]string
}

func newFleetOf(tb testing.TB, size int) *fleetOf {
	tb.Helper()
	f := &fleetOf{TB: tb, dir: tb.TempDir(), env: map[string]string{}}
	f.list.WriteString("schema: upe.fleet/1\ntenants:\n")
	names := testdata.Tenants()
	for i := range size {
		f.add(names[i%len(names)], fmt.Sprintf("tenant-%03d.us.auth0.com", i))
	}
	return f
}

func (f *fleetOf) add(scenario, domain string) {
	f.Helper()
	raw, err := testdata.Tenant(scenario)
	if err != nil {
		f.Fatal(err)
	}
	var file map[string]json.RawMessage
	if err := json.Unmarshal(raw, &file); err != nil {
		f.Fatal(err)
	}
	file["domain"] = json.RawMessage(`"` + domain + `"`)
	raw, err = json.Marshal(file)
	if err != nil {
		f.Fatal(err)
	}
	t, err := emulator.New(emulator.Options{File: raw, Now: time.Now, RateLimit: roomy})
	if err != nil {
		f.Fatal(err)
	}
	server := httptest.NewServer(t)
	f.Cleanup(server.Close)
	variable := fmt.Sprintf("TOKEN_%d", len(f.tenants))
	f.env[variable] = t.Token()
	f.tenants = append(f.tenants, t)
	fmt.Fprintf(&f.list, "  - {domain: %s, url: %q, token: {env: %s}}\n", domain, server.URL, variable)
}

// check runs the command on the list.
func (f *fleetOf) check(ctx context.Context, args ...string) (exitCode, []byte, []byte) {
	f.Helper()
	list := filepath.Join(f.dir, "tenants.yaml")
	if err := os.WriteFile(list, []byte(f.list.String()), 0o600); err != nil {
		f.Fatal(err)
	}
	var out, errs bytes.Buffer
	exit := execute(append([]string{"fleet", "check", list}, args...), system{ //nolint:contextcheck // the program makes its own, by signals
		in: strings.NewReader(""), out: &out, err: &errs, now: time.Now, random: func() string { return "bcdfghjk" },
		lookup:  func(name string) (string, bool) { value, ok := f.env[name]; return value, ok },
		signals: func() (context.Context, context.CancelFunc) { return context.WithCancel(ctx) },
	})
	return exit, out.Bytes(), errs.Bytes()
}

func (f *fleetOf) results(out []byte) []fleet.Result {
	f.Helper()
	var document struct{ Results []fleet.Result }
	if err := json.Unmarshal(out, &document); err != nil {
		f.Fatalf("%v: %s", err, out)
	}
	return document.Results
}

// TestAFleet checks two hundred tenants, of which some fail, some are slow and some refuse to be hurried.
func TestAFleet(t *testing.T) {
	t.Parallel()
	size := 200
	if testing.Short() {
		size = 20
	}
	f := newFleetOf(t, size)
	f.tenants[3].Inject(emulator.Fault{Times: -1, Kind: emulator.FaultRefuse, Status: 401})
	f.tenants[5].Inject(emulator.Fault{Times: 1, Kind: emulator.FaultRefuse, Status: 429})
	f.tenants[7].Inject(emulator.Fault{Times: 2, Kind: emulator.FaultDelay, Delay: 50 * time.Millisecond})
	f.env["TOKEN_9"] = f.env["TOKEN_10"] // the credentials of another tenant
	delete(f.env, "TOKEN_11")
	exit, out, errs := f.check(t.Context(), "--json")
	if exit != exitError {
		t.Fatalf("exit code %d: %s", exit, errs)
	}
	results := f.results(out)
	if len(results) != size {
		t.Fatalf("%d results of %d tenants", len(results), size)
	}
	failed := map[string]string{}
	for i, r := range results {
		if r.Failure != nil {
			failed[r.Domain] = r.Failure.Code
			continue
		}
		want, err := testdata.Expectation(testdata.Tenants()[i%len(testdata.Tenants())])
		if err != nil {
			t.Fatal(err)
		}
		if string(r.Verdict) != want.Verdict {
			t.Errorf("%s: %s, want %s", r.Domain, r.Verdict, want.Verdict)
		}
	}
	if len(failed) != 3 || failed["tenant-009.us.auth0.com"] != "wrong-tenant" || failed["tenant-011.us.auth0.com"] != "credentials" ||
		failed["tenant-003.us.auth0.com"] == "" {
		t.Errorf("failures %v", failed)
	}
	if n := len(f.tenants[9].Requests()); n != 0 {
		t.Errorf("%d requests went to a tenant with the credentials of another", n)
	}
	for i, tenant := range f.tenants {
		for _, r := range tenant.Requests() {
			if r.Method != "GET" {
				t.Fatalf("tenant %d: %s %s", i, r.Method, r.Path)
			}
		}
	}
}

// TestAFleetGoesOn: what was interrupted goes on where it stopped, and asks nobody twice who has answered.
func TestAFleetGoesOn(t *testing.T) {
	t.Parallel()
	f := newFleetOf(t, 12)
	f.tenants[2].Inject(emulator.Fault{Kind: emulator.FaultRefuse, Status: 401})
	kept := filepath.Join(f.dir, "results.ndjson")
	ctx, stop := context.WithCancel(t.Context())
	f.tenants[6].Inject(emulator.Fault{Kind: emulator.FaultDelay, Delay: time.Minute})
	go func() {
		for len(f.tenants[6].Requests()) == 0 {
			time.Sleep(time.Millisecond)
		}
		stop()
	}()
	exit, _, errs := f.check(ctx, "--json", "--results", kept, "--at-once", "1")
	if exit != exitInterrupted || !bytes.Contains(errs, []byte("6 of 12 tenants have a result")) {
		t.Fatalf("exit code %d: %s", exit, errs)
	}
	if err := appendTo(kept, `{"schema":"upe.fle`); err != nil { // killed while it wrote
		t.Fatal(err)
	}
	before := len(f.tenants[0].Requests())
	exit, out, errs := f.check(t.Context(), "--json", "--results", kept)
	if exit != exitOK {
		t.Fatalf("exit code %d: %s", exit, errs)
	}
	if results := f.results(out); len(results) != 12 {
		t.Errorf("%d results", len(results))
	}
	if after := len(f.tenants[0].Requests()); after != before {
		t.Errorf("%d requests to a tenant that has its result", after-before)
	}
	exit, out, errs = f.check(t.Context(), "--results", kept, "--csv")
	rows, err := csv.NewReader(bytes.NewReader(out)).ReadAll()
	if exit != exitOK || err != nil || len(rows) != 13 || rows[1][0] != "tenant-000.us.auth0.com" {
		t.Errorf("exit code %d, %d rows, %v: %s", exit, len(rows), err, errs)
	}
}

func appendTo(path, text string) error {
	file, err := os.OpenFile(path, os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	if _, err := file.WriteString(text); err != nil {
		return err
	}
	return file.Close()
}

// TestAFleetIsSafeToLookAt: what a list calls its tenants, and what goes wrong with them, is shown and never obeyed, in every form.
func TestAFleetIsSafeToLookAt(t *testing.T) {
	t.Parallel()
	f := &fleetOf{TB: t, dir: t.TempDir(), env: map[string]string{}}
	f.list.WriteString("schema: upe.fleet/1\ntenants:\n  - {domain: a.us.auth0.com, name: \"\\e[2J=evil\\u202e\", token: {env: NONE}}\n")
	for _, form := range []string{"--csv", "--json", "--at-once=1"} {
		exit, out, errs := f.check(t.Context(), form)
		if exit != exitError || bytes.ContainsAny(append(out, errs...), "\x1b\u202e") {
			t.Errorf("%s: exit code %d, %q %q", form, exit, out, errs)
		}
	}
}
