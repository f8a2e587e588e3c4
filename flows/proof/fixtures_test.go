package proof_test

import (
	"os"
	"testing"

	"upe/flows/proof"
	"upe/flows/translate"
	"upe/flows/translate/fixtures"
)

// Every fixture of the translation has the verdict that was written down for it.
func TestProveFixtures(t *testing.T) {
	t.Parallel()
	all, err := fixtures.Load(os.DirFS("../translate/testdata"))
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		all = fixtures.Sample(all)[:4] // see slow
	}
	for _, f := range all {
		t.Run(f.Name, func(t *testing.T) {
			t.Parallel()
			translation, err := translate.Translate(t.Context(), f.Source(), f.Options())
			if err != nil {
				t.Fatal(err)
			}
			if translation.Code == "" || translation.Style == translate.None {
				t.Skip("there is nothing to prove")
			}
			flow := proof.Flow{Name: "MFA", Old: proof.Legacy(f.Source())}
			if testing.Short() {
				flow.Types, flow.Methods = []string{"otp_verify"}, []string{"text"}
			}
			p, err := proof.Prove(t.Context(), []proof.Flow{flow}, translation.Code, proof.Options{Decided: f.Want.Decided, Secrets: translation.Secrets})
			if err != nil {
				t.Fatal(err)
			}
			if !f.Want.Verdict.Allows(string(p.Verdict)) {
				t.Errorf("want %s\n%s\n%s", f.Want.Verdict, shown(t, p), translation.Code)
			}
			if p.Verdict == proof.NotExercised && len(p.NotExercised) == 0 {
				t.Error("it does not say what was not exercised")
			}
		})
	}
}
