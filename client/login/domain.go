package login

import (
	"fmt"
	"net/netip"
	"net/url"
	"slices"
	"strings"
)

// ParseDomain reads what a person gives as the tenant's domain and returns the origin to talk to, scheme and host without a
// path: "https://acme.us.auth0.com". A scheme and a trailing slash are accepted and dropped. Clear text (http://) is accepted
// for a loopback address only, where it is also what a missing scheme means.
func ParseDomain(domain string) (*url.URL, error) {
	text := strings.TrimSpace(domain)
	if text == "" {
		return nil, badDomain(domain, "no domain was given")
	}
	if withUser(text) {
		return nil, &Error{Failed: "the domain that was given cannot be used", Why: "it contains a user name or password", Do: setDomain}
	}
	if strings.ContainsFunc(text, notInDomain) {
		return nil, badDomain(domain, "it contains spaces or characters that no domain has")
	}
	scheme, rest, explicit := strings.Cut(text, "://")
	if !explicit {
		scheme, rest = "", text
	}
	origin, err := url.Parse("//" + strings.ToLower(rest))
	if err != nil || origin.Hostname() == "" {
		return nil, badDomain(domain, "it is not a host name")
	}
	if why := notJustHost(origin); why != "" {
		return nil, badDomain(domain, why)
	}
	if origin.Scheme, err = schemeFor(strings.ToLower(scheme), origin.Hostname()); err != nil {
		return nil, badDomain(domain, err.Error())
	}
	return &url.URL{Scheme: origin.Scheme, Host: origin.Host}, nil
}

// Loopback reports whether host (without a port) is this machine: localhost, 127.0.0.0/8 or ::1.
func Loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}

// withUser reports whether a text may hold a user name or password, in which case it is never shown.
func withUser(text string) bool {
	return strings.Contains(text, "@") || strings.Contains(text, "%40")
}

func notInDomain(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`\"'<>{}|^`+"`", r) }

// notJustHost says what stands beside the host, or "".
func notJustHost(origin *url.URL) string {
	host := origin.Hostname()
	switch {
	case strings.Trim(origin.Path, "/") != "":
		return "it contains a path; give the host alone"
	case origin.RawQuery != "" || origin.Fragment != "":
		return "it contains more than a host"
	case Loopback(host):
		return ""
	case !strings.Contains(host, "."):
		return "it has no dot; the domain of a tenant looks like acme.us.auth0.com"
	case strings.HasSuffix(origin.Host, ":"), slices.Contains(strings.Split(host, "."), ""):
		return "a part of it is empty"
	}
	return ""
}

func schemeFor(given, host string) (string, error) {
	switch {
	case given == "" && Loopback(host):
		return "http", nil
	case given == "", given == "https":
		return "https", nil
	case given == "http" && Loopback(host):
		return "http", nil
	case given == "http":
		return "", fmt.Errorf("clear text (http) is accepted for a loopback address only, never for %s", host)
	}
	return "", fmt.Errorf("%q is not a scheme it can have", given)
}

func badDomain(domain, why string) error {
	return &Error{
		Failed: fmt.Sprintf("the domain %q cannot be used", domain),
		Why:    why,
		Do:     setDomain,
	}
}

const setDomain = "set " + EnvDomain + " (or --domain) to the tenant's domain, for example acme.us.auth0.com"
