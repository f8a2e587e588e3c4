package emulator

import (
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// control answers the paths below /emulator/. They show secrets and need no token, so they answer to this machine only.
func (t *Tenant) control(w http.ResponseWriter, r *http.Request) {
	t.controlReply(r).render(nil).write(w)
}

func (t *Tenant) controlReply(r *http.Request) reply {
	if !t.local(r) {
		return fail(http.StatusForbidden, "", "The control paths answer to this machine only")
	}
	switch r.Method + " " + r.URL.Path {
	case "GET /emulator/state":
		return ok(t.State())
	case "GET /emulator/requests":
		return ok(t.Requests())
	case "GET /emulator/handset":
		return ok(t.Handset())
	case "POST /emulator/deliver":
		return t.controlDeliver(r)
	case "POST /emulator/toggle":
		return t.controlToggle(r)
	}
	return fail(http.StatusNotFound, "", "No control path %s %s", r.Method, r.URL.Path)
}

// local reports whether r comes from this machine, and not from a web page that a browser on it has open: such a page
// brings the name it was loaded from as Host. A request without a remote address never crossed a socket.
func (t *Tenant) local(r *http.Request) bool {
	if r.RemoteAddr == "" {
		return true
	}
	return loopback(r.RemoteAddr) && (loopback(r.Host) || hostname(r.Host) == t.Domain())
}

func hostname(hostport string) string {
	if host, _, err := net.SplitHostPort(hostport); err == nil {
		return host
	}
	return strings.Trim(hostport, "[]")
}

// loopback reports whether a host, with or without a port, is this machine by its number or as localhost.
func loopback(hostport string) bool {
	host := hostname(hostport)
	if host == "localhost" {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.IsLoopback()
}

// controlToggle turns the Dashboard's "Use Tenant-level Messaging Provider" of a flow, which no Management API token can.
func (t *Tenant) controlToggle(r *http.Request) reply {
	var toggle struct {
		Flow   string `json:"flow"` // "mfa" or "passwordless"
		Tenant *bool  `json:"tenant_level"`
	}
	if err := decodeBody(r, &toggle); err != nil || toggle.Tenant == nil {
		return fail(http.StatusBadRequest, "invalid_body", `Not a toggle: {"flow": "mfa" or "passwordless", "tenant_level": true or false}`)
	}
	flag := map[string]string{FlowMFA: migrationMFA, FlowPasswordless: migrationPasswordless}[toggle.Flow]
	if err := t.Toggle(flag, !*toggle.Tenant); err != nil {
		return fail(http.StatusConflict, "", "%s", err)
	}
	return ok(map[string]bool{flag: !*toggle.Tenant})
}

// decodeBody reads a small JSON body; an empty one leaves into as it is.
func decodeBody(r *http.Request, into any) error {
	dec := json.NewDecoder(io.LimitReader(r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	return nil
}

func (t *Tenant) controlDeliver(r *http.Request) reply {
	var d Delivery
	if err := decodeBody(r, &d); err != nil {
		return fail(http.StatusBadRequest, "invalid_body", "Not a delivery: %s", err)
	}
	if problem := d.problem(); problem != "" {
		return fail(http.StatusBadRequest, "invalid_body", "Not a delivery: %s", problem)
	}
	return ok(t.Deliver(r.Context(), d))
}
