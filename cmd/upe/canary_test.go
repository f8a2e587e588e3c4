package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"upe/client/emulator"
	"upe/flows/plan"
	"upe/flows/wizard"
	"upe/testdata"
)

// flock are canaries: secrets with a value of their own each, in which every encoding has something to do.
type flock struct {
	known map[string]string // by the value that it replaces
	all   []string
}

func (f *flock) of(value string) string {
	if f.known[value] == "" {
		f.known[value] = fmt.Sprintf(`canary%02d"sings"a+b/c=d&e\%c`, len(f.all), 'a'+rune(len(f.all)))
		f.all = append(f.all, f.known[value])
	}
	return f.known[value]
}

// settle puts a canary into every secret field of a tenant file.
func (f *flock) settle(value any) {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			text, isText := inner.(string)
			_, named := v["name"]
			if isText && text != "" && (key == "auth_token" || key == "twilio_token" || key == "secret" || key == "value" && named) {
				v[key] = f.of(text)
				continue
			}
			f.settle(inner)
		}
	case []any:
		for _, inner := range v {
			f.settle(inner)
		}
	}
}

// TestNoCanaryEscapes migrates tenants whose every secret is a canary, and takes that back, by the commands, on a tenant that refuses
// every write at first and repeats in its errors what was sent. Neither in what was said nor in any file is a canary.
func TestNoCanaryEscapes(t *testing.T) {
	t.Parallel()
	names := []string{
		"same-twilio", "half-live-gateway", "passwordless-gateway", "mfa-action", "secrets-absent", "secrets-masked",
	}
	if testing.Short() || len(scenarios()) < len(testdata.Tenants()) { // few under the race detector
		names = names[:1]
	}
	for _, name := range names {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			f := &flock{known: map[string]string{}}
			c := f.crossing(t, name)
			if c.decide() {
				t.Fatalf("there is no plan: %v", c.out.By)
			}
			f.equip(c)
			f.annoy(c)
			c.there()
			c.back()
			c.listen(f)
		})
	}
}

func (f *flock) crossing(t *testing.T, name string) *crossing {
	t.Helper()
	raw, err := testdata.Tenant(name)
	if err != nil {
		t.Fatal(err)
	}
	var file map[string]any
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	f.settle(file)
	if raw, err = json.Marshal(file); err != nil {
		t.Fatal(err)
	}
	c := crossingOf(t, name, emulator.Options{File: raw, ClientSecret: f.of("of the application")})
	c.given = map[string]string{
		"AUTH0_API_TOKEN": "", "AUTH0_CLIENT_ID": emulator.DefaultClientID, "AUTH0_CLIENT_SECRET": f.of("of the application"),
	}
	return c
}

// equip gives the admin every secret that the way there, or the way back, may ask for.
func (f *flock) equip(c *crossing) {
	for variable, key := range c.env {
		if c.secrets.Named(key, twilioAccount(c.plan)) == "" {
			c.given[variable] = f.of(variable)
		}
	}
	names := []string{"former.twilio.auth_token", "former.provider.auth_token"}
	for _, s := range c.plan.Secrets {
		names = append(names, s.Name)
	}
	for _, connection := range c.secrets.Connections {
		for _, option := range []string{"twilio_token", "gateway_secret"} {
			names = append(names, "connections."+connection.ID+"."+option)
		}
	}
	for _, name := range names {
		if value := c.secrets.Named(name, twilioAccount(c.plan)); value != "" {
			c.given[wizard.SecretEnv(name)] = value
		}
	}
}

// annoy has each kind of write fail three times: refused, with what was sent in the error; carried out, and not answered; and carried
// out, with half an answer.
func (f *flock) annoy(c *crossing) {
	for _, s := range c.plan.Steps {
		if s.Call == nil || !s.Call.Op.Writes() {
			continue
		}
		c.tenant.Inject(
			emulator.Fault{Match: string(s.Call.Op), Kind: emulator.FaultRefuse, Status: http.StatusBadRequest, Body: c.echo(s)},
			emulator.Fault{Match: string(s.Call.Op), Kind: emulator.FaultLost},
			emulator.Fault{Match: string(s.Call.Op), Kind: emulator.FaultMalformed},
		)
	}
}

// echo is an error that repeats the secrets of a request, in every way in which an API might.
func (c *crossing) echo(s plan.Step) string {
	message := "invalid:"
	for _, known := range c.plan.Secrets {
		if !strings.Contains(string(s.Call.Body), known.Name) {
			continue
		}
		value := c.sends(known.Name)
		basic := base64.StdEncoding.EncodeToString([]byte("AC1:" + value))
		message += fmt.Sprintf(" %s %q %s %s %s", value, value, url.QueryEscape(value), url.PathEscape(value), basic)
	}
	body, _ := json.Marshal(map[string]any{"statusCode": http.StatusBadRequest, "error": "Bad Request", "message": message}) // texts
	return string(body)
}

// sends is the secret that the program sends: of the answers, or else of the environment.
func (c *crossing) sends(name string) string {
	for variable, key := range c.env {
		if key == name {
			value, _ := c.lookup(variable)
			return value
		}
	}
	value, _ := c.lookup(wizard.SecretEnv(name))
	return value
}

// insist gives a command until it succeeds.
func (c *crossing) insist(args ...string) {
	c.t.Helper()
	for range 30 {
		if c.upe(args...) == exitOK {
			return
		}
	}
	c.t.Fatalf("upe %s does not succeed: %v", strings.Join(args, " "), c.said)
}

func (c *crossing) there() {
	c.t.Helper()
	if len(c.plan.Summary.Moves) > 1 && len(c.plan.Steps) < 10 {
		c.insist("rehearse", c.file("plan.json"))
	}
	c.upe("prepare", c.file("plan.json"))
	c.run = c.onlyRun()
	c.insist("prepare", c.run)
	for _, move := range c.plan.Summary.Moves {
		for _, channel := range move.Channels {
			if move.ID != plan.MoveProvider {
				c.insist("test", c.run, "--to", "+15550001234", "--channel", channel)
				c.insist("test", c.run, "--arrived", "--channel", channel, "--by", "Ada")
			}
		}
		c.insist("enable", c.run, "--move", move.Name, "--confirm", c.plan.Tenant.Domain)
		c.upe("watch", c.run, "--once") // too little traffic
		c.insist("confirm", c.run, "--move", move.ID, "--by", "Ada")
	}
	c.insist("show", c.run)
	c.insist("status", c.run)
}

// onlyRun is the id of the run that there is.
func (c *crossing) onlyRun() string {
	c.t.Helper()
	folders, err := filepath.Glob(filepath.Join(c.dir, "upe", "runs", "*"))
	if err != nil || len(folders) != 1 {
		c.t.Fatalf("run folders: %v %v; it said %v", folders, err, c.said)
	}
	return filepath.Base(folders[0])
}

func (c *crossing) back() {
	c.t.Helper()
	c.insist("revert", c.run, "--confirm", c.plan.Tenant.Domain)
	c.insist("check")
}

// listen looks for the canaries in everything that was said or written.
func (c *crossing) listen(f *flock) {
	c.t.Helper()
	read := 0
	look := func(where string, text []byte) {
		read += len(text)
		for _, canary := range f.all {
			for _, form := range encodings(canary) {
				if bytes.Contains(text, []byte(form)) {
					c.t.Errorf("%s holds %s", where, form)
				}
			}
		}
		if bytes.Contains(text, []byte("eyJhbGciOi")) {
			c.t.Errorf("%s holds an access token", where)
		}
	}
	look("what the commands said", c.heard.Bytes())
	c.must(filepath.WalkDir(c.dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		raw, err := os.ReadFile(path)
		look(path, raw)
		return err
	}))
	if len(f.all) < 2 || read < 10_000 {
		c.t.Errorf("%d canaries in %d bytes: the test sees nothing", len(f.all), read)
	}
	c.t.Logf("%d canaries, %d bytes", len(f.all), read)
}
