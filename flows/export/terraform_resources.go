package export

import (
	"strings"

	"upe/flows/tenant"
)

// prepare are the resources that users do not notice.
func (t *terraform) prepare() *block {
	b := &block{}
	if t.c.Action != nil {
		t.action(b, t.c.Action)
	}
	if t.c.Binding != nil {
		t.binding(b, t.c.Binding)
	}
	if t.c.Provider != nil {
		t.provider(b, t.c.Provider)
	}
	for _, template := range t.c.Templates {
		t.template(b, template)
	}
	return b
}

func resource(b *block, address string) *block {
	kind, name, _ := strings.Cut(address, ".")
	return b.block(`resource "` + kind + `" "` + name + `"`)
}

func (t *terraform) action(b *block, a *Action) {
	taken(b, addressAction, a.Import)
	inner := resource(b, addressAction)
	inner.set("name", quote(a.Name))
	inner.text("runtime", strings.TrimSuffix(a.Runtime, "-actions"))
	inner.set("deploy", "true")
	inner.prose("code", a.Code)
	trigger := inner.block("supported_triggers")
	trigger.set("id", quote(tenant.TriggerPhone))
	trigger.set("version", quote("v1"))
	for _, d := range a.Dependencies {
		module := inner.block("dependencies")
		module.set("name", quote(d.Name))
		module.set("version", quote(d.Version))
	}
	for _, s := range a.Secrets {
		secret := inner.block("secrets")
		secret.set("name", quote(s.Name))
		secret.set("value", t.variable(s.Secret))
	}
}

func (t *terraform) binding(b *block, binding *Binding) {
	address := binding.kind() + ".custom_phone_provider"
	id, name := addressAction+".id", quote(binding.Name)
	if binding.ActionID != "" || t.c.Action == nil {
		id = quote(binding.ActionID)
	}
	if !binding.Others {
		taken(b, address, binding.Import)
	}
	inner := resource(b, address)
	inner.set("trigger", quote(tenant.TriggerPhone))
	into := inner
	if binding.Others {
		into.set("action_id", id)
	} else {
		into = inner.block("actions")
		into.set("id", id)
	}
	into.set("display_name", name)
}

func (t *terraform) provider(b *block, p *Provider) {
	taken(b, addressProvider, p.Import)
	inner := resource(b, addressProvider)
	inner.set("name", quote(p.Kind))
	inner.set("disabled", map[bool]string{true: "true", false: "false"}[p.Off])
	configuration := inner.block("configuration")
	configuration.set("delivery_methods", quotes(p.Methods))
	configuration.text("sid", p.SID)
	if p.twoSenders() {
		configuration.say("The tenant has the sender " + p.From + " as well, for voice. Terraform refuses the two beside each other.")
	} else {
		configuration.text("default_from", p.From)
	}
	configuration.text("mssid", p.MSSID)
	// Required, also where there is nothing in it: Auth0's page on migrating with Terraform leaves it out for a custom provider.
	credentials := inner.block("credentials")
	if p.Token != "" {
		credentials.set("auth_token", t.variable(p.Token))
	}
	if p.twoSenders() {
		inner.gap()
		inner.say("A write by Terraform would take the sender away: it is left to who wrote it.")
		frozen(inner)
	}
	var action []string
	if t.c.Action != nil {
		action = append(action, addressAction)
	}
	t.after(inner, addressProvider, p.Resource, action...)
}

// frozen has Terraform write a resource no more once it is there.
func frozen(b *block) {
	lifecycle := b.block("lifecycle")
	lifecycle.set("ignore_changes", "all")
}

func (t *terraform) template(b *block, template Template) {
	address := "auth0_branding_phone_notification_template." + t.names.name(template.Type)
	taken(b, address, template.Import)
	inner := resource(b, address)
	inner.set("type", quote(template.Type))
	inner.set("disabled", map[bool]string{true: "true", false: "false"}[template.Off])
	content := inner.block("content")
	content.text("from", template.From)
	content.set("syntax", quote("liquid"))
	body := content.block("body")
	prose(body, "text", template.Text)
	prose(body, "voice", template.Voice)
	t.after(inner, address, template.Resource)
}

// prose writes a wording; one that is not there is left out.
func prose(b *block, name, value string) {
	if value != "" {
		b.prose(name, value)
	}
}

// moves are the resources of the switch.
func (t *terraform) moves() *block {
	b := &block{}
	if t.c.Flag != nil {
		t.flag(b, t.c.Flag)
	}
	if t.c.MFA != nil {
		t.guardian(b, t.c.MFA)
	}
	addresses := map[string]string{}
	for _, c := range t.c.SMS {
		addresses[c.Import] = t.connection(b, c)
	}
	for _, client := range t.c.Clients {
		t.client(b, client, addresses)
	}
	return b
}

// flag turns the tenant's switch on when everything that users are to notice is ready. The page on migrating with Terraform sets no
// order between it and the provider, so codes could be lost in between.
func (t *terraform) flag(b *block, r *Resource) {
	taken(b, addressTenant, r.Import)
	inner := resource(b, addressTenant)
	inner.set("phone_consolidated_experience", "true")
	var ready []string
	if p := t.c.Provider; p == nil || !p.waits(r) {
		ready = t.ready()
	}
	t.after(inner, addressTenant, *r, ready...)
}

// ready are the addresses of everything that is prepared.
func (t *terraform) ready() []string {
	var all []string
	if t.c.Binding != nil {
		all = append(all, t.c.Binding.kind()+".custom_phone_provider")
	}
	for _, template := range t.c.Templates {
		all = append(all, "auth0_branding_phone_notification_template."+template.Type)
	}
	return all
}

// guardian has the phone block as it must be under the Unified Phone Experience. The other factors default to off in Terraform's schema,
// so that a resource that names none would turn off those in use: they are left alone.
func (t *terraform) guardian(b *block, m *MFA) {
	taken(b, addressGuardian, m.Import)
	inner := resource(b, addressGuardian)
	if m.Policy == "" {
		inner.set("policy", "var.mfa_policy")
	} else {
		inner.set("policy", quote(m.Policy))
	}
	phone := inner.block("phone")
	phone.set("enabled", "true")
	phone.set("message_types", quotes(m.Types))
	inner.gap()
	inner.say("The other factors are off by default in this resource. Without this line, those in use would be turned off.")
	lifecycle := inner.block("lifecycle")
	lifecycle.set("ignore_changes", "[policy, email, otp, recovery_code, duo, push, webauthn_platform, webauthn_roaming]")
	var first []string
	if t.c.Flag != nil {
		first = append(first, addressTenant)
	}
	if p := t.c.Provider; p != nil && !p.waits(&m.Resource) {
		first = append(first, addressProvider)
	}
	t.after(inner, addressGuardian, m.Resource, first...)
}

// connection stands for an sms connection so that others can refer to it, and writes nothing: Terraform's schema has no
// use_phone_provider, and every PATCH by it sends options whole, without that key.
func (t *terraform) connection(b *block, c Connection) string {
	address := "auth0_connection." + t.names.name("sms_"+c.Name)
	taken(b, address, c.Import)
	b.gap()
	b.say("Terraform cannot write options.use_phone_provider (terraform-provider-auth0 issue #1549, a user's report), and a write by it replaces " +
		"options whole: the codes of this connection would take their old way again. So it is written by upe or the API alone, and Terraform only knows of it.")
	if c.Import == "" {
		b.say("It is not there yet. Made by Terraform it would send through nobody: let upe make it, and export the run.")
	}
	inner := resource(b, address)
	inner.set("name", quote(c.Name))
	inner.set("strategy", quote("sms"))
	frozen(inner)
	t.after(inner, address, c.Resource)
	return address
}

func (t *terraform) client(b *block, c Client, connections map[string]string) {
	address := "auth0_connection_client." + t.names.name("client_"+c.ID)
	connection := quote(c.Connection)
	if known, ok := connections[c.Connection]; ok {
		connection = known + ".id"
	}
	inner := resource(b, address)
	inner.set("connection_id", connection)
	inner.set("client_id", quote(c.ID))
}
