package translate_test

import (
	"os"
	"testing"

	"upe/flows/translate"
)

// BenchmarkTranslate is one ordinary Action, after the first.
func BenchmarkTranslate(b *testing.B) {
	code, err := os.ReadFile("testdata/actions/axios-instance-retry/legacy.js")
	if err != nil {
		b.Fatal(err)
	}
	for _, style := range []translate.Style{translate.Rewrite, translate.Adapter} {
		b.Run(string(style), func(b *testing.B) {
			b.SetBytes(int64(len(code)))
			for b.Loop() {
				got, err := translate.Translate(b.Context(), translate.Source{Code: string(code)}, translate.Options{Style: style})
				if err != nil || got.Style != style {
					b.Fatal(got.Style, err)
				}
			}
		})
	}
}
