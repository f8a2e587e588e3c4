package plan

import (
	"cmp"
	"maps"
	"slices"

	"upe/flows/judge"
	"upe/flows/tenant"
)

const sourceTemplates = "docs: customize/phone-messages/phone-templates"

// templateTypes are the message types that Auth0 has templates for (OpenAPI description, phone templates).
var templateTypes = [...]string{"otp_verify", "otp_enroll", "change_password", "blocked_account", "password_breach"}

// templates writes the wordings that differ from what the tenant has. A template that nobody customised has no id: it is
// created (go-auth0 recording ListPhoneNotificationTemplate).
func (b *builder) templates() {
	have := b.before.PhoneTemplates()
	for _, name := range slices.Sorted(maps.Keys(b.choices.Templates)) {
		want := b.choices.Templates[name]
		if !want.is(have[name]) {
			b.template(name, have[name], want.over(have[name]))
		}
	}
}

// over completes what is wanted by what the tenant has: whether Auth0 keeps the parts of a content that are not sent is not
// documented.
func (t Template) over(have tenant.PhoneTemplate) Template {
	content := have.Content
	return Template{
		Text: cmp.Or(t.Text, content.Body.Text), Voice: cmp.Or(t.Voice, content.Body.Voice), From: cmp.Or(t.From, content.From),
	}
}

// is reports whether have says what is wanted. What is not wanted to be anything stays as it is.
func (t Template) is(have tenant.PhoneTemplate) bool {
	same := func(want, have string) bool { return want == "" || want == have }
	content := have.Content
	return !have.Disabled && same(t.Text, content.Body.Text) && same(t.Voice, content.Body.Voice) && same(t.From, content.From)
}

// content is the body of a write. Auth0 refuses empty texts and an empty sender, so they are left out.
func (t Template) content() map[string]any {
	body, content := map[string]any{}, map[string]any{}
	for _, field := range []struct {
		into       map[string]any
		key, value string
	}{{body, "text", t.Text}, {body, "voice", t.Voice}, {content, "from", t.From}} {
		if field.value != "" {
			field.into[field.key] = field.value
		}
	}
	content["body"] = body
	return content
}

func (b *builder) template(name string, have tenant.PhoneTemplate, want Template) {
	after := map[string]any{"disabled": false, "content": want.content()}
	step := Step{
		ID: "template-" + name, Kind: Request, Phase: Prepare, Basis: judge.Recorded, Source: sourceTemplates,
		Needs:     b.needs(stepProvider),
		Title:     "Write the message template " + name,
		Why:       "Users keep reading the words they know; without it they would get Auth0's default wording.",
		Dashboard: "Branding > Phone Templates > " + name, Link: linkTemplates,
		After: Encode(after),
		Done: &Check{
			Get:   tenant.Call{Op: tenant.ListPhoneTemplates},
			Match: Encode(map[string]any{"type": name}),
			Want:  Encode(map[string]any{"content": want.content()}),
		},
	}
	if have.Type != "" {
		step.Before = Encode(map[string]any{"disabled": have.Disabled, "content": Template{}.over(have).content()})
	}
	if have.Disabled {
		step.Done.Want = Encode(after)
	}
	if have.ID == "" {
		content := want.content()
		content["syntax"] = "liquid"
		step.Undo = "delete the template; Auth0's default wording comes back"
		step.UndoDashboard = "Branding > Phone Templates > " + name + ": put Auth0's default wording back, Save"
		step.Call = &tenant.Call{Op: tenant.CreatePhoneTemplate, Body: Encode(map[string]any{
			"type": name, "disabled": false, "content": content,
		})}
	} else {
		step.Undo = "put the former wording back"
		step.UndoDashboard = "Branding > Phone Templates > " + name + ": put the former wording back, Save"
		step.Call = &tenant.Call{Op: tenant.PatchPhoneTemplate, ID: have.ID, Body: Encode(after)}
	}
	b.add(step)
}

// tests asks for one message per delivery method that a move needs, or that a write to a live provider changed.
func (b *builder) tests() {
	provider := "@" + stepProvider + "#/id"
	if b.judged.Provider != nil {
		provider = b.judged.Provider.ID
	}
	why := "Auth0's answer only says that it accepted the message. A person says whether it arrived."
	if len(b.rivals()) > 0 {
		why += " This tenant has several custom-phone-provider Actions: see that the one you chose has sent it."
	}
	unproven := b.unprovenChannels()
	for _, channel := range []string{"text", "voice"} {
		if !b.moveNeeds(channel) && !slices.Contains(unproven, channel) {
			continue
		}
		b.add(Step{
			ID: "test-" + channel, Kind: Test, Phase: Testing, Channel: channel, Basis: judge.Documented, Source: sourceProvider,
			Title:     map[string]string{"text": "Send a test message (SMS)", "voice": "Send a test message (voice call)"}[channel],
			Why:       why + b.unprovenBy(channel),
			Dashboard: "Branding > Phone Provider: Send Test Message", Link: linkProvider,
			Needs: b.needs(stepProvider),
			Call: &tenant.Call{Op: tenant.TryProvider, ID: provider, Body: Encode(map[string]any{
				"delivery_method": channel, "to": map[string]any{"$input": "test.to"},
			})},
			Undo: "nothing to undo: it sends one message",
		})
	}
}

func (b *builder) moveNeeds(channel string) bool {
	return slices.ContainsFunc(b.summary.Moves, func(m Move) bool { return slices.Contains(m.Channels, channel) })
}
