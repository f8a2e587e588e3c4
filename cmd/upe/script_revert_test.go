package main

import (
	"encoding/json"
	"math/rand/v2"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"upe/flows/plan"
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

// anymoment KILLS migrates with plan.json, and goes back, once undisturbed and then until so many processes were killed. Each of the commands
// that write is killed at a random moment; resume, or the same command where nothing had begun, ends well, and the tenant is as it was.
func anyMoment(ts *testscript.TestScript, neg bool, args []string) {
	kills, err := strconv.Atoi(args[0])
	ts.Check(err)
	p, err := plan.Parse([]byte(ts.ReadFile("plan.json")))
	ts.Check(err)
	domain, before := ts.Getenv("TENANT_DOMAIN"), stateOf(ts)
	took := map[string]time.Duration{} // by the command, and its move
	killed := 0
	kill := func(name string, command ...string) {
		// Nothing is written in the first quarter: the program begins, and reads.
		moment := took[name]/4 + time.Duration(rand.Float64()*float64(took[name])*3/4)
		had, ended := killedAt(ts, moment, command...)
		took[name] = max(took[name], had)
		if !ended {
			killed++
			ts.Logf("%s killed after %s", name, moment)
		}
	}
	for round := 0; killed < kills; round++ {
		runs := runsIn(ts)
		kill("prepare", "prepare", "plan.json")
		if len(runsIn(ts)) == len(runs) {
			ts.Check(ts.Exec("upe", "prepare", "plan.json"))
		}
		fresh := slices.DeleteFunc(runsIn(ts), func(id string) bool { return slices.Contains(runs, id) })[0]
		ts.Check(ts.Exec("upe", "resume", fresh))
		for _, move := range p.Summary.Moves {
			proveAll(ts, fresh, move)
			enable := []string{"enable", fresh, "--move", move.ID, "--confirm", domain}
			kill("enable "+move.ID, enable...)
			ts.Check(ts.Exec("upe", "resume", fresh))
			ts.Check(ts.Exec("upe", enable...)) // where it had not begun; else there is nothing left to do
		}
		revert := []string{"revert", fresh, "--confirm", domain}
		kill("revert", revert...)
		ts.Check(ts.Exec("upe", "resume", fresh))
		ts.Check(ts.Exec("upe", revert...))
		if after := stateOf(ts); after != before {
			ts.Fatalf("round %d: %s", round, firstDifference(before, after))
		}
	}
}

// proveAll sends the test messages that a move needs.
func proveAll(ts *testscript.TestScript, id string, move plan.Move) {
	for _, channel := range move.Channels {
		ts.Check(ts.Exec("upe", "test", id, "--to", "+15550001234", "--channel", channel))
		ts.Check(ts.Exec("upe", "test", id, "--arrived", "--channel", channel))
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

// killedAt runs upe, kills it at a moment, and says how long it had, and whether it had ended before; zero lets it end by itself.
func killedAt(ts *testscript.TestScript, moment time.Duration, args ...string) (had time.Duration, ended bool) {
	cmd := upe(ts, args...)
	for _, name := range []string{"UPE_TWILIO_AUTH_TOKEN", "UPE_FORMER_PROVIDER_AUTH_TOKEN"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	began := time.Now()
	ts.Check(cmd.Start())
	if moment > 0 {
		time.Sleep(moment)
		_ = cmd.Process.Kill() // it may have ended
	}
	_ = cmd.Wait()
	return time.Since(began), cmd.ProcessState.Exited()
}
