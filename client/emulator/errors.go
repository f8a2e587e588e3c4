package emulator

import (
	"fmt"
	"net/http"
	"strings"
)

// reply is an answer before it is bytes. A nil body is an empty one.
type reply struct {
	status int
	body   any
}

func ok(body any) reply      { return reply{http.StatusOK, body} }
func created(body any) reply { return reply{http.StatusCreated, body} }

// noContent is what Auth0 answers to a DELETE, and to a PATCH of a connection's clients.
var noContent = reply{status: http.StatusNoContent}

func (r reply) success() bool { return r.status < http.StatusMultipleChoices }

// failure is the body of Auth0's errors. The errorCode is absent on some (recorded for an unknown notification resource).
type failure struct {
	StatusCode int    `json:"statusCode"`
	Error      string `json:"error"`
	Message    string `json:"message"`
	ErrorCode  string `json:"errorCode,omitempty"`
	Attributes any    `json:"attributes,omitempty"`
}

// fail answers with Auth0's error body; error is the reason phrase of the status.
func fail(status int, code, format string, args ...any) reply {
	return reply{status, failure{
		StatusCode: status, Error: http.StatusText(status), Message: fmt.Sprintf(format, args...), ErrorCode: code,
	}}
}

// invalidBody is the answer to a body that does not fit the schema.
func invalidBody(problem string) reply {
	return fail(http.StatusBadRequest, "invalid_body", "Payload validation error: %s.", quoted(problem))
}

// quoted puts a problem in quotes, and the property that has it after them, as Auth0 does (deploy-cli issue #109). Auth0 goes on
// with the description of the property, which is left out here.
func quoted(problem string) string {
	if i := strings.LastIndex(problem, onProperty); i >= 0 {
		return "'" + problem[:i] + "'" + problem[i:]
	}
	return "'" + problem + "'"
}

// invalidQuery is the answer to a query parameter out of range.
func invalidQuery(problem string) reply {
	return fail(http.StatusBadRequest, "invalid_query_string", "Query validation error: %s.", quoted(problem))
}

// The errors of providers and phone templates speak of notification resources (recorded).
var (
	notificationNotFound = fail(http.StatusNotFound, "", "Notification Resource not found")
	badNotification      = fail(http.StatusBadRequest, "", "Bad Operation on Notification Resource")
)

// unauthorized is the answer to a token that is missing or not accepted.
func unauthorized(message string) reply {
	r := fail(http.StatusUnauthorized, "", "%s", message)
	f, _ := r.body.(failure)
	f.Attributes = map[string]string{"error": message}
	return reply{r.status, f}
}
