package oracle

import (
	"encoding/json"
	"strings"
)

// Secrets are what the admin of an emulated tenant has at hand although the API may not show it: the tenant's own secrets.
type Secrets struct {
	Guardian struct {
		Twilio struct {
			SID   string `json:"sid"`
			Token string `json:"auth_token"`
		} `json:"twilio"`
	} `json:"guardian"`
	Connections []struct {
		ID      string `json:"id"`
		Name    string `json:"name"`
		Options struct {
			SID     string `json:"twilio_sid"`
			Token   string `json:"twilio_token"`
			Gateway struct {
				Secret string `json:"secret"`
			} `json:"gateway_authentication"`
		} `json:"options"`
	} `json:"connections"`
	Actions []struct {
		Secrets []struct {
			Name  string `json:"name"`
			Value string `json:"value"`
		} `json:"secrets"`
	} `json:"actions"`
	Providers []struct {
		Configuration struct {
			SID string `json:"sid"`
		} `json:"configuration"`
		Credentials struct {
			Token string `json:"auth_token"`
		} `json:"credentials"`
	} `json:"phone_providers"`
}

// SecretsOf reads them from a tenant file.
func SecretsOf(file []byte) (Secrets, error) {
	var s Secrets
	return s, json.Unmarshal(file, &s)
}

// Named is a secret by the name that a plan has for it, such as "twilio.auth_token"; account is the Twilio account that this one
// is of, empty for that of the tenant-level provider. It is empty for what the tenant does not have.
func (s Secrets) Named(name, account string) string {
	switch {
	case name == "twilio.auth_token":
		return s.token(account)
	case name == "former.twilio.auth_token":
		return s.Guardian.Twilio.Token
	case name == "former.provider.auth_token" && len(s.Providers) > 0:
		return s.Providers[0].Credentials.Token
	}
	if name, ofAction := strings.CutPrefix(name, "action.secrets."); ofAction {
		return s.ofAction(name)
	}
	for _, c := range s.Connections {
		switch name {
		case "connections." + c.ID + ".twilio_token", "connections." + c.Name + ".twilio_token":
			return c.Options.Token
		case "connections." + c.ID + ".gateway_secret", "connections." + c.Name + ".gateway_secret":
			return c.Options.Gateway.Secret
		}
	}
	return ""
}

// ofAction is a secret by the name that the code of an Action has for it: the value under this name in another Action, or what an
// Action that stands for Auth0 itself needs.
func (s Secrets) ofAction(name string) string {
	for _, a := range s.Actions {
		for _, secret := range a.Secrets {
			if secret.Name == name {
				return secret.Value
			}
		}
	}
	if name == "TWILIO_AUTH_TOKEN" {
		return s.Guardian.Twilio.Token
	}
	for _, c := range s.Connections {
		if name == "GATEWAY_SECRET" && c.Options.Gateway.Secret != "" {
			return c.Options.Gateway.Secret
		}
	}
	return ""
}

func (s Secrets) token(account string) string {
	if account == "" && len(s.Providers) > 0 {
		account = s.Providers[0].Configuration.SID
	}
	if s.Guardian.Twilio.SID == account && s.Guardian.Twilio.Token != "" {
		return s.Guardian.Twilio.Token
	}
	for _, c := range s.Connections {
		if c.Options.SID == account {
			return c.Options.Token
		}
	}
	return ""
}
