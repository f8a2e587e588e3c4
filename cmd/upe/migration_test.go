package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"go.yaml.in/yaml/v3"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// crossing is one embedded tenant, served on this machine and migrated by the commands. A witness stands between them.
type crossing struct {
	t       *testing.T
	tenant  *emulator.Tenant
	witness *oracle.Witness
	wire    http.Handler // what the commands talk to: the witness
	want    testdata.Expected
	world   string
	dir     string // where the files and the run folders are
	url     string
	secrets oracle.Secrets
	env     map[string]string // the names of secrets, by the variable that the answers name for them

	plan  plan.Plan
	run   string
	state run.State
	flags []string
	said  map[string]any    // what the last command said, on either stream
	heard bytes.Buffer      // what all of them said
	given map[string]string // further variables of the environment
	out   oracle.Outcome
}

// newCrossing serves a tenant in another world than its file says.
func newCrossing(t *testing.T, name, world string) *crossing {
	t.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	var document map[string]any
	if err := json.Unmarshal(file, &document); err != nil {
		t.Fatal(err)
	}
	document["world"] = world
	if file, err = json.Marshal(document); err != nil {
		t.Fatal(err)
	}
	c := crossingOf(t, name, emulator.Options{File: file})
	c.world = world
	return c
}

// crossingOf serves a tenant like the embedded one of this name, whose admin gives the same answers.
func crossingOf(t *testing.T, name string, opts emulator.Options) *crossing {
	t.Helper()
	c := &crossing{t: t, dir: t.TempDir(), env: map[string]string{}}
	var err error
	c.want, err = testdata.Expectation(name)
	c.must(err)
	opts.BuildTime, opts.RateLimit = time.Nanosecond, roomy
	c.tenant, err = emulator.New(opts)
	c.must(err)
	c.secrets, err = oracle.SecretsOf(opts.File)
	c.must(err)
	c.witness = oracle.New(t.Context(), c.tenant)
	c.wire = c.witness
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { c.wire.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	c.url = server.URL
	c.answers()
	return c
}

func (c *crossing) must(err error) {
	c.t.Helper()
	if err != nil {
		c.t.Fatal(err)
	}
}

// answers writes the answers file, and the files that it names beside it.
func (c *crossing) answers() {
	var answers map[string]any
	c.must(yaml.Unmarshal(c.want.Answers, &answers))
	c.references("", answers)
	accepted, _ := answers["accept"].([]any)
	for _, id := range accepted {
		c.out.Gaps = append(c.out.Gaps, fmt.Sprint(id))
	}
	for name, text := range c.want.Files {
		c.must(os.WriteFile(c.file(name), []byte(text), modeFile))
	}
	if action, ok := answers["action"].(map[string]any); ok && action["file"] != nil {
		action["file"] = c.file(fmt.Sprint(action["file"]))
	}
	if answers == nil {
		answers = map[string]any{"schema": "upe.answers/1"}
	}
	raw, err := yaml.Marshal(answers)
	c.must(err)
	c.must(os.WriteFile(c.file("answers.yaml"), raw, modeFile))
}

// references finds which variables the answers name for which secrets.
func (c *crossing) references(path string, value any) {
	object, ok := value.(map[string]any)
	if !ok {
		return
	}
	if name, ok := object["env"].(string); ok && len(object) == 1 {
		c.env[name] = path
		return
	}
	for key, inner := range object {
		c.references(strings.TrimPrefix(path+"."+key, "."), inner)
	}
}

// lookup is the environment of the commands: the way to the tenant, and the secrets that its admin has at hand.
func (c *crossing) lookup(name string) (string, bool) {
	if value, ok := c.given[name]; ok {
		return value, true
	}
	for _, s := range c.plan.Secrets {
		if former := c.secrets.Named(s.Name, ""); len(s.Undo) > 0 && wizard.SecretEnv(s.Name) == name && former != "" {
			return former, true
		}
	}
	value := map[string]string{
		"AUTH0_DOMAIN": c.url, "AUTH0_API_TOKEN": c.tenant.Token(), "XDG_STATE_HOME": c.dir, "USER": "tester",
	}[name]
	if key, named := c.env[name]; named && value == "" {
		if value = c.secrets.Named(key, twilioAccount(c.plan)); value == "" {
			value = testdata.Secret(name)
		}
	}
	return value, value != ""
}

// execute runs a command as it is given.
func (c *crossing) execute(args ...string) (exit exitCode, out, errs []byte) {
	var stdout, stderr bytes.Buffer
	exit = execute(args, system{
		in: &bytes.Buffer{}, out: &stdout, err: &stderr, now: time.Now, random: randomLetters, lookup: c.lookup,
		signals: func() (context.Context, context.CancelFunc) { return context.WithCancel(c.t.Context()) },
	})
	c.heard.Write(slices.Concat(stdout.Bytes(), stderr.Bytes()))
	return exit, stdout.Bytes(), stderr.Bytes()
}

// upe runs a command, and keeps what it said.
func (c *crossing) upe(args ...string) exitCode {
	exit, out, errs := c.execute(append(args, "--json", "--answers", c.file("answers.yaml"))...)
	said := out
	if exit != exitOK {
		said = []byte(lastLine(string(errs))) // before it stands what happened meanwhile
	}
	c.said = map[string]any{}
	if err := json.Unmarshal(said, &c.said); err != nil {
		c.t.Fatalf("upe %s: exit code %d, said %s%s", strings.Join(args, " "), exit, out, errs)
	}
	c.witness.Look("upe " + args[0])
	if document := (runDocument{}); json.Unmarshal(out, &document) == nil && document.Schema == "upe.run/1" {
		c.run, c.state = document.Run, document.State
	}
	return exit
}

// migrate runs the commands one after the other, to the end or to the first refusal.
func (c *crossing) migrate() oracle.Outcome {
	ended := c.decide()
	if !ended {
		c.carryOut()
	}
	c.conclude()
	return c.out
}

// decide checks and plans. It reports whether there is nothing to carry out.
func (c *crossing) decide() (ended bool) {
	if c.upe("check") != exitOK || c.upe("plan", "-o", c.file("plan.json")) != exitOK {
		c.refused()
		return true
	}
	raw, err := os.ReadFile(c.file("plan.json"))
	if os.IsNotExist(err) {
		c.out.Result = testdata.Nothing
		return true
	}
	c.must(err)
	c.plan, err = plan.Parse(raw)
	c.must(err)
	c.witness.GiveUp(c.givenUp()...)
	return false
}

func (c *crossing) file(name string) string { return filepath.Join(c.dir, name) }

// givenUp are the MFA channels that the answers drop.
func (c *crossing) givenUp() []string {
	var dropped []string
	for _, r := range c.plan.Baseline {
		if r.Flow == "mfa" && c.plan.Summary.MessageTypes != nil && !slices.Contains(c.plan.Summary.MessageTypes, r.Channel) {
			dropped = append(dropped, r.Channel)
		}
	}
	return dropped
}

// refused keeps who refused: the code and the details of the problem, and the steps that failed.
func (c *crossing) refused() {
	c.out.Result = testdata.Blocked
	for _, key := range []string{"code", "failed", "why"} {
		if text, ok := c.said[key].(string); ok {
			c.out.By = append(append(c.out.By, text), oracle.Named(text)...)
		}
	}
	details, _ := c.said["details"].([]any)
	for _, d := range details {
		if fields, ok := d.(map[string]any); ok {
			c.out.By = append(c.out.By, fmt.Sprint(fields["name"]))
		}
	}
	c.stand()
	for _, s := range c.state.Steps {
		if s.Status == run.Broken || s.Status == run.Unclear {
			c.out.By = append(c.out.By, s.ID)
		}
	}
}

// stand reads where the run stands, if there is one.
func (c *crossing) stand() {
	a := &app{system: system{lookup: c.lookup, now: time.Now, random: randomLetters}}
	dir, err := a.runsDir()
	c.must(err)
	folders, err := runFolders(dir)
	if err != nil || len(folders) == 0 {
		return
	}
	f, err := readFolder(folders[len(folders)-1])
	c.must(err)
	c.state, _, err = f.state()
	c.must(err)
}

func (c *crossing) carryOut() {
	if !c.must0(c.upe("prepare", c.file("plan.json"))) {
		return
	}
	for _, move := range c.plan.Summary.Moves {
		override, ok := c.prove(move)
		if !ok || !c.enable(move, override) || !c.must0(c.upe("confirm", c.run, "--move", move.ID, "--by", "Ada")) {
			return
		}
	}
	for _, s := range c.plan.In(plan.After, "") {
		if s.Kind == plan.Manual && s.Proof == "person" && !c.must0(c.upe("confirm", c.run, "--step", s.ID, "--by", "Ada")) {
			return
		}
	}
	c.out.Result = testdata.Holds
	if exit := c.upe("status", c.run, "--detailed-exitcode"); exit != exitOK || c.said["finished"] != true {
		c.wrong("the run is not finished: %v", c.said["waits_for"])
	}
}

// must0 reports whether a command succeeded, and keeps who refused otherwise.
func (c *crossing) must0(exit exitCode) bool {
	if exit != exitOK {
		c.refused()
	}
	return exit == exitOK
}

func (c *crossing) wrong(format string, args ...any) {
	c.out.Wrong = append(c.out.Wrong, fmt.Sprintf(format, args...))
}

// prove sends the test messages that a move needs, and says whether they arrived. Where Auth0 refuses to send one, the move is made
// without, for a reason.
func (c *crossing) prove(move plan.Move) (override []string, ok bool) {
	for _, channel := range move.Channels {
		if slices.ContainsFunc(c.state.Evidence, func(e run.Evidence) bool { return e.Channel == channel && e.Proves() }) {
			continue
		}
		before := len(c.tenant.Handset())
		switch exit := c.upe("test", c.run, "--to", "+15550001234", "--channel", channel); {
		case exit == exitError:
			override = []string{"--override", "Auth0 refuses test messages before the switch", "--by", "Ada"}
			continue
		case exit != exitOK:
			c.refused()
			return nil, false
		}
		word, arrived := "--not-arrived", len(c.tenant.Handset()) > before
		if arrived {
			word = "--arrived"
		}
		if !c.must0(c.upe("test", c.run, word, "--channel", channel, "--by", "Ada")) {
			return nil, false
		}
		if !arrived {
			c.out.Result, c.out.By = testdata.Blocked, []string{"test-" + channel}
			return nil, false
		}
	}
	return override, true
}

// enable makes a move, with what only the Dashboard can do.
func (c *crossing) enable(move plan.Move, override []string) bool {
	args := append([]string{"enable", c.run, "--move", move.Name, "--confirm", c.plan.Tenant.Domain}, override...)
	exit := c.upe(args...)
	for exit == exitDecision && c.said["code"] == "waiting" && c.byHand(move) {
		exit = c.upe(args...)
	}
	return c.must0(exit)
}

// byHand turns the switch in the Dashboard that a move waits for.
func (c *crossing) byHand(move plan.Move) bool {
	flag := "legacy_passwordless_phone_provider"
	if move.ID == plan.MoveMFA {
		flag = "legacy_mfa_phone_provider"
	}
	if slices.Contains(c.flags, flag) {
		return false
	}
	c.must(c.tenant.Toggle(flag, false))
	c.flags = append(c.flags, flag)
	c.witness.Look("Dashboard")
	return true
}

// conclude compares the tenant with what was to become of it.
func (c *crossing) conclude() {
	c.out.Lost = c.lost()
	end := oracle.End{Flags: c.flags, FlagMovesAll: c.world == "flag-flips-all", Writes: c.written()}
	for _, move := range c.plan.Summary.Moves {
		end.Moves = append(end.Moves, move.ID)
	}
	if c.out.Result != testdata.Holds {
		c.out.Wrong = append(c.out.Wrong, c.witness.Untouched(end)...)
		if writes := c.witness.Writes(); len(writes) != len(c.out.Wrote) {
			c.wrong("%d steps wrote, and the tenant saw %d writes: %s", len(c.out.Wrote), len(writes), strings.Join(writes, ", "))
		}
		return
	}
	if len(c.out.Lost) > 0 {
		c.out.Result = testdata.Gap
	}
	wrong, along := c.witness.Complaints(end)
	c.out.Wrong, c.out.Along = append(c.out.Wrong, wrong...), along
}

// lost is what the witness saw, with steps in place of requests.
func (c *crossing) lost() []oracle.Loss {
	steps := map[string]string{}
	for _, s := range c.plan.Steps {
		if s.Call != nil {
			steps[s.Call.Op.Method()+" /api/v2"+s.Call.Path()] = s.ID
		}
	}
	lost := c.witness.Lost()
	for i := range lost {
		lost[i].From, lost[i].Until = cmp.Or(steps[lost[i].From], lost[i].From), cmp.Or(steps[lost[i].Until], lost[i].Until)
	}
	return lost
}

// written are the calls of the steps that are done, and keeps the steps that wrote.
func (c *crossing) written() []tenant.Call {
	var calls []tenant.Call
	for _, s := range c.state.Steps {
		step, _ := c.plan.Step(s.ID)
		if step.Kind != plan.Request || s.Status != run.Done {
			continue
		}
		calls = append(calls, *step.Call)
		if s.How != run.Adopted {
			c.out.Wrote = append(c.out.Wrote, s.ID)
		}
	}
	return calls
}
