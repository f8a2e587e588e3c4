package scan

import (
	"maps"
	"slices"
	"strings"
)

// IDs of the rows that matchers name; rows of SDK calls are found by their methods.
const (
	rowHTTP       = "http"
	rowPHPRaw     = "php-5"
	rowGo         = "go-1"
	rowGoTypes    = "go-1-types"
	rowTerraform  = "terraform-guardian"
	rowTFAction   = "terraform-action"
	rowPulumi     = "pulumi"
	rowDeployYAML = "deploy-cli-yaml"
	rowDeployDir  = "deploy-cli-directory"
	rowDeployList = "deploy-cli-lists"
	rowDeployAct  = "deploy-cli-actions"
	rowCLI        = "auth0-cli"
	rowCLIAction  = "auth0-cli-actions"
	rowTFGenerate = "auth0-cli-terraform"
	rowAction     = "action-code"
	rowActionAPI  = "action-other"
	rowHook       = "hook"
	rowHookCode   = "hook-code"
	rowError      = "gateway-error"
	rowScopes     = "scopes"
)

// What becomes of things once the switch is made.
const (
	forbidden = "403 legacy_mfa_phone_provider_not_allowed once MFA uses the tenant-level provider"
	noRun     = "silently ignored: nothing runs it any more; messages go to the tenant-level phone provider"
)

// How sure calls are.
const (
	chainSure  = "certain with the whole chain; likely where guardian stands elsewhere in the file"
	methodSure = "certain behind guardian; likely behind anything else"
)

// Rows returns the table that drives the scanner.
func Rows() []Row {
	rows := slices.Concat(rawRows(), sdkRows(), codeRows(), actionRows())
	for i := range rows {
		rows[i].Finds = rows[i].finds()
	}
	return rows
}

// finds is what a row looks for: its own words, or its receivers and methods.
func (r Row) finds() string {
	if r.Finds != "" {
		return r.Finds
	}
	var parts []string
	last := ""
	for _, c := range r.calls {
		names := strings.Join(slices.Sorted(maps.Keys(c.methods)), ", ")
		switch {
		case c.receiver == "":
			parts = append(parts, names)
		case len(parts) > 0 && strings.HasSuffix(parts[len(parts)-1], ": "+names): // phone and sms have the same
			parts[len(parts)-1] = last + " and " + c.receiver + ": " + names
		default:
			parts = append(parts, c.receiver+": "+names)
		}
		last = c.receiver
	}
	return strings.Join(parts, "; ")
}

// restInstead are the endpoints themselves.
var restInstead = Instead{
	ReadProvider:  "GET /branding/phone/providers[/{id}]",
	WriteProvider: "POST /branding/phone/providers, PATCH /branding/phone/providers/{id}",
	ReadTemplate:  "GET /branding/phone/templates[/{id}]",
	WriteTemplate: "POST /branding/phone/templates, PATCH /branding/phone/templates/{id}",
}

// rawInstead are the endpoints, for an SDK that has no method for them.
func rawInstead(why string) Instead {
	return Instead{
		ReadProvider: why + ": " + restInstead.ReadProvider, WriteProvider: why + ": " + restInstead.WriteProvider,
		ReadTemplate: why + ": " + restInstead.ReadTemplate, WriteTemplate: why + ": " + restInstead.WriteTemplate,
	}
}

// rawRows are endpoints that are written out, in any language.
func rawRows() []Row {
	return []Row{
		{
			ID: rowHTTP, Ecosystem: "HTTP, any language",
			Finds: "/guardian/factors/{phone,sms}/{providers/twilio,selected-provider,templates}, whole or in pieces (templates, concatenation, lists); " +
				"the value phone-message-hook",
			Endpoints: "as written", After: forbidden, Instead: restInstead,
			Sure: "certain where the path is written out; likely where a name or another line holds its beginning; unknown where the factor is a variable",
		},
		{
			ID: rowCLI, Ecosystem: "auth0-cli", Versions: "1",
			Finds:     "auth0 api {get,put,patch} guardian/factors/{phone,sms}/…",
			Endpoints: "as written", After: forbidden, Sure: "certain",
			Instead: Instead{
				ReadProvider: "auth0 phone provider list, show", WriteProvider: "auth0 phone provider create, update",
				ReadTemplate: "auth0 api get branding/phone/templates", WriteTemplate: "auth0 api post branding/phone/templates, patch branding/phone/templates/{id}",
			},
		},
		{
			ID: rowTFGenerate, Ecosystem: "auth0-cli", Versions: "1",
			Finds:     "auth0 tf generate with auth0_guardian",
			Endpoints: "phone/selected-provider, phone/providers/twilio, phone/templates", Sure: "a hint: provider = null, which it writes, does no harm",
			After:   "Terraform's provider before 1.49.0 answers 403; later ones leave provider and options out",
			Instead: Instead{ReadProvider: "auth0 tf generate -r auth0_phone_provider", WriteProvider: "auth0_phone_provider", ReadTemplate: "auth0_branding_phone_notification_template", WriteTemplate: "auth0_branding_phone_notification_template"},
		},
		{
			ID: rowPHPRaw, Ecosystem: "auth0-PHP", Versions: "5 to 8",
			Finds:     "addPath(['guardian', 'factors', 'phone' or 'sms', …]): no method exists",
			Endpoints: "as written", After: forbidden, Sure: "certain", languages: []language{php},
			Instead: Instead{
				ReadProvider: "addPath(['branding', 'phone', 'providers'])", WriteProvider: "method post or patch, addPath(['branding', 'phone', 'providers', …])",
				ReadTemplate: "addPath(['branding', 'phone', 'templates'])", WriteTemplate: "method post or patch, addPath(['branding', 'phone', 'templates', …])",
			},
		},
	}
}
