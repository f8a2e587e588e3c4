package export

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Source is what to export.
type Source struct {
	Plan   plan.Plan
	From   string            // a name for people: a file's, or a run's id
	Made   map[string]string // ids of what a run has created, by step; nil for a plan
	Policy []string          // GET /guardian/policies; nil: not known, empty: never

	// Managed says, in sentences, what tells that a tool keeps the tenant as code; empty: nothing does, or nothing was read of the tenant.
	Managed string
}

// What cannot be exported, for errors.Is.
var (
	ErrBack    = errors.New("a way back is not exported: it puts former settings back, which is what your code has already")
	ErrNothing = errors.New("the plan writes nothing that could be exported")
)

// Of reads a plan's requests. It is pure.
func Of(s Source) (Configuration, error) {
	if s.Plan.Reverts != "" {
		return Configuration{}, ErrBack
	}
	r := &reading{source: s}
	r.c.Tenant, r.c.From = s.Plan.Tenant, s.From
	for _, step := range s.Plan.Steps {
		if step.Kind == plan.Request && step.Call != nil {
			if err := r.step(step); err != nil {
				return Configuration{}, fmt.Errorf("step %q: %w", step.ID, err)
			}
		}
	}
	r.mfa()
	if r.empty() {
		return Configuration{}, ErrNothing
	}
	r.notes()
	return r.c, nil
}

// reading collects one configuration.
type reading struct {
	source Source
	c      Configuration
	deploy bool // the Action is deployed as it is: its code is not in the plan
}

func (r *reading) empty() bool {
	c := r.c
	return c.Flag == nil && c.Provider == nil && c.Action == nil && c.Binding == nil && c.MFA == nil &&
		len(c.Templates)+len(c.SMS)+len(c.Clients) == 0
}

// step takes in one request. A request that is of no kind here would be missing from the export, so it is an error.
func (r *reading) step(s plan.Step) error {
	decoded, err := plan.Decode(s.Call.Body)
	if err != nil && len(s.Call.Body) > 0 {
		return err
	}
	body, _ := decoded.(map[string]any)
	switch s.Call.Op {
	case tenant.CreateProvider, tenant.PatchProvider:
		r.provider(s, body)
	case tenant.CreateAction, tenant.PatchAction:
		r.action(s, body)
	case tenant.DeployAction:
		r.deployed(s)
	case tenant.PatchBindings:
		r.binding(s, body)
	case tenant.CreatePhoneTemplate, tenant.PatchPhoneTemplate:
		r.template(s, body)
	case tenant.PatchSettings:
		r.c.Flag = &Resource{Import: r.c.Tenant.Domain}
		r.c.Flag.add(s)
	case tenant.PutSMSFactor, tenant.PutMessageTypes:
		r.guardian().add(s)
	case tenant.PatchConnection, tenant.CreateConnection:
		r.connection(s, body)
	case tenant.PatchConnectionClients:
		r.clients(s, decoded)
	default:
		return fmt.Errorf("%s has no counterpart in an export", s.Call.Op)
	}
	return nil
}

// add notes that a step writes the resource. What a later step of it waits for at the plan's end is not what the resource waits for: a
// provider is narrowed after the factors, and they come after the provider.
func (r *Resource) add(s plan.Step) {
	if s.Phase != plan.After || len(r.steps) == 0 {
		r.needs = append(r.needs, s.Needs...)
	}
	r.steps = append(r.steps, s.ID)
}

// waits reports whether the resource comes after another one.
func (r *Resource) waits(other *Resource) bool {
	return slices.ContainsFunc(r.needs, func(id string) bool { return slices.Contains(other.steps, id) })
}

// id is what the resource is called in the tenant: the id that the request names, or the one that a run was answered with.
func (r *reading) id(s plan.Step) string {
	if s.Call.ID != "" && !strings.HasPrefix(s.Call.ID, "@") {
		return s.Call.ID
	}
	return r.source.Made[s.ID]
}

func (r *reading) provider(s plan.Step, body map[string]any) {
	if r.c.Provider == nil {
		r.c.Provider = &Provider{Resource: Resource{Import: r.id(s)}, Kind: r.source.Plan.Summary.Provider}
	}
	p := r.c.Provider
	p.add(s)
	if off, ok := body["disabled"].(bool); ok {
		p.Off = off
	}
	if configuration := object(body, "configuration"); configuration != nil {
		p.Methods = texts(configuration["delivery_methods"])
		p.SID, p.From, p.MSSID = text(configuration, "sid"), text(configuration, "default_from"), text(configuration, "mssid")
	}
	if p.Kind == tenant.KindTwilio {
		p.Token = cmp.Or(secretOf(object(body, "credentials")["auth_token"]), p.Token, plan.SecretTwilioToken)
	}
}

func (r *reading) action(s plan.Step, body map[string]any) {
	a := &Action{
		Resource: Resource{Import: r.id(s)}, Name: text(body, "name"), Code: text(body, "code"), Runtime: text(body, "runtime"),
	}
	a.add(s)
	for _, d := range objects(body["dependencies"]) {
		a.Dependencies = append(a.Dependencies, Dependency{text(d, "name"), text(d, "version")})
	}
	for _, secret := range objects(body["secrets"]) {
		a.Secrets = append(a.Secrets, ActionSecret{text(secret, "name"), secretOf(secret["value"])})
	}
	r.c.Action = a
}

func (r *reading) deployed(s plan.Step) {
	if r.c.Action == nil {
		r.deploy = true
		return
	}
	r.c.Action.steps = append(r.c.Action.steps, s.ID)
}

func (r *reading) binding(s plan.Step, body map[string]any) {
	b := &Binding{Resource: Resource{Import: tenant.TriggerPhone}}
	b.add(s)
	named := false
	for _, one := range objects(body["bindings"]) {
		ref := object(one, "ref")
		if text(ref, "type") != "action_id" {
			b.Others = true
			continue
		}
		named, b.Name, b.ActionID = true, text(one, "display_name"), text(ref, "value")
	}
	if a := r.c.Action; a != nil && b.ActionID == a.Import {
		b.ActionID = ""
	}
	if !named {
		r.note("One custom-phone-provider Action stays bound and the others are taken off. The plan names it by its binding only, so the binding is not exported.")
		return
	}
	r.c.Binding = b
}

func (r *reading) template(s plan.Step, body map[string]any) {
	content := object(body, "content")
	words := object(content, "body")
	t := Template{
		Resource: Resource{Import: r.id(s)}, Type: strings.TrimPrefix(s.ID, "template-"),
		Text: text(words, "text"), Voice: text(words, "voice"), From: text(content, "from"),
	}
	t.Off, _ = body["disabled"].(bool)
	t.add(s)
	r.c.Templates = append(r.c.Templates, t)
}

func (r *reading) guardian() *MFA {
	if r.c.MFA == nil {
		r.c.MFA = &MFA{Resource: Resource{Import: r.c.Tenant.Domain}}
	}
	return r.c.MFA
}

// mfa completes what is known of MFA: once it has moved its block of code has to lose its provider, also where no step writes it.
func (r *reading) mfa() {
	types := r.source.Plan.Summary.MessageTypes
	if len(types) == 0 {
		return
	}
	m := r.guardian()
	m.Types = types
	if r.source.Policy != nil {
		m.Policy = strings.Join(r.source.Policy, "")
		if len(r.source.Policy) == 0 {
			m.Policy = "never"
		}
	}
}

func (r *reading) clients(s plan.Step, body any) {
	connection := s.Call.ID
	if strings.HasPrefix(connection, "@") {
		step, _, _ := strings.Cut(strings.TrimPrefix(connection, "@"), "#")
		connection = r.source.Made[step]
	}
	for _, one := range objects(body) {
		c := Client{Connection: connection, ID: text(one, "client_id")}
		c.add(s)
		r.c.Clients = append(r.c.Clients, c)
	}
}
