package emulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io"
	"net"
	"net/netip"
	"time"
)

// certificateLife is how long a certificate is good: longer than anyone practises with one tenant.
const certificateLife = 30 * 24 * time.Hour

// Certificate lets a tenant serve TLS. It is made for one run of a program, by an authority that can never sign another: its
// key is forgotten as soon as this one is signed, and neither key leaves the memory.
type Certificate struct {
	// CA is the authority's certificate, in PEM. Clients have to be told to trust it.
	CA []byte

	leaf tls.Certificate
}

// NewCertificate makes a certificate for this machine (127.0.0.1, ::1 and localhost) and for other host names, such as the
// tenant's domain. It is good from an hour before now to 30 days after.
func NewCertificate(random io.Reader, now time.Time, hosts ...string) (*Certificate, error) {
	authorityKey, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, fmt.Errorf("key of the authority: %w", err)
	}
	authority := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "upe emulated tenant, authority of one run"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(certificateLife),
		IsCA: true, BasicConstraintsValid: true, MaxPathLenZero: true, KeyUsage: x509.KeyUsageCertSign,
	}
	signed, err := x509.CreateCertificate(random, authority, authority, authorityKey.Public(), authorityKey)
	if err != nil {
		return nil, fmt.Errorf("certificate of the authority: %w", err)
	}
	// Read back, it has the key identifier by which the leaf names it.
	if authority, err = x509.ParseCertificate(signed); err != nil {
		return nil, fmt.Errorf("certificate of the authority: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), random)
	if err != nil {
		return nil, fmt.Errorf("key: %w", err)
	}
	leaf, err := x509.CreateCertificate(random, forHosts(authority, hosts), authority, key.Public(), authorityKey)
	if err != nil {
		return nil, fmt.Errorf("certificate: %w", err)
	}
	return &Certificate{
		CA:   pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}),
		leaf: tls.Certificate{Certificate: [][]byte{leaf, signed}, PrivateKey: key},
	}, nil
}

// forHosts is what a server needs a certificate to say.
func forHosts(authority *x509.Certificate, hosts []string) *x509.Certificate {
	c := &x509.Certificate{
		Subject:   pkix.Name{CommonName: "upe emulated tenant"},
		NotBefore: authority.NotBefore, NotAfter: authority.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	for _, host := range hosts {
		if addr, err := netip.ParseAddr(host); err == nil {
			c.IPAddresses = append(c.IPAddresses, addr.AsSlice())
			continue
		}
		c.DNSNames = append(c.DNSNames, host)
	}
	return c
}

// Server is how a server uses the certificate.
func (c *Certificate) Server() *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{c.leaf}, MinVersion: tls.VersionTLS12}
}
