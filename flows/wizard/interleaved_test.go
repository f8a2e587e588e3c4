package wizard_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"pgregory.net/rapid"

	"upe/client/emulator"
	"upe/client/oracle"
	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// edit is what another admin changes in the meantime: one place of the tenant.
type edit struct {
	name string
	make func(hand) (call tenant.Call, pointer string) // no pointer: there is nothing to change
}

// edits are changes that take nobody's code away, of everything that a migration writes or relies on.
func edits() []edit {
	return []edit{
		{"the wording of the connection", func(h hand) (tenant.Call, string) {
			return h.option("template", "{{ code }} says Bob, "+h.mark+".")
		}},
		{"the length of the connection's codes", func(h hand) (tenant.Call, string) {
			return h.option("totp", map[string]any{"length": 8, "time_step": 100 + len(h.mark)})
		}},
		{"the provider's sender", func(h hand) (tenant.Call, string) {
			p, at := h.element("phone_providers", func(map[string]any) bool { return true })
			configuration, ok := p["configuration"].(map[string]any)
			if !ok || configuration["default_from"] == nil {
				return tenant.Call{}, ""
			}
			configuration = maps.Clone(configuration)
			configuration["default_from"] = "+1500555" + fmt.Sprintf("%04d", 1000+len(h.mark))
			return tenant.Call{Op: tenant.PatchProvider, ID: fmt.Sprint(p["id"]), Body: plan.Encode(map[string]any{"configuration": configuration})},
				at + "/configuration/default_from"
		}},
		{"MFA's message types", func(h hand) (tenant.Call, string) {
			types := []any{"sms", "voice"}
			if have, _ := plan.At(h.state, "/guardian/message_types"); fmt.Sprint(have) == fmt.Sprint(types) {
				types = types[:1]
			}
			return tenant.Call{Op: tenant.PutMessageTypes, Body: plan.Encode(map[string]any{"message_types": types})}, "/guardian/message_types"
		}},
		{"the Action's code", func(h hand) (tenant.Call, string) {
			a, at := h.element("actions", func(a map[string]any) bool {
				return strings.Contains(fmt.Sprint(a["supported_triggers"]), tenant.TriggerPhone)
			})
			if a == nil {
				return tenant.Call{}, ""
			}
			return tenant.Call{Op: tenant.PatchAction, ID: fmt.Sprint(a["id"]), Body: plan.Encode(map[string]any{
				"code": fmt.Sprint(a["code"]) + "\n// " + h.mark + "\n",
			})}, at + "/code"
		}},
		{"a phone template", func(h hand) (tenant.Call, string) {
			t, at := h.element("phone_templates", func(t map[string]any) bool { return t["id"] != nil })
			content, ok := t["content"].(map[string]any)
			if !ok {
				return tenant.Call{}, ""
			}
			content = maps.Clone(content)
			content["body"] = map[string]any{"text": "{{ code }} " + h.mark, "voice": "{{ code }}"}
			return tenant.Call{Op: tenant.PatchPhoneTemplate, ID: fmt.Sprint(t["id"]), Body: plan.Encode(map[string]any{"content": content})},
				at + "/content/body/text"
		}},
		{"the tenant flag", func(h hand) (tenant.Call, string) {
			on, _ := plan.At(h.state, "/settings/phone_consolidated_experience")
			return tenant.Call{Op: tenant.PatchSettings, Body: plan.Encode(map[string]any{"phone_consolidated_experience": on != true})},
				"/settings/phone_consolidated_experience"
		}},
		{"the connection's opt-in", func(h hand) (tenant.Call, string) {
			c, _ := h.element("connections", func(c map[string]any) bool { return c["strategy"] == "sms" })
			opted, _ := plan.At(c, "/options/use_phone_provider")
			return h.option("use_phone_provider", opted != true)
		}},
		{"the tenant's name", func(h hand) (tenant.Call, string) {
			return tenant.Call{Op: tenant.PatchSettings, Body: plan.Encode(map[string]any{"friendly_name": h.mark})}, "/settings/friendly_name"
		}},
	}
}

// hand is another admin's: what they see, and what they write.
type hand struct {
	state any
	mark  string
}

// element is the first of a list that is like this, and where it stands.
func (h hand) element(list string, like func(map[string]any) bool) (map[string]any, string) {
	all, _ := plan.At(h.state, "/"+list)
	elements, _ := all.([]any)
	for _, one := range elements {
		if object, ok := one.(map[string]any); ok && like(object) {
			return object, fmt.Sprintf("/%s/[id=%v]", list, object["id"])
		}
	}
	return nil, ""
}

// option changes an option of the sms connection; the API replaces them all.
func (h hand) option(key string, value any) (tenant.Call, string) {
	c, at := h.element("connections", func(c map[string]any) bool { return c["strategy"] == "sms" })
	options, ok := c["options"].(map[string]any)
	if !ok {
		return tenant.Call{}, ""
	}
	options = maps.Clone(options)
	options[key] = value
	return tenant.Call{Op: tenant.PatchConnection, ID: fmt.Sprint(c["id"]), Body: plan.Encode(map[string]any{"options": options})}, at + "/options/" + key
}

// office is a migration in the hands of one admin, and a tenant in the hands of two.
type office struct {
	*sailing

	edited map[string]string // what the other one wrote, by its place
	since  map[string]string // what was there before that, since this one last wrote
	marks  int
	told   []string // what happened, for whoever reads a failure
	begun  bool     // the way back
	failed bool     // the last command
	wrong  string
}

func (o *office) state() any {
	state, _ := plan.Decode(o.tenant.State()) // the emulator's own
	return state
}

func (o *office) value(pointer string) string {
	value, _ := plan.At(o.state(), pointer)
	return text(value)
}

func text(value any) string {
	if value == false {
		value = nil // a switch that is not there is off
	}
	return string(plan.Encode(value))
}

// edits has the other admin change something.
func (o *office) edits(ctx context.Context, e edit) {
	o.marks++
	call, pointer := e.make(hand{o.state(), fmt.Sprintf("Bob%*d", o.marks, o.marks)})
	if pointer == "" {
		return
	}
	was := o.value(pointer)
	does := func(t *emulator.Tenant) error {
		_, err := t.Port(tenant.Permit{Writes: []tenant.Call{call}}).Do(ctx, call)
		return err
	}
	if trial := o.tenant.Copy(); does(trial) != nil || len(o.lost(trial)) > 0 {
		return // Auth0 does not take it now, or it takes somebody's code away
	}
	if does(o.tenant) != nil {
		return
	}
	o.told = append(o.told, "Bob changes "+e.name)
	if o.interrupted(call) || o.asPlanned(call, pointer) {
		// Whoever undoes a write that was interrupted undoes what nobody has seen happen: it is sent again. And what is as the plan saw
		// it is changed as planned.
		delete(o.edited, pointer)
		return
	}
	if _, earlier := o.since[pointer]; !earlier {
		o.since[pointer] = was
	}
	if o.edited[pointer] = o.value(pointer); o.edited[pointer] == o.since[pointer] {
		delete(o.edited, pointer) // changed, and changed back: nobody can tell
	}
}

// interrupted reports whether the last command ended in the middle of a step that writes the same thing.
func (o *office) interrupted(call tenant.Call) bool {
	for _, p := range []plan.Plan{o.plan, o.back} {
		if step, ok := p.Step(o.doing); ok && step.Call != nil && step.Call.Op == call.Op {
			return o.failed
		}
	}
	return false
}

// asPlanned reports whether a place is as it was before the run, which has not written there.
func (o *office) asPlanned(call tenant.Call, pointer string) bool {
	start, _ := plan.Decode(o.start) // the emulator's own
	was, _ := plan.At(start, pointer)
	journal, _ := o.there.Read() // memory is always read
	wrote, err := run.Wrote(o.plan, journal)
	for _, step := range o.plan.Steps {
		if err != nil || step.Call != nil && step.Call.Op == call.Op && wrote[step.ID] {
			return false
		}
	}
	return text(was) == o.value(pointer)
}

// goes carries on: with the run, or with the way back. The trouble befalls the request of this number; none for zero.
func (o *office) goes(ctx context.Context, back bool, number int, w trouble) error {
	o.begun = o.begun || back
	if o.begun && o.back.Checksum == "" && w.says == nil {
		number = 0 // the reads of a snapshot come side by side: whoever ends there has begun nothing
	}
	o.way.left, o.way.trouble = number, w
	version := o.tenant.Version()
	does, verb := o.finish, "run"
	if o.begun {
		does, verb = o.lands, "back"
	}
	err := does(ctx)
	if o.way.left, o.failed = 0, err != nil; o.tenant.Version() != version {
		clear(o.since)
	}
	if o.back.Checksum == "" && o.begun && err != nil && !errors.Is(err, errKilled) {
		o.begun = false // there is no plan of it
	}
	o.told = append(o.told, fmt.Sprintf("%s, with %s at request %d: %v", verb, w.name, number, err))
	return err
}

// kept complains about a change of the other admin that is gone. What the run made goes with the run.
func (o *office) kept() {
	for _, pointer := range slices.Sorted(maps.Keys(o.edited)) {
		_, id, _ := strings.Cut(pointer, "[id=")
		id, _, made := strings.Cut(id, "]")
		if made && o.begun && !strings.Contains(string(o.start), id) {
			continue
		}
		if now := o.value(pointer); now != o.edited[pointer] {
			o.fails("%s: Bob wrote %s, and it is %s now", pointer, o.edited[pointer], now)
		}
	}
}

// lost are the codes of the baseline that do not come.
func (o *office) lost(t *emulator.Tenant) []oracle.Loss {
	w := o.witness.On(t)
	w.Look(o.doing)
	return w.Lost()
}

// delivers complains about a code that does not come.
func (o *office) delivers() {
	for _, lost := range o.lost(o.tenant) {
		if !o.inGap() {
			o.fails("%s does not come: %s", lost.Route, lost.Why)
		}
	}
}

// TestTwoAdmins has one admin run, crash, resume and take back a migration, in any order, while another one changes things. No code is
// lost but where the plan says so, no change of the other one is undone, and in the end the migration is finished, or taken back, or
// has stopped and says why.
func TestTwoAdmins(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the two take turns: there is nothing to detect, and much to wait for")
	}
	var all []voyage
	synctest.Test(t, func(t *testing.T) {
		for _, s := range representative(t) {
			all = append(all, beginning(t, s, combination{world: "docs"}))
		}
	})
	rapid.Check(t, func(r *rapid.T) {
		v := rapid.SampledFrom(all).Draw(r, "scenario")
		day := rapid.SliceOfN(rapid.Custom(drawCommand), 1, 7).Draw(r, "commands")
		var o *office
		synctest.Test(t, func(t *testing.T) {
			o = &office{sailing: v.sail(), edited: map[string]string{}, since: map[string]string{}}
			o.spend(t.Context(), day)
		})
		if o.wrong != "" {
			r.Fatalf("%s\n%s", o.wrong, strings.Join(o.told, "\n"))
		}
	})
}

// command is what one of the two admins does next.
type command struct {
	verb    string // "run", "back" or "edit"
	edit    int
	trouble trouble
	request int // that the trouble befalls, from the beginning of the command; 0: none
}

func drawCommand(r *rapid.T) command {
	return command{
		verb: rapid.SampledFrom([]string{"run", "run", "edit", "edit", "back"}).Draw(r, "verb"),
		edit: rapid.IntRange(0, len(edits())-1).Draw(r, "edit"), trouble: rapid.SampledFrom(troubles()).Draw(r, "trouble"),
		request: rapid.IntRange(0, 50).Draw(r, "request"),
	}
}

// spend has the two admins go through their day, until something is wrong.
func (o *office) spend(ctx context.Context, day []command) {
	for _, c := range day {
		if c.verb == "edit" {
			o.edits(ctx, edits()[c.edit])
		} else {
			_ = o.goes(ctx, c.verb == "back", c.request, c.trouble) // where it stopped, it goes on from
		}
		if o.look(); o.wrong != "" {
			return
		}
	}
	o.ends(ctx)
}

func (o *office) look() {
	o.kept()
	o.delivers()
}

// fails keeps what is wrong first.
func (o *office) fails(format string, args ...any) {
	if o.wrong == "" {
		o.wrong = fmt.Sprintf(format, args...)
	}
}

// ends finishes what was begun; where the tenant has changed since, it is taken back, or that stops for a reason as well.
func (o *office) ends(ctx context.Context) {
	err := o.goes(ctx, false, 0, trouble{name: "nothing"})
	o.look()
	if err == nil || o.reasonable(err) && o.begun {
		return
	}
	if !o.reasonable(err) {
		o.fails("it cannot be finished: %v", err)
	}
	err = o.goes(ctx, true, 0, trouble{name: "nothing"})
	o.look()
	if err != nil && !o.reasonable(err) {
		o.fails("it cannot be taken back: %v", err)
	}
}

// reasonable reports whether an error says what somebody else changed.
func (o *office) reasonable(err error) bool {
	var stale *run.Stale
	var differs *run.Difference
	var refused *run.Refusal
	var used *plan.InUse
	var person waiting
	return errors.As(err, &person) || errors.As(err, &used) || errors.As(err, &stale) || errors.As(err, &differs) || errors.As(err, &refused)
}
