package scan

import (
	"bytes"
	"slices"
	"strings"
)

// literals are words that tell by themselves, or with what stands around them.
var literals = map[string]func(*text, int) []found{
	"send-phone-message":        onTrigger,
	"onExecuteSendPhoneMessage": handler,
	"phone-message-hook":        hookValue,
	"sms_provider_error":        gatewayFailure,
	"guardian_factors":          scopeName,
	"recipient":                 hookFunction,
	"auth0_guardian":            tfGenerate,

	"MultiFactorProvider":       goType(selected, "phone", Unknown),
	"MultiFactorProviderTwilio": goType(twilio, "sms", Likely),
	"MultiFactorSMSTemplate":    goType(templates, "sms", Likely),

	"guardianFactorProviders":             deployKey(twilio),
	"guardianFactorTemplates":             deployKey(templates),
	"guardianPhoneFactorSelectedProvider": deployKey(selected),
}

// onTrigger is the name of the trigger: whose it is, the words around it tell.
func onTrigger(t *text, i int) []found {
	if t.named(i) {
		return nil
	}
	f := found{at: t.at(i), row: rowActionAPI, what: target{subject: trigger}, sure: Likely}
	before := strings.Join([]string{t.word(i - 1), t.word(i - 2), t.word(i - 3)}, " ")
	switch {
	case mentions(before, "triggerId", "trigger_id"):
		f.row, f.sure = rowHook, Certain
	case mentions(t.command(f.at), "auth0 actions", "auth0 a "):
		f.row, f.sure = rowCLIAction, Certain
	case t.language == terraform && mentions(before, "id", "trigger"):
		f.row, f.sure = rowTFAction, Certain
	case t.deploysTrigger(i, before):
		f.row, f.sure = rowDeployAct, Certain
	}
	return []found{f}
}

// named reports whether the word is the name of an Action or a file, for which people like to take that of the trigger.
func (t *text) named(i int) bool {
	segment := strings.HasSuffix(t.gap(i), "/") || strings.HasPrefix(t.after(i), "/") || t.after(i) == "."
	return segment && !t.is(i-1, "triggers") || slices.Contains([]string{"name", "action_name", "actionName", "display_name", "displayName"}, t.word(i-1)) && strings.ContainsAny(t.gap(i), ":=")
}

// deploysTrigger reports whether a file of the Deploy CLI names the trigger: the id of a supported trigger, or a key of triggers.
func (t *text) deploysTrigger(i int, before string) bool {
	if t.language != yaml && t.language != json {
		return false
	}
	return mentions(before, "supported_triggers", "triggers") || t.is(i-1, "id") || strings.HasPrefix(strings.TrimLeft(t.after(i), "\"'"), ":") ||
		strings.Contains(t.path, "triggers")
}

// handler is an Action's function, exported under the name that the trigger calls.
func handler(t *text, i int) []found {
	sure := Likely
	if t.is(i-1, "exports") {
		sure = Certain
	}
	return []found{{at: t.at(i), row: rowAction, what: target{subject: trigger}, sure: sure}}
}

// hookFunction is what every Hook of that trigger looked like: function (recipient, text, context, cb).
func hookFunction(t *text, i int) []found {
	if !t.is(i+1, "text") || !t.is(i+2, "context") {
		return nil
	}
	for j := i; j < i+3; j++ {
		if strings.TrimRight(t.gap(j+1), " \t\r\n") != "," {
			return nil
		}
	}
	if !slices.Contains([]string{"cb", "callback", "done"}, t.word(i+3)) || !strings.HasSuffix(strings.TrimSpace(t.gap(i)), "(") {
		return nil
	}
	return []found{{at: t.at(i), row: rowHookCode, what: target{subject: trigger}, sure: Likely}}
}

// hookValue is the provider's name for an Action or Hook, where no path or key beside it says where it goes.
func hookValue(t *text, i int) []found {
	row := rowHTTP
	switch t.language {
	case terraform:
		row = rowTerraform
	case yaml, json:
		row = rowDeployYAML
	case anyText, javascript, python, java, dotnet, golang, php, ruby, shell, document:
	}
	return []found{{at: t.at(i), row: row, what: target{subject: selected, factor: "phone"}, sure: Likely, alone: true}}
}

func gatewayFailure(t *text, i int) []found {
	sure := Likely // services that send messages like to call an error of their own so
	if lower := bytes.ToLower(t.data); bytes.Contains(lower, []byte("auth0")) || bytes.Contains(lower, []byte("passwordless")) {
		sure = Certain
	}
	return []found{{at: t.at(i), row: rowError, what: target{subject: gatewayError}, sure: sure}}
}

// tfGenerate is the command of auth0-cli that writes what Terraform's provider reads.
func tfGenerate(t *text, i int) []found {
	if !mentions(t.command(t.at(i)), "auth0 tf generate", "auth0 terraform generate") {
		return nil
	}
	return []found{{at: t.at(i), row: rowTFGenerate, what: target{selected, "GET", "phone"}, sure: Hint}}
}

func scopeName(t *text, i int) []found {
	if !t.is(i-1, "read") && !t.is(i-1, "update") || t.gap(i) != ":" {
		return nil
	}
	return []found{{at: t.at(i - 1), row: rowScopes, what: target{subject: scopes}, sure: Hint}}
}

// goType is a type of go-auth0 1 that its legacy calls take.
func goType(s subject, factor string, sure Confidence) func(*text, int) []found {
	return func(t *text, i int) []found {
		if t.language != golang || !strings.HasSuffix(t.gap(i), ".") {
			return nil
		}
		return []found{{at: t.at(i), row: rowGoTypes, what: target{s, "", factor}, sure: sure, alone: true}}
	}
}

// deployKey is a key of the Deploy CLI, or a type in its lists of what to take and what to leave.
func deployKey(s subject) func(*text, int) []found {
	return func(t *text, i int) []found {
		after := strings.TrimLeft(t.after(i), "\"' \t")
		if strings.HasPrefix(after, ":") {
			return t.deployed(i, s)
		}
		switch list := t.list(i); list {
		case "":
			return nil
		case "EXCLUDED":
			return []found{{at: t.at(i), row: rowDeployList, what: target{subject: s, factor: factorOf(s)}, sure: Hint}}
		default:
			return []found{{at: t.at(i), row: rowDeployList, what: target{subject: s, factor: factorOf(s)}, sure: Certain}}
		}
	}
}

// factorOf is the factor where a key has only one.
func factorOf(s subject) string {
	if s == selected {
		return "phone"
	}
	return ""
}

// list is which list of the Deploy CLI's configuration a type stands in; a sentence that names both is none.
func (t *text) list(i int) string {
	opened := false
	for j := i - 1; j >= 0 && j > i-80; j-- {
		between := t.gap(j + 1)
		opened = opened || strings.Contains(between, "[") || strings.HasSuffix(between, "- ")
		name, known := strings.CutPrefix(t.word(j), "AUTH0_")
		switch {
		case strings.ContainsAny(between, "{};]"):
			return ""
		case known && !opened:
			return ""
		case known && strings.HasPrefix(name, "EXCLUDED"):
			return "EXCLUDED"
		case known && strings.HasPrefix(name, "INCLUDED_ONLY"):
			return "INCLUDED_ONLY"
		}
	}
	return ""
}

// farWords is how many words of a key's value are looked at.
const farWords = 2000

// deployed reads the value of a key: which factors its entries name.
func (t *text) deployed(i int, s subject) []found {
	if t.language != yaml && t.language != json {
		return nil
	}
	if s == selected {
		if value := strings.TrimLeft(t.after(i), "\"' \t:"); strings.HasPrefix(value, "{}") || t.is(i+1, "null") {
			return nil
		}
		return []found{{at: t.at(i), row: rowDeployYAML, what: target{s, "", "phone"}, sure: Certain}}
	}
	var all []found
	end := t.valueEnd(i)
	for j := i + 1; j < len(t.words) && j < i+farWords && t.at(j) < end; j++ {
		if !t.is(j, "name") || !strings.Contains(t.after(j), ":") {
			continue
		}
		switch {
		case t.is(j+1, "sms"), t.is(j+1, "phone"):
			all = append(all, found{at: t.at(j), row: rowDeployYAML, what: target{s, "", t.word(j + 1)}, sure: Certain})
		case mentions(t.gap(j+1), "@@", "##", "{{"):
			all = append(all, found{at: t.at(j), row: rowDeployYAML, what: target{s, "", ""}, sure: Unknown})
		}
	}
	return all
}
