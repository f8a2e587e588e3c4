package main

import (
	"context"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"upe/client/emulator"
)

// servedTenant is where a script keeps the tenants that it serves itself.
type servedTenant struct{}

// serve TENANT serves an embedded tenant, or a tenant file, in the process of the tests: without a process of its own, so that it is
// cheap, and so that its requests can be made to fail. The environment points at it as after emulate.
func serve(ts *testscript.TestScript, neg bool, args []string) {
	name := args[0]
	file, err := tenantFile(name)
	if err != nil {
		file = []byte(ts.ReadFile(name))
	}
	t, err := emulator.New(emulator.Options{File: file, Now: time.Now, RateLimit: roomy})
	ts.Check(err)
	serving, stop := context.WithCancel(context.Background())
	ts.Defer(stop)
	server, err := t.Start(serving, "127.0.0.1:0")
	ts.Check(err)
	ts.Setenv("AUTH0_DOMAIN", server.URL)
	ts.Setenv("AUTH0_API_TOKEN", t.Token())
	ts.Setenv("TENANT_DOMAIN", t.Domain())
	if all, ok := ts.Value(servedTenant{}).(*[]*emulator.Tenant); ok {
		*all = append(*all, t)
	}
}

// edit FILE OLD NEW replaces a text in a file, which has to hold it.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	before := ts.ReadFile(args[0])
	after := strings.Replace(before, args[1], args[2], 1)
	if after == before {
		ts.Fatalf("%s does not hold %s", args[0], args[1])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(after), modeFile))
}

// copied FROM TO copies a run folder.
func copied(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(os.CopyFS(ts.MkAbs(args[1]), os.DirFS(ts.MkAbs(args[0]))))
}

// locked FOLDER holds the lock of a run folder to the end of the script, as another upe would.
func locked(ts *testscript.TestScript, neg bool, args []string) {
	unlock, err := lockFile(filepath.Join(ts.MkAbs(args[0]), fileLock))
	ts.Check(err)
	ts.Defer(func() { ts.Check(unlock()) })
}

// fault [-once] OPERATION KIND [STATUS [BODY]] has every such request, or the next one, to the tenant served last fail:
// "fault 'GET /actions/actions' refuse 500", "fault -once 'POST /branding/phone/templates' reset".
func fault(ts *testscript.TestScript, neg bool, args []string) {
	served, ok := ts.Value(servedTenant{}).(*[]*emulator.Tenant)
	times := -1
	if args[0] == "-once" {
		args, times = args[1:], 1
	}
	if !ok || len(*served) == 0 || len(args) < 2 {
		ts.Fatalf("usage: serve TENANT, then fault [-once] OPERATION KIND [STATUS [BODY]]")
	}
	f := emulator.Fault{Match: args[0], Kind: emulator.FaultKind(args[1]), Times: times}
	if len(args) > 2 {
		var err error
		f.Status, err = strconv.Atoi(args[2])
		ts.Check(err)
	}
	if len(args) > 3 {
		f.Body = args[3]
	}
	(*served)[len(*served)-1].Inject(f)
}
