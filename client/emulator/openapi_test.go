package emulator_test

import (
	"io"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/client/openapitest"
	"upe/testdata"
)

// watched is a tenant whose every answer is held against Auth0's OpenAPI description.
type watched struct {
	practice

	watch *openapitest.Watch
}

// description is that of the environment; the test is skipped without one.
func description(t *testing.T) *openapitest.Description {
	t.Helper()
	return openapitest.Open(t, os.Getenv(openapitest.Variable))
}

func watch(t *testing.T, d *openapitest.Description, file string, change ...func(*emulator.Options)) watched {
	t.Helper()
	quick := func(o *emulator.Options) { o.Now, o.BuildTime = time.Now, time.Nanosecond }
	p := open(t, file, slices.Insert(change, 0, quick)...)
	return watched{p, d.Around(p.Transport())}
}

// say sends one step.
func (w watched) say(s openapitest.Step) response {
	w.t.Helper()
	method, path, _ := strings.Cut(s.Op, " ")
	path = strings.Replace(path, "{id}", url.PathEscape(s.ID), 1)
	req, err := http.NewRequestWithContext(w.t.Context(), method, "https://"+w.Domain()+"/api/v2"+path, strings.NewReader(s.Body))
	if err != nil {
		w.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+w.token)
	if s.Body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := w.watch.RoundTrip(req)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return response{res.StatusCode, res.Header, string(raw)}
}

// perform goes through the script, in which everything succeeds.
func (w watched) perform() {
	w.t.Helper()
	kept := openapitest.Kept{}
	for _, s := range openapitest.Script() {
		s = kept.Fill(s)
		r := w.say(s)
		if r.status >= 300 {
			w.t.Errorf("%s: %d %s", s.Op, r.status, r.body)
		}
		if err := kept.Keep(s, []byte(r.body)); err != nil {
			w.t.Fatal(err)
		}
	}
}

// TestAnswersAreAsDescribed has the emulator answer everything it can: the script in every world, the reads of every tenant of
// the demo and with every quirk, and refusals. What the description has differently stands in the table of known differences, with its source.
func TestAnswersAreAsDescribed(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("nothing here runs at once, and the race detector makes the validator ten times as slow")
	}
	d := description(t)
	var found []openapitest.Violation
	requests, responses := 0, 0
	collect := func(w watched, refused bool) {
		for _, v := range w.watch.Violations() {
			if !refused || v.Part != "request" { // what is refused may well be wrong
				found = append(found, v)
			}
		}
		q, a := w.watch.Counts()
		requests, responses = requests+q, responses+a
	}
	for _, world := range emulator.Worlds() {
		w := watch(t, d, patched(t, scenario(t, "passwordless-twilio"), `{"world":"`+world+`"}`))
		if world == "provider-after-flag" {
			w.must("PATCH /tenants/settings", `{"phone_consolidated_experience":true}`)
			w.say(openapitest.Step{Op: "GET /tenants/settings"})
			collect(w, false)
			continue // its legacy endpoints are closed before the script gets there
		}
		w.perform()
		collect(w, false)
	}
	for _, name := range testdata.Tenants() {
		w := watch(t, d, scenario(t, name))
		for _, flow := range []string{emulator.FlowMFA, emulator.FlowPasswordless} {
			w.Deliver(t.Context(), emulator.Delivery{Flow: flow, To: user}) // which is logged, whether or not it arrives
		}
		w.readAll(d)
		collect(w, true)
	}
	for _, quirk := range emulator.Quirks() {
		w := watch(t, d, patched(t, scenario(t, "passwordless-twilio"), `{"quirks":{"`+quirk+`":true}}`))
		w.readAll(d)
		collect(w, true)
	}
	for _, w := range refusals(t, d) {
		collect(w, true)
	}
	unexplained, unused := openapitest.Explain(found, openapitest.Known())
	for _, v := range unexplained {
		t.Error(v)
	}
	for _, difference := range unused {
		t.Errorf("a known difference is none any more: %s", difference)
	}
	t.Logf("%d requests and %d responses are as described, but for %d known differences", requests, responses, len(openapitest.Known()))
	if responses < 300 {
		t.Error("the test sees next to nothing")
	}
}

// readAll reads everything that has no variable in its path, in each style of paging that is described.
func (w watched) readAll(d *openapitest.Description) {
	w.t.Helper()
	for _, op := range d.Operations() {
		if !strings.HasPrefix(op, "GET ") || strings.Contains(op, "{") {
			continue
		}
		w.say(openapitest.Step{Op: op})
		for _, query := range []string{"page=0&per_page=1", "page=0&per_page=1&include_totals=true", "take=1", "take=100"} {
			if d.Takes(op, query) {
				w.say(openapitest.Step{Op: op + "?" + query})
			}
		}
	}
}

// refusals are tenants that refused everything, each for another reason.
func refusals(t *testing.T, d *openapitest.Description) []watched {
	t.Helper()
	file := scenario(t, "mfa-twilio")
	noToken, noScope := watch(t, d, file), watch(t, d, file)
	noToken.token, noScope.token = "none", noScope.Token("read:nothing")
	limited := watch(t, d, file, func(o *emulator.Options) { o.RateLimit = emulator.RateLimit{Burst: 1, PerSecond: 0.001} })
	limited.say(openapitest.Step{Op: "GET /tenants/settings"})
	emulates := open(t, file)
	for _, op := range d.Operations() {
		s := openapitest.Step{Op: strings.NewReplacer("{triggerId}", "custom-phone-provider", "{actionId}", "none", "{name}", "sms").Replace(op), ID: "none"}
		if emulates.send(strings.Replace(s.Op, "{id}", s.ID, 1), "").status == http.StatusNotImplemented {
			continue
		}
		for w, want := range map[watched]int{noToken: 401, noScope: 403, limited: 429} {
			if r := w.say(s); r.status != want {
				t.Errorf("%s: %d, want %d", op, r.status, want)
			}
		}
	}
	wrong := watch(t, d, file)
	for _, s := range openapitest.Script() {
		switch {
		case s.Body != "":
			s.Body = `{"unheard_of":true}`
		case s.ID == "":
			continue
		}
		s.Op, s.ID = strings.ReplaceAll(s.Op, "$action", "none"), "none"
		if r := wrong.say(s); r.status < 400 && s.Op != "DELETE /connections/{id}" { // gone is gone: described as 204
			t.Errorf("%s with %s: %d", s.Op, s.Body, r.status)
		}
	}
	return []watched{noToken, noScope, limited, wrong, conflicts(t, d)}
}

// conflicts are the 409s and 403s that tell the wizard something.
func conflicts(t *testing.T, d *openapitest.Description) watched {
	t.Helper()
	w := watch(t, d, scenario(t, "mfa-twilio"))
	twilio := `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":["text"],"default_from":"+15005550006"},"credentials":{"auth_token":"t"}}`
	action := `{"name":"Phone","supported_triggers":[{"id":"custom-phone-provider","version":"v1"}],"code":""}`
	template := `{"type":"otp_verify","content":{"syntax":"liquid","body":{"text":"{{ code }}","voice":"{{ code }}"}}}`
	for _, tc := range []struct {
		op, body string
		want     int
	}{
		{"POST /branding/phone/providers", `{"name":"custom","configuration":{"delivery_methods":["text"]},"credentials":{}}`, 409},
		{"POST /branding/phone/providers", `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":["text"]},"credentials":{"auth_token":"t"}}`, 400},
		{"POST /branding/phone/providers", twilio, 201},
		{"POST /branding/phone/providers", twilio, 409},
		{"POST /branding/phone/templates", template, 201},
		{"POST /branding/phone/templates", template, 409},
		{"POST /actions/actions", action, 201},
		{"POST /actions/actions", action, 403},
		{"PATCH /tenants/settings", `{"phone_consolidated_experience":true}`, 200},
		{"PUT /guardian/factors/phone/message-types", `{"message_types":["voice"]}`, 409},
		{"GET /guardian/factors/phone/selected-provider", "", 403},
		{"GET /guardian/factors/phone/providers/twilio", "", 403},
		{"GET /guardian/factors/phone/templates", "", 403},
	} {
		if r := w.say(openapitest.Step{Op: tc.op, Body: tc.body}); r.status != tc.want {
			t.Errorf("%s %s: %d, want %d: %s", tc.op, tc.body, r.status, tc.want, r.body)
		}
	}
	return w
}

// TestTheDescriptionSees shows it a breach of each kind, so that its silence above means something.
func TestTheDescriptionSees(t *testing.T) {
	t.Parallel()
	d := description(t)
	const configured = `{"name":"twilio","configuration":{"sid":"AC1","delivery_methods":["text"],"default_from":"+1"%s},"credentials":{"auth_token":"t"}%s}`
	for name, tc := range map[string]struct {
		step openapitest.Step
		want string
	}{
		"an unknown property": {openapitest.Step{Op: "POST /branding/phone/providers", Body: strings.Replace(configured, "%s}", `,"unheard_of":1}`, 1)}, "configuration"},
		"an unknown query":    {openapitest.Step{Op: "GET /branding/phone/providers?unheard_of=1"}, "no query parameter unheard_of"},
		"an unknown path":     {openapitest.Step{Op: "GET /branding/phone/unheard-of"}, "no such operation"},
		"an unknown method":   {openapitest.Step{Op: "PUT /tenants/settings"}, "no such operation"},
		"a wrong type":        {openapitest.Step{Op: "PATCH /tenants/settings", Body: `{"phone_consolidated_experience":"yes"}`}, "/phone_consolidated_experience"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.step.Body = strings.ReplaceAll(tc.step.Body, "%s", "")
			w := watch(t, d, "")
			w.say(tc.step)
			complaints := w.watch.Violations()
			if len(complaints) != 1 || complaints[0].Part != "request" || !strings.Contains(complaints[0].Says, tc.want) {
				t.Errorf("%v, want one with %q", complaints, tc.want)
			}
		})
	}
}
