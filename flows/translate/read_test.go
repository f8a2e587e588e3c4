package translate_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/translate"
)

func read(t *testing.T, source translate.Source) translate.Reading {
	t.Helper()
	reading, err := translate.Read(t.Context(), source)
	if err != nil {
		t.Fatal(err)
	}
	return reading
}

// few is a table of code; a short run, which the race detector slows down, gets some of its rows.
func few[V any](t *testing.T, table map[string]V) map[string]V {
	t.Helper()
	if !testing.Short() {
		return table
	}
	some := map[string]V{}
	for i, code := range slices.Sorted(maps.Keys(table)) {
		if i%8 == 0 {
			some[code] = table[code]
		}
	}
	return some
}

func TestReadTellsWhatCodeIs(t *testing.T) {
	t.Parallel()
	old := func(body string) string {
		return "exports.onExecuteSendPhoneMessage = async (event, api) => {" + body + "};"
	}
	const send = "await fetch('https://gateway.example', { body: event.message_options.text });"
	type want struct {
		class translate.Class
		shape translate.Shape
	}
	for code, want := range few(t, map[string]want{
		old(send): {translate.Delivers, translate.ShapeV2},
		"const { onExecuteSendPhoneMessage } = { async onExecuteSendPhoneMessage(event) {" + send + "} }; exports.onExecuteSendPhoneMessage = onExecuteSendPhoneMessage": {translate.Delivers, translate.ShapeV2},
		"exports.onExecuteSendPhoneMessage = wrap(async (event) => {" + send + "});":                                                                                     {translate.Delivers, translate.ShapeV2},
		"const all = {}; all.onExecuteSendPhoneMessage = async (event) => {" + send + "}; module.exports = Object.freeze({ ...all });":                                   {translate.Delivers, translate.ShapeV2},
		"module.exports = async (event, context) => { await fetch(context.secrets.URL, { body: event.text }) }":                                                          {translate.Delivers, translate.ShapeV1},
		"module.exports = (recipient, text, context, cb) => fetch('x', { body: text }).then(() => cb(), cb)":                                                             {translate.Delivers, translate.ShapeHook},
		"\ufeff" + old(send): {translate.Delivers, translate.ShapeV2},
		old(""):              {translate.Template, translate.ShapeV2},
		old("return;"):       {translate.Template, translate.ShapeV2},
		"exports.onExecuteSendPhoneMessage = async () => void 0;":                                                                                                                                      {translate.Template, translate.ShapeV2},
		"exports.onExecuteSendPhoneMessage = async (event) => void (await fetch(event.message_options.text));":                                                                                         {translate.Delivers, translate.ShapeV2},
		"exports.onExecuteSendPhoneMessage = async function () { await fetch(arguments[0].message_options.text); }":                                                                                    {translate.Delivers, translate.ShapeV2},
		"exports['onExecute' + 'SendPhoneMessage'] = async (event) => {" + send + "};":                                                                                                                 {translate.Delivers, translate.ShapeV2},
		"Object.defineProperty(exports, 'onExecuteSendPhoneMessage', { get: () => go }); async function go(event) {" + send + "}":                                                                      {translate.Delivers, translate.ShapeV2},
		"const me = module.exports; me.onExecuteSendPhoneMessage = async (event) => {" + send + "};":                                                                                                   {translate.Delivers, translate.ShapeV2},
		"module.exports = function (recipient, text, context, cb) { /* TODO */ cb(); };":                                                                                                               {translate.Template, translate.ShapeHook},
		old("console.log(event.message_options.code);"):                                                                                                                                                {translate.Observes, translate.ShapeV2},
		old("await fetch('x', { body: event.message_options.recipient });"):                                                                                                                            {translate.Observes, translate.ShapeV2},
		old("const { v4 } = require('uuid'); console.log(v4(), event.message_options.code);"):                                                                                                          {translate.Observes, translate.ShapeV2},
		old("track(event);") + "const track = (e) => fetch('x', { body: e.user.user_id });":                                                                                                            {translate.Observes, translate.ShapeV2},
		old("await send(event);") + "const send = (e) => fetch('x', { body: e.message_options.text });":                                                                                                {translate.Delivers, translate.ShapeV2},
		old("await send(event.message_options);") + "const send = (m) => fetch('x', { body: JSON.stringify(m) });":                                                                                     {translate.Delivers, translate.ShapeV2},
		old("await send(event);") + "const send = (e) => post(e), post = (e) => fetch('x', { body: e.message_options });":                                                                              {translate.Delivers, translate.ShapeV2},
		old("await send(event.message_options);") + "const send = (m) => fetch('x', { body: ['text'].map((k) => m[k]) });":                                                                             {translate.Delivers, translate.ShapeV2},
		old("await new Api(event.message_options).send();") + "class Api { constructor(m) { this.m = m; } send() { return fetch('x', { body: f(this.m) }); } }":                                        {translate.Delivers, translate.ShapeV2},
		old("await new Api(event).send();") + "class Api { constructor(e) { this.e = e; } send() { return fetch('x', { body: f(this.e.message_options) }); } }":                                        {translate.Delivers, translate.ShapeV2},
		"const a = b, b = c, c = a; a.onExecuteSendPhoneMessage = 1; module.exports = Object.freeze(d); ":                                                                                              {translate.Foreign, translate.ShapeNone},
		"const d = Object.freeze(e), e = Object.freeze(d); module.exports = d;":                                                                                                                        {translate.Foreign, translate.ShapeNone},
		old("await new Log(event).send(); const a = b, b = c, c = a; return a;") + "class Log { constructor(e) { this.e = e; this.f = this.e; this.e = this.f; } async send() { await fetch('x'); } }": {translate.Delivers, translate.ShapeV2},
		old("track(event);") + "const track = (e) => post(e), post = (e) => fetch('x', { body: e.user.user_id });":                                                                                     {translate.Observes, translate.ShapeV2},
		old("again(event);") + "const again = (e) => { fetch('x'); again(e); };":                                                                                                                       {translate.Observes, translate.ShapeV2},
		old("await new Log(event).send();") + "class Log { constructor(e) { this.e = e; } send() { return fetch('x', { body: this.e.user.user_id }); } }":                                              {translate.Observes, translate.ShapeV2},
		old("await require('sdk').send(event);"):                                                                                                                                                       {translate.Delivers, translate.ShapeV2},
		old("api.sms.send(event.message_options.text);"):                                                                                                                                               {translate.Broken, translate.ShapeV2},
		"exports.onExecuteSendPhoneMessage = async (event) => {":                                                                                                                                       {translate.Broken, translate.ShapeV2},
		"export const onExecuteSendPhoneMessage = async (event) => {};":                                                                                                                                {translate.Broken, translate.ShapeV2},
		strings.ReplaceAll(old(send), "onExecuteSendPhoneMessage", "onExecuteCustomPhoneProvider"):                                                                                                     {translate.HalfMigrated, translate.ShapeV2},
		old("await fetch('x', { body: event.notification.as_text });"):                                                                                                                                 {translate.HalfMigrated, translate.ShapeNew},
		"exports.onExecuteCustomPhoneProvider = async (event, api) => { api.notification.drop('') }":                                                                                                   {translate.Migrated, translate.ShapeNew},
		"exports.onExecuteCustomPhoneProvider = async (event, api) => { // Code goes here\n return; }":                                                                                                 {translate.Template, translate.ShapeNew},
		old(send) + "exports.onExecuteCustomPhoneProvider = async () => { await fetch('x') }":                                                                                                          {translate.Migrated, translate.ShapeNew},
		"exports.onExecutePostLogin = async () => {}":                                                                                                                                                  {translate.Foreign, translate.ShapeNone},
		"module.exports = function (user, context, cb) { cb(null, user, context) }":                                                                                                                    {translate.Foreign, translate.ShapeNone},
		"// exports.onExecuteSendPhoneMessage = async () => {}":                                                                                                                                        {translate.Foreign, translate.ShapeNone},
		"": {translate.Foreign, translate.ShapeNone},
	}) {
		got := read(t, translate.Source{Code: code})
		if got.Class != want.class || got.Shape != want.shape {
			t.Errorf("%s\nis %s %s, want %s %s: %v", code, got.Class, got.Shape, want.class, want.shape, got.Why)
		}
	}
}

// What the tenant says about an Action decides where the code alone does not.
func TestReadKnowsTheTrigger(t *testing.T) {
	t.Parallel()
	const flat = "exports.onExecuteSendPhoneMessage = async ({ recipient, text }) => { await fetch('x', { body: text }) }"
	for name, c := range map[string]struct {
		source translate.Source
		class  translate.Class
		shape  translate.Shape
	}{
		"a flat event":               {translate.Source{Code: flat}, translate.Delivers, translate.ShapeV1},
		"a flat event in version 2":  {translate.Source{Code: flat, Version: "v2"}, translate.Broken, translate.ShapeV2},
		"version 1":                  {translate.Source{Code: strings.Replace(flat, "{ recipient, text }", "{ text }", 1), Version: "v1"}, translate.Delivers, translate.ShapeV1},
		"what the API puts there":    {translate.Source{Code: "module.exports = () => {}", Trigger: "custom-phone-provider"}, translate.Template, translate.ShapeNew},
		"and for the trigger before": {translate.Source{Code: "module.exports = () => {}", Trigger: "send-phone-message"}, translate.Template, translate.ShapeV1},
	} {
		if got := read(t, c.source); got.Class != c.class || got.Shape != c.shape {
			t.Errorf("%s: %s %s, want %s %s", name, got.Class, got.Shape, c.class, c.shape)
		}
	}
}

func TestSecretsAreFoundByName(t *testing.T) {
	t.Parallel()
	for code, want := range few(t, map[string]string{
		"event.secrets.A; event.secrets['B-1']; event.secrets?.C; event?.secrets?.[`D`]":             "A B-1 C D",
		"const { A, B: b = 1, ...rest } = event.secrets":                                             "A B",
		"const { secrets } = event; secrets.A; f(secrets.B)":                                         "A B",
		"const { secrets: s } = event; s.A":                                                          "A",
		"const { secrets: { A, B } } = event":                                                        "A B",
		"const keys = event.secrets || {}; keys.A":                                                   "A",
		"const keys = event.secrets, { A } = keys, again = keys; again.B":                            "A B",
		"context.webtask.secrets.A; context.secrets.B":                                               "A B",
		"event.configuration.A; event.secrets.A":                                                     "A",
		"const f = ({ A, B: b }) => A + b; f(event.secrets)":                                         "A B",
		"const g = (s) => s.A, f = (n, s) => g(s) + s.B; f(1, event.secrets)":                        "A B",
		"class C { constructor(s) { this.s = s; } url() { return this.s.A; } } new C(event.secrets)": "A",
		"['A_1', 'B_2'].forEach((n) => event.secrets[n]); log(['POST', 'C_3 '])":                     "A_1 B_2",
		"const f = (s, n) => s[n]; f(event.secrets, 'A_KEY')":                                        "A_KEY",
		"const f = (s) => f(s) || s.A; f(event.secrets)":                                             "A",
		"// event.secrets.A\n'event.secrets.B'; event.secrets[name]":                                 "",
	}) {
		got := read(t, translate.Source{Code: "exports.onExecuteSendPhoneMessage = async (event) => {" + code + "}", Secrets: []string{"Z"}})
		if diff := cmp.Diff(strings.TrimSpace(want+" Z"), strings.Join(got.Secrets, " ")); diff != "" {
			t.Errorf("%s (-want +got):\n%s", code, diff)
		}
	}
}

func TestModulesAreThoseOfTheTenantAndOfTheCode(t *testing.T) {
	t.Parallel()
	got := read(t, translate.Source{
		Code:    "require('axios'); require('node:crypto'); require('https'); require('@aws-sdk/client-sns/x'); require(name); await_ = import('got'); require('lodash/fp')",
		Modules: []translate.Module{{Name: "axios", Version: "1.6.7"}, {Name: "unused", Version: "1.0.0"}},
	})
	want := []translate.Module{{Name: "@aws-sdk/client-sns"}, {Name: "axios", Version: "1.6.7"}, {Name: "got"}, {Name: "lodash"}, {Name: "unused", Version: "1.0.0"}}
	if diff := cmp.Diff(want, got.Modules); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}
