package plan

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"upe/flows/judge"
	"upe/flows/tenant"
)

// Invert makes the plan that takes back what a run of p did, from the tenant as it was before and as it is now. wrote says which
// steps the run sent, or may have sent: what was so already is not ours to take back, and what others changed since stays.
//
// The order is that of going back safely: connections, MFA's message types, the tenant flag; then the old settings are looked
// at, and what is missing of them is written again; only when they answer is removed what the run created. Until then both
// ways deliver.
//
// It returns [ErrNothing] when there is nothing to take back. The plan is one like any other: it can be shown, kept, run,
// resumed, and inverted again. To invert it gives it up: the flows that it switched go through the tenant-level provider again. That is
// possible, else [ErrGone], until it removes what the run created. Where now does not show what the way back is planned from, the
// error is the [*tenant.Error] of that part: what was refused may be there all the same. What the run created and others use by now
// is not removed: [*InUse].
func Invert(p Plan, before, now tenant.Snapshot, wrote map[string]bool) (Plan, error) {
	v := &inverter{plan: p, before: before.Redacted(), now: now, wrote: wrote}
	if err := v.collect(); err != nil {
		return Plan{}, err
	}
	if len(v.steps) == 0 {
		return Plan{}, ErrNothing
	}
	back := Plan{
		Schema: Schema, Tenant: p.Tenant, Environment: p.Environment, Reverts: p.Checksum, Secrets: v.asked, Steps: v.steps,
		Summary: Summary{
			Provider: p.Summary.Provider, DeliveryMethods: p.Summary.DeliveryMethods, Moves: v.moves, Gaps: v.gaps(),
		},
		Baseline: p.Baseline, Relies: v.facts(),
	}
	return back.Sealed(), nil
}

// inverter collects the steps that take a run back.
type inverter struct {
	plan   Plan
	before tenant.Snapshot // redacted
	now    tenant.Snapshot
	wrote  map[string]bool
	steps  []Step
	moves  []Move
	asked  []Secret
	spare  bool // what is added may be refused
}

// collect collects the steps, in their order.
func (v *inverter) collect() error {
	if err := v.readable(); err != nil {
		return err
	}
	if v.plan.Reverts != "" {
		return v.again()
	}
	v.connections()
	v.mfa()
	v.remove()
	v.byHand()
	return v.inUse()
}

// readable reports a part that the way back is planned from, and that was refused.
func (v *inverter) readable() error {
	needed := []string{tenant.PathSettings, tenant.PathProviders}
	for _, s := range v.plan.Steps {
		if s.Call != nil && v.wrote[s.ID] {
			needed = append(needed, partOf(s.Call.Op))
		}
	}
	for _, path := range needed {
		if refused := v.now.Refusal(path); refused != nil {
			return fmt.Errorf("plan the way back: %w", refused)
		}
	}
	return nil
}

// partOf is the part of a snapshot that shows what an operation changes and the way back has to know; empty where it need not.
func partOf(op tenant.Op) string {
	switch op {
	case tenant.PatchConnection, tenant.CreateConnection, tenant.PatchConnectionClients:
		return tenant.PathSMSConnections
	case tenant.CreatePhoneTemplate, tenant.PatchPhoneTemplate:
		return tenant.PathPhoneTemplates
	case tenant.CreateAction, tenant.PatchAction, tenant.DeployAction:
		return tenant.PathPhoneActions
	case tenant.PatchBindings:
		return tenant.PathPhoneBindings
	default: // the settings and the provider are needed anyway; everything else is looked at by the steps
		return ""
	}
}

func (v *inverter) add(s Step) {
	if s.Phase == "" {
		s.Phase = After
	}
	s.Basis = cmp.Or(s.Basis, judge.Documented)
	v.steps = append(v.steps, s)
}

// move opens a move of the plan; what was switched is switched back by itself.
func (v *inverter) move(m Move) {
	if title, again := strings.CutSuffix(m.Title, backSuffix); again {
		m.Title = title + againSuffix
	} else {
		m.Title += backSuffix
	}
	m.Channels = []string{}
	v.moves = append(v.moves, m)
}

func (v *inverter) has(id string) bool {
	return slices.ContainsFunc(v.steps, func(s Step) bool { return s.ID == id })
}

// needs are those of the ids that are steps of this plan; none given means all so far.
func (v *inverter) needs(ids ...string) []string {
	var present []string
	for _, s := range v.steps {
		if (len(ids) == 0 || slices.Contains(ids, s.ID)) && !s.Optional {
			present = append(present, s.ID)
		}
	}
	return present
}

func (v *inverter) ask(name, why string) map[string]any {
	if !slices.ContainsFunc(v.asked, func(s Secret) bool { return s.Name == name }) {
		v.asked = append(v.asked, Secret{Name: name, Why: why})
	}
	return secretReference(name)
}

// sent finds a step of the plan that the run sent.
func (v *inverter) sent(id string) (Step, bool) {
	s, ok := v.plan.Step(id)
	return s, ok && v.wrote[id]
}

// was is a value of the tenant before the run, nil for none.
func (v *inverter) was(path, pointer string) any {
	document, err := Decode(v.before.Parts[path].Raw)
	if err != nil {
		return nil
	}
	value, _ := At(document, pointer)
	return value
}

// facts are what the way back relies on: which provider there is, and the tenant flag. Everything else is looked at by the steps.
func (v *inverter) facts() []Fact {
	b := &builder{before: v.now.Redacted()}
	return []Fact{
		b.fact(tenant.PathSettings, "/phone_consolidated_experience", "the Unified Phone Experience of the tenant"),
		b.fact(tenant.PathProviders, "/providers/0/id", "which tenant-level provider exists"),
	}
}

// gaps states what is lost should Auth0 not have kept MFA's old settings.
func (v *inverter) gaps() []Gap {
	if !v.has(backSelected) {
		return nil
	}
	var flows []string
	for _, r := range v.plan.Baseline {
		if r.Flow == judge.MFA {
			flows = append(flows, routeName(r))
		}
	}
	if len(flows) == 0 {
		return nil
	}
	return []Gap{{
		What: "Whether Auth0 keeps MFA's old settings is not documented, and they cannot be read before the flag is off. If it has lost " +
			"them, codes of MFA do not arrive until they are written again, which is the next thing that going back does.",
		From: backFlag, To: v.steps[v.last(backSelected, backTwilio, backWordings)].ID, Flows: unique(flows),
		Length: "a few requests, which are sent one right after the other: seconds, once Auth0 shows the settings again",
	}}
}

// last is the position of the last of these steps.
func (v *inverter) last(ids ...string) int {
	for i, s := range slices.Backward(v.steps) {
		if slices.Contains(ids, s.ID) {
			return i
		}
	}
	return 0
}

// byHand is what a person decides about what the run made: with a connection its users would be deleted.
func (v *inverter) byHand() {
	s, sent := v.sent(stepNew)
	if !sent {
		return
	}
	v.add(Step{
		ID: "back-" + s.ID, Kind: Manual, Proof: "person", Source: sourceConfigure, Link: linkSMS,
		Title:     "Decide about the connection that the run created",
		Why:       "No application uses it any more. Deleting it would delete the users who have signed up with it, so it is left to you.",
		Dashboard: "Authentication > Passwordless > SMS: off",
		Undo:      "nothing to undo",
	})
}

// connections switches back what was switched, the last one first.
func (v *inverter) connections() {
	for _, s := range slices.Backward(v.plan.Steps) {
		if !v.wrote[s.ID] || s.Call == nil {
			continue
		}
		switch s.Call.Op {
		case tenant.PatchConnection:
			v.connection(s)
		case tenant.PatchConnectionClients:
			v.clients(s)
		default: // it is taken back later
		}
	}
}

// connection takes the opt-in off a connection and puts back what its options had and have no more.
func (v *inverter) connection(s Step) {
	m, _ := v.plan.Move(s.Move)
	v.openMove(s.Move)
	pointer := selector("id", s.Call.ID) + "/options"
	was := v.was(tenant.PathSMSConnections, pointer+"/use_phone_provider")
	options := v.entries(s)
	maps.Copy(options, v.lostOptions(s.Call.ID))
	base := &Base{Get: tenant.Call{Op: tenant.GetConnection, ID: s.Call.ID}, Keep: []string{"options"}}
	if was == nil {
		base.Drop = []string{"/options/use_phone_provider"}
	} else {
		options["use_phone_provider"] = was
	}
	if s.Merge != nil {
		base.Secrets = keptSecrets(s.Merge.Secrets, options)
	}
	is := Encode(map[string]any{"options": map[string]any{"use_phone_provider": was}})
	title, why := "Switch the connection %q back to its own settings", "From now on its codes travel as before the run."
	if v.plan.Reverts != "" {
		title, why = "Switch the connection %q on again", "From now on its codes travel through the tenant-level provider again."
	}
	v.add(Step{
		ID: "back-" + s.ID, Kind: Request, Phase: Switch, Move: s.Move, Basis: judge.Reported, Source: sourceOptIn,
		Title: fmt.Sprintf(title, m.Name), Why: why,
		Dashboard: s.UndoDashboard, Link: s.Link,
		Call:   &tenant.Call{Op: tenant.PatchConnection, ID: s.Call.ID, Body: Encode(map[string]any{"options": options})},
		Merge:  base,
		Before: s.After, After: is,
		Done: &Check{Get: base.Get, Want: is},
		Undo: "switch it on again: " + s.Title, UndoDashboard: s.Dashboard,
	})
}

// entries are the secrets that the run had to enter because Auth0 does not show them: this write would delete them as well.
func (v *inverter) entries(s Step) map[string]any {
	options, _ := asObject(s.Call.Body)["options"].(map[string]any)
	delete(options, "use_phone_provider")
	if options == nil {
		options = map[string]any{}
	}
	for _, name := range secretsIn(s.Call.Body) {
		v.ask(name, "writing the connection would delete it, because Auth0 does not show it")
	}
	return options
}

// lostOptions are what a connection's options had before and lack now. Their secrets are asked for.
func (v *inverter) lostOptions(id string) map[string]any {
	lost := map[string]any{}
	had, _ := v.was(tenant.PathSMSConnections, selector("id", id)+"/options").(map[string]any)
	connection, _ := v.now.Connection(id)
	document, _ := Decode(connection.Options)
	has, _ := document.(map[string]any)
	for key, value := range had {
		if _, there := has[key]; !there && key != "use_phone_provider" {
			lost[key] = v.entered("connections."+id+"."+key, value)
		}
	}
	return lost
}

// entered is a value of the redacted snapshot with its secrets asked for.
func (v *inverter) entered(name string, value any) any {
	switch value := value.(type) {
	case string:
		if value == tenant.Redacted {
			return v.ask(name, "it was there before, Auth0 has lost it, and it was never kept")
		}
	case map[string]any:
		for key, inner := range value {
			value[key] = v.entered(name+"."+key, inner)
		}
	}
	return value
}

// keptSecrets are the secrets that have to be carried along, without those that are entered anew.
func keptSecrets(pointers []string, entered map[string]any) []string {
	return slices.DeleteFunc(slices.Clone(pointers), func(pointer string) bool {
		key, _, _ := strings.Cut(strings.TrimPrefix(pointer, "/options/"), "/")
		_, anew := entered[key]
		return anew
	})
}

// clients switches applications back: those that a step enabled are taken off, those that a way back took off are enabled.
func (v *inverter) clients(s Step) {
	document, err := Decode(s.Call.Body)
	list, ok := document.([]any)
	id := v.connectionID(s)
	if err != nil || !ok || id == "" {
		return
	}
	on := v.plan.Reverts != ""
	var matches []any
	for _, client := range list {
		one, _ := client.(map[string]any)
		one["status"] = on
		matches = append(matches, map[string]any{"client_id": one["client_id"]})
	}
	v.openMove(s.Move)
	get := tenant.Call{Op: tenant.GetConnectionClients, ID: id, Query: s.Done.Get.Query}
	step := Step{
		ID: "back-" + s.ID, Kind: Request, Phase: Switch, Move: s.Move, Source: sourceClients,
		Title:     "Take the applications off the connection again",
		Why:       "They were enabled by this run. Nobody can log in with the connection through them any more.",
		Dashboard: s.UndoDashboard, Link: s.Link,
		Call: &tenant.Call{Op: tenant.PatchConnectionClients, ID: id, Body: Encode(list)},
		Done: &Check{Get: get, Each: Encode(matches), Absent: !on},
		Undo: "enable them again", UndoDashboard: s.Dashboard,
	}
	if on {
		step.Title, step.Why, step.Undo = "Enable the applications again", "The way back is given up, so they are put back.", "take them off again"
	}
	v.add(step)
}

// openMove opens the move of a step unless it is open.
func (v *inverter) openMove(id string) {
	if m, ok := v.plan.Move(id); ok && !slices.ContainsFunc(v.moves, func(m Move) bool { return m.ID == id }) {
		v.move(m)
	}
}

// connectionID is the id of the connection whose applications a step switched: where the run created it, it is looked up by name.
func (v *inverter) connectionID(s Step) string {
	if !isReference(s.Call.ID) {
		return s.Call.ID
	}
	m, _ := v.plan.Move(s.Move)
	for _, c := range v.now.SMSConnections() {
		if c.Name == m.Name {
			return c.ID
		}
	}
	return ""
}

// asObject decodes an object of a step; nil when it is none.
func asObject(raw json.RawMessage) map[string]any {
	document, err := Decode(raw)
	if err != nil {
		return nil
	}
	value, _ := document.(map[string]any)
	return value
}
