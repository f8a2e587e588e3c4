package client

import (
	"context"
	"errors"
	"net"
	"net/http"
	"strings"

	"upe/flows/tenant"
)

// failure is a *tenant.Error that still knows its cause, so that errors.Is finds a cancelled context and errors.As a
// *login.Error.
type failure struct {
	said  *tenant.Error
	cause error
}

func (f *failure) Error() string { return f.said.Error() }

func (f *failure) Unwrap() []error { return []error{f.said, f.cause} }

// refusal is the guard's own error: nothing was sent.
func refusal(op tenant.Op, why string) *tenant.Error {
	return &tenant.Error{Op: op, Code: tenant.CodeGuard, Message: why}
}

// broken is a request that got no answer, as tap saw it.
type broken struct {
	cause error
	left  bool // the tenant may have received it
}

func (b *broken) Error() string { return b.cause.Error() }

func (b *broken) Unwrap() error { return b.cause }

// silence is the error for a request without an answer. A read whose answer is lost has no outcome to wonder about, so only
// writes are marked as sent.
func (t *talk) silence(err error) error {
	var lost *broken
	left := errors.As(err, &lost) && lost.left
	return &failure{
		said:  &tenant.Error{Op: t.call.Op, Message: t.masked(plain(err)), Sent: left && t.call.Op.Writes()},
		cause: err,
	}
}

// plain says in a person's words what a network error says in ours.
func plain(err error) string {
	var name *net.DNSError
	var network net.Error
	switch {
	case errors.Is(err, context.Canceled):
		return "cancelled"
	case errors.As(err, &name) && name.IsNotFound:
		return "there is no host " + name.Name
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return "no answer in time"
	}
	return err.Error()
}

// unreadable is the error for a 2xx answer that is not JSON. A write has been applied then, or something between us and the
// tenant answered in its place: its outcome is unknown. A read has told nothing.
func unreadable(call tenant.Call, resp *http.Response) error {
	kind, _, _ := strings.Cut(resp.Header.Get("Content-Type"), ";")
	if kind == "" {
		kind = "no content type"
	}
	return &tenant.Error{
		Op: call.Op, Sent: call.Op.Writes(),
		Message: "the answer (" + resp.Status + ", " + kind + ") is not JSON; is this the domain of an Auth0 tenant?",
	}
}

// unsent gives err the port's form. The chain answers with one already; what comes from before the chain was not sent.
func (t *talk) unsent(err error) error {
	var failed *failure
	if errors.As(err, &failed) {
		return failed
	}
	var refused *tenant.Error
	if errors.As(err, &refused) {
		return refused
	}
	if err == nil {
		err = errors.New("the SDK sent nothing and gave no reason")
	}
	return &failure{said: &tenant.Error{Op: t.call.Op, Message: t.masked(plain(err))}, cause: err}
}
