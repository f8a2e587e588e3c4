package fleet_test

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"upe/client/emulator"
	"upe/flows/fleet"
	"upe/flows/judge"
	"upe/flows/tenant"
	"upe/testdata"
)

func now() time.Time { return time.Unix(1_800_000_000, 0) }

// TestParts: the parts of a list are the list, each tenant in one of them, and no part is larger than another by more than one.
func TestParts(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		list := make([]fleet.Tenant, rapid.IntRange(0, 40).Draw(t, "tenants"))
		for i := range list {
			list[i].Domain = fmt.Sprint(i)
		}
		n := rapid.IntRange(1, 9).Draw(t, "parts")
		seen := map[string]int{}
		for k := 1; k <= n; k++ {
			part := fleet.Part(list, k, n)
			if len(part) != len(list)/n && len(part) != len(list)/n+1 {
				t.Fatalf("part %d of %d has %d of %d tenants", k, n, len(part), len(list))
			}
			for _, one := range part {
				seen[one.Domain]++
			}
		}
		for _, one := range list {
			if seen[one.Domain] != 1 {
				t.Fatalf("tenant %s is in %d parts", one.Domain, seen[one.Domain])
			}
		}
	})
}

func TestFilesAreSeenFromTheList(t *testing.T) {
	t.Parallel()
	absolute := filepath.Join(t.TempDir(), "b")
	here := fleet.Tenant{Token: fleet.Ref{File: "a"}, ClientSecret: fleet.Ref{File: absolute}, Bundle: "../c.json"}.In("lists/eu")
	if here.Token.File != filepath.Join("lists", "eu", "a") || here.ClientSecret.File != absolute || here.Bundle != filepath.Join("lists", "c.json") {
		t.Errorf("%+v", here)
	}
	if env := (fleet.Tenant{Token: fleet.Ref{Env: "A"}}).In("lists"); env.Token != (fleet.Ref{Env: "A"}) || env.Keys() != "token: {env: A}" {
		t.Errorf("%+v: %s", env, env.Keys())
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	const head = "schema: upe.fleet/1\ntenants:\n"
	for _, c := range []struct{ name, list, fails string }{
		{"a token", head + "  - {domain: a.auth0.com, token: {env: A}}", ""},
		{"an application", head + "  - {domain: a.auth0.com, client_id: x, client_secret: {file: secret}}", ""},
		{"a bundle", head + "  - {domain: a.auth0.com, bundle: a.json}", ""},
		{"no schema", "tenants: []", "it begins with `schema: upe.fleet/1`"},
		{"nothing", "", "it begins with"},
		{"no tenants", "schema: upe.fleet/1", "names no tenants"},
		{"no domain", head + "  - {token: {env: A}}", "it has no domain"},
		{"no credentials", head + "  - {domain: a.auth0.com}", "a.auth0.com has no credentials"},
		{"half an application", head + "  - {domain: a.auth0.com, client_id: x}", "has no credentials"},
		{"too many credentials", head + "  - {domain: a.auth0.com, token: {env: A}, client_id: x}", "one of them is enough"},
		{"a bundle with credentials", head + "  - {domain: a.auth0.com, bundle: x, token: {env: A}}", "a bundle needs none"},
		{"a secret in the list", head + "  - {domain: a.auth0.com, token: hush}", "line 3: a secret is never in the list, only where it is"},
		{"a secret in the wrong place", head + "  - {domain: a.auth0.com, token: {value: hush}}", "{env: NAME} or {file: PATH}, and nothing else"},
		{"two secrets in a place", head + "  - {domain: a.auth0.com, token: {env: [hush]}}", "{env: NAME} or {file: PATH}, and nothing else"},
		{"twice", head + "  - {domain: a.auth0.com, token: {env: A}}\n  - {domain: a.auth0.com, token: {env: B}}", "there twice"},
		{"unknown key", head + "  - {domain: a.auth0.com, token: {env: A}, scope: all}", "scope"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			_, err := fleet.Parse([]byte(c.list))
			if c.fails == "" && err != nil || c.fails != "" && (err == nil || !strings.Contains(err.Error(), c.fails)) {
				t.Errorf("%v, want %q", err, c.fails)
			}
			if err != nil && (strings.Contains(err.Error(), "hush") || strings.Contains(err.Error(), "fleet.")) {
				t.Errorf("a secret, or a type of the program, is in the error: %v", err)
			}
		})
	}
}

// worlds are the embedded tenants, each with a domain of its own.
func worlds(tb testing.TB) ([]fleet.Tenant, func(context.Context, fleet.Tenant) (tenant.Snapshot, error)) {
	tb.Helper()
	var list []fleet.Tenant
	for _, name := range testdata.Tenants() {
		list = append(list, fleet.Tenant{Domain: name + ".example", Name: name})
	}
	return list, func(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
		raw, err := testdata.Tenant(t.Name)
		if err != nil {
			return tenant.Snapshot{}, err
		}
		world, err := emulator.New(emulator.Options{File: raw, Now: now})
		if err != nil {
			return tenant.Snapshot{}, err
		}
		return tenant.Read(ctx, world.Identity(), world.Port(tenant.Permit{}), nil)
	}
}

// TestCheck: every tenant has one result, and a failure of one is its own.
func TestCheck(t *testing.T) {
	t.Parallel()
	list, read := worlds(t)
	broken := errors.New("the cable is cut")
	options := fleet.Options{AtOnce: 4, Now: now, Read: func(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
		if t.Name == "mfa-action" {
			return tenant.Snapshot{}, broken
		}
		return read(ctx, t)
	}}
	var results []fleet.Result
	var lines []byte
	if err := fleet.Check(t.Context(), list, options, func(r fleet.Result) error {
		results = append(results, r)
		line, err := r.Line()
		lines = append(lines, line...)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(results) != len(list) {
		t.Fatalf("%d results of %d tenants", len(results), len(list))
	}
	for _, r := range results {
		want, err := testdata.Expectation(r.Name)
		if err != nil {
			t.Fatal(err)
		}
		switch {
		case r.Name == "mfa-action":
			if r.Failure == nil || r.Failure.Text != broken.Error() || r.Verdict != "" {
				t.Errorf("%+v, want the failure", r)
			}
		case string(r.Verdict) != want.Verdict || string(r.State) != want.State:
			t.Errorf("%s: %s %s, want %s %s", r.Name, r.Verdict, r.State, want.Verdict, want.State)
		}
	}
	back, err := fleet.Results(append(lines, `{"schema":"upe.fleet-res`...))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(results, back); diff != "" {
		t.Error(diff)
	}
	if open := fleet.Open(list, back); len(open) != 1 || open[0].Name != "mfa-action" {
		t.Errorf("still open: %v", open)
	}
}

func TestResultsOfAnotherFile(t *testing.T) {
	t.Parallel()
	for _, raw := range []string{"{}\n", "not json\n{}\n", `{"schema":"upe.plan/1"}`} {
		if _, err := fleet.Results([]byte(raw)); err == nil {
			t.Errorf("%q was taken for results", raw)
		}
	}
}

// TestStopping: when the context ends, nothing that came of it is a result.
func TestStopping(t *testing.T) {
	t.Parallel()
	list, _ := worlds(t)
	ctx, stop := context.WithCancel(t.Context())
	var begun atomic.Int32
	err := fleet.Check(ctx, list, fleet.Options{AtOnce: 3, Now: now, Read: func(ctx context.Context, _ fleet.Tenant) (tenant.Snapshot, error) {
		if begun.Add(1) == 3 {
			stop()
		}
		<-ctx.Done()
		return tenant.Snapshot{}, ctx.Err()
	}}, func(r fleet.Result) error { return fmt.Errorf("a result: %+v", r) })
	if !errors.Is(err, context.Canceled) || begun.Load() > 3 {
		t.Errorf("%v after %d tenants", err, begun.Load())
	}
}

// TestAtOnce: no more tenants are read at the same time than was said.
func TestAtOnce(t *testing.T) {
	t.Parallel()
	list, _ := worlds(t)
	var now32, most atomic.Int32
	_ = fleet.Check(t.Context(), list, fleet.Options{AtOnce: 5, Now: now, Read: func(context.Context, fleet.Tenant) (tenant.Snapshot, error) {
		n := now32.Add(1)
		for m := most.Load(); n > m && !most.CompareAndSwap(m, n); m = most.Load() {
		}
		time.Sleep(time.Millisecond)
		now32.Add(-1)
		return tenant.Snapshot{}, errors.New("no matter")
	}}, func(fleet.Result) error { return nil })
	if most.Load() > 5 || most.Load() < 2 {
		t.Errorf("%d at once, want 5", most.Load())
	}
}

// TestShapes: tenants that differ only in names, numbers and accounts have one shape; another carrier is another shape.
func TestShapes(t *testing.T) {
	t.Parallel()
	of := func(account, kind string) judge.Judgement {
		return judge.Judgement{State: judge.StateLegacy, Verdict: judge.Eligible, Routes: []judge.Route{
			{Flow: judge.MFA, Channel: "sms", Via: judge.Legacy, Carrier: judge.Carrier{Kind: kind, Account: account}, Delivers: true},
		}}
	}
	same, other := fleet.ShapeOf(of("AC1", "twilio")), fleet.ShapeOf(of("AC2", "twilio"))
	if same != other {
		t.Errorf("%q and %q", same, other)
	}
	if strings.Contains(same, "AC1") || fleet.ShapeOf(of("AC1", "action")) == same {
		t.Errorf("%q", same)
	}
	groups := fleet.Shapes([]fleet.Result{
		{Name: "b", Shape: same, Verdict: judge.Eligible},
		{Name: "x", Failure: &fleet.Failure{}},
		{Name: "c", Shape: "another", Verdict: judge.Eligible},
		{Name: "a", Shape: other, Verdict: judge.Eligible},
	})
	if len(groups) != 2 || !slices.Equal(groups[0].Tenants, []string{"a", "b"}) {
		t.Errorf("%+v", groups)
	}
}
