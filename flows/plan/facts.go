package plan

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"

	"upe/flows/tenant"
)

// facts lists what this plan relied on: a change in one of them makes it stale, a change elsewhere does not.
func (b *builder) facts() []Fact {
	facts := []Fact{
		b.fact(tenant.PathSettings, "/phone_consolidated_experience", "the Unified Phone Experience of the tenant"),
		b.fact(tenant.PathProviders, "/providers/0/id", "which tenant-level provider exists"),
	}
	if b.judged.Provider != nil {
		facts = append(facts,
			b.fact(tenant.PathProviders, "/providers/0/name", "the kind of the tenant-level provider"),
			b.fact(tenant.PathProviders, "/providers/0/disabled", "whether the tenant-level provider is disabled"),
			b.fact(tenant.PathProviders, "/providers/0/configuration", "the settings of the tenant-level provider"))
	}
	if b.movesMFA() || b.setsUpMFA() || b.has(stepFlag) {
		// Without MFA the flag is turned on because MFA sends nothing, so that must still be so.
		facts = append(facts,
			b.fact(tenant.PathFactors, selector("name", "sms")+"/enabled", "the MFA phone factor"),
			b.fact(tenant.PathMessageTypes, "/message_types", "the MFA message types"))
	}
	if b.movesMFA() {
		facts = append(facts,
			b.fact(tenant.PathSelectedProvider, "/provider", "the MFA provider"),
			b.fact(tenant.PathTwilio, "", "the MFA Twilio settings"),
			b.fact(tenant.PathMFATemplates, "", "the MFA wordings"))
	}
	if b.choices.Provider == tenant.KindCustom {
		facts = append(facts, b.actionFacts()...)
		facts = append(facts, b.sourceFacts()...)
	}
	for _, c := range b.moving() {
		facts = append(facts, b.fact(tenant.PathSMSConnections, selector("id", c.ID)+"/options", fmt.Sprintf("the options of the connection %q", c.Name)))
	}
	if n := b.choices.NewConnection; n != nil {
		facts = append(facts, b.fact(tenant.PathSMSConnections, selector("name", n.Name)+"/id", fmt.Sprintf("that there is no sms connection %q", n.Name)))
	}
	for _, s := range b.steps {
		if name, ok := strings.CutPrefix(s.ID, "template-"); ok {
			facts = append(facts, b.fact(tenant.PathPhoneTemplates, "/templates"+selector("type", name)+"/content", "the message template "+name))
		}
	}
	return facts
}

func (b *builder) actionFacts() []Fact {
	var facts []Fact
	if len(b.rivals()) == 0 { // of several, the order of Auth0's list means nothing
		facts = append(facts, b.fact(tenant.PathPhoneActions, "/0/id", "which custom-phone-provider Action exists"))
	}
	facts = append(facts, b.fact(tenant.PathPhoneBindings, "/bindings", "what is bound to custom-phone-provider"))
	if id := b.choices.Action.ID; id != "" {
		facts = append(facts, b.fact(tenant.PathPhoneActions, selector("id", id)+"/code", "the Action's code"))
	}
	return facts
}

// sourceFacts are what the plan's Action was made from: which Actions run for MFA today, and their code as it runs. Of an Action that the
// admin brought nobody here knows what it was made from.
func (b *builder) sourceFacts() []Fact {
	if b.choices.Action.Origin == "" || !b.movesMFA() || b.judged.MFA.Provider != tenant.SelectedHook {
		return nil
	}
	var facts []Fact
	for i := range len(b.before.Bindings(tenant.TriggerLegacy)) + 1 { // the last one: that no more are bound
		facts = append(facts, b.fact(tenant.PathLegacyBindings, fmt.Sprintf("/bindings/%d/action/id", i), "which Action sends MFA's codes"))
	}
	for _, a := range b.before.BoundActions(tenant.TriggerLegacy) {
		running := "/code"
		if v := a.DeployedVersion; v != nil && v.Code != "" {
			running = "/deployed_version/code"
		}
		facts = append(facts,
			b.fact(tenant.PathLegacyActions, selector("id", a.ID)+running, fmt.Sprintf("the code of the Action %q, which the new one was made from", a.Name)),
			b.fact(tenant.PathLegacyActions, selector("id", a.ID)+"/dependencies", fmt.Sprintf("the modules of the Action %q", a.Name)))
	}
	return facts
}

func (b *builder) fact(path, pointer, what string) Fact {
	return Fact{Path: path, Pointer: pointer, What: what, Value: Project(b.before.Parts[path], pointer)}
}

// Project is the value of a fact in a part: redacted; {"refused":code} where the tenant refused to show it; null where it is
// not there.
func Project(part tenant.Part, pointer string) json.RawMessage {
	if part.Err != nil {
		code := part.Err.Code
		if code == "" {
			code = fmt.Sprint(part.Err.Status)
		}
		return Encode(map[string]any{"refused": code})
	}
	if tenant.Empty(part.Raw) {
		return json.RawMessage("null")
	}
	document, err := Decode(tenant.Redact(part.Raw))
	if err != nil {
		return json.RawMessage("null")
	}
	value, _ := At(document, pointer)
	return Encode(value)
}

// Fingerprint is "sha256:…" over a tenant's identity and the facts a plan relied on.
func Fingerprint(who tenant.Identity, facts []Fact) string {
	hash := sha256.New()
	encoder := json.NewEncoder(hash)
	// Neither value can fail to encode: texts, and JSON that was decoded before.
	_ = encoder.Encode(who)
	_ = encoder.Encode(facts)
	return "sha256:" + hex.EncodeToString(hash.Sum(nil))
}

// Difference is a fact that has changed since the plan was made.
type Difference struct {
	Fact Fact            `json:"fact"`
	Now  json.RawMessage `json:"now"` // redacted
	// Planned is what the plan makes of it: see [Plan.Planned].
	Planned json.RawMessage `json:"planned,omitempty"`
}

// Drift compares facts with the tenant as it is now. read gives a part of a snapshot by its path and is called once for each.
func Drift(facts []Fact, read func(path string) (tenant.Part, error)) ([]Difference, error) {
	parts := map[string]tenant.Part{}
	var changed []Difference
	for _, fact := range facts {
		part, ok := parts[fact.Path]
		if !ok {
			var err error
			if part, err = read(fact.Path); err != nil {
				return nil, fmt.Errorf("read %s again: %w", fact.What, err)
			}
			parts[fact.Path] = part
		}
		if now := Project(part, fact.Pointer); !equal(now, fact.Value) {
			changed = append(changed, Difference{Fact: fact, Now: now})
		}
	}
	return changed, nil
}

// equal compares two JSON texts as documents: a plan file may have been indented.
func equal(a, b json.RawMessage) bool {
	left, errLeft := Decode(a)
	right, errRight := Decode(b)
	return errLeft == nil && errRight == nil && string(Encode(left)) == string(Encode(right))
}

// Touches lists the parts of a snapshot that a step's write changes, so that a plan is not stale by its own doing.
func Touches(s Step) []string {
	if s.Call == nil || !s.Call.Op.Writes() {
		return nil
	}
	switch s.Call.Op {
	case tenant.PatchSettings:
		// Turning the flag on closes the legacy endpoints as well, and what ran for MFA before runs no more.
		return []string{
			tenant.PathSettings, tenant.PathSelectedProvider, tenant.PathTwilio, tenant.PathMFATemplates,
			tenant.PathLegacyActions, tenant.PathLegacyBindings,
		}
	case tenant.PutSMSFactor:
		return []string{tenant.PathFactors}
	case tenant.PutMessageTypes:
		return []string{tenant.PathMessageTypes}
	case tenant.PutSelectedProvider:
		return []string{tenant.PathSelectedProvider}
	case tenant.PutTwilio:
		return []string{tenant.PathTwilio}
	case tenant.PutMFATemplates:
		return []string{tenant.PathMFATemplates}
	case tenant.PatchConnectionClients:
		return []string{tenant.ClientsPath(s.Call.ID)}
	case tenant.PatchConnection, tenant.CreateConnection:
		return []string{tenant.PathSMSConnections}
	case tenant.CreateProvider, tenant.PatchProvider, tenant.DeleteProvider:
		return []string{tenant.PathProviders}
	case tenant.CreatePhoneTemplate, tenant.PatchPhoneTemplate, tenant.DeletePhoneTemplate, tenant.ResetPhoneTemplate:
		return []string{tenant.PathPhoneTemplates}
	case tenant.CreateAction, tenant.PatchAction, tenant.DeployAction, tenant.DeleteAction:
		// A binding shows the Action that it binds, dates and all.
		return []string{tenant.PathPhoneActions, tenant.PathPhoneBindings}
	case tenant.PatchBindings:
		return []string{tenant.PathPhoneBindings}
	default: // a read, or a test message
		return nil
	}
}

// CarriesSecrets reports whether the step's body holds secrets: then reading back cannot prove that it was done, because Auth0
// never returns them, and what looks done already is written all the same.
func (s Step) CarriesSecrets() bool { return s.Call != nil && len(secretsIn(s.Call.Body)) > 0 }

// Readable reports whether a secret that was read is a value that can be written back: neither [tenant.Masked] nor taken out of
// a stored snapshot.
func Readable(secret string) bool { return !tenant.Masked(secret) && secret != tenant.Redacted }
