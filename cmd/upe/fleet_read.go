package main

import (
	"context"
	"fmt"

	"upe/client"
	"upe/client/login"
	"upe/flows/fleet"
	"upe/flows/phone"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// readOne takes the snapshot of one tenant of a list. Its credentials are its own, and are refused when the token is of another tenant.
func (a *app) readOne(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
	one := *a
	one.system.lookup = func(string) (string, bool) { return "", false } // nothing of the environment but what the list names
	switch {
	case a.global.demo:
		one.global.scenario = t.Name
	case t.Bundle != "":
		one.global.offline.file = t.Bundle
	default:
		s, err := a.readListed(ctx, t)
		return s, inList(t, err)
	}
	s, err := one.fromBundle(ctx)
	if err != nil {
		return tenant.Snapshot{}, err
	}
	defer s.close()
	if err := isListed(t, s.who); err != nil && t.Bundle != "" {
		return tenant.Snapshot{}, err
	}
	return s.snapshot(ctx, nil)
}

// readListed reads a tenant over the network.
func (a *app) readListed(ctx context.Context, t fleet.Tenant) (tenant.Snapshot, error) {
	credentials := login.Credentials{Domain: t.Address(), ClientID: t.ClientID, Audience: t.Audience}
	var err error
	if credentials.Token, err = a.refer(t.Token); err != nil {
		return tenant.Snapshot{}, err
	}
	if credentials.ClientSecret, err = a.refer(t.ClientSecret); err != nil {
		return tenant.Snapshot{}, err
	}
	agent := "upe/" + build().Version
	tokens, err := login.Source(credentials, login.Options{Now: a.now, UserAgent: agent})
	if err != nil {
		return tenant.Snapshot{}, err
	}
	c, err := client.New(client.Options{
		Domain: credentials.Domain, Tokens: tokens, Now: a.now, ReadOnly: true, Mask: phone.MaskAll, UserAgent: agent,
	})
	if err != nil {
		return tenant.Snapshot{}, err
	}
	defer c.Close()
	claims, err := c.Claims(ctx)
	if err == nil {
		err = isListed(t, claims.Identity)
	}
	if err != nil {
		return tenant.Snapshot{}, err
	}
	return tenant.Read(ctx, claims.Identity, c, nil)
}

// refer is the secret that a reference names; "" for none. A variable that is named and empty is a failure of its tenant alone.
func (a *app) refer(r fleet.Ref) (string, error) {
	if !r.Named() {
		return "", nil
	}
	value, err := a.resolveSecret(wizard.SecretRef(r))
	switch {
	case err != nil:
	case value == "" && r.File != "":
		err = &login.Error{Failed: "there are no credentials", Why: "the file " + quoted(r.File) + " is empty"}
	case value == "":
		err = &login.Error{Failed: "there are no credentials", Why: "the variable " + r.Env + " is not set"}
	}
	return value, err
}

// inList says what to put right in the list: the variables of a single tenant, which the reason would name, are not looked at here.
func inList(t fleet.Tenant, err error) error {
	if err == nil {
		return nil
	}
	p := *explain(err)
	switch p.code {
	case "credentials", "token", "file":
		p.do = "put right in the list, or where it says: " + t.Keys()
	case "unreachable", "network":
		p.do = "check in the list: domain: " + t.Domain
		if t.URL != "" {
			p.do = "check in the list: url: " + t.URL
		}
	default:
		return err
	}
	return &p
}

// isListed refuses credentials and bundles of another tenant than the list says.
func isListed(t fleet.Tenant, who tenant.Identity) error {
	if who.Domain == t.Domain {
		return nil
	}
	return &problem{
		exit: exitRefused, code: "wrong-tenant", failed: "nothing was read: this is another tenant",
		why: fmt.Sprintf("the list says %s, and the credentials are for %s", t.Domain, who.Domain), do: "correct the list",
	}
}

// failureCode names why a tenant could not be read.
func failureCode(err error) string { return explain(err).code }
