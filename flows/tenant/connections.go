package tenant

import (
	"encoding/json"
	"slices"
)

// Connection is a connection of strategy sms (Passwordless) or auth0 (database).
type Connection struct {
	ID       string          `json:"id"`
	Name     string          `json:"name"`
	Strategy string          `json:"strategy"`
	Options  json.RawMessage `json:"options"` // nil or null: the token may not read options
}

// SMSOptions are the options of an sms connection. Those that say who sends are marked deprecated by Auth0, and stay
// in force while the connection sends by itself.
type SMSOptions struct {
	Provider            string `json:"provider"` // "sms_gateway", "twilio", or absent, which means Twilio
	From                string `json:"from"`
	TwilioSID           string `json:"twilio_sid"`
	TwilioToken         string `json:"twilio_token"` // secret
	MessagingServiceSID string `json:"messaging_service_sid"`
	GatewayURL          string `json:"gateway_url"`
	Syntax              string `json:"syntax"` // "liquid" or "md_with_macros"
	Template            string `json:"template"`

	ForwardRequest   json.RawMessage `json:"forward_req_info"`
	UsePhoneProvider json.RawMessage `json:"use_phone_provider"`

	GatewayAuth   *GatewayAuthentication `json:"gateway_authentication"` // nil: the gateway is called without a token
	DisableSignup bool                   `json:"disable_signup"`
	OTP           struct {
		Length   int `json:"length"`    // digits, 4 to 40; 0: Auth0's default of 6
		TimeStep int `json:"time_step"` // seconds that a code is valid, at least 60; 0: Auth0's default of 180
	} `json:"totp"`
}

// GatewayAuthentication is how Auth0 proves itself to an SMS gateway: by a token of its own, signed with Secret (documentation: set
// up a custom SMS gateway).
type GatewayAuthentication struct {
	Method   string `json:"method"` // "bearer"
	Audience string `json:"audience"`
	Subject  string `json:"subject"`
	Secret   string `json:"secret"` // secret; absent or masked in the answers of some tenants
}

// UnknownOptions reports whether the options could not be read: the token lacks read:connections_options.
func (c Connection) UnknownOptions() bool { return c.Options == nil || string(c.Options) == "null" }

// SMS decodes the options of an sms connection. A field of another type than documented leaves the rest readable.
func (c Connection) SMS() SMSOptions { return lenient[SMSOptions](c.Options) }

// OptedIn reports whether the connection sends through the tenant-level provider: options.use_phone_provider, which is
// undocumented. terraform-provider-auth0 issue #1549 reports two values, true and the string "unified".
func (o SMSOptions) OptedIn() bool {
	value := string(o.UsePhoneProvider)
	return value == "true" || value == `"unified"`
}

// OddlyOptedIn reports whether options.use_phone_provider holds a value of which nobody has reported what it does: Auth0 stores any.
func (o SMSOptions) OddlyOptedIn() bool {
	switch string(o.UsePhoneProvider) {
	case "", "null", "false":
		return false
	}
	return !o.OptedIn()
}

// Gateway reports whether the connection sends through an SMS gateway of the customer.
func (o SMSOptions) Gateway() bool { return o.Provider == "sms_gateway" }

// SMSConnections lists the Passwordless SMS connections.
func (s Snapshot) SMSConnections() []Connection {
	return decode[[]Connection](s, PathSMSConnections)
}

// Connection finds an sms connection by id or by name. An id wins over another connection of that name.
func (s Snapshot) Connection(idOrName string) (Connection, bool) {
	all := s.SMSConnections()
	i := slices.IndexFunc(all, func(c Connection) bool { return c.ID == idOrName })
	if i < 0 {
		i = slices.IndexFunc(all, func(c Connection) bool { return c.Name == idOrName })
	}
	if i < 0 {
		return Connection{}, false
	}
	return all[i], true
}

// PhoneIdentifier lists the names of database connections whose users sign in with a phone number, or by a code sent to one.
func (s Snapshot) PhoneIdentifier() []string {
	type options struct {
		Attributes struct {
			Phone struct {
				Identifier struct {
					Active bool `json:"active"`
				} `json:"identifier"`
			} `json:"phone_number"`
		} `json:"attributes"`
		Methods struct {
			PhoneOTP struct {
				Enabled bool `json:"enabled"`
			} `json:"phone_otp"`
		} `json:"authentication_methods"`
	}
	var names []string
	for _, c := range decode[[]Connection](s, PathDBConnections) {
		o := lenient[options](c.Options)
		if o.Attributes.Phone.Identifier.Active || o.Methods.PhoneOTP.Enabled {
			names = append(names, c.Name)
		}
	}
	return names
}
