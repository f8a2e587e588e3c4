package judge

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/compat"
	"upe/flows/template"
	"upe/flows/tenant"
)

// evidenceOf is where it stands that a route goes the way it does.
func (r reading) evidenceOf(route Route) string {
	switch {
	case route.Flow == Passwordless:
		return tenant.PathSMSConnections
	case route.Flow == PhoneIdentifier:
		return tenant.PathDBConnections
	case r.MFA.Closed:
		return tenant.PathSelectedProvider
	}
	return tenant.PathSettings
}

// tenantRouteBroken: the tenant-level provider is there and enabled, and lacks what it needs to send. Delivery methods, an Action that
// does nothing, and templates have findings of their own.
func tenantRouteBroken(r reading) []Finding {
	f := Finding{
		ID: "tenant-route-broken", Severity: Blocker, Title: "Codes are failing now: the tenant-level provider lacks what it sends with",
		Consequence: "These flows send through it, and their users get no codes.",
		Remedy:      "Repair the provider first in Branding > Phone Provider and send a test message, then run the check again.",
		Source:      docConfigure,
	}
	if r.providerMissing() != "" {
		return nil
	}
	for _, route := range r.Routes {
		if problem := r.senderProblem(route.Channel); route.Via == Tenant && problem != "" && r.coversChannel(route.Channel) {
			f.Evidence = append(f.Evidence, Evidence{What: route.what(), Value: problem, Path: tenant.PathProviders})
		}
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// coversChannel reports whether a channel is among the delivery methods of the tenant-level provider.
func (r reading) coversChannel(channel string) bool {
	return slices.Contains(r.Provider.Configuration.DeliveryMethods, string(compat.Factor(channel).Method()))
}

// templateProblem says why a phone template gives nobody a code in a channel, or "". A template without an id, and a body that
// is not there, are Auth0's own.
func (r reading) templateProblem(name, channel string) string {
	t := r.snapshot.PhoneTemplates()[name]
	body := t.Content.Body.Text
	if channel == voice {
		body = t.Content.Body.Voice
	}
	switch {
	case t.ID == "":
		return ""
	case t.Disabled:
		return fmt.Sprintf("the phone template %s is disabled", name)
	case body != "" && !template.HoldsCode(body):
		return fmt.Sprintf("the %s wording of the phone template %s holds no code", ChannelName(channel), name)
	}
	return ""
}

// phoneTemplateBroken looks at the templates of codes. Where one is used now its codes are failing; where nothing uses it yet, a flow
// that moves would lose them, unless the move brings another wording.
func phoneTemplateBroken(r reading) []Finding {
	now, once := r.brokenTemplates(Tenant), r.brokenTemplates(Legacy, Unknown)
	f := Finding{
		ID: "phone-template-broken", Severity: Blocker, Title: "Codes are failing now: a phone template in use sends none",
		Consequence: "Messages of this template carry no code, or are not sent at all. Auth0 checks neither.",
		Remedy:      "Enable the template, and put {{ code }} into each wording, in Branding > Phone Templates; then run the check again.",
		Source:      docTemplates + "; Terraform provider recordings (TestAccPhoneNotificationTemplate): a body without a code is stored",
		Evidence:    now,
	}
	if len(now) == 0 {
		f.Severity, f.Title, f.Evidence = Decision, "A phone template sends no code", once
		f.Consequence = "Flows that move use this template, and their users would get no codes by it. Auth0 does not check that."
		f.Remedy = "Replace it by the wording that is sent now, or write one with {{ code }} in it. Kept as it is, it loses codes."
	}
	if len(f.Evidence) == 0 {
		return nil
	}
	return []Finding{f}
}

// brokenTemplates are those that the routes of some ways would use, each wrong wording once.
func (r reading) brokenTemplates(ways ...Via) []Evidence {
	var broken []Evidence
	templates := r.snapshot.PhoneTemplates()
	for _, route := range r.Routes {
		types := []string{template.OTPVerify}
		if route.Flow == MFA {
			types = append(types, template.OTPEnroll)
		}
		for _, name := range types {
			problem := r.templateProblem(name, route.Channel)
			e := Evidence{What: "Phone template " + name, Value: problem, Path: tenant.PathPhoneTemplates}
			if body := templates[name].Content.Body; problem != "" && !templates[name].Disabled {
				e.Value += ": " + map[bool]string{true: body.Voice, false: body.Text}[route.Channel == voice]
			}
			if slices.Contains(ways, route.Via) && problem != "" && !slices.Contains(broken, e) {
				broken = append(broken, e)
			}
		}
	}
	return broken
}

// severalProviders: a tenant has one provider, and every source that lists them takes the first. Nobody has written down what several
// do.
func severalProviders(r reading) []Finding {
	all := r.snapshot.Providers()
	if len(all) < 2 {
		return nil
	}
	f := Finding{
		ID: "several-providers", Severity: Warning, Title: "There is more than one tenant-level provider",
		Consequence: "A tenant has one, by the documentation; which of several sends is not known. What is said here is about the first.",
		Remedy:      "Find out which one sends, delete the others through the API, then run the check again.",
		Source:      docConfigure,
	}
	if r.anyLegacy() {
		f.Severity = Blocker
	}
	for _, p := range all {
		state := "enabled"
		if p.Disabled {
			state = "disabled"
		}
		f.Evidence = append(f.Evidence, Evidence{
			What: "Provider " + p.ID, Path: tenant.PathProviders,
			Value: strings.Join([]string{p.Name, state, "delivers " + list(p.Configuration.DeliveryMethods)}, ", "),
		})
	}
	return []Finding{f}
}
