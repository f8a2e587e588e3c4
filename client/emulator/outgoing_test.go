package emulator_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
)

const gatewayTenant = `{"domain":"acme.us.auth0.com","connections":[{"id":"c","name":"sms","strategy":"sms","options":{"provider":"sms_gateway",
	"gateway_url":"https://gw.example/send","syntax":"liquid","template":"<Acme> & {{ code }} \"é\""%s}}]}`

// carried sends a code and returns the one request that carried it.
func carried(t *testing.T, file string, d emulator.Delivery) (emulator.Outgoing, emulator.Message) {
	t.Helper()
	p := open(t, file)
	d.To, d.Code = user, "424242"
	result := p.Deliver(t.Context(), d)
	if !result.Delivered || len(result.Requests) != 1 || !result.Requests[0].Carries {
		t.Fatalf("%+v", result)
	}
	message := p.Handset()[0]
	if diff := cmp.Diff(result.Requests, message.Requests); diff != "" {
		t.Errorf("the handset has another request:\n%s", diff)
	}
	return result.Requests[0], message
}

// What a gateway gets, byte for byte, by what the connection says.
func TestAuth0sOwnRequestToAGateway(t *testing.T) {
	t.Parallel()
	for options, want := range map[string]string{
		``:                               `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\""}`,
		`,"from":""`:                     `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\"","sender":""}`,
		`,"from":"ACME"`:                 `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\"","sender":"ACME"}`,
		`,"forward_req_info":false`:      `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\""}`,
		`,"forward_req_info":true`:       `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\"","req":{"ip":"203.0.113.7","user-agent":"Mobile Safari 17.4 / iOS 17.4"}}`,
		`,"forward_req_info":"true"`:     `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\"","req":{"ip":"203.0.113.7","user-agent":"Mobile Safari 17.4 / iOS 17.4"}}`,
		`,"gateway_authentication":null`: `{"recipient":"+15550100123","body":"<Acme> & 424242 \"é\""}`,
	} {
		got, _ := carried(t, fmt.Sprintf(gatewayTenant, options), emulator.Delivery{Flow: "passwordless"})
		headers := map[string]string{"content-type": "application/json"}
		if diff := cmp.Diff(emulator.Outgoing{Method: "POST", URL: "https://gw.example/send", Headers: headers, Body: want, Carries: true}, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", options, diff)
		}
	}
}

// A user in the address is a header on the wire, and no screen shows its password.
func TestAGatewayWithALogin(t *testing.T) {
	t.Parallel()
	file := strings.Replace(fmt.Sprintf(gatewayTenant, ""), "https://gw.example/send", "https://me:pass%20word@gw.example?a=b%2F#top", 1)
	got, message := carried(t, file, emulator.Delivery{Flow: "passwordless"})
	if want := "https://gw.example/?a=b%2F"; got.URL != want || got.Headers["authorization"] != "Basic bWU6cGFzcyB3b3Jk" {
		t.Errorf("got %+v, want %s", got, want)
	}
	if brought := message.Brought(); brought.Header() != "authorization: Basic (secret)\ncontent-type: application/json" {
		t.Errorf("a screen shows %q", brought.Header())
	}
}

// The token says whom it is for and who made it, and is signed with the secret.
func TestTheTokenOfAGateway(t *testing.T) {
	t.Parallel()
	const secret = "\xfb\xff a key of bytes"
	for name, tc := range map[string]struct{ authentication, key, claims string }{
		"as it stands": {
			`{"method":"bearer","subject":"urn:Auth0","audience":"urn:gw","secret":"plain words","secret_base64_encoded":false}`,
			"plain words", `{"iat":1795176000,"aud":"urn:gw","sub":"urn:Auth0"}`,
		},
		"base64url": {
			`{"method":"bearer","subject":"s","audience":"a","secret":"` + base64.URLEncoding.EncodeToString([]byte(secret)) + `","secret_base64_encoded":true}`,
			secret, `{"iat":1795176000,"aud":"a","sub":"s"}`,
		},
		"base64": {
			`{"method":"bearer","audience":"a","secret":"` + base64.StdEncoding.EncodeToString([]byte(secret)) + `","secret_base64_encoded":true}`,
			secret, `{"iat":1795176000,"aud":"a"}`,
		},
		"hardly base64": {
			`{"method":"bearer","audience":"a","secret":"YW.J jZ=Z","secret_base64_encoded":true}`, "abc", `{"iat":1795176000,"aud":"a"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, message := carried(t, fmt.Sprintf(gatewayTenant, `,"gateway_authentication":`+tc.authentication), emulator.Delivery{Flow: "passwordless"})
			token, found := strings.CutPrefix(got.Headers["authorization"], "Bearer ")
			parts := strings.Split(token, ".")
			if !found || len(parts) != 3 {
				t.Fatalf("headers %v", got.Headers)
			}
			mac := hmac.New(sha256.New, []byte(tc.key))
			mac.Write([]byte(parts[0] + "." + parts[1]))
			if want := base64.RawURLEncoding.EncodeToString(mac.Sum(nil)); parts[2] != want {
				t.Errorf("signed %s, want %s", parts[2], want)
			}
			for i, want := range []string{`{"alg":"HS256","typ":"JWT"}`, tc.claims} {
				if raw, err := base64.RawURLEncoding.DecodeString(parts[i]); err != nil || string(raw) != want {
					t.Errorf("got %s, want %s (%v)", raw, want, err)
				}
			}
			if shown := message.Shown[0].Headers["authorization"]; shown != "Bearer (secret)" {
				t.Errorf("a screen shows %q", shown)
			}
		})
	}
}

func TestAuth0sOwnRequestToTwilio(t *testing.T) {
	t.Parallel()
	const mfa = `{"guardian":{"factors":{"sms":true},"message_types":["sms","voice"],"selected_provider":"twilio",
		"twilio":{"sid":"AC1","auth_token":"not-a-token","from":"+15005550006"%s},"templates":{"verification_message":"{{code}} <*~é>","enrollment_message":"-"}}}`
	for name, tc := range map[string]struct{ service, channel, resource, body string }{
		"SMS":  {"", "sms", "Messages.json", "To=%2B15550100123&From=%2B15005550006&Body=424242+%3C*%7E%C3%A9%3E"},
		"pool": {`,"messaging_service_sid":"MG1"`, "sms", "Messages.json", "To=%2B15550100123&MessagingServiceSid=MG1&Body=424242+%3C*%7E%C3%A9%3E"},
		"call": {`,"messaging_service_sid":"MG1"`, "voice", "Calls.json", "To=%2B15550100123&From=%2B15005550006&Twiml=" +
			"%3CResponse%3E%3CSay%3E4.+2.+4.+2.+4.+2.+%26lt%3B*%7E%C3%A9%26gt%3B%3C%2FSay%3E%3C%2FResponse%3E"},
	} {
		got, message := carried(t, fmt.Sprintf(mfa, tc.service), emulator.Delivery{Flow: "mfa", Channel: tc.channel})
		want := emulator.Outgoing{
			Method: "POST", URL: "https://api.twilio.com/2010-04-01/Accounts/AC1/" + tc.resource, Body: tc.body, Carries: true,
			Headers: map[string]string{"content-type": "application/x-www-form-urlencoded", "authorization": "Basic QUMxOm5vdC1hLXRva2Vu"},
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
		want.Headers["authorization"] = "Basic (secret)"
		if diff := cmp.Diff(want, message.Shown[0]); diff != "" {
			t.Errorf("%s on a screen (-want +got):\n%s", name, diff)
		}
	}
}

// An Action's requests are all there, with the one that carries the message marked; of modules, those that send.
func TestWhatAnActionSends(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		code string
		want []emulator.Outgoing
	}{
		"two requests": {
			`await fetch('https://count.example/?n=1'); await fetch('https://gw.example/s', {method: 'POST', body: JSON.stringify({to: n.recipient, say: n.as_text})})`,
			[]emulator.Outgoing{
				{Method: "GET", URL: "https://count.example/?n=1", Headers: map[string]string{}},
				{
					Method: "POST", URL: "https://gw.example/s", Headers: map[string]string{"content-type": "text/plain;charset=UTF-8"},
					Body: `{"to":"+15550100123","say":"424242 is your verification code for Acme"}`, Carries: true,
				},
			},
		},
		"twilio": {
			`require('uuid').v4(); await require('twilio')('AC1', event.secrets.TOKEN).messages.create({to: n.recipient, body: n.as_text})`,
			[]emulator.Outgoing{
				{Method: "CALL", URL: "twilio", Body: `["AC1","t"]`},
				{Method: "CALL", URL: "twilio().messages.create", Body: `[{"to":"+15550100123","body":"424242 is your verification code for Acme"}]`, Carries: true},
			},
		},
		"another module": {
			`require('uuid').v4(); await new (require('plivo').Client)().messages.create('ACME', n.recipient, n.as_text)`,
			[]emulator.Outgoing{{
				Method: "CALL", URL: "plivo.Client().messages.create", Carries: true,
				Body: `["ACME","+15550100123","424242 is your verification code for Acme"]`,
			}},
		},
		"in vain": {
			`await fetch('https://gw.example/s', {method: 'POST', body: 'hello'}); throw new Error('no')`,
			[]emulator.Outgoing{{
				Method: "POST", URL: "https://gw.example/s", Headers: map[string]string{"content-type": "text/plain;charset=UTF-8"}, Body: "hello",
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := open(t, fmt.Sprintf(customTenant, fmt.Sprintf(phoneAction, handler(tc.code))))
			got := p.Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user, Code: "424242"})
			if diff := cmp.Diff(tc.want, got.Requests); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// A screen shows no secret, however the Action writes it. The control path, which answers to this machine only, shows everything.
func TestAScreenShowsNoSecret(t *testing.T) {
	t.Parallel()
	const secret = `s3cr"t/ +key`
	for name, code := range map[string]string{
		"header":    `{headers: {'X-Api-Key': event.secrets.TOKEN, Authorization: event.secrets.TOKEN}, body: JSON.stringify(n)}`,
		"signature": `{headers: {'X-Signature': 'c2lnbmVk', Authorization: 'Digest c2lnbmVk'}, body: JSON.stringify(n)}`,
		"JSON":      `{body: JSON.stringify({key: event.secrets.TOKEN, ...n})}`,
		"form":      `{body: new URLSearchParams({key: event.secrets.TOKEN, ...n})}`,
		"text":      `{body: JSON.stringify({note: ` + "`the key ${event.secrets.TOKEN}!`" + `, ...n})}`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			code := `await fetch('https://u:hidden@gw.example/' + encodeURIComponent(event.secrets.TOKEN) + '?apikey=hidden', {method: 'POST', ...` + code + `})`
			action := strings.Replace(fmt.Sprintf(phoneAction, handler(code)), `"value":"t"`, `"value":`+string(quote(t, secret)), 1)
			p := open(t, fmt.Sprintf(customTenant, action))
			if r := p.Deliver(t.Context(), emulator.Delivery{Flow: "mfa", To: user, Code: "424242"}); !r.Delivered {
				t.Fatalf("%+v", r)
			}
			screen := string(quote(t, p.Handset()[0].Shown))
			for _, hidden := range []string{"s3cr", "t/ +key", "+key", "%2Bkey", "hidden\"", ":hidden", "c2lnbmVk"} {
				if strings.Contains(screen, hidden) {
					t.Errorf("%q is in %s", hidden, screen)
				}
			}
			if !strings.Contains(screen, "424242 is your") && name != "form" {
				t.Errorf("the message is not in %s", screen)
			}
			p.control("GET", "/emulator/handset", "").want(t, 200, "gw.example/s3cr%22t%2F%20%2Bkey", "u:hidden@", "apikey=hidden", `"carries":true`)
		})
	}
}

func quote(t *testing.T, v any) []byte {
	t.Helper()
	raw, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return raw
}
