package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"
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
	rate    string
	tls     bool
	caFile  string
}

func (a *app) newEmulate() *cobra.Command {
	o := &emulateOptions{app: a}
	c := command("emulate", "Serve an emulated tenant on this machine",
		`emulate serves a tenant to practise on, with state: the part of Auth0's
Management API that a migration touches. It prints one JSON line when it
listens; set AUTH0_DOMAIN to its url and AUTH0_API_TOKEN to its token, and use
every command in another terminal. It ends with ctrl+c, and its state with it.

It listens on this machine only, in clear text. With --tls it makes a
certificate for this run and says in ca_file where its authority's is, for
clients that speak nothing but TLS. They have to be told to trust it: upe and
other programs made with Go by SSL_CERT_FILE (on Linux), Node.js by
NODE_EXTRA_CA_CERTS, curl by --cacert.

What a token may do is in the tenant file ("token"). Beside the API it answers,
without a token:

  GET  /emulator/state     the whole state, as a tenant file
  GET  /emulator/requests  what was sent
  GET  /emulator/handset   the messages that arrived, each with the requests
                           that brought it, secrets included
  POST /emulator/deliver   send a code as the tenant is configured now,
                           {"flow":"mfa","channel":"sms","to":"+15550001234"};
                           with "complete":true the user enters it and is
                           logged in, as the tenant's logs then say
  POST /emulator/toggle    the Dashboard's switch of a flow, which no API has:
                           {"flow":"mfa","tenant_level":true}`,
		`  upe emulate --tenant mfa-twilio
  upe emulate --tenant tenant.json --listen 127.0.0.1:4010 --latency 50ms
  upe emulate --rate-limit 2/s
  upe emulate --tls --ca-file ca.pem`,
		func(ctx context.Context, _ []string) error { return o.run(ctx) })
	c.Args = noArguments
	c.Flags().StringVar(&o.tenant, "tenant", testdata.Tenants()[0], "a tenant `FILE`, or the name of an embedded one\n(upe check --demo --scenario all lists them)")
	c.Flags().StringVar(&o.listen, "listen", "127.0.0.1:0", "the `ADDRESS` to listen on, of this machine")
	c.Flags().DurationVar(&o.latency, "latency", 0, "how long every answer takes")
	c.Flags().StringVar(&o.rate, "rate-limit", "", "answer 429 beyond this `RATE`: 2/s, or 50+16/s for a burst of 50, then 16")
	c.Flags().BoolVar(&o.tls, "tls", false, "serve https, with a certificate of this run")
	c.Flags().StringVar(&o.caFile, "ca-file", "", "with --tls: the `FILE` to write the authority's certificate to, and to keep;\notherwise a temporary one")
	return c
}

func (o *emulateOptions) run(ctx context.Context) error {
	file, err := tenantFile(o.tenant)
	if err != nil {
		return err
	}
	limit, err := o.rateLimit()
	if err != nil {
		return err
	}
	if o.caFile != "" && !o.tls {
		return usage("--ca-file names a certificate, and without --tls there is none", "add --tls, or leave --ca-file out")
	}
	t, err := emulator.New(emulator.Options{File: file, Latency: o.latency, Now: o.app.now, RateLimit: limit})
	if err != nil {
		return err
	}
	server, ca, err := o.start(ctx, t)
	if err != nil {
		return err
	}
	if ca != o.caFile {
		defer func() { _ = os.Remove(ca) }()
	}
	if err := o.announce(t, server.URL, ca); err != nil {
		return err
	}
	// Being told to end is how it ends.
	return server.Wait()
}

// start listens. With TLS it also says where the certificate is that clients have to trust.
func (o *emulateOptions) start(ctx context.Context, t *emulator.Tenant) (server *emulator.Server, caFile string, err error) {
	if !o.tls {
		server, err = t.Start(ctx, o.listen)
		return server, "", cannotListen(err)
	}
	certificate, err := emulator.NewCertificate(rand.Reader, o.app.now(), t.Domain())
	if err != nil {
		return nil, "", fmt.Errorf("make a certificate: %w", err)
	}
	if server, err = t.StartTLS(ctx, o.listen, certificate); err != nil {
		return nil, "", cannotListen(err)
	}
	caFile, err = keep(o.caFile, certificate.CA)
	return server, caFile, err
}

func cannotListen(err error) error {
	if err == nil {
		return nil
	}
	return &problem{
		exit: exitError, code: "listen", failed: "the emulated tenant cannot listen", why: err.Error(),
		do: "choose another address with --listen", cause: err,
	}
}

// keep writes a certificate, which is no secret, to path; to a temporary file when that is empty.
func keep(path string, certificate []byte) (string, error) {
	if path != "" {
		if err := os.WriteFile(path, certificate, 0o644); err != nil {
			return "", notWritten("the certificate of the authority was not written", path, err)
		}
		return path, nil
	}
	f, err := os.CreateTemp("", "upe-ca-*.pem")
	if err != nil {
		return "", fmt.Errorf("write the certificate of the authority: %w", err)
	}
	_, err = f.Write(certificate)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(fmt.Errorf("write the certificate of the authority: %w", err), os.Remove(f.Name()))
	}
	return f.Name(), nil
}

// rateLimit reads "RATE/s" or "BURST+RATE/s".
func (o *emulateOptions) rateLimit() (emulator.RateLimit, error) {
	if o.rate == "" {
		return roomy, nil
	}
	burst, rate, both := strings.Cut(strings.TrimSuffix(o.rate, "/s"), "+")
	if !both {
		rate = burst
	}
	at, errBurst := strconv.Atoi(burst)
	perSecond, errRate := strconv.ParseFloat(rate, 64)
	if cmp.Or(errBurst, errRate) != nil || !strings.HasSuffix(o.rate, "/s") || at < 1 || !(perSecond > 0 && perSecond <= 1e6) {
		return emulator.RateLimit{}, usage("--rate-limit "+quoted(o.rate)+" is not a rate", "give it like 2/s, or like 50+16/s for 50 at once and then 16")
	}
	return emulator.RateLimit{Burst: at, PerSecond: perSecond}, nil
}

// announce says in one line how to reach the tenant.
func (o *emulateOptions) announce(t *emulator.Tenant, url, caFile string) error {
	line, err := json.Marshal(struct {
		Schema       string `json:"schema"`
		URL          string `json:"url"`
		Domain       string `json:"domain"`
		Token        string `json:"token"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		Audience     string `json:"audience"`
		CAFile       string `json:"ca_file,omitempty"`
	}{
		"upe.emulate/1", url, t.Domain(), t.Token(), emulator.DefaultClientID, emulator.DefaultClientSecret,
		t.Identity().Audience, caFile,
	})
	if err == nil {
		_, err = fmt.Fprintf(o.app.out, "%s\n", line)
	}
	if err != nil {
		return fmt.Errorf("say where it listens: %w", err)
	}
	return nil
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
		exit: exitError, code: "tenant-file", failed: "the tenant " + quoted(fileOrName) + " cannot be used", why: reason(err).Error(),
		do: "give a file, or one of " + join(testdata.Tenants()), cause: err,
	}
}
