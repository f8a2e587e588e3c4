package translate_test

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"upe/flows/syntax"
	"upe/flows/translate"
)

// FuzzTranslate: no code brings the translator down; what it makes parses, and comes from the edits that it names.
func FuzzTranslate(f *testing.F) {
	seeds := 0
	_ = filepath.WalkDir("testdata", func(path string, _ fs.DirEntry, _ error) error {
		if !strings.HasSuffix(path, ".js") {
			return nil
		}
		code, err := os.ReadFile(path)
		if seeds++; err == nil && (!testing.Short() || seeds%16 == 0) {
			f.Add(string(code), uint8(len(code)))
		}
		return nil
	})
	f.Fuzz(func(t *testing.T, code string, choice uint8) {
		source, options := drawn(code, choice)
		result, err := translate.Translate(t.Context(), source, options)
		if err != nil {
			t.Fatalf("%v\n%s", err, code)
		}
		switch result.Style {
		case translate.Refused:
			if result.Code != "" || len(result.Remarks) == 0 {
				t.Fatalf("refused, for %v, with code %q", result.Remarks, result.Code)
			}
		case translate.None:
			if result.Code != code || len(result.Edits) > 0 {
				t.Fatalf("nothing to do, but %v", result.Edits)
			}
		default:
			made, err := syntax.Apply(code, result.Edits)
			if err != nil || made != result.Code {
				t.Fatalf("%v: %q is not %q", err, made, result.Code)
			}
			if _, err := syntax.Parse(t.Context(), made); err != nil {
				t.Fatalf("%s: %v\n%s", result.Style, err, made)
			}
		}
	})
}

// drawn are settings made of a number.
func drawn(code string, choice uint8) (translate.Source, translate.Options) {
	pick := func(values ...string) string {
		value := values[int(choice)%len(values)]
		choice /= uint8(len(values))
		return value
	}
	decided := map[string]string{
		translate.OnError: pick("", translate.Drop), translate.NonCode: pick("", translate.Deliver, translate.Drop),
		translate.Voice: pick("", translate.AsText), translate.SecurityContext: pick("", translate.Stop),
	}
	style := translate.Style(pick("", "adapter", "rewrite"))
	return translate.Source{Code: code}, translate.Options{Style: style, Decided: decided}
}
