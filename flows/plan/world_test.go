package plan_test

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// object is a JSON object.
type object = map[string]any

// world is a tenant in memory: enough of Auth0 to read a snapshot from, to send a plan's writes to, and to see what became of it.
// It keeps secrets in clear and shows them as secretsAre says.
type world struct {
	secretsAre  string // "clear", "masked", "absent"
	settings    object
	factor      bool
	types       []any
	selected    string
	twilio      object
	wordings    object
	providers   []any
	templates   []any
	connections []any
	actions     []any
	bindings    []any
	enabled     map[string][]any // applications by connection
	clients     []any
	policies    []any
	dashboard   bool // MFA's old settings are closed by the Dashboard's own switch, not by the flag
	turned      bool // that switch, which a person turns
	afterFlag   bool // a provider is not created while the flag is off
}

// legacyClosed reports whether MFA's old settings are refused.
func (w *world) legacyClosed() bool {
	if w.dashboard {
		return w.turned
	}
	return w.settings["phone_consolidated_experience"] == true
}

var who = tenant.Identity{Domain: "acme.us.auth0.com", Issuer: "https://acme.us.auth0.com/", Audience: "https://acme.us.auth0.com/api/v2/"}

// Do answers as Auth0 does.
func (w *world) Do(_ context.Context, call tenant.Call) (json.RawMessage, error) {
	if call.Op.Writes() {
		answer, err := w.write(call)
		if err != nil {
			return nil, err
		}
		return w.shown(answer), nil
	}
	answer, ok := w.read(call)
	if !ok {
		return nil, &tenant.Error{Op: call.Op, Status: 404, Message: "not found"}
	}
	if _, legacy := w.legacy()[call.Op]; legacy && w.legacyClosed() {
		return nil, &tenant.Error{Op: call.Op, Status: 403, Code: tenant.CodeLegacyNotAllowed}
	}
	return w.shown(answer), nil
}

func (w *world) legacy() map[tenant.Op]any {
	return map[tenant.Op]any{
		tenant.GetSelectedProvider: object{"provider": w.selected}, tenant.GetTwilio: w.twilio, tenant.GetMFATemplates: w.wordings,
	}
}

func (w *world) read(call tenant.Call) (any, bool) {
	if answer, ok := w.legacy()[call.Op]; ok {
		return answer, true
	}
	switch call.Op {
	case tenant.GetSettings:
		return w.settings, true
	case tenant.ListFactors:
		return []any{object{"name": "sms", "enabled": w.factor}, object{"name": "otp", "enabled": true}}, true
	case tenant.GetMessageTypes:
		return object{"message_types": w.types}, true
	case tenant.GetPolicies:
		return w.policies, true
	case tenant.ListProviders:
		return object{"providers": w.providers}, true
	case tenant.ListPhoneTemplates:
		return object{"templates": w.templates}, true
	case tenant.ListConnections:
		if name := call.Query.Get("name"); name != "" {
			return slices.DeleteFunc(slices.Clone(w.connections), func(c any) bool { return as[object](c)["name"] != name }), true
		}
		if call.Query.Get("strategy") == "sms" {
			return object{"connections": w.connections, "next": nil}, true
		}
		return []any{}, true
	case tenant.GetConnection:
		c, ok := find(w.connections, call.ID)
		return c, ok
	case tenant.GetConnectionClients:
		return object{"clients": w.enabled[call.ID], "next": nil}, true
	case tenant.ListClients:
		return w.clients, true
	case tenant.ListActions:
		if call.Query.Get("triggerId") == tenant.TriggerPhone {
			return object{"actions": w.actions, "total": len(w.actions)}, true
		}
		return object{"actions": []any{oldAction()}}, true
	case tenant.GetAction:
		a, ok := find(w.actions, call.ID)
		return a, ok
	case tenant.GetBindings:
		if call.ID == tenant.TriggerPhone {
			return object{"bindings": w.bindings}, true
		}
		return object{"bindings": []any{object{"id": "bin_old", "display_name": "Old", "action": object{"id": "act_old", "name": "Old"}}}}, true
	default:
		return nil, false
	}
}

func oldAction() object {
	return object{"id": "act_old", "name": "Old", "code": "exports.onExecuteSendPhoneMessage = async () => {};", "all_changes_deployed": true}
}

func (w *world) write(call tenant.Call) (any, error) {
	body, _ := decoded(call.Body).(object)
	switch call.Op {
	case tenant.PatchSettings:
		maps.Copy(w.settings, body)
		return w.settings, nil
	case tenant.PutSMSFactor:
		w.factor = as[bool](body["enabled"])
		return body, nil
	case tenant.PutMessageTypes:
		if !w.factor {
			return nil, &tenant.Error{Op: call.Op, Status: 404, Message: "phone factor does not exist"}
		}
		w.types, _ = body["message_types"].([]any)
		return body, nil
	case tenant.CreateProvider:
		if body["credentials"] == nil {
			return nil, &tenant.Error{Op: call.Op, Status: 400, Message: "Missing required property: credentials"}
		}
		if w.afterFlag && w.settings["phone_consolidated_experience"] != true {
			return nil, &tenant.Error{Op: call.Op, Status: 403, Message: "The unified phone experience is not enabled for this tenant"}
		}
		return create(&w.providers, "pro_new", body), nil
	case tenant.PatchProvider:
		return patch(w.providers, call.ID, body)
	case tenant.CreatePhoneTemplate:
		w.templates = slices.DeleteFunc(w.templates, func(t any) bool { return as[object](t)["type"] == body["type"] })
		return create(&w.templates, fmt.Sprint("tem_", body["type"]), body), nil
	case tenant.PatchPhoneTemplate:
		t, _ := find(w.templates, call.ID)
		merged, _ := plan.Lay(t, body).(object)
		return patch(w.templates, call.ID, merged)
	case tenant.PatchConnection:
		return patch(w.connections, call.ID, body)
	case tenant.CreateConnection:
		if !slices.Contains(w.methods(), "text") {
			return nil, &tenant.Error{Op: call.Op, Status: 400, Message: "No phone provider configured for the tenant"}
		}
		return create(&w.connections, "con_new", body), nil
	case tenant.PatchConnectionClients:
		return nil, w.enable(call)
	case tenant.CreateAction:
		body["status"], body["all_changes_deployed"] = "built", false
		return create(&w.actions, "act_new", body), nil
	case tenant.PatchAction:
		body["status"], body["all_changes_deployed"] = "built", false
		if have, ok := find(w.actions, call.ID); ok && have["all_changes_deployed"] == true {
			body["deployed_version"] = object{"id": "ver_1", "code": have["code"]} // what runs goes on running
		}
		return patch(w.actions, call.ID, body)
	case tenant.DeployAction:
		a, _ := find(w.actions, call.ID)
		return patch(w.actions, call.ID, object{"all_changes_deployed": true, "deployed_version": object{"id": "ver_2", "code": a["code"]}})
	case tenant.PatchBindings:
		return w.bind(body)
	default:
		return nil, &tenant.Error{Op: call.Op, Status: 404, Message: "this world does not know it"}
	}
}

func create(list *[]any, id string, body object) object {
	body["id"] = id
	*list = append(*list, body)
	return body
}

// patch replaces the top-level fields of a resource, each whole: that is what Auth0 does to options and configuration.
func patch(list []any, id string, body object) (any, error) {
	resource, ok := find(list, id)
	if !ok {
		return nil, &tenant.Error{Status: 404, Message: "no " + id}
	}
	maps.Copy(resource, body)
	return resource, nil
}

// bind replaces the list of bindings.
func (w *world) bind(body object) (any, error) {
	var bound []any
	for _, b := range as[[]any](body["bindings"]) {
		ref, name := as[object](as[object](b)["ref"]), as[object](b)["display_name"]
		if ref["type"] == "binding_id" {
			old, ok := find(w.bindings, ref["value"])
			if !ok {
				return nil, &tenant.Error{Status: 400, Message: "no such binding"}
			}
			bound = append(bound, old)
			continue
		}
		bound = append(bound, object{"id": fmt.Sprint("bin_", ref["value"]), "display_name": name, "action": object{"id": ref["value"], "name": name}})
	}
	w.bindings = bound
	return object{"bindings": bound}, nil
}

// enable switches applications of a connection.
func (w *world) enable(call tenant.Call) error {
	changes := as[[]any](decoded(call.Body))
	if len(changes) > 50 {
		return &tenant.Error{Op: call.Op, Status: 400, Message: "Array is too long"}
	}
	for _, change := range changes {
		if as[object](change)["status"] != true {
			return &tenant.Error{Op: call.Op, Status: 400, Message: "nobody takes an application off here"}
		}
		w.enabled[call.ID] = append(w.enabled[call.ID], object{"client_id": as[object](change)["client_id"]})
	}
	return nil
}

func find(list []any, id any) (object, bool) {
	for _, each := range list {
		if o, ok := each.(object); ok && o["id"] == id {
			return o, true
		}
	}
	return nil, false
}

// shown is an answer as Auth0 gives it: credentials and values of Action secrets never, other secrets as this world shows them.
func (w *world) shown(value any) json.RawMessage {
	return plan.Encode(w.hide(decoded(plan.Encode(value)), ""))
}

func (w *world) hide(value any, key string) any {
	switch v := value.(type) {
	case object:
		delete(v, "credentials")
		if _, secret := v["name"]; secret {
			delete(v, "value")
		}
		for name, inner := range v {
			hidden := w.hide(inner, name)
			if hidden == nil && inner != nil {
				delete(v, name)
				continue
			}
			v[name] = hidden
		}
	case []any:
		for i := range v {
			v[i] = w.hide(v[i], key)
		}
	case string:
		switch {
		case !slices.Contains([]string{"auth_token", "twilio_token", "secret"}, key), w.secretsAre == "clear":
		case w.secretsAre == "masked":
			return "****" + v[max(0, len(v)-4):]
		default:
			return nil
		}
	}
	return value
}

func (w *world) snapshot() tenant.Snapshot {
	s, err := tenant.Read(context.Background(), who, w, nil)
	if err != nil {
		panic(err)
	}
	return s
}

// methods are the delivery methods of the provider now.
func (w *world) methods() []string {
	if len(w.providers) == 0 {
		return nil
	}
	return texts(as[object](as[object](w.providers[0])["configuration"])["delivery_methods"])
}

func texts(list any) []string {
	var out []string
	elements, _ := list.([]any)
	for _, e := range elements {
		out = append(out, as[string](e))
	}
	return out
}

// as is a value that a test knows the type of.
func as[T any](value any) T {
	typed, ok := value.(T)
	if !ok {
		panic(fmt.Sprintf("%v is of type %T", value, value))
	}
	return typed
}

// decoded is a JSON document; nil for none.
func decoded(raw json.RawMessage) any {
	if len(raw) == 0 {
		return nil
	}
	value, err := plan.Decode(raw)
	if err != nil {
		panic(fmt.Sprintf("%v: %s", err, raw))
	}
	return value
}

// doc is an object or a list written as JSON, with texts put in.
func doc(format string, args ...any) any {
	return decoded(json.RawMessage(fmt.Sprintf(format, args...)))
}

// A run in small: it sends one step after the other and knows the answers of earlier ones.
type trial struct {
	world   *world
	answers map[string]json.RawMessage
	asked   map[string]bool // secrets that were asked for
}

func newTrial(w *world) *trial {
	return &trial{world: w, answers: map[string]json.RawMessage{}, asked: map[string]bool{}}
}

func (t *trial) values() plan.Values {
	return plan.Values{
		Answer: func(step string) (json.RawMessage, bool) { raw, ok := t.answers[step]; return raw, ok },
		Secret: func(name string) (string, error) { t.asked[name] = true; return typed(name), nil },
	}
}

// typed is what a person enters for a secret.
func typed(name string) string { return canary + "-typed-" + strings.ReplaceAll(name, ".", "-") }

// send sends a step's write as a runner would.
func (t *trial) send(s plan.Step) error {
	id, err := plan.FillID(s.Call.ID, t.values())
	if err != nil {
		return err
	}
	body, err := plan.Fill(s.Call.Body, t.values())
	if err != nil {
		return err
	}
	if s.Merge != nil {
		if body, err = t.overBase(s, body); err != nil {
			return err
		}
	}
	answer, err := t.world.Do(context.Background(), tenant.Call{Op: s.Call.Op, ID: id, Body: body})
	t.answers[s.ID] = answer
	return err
}

func (t *trial) overBase(s plan.Step, body json.RawMessage) (json.RawMessage, error) {
	raw, err := t.world.Do(context.Background(), s.Merge.Get)
	if err != nil {
		return nil, err
	}
	base := object{}
	for _, key := range s.Merge.Keep {
		base[key], _ = plan.At(decoded(raw), "/"+key)
	}
	merged := plan.Lay(base, decoded(body))
	for _, pointer := range s.Merge.Secrets {
		if value, ok := plan.At(merged, pointer); !ok || !plan.Readable(fmt.Sprint(value)) {
			return nil, fmt.Errorf("%s is not readable", pointer)
		}
	}
	return plan.Encode(merged), nil
}

// holds evaluates a check, as its documentation says.
func (t *trial) holds(c *plan.Check) (bool, error) {
	id, err := plan.FillID(c.Get.ID, t.values())
	if err != nil {
		return false, nil //nolint:nilerr // what it is about does not exist yet
	}
	get := c.Get
	get.ID = id
	raw, err := t.world.Do(context.Background(), get)
	if err != nil {
		return c.Refused != "" && strings.Contains(err.Error(), c.Refused), nil
	}
	if c.Refused != "" {
		return false, nil
	}
	match, err := plan.Fill(c.Match, t.values())
	if err != nil {
		return false, nil //nolint:nilerr // as above
	}
	want, err := plan.Fill(c.Want, t.values())
	if err != nil {
		return false, err
	}
	each, _ := decoded(c.Each).([]any)
	for _, one := range each {
		if !anyHolds(decoded(raw), one, nil) {
			return false, nil
		}
	}
	return c.Each != nil || anyHolds(decoded(raw), decoded(match), decoded(want)), nil
}

func anyHolds(answer, match, want any) bool {
	if match == nil {
		return plan.Contains(answer, want)
	}
	list, _ := answer.([]any)
	if o, ok := answer.(object); ok {
		for _, v := range o {
			if l, ok := v.([]any); ok {
				list = l
			}
		}
	}
	return slices.ContainsFunc(list, func(e any) bool { return plan.Contains(e, match) && (want == nil || plan.Contains(e, want)) })
}
