package export

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"upe/flows/tenant"
)

// deploy is the configuration as the Deploy CLI's assets, one field a kind (schema of auth0-deploy-cli 8).
type deploy struct {
	Tenant       map[string]any
	Actions      []map[string]any
	Triggers     map[string][]map[string]any
	Providers    []map[string]any
	Templates    []map[string]any
	Factors      []map[string]any
	MessageTypes map[string]any
	Connections  []map[string]any
	code         []File
	keywords     map[string]string // by keyword: the name of the secret
	notes        []string
}

// asset is one kind of what the Deploy CLI manages, as its YAML file and AUTH0_INCLUDED_ONLY name it.
type asset struct {
	kind  string
	value any
	has   bool
}

func (d *deploy) assets() []asset {
	all := []asset{
		{"tenant", d.Tenant, d.Tenant != nil},
		{"actions", d.Actions, d.Actions != nil},
		{"triggers", d.Triggers, d.Triggers != nil},
		{"phoneProviders", d.Providers, d.Providers != nil},
		{"phoneTemplates", d.Templates, d.Templates != nil},
		{"guardianFactors", d.Factors, d.Factors != nil},
		{"guardianPhoneFactorMessageTypes", d.MessageTypes, d.MessageTypes != nil},
		{"connections", d.Connections, d.Connections != nil},
	}
	return slices.DeleteFunc(all, func(a asset) bool { return !a.has })
}

// fileSettings is an example of the Deploy CLI's own settings: which kinds it may touch, and the keywords to fill in. It has another
// name than config.json, so that nothing is replaced by it.
const fileSettings = "config.json.example"

// DeployYAML is the configuration as a YAML file of that name for the Deploy CLI, with the code of Actions beside it.
func DeployYAML(c Configuration, name string) ([]File, error) {
	d := deployed(c)
	head := &block{} // a comment of YAML looks like one of HCL
	head.say(d.header(c)...)
	out := bytes.NewBufferString(head.String())
	document, err := d.node()
	if err == nil {
		encoder := yaml.NewEncoder(out)
		encoder.SetIndent(2)
		err = encoder.Encode(document)
	}
	if err != nil {
		return nil, fmt.Errorf("write the export as YAML: %w", err)
	}
	settings, err := d.settings(c)
	return append(append([]File{{name, out.String()}}, d.code...), settings), err
}

// DeployDirectory is the configuration as the Deploy CLI's directory format.
func DeployDirectory(c Configuration) ([]File, error) {
	d := deployed(c)
	files := slices.Clone(d.code)
	put := func(name string, value any) error {
		raw, err := document(value)
		files = append(files, File{name, raw})
		return err
	}
	var errs []error
	one := func(folder, by string, list []map[string]any) {
		taken := map[string]bool{}
		for _, value := range list {
			name := fileName(text(value, by), taken)
			errs = append(errs, put(folder+"/"+name+".json", value))
		}
	}
	if d.Tenant != nil {
		errs = append(errs, put("tenant.json", d.Tenant))
	}
	one("actions", "name", d.Actions)
	if d.Triggers != nil {
		errs = append(errs, put("triggers/triggers.json", d.Triggers))
	}
	if d.Providers != nil {
		errs = append(errs, put("phone-providers/provider.json", d.Providers))
	}
	one("phone-templates", "type", d.Templates)
	one("guardian/factors", "name", d.Factors)
	if d.MessageTypes != nil {
		errs = append(errs, put("guardian/phoneFactorMessageTypes.json", d.MessageTypes))
	}
	one("connections", "name", d.Connections)
	readme := "# Export\n"
	for _, note := range d.header(c) {
		readme += "\n" + strings.Join(wrap(note, 100), "\n") + "\n"
	}
	files = append(files, File{"README.md", readme})
	settings, err := d.settings(c)
	files = append(files, settings)
	for _, e := range append(errs, err) {
		if e != nil {
			return nil, e
		}
	}
	return files, nil
}

// deployed turns a configuration into assets.
func deployed(c Configuration) *deploy {
	d := &deploy{keywords: map[string]string{}}
	if c.Flag != nil {
		d.Tenant = map[string]any{"phone_consolidated_experience": true}
	}
	if c.Action != nil {
		d.action(c.Action)
	}
	d.trigger(c)
	if c.Provider != nil {
		d.provider(c.Provider)
	}
	for _, t := range c.Templates {
		d.Templates = append(d.Templates, template(t))
	}
	if c.MFA != nil {
		d.Factors = []map[string]any{{"name": "sms", "enabled": true}}
		d.MessageTypes = map[string]any{"message_types": c.MFA.Types}
	}
	for _, one := range c.SMS {
		d.connection(one)
	}
	if len(c.Clients) > 0 {
		d.notes = append(d.notes, "The applications that the plan enables on a connection are not exported: enabled_clients replaces the whole list, and the plan does not hold it.")
	}
	return d
}

func (d *deploy) action(a *Action) {
	name := fileName(a.Name, map[string]bool{})
	path := "actions/" + name + "/code.js"
	d.code = append(d.code, File{path, a.Code})
	dependencies, secrets := []map[string]any{}, []map[string]any{}
	for _, m := range a.Dependencies {
		dependencies = append(dependencies, map[string]any{"name": m.Name, "version": m.Version})
	}
	for _, s := range a.Secrets {
		secrets = append(secrets, map[string]any{"name": s.Name, "value": d.keyword(s.Secret)})
	}
	d.Actions = append(d.Actions, map[string]any{
		"name": a.Name, "code": "./" + path, "runtime": a.Runtime, "dependencies": dependencies, "secrets": secrets, "deployed": true,
		"supported_triggers": []map[string]any{{"id": tenant.TriggerPhone, "version": "v1"}},
	})
}

// trigger is the whole list of what is bound, because the Deploy CLI replaces it. It names Actions by their names.
func (d *deploy) trigger(c Configuration) {
	switch b := c.Binding; {
	case b == nil:
	case b.Others, b.ActionID != "", c.Action == nil:
		d.notes = append(d.notes, "The binding is not exported: the Deploy CLI replaces a trigger's whole list by the names of its Actions, and the plan does not hold those.")
	default:
		d.Triggers = map[string][]map[string]any{tenant.TriggerPhone: {{"action_name": c.Action.Name, "display_name": b.Name}}}
	}
}

func (d *deploy) provider(p *Provider) {
	configuration := map[string]any{"delivery_methods": p.Methods}
	for key, value := range map[string]string{"sid": p.SID, "default_from": p.From, "mssid": p.MSSID} {
		if value != "" {
			configuration[key] = value
		}
	}
	credentials := map[string]any{} // required also where it is empty (auth0-deploy-cli pull request #1474)
	if p.Token != "" {
		credentials["auth_token"] = d.keyword(p.Token)
	}
	d.Providers = []map[string]any{{"name": p.Kind, "disabled": p.Off, "configuration": configuration, "credentials": credentials}}
}

func template(t Template) map[string]any {
	body, content := map[string]any{}, map[string]any{"syntax": "liquid"}
	for _, field := range []struct {
		into       map[string]any
		key, value string
	}{{body, "text", t.Text}, {body, "voice", t.Voice}, {content, "from", t.From}} {
		if field.value != "" { // Auth0 refuses an empty one (auth0-deploy-cli pull request #1457)
			field.into[field.key] = field.value
		}
	}
	content["body"] = body
	return map[string]any{"type": t.Type, "disabled": t.Off, "content": content}
}

// connection exports a connection whose options are known whole: the Deploy CLI replaces them.
func (d *deploy) connection(c Connection) {
	if !c.Known {
		d.notes = append(d.notes, fmt.Sprintf("The connection %q is not exported: its options could not be read whole, and the Deploy CLI replaces them.", c.Name))
		return
	}
	options, _ := d.keyworded(c.Options).(map[string]any)
	d.Connections = append(d.Connections, map[string]any{"name": c.Name, "strategy": "sms", "options": options})
}

// keyworded puts keywords in the place of secrets, and plain numbers in that of JSON's.
func (d *deploy) keyworded(value any) any {
	switch v := value.(type) {
	case map[string]any:
		if secret := secretOf(v); secret != "" {
			return d.keyword(secret)
		}
		out := maps.Clone(v)
		for key, inner := range v {
			out[key] = d.keyworded(inner)
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, inner := range v {
			out[i] = d.keyworded(inner)
		}
		return out
	case json.Number:
		if n, err := v.Int64(); err == nil {
			return n
		}
		if f, err := v.Float64(); err == nil {
			return f
		}
		return v.String()
	}
	return value
}

// keyword is the mark that the Deploy CLI replaces by a value, quotes and all, so that a value may hold any character.
func (d *deploy) keyword(secret string) string {
	name := keyword(secret)
	for i := 2; d.keywords[name] != "" && d.keywords[name] != secret; i++ {
		name = fmt.Sprintf("%s_%d", keyword(secret), i)
	}
	d.keywords[name] = secret
	return "@@" + name + "@@"
}

func (d *deploy) settings(c Configuration) (File, error) {
	mappings, kinds := map[string]string{}, []string{}
	for _, a := range d.assets() {
		kinds = append(kinds, a.kind)
	}
	for name := range d.keywords {
		mappings[name] = ""
	}
	raw, err := document(map[string]any{
		"AUTH0_DOMAIN": c.Tenant.Domain, "AUTH0_ALLOW_DELETE": false, "AUTH0_INCLUDED_ONLY": kinds, "AUTH0_KEYWORD_REPLACE_MAPPINGS": mappings,
	})
	return File{fileSettings, raw}, err
}

// header is what somebody has to know who imports these files.
func (d *deploy) header(c Configuration) []string {
	notes := []string{
		"Made by upe from " + c.From + ", for the tenant " + c.Tenant.Domain + ".",
		"The Deploy CLI has no test message between preparing and switching. Let upe carry the plan out, then take these files over into yours. " +
			"They hold what the plan writes and nothing else, so import them with AUTH0_ALLOW_DELETE off: with it, Actions, templates and connections " +
			"that are not in them would be deleted.",
		"Secrets are keywords (@@NAME@@): give their values in AUTH0_KEYWORD_REPLACE_MAPPINGS, see " + fileSettings + ".",
		"Take guardianFactorProviders, guardianFactorTemplates and guardianPhoneFactorSelectedProvider out of your own files where they are about sms or " +
			"phone: with the Unified Phone Experience Auth0 refuses them, and versions before 2026-07 fail by that (auth0-deploy-cli pull request #1429).",
	}
	if len(d.Connections) > 0 {
		notes = append(notes, "options of a connection are replaced whole. use_phone_provider is undocumented (terraform-provider-auth0 issue #1549, a user's "+
			"report): a file of yours without it takes the connection's codes back to their old way.")
	}
	if len(d.Connections) > 0 && len(d.Providers) > 0 {
		notes = append(notes, "The Deploy CLI (8.44) writes connections before the phone provider and the tenant's switch last. On a tenant where upe has not "+
			"carried the plan out, codes of these connections would be lost in between.")
	}
	return append(append(notes, d.notes...), c.Notes...)
}
