package login

import (
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"
	"time"
)

// The algorithms that Auth0 accepts for a client assertion; all of them sign with an RSA key.
const (
	rs256 = "RS256"
	rs384 = "RS384"
	ps256 = "PS256"
)

// assertionLife is how long an assertion is valid. Auth0 accepts five minutes at most; a clock may be a little wrong.
const assertionLife = 2 * time.Minute

// signer makes client assertions (RFC 7523): a JSON Web Token that says who asks, signed with the application's private key.
type signer struct {
	key      *rsa.PrivateKey
	alg      string
	client   string
	audience string
	now      func() time.Time
	random   io.Reader
}

func newSigner(c Credentials, origin *url.URL, o Options) (*signer, error) {
	s := &signer{alg: strings.ToUpper(c.SigningAlg), client: c.ClientID, audience: origin.JoinPath("/").String(), now: o.Now, random: o.Random}
	switch s.alg {
	case "":
		s.alg = rs256
	case rs256, rs384, ps256:
	default:
		return nil, &Error{
			Failed: "no assertion can be signed", Why: "Auth0 has no such signing algorithm", Do: "set " + EnvSigningAlg + " to RS256, RS384 or PS256",
		}
	}
	if s.random == nil {
		return nil, errors.New("login: a private key needs a source of chance")
	}
	key, why := parseKey(c.PrivateKey)
	if key == nil {
		return nil, &Error{
			Failed: "the private key cannot be used", Why: why,
			Do: "set " + EnvPrivateKey + " to an RSA private key as PEM (it begins with -----BEGIN), or to the path of its file",
		}
	}
	s.key = key
	return s, nil
}

// parseKey reads an RSA key, or says why not; nothing of the text is part of that.
func parseKey(text string) (key *rsa.PrivateKey, why string) {
	if !strings.Contains(text, "\n") {
		// A variable of a CI system often holds its line breaks in writing.
		text = strings.ReplaceAll(text, `\n`, "\n")
	}
	block, _ := pem.Decode([]byte(text))
	switch {
	case block == nil:
		return nil, "it is not PEM"
	case strings.Contains(block.Type, "ENCRYPTED") || block.Headers["DEK-Info"] != "":
		return nil, "it is encrypted with a password"
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return key, ""
	}
	parsed, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, "there is no private key in it"
	}
	rsaKey, ok := parsed.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Sprintf("it is no RSA key but %T, and Auth0 knows only RSA here", parsed)
	}
	return rsaKey, ""
}

// assertion is signed anew for each request: Auth0 accepts each one once.
func (s *signer) assertion() (string, error) {
	var id [16]byte
	if _, err := io.ReadFull(s.random, id[:]); err != nil {
		return "", fmt.Errorf("make an id: %w", err)
	}
	now := s.now().Unix()
	header, err := json.Marshal(map[string]string{"alg": s.alg, "typ": "JWT"})
	if err != nil {
		return "", err
	}
	claims, err := json.Marshal(map[string]any{
		"iss": s.client, "sub": s.client, "aud": s.audience, "jti": hex.EncodeToString(id[:]),
		"iat": now, "nbf": now, "exp": now + int64(assertionLife/time.Second),
	})
	if err != nil {
		return "", err
	}
	encode := base64.RawURLEncoding.EncodeToString
	signed := encode(header) + "." + encode(claims)
	signature, err := s.sign([]byte(signed))
	if err != nil {
		return "", &Error{Failed: "no assertion can be signed", Why: err.Error(), Do: "check the private key: it needs 2048 bits", Cause: err}
	}
	return signed + "." + encode(signature), nil
}

func (s *signer) sign(text []byte) ([]byte, error) {
	if s.alg == rs384 {
		sum := sha512.Sum384(text)
		return rsa.SignPKCS1v15(s.random, s.key, crypto.SHA384, sum[:])
	}
	sum := sha256.Sum256(text)
	if s.alg == ps256 {
		return rsa.SignPSS(s.random, s.key, crypto.SHA256, sum[:], &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	}
	return rsa.SignPKCS1v15(s.random, s.key, crypto.SHA256, sum[:])
}
