package judge

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"upe/flows/tenant"
)

// managedAsCode: a tool that keeps the tenant as code puts back what it knows with its next run, and it knows nothing of what was
// switched. The tenant logs tell who used the Management API, and the tool if it names itself; the applications tell by their names,
// because the tool needs one and its instructions name it.
func managedAsCode(r reading) []Finding {
	k := keepers(r.snapshot)
	if len(k.evidence) == 0 {
		return nil
	}
	return []Finding{{
		ID: "managed-as-code", Severity: Warning, Title: k.title(), Evidence: k.evidence,
		Consequence: "The next apply or import would undo what is switched here: Terraform has no use_phone_provider and takes it off a connection with any " +
			"write; both would write the old MFA settings, which Auth0 then refuses. " + k.basis(),
		Remedy: "Ask who runs it, and hold its runs back while you migrate. Then take the new settings over into its files before it runs again: " +
			"upe show RUN --format terraform, or --format deploy-cli.",
		Source: reportConnection + "; terraform-provider-auth0 issue #1580, auth0-deploy-cli issue #1077 (reports); " + docOperation,
	}}
}

// kept is what is known of the tools that keep a tenant as code.
type kept struct {
	evidence []Evidence
	proven   []string // tools that the logs show writing
	shown    bool     // the logs show requests of a tool that names itself
	used     bool     // the logs show requests of an application that is named as a tool has it
	looked   bool     // the logs were read
}

// keepers looks through the logs, then through the applications that the logs do not show: what was seen at work comes first.
func keepers(s tenant.Snapshot) kept {
	operators, looked := s.Operators()
	k := kept{looked: looked}
	atWork := map[string]bool{}
	for _, o := range operators {
		if name := s.ClientName(o.ClientID); name != o.ClientID {
			o.ClientName = name
		}
		if k.saw(o) {
			atWork[o.ClientID] = true
		}
	}
	for _, c := range s.Clients() {
		if tool := toolOf(c.Name); tool != "" && !atWork[c.ID] {
			k.evidence = append(k.evidence, Evidence{What: namedAs(tool), Value: c.Name, Path: tenant.PathClients})
		}
	}
	return k
}

// saw takes in who used the Management API, and reports whether it was a tool.
func (k *kept) saw(o tenant.Operator) bool {
	tool, what := toolName(o.Tool), ""
	switch {
	case tool != "" && o.Writes:
		what, k.shown = "The tenant logs show changes by "+tool, true
		k.proven = append(k.proven, tool)
	case tool != "":
		what, k.shown = "The tenant logs show "+tool+" reading secrets, and no change by it", true
	case toolOf(o.ClientName) != "":
		what = namedAs(toolOf(o.ClientName)) + ", and the tenant logs show its requests"
		k.used = true
	default:
		return false
	}
	value := "application " + or(o.ClientName, or(o.ClientID, "not named"))
	if at, err := time.Parse(time.RFC3339, o.Last); err == nil {
		value += ", last on " + at.UTC().Format("2006-01-02 15:04 UTC")
	}
	k.evidence = append(k.evidence, Evidence{What: what, Value: value, Path: tenant.PathLogs})
	return true
}

func (k kept) title() string {
	if len(k.proven) > 0 {
		slices.Sort(k.proven)
		return "This tenant is managed with " + strings.Join(slices.Compact(k.proven), " and ")
	}
	return "Terraform or the Deploy CLI may keep this tenant as code"
}

// basis says how it is known, and what that leaves open.
func (k kept) basis() string {
	switch {
	case k.shown:
		return "This is known by the tenant logs: the tool names itself in its requests."
	case k.used:
		return "This is known by the name of an application, and the tenant logs show that it is in use."
	case k.looked:
		return fmt.Sprintf("This is known by the name of an application alone: the newest %d API operations in the tenant logs are not its. It may be "+
			"retired, or run more seldom than logs are kept; a tool under another name that does not name itself is not seen.", tenant.OperationsRead)
	}
	return "This is known by the name of an application alone: the tenant logs, which could tell whether anything still uses it, were not read, " +
		"and a tool under another name is not seen."
}

func namedAs(tool string) string { return "An application named as " + tool + " has it" }

// toolName is what a tool of the logs is called; nothing where it is none that is known.
func toolName(tool tenant.Tool) string {
	switch tool {
	case tenant.Terraform:
		return "Terraform"
	case tenant.DeployCLI:
		return "Auth0's Deploy CLI"
	}
	return ""
}

// toolOf is the tool that an application's name tells of, or "". The Deploy CLI's extension makes an application of its own; for the
// others it is what their instructions, and people after them, call it.
func toolOf(name string) string {
	words := " " + strings.Join(strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ") + " "
	for _, tool := range []struct{ name, part string }{
		{"Auth0's Deploy CLI", " deploy cli "},
		{"Auth0's Deploy CLI", " a0deploy "},
		{"Terraform", "terraform"},
		{"Terraform", " opentofu "},
		{"Pulumi", " pulumi "},
	} {
		if strings.Contains(words, tool.part) {
			return tool.name
		}
	}
	return ""
}
