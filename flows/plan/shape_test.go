package plan_test

import (
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// canary stands in every secret of these tests, and nowhere else.
const canary = "CANARY"

const (
	account = "AC00000000000000000000000000000001"
	service = "MG00000000000000000000000000000001"
	other   = "AC00000000000000000000000000000002"
	from    = "+15005550006"
)

// shape changes a tenant in which nothing sends.
type shape func(*world)

func tenantOf(shapes ...shape) *world {
	w := &world{
		secretsAre: "clear", settings: object{"friendly_name": "Acme", "phone_consolidated_experience": false},
		policies: []any{"all-applications"}, clients: list1("app1", "Shop"), enabled: map[string][]any{},
		selected: "auth0", twilio: object{}, wordings: object{}, types: []any{}, providers: []any{}, connections: []any{}, actions: []any{}, bindings: []any{},
		templates: as[[]any](doc(`[{"type":"otp_verify","content":{"syntax":"liquid","from":"","body":{"text":"default","voice":"default"}}}]`)),
	}
	for _, s := range shapes {
		s(w)
	}
	return w
}

// list1 is a list of one application.
func list1(id, name string) []any { return []any{object{"client_id": id, "name": name}} }

func factors(types ...string) shape {
	return func(w *world) { w.factor, w.types = true, list(types) }
}

func mfaTwilio(sid string) shape {
	return func(w *world) {
		w.selected = "twilio"
		w.twilio = object{"sid": sid, "from": from, "messaging_service_sid": nil, "auth_token": canary + "-mfa-token-0000000000000000"}
		w.wordings = object{"enrollment_message": "{{code}} to enroll", "verification_message": "{{code}} to log in"}
	}
}

func mfaHook(w *world) { w.selected = "phone-message-hook" }

func unified(value any) shape {
	return func(w *world) {
		if value == nil {
			delete(w.settings, "phone_consolidated_experience")
			return
		}
		w.settings["phone_consolidated_experience"] = value
	}
}

// dashboard is a tenant in which the flag only unlocks the Dashboard's switch for MFA.
func dashboard(w *world) { w.dashboard = true }

func secretsAre(how string) shape { return func(w *world) { w.secretsAre = how } }

func provider(kind string, disabled bool, methods ...string) shape {
	return func(w *world) {
		configuration := object{"delivery_methods": list(methods)}
		if kind == "twilio" {
			configuration["sid"], configuration["default_from"] = account, from
		}
		w.providers = []any{object{
			"id": "pro_1", "tenant": "acme", "name": kind, "channel": "phone", "disabled": disabled, "configuration": configuration,
			"credentials": object{"auth_token": canary + "-provider-token"},
		}}
	}
}

// connection adds an sms connection of one of the kinds below.
func connection(name, kind string) shape {
	return func(w *world) {
		options := map[string]string{
			"twilio":  `{"twilio_sid":"` + account + `","from":"` + from + `","twilio_token":"CANARY-%[1]s-token","template":"@@password@@"}`,
			"other":   `{"twilio_sid":"` + other + `","messaging_service_sid":"` + service + `","twilio_token":"CANARY-%[1]s-token"}`,
			"gateway": `{"provider":"sms_gateway","gateway_url":"https://sms.example/send?apikey=CANARY-%[1]s-key","forward_req_info":"true"}`,
			"signed": `{"provider":"sms_gateway","gateway_url":"https://u:CANARY@sms.example/","totp":{"length":6},
				"gateway_authentication":{"method":"bearer","audience":"a","secret":"CANARY-%[1]s-secret"}}`,
			"moved": `{"twilio_sid":"` + account + `","from":"` + from + `","twilio_token":"CANARY-%[1]s-token","use_phone_provider":true}`,
			"odd":   `{"twilio_sid":"` + account + `","from":"` + from + `","twilio_token":"CANARY-%[1]s-token","use_phone_provider":"yes"}`,
		}[kind]
		options = strings.ReplaceAll(options, "%[1]s", name)
		w.enabled["con_"+name] = []any{object{"client_id": "app1"}}
		w.connections = append(w.connections, doc(`{"id":"con_%s","name":%q,"strategy":"sms","options":%s}`, name, name, options))
	}
}

// sends is the code of an Action that sends; stub that of one the Dashboard made.
const (
	sends = `exports.onExecuteCustomPhoneProvider = async (event) => { await fetch("https://sms.example/", { method: "POST" }); };`
	stub  = `exports.onExecuteCustomPhoneProvider = async (event, api) => {};`
)

func action(deployed, bound bool) shape {
	return func(w *world) {
		w.actions = append(w.actions, doc(`{"id":"act_1","name":"Custom Phone Provider","code":%q,"runtime":"node22","status":"built",
			"all_changes_deployed":%v,"dependencies":[],"secrets":[{"name":"OLD","value":"CANARY-old"}]}`, sends, deployed))
		if bound {
			w.bindings = append(w.bindings, doc(`{"id":"bin_1","display_name":"Custom Phone Provider","action":{"id":"act_1","name":"Custom Phone Provider"}}`))
		}
	}
}

// rival is a second custom-phone-provider Action, which came first.
func rival(w *world) {
	w.actions = append([]any{doc(`{"id":"act_0","name":"Older","code":%q,"runtime":"node22","status":"built","all_changes_deployed":true}`, sends)}, w.actions...)
	w.bindings = append(w.bindings, doc(`{"id":"bin_0","display_name":"Older","action":{"id":"act_0","name":"Older"}}`))
}

// apps are applications of the tenant beside the first.
func apps(count int) shape {
	return func(w *world) {
		for i := range count {
			w.clients = append(w.clients, object{"client_id": fmt.Sprintf("app%d", i+2), "name": fmt.Sprintf("App %d", i+2)})
		}
	}
}

// customised has the template otp_verify with words of its own.
func customised(disabled bool) shape {
	return func(w *world) {
		w.templates = []any{doc(`{"id":"tem_otp_verify","type":"otp_verify","disabled":%v,
			"content":{"syntax":"liquid","from":"Acme","body":{"text":"old {{ code }}","voice":"old call {{ code }}"}}}`, disabled)}
	}
}

func list(names []string) []any {
	out := []any{}
	for _, n := range names {
		out = append(out, n)
	}
	return out
}

// Choices.

func twilioChoices(methods, types []string) plan.Choices {
	return plan.Choices{
		Environment: "development", Provider: tenant.KindTwilio, Twilio: plan.Twilio{SID: account, From: from},
		DeliveryMethods: methods, MessageTypes: types, MFA: len(types) > 0, Connections: map[string]plan.Choice{},
	}
}

func customChoices(a plan.Action, methods, types []string) plan.Choices {
	c := twilioChoices(methods, types)
	c.Provider, c.Twilio, c.Action = tenant.KindCustom, plan.Twilio{}, &a
	return c
}

func newAction() plan.Action {
	return plan.Action{
		Name: "Phone gateway", Code: "exports.onExecuteCustomPhoneProvider = async (event, api) => {};",
		Secrets: []string{"API_KEY"}, Dependencies: []plan.Dependency{{Name: "axios", Version: "latest"}},
	}
}

func move(ids ...string) map[string]plan.Choice {
	choices := map[string]plan.Choice{}
	for _, id := range ids {
		choices[id] = plan.Choice{Move: true}
	}
	return choices
}

// build makes the plan for a world as it is.
func build(w *world, choices plan.Choices) (plan.Plan, error) {
	s := w.snapshot()
	return plan.Build(s, judge.Judge(s), choices)
}

func stepIDs(p plan.Plan) string {
	var ids []string
	for _, s := range p.Steps {
		id := fmt.Sprintf("%s:%s", s.Phase, s.ID)
		if s.Move != "" {
			id += "@" + s.Move
		}
		ids = append(ids, id)
	}
	return strings.Join(ids, " ")
}
