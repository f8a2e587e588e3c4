package wizard_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/run"
	"upe/testdata"
)

// combination is one way in which Auth0 may behave.
type combination struct {
	world  string
	quirks []string
}

// flagMovesAll is the world in which the tenant flag moves everything, whatever was chosen.
const flagMovesAll = "flag-flips-all"

// file is a tenant file in this combination. The quirks of the file itself stay.
func (c combination) file(tenant []byte) ([]byte, error) {
	var file map[string]any
	if err := json.Unmarshal(tenant, &file); err != nil {
		return nil, err
	}
	quirks, _ := file["quirks"].(map[string]any)
	quirks = maps.Clone(quirks)
	if quirks == nil {
		quirks = map[string]any{}
	}
	for _, q := range c.quirks {
		if !own(q) {
			quirks[q] = true
		}
	}
	file["world"], file["quirks"] = c.world, quirks
	return json.Marshal(file)
}

// counts are how many migrations came to what.
type counts struct {
	mu      sync.Mutex
	total   int
	results map[testdata.Result]int
}

func (c *counts) add(o oracle.Outcome) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.total++
	c.results[o.Result]++
}

func (c *counts) String() string {
	return fmt.Sprintf("%d migrations: %d held, %d were blocked, %d had a gap that was accepted, %d had nothing to do", c.total,
		c.results[testdata.Holds], c.results[testdata.Blocked], c.results[testdata.Gap], c.results[testdata.Nothing])
}

// TestMigrations migrates every embedded tenant as its admin's answers say, in every world, with the quirks in pairs. A witness asks
// for every code after every write, and compares what became of the tenant with what its file expects. A short run takes a few
// of them, without quirks.
func TestMigrations(t *testing.T) {
	t.Parallel()
	c := &counts{results: map[testdata.Result]int{}}
	t.Cleanup(func() { t.Log(c) })
	generous := debug.SetGCPercent(400) // thousands of tenants are made and thrown away
	t.Cleanup(func() { debug.SetGCPercent(generous) })
	for _, s := range all(t) {
		if testing.Short() && !slices.Contains(few, s.name) {
			continue
		}
		for _, world := range emulator.Worlds() {
			rows := rowsFor(s.name, s.want, quirksIn(t, s.file), world)
			if testing.Short() || s.runsAnAction() && world != emulator.Worlds()[0] && os.Getenv(everyEnv) == "" {
				rows = rows[:1]
			}
			t.Run(s.name+"/"+world, func(t *testing.T) {
				t.Parallel()
				seen := grievances{}
				for _, quirks := range rows {
					got := s.migrate(t, combination{world, quirks}).out
					c.add(got)
					seen.add(got.Against(outcome(s.want, world, quirks)), quirks)
				}
				seen.report(t)
			})
		}
	}
}

// Where the flag alone closes MFA's old settings and the Dashboard's switch alone moves MFA, all that can be read says that MFA has
// moved. A login shows that it has not: the code comes the old way. Nothing is lost, and nothing has changed for users.
func TestOnlyALoginTellsThatNothingMoved(t *testing.T) {
	t.Parallel()
	got := scenarioOf(t, "mfa-twilio").migrate(t, combination{"dashboard", []string{"legacy_closed_by_flag"}}).out
	refused := testdata.Outcome{
		Result: testdata.Blocked, By: "mfa", Wrote: []string{"provider", "template-otp_enroll", "template-otp_verify", "tenant-flag"},
	}
	for _, complaint := range got.Against(refused) {
		t.Error(complaint)
	}
}

// Whether a tenant may use voice shows when voice is added, and not before. MFA has moved by then, with the factors that it had: no code
// is lost, and the run says what was refused.
func TestAFactorThatAuth0RefusesDoesNotHoldUpTheMove(t *testing.T) {
	t.Parallel()
	for _, s := range all(t) {
		if s.name != "mfa-twilio-add-voice" {
			continue
		}
		m := s.migrate(t, combination{emulator.Worlds()[0], []string{"voice_not_allowed"}})
		if !m.state.Finished || m.out.Result != testdata.Holds {
			t.Errorf("finished %v, %s, refused by %q", m.state.Finished, m.out.Result, m.out.By)
		}
		i := slices.IndexFunc(m.state.Steps, func(s run.StepState) bool { return s.ID == "message-types-add" })
		if refused := m.state.Steps[i].Error; refused == nil || refused.Code != "voice_mfa_not_allowed" {
			t.Errorf("the added factor: %+v", m.state.Steps[i])
		}
		if lost := m.witness.Lost(); len(lost) > 0 {
			t.Errorf("lost: %v", lost)
		}
		for route, came := range m.witness.Now("mfa") {
			if !came.Delivered || came.Via != emulator.ViaTenantTwilio {
				t.Errorf("%s: %+v", route, came)
			}
		}
	}
}

// runsAnAction reports whether a migration makes an Action and proves it. Each code runs it as well, so its quirks are tried in the
// default world only, unless every combination is asked for.
func (s trial) runsAnAction() bool { return bytes.Contains(s.want.Answers, []byte("action")) }

// quirksIn lists the quirks of a tenant file.
func quirksIn(t *testing.T, tenant []byte) []string {
	t.Helper()
	var file struct {
		Quirks map[string]bool `json:"quirks"`
	}
	if err := json.Unmarshal(tenant, &file); err != nil {
		t.Fatal(err)
	}
	return slices.Collect(maps.Keys(file.Quirks))
}

// trial is an emulated tenant with what is expected of it.
type trial struct {
	name string
	file []byte
	want testdata.Expected
}

// all are the embedded tenants, and what their admins could have chosen as well.
func all(t *testing.T) []trial {
	t.Helper()
	var trials []trial
	for _, name := range testdata.Tenants() {
		trials = append(trials, scenarioOf(t, name))
	}
	for _, v := range variants() {
		trials = append(trials, v.trial(t))
	}
	return trials
}

func scenarioOf(t *testing.T, name string) trial {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	want, err := testdata.Expectation(name)
	if err != nil {
		t.Fatal(err)
	}
	return trial{name, file, want}
}

// migrate runs a migration under a clock of its own, so that waiting costs nothing.
func (s trial) migrate(t *testing.T, way combination) *migration {
	t.Helper()
	file, err := way.file(s.file)
	if err != nil {
		t.Fatal(err)
	}
	var m *migration
	synctest.Test(t, func(t *testing.T) {
		var err error
		if m, err = migrate(context.Background(), file, way, s.want); err != nil {
			t.Fatal(err)
		}
	})
	return m
}

// grievances are complaints with the rows of quirks that they came up in.
type grievances map[string][][]string

func (g grievances) add(complaints, quirks []string) {
	for _, c := range complaints {
		g[c] = append(g[c], quirks)
	}
}

// report says each complaint once, with what its rows have in common: that is what to look at first.
func (g grievances) report(t *testing.T) {
	t.Helper()
	for _, complaint := range slices.Sorted(maps.Keys(g)) {
		rows := g[complaint]
		common := slices.Clone(rows[0])
		for _, row := range rows[1:] {
			common = slices.DeleteFunc(common, func(q string) bool { return !slices.Contains(row, q) })
		}
		t.Errorf("%s: %s\n        in %d rows of quirks, with: %s", t.Name(), complaint, len(rows), strings.Join(common, " "))
	}
}
