package js

import (
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
)

// Bounds on keys, in bytes of text and bits of modulus: Go cannot be interrupted as
// a script can.
const (
	maxKeyText = 8 << 10
	maxModulus = 4096
)

var errKey = errors.New("the key is not one that can be used here")

// joined is the form of an elliptic signature in JSON Web Tokens and Web Crypto: r
// and s in one, of equal length. Node's own form is ASN.1.
const joined = "ieee-p1363"

// sign signs a digest: with an RSA key as PKCS #1 v1.5, with an elliptic one as form
// says. A key and a digest have one signature here, where Node's differ each time.
func (d digest) sign(key, sum []byte, form string) ([]byte, error) {
	private, err := privateKey(key)
	if err != nil {
		return nil, err
	}
	switch k := private.(type) {
	case *rsa.PrivateKey:
		if k.N.BitLen() > maxModulus {
			return nil, errKey
		}
		return rsa.SignPKCS1v15(nil, k, d.id, sum)
	case *ecdsa.PrivateKey:
		signature, err := k.Sign(nil, sum, d.id)
		if err != nil || form != joined {
			return signature, err
		}
		return join(signature, (k.Params().BitSize+7)/8)
	}
	return nil, errKey
}

func (d digest) verify(key, sum, signature []byte, form string) (bool, error) {
	public, err := publicKey(key)
	if err != nil {
		return false, err
	}
	switch k := public.(type) {
	case *rsa.PublicKey:
		return k.N.BitLen() <= maxModulus && rsa.VerifyPKCS1v15(k, d.id, sum, signature) == nil, nil
	case *ecdsa.PublicKey:
		if form != joined {
			return ecdsa.VerifyASN1(k, sum, signature), nil
		}
		half := len(signature) / 2
		r, s := new(big.Int).SetBytes(signature[:half]), new(big.Int).SetBytes(signature[half:])
		return ecdsa.Verify(k, sum, r, s), nil
	}
	return false, errKey
}

// join writes the two numbers of an ASN.1 signature side by side. The signature is
// our own, so that its lengths are short ones: SEQUENCE, length, INTEGER, length, r, INTEGER, length, s.
func join(signature []byte, size int) ([]byte, error) {
	out := make([]byte, 2*size)
	rest := signature[2:]
	if signature[1]&0x80 != 0 {
		rest = signature[3:]
	}
	for i := range 2 {
		number := rest[2 : 2+int(rest[1])]
		rest = rest[2+int(rest[1]):]
		new(big.Int).SetBytes(number).FillBytes(out[i*size : (i+1)*size])
	}
	return out, nil
}

// der is what a key's text holds: PEM, or the bytes themselves.
func der(key []byte) (string, []byte, error) {
	if len(key) > maxKeyText {
		return "", nil, errKey
	}
	if block, _ := pem.Decode(key); block != nil {
		return block.Type, block.Bytes, nil
	}
	return "", key, nil
}

func privateKey(key []byte) (any, error) {
	kind, bytes, err := der(key)
	if err != nil {
		return nil, err
	}
	var private any
	switch kind {
	case "RSA PRIVATE KEY":
		private, err = x509.ParsePKCS1PrivateKey(bytes)
	case "EC PRIVATE KEY":
		private, err = x509.ParseECPrivateKey(bytes)
	default:
		private, err = x509.ParsePKCS8PrivateKey(bytes)
	}
	if err != nil {
		return nil, errKey // the parser's own words could repeat the key
	}
	return private, nil
}

// publicKey reads a public key, or that of a certificate or of a private key.
func publicKey(key []byte) (any, error) {
	kind, bytes, err := der(key)
	if err != nil {
		return nil, err
	}
	var public any
	switch kind {
	case "RSA PUBLIC KEY":
		public, err = x509.ParsePKCS1PublicKey(bytes)
	case "CERTIFICATE":
		var certificate *x509.Certificate
		if certificate, err = x509.ParseCertificate(bytes); err == nil {
			public = certificate.PublicKey
		}
	case "", "PUBLIC KEY":
		public, err = x509.ParsePKIXPublicKey(bytes)
	default:
		return ofPrivate(privateKey(key))
	}
	if err != nil {
		return nil, errKey
	}
	return public, nil
}

func ofPrivate(private any, err error) (any, error) {
	switch k := private.(type) {
	case *rsa.PrivateKey:
		return k.Public(), err
	case *ecdsa.PrivateKey:
		return k.Public(), err
	}
	return nil, errors.Join(errKey, err)
}
