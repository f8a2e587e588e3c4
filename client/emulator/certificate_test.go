package emulator_test

import (
	"context"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
)

// A client that trusts the authority, and only such a one, reaches the tenant by each of its names.
func TestTLS(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "mfa-twilio"))
	certificate, err := emulator.NewCertificate(rand.Reader, time.Now(), p.Domain())
	if err != nil {
		t.Fatal(err)
	}
	server, err := p.StartTLS(t.Context(), "127.0.0.1:0", certificate)
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(certificate.CA) || strings.Contains(string(certificate.CA), "KEY") {
		t.Fatalf("not one certificate: %s", certificate.CA)
	}
	port := server.URL[strings.LastIndex(server.URL, ":"):]
	for _, tc := range []struct {
		name, host string
		roots      *x509.CertPool
		says       string // of the error
	}{
		{"by number", "127.0.0.1" + port, trusted, ""},
		{"by number, version 6", "[::1]" + port, trusted, ""},
		{"as localhost", "localhost" + port, trusted, ""},
		{"by the tenant's domain", p.Domain(), trusted, ""},
		{"by another domain", "other.us.auth0.com", trusted, "not other.us.auth0.com"},
		{"without trust", "127.0.0.1" + port, x509.NewCertPool(), "unknown authority"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			client := &http.Client{Transport: &http.Transport{
				TLSClientConfig: &tls.Config{RootCAs: tc.roots, MinVersion: tls.VersionTLS12}, ForceAttemptHTTP2: true,
				DialContext: func(ctx context.Context, network, _ string) (net.Conn, error) {
					return (&net.Dialer{}).DialContext(ctx, network, server.Addr.String())
				},
			}}
			req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+tc.host+"/api/v2/tenants/settings", nil)
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+p.token)
			res, err := client.Do(req)
			switch {
			case err != nil && (tc.says == "" || !strings.Contains(err.Error(), tc.says)):
				t.Errorf("got %v, want an error with %q", err, tc.says)
			case err == nil && (tc.says != "" || res.StatusCode != http.StatusOK):
				t.Errorf("%s, want an error with %q", res.Status, tc.says)
			}
			if err == nil {
				_ = res.Body.Close()
			}
		})
	}
}

// The certificate is good when it is made, also for a clock that is a little behind, and not for ever.
func TestCertificateLife(t *testing.T) {
	t.Parallel()
	made := time.Date(2026, time.November, 20, 12, 0, 0, 0, time.UTC)
	certificate, err := emulator.NewCertificate(rand.Reader, made, "acme.us.auth0.com", "127.0.0.2")
	if err != nil {
		t.Fatal(err)
	}
	server := certificate.Server()
	leaf, err := x509.ParseCertificate(server.Certificates[0].Certificate[0])
	if err != nil {
		t.Fatal(err)
	}
	trusted := x509.NewCertPool()
	trusted.AppendCertsFromPEM(certificate.CA)
	for after, good := range map[time.Duration]bool{0: true, -30 * time.Minute: true, 24 * time.Hour: true, 31 * 24 * time.Hour: false} {
		for _, name := range []string{"acme.us.auth0.com", "127.0.0.2", "localhost"} {
			_, err := leaf.Verify(x509.VerifyOptions{Roots: trusted, DNSName: name, CurrentTime: made.Add(after)})
			if (err == nil) != good {
				t.Errorf("%s, %s after it was made: %v", name, after, err)
			}
		}
	}
	if leaf.IsCA || leaf.SerialNumber.Sign() <= 0 {
		t.Errorf("the certificate can sign others, or has no number: %v", leaf.SerialNumber)
	}
}
