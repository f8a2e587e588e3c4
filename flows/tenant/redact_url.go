package tenant

import (
	"net/url"
	"strings"
)

// hidden stands for a secret inside an address, in the manner of [url.URL.Redacted]: it needs no escapes there.
const hidden = "xxxxx"

// shortestParameter keeps a flag such as auth=1 from being taken for a secret, which would be searched for everywhere.
const shortestParameter = 6

// secretParameters are parts of the names of query parameters that carry secrets at SMS gateways.
var secretParameters = []string{"key", "token", "secret", "pass", "pwd", "auth", "sig"}

// RedactURL hides what may be secret in a gateway's address: who logs in there, and the whole query (https://sms.example/send?apikey=…).
// What is not an address is hidden whole, because nobody knows what is in it.
func RedactURL(raw string) string {
	clean, _ := redactURL(raw)
	return clean
}

// redactURL returns the secrets as well, as they stand in the address: the password, and the parameters whose names say that they
// carry one. The others are hidden and not searched for, because their values may be ordinary words.
func redactURL(raw string) (clean string, secrets []string) {
	if raw == "" || raw == Redacted {
		return raw, nil
	}
	u, err := url.Parse(raw)
	if err != nil {
		return Redacted, []string{raw}
	}
	if u.User == nil && u.RawQuery == "" {
		return raw, nil
	}
	if u.RawQuery != "" && u.RawQuery != hidden {
		secrets = querySecrets(u.RawQuery)
		u.RawQuery = hidden
	}
	if password, has := u.User.Password(); has && password != "" && password != hidden {
		secrets = append(secrets, password)
	}
	if u.User != nil {
		u.User = url.User(hidden)
	}
	return u.String(), secrets
}

// querySecrets are the values of the parameters that carry secrets, as they stand there and unescaped.
func querySecrets(query string) []string {
	var secrets []string
	for parameter := range strings.SplitSeq(query, "&") {
		name, value, _ := strings.Cut(parameter, "=")
		if len(value) < shortestParameter || !secretParameter(name) {
			continue
		}
		secrets = append(secrets, value)
		if plain, err := url.QueryUnescape(value); err == nil && plain != value {
			secrets = append(secrets, plain)
		}
	}
	return secrets
}

func secretParameter(name string) bool {
	name = strings.ToLower(name)
	for _, part := range secretParameters {
		if strings.Contains(name, part) {
			return true
		}
	}
	return false
}
