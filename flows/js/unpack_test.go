package js_test

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/js"
)

// What is embedded is what stands in the folder: `go generate ./flows/js` packs it anew.
func TestTheRuntimeIsPacked(t *testing.T) {
	t.Parallel()
	embedded, err := os.ReadFile("runtime.gz")
	if err != nil {
		t.Fatal(err)
	}
	fresh, err := js.Pack(os.DirFS("runtime"))
	if err != nil {
		t.Fatal(err)
	}
	want, got := files(t, fresh), files(t, embedded)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("run go generate ./flows/js (-folder +embedded):\n%s", diff)
	}
	if len(want) < 10 || want["fetch"] == "" || want["modules/axios"] == "" {
		t.Errorf("packed %d scripts, and fetch or axios is not among them", len(want))
	}
}

// files are the texts that were packed, whatever way they were compressed.
func files(t *testing.T, packed []byte) (files map[string]string) {
	t.Helper()
	text, err := js.Unpack(packed)
	if err == nil {
		err = json.Unmarshal([]byte(text), &files)
	}
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func TestUnpackFails(t *testing.T) {
	t.Parallel()
	whole, err := os.ReadFile("runtime.gz")
	if err != nil {
		t.Fatal(err)
	}
	for name, packed := range map[string][]byte{"nothing": nil, "text": []byte("var x;"), "cut": whole[:len(whole)/2]} {
		if text, err := js.Unpack(packed); err == nil {
			t.Errorf("%s: unpacked to %d bytes", name, len(text))
		}
	}
}
