package fleet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"go.yaml.in/yaml/v3"
)

// ListSchema is the first line of a list.
const ListSchema = "upe.fleet/1"

// Tenant is one tenant of a list, with where its credentials are: a token, or an application's id and secret, or neither where a
// bundle stands for it.
type Tenant struct {
	Domain       string `yaml:"domain"` // canonical; what the token says must be the same
	Name         string `yaml:"name"`   // how it is called in tables; the domain when empty
	URL          string `yaml:"url"`    // where it is reached, if not at its domain: a custom domain, or an emulated tenant
	Audience     string `yaml:"audience"`
	Token        Ref    `yaml:"token"`
	ClientID     string `yaml:"client_id"`
	ClientSecret Ref    `yaml:"client_secret"`
	Bundle       string `yaml:"bundle"` // a file that `upe bundle create` made
}

// Ref says where a secret is. It is never in the list itself.
type Ref struct {
	Env  string `yaml:"env"`
	File string `yaml:"file"`
}

// UnmarshalYAML refuses a secret that is written out, without a word of it: what YAML itself says quotes its beginning.
func (r *Ref) UnmarshalYAML(node *yaml.Node) error {
	type ref Ref
	if node.Kind != yaml.MappingNode {
		return fmt.Errorf("line %d: a secret is never in the list, only where it is: {env: NAME} or {file: PATH}", node.Line)
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Value != "env" && key.Value != "file" || value.Kind != yaml.ScalarNode {
			return fmt.Errorf("line %d: of a secret the list says {env: NAME} or {file: PATH}, and nothing else", node.Line)
		}
	}
	return node.Decode((*ref)(r)) //nolint:wrapcheck // Parse does
}

// Named reports whether a reference names anything.
func (r Ref) Named() bool { return r != Ref{} }

// Title is how a tenant is called.
func (t Tenant) Title() string {
	if t.Name != "" {
		return t.Name
	}
	return t.Domain
}

// Address is where the tenant is reached.
func (t Tenant) Address() string {
	if t.URL != "" {
		return t.URL
	}
	return t.Domain
}

// In is the tenant with the files it names seen from the folder that the list is in.
func (t Tenant) In(folder string) Tenant {
	for _, file := range []*string{&t.Bundle, &t.Token.File, &t.ClientSecret.File} {
		if *file != "" && !filepath.IsAbs(*file) {
			*file = filepath.Join(folder, *file)
		}
	}
	return t
}

// String says where the secret is, as the list does.
func (r Ref) String() string {
	if r.Env != "" {
		return "{env: " + r.Env + "}"
	}
	return "{file: " + r.File + "}"
}

// Keys are what the list says of the way to a tenant: "token: {env: ACME_TOKEN}".
func (t Tenant) Keys() string {
	switch {
	case t.Bundle != "":
		return "bundle: " + t.Bundle
	case t.Token.Named():
		return "token: " + t.Token.String()
	}
	return "client_id and client_secret: " + t.ClientSecret.String()
}

// Parse reads a list. Unknown keys are errors, and so are two tenants of one domain and a tenant without a way to it.
func Parse(raw []byte) ([]Tenant, error) {
	var list struct {
		Schema  string   `yaml:"schema"`
		Tenants []Tenant `yaml:"tenants"`
	}
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	if err := decoder.Decode(&list); err != nil && !errors.Is(err, io.EOF) {
		// Where a field has no place is told by its line; the types of this program tell nobody anything.
		return nil, fmt.Errorf("the list is not valid: %s", strings.ReplaceAll(err.Error(), " in type fleet.Tenant", ""))
	}
	if list.Schema != ListSchema {
		return nil, fmt.Errorf("the list has schema %q; it begins with `schema: %s`", list.Schema, ListSchema)
	}
	if len(list.Tenants) == 0 {
		return nil, errors.New("the list names no tenants")
	}
	seen := map[string]bool{}
	for i, t := range list.Tenants {
		if err := t.complete(); err != nil {
			return nil, fmt.Errorf("tenant %d of the list: %w", i+1, err)
		}
		if seen[t.Domain] {
			return nil, fmt.Errorf("tenant %d of the list: %s is there twice", i+1, t.Domain)
		}
		seen[t.Domain] = true
	}
	return list.Tenants, nil
}

// Part is every nth tenant of a list, from the kth: of n parts the kth, from 1. Parts differ by one tenant at most.
func Part(list []Tenant, k, n int) []Tenant {
	var part []Tenant
	for i := k - 1; i < len(list); i += n {
		part = append(part, list[i])
	}
	return part
}

// complete finds what a tenant lacks. Credentials of another tenant are never tried, so each has its own.
func (t Tenant) complete() error {
	application := t.ClientID != "" || t.ClientSecret.Named()
	switch {
	case t.Domain == "":
		return errors.New("it has no domain")
	case t.Bundle != "" && (application || t.Token.Named()):
		return fmt.Errorf("%s has a bundle and credentials; a bundle needs none", t.Domain)
	case t.Bundle != "":
		return nil
	case t.Token.Named() && application:
		return fmt.Errorf("%s has a token and an application; one of them is enough", t.Domain)
	case !t.Token.Named() && (t.ClientID == "" || !t.ClientSecret.Named()):
		return fmt.Errorf("%s has no credentials: it needs token, or client_id and client_secret, or bundle", t.Domain)
	}
	for _, r := range []Ref{t.Token, t.ClientSecret} {
		if r.Env != "" && r.File != "" {
			return fmt.Errorf("%s has a secret with env and file; one of them is enough", t.Domain)
		}
	}
	return nil
}
