package main

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// reading are the commands as they are given in a dry run, by their names; RUN, PLAN and DOMAIN are filled in. A command that is not
// here is missing from the test.
func reading() map[string][]string {
	return map[string][]string{
		"check":     {"check", "check --detailed-exitcode"},
		"plan":      {"plan", "plan -o dry.json --force", "plan --write-answers dry.yaml --force"},
		"rehearse":  {}, // it talks to copies: see the test of rehearsals
		"prepare":   {"prepare PLAN", "prepare RUN"},
		"test":      {"test RUN --to +15550001234", "test RUN --arrived --by Ada", "test RUN --not-arrived --by Ada"},
		"enable":    {"enable RUN --move mfa --confirm DOMAIN", "enable RUN --move mfa --confirm DOMAIN --override because --by Ada"},
		"confirm":   {"confirm RUN --by Ada", "confirm RUN --move mfa --by Ada"},
		"watch":     {"watch RUN --once"},
		"resume":    {"resume RUN"},
		"revert":    {"revert RUN", "revert RUN --confirm DOMAIN", "revert RUN --anew --confirm DOMAIN", "revert RUN --give-up --confirm DOMAIN"},
		"status":    {"status", "status RUN"},
		"show":      {"show RUN", "show PLAN"},
		"doctor":    {"doctor"},
		"bundle":    {"bundle create -o dry.bundle"},
		"translate": {"translate --check"},
		"fleet":     {}, // its clients read only, whatever the flags
		"scan":      {}, // it talks to nobody
		"tables":    {}, // it talks to nobody
		"emulate":   {}, // it is talked to
		"version":   {}, // it talks to nobody
	}
}

// TestADryRunSendsNothingButReads gives every command with --dry-run and with --read-only, before a run, in the middle of one, and on
// the way back, on a tenant that answers and on one that does not.
func TestADryRunSendsNothingButReads(t *testing.T) {
	t.Parallel()
	for _, command := range (&app{}).root().Commands() {
		if _, known := reading()[command.Name()]; !known {
			t.Errorf("the command %s is not tried", command.Name())
		}
	}
	for _, flag := range []string{"--dry-run", "--read-only"} {
		if testing.Short() && flag != "--dry-run" {
			continue // it takes the same way
		}
		t.Run(flag, func(t *testing.T) {
			t.Parallel()
			c := newCrossing(t, "mfa-twilio", "docs")
			if c.decide() {
				t.Fatal("there is no plan")
			}
			domain := c.plan.Tenant.Domain
			c.onlyReads(flag) // before there is a run
			c.insist("prepare", c.file("plan.json"))
			c.onlyReads(flag)
			c.insist("test", c.run, "--to", "+15550001234")
			c.insist("test", c.run, "--arrived", "--by", "Ada")
			c.onlyReads(flag)
			// In the middle of a move, and of the way back.
			c.tenant.Inject(emulator.Fault{Match: string(tenant.PatchSettings), Kind: emulator.FaultRefuse})
			if c.upe("enable", c.run, "--move", "mfa", "--confirm", domain) == exitOK {
				t.Error("the move was not interrupted: the test does not see the middle of it")
			}
			c.onlyReads(flag)
			c.insist("enable", c.run, "--move", "mfa", "--confirm", domain)
			c.onlyReads(flag)
			c.tenant.Inject(emulator.Fault{Match: string(tenant.DeleteProvider), Kind: emulator.FaultRefuse})
			if c.upe("revert", c.run, "--confirm", domain) == exitOK {
				t.Error("the way back was not interrupted: the test does not see the middle of it")
			}
			c.onlyReads(flag)
			c.insist("revert", c.run, "--confirm", domain)
			c.onlyReads(flag)
		})
	}
}

// onlyReads gives every command, first to a tenant that works and then to one on which everything goes wrong, and looks at what was sent.
func (c *crossing) onlyReads(flag string) {
	c.t.Helper()
	for _, troubled := range []bool{false, true} {
		for _, lines := range reading() {
			for _, line := range lines {
				if c.run == "" && strings.Contains(line, "RUN") {
					continue
				}
				if troubled {
					c.tenant.Inject(
						emulator.Fault{Skip: 2, Kind: emulator.FaultReset}, emulator.Fault{Skip: 5, Kind: emulator.FaultMalformed},
						emulator.Fault{Skip: 7, Kind: emulator.FaultRefuse, Status: http.StatusForbidden},
					)
				}
				c.onlyReadsFor(line, flag)
			}
		}
	}
	c.calm()
}

// calm has what was to go wrong, and has not, go wrong for somebody else.
func (c *crossing) calm() {
	for range 200 {
		r, err := http.NewRequestWithContext(c.t.Context(), http.MethodGet, c.url+"/api/v2/tenants/settings", http.NoBody)
		c.must(err)
		if answer, err := http.DefaultClient.Do(r); err == nil {
			c.must(answer.Body.Close())
		}
	}
}

func (c *crossing) onlyReadsFor(line, flag string) {
	c.t.Helper()
	args := strings.Fields(strings.NewReplacer("RUN", c.run, "PLAN", c.file("plan.json"), "DOMAIN", c.plan.Tenant.Domain, "dry.", c.file("dry.")).Replace(line))
	before, state := len(c.tenant.Requests()), c.tenant.Version()
	c.execute(append(args, flag, "--answers", c.file("answers.yaml"))...)
	for _, r := range c.tenant.Requests()[before:] {
		if r.Method != http.MethodGet && r.Path != "/oauth/token" {
			c.t.Errorf("upe %s %s: %s %s was sent", line, flag, r.Method, r.Path)
		}
	}
	if c.tenant.Version() != state {
		c.t.Errorf("upe %s %s changed the tenant", line, flag)
	}
}

// TestASessionThatReadsHasNoWayToWrite: whatever a screen, or a command, holds in its hand, the transport lets no write through.
func TestASessionThatReadsHasNoWayToWrite(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--dry-run", "--read-only"} {
		c := newCrossing(t, "mfa-twilio", "docs")
		a := &app{system: system{lookup: c.lookup, now: time.Now}, global: globals{dryRun: flag == "--dry-run", readOnly: flag == "--read-only"}}
		s, err := a.connect(t.Context())
		c.must(err)
		t.Cleanup(s.close)
		writes := 0
		for _, op := range tenant.Ops() {
			if !op.Writes() {
				continue
			}
			writes++
			call := tenant.Call{Op: op, ID: "con_1", Body: []byte(`{}`)}
			permit := plan.Plan{Tenant: s.who, Steps: []plan.Step{{Call: &call}}}.Permit()
			if _, err := s.api(permit).Do(t.Context(), call); err == nil {
				t.Errorf("%s: %s went through", flag, op)
			}
		}
		for _, r := range c.tenant.Requests() {
			if r.Method != http.MethodGet && r.Path != "/oauth/token" {
				t.Errorf("%s: %s %s was sent", flag, r.Method, r.Path)
			}
		}
		if writes < 20 {
			t.Errorf("only %d operations write: the test sees little", writes)
		}
	}
}
