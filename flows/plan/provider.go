package plan

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"

	"upe/flows/compat"
	"upe/flows/judge"
	"upe/flows/tenant"
)

func (b *builder) provider() {
	configuration := b.configuration(b.during())
	after := map[string]any{"name": b.choices.Provider, "disabled": false, "configuration": configuration}
	step := Step{
		ID: stepProvider, Kind: Request, Phase: Prepare, Basis: judge.Recorded, Source: sourceProvider,
		Needs:     b.needs(stepFlag, stepAction, stepDeploy, stepBind),
		Dashboard: "Branding > Phone Provider: choose " + providerName(b.choices.Provider) + ", select the delivery methods, Save",
		Link:      linkProvider,
		After:     Encode(after),
	}
	if existing := b.judged.Provider; existing == nil {
		step.Title = fmt.Sprintf("Create the tenant-level provider (%s)", providerName(b.choices.Provider))
		step.Why = b.whyCreate()
		step.Undo = "delete the provider, last of all: the codes of a flow that still sends through it would be lost"
		step.UndoDashboard = "when every flow is back on its own settings: Branding > Phone Provider > Phone Message Provider: off, Save"
		step.Call = &tenant.Call{Op: tenant.CreateProvider}
		step.Done = &Check{
			Match: Encode(map[string]any{"name": b.choices.Provider}),
			Want:  Encode(map[string]any{"disabled": false, "configuration": configuration}),
		}
	} else {
		want := maps.Clone(after)
		want["configuration"] = b.cleared(existing, configuration)
		if b.providerStands(want) {
			return
		}
		step.Title = fmt.Sprintf("Update the tenant-level provider (%s)", providerName(b.choices.Provider))
		step.Why = b.whyUpdate(existing)
		step.Undo, step.UndoDashboard = b.undoUpdate(existing)
		step.OneWay = b.losesToken(existing)
		step.Before = b.partOf(tenant.PathProviders, "/providers/0", after)
		step.Call = &tenant.Call{Op: tenant.PatchProvider, ID: existing.ID}
		step.Done = &Check{Match: Encode(map[string]any{"id": existing.ID}), Want: Encode(want)}
	}
	step.Done.Get = tenant.Call{Op: tenant.ListProviders}
	step.Call.Body = b.providerBody(after)
	b.add(step)
}

// providerBody is what is sent, with the credentials where they are needed. They are required to create a provider, also a custom
// one (deploy-cli pull request #1474), and the token of another account would be wrong for an existing one.
func (b *builder) providerBody(after map[string]any) json.RawMessage {
	body := maps.Clone(after)
	if b.keepsCredentials() {
		return Encode(body)
	}
	credentials := map[string]any{}
	if b.choices.Provider == tenant.KindTwilio {
		credentials["auth_token"] = b.ask(SecretTwilioToken, whyTwilioToken)
	}
	body["credentials"] = credentials
	return Encode(body)
}

// keepsCredentials reports whether the provider's credentials stay as they are: a PATCH without them leaves them in force (auth0-cli
// phone test cases, 007). Those of a provider that sends now have proven themselves; whether those of another one are right
// nobody knows, so they are entered.
func (b *builder) keepsCredentials() bool {
	existing := b.judged.Provider
	if existing == nil || !b.judged.Live.Live || existing.Name != b.choices.Provider {
		return false
	}
	return existing.Name != tenant.KindTwilio || existing.Configuration.SID == b.choices.Twilio.SID
}

// losesToken reports whether a write replaces an AuthToken that messages are sent with now.
func (b *builder) losesToken(existing *tenant.Provider) bool {
	return b.judged.Live.Live && existing.Name == tenant.KindTwilio && !b.keepsCredentials()
}

func (b *builder) whyCreate() string {
	if b.flagFirst() {
		return "Auth0 refuses to create it before the flag here, so it comes right after it."
	}
	if len(b.summary.Moves) == 0 {
		return "Nothing sends through it before a flow is switched on."
	}
	return b.whoMoves() + " through it once switched on. Until then nothing does."
}

// whoMoves names what moves, with its verb: "MFA sends".
func (b *builder) whoMoves() string {
	var titles []string
	for _, m := range b.summary.Moves {
		titles = append(titles, m.Title)
	}
	last := len(titles) - 1
	switch more := len(titles) - mostNames; {
	case last == 0:
		return titles[0] + " sends"
	case more > 1:
		return fmt.Sprintf("%s and %d more send", strings.Join(titles[:mostNames], ", "), more)
	}
	return strings.Join(titles[:last], ", ") + " and " + titles[last] + " send"
}

func (b *builder) whyUpdate(existing *tenant.Provider) string {
	why := "A tenant has one provider, and this tenant has it already."
	switch {
	case !b.judged.Live.Live:
		return why + " Nothing is sent through it yet."
	case existing.Name != b.choices.Provider:
		why = fmt.Sprintf("It is %s now. The new way cannot be tested before: a test would go the old one.", providerName(existing.Name))
	case existing.Name == tenant.KindTwilio && !b.keepsCredentials():
		why = fmt.Sprintf("It uses the Twilio account %s now. The new one cannot be tested before: a test would go through the old one.",
			existing.Configuration.SID)
	}
	if b.losesToken(existing) {
		why += " " + whyOneWay
	}
	return why
}

// undoUpdate says how to take a change of the provider back, and with which clicks.
func (b *builder) undoUpdate(existing *tenant.Provider) (words, clicks string) {
	words = "put the provider's former configuration back"
	clicks = "Branding > Phone Provider: choose " + providerName(existing.Name) + ", put the former settings back"
	if existing.Name == tenant.KindTwilio && !b.keepsCredentials() {
		words += "; its credentials must be entered again"
		clicks += ", enter its former AuthToken"
	}
	if existing.Disabled {
		words += "; last of all turn it off again: the codes of a flow that still sends through it would be lost"
		clicks += "; when every flow is back on its own settings, Phone Message Provider: off"
	}
	return words, clicks + ", Save"
}

// cleared is configuration for a check, with null for what the provider has now and is to lose: without it, a Messaging Service
// that was left in place would go unnoticed.
func (b *builder) cleared(existing *tenant.Provider, configuration map[string]any) map[string]any {
	want := maps.Clone(configuration)
	if b.choices.Provider != tenant.KindTwilio {
		return want
	}
	has := map[string]string{"default_from": existing.Configuration.DefaultFrom, "mssid": existing.Configuration.MSSID}
	for key, value := range has {
		if _, wanted := want[key]; !wanted && value != "" {
			want[key] = nil
		}
	}
	return want
}

// providerStands reports whether the provider is already as wanted. A Twilio provider that sends nothing yet is written all the
// same, because nobody knows whether its credentials are right; writing a live one again could only harm.
func (b *builder) providerStands(want map[string]any) bool {
	have, err := Decode(b.part(tenant.PathProviders, "/providers/0"))
	proven := b.judged.Live.Live || b.choices.Provider == tenant.KindCustom
	return err == nil && proven && Contains(have, want)
}

// configuration is the provider's configuration with these delivery methods.
func (b *builder) configuration(methods compat.Methods) map[string]any {
	list := []any{}
	for _, m := range methods.List() {
		list = append(list, string(m))
	}
	configuration := map[string]any{"delivery_methods": list}
	if b.choices.Provider != tenant.KindTwilio {
		return configuration
	}
	t := b.choices.Twilio
	configuration["sid"] = t.SID
	if t.From != "" {
		configuration["default_from"] = t.From
	}
	if t.MessagingServiceSID != "" {
		configuration["mssid"] = t.MessagingServiceSID
	}
	return configuration
}

func providerName(kind string) string {
	if kind == tenant.KindTwilio {
		return "Twilio"
	}
	return "custom"
}

// partOf is an object of the redacted snapshot with the keys of like alone, so that before and after can be compared.
func (b *builder) partOf(path, pointer string, like map[string]any) json.RawMessage {
	value, err := Decode(b.part(path, pointer))
	object, ok := value.(map[string]any)
	if err != nil || !ok {
		return nil
	}
	maps.DeleteFunc(object, func(key string, _ any) bool { _, kept := like[key]; return !kept })
	return Encode(object)
}

// part is a value of the redacted snapshot, nil when it is not there.
func (b *builder) part(path, pointer string) json.RawMessage {
	document, err := Decode(b.before.Parts[path].Raw)
	if err != nil {
		return nil
	}
	value, ok := At(document, pointer)
	if !ok {
		return nil
	}
	return Encode(value)
}
