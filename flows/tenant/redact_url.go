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

// RedactURL hides what is secret in a gateway's address: its password, and the query parameters whose names say that they carry
// one (https://sms.example/send?apikey=…). What is not an address is hidden whole, because nobody knows what is in it.
func RedactURL(raw string) string {
	clean, _ := redactURL(raw)
	return clean
}

// redactURL returns the secrets as well, as they stand in the address.
func redactURL(raw string) (clean string, secrets []string) {
	if raw == "" || raw == Redacted {
		return raw, nil
	}
	u, err := url.Parse(raw)
	if err != nil {
		return Redacted, []string{raw}
	}
	query, secrets := redactQuery(u.RawQuery)
	password, has := u.User.Password()
	if has = has && password != "" && password != hidden; has {
		secrets = append(secrets, password)
	}
	if len(secrets) == 0 {
		return raw, nil
	}
	u.RawQuery = query
	if has {
		u.User = url.UserPassword(u.User.Username(), hidden)
	}
	return u.String(), secrets
}

// redactQuery keeps the order and the spelling of everything but the secrets.
func redactQuery(query string) (clean string, secrets []string) {
	parameters := strings.Split(query, "&")
	for i, parameter := range parameters {
		name, value, _ := strings.Cut(parameter, "=")
		if len(value) < shortestParameter || !secretParameter(name) {
			continue
		}
		secrets = append(secrets, value)
		if plain, err := url.QueryUnescape(value); err == nil && plain != value {
			secrets = append(secrets, plain)
		}
		parameters[i] = name + "=" + hidden
	}
	return strings.Join(parameters, "&"), secrets
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
