package judge_test

import (
	"encoding/json"
	"fmt"
	"strings"

	"upe/flows/tenant"
)

// shape builds a snapshot: a tenant where nothing sends, changed by what a test is about.
type shape func(parts map[string]tenant.Part)

func snapshot(shapes ...shape) tenant.Snapshot {
	parts := map[string]tenant.Part{}
	for path, raw := range map[string]string{
		tenant.PathSettings:         `{"friendly_name":"Acme"}`,
		tenant.PathFactors:          `[{"name":"sms","enabled":false},{"name":"otp","enabled":true}]`,
		tenant.PathMessageTypes:     `{"message_types":[]}`,
		tenant.PathSelectedProvider: `{"provider":"auth0"}`,
		tenant.PathTwilio:           `{}`,
		tenant.PathMFATemplates:     ``,
		tenant.PathPolicies:         `[]`,
		tenant.PathProviders:        `{"providers":[]}`,
		tenant.PathPhoneTemplates:   `{"templates":[]}`,
		tenant.PathSMSConnections:   `[]`,
		tenant.PathDBConnections:    `[{"id":"con_db","name":"users","strategy":"auth0","options":{}}]`,
		tenant.PathLegacyActions:    `[]`,
		tenant.PathPhoneActions:     `[]`,
		tenant.PathLegacyBindings:   `{"bindings":[]}`,
		tenant.PathPhoneBindings:    `{"bindings":[]}`,
		tenant.PathAllActions:       `{"total":3}`,
		tenant.PathLogs:             ``,
		tenant.PathClients:          `[{"client_id":"app1","name":"Shop"},{"client_id":"app2","name":"Admin"}]`,
	} {
		parts[path] = tenant.Part{Raw: json.RawMessage(raw)}
	}
	refuse(tenant.PathMigrations, tenant.GetMigrations, tenant.CodeScope)(parts)
	for _, s := range shapes {
		s(parts)
	}
	return tenant.Snapshot{Schema: tenant.SnapshotSchema, Tenant: tenant.Identity{Domain: "acme.us.auth0.com"}, Parts: parts}
}

// part sets one resource.
func part(path, format string, args ...any) shape {
	return func(parts map[string]tenant.Part) {
		parts[path] = tenant.Part{Raw: json.RawMessage(fmt.Sprintf(format, args...))}
	}
}

// refuse puts a 403 in the place of a resource.
func refuse(path string, op tenant.Op, code string) shape {
	return func(parts map[string]tenant.Part) {
		parts[path] = tenant.Part{Err: &tenant.Error{Op: op, Status: 403, Code: code, Message: "Insufficient privileges"}}
	}
}

// unreadable puts a success that is not the documented answer in the place of a resource.
func unreadable(path string, op tenant.Op) shape {
	return func(parts map[string]tenant.Part) {
		parts[path] = tenant.Part{Err: &tenant.Error{Op: op, Status: 200, Code: tenant.CodeUnreadable, Message: "it has no list"}}
	}
}

// all joins shapes into one.
func all(shapes ...shape) shape {
	return func(parts map[string]tenant.Part) {
		for _, s := range shapes {
			s(parts)
		}
	}
}

const (
	account = "AC00000000000000000000000000000001"
	service = "MG00000000000000000000000000000001"
	from    = "+15550001111"
)

func factor(types ...string) shape {
	return all(part(tenant.PathFactors, `[{"name":"sms","enabled":true}]`),
		part(tenant.PathMessageTypes, `{"message_types":%s}`, encode(types)))
}

// mfaTwilio is MFA over Twilio, with a token that Auth0 shows.
func mfaTwilio(types ...string) shape {
	return all(factor(types...), part(tenant.PathSelectedProvider, `{"provider":"twilio"}`),
		part(tenant.PathTwilio, `{"sid":%q,"from":%q,"auth_token":"t0ken-t0ken","messaging_service_sid":null}`, account, from))
}

// mfaHook is MFA by SMS through Actions of those names, all bound and deployed.
func mfaHook(actions ...string) shape {
	var list, bound []string
	for i, name := range actions {
		list = append(list, fmt.Sprintf(`{"id":"act%d","name":%q,"all_changes_deployed":true,"secrets":[{"name":"API_KEY"}]}`, i, name))
		bound = append(bound, fmt.Sprintf(`{"id":"bin%d","display_name":%q,"action":{"id":"act%d","name":%q}}`, i, name, i, name))
	}
	return all(factor("sms"), part(tenant.PathSelectedProvider, `{"provider":"phone-message-hook"}`),
		part(tenant.PathLegacyActions, `[%s]`, strings.Join(list, ",")),
		part(tenant.PathLegacyBindings, `{"bindings":[%s]}`, strings.Join(bound, ",")))
}

// connections are sms connections "con_NAME", each with both applications. Arguments are names and options, in turn.
func connections(namesAndOptions ...string) shape {
	return func(parts map[string]tenant.Part) {
		var list []string
		for i := 0; i+1 < len(namesAndOptions); i += 2 {
			name := namesAndOptions[i]
			list = append(list, fmt.Sprintf(`{"id":"con_%s","name":%q,"strategy":"sms"%s}`, name, name, namesAndOptions[i+1]))
			part(tenant.ClientsPath("con_"+name), `[{"client_id":"app1"},{"client_id":"app2"}]`)(parts)
		}
		part(tenant.PathSMSConnections, `[%s]`, strings.Join(list, ","))(parts)
	}
}

// Options of sms connections, as the API shows them.
const (
	noOptions     = ``
	twilioOptions = `,"options":{"twilio_sid":"` + account + `","from":"` + from + `","twilio_token":"t0ken-t0ken",
		"template":"{{ code }} is your verification code for Acme"}`
	otherSender    = `,"options":{"twilio_sid":"` + account + `","messaging_service_sid":"` + service + `","template":"@@password@@"}`
	gatewayOptions = `,"options":{"provider":"sms_gateway","gateway_url":"https://user:pass@sms.acme.com/send","template":"@@password@@"}`
	movedOptions   = `,"options":{"twilio_sid":"` + account + `","from":"` + from + `","use_phone_provider":true,"template":"x"}`
)

func unused(name string) shape { return part(tenant.ClientsPath("con_"+name), `[]`) }

func flag(on bool) shape {
	return part(tenant.PathSettings, `{"phone_consolidated_experience":%v}`, on)
}

// closed is what Auth0 answers on legacy reads once MFA is unified.
func closed() shape {
	return all(
		refuse(tenant.PathSelectedProvider, tenant.GetSelectedProvider, tenant.CodeLegacyNotAllowed),
		refuse(tenant.PathTwilio, tenant.GetTwilio, tenant.CodeLegacyNotAllowed),
		refuse(tenant.PathMFATemplates, tenant.GetMFATemplates, tenant.CodeLegacyNotAllowed))
}

func twilioProvider(disabled bool, methods ...string) shape {
	return part(tenant.PathProviders, `{"providers":[{"id":"pro_1","name":"twilio","disabled":%v,"credentials":null,
		"configuration":{"sid":%q,"default_from":%q,"delivery_methods":%s}}]}`, disabled, account, from, encode(methods))
}

func customProvider(disabled bool, methods ...string) shape {
	return part(tenant.PathProviders, `{"providers":[{"id":"pro_1","name":"custom","disabled":%v,
		"configuration":{"delivery_methods":%s}}]}`, disabled, encode(methods))
}

func phoneAction(deployed bool) shape {
	return part(tenant.PathPhoneActions, `[{"id":"act_p","name":"Custom Phone Provider","all_changes_deployed":%v}]`, deployed)
}

// passwordlessMigrated is the migration flag of Passwordless, off, in a tenant that shows it.
func passwordlessMigrated() shape {
	return part(tenant.PathMigrations, `{"flags":{%q:true,%q:false}}`, tenant.MigrationMFA, tenant.MigrationPasswordless)
}

// verifyTemplate is a phone template otp_verify that somebody has written.
func verifyTemplate(disabled bool, text string) shape {
	return part(tenant.PathPhoneTemplates,
		`{"templates":[{"id":"tem_1","type":"otp_verify","disabled":%v,"content":{"body":{"text":%q}}}]}`, disabled, text)
}

func phoneID() shape {
	return part(tenant.PathDBConnections,
		`[{"id":"con_db","name":"users","options":{"attributes":{"phone_number":{"identifier":{"active":true}}}}}]`)
}

func encode(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

// bindAction makes the bound Action of mfaHook run code.
func bindAction(code, more string) shape {
	return part(tenant.PathLegacyActions, `[{"id":"act0","name":"Send","all_changes_deployed":true,"code":%q%s}]`, code, more)
}

// phoneActions are custom-phone-provider Actions "phone0", "phone1" and so on, by their documents.
func phoneActions(documents ...string) shape {
	var list []string
	for i, document := range documents {
		list = append(list, fmt.Sprintf(`{"id":"act_p%d","name":"phone%d",%s}`, i, i, document))
	}
	return part(tenant.PathPhoneActions, `[%s]`, strings.Join(list, ","))
}

// Documents of Actions, without id and name.
func live(code string) string {
	return fmt.Sprintf(`"code":%q,"all_changes_deployed":true,"deployed_version":{"code":%q}`, code, code)
}

func draft(code string) string { return fmt.Sprintf(`"code":%q,"all_changes_deployed":false`, code) }

func changed(running, code string) string {
	return fmt.Sprintf(`"code":%q,"all_changes_deployed":false,"deployed_version":{"code":%q}`, code, running)
}

// Code of Actions.
const (
	sendingLegacy = `exports.onExecuteSendPhoneMessage = async (event) => { await fetch("https://sms.acme.com") }`
	servingLogins = sendingLegacy + `; exports.onExecutePostLogin = async () => {}`
	sendingPhone  = `exports.onExecuteCustomPhoneProvider = async (event) => { await fetch("https://sms.acme.com") }`
	stub          = `exports.onExecuteCustomPhoneProvider = async (event, api) => { /* Code goes here */ }`
)

func actionCount(n int) shape { return part(tenant.PathAllActions, `{"total":%d}`, n) }

// options are those of a connection, on top of a Twilio configuration.
func options(more string) string {
	return `,"options":{"twilio_sid":"` + account + `","from":"` + from + `","twilio_token":"t0ken","template":"@@password@@",` + more + `}`
}

// gateway are the options of a connection with an SMS gateway.
func gateway(more string) string {
	return `,"options":{"provider":"sms_gateway","gateway_url":"https://sms.acme.com/send","template":"@@password@@",` + more + `}`
}
