package main

import (
	"flag"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/zalando/go-keyring"

	"upe/client/emulator"
)

// The scripts run this test binary as the program, in processes of their own.
func TestMain(m *testing.M) { testscript.Main(m, map[string]func(){"upe": program}) }

// program is main, with a transcript of everything it says, in which a test looks for secrets.
func program() {
	mockKeyring()
	sys := process()
	if path := os.Getenv("UPE_TRANSCRIPT"); path != "" {
		transcript, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND|os.O_CREATE, modeFile)
		if err != nil {
			panic(err)
		}
		sys.out, sys.err = io.MultiWriter(sys.out, transcript), io.MultiWriter(sys.err, transcript)
	}
	os.Exit(int(execute(os.Args[1:], sys)))
}

// mockKeyring keeps every script off the keyring of the computer it runs on. UPE_KEYRING names a file that fills the mock: service, user
// and secret, a line each, three lines a secret.
func mockKeyring() {
	keyring.MockInit()
	path := os.Getenv("UPE_KEYRING")
	if path == "" {
		return
	}
	raw, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	for lines := strings.Split(string(raw), "\n"); len(lines) > 2; lines = lines[3:] {
		if err := keyring.Set(lines[0], lines[1], lines[2]); err != nil {
			panic(err)
		}
	}
}

// TestScripts holds whole conversations with the program, one file each. `go test -update` writes their golden files anew.
func TestScripts(t *testing.T) {
	t.Parallel()
	told := newLines(t)
	testscript.Run(t, testscript.Params{
		Files: scripts(), UpdateScripts: flag.Lookup("update").Value.String() == "true", // the flag is package termtest's
		RequireExplicitExec: true, RequireUniqueNames: true,
		Setup: func(env *testscript.Env) error {
			env.Setenv("XDG_STATE_HOME", env.WorkDir+"/state")
			env.Setenv("UPE_TRANSCRIPT", env.WorkDir+"/transcript")
			env.Setenv("USER", "tester")
			env.Values[servedTenant{}] = new([]*emulator.Tenant)
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			"emulate": emulate, "token": token, "http": request, "deliver": deliver, "json": jsonHas, "let": let, "exits": exits,
			"onlyreads": onlyReads, "canary": canary, "mode": fileMode, "interrupt": interrupt,
			"inworld": inWorld, "sametenant": sameTenant, "killed": killed, "anymoment": anyMoment,
			"valid": valid(t), "progress": told.progress, "fails": told.fails,
			"serve": serve, "fault": fault, "edit": edit, "copied": copied, "locked": locked,
		},
	})
}

// upe is the program as a child process of a script command.
func upe(ts *testscript.TestScript, args ...string) *exec.Cmd {
	cmd := exec.Command("upe", args...) //nolint:noctx // the script's end ends it
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "HOME="+ts.Getenv("WORK"), "XDG_STATE_HOME="+ts.Getenv("XDG_STATE_HOME"),
		"AUTH0_DOMAIN="+ts.Getenv("AUTH0_DOMAIN"), "AUTH0_API_TOKEN="+ts.Getenv("AUTH0_API_TOKEN"))
	return cmd
}
