package generate_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/generate"
	"upe/flows/js"
	"upe/flows/tenant"
)

// What Twilio gets, by its reference of the Message and the Call resource.
func TestTwilioRequests(t *testing.T) {
	t.Parallel()
	number := generate.Twilio{SID: "AC1", From: "+15005550006"}
	service := generate.Twilio{SID: "AC1", From: "+15005550006", MessagingServiceSID: "MG1"}
	name := generate.Twilio{SID: "AC1", From: "ACME", Secret: "ACME_TOKEN"}
	const twiml = "<Response><Say>Your code is 1. 2. 3. &lt;4&gt; &amp; 5. 6.</Say></Response>"
	for title, test := range map[string]struct {
		twilio   generate.Twilio
		method   string
		resource string
		want     url.Values // nil: dropped
	}{
		"a message":                {number, "text", "Messages", url.Values{"To": {"+15005550123"}, "From": {"+15005550006"}, "Body": {"123456 is your code"}}},
		"a message, by a service":  {service, "text", "Messages", url.Values{"To": {"+15005550123"}, "MessagingServiceSid": {"MG1"}, "Body": {"123456 is your code"}}},
		"a message, by a name":     {name, "text", "Messages", url.Values{"To": {"+15005550123"}, "From": {"ACME"}, "Body": {"123456 is your code"}}},
		"a call":                   {number, "voice", "Calls", url.Values{"To": {"+15005550123"}, "From": {"+15005550006"}, "Twiml": {twiml}}},
		"a call beside a service":  {service, "voice", "Calls", url.Values{"To": {"+15005550123"}, "From": {"+15005550006"}, "Twiml": {twiml}}},
		"a call from a name":       {name, "voice", "", nil},
		"a call without a number":  {generate.Twilio{SID: "AC1", MessagingServiceSID: "MG1"}, "voice", "", nil},
		"a call without a + in it": {generate.Twilio{SID: "AC1", From: "15005550006"}, "voice", "", nil},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			a := test.twilio.Action(generate.Options{})
			result := run(t, a, message{Method: test.method}.event(map[string]string{a.Secrets[0]: "t0ken:"}), js.Response{Status: 201})
			sent := requests(result)
			if test.want == nil {
				if result.Outcome != js.Dropped || len(sent) > 0 {
					t.Errorf("%s, %v", result.Outcome, sent)
				}
				return
			}
			if result.Outcome != js.Done || len(sent) != 1 {
				t.Fatalf("%s (%v), %v", result.Outcome, result.Err, sent)
			}
			body, err := url.ParseQuery(sent[0].Body)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, body); diff != "" {
				t.Errorf("body (-want +got):\n%s", diff)
			}
			sent[0].Body = ""
			want := js.Call{
				Kind: js.Request, Path: "fetch", Method: "POST", URL: "https://api.twilio.com/2010-04-01/Accounts/AC1/" + test.resource + ".json",
				Headers: map[string]string{"authorization": "Basic QUMxOnQwa2VuOg==", "content-type": "application/x-www-form-urlencoded"},
			}
			if diff := cmp.Diff(want, sent[0]); diff != "" {
				t.Errorf("request (-want +got):\n%s", diff)
			}
		})
	}
}

// A tenant's Twilio settings of either kind become the same account.
func TestTwilioOf(t *testing.T) {
	t.Parallel()
	want := generate.Twilio{SID: "AC1", From: "+15005550006", MessagingServiceSID: "MG1"}
	options := json.RawMessage(`{"twilio_sid":"AC1","twilio_token":"t","from":"+15005550006","messaging_service_sid":"MG1"}`)
	if got := generate.TwilioOf(tenant.Connection{ID: "con_1", Name: "sms", Options: options}); got != want {
		t.Errorf("of a connection: %+v", got)
	}
	if got := generate.TwilioOfMFA(tenant.Twilio{SID: "AC1", From: "+15005550006", MessagingServiceSID: "MG1", AuthToken: "t"}); got != want {
		t.Errorf("of MFA: %+v", got)
	}
}

// An account has one token, whatever it sends from; two gateways have two secrets, unless they are said to share one.
func TestSecretsOfRoutes(t *testing.T) {
	t.Parallel()
	gateway := func(name, secret string) generate.Gateway {
		auth := &generate.GatewayAuth{Secret: secret}
		return generate.Gateway{ConnectionID: "con_" + name, Connection: name, URL: "https://" + name + ".example/?token=0123456789", Auth: auth}
	}
	for title, test := range map[string]struct {
		one, two generate.Part
		want     string
	}{
		"one account":    {generate.Twilio{SID: "AC1", From: "+15005550006"}, generate.Twilio{SID: "AC1", From: "+15005550009"}, "TWILIO_AUTH_TOKEN"},
		"two accounts":   {generate.Twilio{SID: "AC1"}, generate.Twilio{SID: "AC2"}, "TWILIO_2_AUTH_TOKEN TWILIO_AUTH_TOKEN"},
		"two gateways":   {gateway("a", ""), gateway("b", ""), "GATEWAY_B_SECRET GATEWAY_B_URL GATEWAY_SECRET GATEWAY_URL"},
		"a shared key":   {gateway("a", "KEY"), gateway("b", "KEY"), "GATEWAY_B_URL GATEWAY_URL KEY"},
		"the same words": {gateway("a-b", ""), gateway("A B", ""), "GATEWAY_AB1_SECRET GATEWAY_AB1_URL GATEWAY_SECRET GATEWAY_URL"},
		"no words":       {gateway("é", ""), gateway("ü", ""), "GATEWAY_2_SECRET GATEWAY_2_URL GATEWAY_SECRET GATEWAY_URL"},
	} {
		t.Run(title, func(t *testing.T) {
			t.Parallel()
			a, _, err := generate.Router([]generate.Route{
				{Flow: generate.Passwordless, ConnectionID: "con_1", Part: test.one}, {Flow: generate.MFA, Part: test.two},
			}, generate.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if got := strings.Join(a.Secrets, " "); got != test.want {
				t.Errorf("secrets = %s, want %s", got, test.want)
			}
			for _, name := range a.Secrets {
				if a.Purpose[name] == "" || !strings.Contains(a.Code, "event.secrets."+name) {
					t.Errorf("%s is %q, and not in the code", name, a.Purpose[name])
				}
			}
		})
	}
}
