package generate

import (
	"maps"
	"slices"
	"strings"
)

// codes are the message types of codes, and the rest those of notifications without one.
var (
	codes = []string{"otp_verify", "otp_enroll"}
	rest  = []string{"blocked_account", "change_password", "password_breach"}
)

// single is an Action with one part, which serves every message.
func single(p Part, o Options, about string) Action {
	b := newBuilder(o, p)
	b.handler("  await " + b.names[p.identity()].function + "(event, api);\n")
	return b.action(about)
}

// builder puts an Action together.
type builder struct {
	options Options
	names   map[string]naming // by the identity of a part
	pieces  sections
	out     Action
}

// newBuilder names these parts, which are all different, and writes them.
func newBuilder(o Options, parts ...Part) *builder {
	b := &builder{options: o, names: namings(parts), out: Action{Purpose: map[string]string{}}}
	for _, p := range parts {
		b.write(p, b.names[p.identity()])
	}
	return b
}

func (b *builder) write(p Part, n naming) {
	b.pieces.settings = append(b.pieces.settings, p.settings(n))
	b.pieces.parts = append(b.pieces.parts, p.function(n, b.options))
	b.pieces.needs = append(b.pieces.needs, p.needs(b.options)...)
	b.out.Notes = append(b.out.Notes, p.notes(b.options)...)
	for _, s := range p.secrets() {
		b.out.Purpose[n.secret(s.name)] = s.purpose
	}
	for _, m := range p.modules() {
		if !slices.ContainsFunc(b.out.Modules, func(other Module) bool { return other.Name == m.Name }) {
			b.out.Modules = append(b.out.Modules, m)
		}
	}
}

// handler writes the handler around its body.
func (b *builder) handler(body string) {
	var c code
	c.line("exports.onExecuteCustomPhoneProvider = async (event, api) => {")
	if b.options.NonCode == DropNonCode {
		c.line("  // Not for this Action: accounts that were blocked, passwords that were changed or found in a breach.")
		c.line("  if (!%s.includes(event.notification.message_type)) {", literals(codes))
		c.line("    api.notification.drop(`${event.notification.message_type} is no code, and this Action sends codes only`);")
		c.line("    return;")
		c.line("  }")
	}
	c.WriteString(body)
	c.line("};")
	b.pieces.handler = c.String()
}

// action is the whole. about are the paragraphs at its top.
func (b *builder) action(about ...string) Action {
	b.out.Secrets = slices.Sorted(maps.Keys(b.out.Purpose))
	slices.SortFunc(b.out.Modules, func(x, y Module) int { return strings.Compare(x.Name, y.Name) })
	if len(b.out.Secrets) > 0 {
		about = append(about, "Secrets: "+strings.Join(b.told(), "; ")+".")
	}
	b.pieces.about = comment(about...)
	b.out.Code = b.pieces.String()
	return b.out
}

// told is each secret with what it is.
func (b *builder) told() []string {
	var all []string
	for _, name := range b.out.Secrets {
		if !identifier.MatchString(name) {
			all = append(all, literal(name)+", "+b.out.Purpose[name])
			continue
		}
		all = append(all, name+", "+b.out.Purpose[name])
	}
	return all
}
