package template

import "strings"

// Body is what a phone template says in each channel.
type Body struct {
	Text  string `json:"text"`
	Voice string `json:"voice"`
}

// The wordings Auth0 sends for MFA when nobody has written others (OpenAPI description of guardian/factors/phone/templates).
const (
	LegacyEnrollment   = "{{code}} is your verification code for {{tenant.friendly_name}}. Please enter this code to verify your enrollment."
	LegacyVerification = "{{code}} is your verification code for {{tenant.friendly_name}}"
)

// Default is Auth0's own wording of a phone template, as recordings of a tenant show it (go-auth0 v1.45.0,
// ListPhoneNotificationTemplate and ResetPhoneNotificationTemplate). A type without a recorded default is the zero Body.
func Default(templateType string) Body {
	return map[string]Body{
		OTPVerify: {
			Text: "{{ code | escape }} is your verification code for {{ friendly_name | escape }}",
			Voice: "Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. " +
				"I repeat, your verification code is {{ pause }} {{ code | escape }}",
		},
		OTPEnroll: {
			Text: "{{ code | escape }} is your verification code for {{ friendly_name | escape }}. " +
				"Please enter this code to verify your enrollment.",
			Voice: "Hello. Your verification code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. " +
				"I repeat, your verification code is {{ pause }} {{ code | escape }}",
		},
		"change_password": {
			Text: "{{ code | escape }} is your password change code for {{ friendly_name | escape }}",
			Voice: "Hello. Your password change code for {{ friendly_name | escape }} is {{ pause }} {{ code | escape }}. " +
				"I repeat, your password change code is {{ pause }} {{ code | escape }}",
		},
		"blocked_account": {Text: blockedAccount, Voice: blockedAccount},
	}[templateType]
}

const blockedAccount = "We detected suspicious activity on your account from the ip {{user.source_ip}}" +
	"{% if user.city %} from {{user.city}}, {{user.country}}{% elsif user.country %} from {{user.country}}{% endif %}. " +
	"Logins from this IP have been blocked on your account. If this is your IP, please reset your password to unblock your " +
	"account. Otherwise, disregard this message."

// IsDefault reports whether a legacy MFA wording is Auth0's own: empty (never customised), or one of the two defaults but for
// white space and a final full stop.
func IsDefault(legacy string) bool {
	plain := Essence(legacy)
	return plain == "" || plain == Essence(LegacyVerification) || plain == Essence(LegacyEnrollment)
}

// Essence is a wording reduced to what its readers see: without the white space that Liquid ignores, without the escape
// filter, without a final full stop. Two wordings of the same essence say the same.
func Essence(wording string) string {
	tokens, _ := lex(wording)
	var out strings.Builder
	for _, t := range tokens {
		switch t.kind {
		case textToken, opaqueToken:
			out.WriteString(wording[t.start:t.end])
		case outputToken:
			inner := strings.Join(strings.Fields(wording[t.from:t.to]), "")
			out.WriteString("{{" + strings.TrimSuffix(inner, "|escape") + "}}")
		case tagToken:
			out.WriteString("{%" + strings.Join(strings.Fields(wording[t.from:t.to]), " ") + "%}")
		}
	}
	return strings.TrimSuffix(strings.Join(strings.Fields(out.String()), " "), ".")
}
