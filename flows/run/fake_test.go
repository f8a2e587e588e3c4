package run_test

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// fault is what happens to one request.
type fault string

const (
	refuse  fault = "refused"       // 403, nothing happened
	broken  fault = "500"           // 500, nothing happened
	applied fault = "500 applied"   // 500, and it happened
	lost    fault = "lost"          // it happened, no answer came
	reset   fault = "reset"         // nothing happened, no answer came
	before  fault = "killed before" // the process ends before the request
	after   fault = "killed after"  // the process ends after it happened
	garbled fault = "garbled"       // it happened, the answer is not JSON
)

// errKilled is the panic that stands for the end of the process.
var errKilled = errors.New("killed")

// fake is a tenant in memory: as much of one as the plan of these tests needs.
type fake struct {
	mu       sync.Mutex
	settings map[string]any
	closes   bool // the flag closes the legacy endpoints
	types    []any
	provider map[string]any
	template map[string]any
	action   map[string]any
	building int // reads until the Action is built
	bindings []any
	options  map[string]any // of con_1
	made     int            // ids given

	requests []tenant.Call
	fault    func(number int, call tenant.Call) fault // numbers count from 1
	permits  []tenant.Permit
	echo     bool     // errors repeat the body that was sent
	says     string   // what errors say
	drops    []string // options that a write of the connection loses
	hides    any      // how the connection's token is shown; nil: in clear
	logs     []any    // of the tenant; nil: the token may not read them
	tells    []any    // logs that the next test message adds
}

func newFake() *fake {
	return &fake{
		settings: map[string]any{"friendly_name": "Acme", "phone_consolidated_experience": false}, closes: true,
		types: []any{"sms"}, bindings: []any{},
		template: map[string]any{"type": "otp_verify", "content": map[string]any{"from": "", "body": map[string]any{"text": "default"}}},
		options:  map[string]any{"from": "+15550100", "twilio_token": canaryRead, "big": json.Number("9007199254740993"), "unknown": nil},
	}
}

// state is everything the tenant holds.
func (f *fake) state() string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return string(plan.Encode([]any{f.settings, f.types, f.provider, f.template, f.action, f.bindings, f.options}))
}

func (f *fake) api(p tenant.Permit) tenant.API {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.permits = append(f.permits, p)
	return guarded{f, p}
}

type guarded struct {
	*fake
	permit tenant.Permit
}

func (g guarded) Do(ctx context.Context, call tenant.Call) (json.RawMessage, error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return nil, &tenant.Error{Op: call.Op, Message: err.Error()}
	}
	if !g.permit.Allows(call) {
		return nil, &tenant.Error{Op: call.Op, Code: tenant.CodeGuard}
	}
	g.requests = append(g.requests, call)
	kind := fault("")
	if g.fake.fault != nil {
		kind = g.fake.fault(len(g.requests), call)
	}
	return g.faulty(call, kind)
}

func (f *fake) faulty(call tenant.Call, kind fault) (json.RawMessage, error) {
	text := cmp.Or(f.says, "sorry")
	if f.echo {
		text = "cannot take " + string(call.Body) + " from +15550100123"
	}
	unknown := &tenant.Error{Op: call.Op, Sent: true, Message: text}
	internal := &tenant.Error{Op: call.Op, Status: 500, Message: text}
	switch kind {
	case refuse:
		return nil, &tenant.Error{Op: call.Op, Status: 403, Code: "nope", Message: text}
	case broken:
		return nil, internal
	case reset:
		return nil, unknown
	case before:
		panic(errKilled)
	default: // what goes wrong after the tenant has answered
	}
	raw, err := f.answer(call)
	switch kind {
	case applied:
		return nil, internal
	case lost:
		return nil, unknown
	case after:
		panic(errKilled)
	case garbled:
		return json.RawMessage(`{"id":"`), err
	default:
		return raw, err
	}
}

func (f *fake) answer(call tenant.Call) (json.RawMessage, error) {
	body, _ := plan.Decode(call.Body)
	object, _ := body.(map[string]any)
	switch call.Op {
	case tenant.GetSettings:
		return plan.Encode(f.settings), nil
	case tenant.PatchSettings:
		f.settings = lay(f.settings, object)
		return plan.Encode(f.settings), nil
	case tenant.GetSelectedProvider:
		if f.closes && f.settings["phone_consolidated_experience"] == true {
			return nil, &tenant.Error{Op: call.Op, Status: 403, Code: tenant.CodeLegacyNotAllowed}
		}
		return json.RawMessage(`{"provider":"twilio"}`), nil
	case tenant.GetMessageTypes:
		return plan.Encode(map[string]any{"message_types": f.types}), nil
	case tenant.PutMessageTypes:
		f.types, _ = object["message_types"].([]any)
		return call.Body, nil
	case tenant.GetConnection:
		return plan.Encode(f.connection()), nil
	case tenant.ListConnections:
		return plan.Encode(map[string]any{"connections": []any{f.connection()}}), nil
	case tenant.PatchConnection:
		f.options, _ = object["options"].(map[string]any)
		for _, key := range f.drops {
			delete(f.options, key)
		}
		return plan.Encode(f.connection()), nil
	case tenant.ListLogs:
		if f.logs == nil {
			return nil, &tenant.Error{Op: call.Op, Status: 403, Code: tenant.CodeScope}
		}
		return plan.Encode(f.logs), nil
	default:
		return f.answerPhone(call, object)
	}
}

func (f *fake) connection() map[string]any {
	options := f.options
	if f.hides != nil && options["use_phone_provider"] == true {
		options = lay(options, map[string]any{"twilio_token": f.hides})
	}
	return map[string]any{"id": "con_1", "name": "sms", "strategy": "sms", "options": options}
}

func (f *fake) answerPhone(call tenant.Call, body map[string]any) (json.RawMessage, error) {
	switch call.Op {
	case tenant.ListProviders:
		return plan.Encode(map[string]any{"providers": present(f.provider)}), nil
	case tenant.CreateProvider:
		if f.provider != nil {
			return nil, &tenant.Error{Op: call.Op, Status: 409}
		}
		f.provider = f.made1("pro", body)
		delete(f.provider, "credentials")
		return plan.Encode(f.provider), nil
	case tenant.PatchProvider:
		f.provider = lay(f.provider, body)
		delete(f.provider, "credentials")
		return plan.Encode(f.provider), nil
	case tenant.TryProvider:
		if call.ID != f.provider["id"] {
			return nil, &tenant.Error{Op: call.Op, Status: 404}
		}
		f.logs, f.tells = append(f.logs, f.tells...), nil
		return json.RawMessage(`{"code":202}`), nil
	case tenant.ListPhoneTemplates:
		standard := map[string]any{"type": "blocked_account", "updated_at": len(f.requests)} // it is not stored: made for each answer
		return plan.Encode(map[string]any{"templates": []any{f.template, standard}}), nil
	case tenant.CreatePhoneTemplate:
		if f.template["id"] != nil {
			return nil, &tenant.Error{Op: call.Op, Status: 409}
		}
		f.template = f.made1("tem", body)
		return plan.Encode(f.template), nil
	default:
		return f.answerAction(call, body)
	}
}

func (f *fake) answerAction(call tenant.Call, body map[string]any) (json.RawMessage, error) {
	switch call.Op {
	case tenant.ListActions:
		return plan.Encode(map[string]any{"actions": present(f.action), "total": len(present(f.action))}), nil
	case tenant.CreateAction:
		if f.action != nil {
			return nil, &tenant.Error{Op: call.Op, Status: 403, Code: tenant.CodeOneAction}
		}
		f.action = f.made1("act", body)
		delete(f.action, "secrets")
		f.action["status"], f.building = "pending", 3
		return plan.Encode(f.action), nil
	case tenant.GetAction:
		if f.building--; f.building <= 0 && f.action["status"] == "pending" {
			f.action["status"] = "built"
		}
		return plan.Encode(f.action), nil
	case tenant.DeployAction:
		if f.action["status"] != "built" || call.ID != f.action["id"] {
			return nil, &tenant.Error{Op: call.Op, Status: 400}
		}
		f.action["all_changes_deployed"] = true
		return json.RawMessage(`{"id":"version_1"}`), nil
	case tenant.GetBindings:
		return plan.Encode(map[string]any{"bindings": f.bindings}), nil
	case tenant.PatchBindings:
		id, _ := plan.At(body, "/bindings/0/ref/value")
		f.bindings = []any{map[string]any{"id": "bin_1", "action": map[string]any{"id": id}}}
		return plan.Encode(map[string]any{"bindings": f.bindings}), nil
	default:
		return nil, &tenant.Error{Op: call.Op, Status: 404, Message: "not in this fake"}
	}
}

func (f *fake) made1(kind string, body map[string]any) map[string]any {
	f.made++
	return lay(map[string]any{"id": fmt.Sprintf("%s_%d", kind, f.made)}, body)
}

func present(object map[string]any) []any {
	if object == nil {
		return []any{}
	}
	return []any{object}
}

func lay(under, over map[string]any) map[string]any {
	merged, _ := plan.Lay(under, over).(map[string]any)
	return merged
}

// writes lists the writes that reached the tenant, as "METHOD /path".
func (f *fake) writes() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var list []string
	for _, call := range f.requests {
		if call.Op.Writes() {
			list = append(list, call.Op.Method()+" "+call.Path())
		}
	}
	return list
}

func (f *fake) wrote(prefix string) int {
	n := 0
	for _, w := range f.writes() {
		if strings.HasPrefix(w, prefix) {
			n++
		}
	}
	return n
}
