package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/client/login"
	"upe/flows/bundle"
	"upe/flows/tenant"
	"upe/ui/safe"
)

// prologue begins the script: what hides secrets before an answer reaches a disk, in the language of jq, and what asks for one answer. A
// refusal is an answer as well, and an empty one only where the tool succeeded.
const prologue = `#!/bin/sh
# Reads an Auth0 tenant for upe, with auth0 (logged in to the tenant) and jq. It writes nothing to the tenant.
# The answers have no secrets of the settings, but the code of Actions as it is: look at it before they leave you.
set -u
umask 077
dir=%s
mkdir -p "$dir"

hide='(if type == "object" and .per_page == 1 and (.actions | type) == "array" then .actions = [] else . end)
  | walk(if type == "object" then
    (if (.options | type) == "object" then .options |= del(.customScripts, .configuration) else . end)
    | (if has("log_id") or has("user_agent") or has("auth0_client") then
        {type, date, client_id, client_name, auth0_client,
          user_agent: (.user_agent | if type == "string" and test("^(terraform-provider-auth0|deploy-cli/)"; "i") then . else "" end)}
      else . end)
    | with_entries(
        if (.value | type) != "string" or .value == "" then .
        elif .key | IN("auth_token", "twilio_token", "secret", "client_secret", "access_token", "signing_key", "password", "value") then .value = "` + tenant.Redacted + `"
        elif .key == "support_email" then .value = "(removed)"
        elif .key == "gateway_url" then .value |= (sub("//[^/@]*@"; "//xxxxx@") | sub("[?].*"; "?xxxxx"))
        else . end)
  else . end)'

get() {
  file=$dir/$1
  shift
  if answer=$(auth0 api get "$@") || [ -n "$answer" ]; then
    printf '%%s' "$answer" | jq "$hide" >"$file" || rm -f "$file"
  else
    echo "no answer: $*" >&2
  fi
}

`

func (a *app) newBundleScript() *cobra.Command {
	c := command("script", "Print commands that read the tenant with Auth0's own tool",
		`script prints a shell script for those who may not run this program where their
tenant is. It needs Auth0's command line tool, logged in, and jq. Each request
is a read; each answer goes into a file of its own, in the directory "answers",
without secrets.

Some requests depend on the answers to others. Given the directory, script
prints what is still missing; bundle import says so as well.`,
		`  upe bundle script > read-tenant.sh
  upe bundle script answers >> read-more.sh`,
		nil)
	c.Args = atMostOneArgument("directory")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		dir := "answers"
		if len(args) > 0 {
			dir = args[0]
		}
		_, missing, err := answersIn(cmd.Context(), tenant.Identity{}, dir)
		if err != nil {
			return err
		}
		return a.say(script(dir, missing))
	}
	return c
}

// script reads what is missing.
func script(dir string, missing []bundle.Request) string {
	if len(missing) == 0 {
		return "# nothing is missing: upe bundle import --domain DOMAIN " + shellWord(dir) + "\n"
	}
	var out strings.Builder
	fmt.Fprintf(&out, prologue, shellWord(dir))
	for _, m := range missing {
		fmt.Fprintf(&out, "get %s %s\n", shellWord(m.File), arguments(m.Path))
	}
	out.WriteString("\necho \"next: upe bundle import --domain DOMAIN $dir\" >&2\n")
	return out.String()
}

// arguments are those of `auth0 api get` for a path with its query.
func arguments(path string) string {
	path, query, _ := strings.Cut(path, "?")
	words := []string{shellWord(path)}
	values, err := url.ParseQuery(query)
	if err != nil {
		return shellWord(path + "?" + query)
	}
	var names []string
	for name := range values {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		words = append(words, "-q "+shellWord(name+"="+values.Get(name)))
	}
	return strings.Join(words, " ")
}

// shellWord quotes a word for a POSIX shell.
func shellWord(word string) string { return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'" }

func (a *app) newBundleImport() *cobra.Command {
	p := &packing{app: a}
	c := command("import", "Make the file from what Auth0's own tool printed",
		`import takes the directory that the commands of bundle script filled, and writes
a bundle. Where an answer is missing it says which command gets it, and the exit
code is 3.

Files do not say which tenant they are of, so --domain does: the tenant's
canonical domain, not a custom one.`,
		`  upe bundle import --domain acme.us.auth0.com answers -o acme.bundle.json`,
		func(ctx context.Context, args []string) error { return p.importFrom(ctx, args[0]) })
	c.Args = oneArgument("directory")
	p.flags(c)
	return c
}

func (p *packing) importFrom(ctx context.Context, dir string) error {
	recipients, err := p.check()
	if err != nil {
		return err
	}
	who, err := p.app.named()
	if err != nil {
		return err
	}
	s, missing, err := answersIn(ctx, who, dir)
	if err != nil {
		return err
	}
	if len(missing) > 0 {
		return stillMissing(dir, missing)
	}
	return p.pack(s, recipients)
}

// named is the tenant that --domain or the environment names.
func (a *app) named() (tenant.Identity, error) {
	domain := a.global.domain
	if domain == "" {
		domain, _ = a.lookup(login.EnvDomain)
	}
	if domain == "" {
		return tenant.Identity{}, usage("import does not know which tenant the files are of", "add --domain acme.us.auth0.com")
	}
	origin, err := login.ParseDomain(domain)
	if err != nil {
		return tenant.Identity{}, err
	}
	host := origin.Hostname()
	return tenant.Identity{Domain: host, Issuer: "https://" + host + "/", Audience: "https://" + host + "/api/v2/"}, nil
}

// answersIn reads the directory that the commands of a script wrote to. One that is not there has no answers yet; a file is none.
func answersIn(ctx context.Context, who tenant.Identity, dir string) (tenant.Snapshot, []bundle.Request, error) {
	_, err := os.ReadDir(dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return tenant.Snapshot{}, nil, notAnswers(dir, reason(err))
	}
	s, missing, err := bundle.Read(ctx, who, os.DirFS(dir))
	if err != nil {
		return s, missing, notAnswers(dir, err)
	}
	return s, missing, nil
}

func notAnswers(dir string, err error) *problem {
	return &problem{
		exit: exitError, code: "import", failed: "the directory " + quoted(dir) + " cannot be read", why: err.Error(), cause: err,
		do: "name the directory that the commands wrote to",
	}
}

func stillMissing(dir string, missing []bundle.Request) *problem {
	p := &problem{
		exit: exitDecision, code: "answers-missing", failed: "no bundle was written: answers of the tenant are missing",
		why: counted(len(missing), "request has", "requests have") + " no file in " + safe.Line(dir),
		do:  "run what `upe bundle script " + safe.Line(dir) + "` prints, then import again",
	}
	for _, m := range missing {
		p.details = append(p.details, detail{Name: m.File, Text: "auth0 api get " + arguments(m.Path)})
	}
	return p
}
