package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"

	"github.com/spf13/cobra"

	"upe/client/emulator"
	"upe/testdata"
)

type emulateOptions struct {
	app     *app
	tenant  string
	listen  string
	latency time.Duration
}

func (a *app) newEmulate() *cobra.Command {
	o := &emulateOptions{app: a}
	c := command("emulate", "Serve an emulated tenant on this machine",
		`emulate serves a tenant to practise on, with state: the part of Auth0's
Management API that a migration touches. It prints one JSON line when it
listens; set AUTH0_DOMAIN to its url and AUTH0_API_TOKEN to its token, and use
every command in another terminal. It ends with ctrl+c, and its state with it.

It listens on this machine only. Beside the API it answers, without a token:

  GET  /emulator/state     the whole state, as a tenant file
  GET  /emulator/requests  what was sent
  GET  /emulator/handset   the messages that arrived
  POST /emulator/deliver   send a code as the tenant is configured now,
                           {"flow":"mfa","channel":"sms","to":"+15550001234"}`,
		`  upe emulate --tenant mfa-twilio
  upe emulate --tenant tenant.json --listen 127.0.0.1:4010 --latency 50ms`,
		func(ctx context.Context, _ []string) error { return o.run(ctx) })
	c.Args = noArguments
	c.Flags().StringVar(&o.tenant, "tenant", testdata.Tenants()[0], "a tenant `FILE`, or the name of an embedded one:\n"+join(testdata.Tenants()))
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:0", "the `ADDRESS` to listen on, of this machine")
	c.Flags().DurationVar(&o.latency, "latency", 0, "how long every answer takes")
	return c
}

func (o *emulateOptions) run(ctx context.Context) error {
	file, err := tenantFile(o.tenant)
	if err != nil {
		return err
	}
	t, err := emulator.New(emulator.Options{File: file, Latency: o.latency, Now: o.app.now, RateLimit: roomy})
	if err != nil {
		return err
	}
	server, err := t.Start(ctx, o.listen)
	if err != nil {
		return &problem{exit: exitError, code: "listen", failed: "the emulated tenant cannot listen", why: err.Error(), do: "choose another address with --listen", cause: err}
	}
	line, err := json.Marshal(struct {
		Schema       string `json:"schema"`
		URL          string `json:"url"`
		Domain       string `json:"domain"`
		Token        string `json:"token"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		Audience     string `json:"audience"`
	}{
		"upe.emulate/1", server.URL, t.Domain(), t.Token(), emulator.DefaultClientID, emulator.DefaultClientSecret,
		"https://" + t.Domain() + "/api/v2/",
	})
	if err == nil {
		_, err = fmt.Fprintf(o.app.out, "%s\n", line)
	}
	if err != nil {
		return fmt.Errorf("say where it listens: %w", err)
	}
	// Being told to end is how it ends.
	return server.Wait()
}

// tenantFile reads a tenant file, or finds an embedded one by its name.
func tenantFile(fileOrName string) ([]byte, error) {
	raw, err := os.ReadFile(fileOrName)
	if err == nil {
		return raw, nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		if raw, named := testdata.Tenant(fileOrName); named == nil {
			return raw, nil
		}
	}
	return nil, &problem{
		exit: exitError, code: "tenant-file", failed: "the tenant " + quoted(fileOrName) + " cannot be used", why: err.Error(),
		do: "give a file, or one of " + join(testdata.Tenants()), cause: err,
	}
}
