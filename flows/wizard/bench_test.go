package wizard_test

import (
	"context"
	"testing"

	"upe/client/emulator"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// What a key costs before anything is drawn, on the tenant with 1,200 connections and 150 Actions: the whole way to the review, for which
// every station before it is gone through.
func BenchmarkNext(b *testing.B) {
	file, err := testdata.Tenant("many")
	if err != nil {
		b.Fatal(err)
	}
	many, err := emulator.New(emulator.Options{File: file})
	if err != nil {
		b.Fatal(err)
	}
	want, err := testdata.Expectation("many")
	if err != nil {
		b.Fatal(err)
	}
	answers, err := wizard.ParseAnswers(want.Answers, func(ref wizard.SecretRef) (string, error) { return testdata.Secret(ref.Env), nil })
	if err != nil {
		b.Fatal(err)
	}
	host := wizard.Host{
		Read: func(ctx context.Context, progress func(tenant.Progress)) (tenant.Snapshot, error) {
			return tenant.Read(ctx, many.Identity(), many.Port(tenant.Permit{}), progress)
		},
		ReadFile: func(path string) ([]byte, error) { return []byte(want.Files[path]), nil },
	}
	session := wizard.NewSession(wizard.Known{Mode: wizard.DryRun, Tenant: many.Identity()}, answers)
	for page := session.Page(); ; page = session.Page() {
		b.Run(page.ID, func(b *testing.B) {
			for b.Loop() {
				session.Update(func(k wizard.Known) wizard.Known { return k })
			}
		})
		if page.Stage == wizard.StageReview || page.Final {
			return
		}
		given := wizard.Answers{}
		for _, q := range page.Questions {
			given[q.Key] = session.Default(q)
		}
		if e := page.Effect; e != nil {
			if err := e.Run(b.Context(), host, given, session.Update); err != nil {
				b.Fatalf("%s: %v", page.ID, err)
			}
		}
		session.Pass(given)
		if session.Page().ID == page.ID {
			b.Fatalf("%q does not go on", page.ID)
		}
	}
}
