package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"upe/flows/proof"
	"upe/flows/translate"
	"upe/flows/wizard"
)

// What Auth0 would not take is refused as a whole, also where only the adapter makes it too long: there is no code to hand on.
func TestTranslateRefusesWhatAuth0WouldNotTake(t *testing.T) {
	t.Parallel()
	const handler = `exports.onExecuteSendPhoneMessage = async (event) => {
  const all = { ...event.message_options };
  await fetch("https://gateway.example", { method: "POST", body: JSON.stringify(all) });
};
`
	a := testApp(t)
	var out bytes.Buffer
	a.global.demo, a.global.json, a.out = false, true, &out
	a.in = strings.NewReader(handler + strings.Repeat("// as long as it may be\n", (99_990-len(handler))/24))
	o := &translateOptions{app: a, style: "auto"}
	err := o.run(t.Context(), []string{"-"})
	var p *problem
	if !errors.As(err, &p) || p.exit != exitRefused || !strings.Contains(p.why, "Auth0 takes 100000 at most") {
		t.Errorf("error %v", err)
	}
	var document translationDocument
	if err := json.Unmarshal(out.Bytes(), &document); err != nil || document.Code != "" || document.Style != "refused" {
		t.Errorf("%v, style %q, %d bytes of code", err, document.Style, len(document.Code))
	}
}

// TestUnproven: code of which nothing could be tried must not be relied on, and the exit code is 3.
func TestUnproven(t *testing.T) {
	t.Parallel()
	for verdict, want := range map[proof.Verdict]string{proof.Same: "", proof.NotExercised: "not-exercised"} {
		err := unproven(wizard.Made{Style: translate.Rewrite, Proof: proof.Proof{Verdict: verdict}})
		var p *problem
		if got := errors.As(err, &p); got != (want != "") || got && (p.code != want || p.exit != exitDecision || p.failed == "" || p.do == "") {
			t.Errorf("%s: %v, want %q", verdict, err, want)
		}
	}
}
