package export_test

import (
	"encoding/json"
	"errors"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/hashicorp/hcl/v2/hclwrite"
	"go.yaml.in/yaml/v3"

	"upe/flows/export"
	"upe/flows/plan"
	"upe/flows/tenant"
)

var update = flag.Bool("update", false, "rewrite the expected exports")

// plans are the plans that flows/plan is held against.
func plans(t *testing.T) map[string]plan.Plan {
	t.Helper()
	paths, err := filepath.Glob("../plan/testdata/*.json")
	if err != nil || len(paths) < 10 {
		t.Fatalf("plans: %v, %v", paths, err)
	}
	all := map[string]plan.Plan{}
	for _, path := range paths {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		p, err := plan.Parse(raw)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		all[strings.TrimSuffix(filepath.Base(path), ".json")] = p
	}
	return all
}

func exported(t *testing.T, s export.Source) export.Configuration {
	t.Helper()
	s.From = "plan.json"
	c, err := export.Of(s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestGolden holds every export of a few plans, so that a change of one shows in review.
func TestGolden(t *testing.T) {
	t.Parallel()
	all := plans(t)
	for _, name := range []string{"mfa-and-passwordless", "custom-new", "from-scratch", "live-to-custom"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := exported(t, export.Source{Plan: all[name]})
			files, err := export.DeployYAML(c, "tenant.yaml")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, name+".tf", export.Joined(export.Terraform(c)))
			golden(t, name+".yaml", export.Joined(files))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

// TestTerraformParses holds every plan's export against HashiCorp's parser and formatter, and its references against what is there.
func TestTerraformParses(t *testing.T) {
	t.Parallel()
	for name, p := range plans(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := export.Terraform(exported(t, export.Source{Plan: p}))
			there := map[string]bool{}
			var bodies []*hclsyntax.Body
			for _, f := range files {
				body := parsed(t, f)
				bodies = append(bodies, body)
				for _, b := range body.Blocks {
					switch b.Type {
					case "resource":
						there[strings.Join(b.Labels, ".")] = true
					case "variable":
						there["var."+b.Labels[0]] = true
					}
				}
			}
			for _, body := range bodies {
				for _, ref := range references(body) {
					if !there[ref] {
						t.Errorf("%s is referred to, and not there: %v", ref, there)
					}
				}
			}
			if p.Summary.MessageTypes != nil && !there["auth0_guardian.guardian"] {
				t.Error("MFA moves, and its guardian block is not exported")
			}
		})
	}
}

func parsed(t *testing.T, f export.File) *hclsyntax.Body {
	t.Helper()
	file, diagnostics := hclsyntax.ParseConfig([]byte(f.Data), f.Name, hcl.InitialPos)
	if diagnostics.HasErrors() {
		t.Fatalf("%s does not parse: %v\n%s", f.Name, diagnostics, f.Data)
	}
	if diff := cmp.Diff(string(hclwrite.Format([]byte(f.Data))), f.Data); diff != "" {
		t.Errorf("%s is not formatted (-hclwrite +ours):\n%s", f.Name, diff)
	}
	body, ok := file.Body.(*hclsyntax.Body)
	if !ok {
		t.Fatalf("%s is no HCL of the native syntax", f.Name)
	}
	return body
}

// references are the resources and variables that a body names, also those of depends_on and import.
func references(body *hclsyntax.Body) []string {
	var all []string
	for name, a := range body.Attributes {
		if name == "ignore_changes" {
			continue
		}
		for _, v := range a.Expr.Variables() {
			if len(v) < 2 {
				continue // the name of a type
			}
			if next, ok := v[1].(hcl.TraverseAttr); ok {
				all = append(all, v.RootName()+"."+next.Name)
			}
		}
	}
	for _, b := range body.Blocks {
		all = append(all, references(b.Body)...)
	}
	return all
}

// schemas are the attributes and blocks of Auth0's Terraform provider (its documentation, 1.49 to 1.55) as far as an export may use
// them; "!" marks what is required. A block that holds nothing but what it names stands with a dot.
func schemas() map[string]string {
	return map[string]string{
		"auth0_phone_provider":                                    "name! disabled depends_on configuration! credentials! lifecycle",
		"auth0_phone_provider.configuration":                      "delivery_methods! sid default_from mssid",
		"auth0_phone_provider.credentials":                        "auth_token",
		"auth0_branding_phone_notification_template":              "type! disabled depends_on content",
		"auth0_branding_phone_notification_template.content":      "from syntax body",
		"auth0_branding_phone_notification_template.content.body": "text voice",
		"auth0_action":                    "name! code! runtime deploy supported_triggers! dependencies secrets",
		"auth0_action.supported_triggers": "id! version!",
		"auth0_action.dependencies":       "name! version!",
		"auth0_action.secrets":            "name! value!",
		"auth0_trigger_actions":           "trigger! actions!",
		"auth0_trigger_actions.actions":   "id! display_name!",
		"auth0_trigger_action":            "trigger! action_id! display_name",
		"auth0_tenant":                    "phone_consolidated_experience depends_on",
		"auth0_guardian":                  "policy! phone lifecycle depends_on",
		"auth0_guardian.phone":            "enabled! message_types",
		"auth0_connection":                "name! strategy! lifecycle depends_on",
		"auth0_connection_client":         "connection_id! client_id!",
	}
}

func TestTerraformSchema(t *testing.T) {
	t.Parallel()
	used := map[string]bool{}
	var look func(at string, body *hclsyntax.Body)
	look = func(at string, body *hclsyntax.Body) {
		used[at] = true
		has := map[string]bool{}
		for name := range body.Attributes {
			has[name] = true
		}
		for _, b := range body.Blocks {
			has[b.Type] = true
			if b.Type != "lifecycle" {
				look(at+"."+b.Type, b.Body)
			}
		}
		for name := range strings.FieldsSeq(schemas()[at]) {
			bare := strings.TrimSuffix(name, "!")
			if bare != name && !has[bare] {
				t.Errorf("%s has no %s", at, bare)
			}
			delete(has, bare)
		}
		for name := range has {
			t.Errorf("%s has %s, which the provider does not know", at, name)
		}
	}
	for _, p := range plans(t) {
		for _, f := range export.Terraform(exported(t, export.Source{Plan: p})) {
			for _, b := range parsed(t, f).Blocks {
				if b.Type == "resource" {
					look(b.Labels[0], b.Body)
				}
			}
		}
	}
	for at := range schemas() {
		if !used[at] && !strings.HasPrefix(at, "auth0_trigger_actions") {
			t.Errorf("no plan is exported with %s", at)
		}
	}
}

// TestTwoSenders: Auth0's example writes a sender and a Messaging Service; its provider refuses the two beside each other.
func TestTwoSenders(t *testing.T) {
	t.Parallel()
	c := export.Configuration{Provider: &export.Provider{
		Kind: tenant.KindTwilio, Methods: []string{"text", "voice"}, SID: "AC1", From: "+15005550006", MSSID: "MG1", Token: "twilio.auth_token",
	}}
	text := export.Joined(export.Terraform(c))
	if strings.Contains(text, "default_from") || !strings.Contains(text, "ignore_changes = all") || !strings.Contains(text, "+15005550006 as well") {
		t.Errorf("both senders, or the one is lost:\n%s", text)
	}
}

// TestTerraformOrder: the page on migrating with Terraform orders the guardian alone. Here the switch waits for all that is prepared.
func TestTerraformOrder(t *testing.T) {
	t.Parallel()
	all := plans(t)
	for name, want := range map[string]map[string]string{
		"mfa-twilio": {
			"auth0_tenant.tenant":     "[auth0_branding_phone_notification_template.otp_enroll, auth0_branding_phone_notification_template.otp_verify, auth0_phone_provider.phone]",
			"auth0_guardian.guardian": "[auth0_phone_provider.phone, auth0_tenant.tenant]",
		},
		"custom-new": {
			"auth0_phone_provider.phone": "[auth0_action.custom_phone_provider, auth0_trigger_action.custom_phone_provider]",
		},
		"flag-first": { // the tenant refuses the provider before the flag, so it is the other way round
			"auth0_phone_provider.phone": "[auth0_tenant.tenant]",
			"auth0_tenant.tenant":        "",
		},
	} {
		got := dependsOn(t, export.Terraform(exported(t, export.Source{Plan: all[name]})))
		for address, after := range want {
			if got[address] != after {
				t.Errorf("%s: %s depends on %q, want %q", name, address, got[address], after)
			}
		}
	}
}

// TestTerraformHasNoCircle: Terraform refuses resources that wait for each other.
func TestTerraformHasNoCircle(t *testing.T) {
	t.Parallel()
	for name, p := range plans(t) {
		after := dependsOn(t, export.Terraform(exported(t, export.Source{Plan: p})))
		var visit func(address string, path []string)
		visit = func(address string, path []string) {
			if slices.Contains(path, address) {
				t.Fatalf("%s: a circle: %v, %s", name, path, address)
			}
			for other := range strings.SplitSeq(strings.Trim(after[address], "[]"), ", ") {
				if other != "" {
					visit(other, append(slices.Clone(path), address))
				}
			}
		}
		for address := range after {
			visit(address, nil)
		}
	}
}

func dependsOn(t *testing.T, files []export.File) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, f := range files {
		for _, b := range parsed(t, f).Blocks {
			if a := b.Body.Attributes["depends_on"]; a != nil && b.Type == "resource" {
				r := a.Expr.Range()
				all[strings.Join(b.Labels, ".")] = f.Data[r.Start.Byte:r.End.Byte]
			}
		}
	}
	return all
}

// TestTerraformTool has Terraform itself look at the format, where it is installed. `validate` would need Auth0's provider.
func TestTerraformTool(t *testing.T) {
	t.Parallel()
	terraform, err := exec.LookPath("terraform")
	if err != nil {
		t.Skip("terraform is not installed")
	}
	dir := t.TempDir()
	for name, p := range plans(t) {
		for _, f := range export.Terraform(exported(t, export.Source{Plan: p})) {
			if err := os.WriteFile(filepath.Join(dir, name+"-"+f.Name), []byte(f.Data), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if out, err := exec.CommandContext(t.Context(), terraform, "fmt", "-check", "-diff", dir).CombinedOutput(); err != nil {
		t.Errorf("terraform fmt -check: %v\n%s", err, out)
	}
}

// TestImports: a run knows the ids of what it has made, so that Terraform takes all of it over.
func TestImports(t *testing.T) {
	t.Parallel()
	p := plans(t)["mfa-twilio"]
	made := map[string]string{"provider": "pro_1", "template-otp_enroll": "tem_1", "template-otp_verify": "tem_2"}
	c := exported(t, export.Source{Plan: p, Made: made, Policy: []string{}})
	text := export.Joined(export.Terraform(c))
	for _, want := range []string{`id = "pro_1"`, `id = "tem_1"`, `id = "tem_2"`, `id = "acme.us.auth0.com"`, `policy = "never"`} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if planned := export.Joined(export.Terraform(exported(t, export.Source{Plan: p}))); strings.Contains(planned, "pro_1") ||
		!strings.Contains(planned, "policy = var.mfa_policy") {
		t.Errorf("a plan knows of what is not there yet:\n%s", planned)
	}
}

// TestManaged: what tells that a tool keeps the tenant stands in every export where it is read first, and is a comment whatever the
// application is called.
func TestManaged(t *testing.T) {
	t.Parallel()
	p := plans(t)["mfa-twilio"]
	c := exported(t, export.Source{Plan: p, Managed: "This tenant is managed with Terraform. Application CI\nresource \"x\" {, last on 2026-11-14."})
	files, err := export.DeployYAML(c, "tenant.yaml")
	if err != nil {
		t.Fatal(err)
	}
	folder, err := export.DeployDirectory(c)
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{export.Joined(export.Terraform(c)), export.Joined(files), export.Joined(folder)} {
		head, _, _ := strings.Cut(text, "required_version")
		if !strings.Contains(head, "managed with Terraform") || !strings.Contains(head, "hold such runs back") || strings.Contains(head, "\nresource") {
			t.Error(head)
		}
	}
	for _, f := range export.Terraform(c) {
		parsed(t, f)
	}
	if silent := exported(t, export.Source{Plan: p}); strings.Contains(strings.Join(silent.Notes, ""), "managed") {
		t.Errorf("nothing tells of a tool: %v", silent.Notes)
	}
}

func TestRefused(t *testing.T) {
	t.Parallel()
	if _, err := export.Of(export.Source{Plan: plan.Plan{Reverts: "sha256:1"}}); !errors.Is(err, export.ErrBack) {
		t.Errorf("a way back: %v", err)
	}
	if _, err := export.Of(export.Source{}); !errors.Is(err, export.ErrNothing) {
		t.Errorf("nothing to write: %v", err)
	}
	odd := plan.Plan{Steps: []plan.Step{{ID: "x", Kind: plan.Request, Call: &tenant.Call{Op: tenant.DeleteProvider, ID: "pro_1"}}}}
	if _, err := export.Of(export.Source{Plan: odd}); err == nil || !strings.Contains(err.Error(), "no counterpart") {
		t.Errorf("a request without a counterpart: %v", err)
	}
}

// TestDeployCLI reads both forms back and compares them: they are the same assets.
func TestDeployCLI(t *testing.T) {
	t.Parallel()
	for name, p := range plans(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := exported(t, export.Source{Plan: p})
			files, err := export.DeployDirectory(c)
			if err != nil {
				t.Fatal(err)
			}
			one, err := export.DeployYAML(c, "tenant.yaml")
			if err != nil {
				t.Fatal(err)
			}
			var document map[string]any
			if err := yaml.Unmarshal([]byte(one[0].Data), &document); err != nil {
				t.Fatalf("%v\n%s", err, one[0].Data)
			}
			if diff := cmp.Diff(normal(t, document), normal(t, directory(t, files))); diff != "" {
				t.Errorf("YAML and directory differ (-yaml +directory):\n%s", diff)
			}
		})
	}
}

// directory reads files as the Deploy CLI's directory format does.
func directory(t *testing.T, files []export.File) map[string]any {
	t.Helper()
	lists := map[string]string{"actions": "actions", "phone-templates": "phoneTemplates", "guardian/factors": "guardianFactors", "connections": "connections"}
	whole := map[string]string{
		"tenant.json": "tenant", "triggers/triggers.json": "triggers", "phone-providers/provider.json": "phoneProviders",
		"guardian/phoneFactorMessageTypes.json": "guardianPhoneFactorMessageTypes",
	}
	all := map[string]any{}
	for _, f := range files {
		if !strings.HasSuffix(f.Name, ".json") {
			continue
		}
		var value any
		if err := json.Unmarshal([]byte(f.Data), &value); err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if key := whole[f.Name]; key != "" {
			all[key] = value
			continue
		}
		key := lists[filepath.ToSlash(filepath.Dir(f.Name))]
		if key == "" {
			t.Fatalf("the Deploy CLI does not read %s", f.Name)
		}
		list, _ := all[key].([]any)
		all[key] = append(list, value)
	}
	return all
}

func normal(t *testing.T, value any) any {
	t.Helper()
	raw, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var out any
	if err := json.Unmarshal(raw, &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestSecretsStayNames: the connection's gateway secret and the provider's token appear by name only, and a hidden address not at all.
func TestSecretsStayNames(t *testing.T) {
	t.Parallel()
	c := exported(t, export.Source{Plan: plans(t)["mfa-and-passwordless"]})
	files, err := export.DeployDirectory(c)
	if err != nil {
		t.Fatal(err)
	}
	text := export.Joined(files)
	for _, want := range []string{
		`"auth_token": "@@UPE_TWILIO_AUTH_TOKEN@@"`, `"secret": "@@UPE_CONNECTIONS_CON_B_GATEWAY_SECRET@@"`,
		`"gateway_url": "@@UPE_CONNECTIONS_CON_B_GATEWAY_URL@@"`, `"use_phone_provider": true`, `"AUTH0_ALLOW_DELETE": false`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %s in\n%s", want, text)
		}
	}
	if strings.Contains(text, "xxxxx") {
		t.Errorf("half an address leads nowhere:\n%s", text)
	}
}

// TestHiddenAddress: of an address that upe shows in part, the export holds none.
func TestHiddenAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"https://me:hunter2@sms.example/send", "https://sms.example/send?apikey=hunter2hunter2"} {
		options := map[string]any{"gateway_url": tenant.RedactURL(address), "provider": "sms_gateway"}
		p := plan.Plan{
			Relies: []plan.Fact{{Path: tenant.PathSMSConnections, Pointer: "/[id=con_1]/options", Value: plan.Encode(options)}},
			Steps: []plan.Step{{ID: "connection-con_1", Kind: plan.Request, Phase: plan.Switch, Move: "con_1", Call: &tenant.Call{
				Op: tenant.PatchConnection, ID: "con_1", Body: plan.Encode(map[string]any{"options": map[string]any{"use_phone_provider": true}}),
			}}},
		}
		p.Summary.Moves = []plan.Move{{ID: "con_1", Name: "sms"}}
		files, err := export.DeployDirectory(exported(t, export.Source{Plan: p}))
		if err != nil {
			t.Fatal(err)
		}
		if text := export.Joined(files); !strings.Contains(text, `"gateway_url": "@@UPE_CONNECTIONS_CON_1_GATEWAY_URL@@"`) {
			t.Errorf("%s: half an address leads nowhere:\n%s", address, text)
		}
	}
}
