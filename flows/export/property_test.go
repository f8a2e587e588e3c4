package export_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"github.com/zclconf/go-cty/cty"
	"github.com/zclconf/go-cty/cty/function"
	"github.com/zclconf/go-cty/cty/function/stdlib"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"upe/flows/export"
	"upe/flows/plan"
)

// hostile draws texts that would be read as something else by a writer that is not careful.
func hostile() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.String(),
		rapid.SampledFrom([]string{
			"line one\nline two\n", "line one\nline two", "${", "%{", "$${", "%%{", "$%{", "%$${", "$", "%", "{", "}", "\"", "\\", "\\u0041", "\n", "\r\n", "\t", "EOT", "\nEOT\n", "\nEOT_\n",
			"EOF", "#", "//", "/*", "~}", "${~ x ~}", "@@X@@", "##X##", ": ", "- ", "|", ">", "'", "\u202e", "\u2028", "\x00", "\x1b[31m", "\u00e9", "e\u0301",
			"\U000e0001", "\ufeff", "  ", "null", "~", "*a", "&a", "!!binary x", "---", "...",
		}),
	)
	return rapid.Custom(func(t *rapid.T) string { return strings.Join(rapid.SliceOfN(piece, 0, 8).Draw(t, "pieces"), "") })
}

// TestTextsComeBack: whatever stands in code, wordings and names, HashiCorp's parser and a YAML parser read the same again.
func TestTextsComeBack(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		code, wording, name := hostile().Draw(t, "code"), hostile().Draw(t, "wording"), hostile().Draw(t, "name")
		c := export.Configuration{
			From:   hostile().Draw(t, "from"),
			Action: &export.Action{Name: name, Code: code, Secrets: []export.ActionSecret{{Name: name, Secret: plan.SecretAction(name)}}},
			Templates: []export.Template{
				{Type: "otp_verify", Text: wording, Voice: code, From: name},
			},
			Notes: []string{hostile().Draw(t, "note")},
		}
		for _, f := range export.Terraform(c) {
			if f.Name == "prepare.tf" {
				back(t, f, map[string]string{"code": code, "name": name, "text": wording, "voice": code, "from": name})
			} else if _, d := hclsyntax.ParseConfig([]byte(f.Data), f.Name, hcl.InitialPos); d.HasErrors() {
				t.Fatalf("%v\n%s", d, f.Data)
			}
		}
		files, err := export.DeployYAML(c, "tenant.yaml")
		if err != nil {
			t.Fatal(err)
		}
		var document struct {
			Actions   []struct{ Name, Code string }
			Templates []struct {
				Content struct {
					From string
					Body struct{ Text, Voice string }
				}
			} `yaml:"phoneTemplates"`
		}
		if err := yaml.Unmarshal([]byte(files[0].Data), &document); err != nil {
			t.Fatalf("%v\n%s", err, files[0].Data)
		}
		got := document.Templates[0].Content
		if document.Actions[0].Name != name || got.Body.Text != wording || got.Body.Voice != code || got.From != name {
			t.Fatalf("YAML: %+v from\n%s", document, files[0].Data)
		}
		if files[1].Data != code || "./"+files[1].Name != document.Actions[0].Code {
			t.Fatalf("code: %q in %s", files[1].Data, files[1].Name)
		}
	})
}

// back reads the texts of a file back and compares them; Terraform knows them in normal form C.
func back(t *rapid.T, f export.File, want map[string]string) {
	file, d := hclsyntax.ParseConfig([]byte(f.Data), f.Name, hcl.InitialPos)
	if d.HasErrors() {
		t.Fatalf("%v\n%s", d, f.Data)
	}
	if formatted := string(hclwrite.Format([]byte(f.Data))); formatted != f.Data {
		t.Fatalf("not formatted:\n%s\nwant\n%s", f.Data, formatted)
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		t.Fatal("no native syntax")
	}
	seen := map[string]string{}
	collect(t, body, seen)
	for name, text := range want {
		if text = norm.NFC.String(text); seen[name] != text {
			t.Fatalf("%s is %q, want %q, from\n%s", name, seen[name], text, f.Data)
		}
	}
}

func collect(t *rapid.T, body *hclsyntax.Body, into map[string]string) {
	functions := &hcl.EvalContext{Functions: map[string]function.Function{"trimsuffix": stdlib.TrimSuffixFunc}}
	for name, a := range body.Attributes {
		if len(a.Expr.Variables()) > 0 {
			continue
		}
		value, d := a.Expr.Value(functions)
		if d.HasErrors() {
			t.Fatalf("%s: %v", name, d)
		}
		if value.Type() == cty.String {
			into[name] = value.AsString()
		}
	}
	for _, b := range body.Blocks {
		if b.Type == "secrets" || b.Type == "supported_triggers" {
			continue
		}
		collect(t, b.Body, into)
	}
}
