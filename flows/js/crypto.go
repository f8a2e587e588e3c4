package js

import (
	"crypto"
	"crypto/hmac"
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"errors"
	"hash"
)

// digest is a hash function by the name that Node has for it.
type digest struct {
	name string
	id   crypto.Hash
	make func() hash.Hash
}

// digests are what gateways of today ask for; md5 and sha1 among them, since whom
// an Action signs for chooses.
var digests = []digest{
	{"md5", crypto.MD5, md5.New},
	{"sha1", crypto.SHA1, sha1.New},
	{"sha224", crypto.SHA224, sha256.New224},
	{"sha256", crypto.SHA256, sha256.New},
	{"sha384", crypto.SHA384, sha512.New384},
	{"sha512", crypto.SHA512, sha512.New},
}

// crypto does what Node's crypto module leaves to its host: takes the operation,
// the digest's name, data, a key, the form of signatures, and for verify a
// signature. Bytes cross as text of which each character is one byte.
func (r *recorder) crypto(args []any) (any, error) {
	d, err := digestOf(text(args, 1))
	if err != nil {
		return nil, err
	}
	data, key, form := narrow(text(args, 2)), narrow(text(args, 3)), text(args, 4)
	switch text(args, 0) {
	case "hash":
		return wide(sum(d.make(), data)), nil
	case "hmac":
		return wide(sum(hmac.New(d.make, key), data)), nil
	case "sign":
		signature, err := d.sign(key, sum(d.make(), data), form)
		return wide(signature), err
	case "verify":
		return d.verify(key, sum(d.make(), data), narrow(text(args, 5)), form)
	}
	return nil, errors.New("no such operation")
}

func digestOf(name string) (digest, error) {
	for _, d := range digests {
		if d.name == name {
			return d, nil
		}
	}
	return digest{}, errors.New("unknown digest")
}

func sum(h hash.Hash, data []byte) []byte {
	h.Write(data)
	return h.Sum(nil)
}

// narrow makes bytes of characters, and wide the reverse.
func narrow(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return out
}

func wide(b []byte) string {
	out := make([]rune, len(b))
	for i, c := range b {
		out[i] = rune(c)
	}
	return string(out)
}
