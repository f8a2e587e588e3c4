package emulator_test

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// recording is the HTTP between the tests of Auth0's Go SDK and a real tenant: a cassette of go-vcr, version 2.
type recording struct {
	Interactions []interaction `yaml:"interactions"`

	name string // path below the folder of recordings, without the extension
}

// interaction is one request and what the real tenant answered.
type interaction struct {
	Request struct {
		Method string `yaml:"method"`
		URL    string `yaml:"url"`
		Body   string `yaml:"body"`
	} `yaml:"request"`
	Response struct {
		Code int    `yaml:"code"`
		Body string `yaml:"body"`
	} `yaml:"response"`
}

// path of the request below /api/v2, with its query.
func (i interaction) path(t *testing.T) string {
	t.Helper()
	u, err := url.Parse(i.Request.URL)
	if err != nil {
		t.Fatal(err)
	}
	path := strings.TrimPrefix(u.EscapedPath(), "/api/v2")
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	return path
}

// ours finds the recordings that touch what is emulated: by a path or an sms connection in them, or by their names where
// connections are listed and deleted. Connections of other strategies are not ours: the emulator keeps their options as they
// come, and Auth0 makes something of them.
var ours = regexp.MustCompile(`/api/v2/(branding/phone/|guardian/|tenants/settings|actions/|logs|connections/\w+/clients)|"strategy":"sms"`)

var listsOrDeletes = regexp.MustCompile(`TestConnectionManager_(List|Delete)\.yaml$`)

// recordings reads those of a folder that touch what is emulated, in the order of their names.
func recordings(t *testing.T, folder string) []recording {
	t.Helper()
	var list []recording
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || filepath.Ext(path) != ".yaml" {
			return err
		}
		raw, err := os.ReadFile(path)
		if err != nil || !ours.Match(raw) && !listsOrDeletes.MatchString(path) {
			return err
		}
		var r recording
		if err := yaml.Unmarshal(raw, &r); err != nil {
			return err
		}
		name, err := filepath.Rel(folder, path)
		r.name = strings.TrimSuffix(filepath.ToSlash(name), ".yaml")
		list = append(list, r)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// decoded is JSON with its numbers as they were written; nil for an empty body.
func decoded(t *testing.T, body string) any {
	t.Helper()
	if strings.TrimSpace(body) == "" {
		return nil
	}
	var v any
	d := json.NewDecoder(bytes.NewBufferString(body))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}
