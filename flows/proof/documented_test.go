package proof_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/generate"
	"upe/flows/proof"
)

// A generated Action sends what Auth0 itself sent to the gateway.
func TestGateway(t *testing.T) {
	t.Parallel()
	auth := func(a generate.GatewayAuth) *generate.GatewayAuth { a.Method = "bearer"; return &a }
	tests := map[string]generate.Gateway{
		"plain":                 {ConnectionID: "con_1", Connection: "sms", URL: "https://gw.example/send", From: "+1 234 567"},
		"no sender":             {Connection: "sms", URL: "https://gw.example/send", NoFrom: true},
		"the user's request":    {Connection: "sms", URL: "https://gw.example/send", From: "x", ForwardInfo: true},
		"a token":               {Connection: "sms", URL: "https://gw.example", Auth: auth(generate.GatewayAuth{Subject: "urn:Auth0", Audience: "urn:Mine"})},
		"a token of a base64":   {Connection: "sms", URL: "https://gw.example", Auth: auth(generate.GatewayAuth{Subject: "urn:Auth0", Base64: true})},
		"a token without names": {Connection: "sms", URL: "https://gw.example", Auth: auth(generate.GatewayAuth{Secret: "SHARED"})},
		"a login":               {Connection: "sms", URL: "https://user:p%40ss@gw.example/send?a=1", From: "x"},
		"a key in the address":  {Connection: "sms", URL: "https://gw.example/send?api_key=0123456789abcdef", From: "x"},
	}
	for name, gateway := range tests {
		for _, failure := range []generate.Failure{generate.Auto, generate.Drop, generate.Retry} {
			t.Run(name+" "+string(failure), func(t *testing.T) {
				t.Parallel()
				if testing.Short() && name != "a token of a base64" {
					t.Skip(slow)
				}
				action := gateway.Action(generate.Options{Failure: failure})
				p := prove(t, proof.Gateway(gateway), action.Code, proof.Options{Secrets: action.Secrets})
				if p.Verdict != proof.Same || p.Comparisons < 20 {
					t.Errorf("%s\n%s", shown(t, p), action.Code)
				}
				dropped := slices.ContainsFunc(p.Chosen, func(s string) bool { return strings.Contains(s, "it is dropped") })
				retried := slices.ContainsFunc(p.Chosen, func(s string) bool { return strings.Contains(s, "tries again") })
				if dropped != (failure != generate.Retry) || retried != (failure != generate.Drop) {
					t.Errorf("chosen: %q", p.Chosen)
				}
			})
		}
	}
}

// Each part of the documented request is compared.
func TestGatewayDiffers(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	gateway := generate.Gateway{
		Connection: "sms", URL: "https://gw.example/send", From: "+1 234 567", ForwardInfo: true,
		Auth: &generate.GatewayAuth{Method: "bearer", Subject: "urn:Auth0", Audience: "urn:Mine"},
	}
	action := gateway.Action(generate.Options{})
	const post = " of POST https://gw.example/send"
	tests := map[string]struct{ old, new, what, is string }{
		"the address":        {`"https://gw.example/send"`, `"https://gw.example/other"`, "the address" + post, "POST https://gw.example/other"},
		"the sender":         {`"+1 234 567"`, `"+1234567"`, "the field sender" + post, ""},
		"the user's request": {`event.request.ip`, `undefined`, "the field req" + post, ""},
		"a field more":       {`body: as_text,`, `body: as_text, more: 1,`, "the field more" + post, "1"},
		"the subject":        {`"urn:Auth0"`, `"urn:Other"`, "the authorization" + post, ""},
		"the key":            {`event.secrets.GATEWAY_SECRET`, `"invented"`, "the authorization" + post, ""},
		"the key's form":     {`event.secrets.GATEWAY_SECRET`, `Buffer.from(event.secrets.GATEWAY_SECRET, "base64")`, "the authorization" + post, ""},
		"no failure noticed": {`if (response.ok) return;`, `return;`, "how it ends", "ends as if the message were sent"},
		"two requests":       {`await gateway(`, `await fetch("https://telemetry.example"); await gateway(`, "what is sent", "GET https://telemetry.example/, POST https://gw.example/send"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := strings.Replace(action.Code, test.old, test.new, 1)
			if code == action.Code {
				t.Fatalf("%q is not in\n%s", test.old, code)
			}
			p := prove(t, proof.Gateway(gateway), code, proof.Options{Secrets: action.Secrets})
			found := slices.ContainsFunc(p.Differences, func(d proof.Difference) bool { return d.What == test.what && (test.is == "" || d.Is == test.is) })
			if p.Verdict != proof.Differs || !found {
				t.Errorf("want %s\n%s", test.what, shown(t, p))
			}
			for _, d := range p.Differences {
				if strings.Contains(d.Was, "made-up") || strings.Contains(d.Was, "eyJ") {
					t.Errorf("a token or a secret is shown: %q", d.Was)
				}
			}
		})
	}
}

func TestTwilio(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	tests := map[string]struct {
		twilio  generate.Twilio
		methods []string
	}{
		"a number":            {generate.Twilio{SID: "AC1", From: "+15005550001"}, nil},
		"a Messaging Service": {generate.Twilio{SID: "AC1", MessagingServiceSID: "MG1", Secret: "TOKEN"}, []string{"text"}},
		"both":                {generate.Twilio{SID: "AC1", MessagingServiceSID: "MG1", From: "+15005550001"}, nil},
		"a name":              {generate.Twilio{SID: "AC1", From: "Sample"}, []string{"text"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			action := test.twilio.Action(generate.Options{})
			flows := []proof.Flow{{Name: "MFA", Old: proof.Twilio(test.twilio), Methods: test.methods}}
			p, err := proof.Prove(t.Context(), flows, action.Code, proof.Options{Secrets: action.Secrets})
			if err != nil || p.Verdict != proof.Same {
				t.Errorf("%v %s", err, shown(t, p))
			}
			other := test.twilio
			other.SID = "AC2"
			flows[0].Old = proof.Twilio(other)
			if p, err = proof.Prove(t.Context(), flows, action.Code, proof.Options{Secrets: action.Secrets}); err != nil || p.Verdict != proof.Differs {
				t.Errorf("another account: %v %s", err, shown(t, p))
			}
		})
	}
}

// A routing Action does for each flow what served it.
func TestRouter(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip(slow)
	}
	riders := generate.Gateway{ConnectionID: "con_r", Connection: "riders", URL: "https://riders.example", From: "R", Auth: &generate.GatewayAuth{Method: "bearer", Subject: "r"}}
	drivers := generate.Gateway{ConnectionID: "con_d", Connection: "drivers", URL: "https://drivers.example", From: "D", Auth: &generate.GatewayAuth{Method: "bearer", Subject: "d"}}
	twilio := generate.Twilio{SID: "AC1", From: "+15005550001"}
	action, _, err := generate.Router([]generate.Route{
		{Flow: generate.Passwordless, ConnectionID: "con_r", Connection: "riders", Part: riders},
		{Flow: generate.Passwordless, ConnectionID: "con_d", Connection: "drivers", Part: drivers},
		{Flow: generate.MFA, Part: twilio},
	}, generate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	flow := func(id, name string, old proof.Old) proof.Flow {
		return proof.Flow{Name: "the connection " + name, Old: old, Connection: &proof.Connection{ID: id, Name: name, Strategy: "sms"}, Methods: []string{"text"}, Types: []string{"otp_verify"}}
	}
	flows := []proof.Flow{flow("con_r", "riders", proof.Gateway(riders)), flow("con_d", "drivers", proof.Gateway(drivers)), {Name: "MFA", Old: proof.Twilio(twilio)}}
	p, err := proof.Prove(t.Context(), flows, action.Code, proof.Options{Secrets: action.Secrets})
	if err != nil || p.Verdict != proof.Same {
		t.Errorf("%v %s\n%s", err, shown(t, p), action.Code)
	}
	flows[0].Old = proof.Gateway(drivers)
	if p, err = proof.Prove(t.Context(), flows, action.Code, proof.Options{Secrets: action.Secrets}); err != nil || p.Verdict != proof.Differs {
		t.Errorf("the wrong gateway: %v %s", err, shown(t, p))
	}
}
