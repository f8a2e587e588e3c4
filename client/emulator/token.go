package emulator

import (
	"fmt"
	"slices"
	"strings"
)

// limit is what the tokens of a tenant may do: everything but Without, or Scopes alone. The zero limit is none. An empty list
// of scopes, other than none, is a token that may do nothing.
type limit struct {
	Without []string `json:"without,omitzero"`
	Scopes  []string `json:"scopes,omitzero"`
}

// allows reports whether a token of the tenant has a scope.
func (l limit) allows(scope string) bool {
	if l.Scopes != nil {
		return slices.Contains(l.Scopes, scope)
	}
	return !slices.Contains(l.Without, scope)
}

// validToken finds scopes that no operation asks for: one that is misspelt would limit nothing.
func (s *state) validToken() *FileError {
	if s.Token.Scopes != nil && s.Token.Without != nil {
		return &FileError{Path: "token.without", Problem: "it has no meaning beside token.scopes"}
	}
	for path, list := range map[string][]string{"token.scopes": s.Token.Scopes, "token.without": s.Token.Without} {
		for _, scope := range list {
			if !slices.Contains(Scopes(), scope) {
				return &FileError{Path: path, Problem: fmt.Sprintf("no emulated operation asks for the scope %q", scope)}
			}
		}
	}
	return nil
}

// Token mints a Management API token, good for a day, with the scopes given. When none is given it has what /oauth/token
// grants: every scope, or as many as the tenant file and [Options] leave. A single empty scope gives a token that may do
// nothing.
func (t *Tenant) Token(scope ...string) string {
	if len(scope) == 0 {
		return t.mint(t.granted(""))
	}
	return t.mint(strings.TrimSpace(strings.Join(scope, " ")))
}

// granted is what the client may do, or as much of it as it asked for, separated by spaces.
func (t *Tenant) granted(asked string) string {
	all, may := t.opts.Scopes, t.snapshot().Token
	if all == nil {
		all = Scopes()
	}
	var out []string
	for _, scope := range all {
		if may.allows(scope) && (asked == "" || scopes(strings.Fields(asked)).has(scope)) {
			out = append(out, scope)
		}
	}
	return strings.Join(out, " ")
}
