package generate_test

import (
	"errors"
	"testing"

	"upe/flows/generate"
	"upe/flows/js"
)

// asPart routes MFA's login codes to code, and its enrolment codes to Twilio.
func asPart(code string) (generate.Action, error) {
	twilio := generate.Twilio{SID: "AC1", From: "+15005550006"}
	part := generate.Translated{Name: "own", Action: generate.Action{Code: code, Secrets: []string{"KEY"}}}
	a, _, err := generate.Router([]generate.Route{
		{Flow: generate.MFA, MessageTypes: []string{"otp_enroll"}, Part: twilio}, {Flow: generate.MFA, Part: part},
	}, generate.Options{})
	return a, err
}

const sends = `exports.onExecuteCustomPhoneProvider = async (event) => { await fetch("https://own.example/" + event.secrets.KEY); };`

// An Action works as a part as it did by itself.
func TestPartsRunAsTheyAre(t *testing.T) {
	t.Parallel()
	for name, code := range map[string]string{
		"plain":            sends,
		"strict":           "'use strict';\n" + sends,
		"byte order mark":  "\ufeff" + sends,
		"CRLF":             "// one\r\n" + sends + "\r\n",
		"interpreter":      "#!/usr/bin/env node\n" + sends,
		"open comment":     sends + "\n// the end",
		"module.exports":   `const { KEY } = {}; module.exports = { async onExecuteCustomPhoneProvider(event) { await fetch("https://own.example/" + event.secrets.KEY); } };`,
		"this":             "this.onExecuteCustomPhoneProvider = async (event) => { await fetch('https://own.example/' + event.secrets.KEY); };",
		"same names":       "const ROUTES = 1, TWILIO = 2, post = 3, token = 4, fits = 5, crypto = require('crypto'), handlerOf = 6;\n" + sends,
		"returns early":    sends + "\nif (exports) return;\nthrow new Error('not reached');",
		"template literal": "const text = `\n  } */ \" ${1 + `}`}\n`;\n" + sends,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a, err := asPart(code)
			if err != nil {
				t.Fatal(err)
			}
			result := run(t, a, message{}.event(map[string]string{"KEY": "k"}), js.Response{})
			if sent := requests(result); result.Outcome != js.Done || len(sent) != 1 || sent[0].URL != "https://own.example/k" {
				t.Errorf("%s (%v): %v", result.Outcome, result.Err, sent)
			}
			if got := sentTo(t, a, message{Type: "otp_enroll"}); got != "api.twilio.com/2010-04-01/Accounts/AC1/Messages.json" {
				t.Errorf("the other part sends to %s", got)
			}
		})
	}
}

// Code that is no module by itself could end the scope it is put into.
func TestPartsKeepToTheirScope(t *testing.T) {
	t.Parallel()
	for _, code := range []string{
		"}", "{", "});\nexports.evil = 1;\n(function () {", "}\n+function () {", "}\n(function () {", "}, function () {", "}, async function () {",
		"}, evil() {", "}; var evil = 1; {", "}}); evil(); (function () { function x() {", "} }); ({ place() {", "}\nfunction evil() {",
		"`", "/*", "import x from 'y';", "const a: string = '';", "} [0]; ({ x() {", "} ` ${(() => {", "}))); ((((() => {",
	} {
		if a, err := asPart(code); !errors.Is(err, generate.ErrPart) {
			t.Errorf("%q: %v\n%s", code, err, a.Code)
		}
	}
}

// Whatever a part is, the result parses or there is none.
func FuzzPart(f *testing.F) {
	f.Add(sends)
	f.Add("}, function () {")
	f.Add("#!x\r\n`${'")
	f.Fuzz(func(t *testing.T, code string) {
		a, err := asPart(code)
		if err != nil {
			if !errors.Is(err, generate.ErrPart) {
				t.Fatal(err)
			}
			return
		}
		if err := js.Check(a.Code); err != nil {
			t.Fatal(err)
		}
	})
}
