package emulator

import (
	"maps"
	"slices"
)

// world is one answer to the question Auth0 does not answer: what decides a route. The names follow the design:
// A is the tenant flag phone_consolidated_experience, B the migration flags, C the connection's use_phone_provider.
type world struct {
	name string

	// mfa and passwordless report whether a code goes to the tenant provider.
	mfa          func(*state) bool
	passwordless func(*state, object) bool

	// flagged is called when A was written with another value than it had, and makes what else that changes.
	flagged func(s *state, on bool)

	// providerAfterFlag refuses the first provider while A is off; toggleAfterFlag refuses the Dashboard's toggles.
	providerAfterFlag, toggleAfterFlag bool
}

// worlds are all of them. The first is the default.
var worlds = []world{
	{name: "docs", mfa: flagOrMigrated, passwordless: optedInOrMigrated, flagged: nothingElse},
	{name: "dashboard", mfa: mfaMigrated, passwordless: byConnection, flagged: nothingElse, toggleAfterFlag: true},
	{name: "flag-flips-all", mfa: byFlag, passwordless: func(s *state, _ object) bool { return byFlag(s) }, flagged: flipAll},
	{name: "one-way", mfa: flagOrMigrated, passwordless: optedInOrMigrated, flagged: burnBridges},
	{name: "provider-after-flag", mfa: byFlag, passwordless: byConnection, flagged: nothingElse, providerAfterFlag: true},
}

// Worlds lists the names a tenant file may give for its world; the first is the default.
func Worlds() []string {
	names := make([]string, len(worlds))
	for i, w := range worlds {
		names[i] = w.name
	}
	return names
}

// world of the state; a loaded file names a known one.
func (s *state) world() world {
	i := slices.IndexFunc(worlds, func(w world) bool { return w.name == s.World })
	return worlds[max(i, 0)]
}

// The migration flags (go-auth0 pull request #714): true means that the legacy provider is in use.
const (
	migrationMFA          = "legacy_mfa_phone_provider"
	migrationPasswordless = "legacy_passwordless_phone_provider"
)

func byFlag(s *state) bool                 { return s.Settings.bool(tenantFlag) }
func mfaMigrated(s *state) bool            { return !s.Migrations[migrationMFA] }
func flagOrMigrated(s *state) bool         { return byFlag(s) || mfaMigrated(s) }
func byConnection(_ *state, c object) bool { return optedIn(c) }
func nothingElse(*state, bool)             {}
func optedInOrMigrated(s *state, c object) bool {
	return optedIn(c) || !s.Migrations[migrationPasswordless]
}

// optedIn reads C: true, or the string "unified" (terraform-provider-auth0 issue #1549 reports both).
func optedIn(connection object) bool {
	raw := connection.obj("options")["use_phone_provider"]
	return decode[bool](raw) || decode[string](raw) == "unified"
}

// flipAll writes B and C along with A, and takes them back with it.
func flipAll(s *state, on bool) {
	s.Migrations = maps.Clone(s.Migrations)
	s.Migrations[migrationMFA], s.Migrations[migrationPasswordless] = !on, !on
	s.eachSMS(func(c object) object {
		if on {
			return c.with("options", c.obj("options").with("use_phone_provider", true))
		}
		return c.with("options", c.obj("options").without("use_phone_provider"))
	})
}

// burnBridges forgets the legacy settings of everything that had moved, when A is turned off.
func burnBridges(s *state, on bool) {
	if on {
		return
	}
	s.Guardian.SelectedProvider, s.Guardian.Twilio, s.Guardian.Templates = "auth0", object{}, nil
	s.eachSMS(func(c object) object {
		if !optedIn(c) {
			return c
		}
		return c.with("options", c.obj("options").without(legacyOptions...))
	})
}

// legacyOptions are the keys of an sms connection that Auth0 marks as deprecated.
var legacyOptions = []string{
	"provider", "from", "twilio_sid", "twilio_token", "messaging_service_sid", "gateway_url", "gateway_authentication",
	"forward_req_info", "syntax", "template",
}

// eachSMS replaces every sms connection by what change makes of it.
func (s *state) eachSMS(change func(object) object) {
	s.Connections = slices.Clone(s.Connections)
	for i, c := range s.Connections {
		if c.str("strategy") == strategySMS {
			s.Connections[i] = change(c)
		}
	}
}

// legacyClosed reports whether the legacy MFA endpoints answer 403.
func (s *state) legacyClosed() bool {
	switch {
	case s.has(quirkClosedByFlag):
		return byFlag(s)
	case s.has(quirkClosedByMigration):
		return mfaMigrated(s)
	}
	return s.world().mfa(s)
}
