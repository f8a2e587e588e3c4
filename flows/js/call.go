package js

import (
	"encoding/json"
	"strings"
	"time"
)

// CallKind says what a recorded [Call] is.
type CallKind string

// The kinds of calls.
const (
	Request CallKind = "request" // an HTTP request: fetch, axios, node-fetch, undici
	Module  CallKind = "module"  // a call of an npm module that is not really there
	API     CallKind = "api"     // a method of Auth0's api object
)

// Call is one thing that an Action did to the world, in the order it did them.
type Call struct {
	Kind   CallKind        `json:"kind"`
	Module string          `json:"module,omitempty"` // "twilio", "axios"; empty for fetch and api
	Path   string          `json:"path"`             // "fetch", "axios.post", "twilio().messages.create", "api.notification.drop"
	Args   json.RawMessage `json:"args,omitempty"`   // module and api calls: array of the arguments; a function is "[Function]"

	Method  string            `json:"method,omitempty"`  // requests: upper case
	URL     string            `json:"url,omitempty"`     // requests: absolute, query included
	Headers map[string]string `json:"headers,omitempty"` // requests: names in lower case; what the Action set or its body implies
	Body    string            `json:"body,omitempty"`    // requests: as sent
}

// Response is what the host answers to a [Call] of kind Request or Module.
//
// For a module, awaiting the call yields Body read as JSON, or another stand-in
// when Body is empty; a Status of 400 or more rejects it, as SDKs do.
type Response struct {
	Status  int               // HTTP status; 0 means 200
	Headers map[string]string // names in any case
	Body    string
	Failure string        // a network error instead of an answer: "ECONNREFUSED", "ENOTFOUND"
	Delay   time.Duration // how long the answer takes on the Action's clock
}

// DefaultAnswer accepts everything: 200 {} to a request, what Twilio's SDK
// answers on success, and a stand-in for other modules.
func DefaultAnswer(c Call) Response {
	switch {
	case c.Kind == Request:
		return Response{Status: 200, Headers: map[string]string{"content-type": "application/json"}, Body: "{}"}
	case c.Module != "twilio":
		return Response{}
	case strings.HasSuffix(c.Path, ".messages.create"):
		return Response{Status: 201, Body: `{"sid":"SM00000000000000000000000000000000","status":"queued","errorCode":null}`}
	case strings.HasSuffix(c.Path, ".calls.create"):
		return Response{Status: 201, Body: `{"sid":"CA00000000000000000000000000000000","status":"queued"}`}
	case strings.HasSuffix(c.Path, ".verifications.create"):
		return Response{Status: 201, Body: `{"sid":"VE00000000000000000000000000000000","status":"pending"}`}
	}
	return Response{}
}

// encode is the answer as runtime/action.js reads it: every key is there, so that
// a polluted Object.prototype is never consulted.
func (r Response) encode() (string, error) {
	if r.Status == 0 {
		r.Status = 200
	}
	if r.Headers == nil {
		r.Headers = map[string]string{}
	}
	out, err := json.Marshal(map[string]any{
		"status": r.Status, "headers": r.Headers, "body": r.Body,
		"failure": r.Failure, "delay": r.Delay.Seconds() * 1000,
	})
	return string(out), err
}
