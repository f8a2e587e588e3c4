package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"upe/client/emulator"
)

// emulate ARGS... runs `upe emulate` beside the script, and points the environment at it. TENANT_DOMAIN is its domain.
func emulate(ts *testscript.TestScript, neg bool, args []string) {
	cmd := upe(ts, append([]string{"emulate"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	line, err := bufio.NewReader(out).ReadBytes('\n')
	ts.Check(err)
	var said map[string]string
	ts.Check(json.Unmarshal(line, &said))
	for name, key := range map[string]string{
		"AUTH0_DOMAIN": "url", "AUTH0_API_TOKEN": "token", "TENANT_DOMAIN": "domain", "TENANT_AUDIENCE": "audience",
		"TENANT_CLIENT": "client_id", "TENANT_SECRET": "client_secret", "TENANT_CA": "ca_file",
	} {
		ts.Setenv(name, said[key])
	}
	ts.Defer(func() {
		ts.Check(cmd.Process.Signal(os.Interrupt))
		if err := cmd.Wait(); err != nil {
			ts.Fatalf("upe emulate, told to end: %v", err)
		}
	})
}

// token NAME [-expired] [SCOPE...] makes AUTH0_API_TOKEN one of the embedded tenant of that name, with these scopes.
func token(ts *testscript.TestScript, neg bool, args []string) {
	file, err := tenantFile(args[0])
	ts.Check(err)
	now, scopes := time.Now, args[1:]
	if len(scopes) > 0 && scopes[0] == "-expired" {
		now, scopes = func() time.Time { return time.Now().Add(-48 * time.Hour) }, scopes[1:]
	}
	t, err := emulator.New(emulator.Options{File: file, Now: now})
	ts.Check(err)
	ts.Setenv("AUTH0_API_TOKEN", t.Token(scopes...))
}

// http METHOD PATH FILE [BODY] asks the emulated tenant and keeps the answer.
func request(ts *testscript.TestScript, neg bool, args []string) {
	body := ""
	if len(args) > 3 {
		body = args[3]
	}
	req, err := http.NewRequest(args[0], ts.Getenv("AUTH0_DOMAIN")+args[1], strings.NewReader(body)) //nolint:noctx // a test's
	ts.Check(err)
	req.Header.Set("Authorization", "Bearer "+ts.Getenv("AUTH0_API_TOKEN"))
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	ts.Check(err)
	defer res.Body.Close() //nolint:errcheck // it was read
	answer, err := io.ReadAll(res.Body)
	ts.Check(err)
	if res.StatusCode > 299 {
		ts.Fatalf("%s %s: %d %s", args[0], args[1], res.StatusCode, answer)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[2]), answer, 0o600))
}

// deliver TIMES BODY has so many users of the emulated tenant ask for a code.
func deliver(ts *testscript.TestScript, neg bool, args []string) {
	times, err := strconv.Atoi(args[0])
	ts.Check(err)
	for range times {
		request(ts, neg, []string{http.MethodPost, "/emulator/deliver", "secret-delivered.json", args[1]})
	}
}

// json FILE PATH [WANT] compares a value in a JSON document with JSON; without WANT it must be there. A step of the path is a
// key, an index, or KEY=VALUE for the element of a list. FILE may be stdout, or stderr, of which the last line is meant: an error, or
// the warnings.
func jsonHas(ts *testscript.TestScript, neg bool, args []string) {
	document := documentIn(ts, args[0])
	value, found := walk(document, strings.Split(args[1], "/"))
	if len(args) == 2 {
		if found == neg {
			ts.Fatalf("%s in %s: found %v", args[1], args[0], found)
		}
		return
	}
	var want any
	ts.Check(json.Unmarshal([]byte(args[2]), &want))
	got, err := json.Marshal(value)
	ts.Check(err)
	wanted, err := json.Marshal(want)
	ts.Check(err)
	if (found && bytes.Equal(got, wanted)) == neg {
		ts.Fatalf("%s in %s is %s (found: %v), want %s", args[1], args[0], got, found, wanted)
	}
}

// documentIn is the JSON of a file; of standard error, that of its last line.
func documentIn(ts *testscript.TestScript, file string) (document any) {
	text := ts.ReadFile(file)
	if file == "stderr" {
		text = lastLine(text)
	}
	ts.Check(json.Unmarshal([]byte(text), &document))
	return document
}

func walk(value any, path []string) (any, bool) {
	for _, step := range path {
		switch v := value.(type) {
		case map[string]any:
			inner, ok := v[step]
			if !ok {
				return nil, false
			}
			value = inner
		case []any:
			i := element(v, step)
			if i < 0 || i >= len(v) {
				return nil, false
			}
			value = v[i]
		default:
			return nil, false
		}
	}
	return value, true
}

func element(list []any, step string) int {
	if i, err := strconv.Atoi(step); err == nil {
		return i
	}
	key, want, _ := strings.Cut(step, "=")
	return slices.IndexFunc(list, func(e any) bool {
		object, ok := e.(map[string]any)
		return ok && fmt.Sprint(object[key]) == want
	})
}

// let NAME PATH [FILE] sets a variable to a text in the JSON of a file; without FILE, of standard output.
func let(ts *testscript.TestScript, neg bool, args []string) {
	file := "stdout"
	if len(args) > 2 {
		file = args[2]
	}
	document := documentIn(ts, file)
	value, found := walk(document, strings.Split(args[1], "/"))
	if !found {
		ts.Fatalf("%s is not in the output", args[1])
	}
	ts.Setenv(args[0], fmt.Sprint(value))
}

// exits CODE ARGS... runs upe and wants an exit code.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec("upe", args[1:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// onlyreads FILE wants a list of requests without a write but for a token's.
func onlyReads(ts *testscript.TestScript, neg bool, args []string) {
	var requests []emulator.Request
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(args[0])), &requests))
	if len(requests) == 0 {
		ts.Fatalf("no requests at all: the test sees nothing")
	}
	for _, r := range requests {
		if r.Method != http.MethodGet && r.Path != "/oauth/token" {
			ts.Fatalf("%s %s was sent", r.Method, r.Path)
		}
	}
}

// canary SECRET... wants none of the secrets in anything that was said or stored, nor encoded in base 64, for an address or for
// JSON. Files named secret* are where the script keeps them itself.
func canary(ts *testscript.TestScript, neg bool, args []string) {
	seen := 0
	ts.Check(filepath.WalkDir(ts.Getenv("WORK"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasPrefix(d.Name(), "secret") {
			return err
		}
		raw, err := os.ReadFile(path)
		seen++
		for _, secret := range args {
			for _, form := range encodings(secret) {
				if bytes.Contains(raw, []byte(form)) {
					return fmt.Errorf("%s holds the secret %q", path, form)
				}
			}
		}
		return err
	}))
	if said := ts.ReadFile("transcript"); seen < 2 || said == "" {
		ts.Fatalf("nothing was said: the test sees nothing")
	}
}

func encodings(secret string) []string {
	quoted, _ := json.Marshal(secret)
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.Trim(string(quoted), `"`)}
	for _, encoding := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		// Inside a longer text the three alignments look different; what is certain of each is its middle.
		for shift := range 3 {
			encoded := encoding.EncodeToString([]byte(strings.Repeat("x", shift) + secret))
			forms = append(forms, encoded[4:len(encoded)-4])
		}
	}
	return forms
}

// mode WANT FILE... compares permissions.
func fileMode(ts *testscript.TestScript, neg bool, args []string) {
	for _, name := range args[1:] {
		info, err := os.Stat(ts.MkAbs(name))
		ts.Check(err)
		if got := fmt.Sprintf("%o", info.Mode().Perm()); got != args[0] {
			ts.Fatalf("%s has mode %s, want %s", name, got, args[0])
		}
	}
}

// interrupt CODE AFTER ARGS... runs upe, interrupts it once the emulated tenant has seen so many writes, and wants an exit code.
func interrupt(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	after, err := strconv.Atoi(args[1])
	ts.Check(err)
	cmd := upe(ts, args[2:]...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	ts.Check(cmd.Start())
	for deadline := time.Now().Add(10 * time.Second); writesSeen(ts) < after; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("no write was seen")
		}
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	err = cmd.Wait()
	ts.Check(os.WriteFile(ts.MkAbs("stderr.txt"), errs.Bytes(), 0o600))
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != want {
		ts.Fatalf("ended with %v, want exit code %d; it said %s%s", err, want, out.String(), errs.String())
	}
}

func writesSeen(ts *testscript.TestScript) int {
	request(ts, false, []string{http.MethodGet, "/emulator/requests", "requests.tmp"})
	var requests []emulator.Request
	ts.Check(json.Unmarshal([]byte(ts.ReadFile("requests.tmp")), &requests))
	n := 0
	for _, r := range requests {
		if r.Method != http.MethodGet {
			n++
		}
	}
	return n
}
