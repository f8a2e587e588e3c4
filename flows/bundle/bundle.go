package bundle

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"upe/flows/tenant"
)

// Schema names the form of a bundle. A number above 1 is of a program newer than this.
const (
	Schema       = "upe.bundle/1"
	schemaFamily = "upe.bundle/"
)

// Bundle is a tenant to give away.
type Bundle struct {
	Tenant   tenant.Identity `json:"tenant"`
	Made     time.Time       `json:"made"`
	By       string          `json:"by"` // the program and its version
	Removed  []Removal       `json:"removed"`
	Literals []Literal       `json:"literals"` // that look like secrets, in the code that went along
	Snapshot tenant.Snapshot `json:"snapshot"`
}

// Removal is something that was taken out. Its value is not told.
type Removal struct {
	Path    string `json:"path"`    // of the part
	Pointer string `json:"pointer"` // in it, see RFC 6901
	What    Kind   `json:"what"`
}

// Kind says why something was taken out.
type Kind string

// The kinds of what is taken out.
const (
	Secret   Kind = "secret"
	Person   Kind = "about a person"
	Needless Kind = "not needed"
	Code     Kind = "code"
)

// Options say how a bundle is made.
type Options struct {
	Made        time.Time
	By          string
	WithoutCode bool // leave the code of Actions out
}

// Make takes out of a snapshot what must not leave the tenant.
func Make(s tenant.Snapshot, o Options) Bundle {
	b := Bundle{Tenant: s.Tenant, Made: o.Made.UTC().Truncate(time.Second), By: o.By, Removed: []Removal{}, Literals: []Literal{}}
	b.Snapshot = tenant.Snapshot{Schema: s.Schema, Tenant: s.Tenant, Parts: map[string]tenant.Part{}}
	for _, path := range s.Paths() {
		stripped, removed := strip(path, s.Parts[path], o)
		b.Snapshot.Parts[path] = stripped
		b.Removed = append(b.Removed, removed...)
	}
	if !o.WithoutCode {
		b.Literals = append(b.Literals, Literals(b.Snapshot)...)
	}
	return b
}

// file is a bundle as it is written. The checksum is over the bytes of the content, so that a reader which knows fewer fields can
// check it as well.
type file struct {
	Schema   string          `json:"schema"`
	Checksum string          `json:"checksum"` // "sha256:…"
	Content  json.RawMessage `json:"content"`
}

// Bytes is the file: JSON, indented, with a checksum over the content without its white space.
func (b Bundle) Bytes() ([]byte, error) {
	content, err := encoded(b)
	if err != nil {
		return nil, fmt.Errorf("encode the bundle: %w", err)
	}
	whole, err := encoded(file{Schema, checksum(content), content})
	if err != nil {
		return nil, fmt.Errorf("encode the bundle: %w", err)
	}
	var out bytes.Buffer
	if err := json.Indent(&out, whole, "", "  "); err != nil {
		return nil, fmt.Errorf("encode the bundle: %w", err)
	}
	return out.Bytes(), nil
}

// encoded is JSON in one line. Characters of HTML stay as they are.
func encoded(v any) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(v)
	return out.Bytes(), err
}

// checksum is over JSON without white space between its values.
func checksum(content []byte) string {
	var compact bytes.Buffer
	if json.Compact(&compact, content) != nil {
		return ""
	}
	sum := sha256.Sum256(compact.Bytes())
	return "sha256:" + hex.EncodeToString(sum[:])
}

// What is wrong with a file, for errors.Is.
var (
	ErrNoBundle = errors.New("this is not a bundle")
	ErrNewer    = errors.New("this bundle was made by a newer program")
	ErrChanged  = errors.New("this bundle was changed after it was made")
)

// Parse reads a bundle. Fields that it does not know are left alone: they belong to a newer program of the same schema.
func Parse(raw []byte) (Bundle, error) {
	var f file
	if err := json.Unmarshal(raw, &f); err != nil {
		return Bundle{}, fmt.Errorf("%w: %w", ErrNoBundle, err)
	}
	switch {
	case !strings.HasPrefix(f.Schema, schemaFamily):
		return Bundle{}, fmt.Errorf("%w: its schema is %q", ErrNoBundle, f.Schema)
	case f.Schema != Schema:
		return Bundle{}, fmt.Errorf("%w: its schema is %s, and this program reads %s", ErrNewer, f.Schema, Schema)
	case f.Checksum != checksum(f.Content):
		return Bundle{}, fmt.Errorf("%w: its content does not have the checksum it names", ErrChanged)
	}
	var b Bundle
	if err := json.Unmarshal(f.Content, &b); err != nil {
		return Bundle{}, fmt.Errorf("%w: %w", ErrNoBundle, err)
	}
	if b.Snapshot.Schema != tenant.SnapshotSchema || b.Snapshot.Tenant != b.Tenant {
		return Bundle{}, fmt.Errorf("%w: its snapshot is not of the tenant it names", ErrNoBundle)
	}
	return b, nil
}
