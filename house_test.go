package upe_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// module is the path in go.mod; rooms are named by what follows it.
const module = "upe"

// room is one row of the house: a package and what it may import of ours.
type room struct {
	name  string
	may   []string // its code may import these
	tests []string // its tests may import these as well
}

// Groups that several rows share.
var (
	// wizardTypes are the packages whose types stand on a wizard page; a front
	// end draws values of these types and computes nothing with them.
	wizardTypes = []string{"flows/wizard", "flows/tenant", "flows/judge", "flows/plan", "flows/run", "flows/logs"}

	// everything is what only the room that wires the house together may import.
	everything = []string{"*"}

	// world is a tenant to try things on. Only tests may: the code of flows does
	// not know that emulators exist.
	world = []string{"client/emulator", "testdata"}

	// screen is a terminal to look at.
	screen = []string{"ui/termtest"}

	// description holds requests and answers against Auth0's OpenAPI description.
	description = []string{"client/openapitest"}

	// witness watches what becomes of an emulated tenant.
	witness = []string{"client/oracle"}

	// fixtures are Actions and Hooks to translate, with what must come of it.
	fixtures = []string{"flows/translate/fixtures"}

	// testsOnly are the packages that no code may import.
	testsOnly = slices.Concat(screen, description, fixtures)
)

// house is the table of the architecture, typed by hand and on purpose: a table
// that was read from the code could only agree with the code. Changing a row is
// a decision about the design, and a reviewer sees it here.
//
// A package that does not exist yet is not checked; a package without a row fails.
// flows/phone (numbers, Twilio identifiers, masks) is open to all of flows and ui.
var house = []room{
	{name: ""}, // the package doc and this test
	{name: "cmd/upe", may: everything, tests: testsOnly},

	{name: "tools/pictures"}, // takes pictures of the program, from outside
	{name: "tools/newcomer"}, // does what the README says, from outside
	{name: "tools/dependencies", may: []string{"flows/liquid", "flows/syntax"}}, // lists what a program holds; of ours it asks versions
	// Measures the program from outside, and the engine of translation from within.
	{name: "bench", may: []string{"client/emulator", "flows/translate", "flows/proof", "testdata"}},
	{name: "bench/empty"},

	{name: "ui/screens", may: join(wizardTypes, "flows/diff", "ui/theme", "ui/safe", "ui/words"), tests: screen},
	{name: "ui/linear", may: join(wizardTypes, "flows/diff", "ui/safe", "ui/words"), tests: screen},
	{name: "ui/words", may: wizardTypes},
	{name: "ui/theme", tests: screen},
	{name: "ui/safe"},
	{name: "ui/termtest"}, // imported by tests only

	{name: "flows/phone"},
	{name: "flows/pattern"},
	{name: "flows/tenant", tests: world},
	{name: "flows/compat"},
	{name: "flows/diff"},
	{name: "flows/js"},
	{name: "flows/js/pack", may: []string{"flows/js"}}, // run by go generate
	{name: "flows/liquid", may: []string{"flows/js"}},
	{name: "flows/syntax", may: []string{"flows/js"}},
	{name: "flows/translate", may: []string{"flows/js", "flows/syntax", "flows/pattern"}, tests: join(fixtures, "flows/diff")},
	{name: "flows/translate/fixtures", may: []string{"flows/translate"}}, // imported by tests only
	{name: "flows/template", may: []string{"flows/tenant", "flows/liquid", "flows/pattern"}},
	{name: "flows/action", may: []string{"flows/tenant", "flows/js", "flows/pattern"}},
	{name: "flows/generate", may: []string{"flows/tenant", "flows/js"}},
	{name: "flows/proof", may: []string{"flows/js", "flows/translate", "flows/generate", "flows/pattern"}, tests: join(fixtures, "flows/tenant")},
	{name: "flows/judge", may: []string{"flows/tenant", "flows/compat", "flows/template", "flows/action"}, tests: world},
	{name: "flows/plan", may: []string{"flows/tenant", "flows/compat", "flows/judge"}, tests: world},
	{name: "flows/logs", may: []string{"flows/tenant"}, tests: world},
	{name: "flows/run", may: []string{"flows/tenant", "flows/plan", "flows/logs"}, tests: join(world, "flows/judge")},
	{name: "flows/wizard", may: []string{
		"flows/tenant", "flows/compat", "flows/js", "flows/liquid", "flows/template",
		"flows/action", "flows/judge", "flows/plan", "flows/run", "flows/logs",
		"flows/translate", "flows/generate", "flows/proof", "flows/report",
	}, tests: join(world, witness...)},
	{name: "flows/report", may: []string{"flows/tenant", "flows/judge", "flows/plan", "flows/run", "flows/logs"}},
	{name: "flows/export", may: []string{"flows/tenant", "flows/plan"}},
	{name: "flows/bundle", may: []string{"flows/tenant", "flows/pattern"}, tests: world},
	{name: "flows/fleet", may: []string{"flows/tenant", "flows/judge"}, tests: world},
	{name: "flows/scan", tests: []string{"flows/compat"}},

	{name: "client", may: []string{"flows/tenant", "flows/phone", "client/login"}, tests: join(world, description...)},
	{name: "client/login", tests: world},
	// The emulator shares engines with flows, never rules: it would agree with our mistakes.
	{name: "client/emulator", may: []string{"flows/tenant", "flows/js", "flows/liquid", "flows/phone"}, tests: join(description, "testdata")},
	{name: "client/openapitest"}, // imported by tests only
	// The oracle knows what became of the codes, and nothing of how a migration is done.
	{name: "client/oracle", may: []string{"client/emulator", "flows/tenant", "testdata"}},
	// A rehearsal carries plans out on emulated tenants, in the program itself. It asks nobody anything, so it needs no wizard.
	{name: "client/rehearsal", may: []string{
		"client/emulator", "client/oracle", "flows/tenant", "flows/judge", "flows/plan", "flows/run",
	}, tests: []string{"flows/wizard", "testdata"}},
	{name: "testdata"},
}

// ban keeps packages that are not ours out of a part of the house.
type ban struct {
	what   []string // import paths, each with everything below it
	from   []string // rooms, each with everything below it; "" is the whole house
	except []string // rooms where it is allowed, exactly these
	tests  bool     // holds for tests too
	why    string
}

// bans are judged on the direct imports of each of our packages. As flows imports only
// flows (by the table), that covers all of our code that flows can reach.
var bans = []ban{
	{
		what:  []string{"charm.land", "github.com/charmbracelet", "golang.org/x/term", "github.com/spf13/cobra"},
		from:  []string{"flows", "client"},
		tests: true,
		why:   "the migration knows no terminal: the same pages are drawn by several front ends",
	},
	{
		what: []string{"net/http", "golang.org/x/oauth2"},
		from: []string{"flows", "ui"},
		why:  "requests go through the port tenant.API, where the guard can refuse them",
	},
	{
		what: []string{"os/exec", "os/signal", "flag"},
		from: []string{"flows", "ui", "client"},
		// termtest is for tests only; its one flag rewrites the expected screens.
		except: []string{"ui/termtest"},
		why:    "processes, signals and flags belong to cmd/upe",
	},
	{
		what:   []string{"github.com/auth0/go-auth0"},
		except: []string{"client", "client/login"},
		tests:  true,
		why:    "one room knows the SDK; the emulator must not, or it would be a mock of our own client",
	},
	{
		what:   []string{"github.com/auth0/go-auth0/v3/management"},
		except: []string{"client"},
		tests:  true,
		why:    "this package costs a minute and 2 GB to compile; everything else builds in seconds",
	},
	{
		what:   []string{"github.com/getkin/kin-openapi"},
		except: []string{"client/openapitest"},
		tests:  true,
		why:    "one room validates; the program itself has no use for it",
	},
	{
		what:  []string{"text/template", "html/template", "github.com/dop251/goja"},
		tests: false,
		why:   "they call methods by name, so the linker keeps every method there is: a binary three times the size",
	},
}

// sdkCore are the small packages below management that it imports itself: they compile in
// seconds, and the ban on management does not mean them.
var sdkCore = []string{
	"github.com/auth0/go-auth0/v3/management/core",
	"github.com/auth0/go-auth0/v3/management/option",
}

// pkg is what `go list -json` tells about one package.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// TestEveryPackageKeepsToItsRoom asks for each system we build for, since a file may be
// meant for one of them alone.
func TestEveryPackageKeepsToItsRoom(t *testing.T) {
	t.Parallel()
	noteSources(t)
	for _, goos := range []string{"linux", "darwin", "windows"} {
		t.Run(goos, func(t *testing.T) {
			t.Parallel()
			for _, complaint := range complaints(goList(t, goos)) {
				t.Error(complaint)
			}
		})
	}
}

func TestHouseNamesOnlyItsOwnRooms(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, r := range house {
		if seen[r.name] {
			t.Errorf("two rows for %q", r.name)
		}
		seen[r.name] = true
	}
	for _, r := range house {
		for _, other := range join(r.may, r.tests...) {
			if other != "*" && !seen[other] {
				t.Errorf("the row of %s allows %q, which has no row", r.name, other)
			}
		}
	}
}

// TestGuardSees shows the guard a breach of each kind, so that its silence above means something.
func TestGuardSees(t *testing.T) {
	t.Parallel()
	const management = "github.com/auth0/go-auth0/v3/management"
	for name, tc := range map[string]struct {
		pkg  pkg
		want string // part of the one complaint; none when empty
	}{
		"a room without a row":       {pkg{ImportPath: "upe/flows/attic"}, "give it a room"},
		"a rule in the emulator":     {pkg{ImportPath: "upe/client/emulator", Imports: []string{"upe/flows/judge"}}, "may not import flows/judge"},
		"a rule in its test":         {pkg{ImportPath: "upe/client/emulator", XTestImports: []string{"upe/flows/judge"}}, "tests of client/emulator may not import flows/judge"},
		"a client in a screen":       {pkg{ImportPath: "upe/ui/screens", Imports: []string{"upe/client"}}, "may not import client"},
		"a client in a screen test":  {pkg{ImportPath: "upe/ui/screens", TestImports: []string{"upe/client"}}, "may not import client"},
		"a test terminal in code":    {pkg{ImportPath: "upe/cmd/upe", Imports: []string{"upe/ui/termtest"}}, "for tests only"},
		"a validator in code":        {pkg{ImportPath: "upe/cmd/upe", Imports: []string{"upe/client/openapitest"}}, "for tests only"},
		"a rule in the witness":      {pkg{ImportPath: "upe/client/oracle", Imports: []string{"upe/flows/plan"}}, "may not import flows/plan"},
		"a wizard in a rehearsal":    {pkg{ImportPath: "upe/client/rehearsal", Imports: []string{"upe/flows/wizard"}}, "may not import flows/wizard"},
		"a second validator":         {pkg{ImportPath: "upe/client", TestImports: []string{"github.com/getkin/kin-openapi/openapi3"}}, "one room validates"},
		"an import nobody knows":     {pkg{ImportPath: "upe/cmd/upe", Imports: []string{"upe/testdata/attic"}}, "no room"},
		"a terminal in flows":        {pkg{ImportPath: "upe/flows/wizard", Imports: []string{"charm.land/huh/v2"}}, "knows no terminal"},
		"a terminal in a flows test": {pkg{ImportPath: "upe/flows/wizard", TestImports: []string{"github.com/charmbracelet/x/ansi"}}, "knows no terminal"},
		"HTTP in flows":              {pkg{ImportPath: "upe/flows/run", Imports: []string{"net/http/httptest"}}, "tenant.API"},
		"the SDK in cmd":             {pkg{ImportPath: "upe/cmd/upe", Imports: []string{"github.com/auth0/go-auth0/v3"}}, "one room knows the SDK"},
		"the minute in login":        {pkg{ImportPath: "upe/client/login", Imports: []string{management}}, "a minute"},
		"a service in login":         {pkg{ImportPath: "upe/client/login", Imports: []string{management + "/tenants"}}, "a minute"},
		"templates in code":          {pkg{ImportPath: "upe/flows/report", Imports: []string{"text/template"}}, "the linker"},

		"a screen and its wizard":      {pkg{ImportPath: "upe/ui/screens", Imports: []string{"upe/flows/wizard", "upe/flows/phone", "charm.land/huh/v2"}}, ""},
		"a screen test":                {pkg{ImportPath: "upe/ui/screens", XTestImports: []string{"upe/ui/screens", "upe/ui/termtest"}}, ""},
		"the SDK in its room":          {pkg{ImportPath: "upe/client", Imports: []string{management + "/client", "net/http"}, XTestImports: []string{"upe/client/emulator"}}, ""},
		"login without the minute":     {pkg{ImportPath: "upe/client/login", Imports: []string{management + "/core", management + "/option"}}, ""},
		"a query in the port":          {pkg{ImportPath: "upe/flows/tenant", Imports: []string{"net/url"}}, ""},
		"the emulator in a flows test": {pkg{ImportPath: "upe/flows/plan", XTestImports: []string{"upe/client/emulator", "net/http/httptest"}}, ""},
		"cmd and the whole house":      {pkg{ImportPath: "upe/cmd/upe", Imports: []string{"upe", "upe/client", "upe/ui/screens", "os/signal"}}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := complaints([]pkg{tc.pkg})
			if tc.want == "" {
				if diff := cmp.Diff([]string(nil), got); diff != "" {
					t.Errorf("complaints (-want +got):\n%s", diff)
				}
				return
			}
			if len(got) == 0 || !strings.Contains(strings.Join(got, "\n"), tc.want) {
				t.Errorf("complaints = %q, want one with %q", got, tc.want)
			}
		})
	}
}

// complaints judges packages by the house and the bans, in the order given.
func complaints(pkgs []pkg) []string {
	var out []string
	for _, p := range pkgs {
		name := roomName(p.ImportPath)
		r, ok := find(name)
		if !ok {
			out = append(out, fmt.Sprintf("%s is in no row of the table: give it a room in house_test.go", p.ImportPath))
			continue
		}
		for _, path := range p.Imports {
			out = append(out, complain(r, path, false)...)
		}
		for _, path := range join(p.TestImports, p.XTestImports...) {
			out = append(out, complain(r, path, true)...)
		}
	}
	return out
}

// complain judges one import of one room, by its code or by its tests.
func complain(r room, path string, test bool) []string {
	who := "package " + or(r.name, "at the root")
	if test {
		who = "tests of " + or(r.name, "the root")
	}
	if path == module || strings.HasPrefix(path, module+"/") {
		return complainOurs(r, who, roomName(path), test)
	}
	var out []string
	for _, b := range bans {
		if (b.tests || !test) && b.hits(r.name, path) {
			out = append(out, fmt.Sprintf("%s may not import %s: %s", who, path, b.why))
		}
	}
	return out
}

func complainOurs(r room, who, other string, test bool) []string {
	_, known := find(other)
	switch {
	case !known:
		return []string{fmt.Sprintf("%s imports %s, which has no room", who, other)}
	case slices.Contains(testsOnly, other) && !test:
		return []string{fmt.Sprintf("%s imports %s, which is for tests only", who, other)}
	case r.allows(other, test):
		return nil
	}
	return []string{fmt.Sprintf("%s may not import %s: its row in house_test.go does not allow it", who, other)}
}

// allows answers for one of our packages. A test may always import the package it tests.
func (r room) allows(other string, test bool) bool {
	switch {
	case slices.Contains(r.may, "*"), slices.Contains(r.may, other):
		return true
	case other == "flows/phone":
		return under(r.name, "flows") || under(r.name, "ui")
	}
	return test && (other == r.name || slices.Contains(r.tests, other))
}

// hits tells whether the ban forbids path to the room of that name.
func (b ban) hits(name, path string) bool {
	if slices.Contains(b.except, name) {
		return false
	}
	if len(b.from) > 0 && !slices.ContainsFunc(b.from, func(f string) bool { return under(name, f) }) {
		return false
	}
	return slices.ContainsFunc(b.what, func(w string) bool {
		return under(path, w) && !(strings.HasSuffix(w, "/management") && slices.Contains(sdkCore, path))
	})
}

// TestTheFolderThatGoLeavesOut: "./..." names no folder called testdata, and ours is a package, with tests of its own.
func TestTheFolderThatGoLeavesOut(t *testing.T) {
	t.Parallel()
	if out, err := exec.CommandContext(t.Context(), "go", "test", "./testdata").CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

// goList asks the go command what each package imports when built for goos.
func goList(t *testing.T, goos string) []pkg {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "go", "list", "-json=ImportPath,Imports,TestImports,XTestImports", "./...", "./testdata")
	cmd.Env = append(os.Environ(), "GOOS="+goos, "CGO_ENABLED=0")
	var stderr strings.Builder
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v\n%s", err, stderr.String())
	}
	var pkgs []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return pkgs
		} else if err != nil {
			t.Fatalf("go list: %v", err)
		}
		pkgs = append(pkgs, p)
	}
}

// noteSources opens every directory of the module. The go command reuses a passed test while the
// files that the test itself opened are unchanged, and go list reads ours in another process:
// without this a new import would meet yesterday's answer.
func noteSources(t *testing.T) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && path != "." && strings.HasPrefix(d.Name(), ".") {
			return fs.SkipDir
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func find(name string) (room, bool) {
	i := slices.IndexFunc(house, func(r room) bool { return r.name == name })
	if i < 0 {
		return room{}, false
	}
	return house[i], true
}

// roomName is the import path without the module: "upe/flows/plan" is flows/plan, "upe" is "".
func roomName(path string) string {
	return strings.TrimPrefix(strings.TrimPrefix(path, module), "/")
}

// under tells whether path is top or lies below it.
func under(path, top string) bool {
	return path == top || strings.HasPrefix(path, top+"/")
}

// join is a new slice, so that rows never share memory.
func join(group []string, more ...string) []string {
	return slices.Concat(group, more)
}

func or(s, fallback string) string {
	if s == "" {
		return fallback
	}
	return s
}
