package main

import (
	"context"
	"errors"
	"os"

	"github.com/spf13/cobra"

	"upe/flows/bundle"
	"upe/flows/wizard"
)

// offline is a bundle in place of a tenant: flags of the commands that only read and plan.
type offline struct {
	file     string // --bundle
	identity string // --identity
}

// flags adds those of a command that takes a bundle.
func (o *offline) flags(c *cobra.Command) {
	c.Flags().StringVar(&o.file, "bundle", "", "a `FILE` that bundle create made, instead of a tenant; no network is used")
	c.Flags().StringVar(&o.identity, "identity", "", "the `FILE` with the age identity that an encrypted bundle is for")
}

func (a *app) newBundleOpen() *cobra.Command {
	var o offline
	c := command("open", "Walk the wizard on a bundle, without any network",
		`open starts the wizard on a bundle. It ends with a plan as a file, which goes
back to whoever made the bundle: upe prepare PLAN, where the tenant is. Nothing
leaves this computer.

The commands check and plan take a bundle as well: upe check --bundle FILE.`,
		`  upe bundle open acme.bundle.json
  upe bundle open --identity key.txt acme.bundle.age`,
		nil)
	c.Args = oneArgument("bundle")
	c.RunE = func(cmd *cobra.Command, args []string) error {
		o.file = args[0]
		a.global.offline = o
		return a.wizard(cmd.Context())
	}
	c.Flags().StringVar(&o.identity, "identity", "", "the `FILE` with the age identity that an encrypted bundle is for")
	return c
}

// openBundle is a session with the tenant of a bundle.
func (a *app) openBundle() (*session, error) {
	if a.global.demo || a.global.domain != "" {
		return nil, usage("a bundle is a tenant by itself", "leave --demo and --domain out")
	}
	raw, err := os.ReadFile(a.global.offline.file)
	if err != nil {
		err = naming(a.global.offline.file, err)
	} else {
		raw, err = opened(raw, a.global.offline.identity)
	}
	if err != nil {
		return nil, badBundle(err)
	}
	b, err := bundle.Parse(raw)
	if err != nil {
		return nil, badBundle(err)
	}
	return &session{mode: wizard.Offline, who: b.Tenant, reads: true, bundle: &b, close: func() {}}, nil
}

func badBundle(err error) error {
	var known *problem
	if errors.As(err, &known) {
		return err
	}
	p := &problem{exit: exitError, code: "bundle", failed: "the bundle cannot be opened", why: err.Error(), cause: err, do: "ask for it again"}
	switch {
	case errors.Is(err, bundle.ErrNewer):
		p.do = "update upe; `upe version` says which this is"
	case errors.Is(err, bundle.ErrChanged):
		p.do = "ask for it again: a bundle that was edited no longer says what the tenant is"
	case errors.Is(err, os.ErrNotExist):
		p.do = "name a file that upe bundle create made"
	}
	return p
}

// fromBundle begins a session that reads a bundle for its tenant, where one is named.
func (a *app) fromBundle(ctx context.Context) (*session, error) {
	if a.global.offline.file == "" {
		return a.connect(ctx)
	}
	return a.openBundle()
}
