package client

import (
	"encoding/json"
	"net/http"
	"strings"

	"upe/flows/tenant"
)

// refused reads the body of an answer that is not a success:
//
//	{"statusCode":N,"error":"<reason>","message":"...","errorCode":"..."}
//
// errorCode is absent from some (recordings of phone providers), and what a proxy answers is not JSON at all.
func (t *talk) refused(resp *http.Response, body []byte) error {
	var said struct {
		Code        text `json:"errorCode"`
		Message     text `json:"message"`
		Error       text `json:"error"`
		Description text `json:"error_description"`
	}
	e := &tenant.Error{Op: t.call.Op, Status: resp.StatusCode}
	if json.Unmarshal(body, &said) == nil {
		e.Code = string(said.Code)
		e.Message = string(first(said.Message, said.Description, said.Error))
	}
	if e.Message == "" {
		e.Message = http.StatusText(resp.StatusCode)
	}
	if resp.StatusCode >= 300 && resp.StatusCode < 400 {
		e.Message = "the answer points elsewhere, which is not followed; is this the domain of an Auth0 tenant?"
	}
	e.Code, e.Message = shorten(t.masked(e.Code)), shorten(t.masked(e.Message))
	return e
}

// text is a JSON string; anything else keeps its JSON form, so that an unusual error body is still shown.
type text string

func (t *text) UnmarshalJSON(raw []byte) error {
	var s string
	if json.Unmarshal(raw, &s) != nil {
		s = string(raw)
	}
	*t = text(s)
	return nil
}

func first(texts ...text) text {
	for _, t := range texts {
		if strings.TrimSpace(string(t)) != "" {
			return t
		}
	}
	return ""
}

// longest is how many bytes of an error message are kept: validation errors of Auth0 quote whole schemas.
const longest = 1000

func shorten(s string) string {
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}
