package generate_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
)

// verify checks a JSON Web Token as a gateway does, and is its claims.
func verify(header string, key []byte) (map[string]any, error) {
	compact, ok := strings.CutPrefix(header, "Bearer ")
	parts := strings.Split(compact, ".")
	if !ok || len(parts) != 3 {
		return nil, fmt.Errorf("%q is no bearer token", header)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(parts[0] + "." + parts[1]))
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil || !hmac.Equal(signature, mac.Sum(nil)) {
		return nil, errors.New("the signature is wrong")
	}
	var head, claims map[string]any
	for i, into := range []*map[string]any{&head, &claims} {
		raw, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil {
			return nil, err
		}
		if err := json.Unmarshal(raw, into); err != nil {
			return nil, err
		}
	}
	if head["alg"] != "HS256" || head["typ"] != "JWT" {
		return nil, fmt.Errorf("the header is %v", head)
	}
	return claims, nil
}
