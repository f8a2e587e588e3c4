package export

import (
	"slices"
	"strings"

	"upe/flows/tenant"
)

// The files of a Terraform export.
const (
	fileVersions  = "versions.tf"
	fileVariables = "variables.tf"
	filePrepare   = "prepare.tf"
	fileSwitch    = "switch.tf"
)

// The addresses of the resources there is one of.
const (
	addressProvider = "auth0_phone_provider.phone"
	addressAction   = "auth0_action.custom_phone_provider"
	addressTenant   = "auth0_tenant.tenant"
	addressGuardian = "auth0_guardian.guardian"
)

// terraform is one export in the making.
type terraform struct {
	c         Configuration
	names     namer // of templates and connections
	variables namer
	secrets   []variable
	where     map[string]string // the address that a step of the plan writes
}

type variable struct{ name, secret string }

// Terraform is the configuration as files of Terraform, version 1.5 or newer (import blocks), for Auth0's provider of version 1.49 or
// newer (the first whose auth0_guardian works on a tenant with the Unified Phone Experience).
func Terraform(c Configuration) []File {
	t := &terraform{c: c, where: map[string]string{}}
	t.addresses()
	prepare, move := t.prepare(), t.moves()
	files := []File{
		{fileVersions, t.versions()},
		{fileVariables, t.declared()},
		{filePrepare, prepare.String()},
		{fileSwitch, move.String()},
	}
	return slices.DeleteFunc(files, func(f File) bool { return f.Data == "" })
}

// Joined is an export as one text: each file behind a line with its name, which is a comment.
func Joined(files []File) string {
	var out strings.Builder
	for i, f := range files {
		if i > 0 {
			out.WriteByte('\n')
		}
		out.WriteString("# " + f.Name + "\n\n" + f.Data)
	}
	return out.String()
}

// addresses remembers which step is written by which resource, for depends_on.
func (t *terraform) addresses() {
	put := func(address string, r Resource) {
		for _, step := range r.steps {
			t.where[step] = address
		}
	}
	if t.c.Provider != nil {
		put(addressProvider, t.c.Provider.Resource)
	}
	if t.c.Action != nil {
		put(addressAction, t.c.Action.Resource)
	}
	if t.c.Binding != nil {
		put(t.c.Binding.kind()+".custom_phone_provider", t.c.Binding.Resource)
	}
	if t.c.Flag != nil {
		put(addressTenant, *t.c.Flag)
	}
	if t.c.MFA != nil {
		put(addressGuardian, t.c.MFA.Resource)
	}
	for _, template := range t.c.Templates {
		put("auth0_branding_phone_notification_template."+template.Type, template.Resource)
	}
}

// after writes depends_on: the resources of the steps that come first, and those named. Terraform orders by it alone, and undoes in
// the opposite order.
func (t *terraform) after(b *block, address string, r Resource, more ...string) {
	var first []string
	for _, step := range r.needs {
		first = append(first, t.where[step])
	}
	first = append(first, more...)
	slices.Sort(first)
	first = slices.DeleteFunc(slices.Compact(first), func(a string) bool { return a == "" || a == address })
	if len(first) > 0 {
		b.gap()
		b.set("depends_on", list(first))
	}
}

// taken has an existing resource taken over, instead of made a second time.
func taken(b *block, address, id string) {
	if id != "" {
		inner := b.block("import")
		inner.set("to", address)
		inner.set("id", quote(id))
	}
}

// variable is the expression for a secret. It is declared once.
func (t *terraform) variable(secret string) string {
	for _, v := range t.secrets {
		if v.secret == secret {
			return "var." + v.name
		}
	}
	v := variable{t.variables.name(secret), secret}
	t.secrets = append(t.secrets, v)
	return "var." + v.name
}

func (t *terraform) versions() string {
	b := &block{}
	b.say(t.header()...)
	b.gap()
	inner := b.block("terraform")
	inner.set("required_version", quote(">= 1.5"))
	auth0 := inner.block("required_providers")
	auth0.set("auth0", "{\n      source  = \"auth0/auth0\"\n      version = \">= 1.49.0\"\n    }")
	return b.String()
}

// header is what somebody has to know who applies these files.
func (t *terraform) header() []string {
	notes := []string{
		"Made by upe from " + t.c.From + ", for the tenant " + t.c.Tenant.Domain + ".",
		"Terraform has no test message between preparing and switching, and knows nothing of a user's codes. Let upe carry the plan out, then " +
			"apply these files: they take over what is there. Who applies them instead applies " + filePrepare + " first, without " + fileSwitch +
			", sends a test message, and adds " + fileSwitch + " only then.",
		"Where your code has such a resource already, put these attributes into yours, and leave the one here and its import block out: there is one " +
			"tenant, one guardian, one phone provider. In auth0_guardian remove provider and options from the phone block: with the Unified " +
			"Phone Experience they are an error.",
		"Values of sensitive variables are stored in Terraform's state as they are. A text is compared in Unicode's normal form C.",
	}
	return append(notes, t.c.Notes...)
}

func (t *terraform) declared() string {
	b := &block{}
	for _, v := range t.secrets {
		inner := b.block(`variable "` + v.name + `"`)
		inner.text("description", "The secret that upe calls "+strings.Join(wrap(v.secret, 200), " "))
		inner.set("type", "string")
		inner.set("sensitive", "true")
	}
	if m := t.c.MFA; m != nil && m.Policy == "" {
		inner := b.block(`variable "mfa_policy"`)
		inner.text("description", "When users are asked for MFA: never, all-applications or confidence-score. As the tenant has it (GET /guardian/policies): the plan does not change it.")
		inner.set("type", "string")
	}
	return b.String()
}

// kind is the resource type of a binding: the one that holds the whole list where the Action is alone in it, else the one that adds
// to it.
func (b *Binding) kind() string {
	if b.Others {
		return "auth0_trigger_action"
	}
	return "auth0_trigger_actions"
}

// twoSenders reports whether the provider has what Terraform's schema refuses beside each other (ConflictsWith, provider 1.24): a
// default sender and a Messaging Service. Auth0's API takes both, and Auth0's own example writes both.
func (p *Provider) twoSenders() bool {
	return p.Kind == tenant.KindTwilio && p.From != "" && p.MSSID != ""
}
