package judge

import (
	"strings"
	"unicode"

	"upe/flows/tenant"
)

// managedAsCode: a tool that keeps the tenant as code puts back what it knows with its next run, and it knows nothing of what was
// switched. What is read of a tenant tells by the names of its applications only: the tool needs one, and its instructions name it.
// Whether it still runs, nobody can see there.
func managedAsCode(r reading) []Finding {
	f := Finding{
		ID: "managed-as-code", Severity: Warning, Title: "Terraform or the Deploy CLI may keep this tenant as code",
		Consequence: "The next apply or import would undo what is switched here: Terraform has no use_phone_provider and takes it off a connection with any " +
			"write; both would write the old MFA settings, which Auth0 then refuses. This is known by the name of an application alone: whether " +
			"anything still uses it is not read, and a tool under another name is not seen.",
		Remedy: "Ask who runs it, and hold its runs back while you migrate. Then take the new settings over into its files before it runs again: " +
			"upe show RUN --format terraform, or --format deploy-cli.",
		Source: reportConnection + "; terraform-provider-auth0 issue #1580, auth0-deploy-cli issue #1077 (reports)",
	}
	for _, c := range r.snapshot.Clients() {
		if tool := toolOf(c.Name); tool != "" {
			f.Evidence = append(f.Evidence, Evidence{What: "An application named as " + tool + " has it", Value: c.Name, Path: tenant.PathClients})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
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
