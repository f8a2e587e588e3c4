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

// SMSOptions are the options of an sms connection. All but the last are marked deprecated by Auth0 and stay in force while the
// connection sends by itself.
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
}

// UnknownOptions reports whether the options could not be read: the token lacks read:connections_options.
func (c Connection) UnknownOptions() bool { return c.Options == nil || string(c.Options) == "null" }

// SMS decodes the options of an sms connection. A field of another type than documented leaves the rest readable.
func (c Connection) SMS() SMSOptions { return lenient[SMSOptions](c.Options) }

// OptedIn reports whether the connection sends through the tenant-level provider: options.use_phone_provider, which is
// undocumented (terraform-provider-auth0 issue #1549).
func (o SMSOptions) OptedIn() bool { return truthy(o.UsePhoneProvider) }

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
