package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"filippo.io/age"
	"filippo.io/age/armor"
	"github.com/spf13/cobra"

	"upe/flows/bundle"
	"upe/flows/tenant"
	"upe/ui/safe"
)

func (a *app) newBundle() *cobra.Command {
	c := command("bundle", "Give a tenant's settings to support staff, as one file",
		`bundle makes a tenant into one file that its admin can give away: everything a
migration is planned from, without secrets and without people. Support staff
open the file without any network, walk the wizard to a plan, and send the plan
back; it is carried out where the tenant is, and refuses if the tenant differs
in what the plan relies on.

Who may not run this program makes the file with Auth0's own command line tool:
bundle script prints what to run, bundle import takes what it printed.`,
		`  upe bundle create -o acme.bundle.json
  upe bundle open acme.bundle.json
  upe bundle script > read-tenant.sh
  upe bundle import --domain acme.us.auth0.com answers -o acme.bundle.json`,
		nil)
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			return cmd.Help()
		}
		return noArguments(cmd, args)
	}
	c.AddCommand(a.newBundleCreate(), a.newBundleOpen(), a.newBundleScript(), a.newBundleImport())
	return c
}

// packing is how a bundle is made, from a tenant or from files.
type packing struct {
	app         *app
	output      string
	withoutCode bool
	literals    bool
	recipients  []string
	force       bool
}

func (p *packing) flags(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&p.output, "output", "o", "", "write the bundle to this `FILE`; without it, to standard output")
	f.BoolVar(&p.withoutCode, "without-code", false, "leave the code of Actions out")
	f.BoolVar(&p.literals, "accept-literals", false, "let code go along although something in it looks like a secret")
	f.StringArrayVar(&p.recipients, "to", nil, "encrypt it to this age `RECIPIENT` (age1…); may be repeated")
	f.BoolVar(&p.force, "force", false, "replace a file that is there already")
}

func (a *app) newBundleCreate() *cobra.Command {
	p := &packing{app: a}
	c := command("create", "Read the tenant and write the file",
		`create reads the tenant, takes out what must not leave it, and writes one file.
Standard error lists what was taken out. It sends nothing but reads.

The code of Actions goes along, because a migration is planned from it. Where
something in it looks like a secret, nothing is written until you have looked:
then leave the code out (--without-code) or say that it may go (--accept-literals).
That nothing was found proves nothing; code is yours to look at.`,
		`  upe bundle create -o acme.bundle.json
  upe bundle create --without-code -o acme.bundle.json
  upe bundle create --to age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kdvc3hzwqqvqv8d -o acme.bundle.age`,
		func(ctx context.Context, _ []string) error { return p.create(ctx) })
	c.Args = noArguments
	p.flags(c)
	return c
}

func (p *packing) create(ctx context.Context) error {
	recipients, err := p.check()
	if err != nil {
		return err
	}
	s, err := p.app.connect(ctx)
	if err != nil {
		return err
	}
	defer s.close()
	snapshot, _, err := s.read(ctx, p.app.reading())
	if err != nil {
		return err
	}
	return p.pack(snapshot, recipients)
}

// check finds what is wrong with the flags before the tenant is read.
func (p *packing) check() ([]age.Recipient, error) {
	if p.output == "" && p.app.people {
		return nil, usage("a bundle is a file, and standard output is a terminal", "name the file: -o acme.bundle.json")
	}
	if p.output != "" && !p.force && exists(p.output) {
		return nil, fileThere(p.output, "what is in it would be lost")
	}
	var all []age.Recipient
	for _, name := range p.recipients {
		recipients, err := age.ParseRecipients(strings.NewReader(name))
		if err != nil {
			return nil, usage("--to "+quoted(name)+" is no age recipient", "ask for the line that begins with age1; `age-keygen` makes one")
		}
		all = append(all, recipients...)
	}
	return all, nil
}

// pack writes a snapshot as a bundle, and says what it does not hold.
func (p *packing) pack(s tenant.Snapshot, recipients []age.Recipient) error {
	b := bundle.Make(s, bundle.Options{Made: p.app.now(), By: "upe " + build().Version, WithoutCode: p.withoutCode})
	if len(b.Literals) > 0 && !p.literals {
		return literalsFound(b.Literals)
	}
	raw, err := b.Bytes()
	if err != nil {
		return err
	}
	if raw, err = sealed(append(raw, '\n'), recipients); err != nil {
		return err
	}
	p.tellRemoved(b)
	if p.output == "" {
		_, err := p.app.out.Write(raw)
		return err
	}
	if err := writeFile(p.output, raw); err != nil {
		return notWritten("the bundle was not written", p.output, err)
	}
	return p.app.answer(
		struct {
			Schema   string           `json:"schema"`
			File     string           `json:"file"`
			Removed  []bundle.Removal `json:"removed"`
			Literals []bundle.Literal `json:"literals"`
		}{"upe.bundle-written/1", p.output, b.Removed, b.Literals},
		func() string {
			return "Wrote " + safe.Line(p.output) + ". Look at it before you give it away; it is for: upe bundle open " + safe.Line(p.output) + "\n"
		})
}

// tellRemoved lists what a bundle does not hold, as many as a person reads; the file lists all.
func (p *packing) tellRemoved(b bundle.Bundle) {
	const most = 12
	count := map[bundle.Kind]int{}
	for _, r := range b.Removed {
		count[r.What]++
	}
	text := "taken out: " + strings.Join([]string{
		counted(count[bundle.Secret], "secret", "secrets"), counted(count[bundle.Person], "text about people", "texts about people"),
		counted(count[bundle.Needless], "setting that is not needed", "settings that are not needed"), counted(count[bundle.Code], "piece of code", "pieces of code"),
	}, ", ")
	var details []detail
	for _, r := range b.Removed[:min(most, len(b.Removed))] {
		details = append(details, detail{Name: r.Path + " " + r.Pointer, Text: string(r.What)})
	}
	if more := len(b.Removed) - most; more > 0 {
		details = append(details, detail{Name: fmt.Sprintf("and %d more, listed in the file under \"removed\"", more)})
	}
	p.app.warn(text, details...)
}

func literalsFound(literals []bundle.Literal) *problem {
	p := &problem{
		exit: exitDecision, code: "literals-in-code", failed: "no bundle was written: code of Actions seems to hold secrets",
		why: "whoever gets the bundle can read the code", do: "move them into the Action's secrets; or leave the code out with --without-code; " +
			"or, if none of them is secret, add --accept-literals",
	}
	for _, l := range literals {
		p.details = append(p.details, detail{fmt.Sprintf("%s, line %d", l.Action, l.Line), "looks like " + l.Looks + ": " + l.Begins})
	}
	return p
}

// sealed is data encrypted to recipients, as text that can be sent anywhere; as it is when there are none.
func sealed(data []byte, recipients []age.Recipient) ([]byte, error) {
	if len(recipients) == 0 {
		return data, nil
	}
	var out bytes.Buffer
	text := armor.NewWriter(&out)
	w, err := age.Encrypt(text, recipients...)
	if err != nil {
		return nil, fmt.Errorf("encrypt the bundle: %w", err)
	}
	if _, err = w.Write(data); err == nil {
		err = w.Close()
	}
	if err == nil {
		err = text.Close()
	}
	if err != nil {
		return nil, fmt.Errorf("encrypt the bundle: %w", err)
	}
	return out.Bytes(), nil
}

// opened is what sealed closed. Without encryption it needs no identity.
func opened(data []byte, identity string) ([]byte, error) {
	if !bytes.HasPrefix(data, []byte(armor.Header)) {
		return data, nil
	}
	if identity == "" {
		return nil, usage("the bundle is encrypted", "name the file with your age identity: --identity FILE")
	}
	keys, err := os.ReadFile(identity)
	if err != nil {
		return nil, err
	}
	identities, err := age.ParseIdentities(bytes.NewReader(keys))
	if err != nil {
		return nil, usage("there is no age identity in "+quoted(identity), "`age-keygen -o FILE` makes one")
	}
	r, err := age.Decrypt(armor.NewReader(bytes.NewReader(data)), identities...)
	if err != nil {
		return nil, fmt.Errorf("decrypt the bundle: %w", err)
	}
	return io.ReadAll(r)
}
