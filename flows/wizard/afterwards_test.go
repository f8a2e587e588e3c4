package wizard_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/judge"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// promised is what the review says of where codes will go, a line for each that will arrive.
func promised(page wizard.Page) []string {
	var lines []string
	for _, b := range page.Blocks {
		if j, ok := b.(wizard.Journey); ok && j.Title == "After the last switch a code goes" {
			lines = append(lines, arriving(j.Legs)...)
		}
	}
	return lines
}

// keepsThePromise compares what the review said with what is read from the tenant at the end.
func (w *world) keepsThePromise(promised []string) {
	w.t.Helper()
	now := judge.Judge(*w.read().Snapshot)
	if diff := cmp.Diff(promised, arriving(wizard.Legs(now))); diff != "" {
		w.t.Errorf("ways of codes (-as the review said +as they are):\n%s", diff)
	}
	if len(promised) == 0 {
		w.t.Error("the review says nothing of where codes will go")
	}
}

func arriving(legs []wizard.Leg) []string {
	var lines []string
	for _, leg := range legs {
		if leg.Delivers {
			lines = append(lines, strings.ReplaceAll(strings.Join([]string{leg.Flow, leg.Through, leg.Carrier}, " > "), "\n", `\n`))
		} else if leg.Problem == "" {
			lines = append(lines, fmt.Sprintf("%s: no problem is named", leg.Flow))
		}
	}
	slices.Sort(lines)
	return lines
}

// TestFindingsShowWhatTheyWereFoundIn: each answer once, exactly as it came but for the secrets in it.
func TestFindingsShowWhatTheyWereFoundIn(t *testing.T) {
	t.Parallel()
	w := newWorld(t, "mfa-twilio-voice")
	p := &person{T: t, session: wizard.NewSession(w.known(wizard.Demo), nil), host: w.host()}
	page := p.until("verify")
	found, _ := page.Blocks[len(page.Blocks)-1].(wizard.Findings)
	snapshot := w.read().Snapshot
	shown := map[string]string{}
	for _, part := range found.Parts {
		if _, twice := shown[part.Path]; twice {
			t.Errorf("%s is shown twice", part.Path)
		}
		shown[part.Path] = string(part.JSON)
		if want := string(tenant.Redact(snapshot.Parts[part.Path].Raw)); string(part.JSON) != want {
			t.Errorf("%s: %s, want %s", part.Path, part.JSON, want)
		}
	}
	if got := shown[tenant.PathTwilio]; !strings.Contains(got, tenant.Redacted) || !strings.Contains(got, "+15005550009") {
		t.Errorf("Twilio's settings are shown as %q", got)
	}
}
