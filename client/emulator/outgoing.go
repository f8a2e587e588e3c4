package emulator

import (
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"upe/flows/js"
)

// Outgoing is one thing that was sent to reach a phone: an HTTP request, or the call of an npm module that makes one. Before and
// after a migration they can be compared.
type Outgoing struct {
	Method  string            `json:"method"`            // of a request: "POST"; MethodCall for a module
	URL     string            `json:"url"`               // of a request; else the function: "twilio().messages.create"
	Headers map[string]string `json:"headers,omitempty"` // names in lower case; those that say something, not those of every client
	Body    string            `json:"body"`              // as sent; of a call its arguments, as a JSON array
	Carries bool              `json:"carries,omitempty"` // the message is in it; an Action may send others as well
}

// MethodCall is the method of an [Outgoing] that is a call.
const MethodCall = "CALL"

// Header is the headers as lines, in the order of their names.
func (o Outgoing) Header() string {
	var lines []string
	for _, name := range slices.Sorted(maps.Keys(o.Headers)) {
		lines = append(lines, name+": "+o.Headers[name])
	}
	return strings.Join(lines, "\n")
}

// Brought is the request that carried a message, for a screen; the zero one where Auth0's own sender did.
func (m Message) Brought() Outgoing {
	for _, o := range m.Shown {
		if o.Carries {
			return o
		}
	}
	return Outgoing{}
}

// requests are what Auth0 itself sends for a letter, where no Action is in the way. Auth0's own sender is nobody's business.
func (w way) requests(l letter, text string) []Outgoing {
	switch {
	case w.via == ViaLegacyGateway:
		return []Outgoing{gatewayPost(l, w.gateway, text)}
	case w.twilio.sid != "":
		return []Outgoing{twilioPost(l, w, text)}
	}
	return []Outgoing{}
}

// twilioPost is the request to Twilio's REST API (Twilio's reference of the Message and the Call resource). How Auth0 has a call
// say its text is not documented: inferred.
func twilioPost(l letter, w way, text string) Outgoing {
	resource, sender, words, said := "Messages.json", "From", "Body", text
	if l.channel == "voice" {
		resource, words, said = "Calls.json", "Twiml", "<Response><Say>"+inXML.Replace(text)+"</Say></Response>"
	} else if w.from == w.twilio.service {
		sender = "MessagingServiceSid"
	}
	basic := base64.StdEncoding.EncodeToString([]byte(w.twilio.sid + ":" + w.twilio.token))
	return Outgoing{
		Method: http.MethodPost, URL: "https://api.twilio.com/2010-04-01/Accounts/" + w.twilio.sid + "/" + resource,
		Headers: map[string]string{"content-type": "application/x-www-form-urlencoded", "authorization": "Basic " + basic},
		Body:    "To=" + formEncoded(l.to) + "&" + sender + "=" + formEncoded(w.from) + "&" + words + "=" + formEncoded(said), Carries: true,
	}
}

var inXML = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;")

// formEncoded is a form's value as every client but Go's writes it (WHATWG URL, application/x-www-form-urlencoded).
func formEncoded(s string) string {
	return strings.NewReplacer("%2A", "*", "~", "%7E").Replace(url.QueryEscape(s))
}

// outgoings are what the calls of an Action sent: every request, every call of Twilio's module, and the call of another module that
// carries the message. What an Action has a module compute is nobody's message.
func outgoings(calls []js.Call, carrier int) []Outgoing {
	var all []Outgoing
	for i, c := range calls {
		switch {
		case c.Kind == js.Request:
			all = append(all, Outgoing{Method: c.Method, URL: c.URL, Headers: c.Headers, Body: c.Body, Carries: i == carrier})
		case c.Kind == js.Module && (c.Module == kindTwilio || i == carrier):
			all = append(all, Outgoing{Method: MethodCall, URL: c.Path, Body: string(c.Args), Carries: i == carrier})
		}
	}
	return all
}
