package screens

import (
	"encoding/json"
	"slices"
	"testing"

	"upe/flows/diff"
)

// What stays in a list is not shown to go and to come because something behind it goes.
func TestAChangeOfAListShowsNoCommas(t *testing.T) {
	t.Parallel()
	before, after := pretty(json.RawMessage(`{"types":["sms","voice"],"on":true}`)), pretty(json.RawMessage(`{"types":["sms"],"on":true}`))
	var changed []string
	for _, l := range diff.Lines(noCommas(before), noCommas(after)) {
		if l.Sign != diff.Kept {
			changed = append(changed, string(rune(l.Sign))+l.Text)
		}
	}
	if want := []string{`-    "voice"`}; !slices.Equal(changed, want) {
		t.Errorf("%q, want %q", changed, want)
	}
}
