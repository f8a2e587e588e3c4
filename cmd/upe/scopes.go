package main

import (
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// mayDo refuses steps for which the token lacks scopes, all of them at once and before anything is written: a run that stops half
// way is worse than one that does not begin. A token that does not say what it may do is let through; Auth0 judges it.
func (s *session) mayDo(steps []plan.Step) error {
	lacking := s.lacking(plan.ScopesOf(steps), false)
	if len(lacking) == 0 {
		return nil
	}
	return &problem{
		exit: exitCredentials, code: string(tenant.ClassScope), failed: "nothing was written: the access token lacks scopes",
		why: "the steps named would be refused in the middle", details: lacking, do: giveScopes,
	}
}

const giveScopes = "give the token's application these scopes (Applications > APIs > Auth0 Management API), and get a new token"

const (
	lacksOwn    = "the access token lacks scopes that the plan's steps need; " + giveScopes
	lacksRevert = "the access token lacks scopes that only going back would need; `upe enable` stops without them, or takes a reason"
)

// warnScopes says on standard error what the token lacks for a plan: its own steps, and to take them back. A missing scope of the
// second kind holds up the first move.
func (a *app) warnScopes(s *session, p plan.Plan) {
	a.warnLacking(lacksOwn, s.lacking(plan.Scopes(p), false))
	a.warnRevert(s, p)
}

func (a *app) warnRevert(s *session, p plan.Plan) {
	a.warnLacking(lacksRevert, s.lacking(plan.Scopes(p), true))
}

func (a *app) warnLacking(text string, lacking []detail) {
	if len(lacking) > 0 {
		a.warn(text, lacking...)
	}
}

// lacking lists the scopes that the token does not have, each with the steps that need it.
func (s *session) lacking(needs []plan.Need, revert bool) []detail {
	if len(s.scopes) == 0 {
		return nil
	}
	var all []detail
	for _, need := range needs {
		if need.Revert == revert && !slices.Contains(s.scopes, need.Scope) {
			all = append(all, detail{need.Scope, strings.Join(need.Steps, "; ")})
		}
	}
	return all
}
