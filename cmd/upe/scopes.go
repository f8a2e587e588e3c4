package main

import (
	"cmp"
	"slices"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// mayDo refuses steps for which the token lacks scopes, all of them at once and before anything is written: a run that stops half
// way is worse than one that does not begin. A token that does not say what it may do is let through; Auth0 judges it.
func (s *session) mayDo(steps []plan.Step) error {
	lacking := s.lacking(steps)
	if len(lacking) == 0 {
		return nil
	}
	return &problem{
		exit: exitCredentials, code: string(tenant.ClassScope), failed: "nothing was written: the access token lacks scopes",
		why: "the steps named would be refused in the middle", details: lacking, do: giveScopes,
	}
}

const giveScopes = "give the token's application these scopes (Applications > APIs > Auth0 Management API), and get a new token"

// lacking lists the scopes that steps need and the token does not have, each with the steps that need it.
func (s *session) lacking(steps []plan.Step) []detail {
	if len(s.scopes) == 0 {
		return nil
	}
	var all []detail
	for _, step := range steps {
		for _, scope := range scopesOf(step) {
			if !slices.Contains(s.scopes, scope) {
				all = noteScope(all, scope, step.Title)
			}
		}
	}
	slices.SortFunc(all, func(a, b detail) int { return cmp.Compare(a.Name, b.Name) })
	return all
}

func noteScope(all []detail, scope, title string) []detail {
	for i := range all {
		if all[i].Name == scope {
			all[i].Text += "; " + title
			return all
		}
	}
	return append(all, detail{scope, title})
}

// scopesOf lists what a step's request, and the reads that prepare and prove it, need.
func scopesOf(s plan.Step) []string {
	var scopes []string
	if s.Call != nil {
		scopes = s.Call.Op.Scopes()
	}
	if s.Merge != nil {
		scopes = append(scopes, s.Merge.Get.Op.Scopes()...)
	}
	for _, check := range []*plan.Check{s.Done, s.Fails} {
		if check != nil {
			scopes = append(scopes, check.Get.Op.Scopes()...)
		}
	}
	slices.Sort(scopes)
	return slices.Compact(scopes)
}
