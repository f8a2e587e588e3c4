package login_test

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/login"
)

// rsaKey is an application's key, in the two forms in which people keep one.
func rsaKey(t *testing.T) (key *rsa.PrivateKey, pkcs1, pkcs8 string) {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	wrapped, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	return key, armour("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)), armour("PRIVATE KEY", wrapped)
}

func armour(kind string, raw []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: raw}))
}

// Each token request carries a fresh assertion that the key has signed, and no secret.
func TestPrivateKey(t *testing.T) {
	t.Parallel()
	key, pkcs1, pkcs8 := rsaKey(t)
	for alg, text := range map[string]string{
		"": pkcs1, "RS256": pkcs8, "rs384": pkcs1, "PS256": strings.ReplaceAll(strings.TrimSpace(pkcs8), "\n", `\n`),
	} {
		t.Run("algorithm "+alg, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				e := &endpoint{status: 200, answer: `{"access_token":"t","token_type":"Bearer","expires_in":3600}`}
				credentials := login.Credentials{
					Domain: "login.acme.com", ClientID: "id", ClientSecret: secret, PrivateKey: text, SigningAlg: alg,
					Audience: "https://acme.us.auth0.com/api/v2/",
				}
				if way := credentials.Way(); way != login.WayKey {
					t.Errorf("way %s", way)
				}
				source, err := login.Source(credentials, login.Options{Now: time.Now, Transport: e, Random: rand.Reader})
				if err != nil {
					t.Fatal(err)
				}
				seen := map[string]bool{}
				for range 2 {
					if _, err := source.Token(); err != nil {
						t.Fatal(err)
					}
					form := e.forms[len(e.forms)-1]
					if form.Has("client_secret") || form.Get("client_id") != "id" || form.Get("audience") != credentials.Audience ||
						form.Get("client_assertion_type") != "urn:ietf:params:oauth:client-assertion-type:jwt-bearer" {
						t.Errorf("asked %s", form.Encode())
					}
					seen[verified(t, form.Get("client_assertion"), &key.PublicKey)] = true
					time.Sleep(time.Hour) // the token has to be renewed
				}
				if len(seen) != 2 {
					t.Error("the same assertion was sent twice")
				}
			})
		})
	}
}

// verified checks an assertion as Auth0 does, and gives its id.
func verified(t *testing.T, text string, key *rsa.PublicKey) string {
	t.Helper()
	parts := strings.Split(text, ".")
	if len(parts) != 3 {
		t.Fatalf("%d parts", len(parts))
	}
	var header struct{ Alg, Typ string }
	var claims struct {
		Iss, Sub, Aud, Jti string
		Iat, Exp           int64
	}
	for i, into := range []any{&header, &claims} {
		raw, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || json.Unmarshal(raw, into) != nil {
			t.Fatalf("part %d is %q", i, parts[i])
		}
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		t.Fatal(err)
	}
	signed := []byte(parts[0] + "." + parts[1])
	short, long := sha256.Sum256(signed), sha512.Sum384(signed)
	switch header.Alg {
	case "RS256":
		err = rsa.VerifyPKCS1v15(key, crypto.SHA256, short[:], signature)
	case "RS384":
		err = rsa.VerifyPKCS1v15(key, crypto.SHA384, long[:], signature)
	case "PS256":
		err = rsa.VerifyPSS(key, crypto.SHA256, short[:], signature, &rsa.PSSOptions{SaltLength: rsa.PSSSaltLengthEqualsHash})
	default:
		t.Errorf("algorithm %q", header.Alg)
	}
	if err != nil {
		t.Errorf("%s: %v", header.Alg, err)
	}
	if claims.Iss != "id" || claims.Sub != "id" || claims.Aud != "https://login.acme.com/" || claims.Exp-claims.Iat > 300 || claims.Iat != time.Now().Unix() {
		t.Errorf("claims %+v", claims)
	}
	return claims.Jti
}

// What is no RSA key is refused before anything is sent, and never quoted.
func TestBadPrivateKeys(t *testing.T) {
	t.Parallel()
	_, good, _ := rsaKey(t)
	curve, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	elsewhere, err := x509.MarshalPKCS8PrivateKey(curve)
	if err != nil {
		t.Fatal(err)
	}
	for want, c := range map[string]login.Credentials{
		"not PEM":            {PrivateKey: secret},
		"encrypted":          {PrivateKey: armour("ENCRYPTED PRIVATE KEY", []byte(secret))},
		"no private key":     {PrivateKey: armour("PRIVATE KEY", []byte(secret))},
		"no RSA key":         {PrivateKey: armour("PRIVATE KEY", elsewhere)},
		"RS256, RS384 or PS": {PrivateKey: good, SigningAlg: "HS256"},
	} {
		c.Domain, c.ClientID = "acme.us.auth0.com", "id"
		_, err := login.Source(c, login.Options{Now: time.Now, Random: rand.Reader})
		if explained(t, err); !strings.Contains(err.Error(), want) {
			t.Errorf("%q does not say %s", err, want)
		}
	}
}

// A refusal speaks of the key, not of a secret that nobody has.
func TestARefusedPrivateKey(t *testing.T) {
	t.Parallel()
	_, text, _ := rsaKey(t)
	e := &endpoint{status: 401, answer: `{"error":"invalid_client"}`}
	source, err := login.Source(login.Credentials{Domain: "acme.us.auth0.com", ClientID: "id", PrivateKey: text},
		login.Options{Now: time.Now, Transport: e, Random: rand.Reader})
	if err != nil {
		t.Fatal(err)
	}
	_, err = source.Token()
	if explained(t, err); !strings.Contains(err.Error(), "private key") || strings.Contains(err.Error(), "AUTH0_CLIENT_SECRET") {
		t.Error(err)
	}
}

// Whatever is given as a key, nothing of it is said.
func FuzzPrivateKey(f *testing.F) {
	for _, seed := range []string{secret, armour("RSA PRIVATE KEY", []byte(secret)), `-----BEGIN PRIVATE KEY-----\n` + secret, ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, key string) {
		c := login.Credentials{Domain: "acme.us.auth0.com", ClientID: "id", PrivateKey: key}
		if _, err := login.Source(c, login.Options{Now: time.Now, Random: rand.Reader}); err != nil {
			explained(t, err)
		}
	})
}
