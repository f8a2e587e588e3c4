package main

import (
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
)

// inworld WORLD NAME FILE writes an embedded tenant as a file, in another world.
func inWorld(ts *testscript.TestScript, neg bool, args []string) {
	raw, err := tenantFile(args[1])
	ts.Check(err)
	var file map[string]any
	ts.Check(json.Unmarshal(raw, &file))
	file["world"] = args[0]
	raw, err = json.Marshal(file)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), raw, 0o600))
}

// sametenant FILE FILE compares two states of an emulated tenant, but for logs, dates and versions.
func sameTenant(ts *testscript.TestScript, neg bool, args []string) {
	var texts []string
	for _, name := range args {
		var state any
		ts.Check(json.Unmarshal([]byte(ts.ReadFile(name)), &state))
		raw, err := json.MarshalIndent(unstamped(state), "", " ")
		ts.Check(err)
		texts = append(texts, string(raw))
	}
	if same := texts[0] == texts[1]; same == neg {
		ts.Fatalf("the same: %v\n%s", same, firstDifference(texts[0], texts[1]))
	}
}

// unstamped is a state without what nobody can put back. A trigger with no bindings is as one that never had any.
func unstamped(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			if bindings, ok := inner.([]any); ok && key == "custom-phone-provider" && len(bindings) == 0 {
				delete(v, key)
				continue
			}
			if slices.Contains([]string{"logs", "created_at", "updated_at", "built_at", "versions", "deployed_version"}, key) {
				delete(v, key)
				continue
			}
			v[key] = unstamped(inner)
		}
	case []any:
		for i := range v {
			v[i] = unstamped(v[i])
		}
	}
	return value
}

func firstDifference(a, b string) string {
	as, bs := strings.Split(a, "\n"), strings.Split(b, "\n")
	for i := range min(len(as), len(bs)) {
		if as[i] != bs[i] {
			return "line " + strconv.Itoa(i) + ": " + as[i] + "\nand " + bs[i]
		}
	}
	return "one is longer"
}

// killed AFTER ARGS... runs upe, and kills it once the emulated tenant has seen so many writes more.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	after, err := strconv.Atoi(args[0])
	ts.Check(err)
	after += writesSeen(ts)
	cmd := upe(ts, args[1:]...)
	cmd.Env = append(cmd.Env, "UPE_TWILIO_AUTH_TOKEN="+ts.Getenv("UPE_TWILIO_AUTH_TOKEN"))
	ts.Check(cmd.Start())
	for deadline := time.Now().Add(10 * time.Second); writesSeen(ts) < after; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("no write was seen")
		}
	}
	ts.Check(cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		ts.Fatalf("it had ended already")
	}
}

// anymoment ROUNDS migrates with plan.json, and goes back, once undisturbed and then so many times more. Each of the commands that
// write is killed at another moment; resume, or the same command where nothing had begun, ends well, and the tenant is as it was.
func anyMoment(ts *testscript.TestScript, neg bool, args []string) {
	rounds, err := strconv.Atoi(args[0])
	ts.Check(err)
	domain, before := ts.Getenv("TENANT_DOMAIN"), stateOf(ts)
	var took [3]time.Duration
	for round := range rounds + 1 {
		at := func(n int) time.Duration { // the moment to kill the nth command: each round another, of its second half, where it writes
			return took[n]/2 + took[n]*time.Duration((round*3+n*2)%rounds+1)/time.Duration(2*rounds+2)
		}
		runs := runsIn(ts)
		took[0] = max(took[0], killedAt(ts, at(0), "prepare", "plan.json"))
		if len(runsIn(ts)) == len(runs) {
			ts.Check(ts.Exec("upe", "prepare", "plan.json"))
		}
		fresh := slices.DeleteFunc(runsIn(ts), func(id string) bool { return slices.Contains(runs, id) })
		ts.Check(ts.Exec("upe", "resume", fresh[0]))
		ts.Check(ts.Exec("upe", "test", fresh[0], "--to", "+15550001234"))
		ts.Check(ts.Exec("upe", "test", fresh[0], "--arrived"))
		for n, command := range [][]string{{"enable", fresh[0], "--move", "mfa", "--confirm", domain}, {"revert", fresh[0], "--confirm", domain}} {
			took[n+1] = max(took[n+1], killedAt(ts, at(n+1), command...))
			ts.Check(ts.Exec("upe", "resume", fresh[0]))
			ts.Check(ts.Exec("upe", command...)) // where it had not begun; else there is nothing left to do
		}
		if after := stateOf(ts); after != before {
			ts.Fatalf("round %d: %s", round, firstDifference(before, after))
		}
	}
}

func stateOf(ts *testscript.TestScript) string {
	request(ts, false, []string{http.MethodGet, "/emulator/state", "secret-state.tmp"})
	var state any
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("secret-state.tmp")), &state))
	raw, err := json.MarshalIndent(unstamped(state), "", " ")
	ts.Check(err)
	return string(raw)
}

// runsIn are the runs that there are.
func runsIn(ts *testscript.TestScript) []string {
	dirs, err := runFolders(filepath.Join(ts.Getenv("XDG_STATE_HOME"), "upe", "runs"))
	ts.Check(err)
	for i, dir := range dirs {
		dirs[i] = filepath.Base(dir)
	}
	return dirs
}

// killedAt runs upe, kills it at a moment, and says how long it had; zero lets it end by itself.
func killedAt(ts *testscript.TestScript, moment time.Duration, args ...string) time.Duration {
	cmd := upe(ts, args...)
	cmd.Env = append(cmd.Env, "UPE_TWILIO_AUTH_TOKEN="+ts.Getenv("UPE_TWILIO_AUTH_TOKEN"))
	began := time.Now()
	ts.Check(cmd.Start())
	if moment > 0 {
		time.Sleep(moment)
		_ = cmd.Process.Kill() // it may have ended
	}
	_ = cmd.Wait()
	return time.Since(began)
}
