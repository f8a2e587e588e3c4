package tenant

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"sort"
)

// SnapshotSchema names the JSON form of a [Snapshot].
const SnapshotSchema = "upe.snapshot/1"

// Snapshot is every resource a migration depends on, raw as the API gave it. Paths are those of the requests, without a
// leading slash: "guardian/factors", "connections?strategy=sms". Lists that come in pages are one array.
type Snapshot struct {
	Schema string          `json:"schema"`
	Tenant Identity        `json:"tenant"`
	Parts  map[string]Part `json:"parts"`
}

// Part is one resource of a snapshot: the API's bytes, or its refusal, which is knowledge too.
type Part struct {
	Raw json.RawMessage `json:"raw,omitempty"`
	Err *Error          `json:"error,omitempty"`
}

// The paths of a snapshot's parts. Each enabled-clients list is at [ClientsPath] of its connection.
const (
	PathSettings         = "tenants/settings"
	PathMigrations       = "migrations"
	PathFactors          = "guardian/factors"
	PathMessageTypes     = "guardian/factors/phone/message-types"
	PathSelectedProvider = "guardian/factors/phone/selected-provider"
	PathTwilio           = "guardian/factors/phone/providers/twilio"
	PathMFATemplates     = "guardian/factors/phone/templates"
	PathPolicies         = "guardian/policies"
	PathProviders        = "branding/phone/providers"
	PathPhoneTemplates   = "branding/phone/templates"
	PathSMSConnections   = "connections?strategy=sms"
	PathDBConnections    = "connections?strategy=auth0"
	PathLegacyActions    = "actions/actions?triggerId=" + TriggerLegacy
	PathPhoneActions     = "actions/actions?triggerId=" + TriggerPhone
	PathLegacyBindings   = "actions/triggers/" + TriggerLegacy + "/bindings"
	PathPhoneBindings    = "actions/triggers/" + TriggerPhone + "/bindings"
	PathClients          = "clients"
	PathProtection       = "attack-protection/phone-provider-protection"
	PathAllActions       = "actions/actions" // how many there are of all triggers, nothing else
	PathLogs             = "logs"            // who used the Management API, see [Operator]; nothing about people
)

// The two Action triggers of phone messages.
const (
	TriggerLegacy = "send-phone-message"
	TriggerPhone  = "custom-phone-provider"
)

// ClientsPath is the part that lists the applications enabled on one connection.
func ClientsPath(connectionID string) string {
	return "connections/" + url.PathEscape(connectionID) + "/clients"
}

// Paths lists the parts in order.
func (s Snapshot) Paths() []string {
	paths := make([]string, 0, len(s.Parts))
	for path := range s.Parts {
		paths = append(paths, path)
	}
	sort.Strings(paths)
	return paths
}

// Refusal is the error that stands in the place of a part, or nil.
func (s Snapshot) Refusal(path string) *Error { return s.Parts[path].Err }

// Has reports whether a part was read.
func (s Snapshot) Has(path string) bool {
	part, ok := s.Parts[path]
	return ok && part.Err == nil
}

// decode reads a part into T; the zero value when it is missing, refused or empty.
func decode[T any](s Snapshot, path string) T {
	part := s.Parts[path]
	if part.Err != nil {
		var zero T
		return zero
	}
	return lenient[T](part.Raw)
}

// lenient decodes what has the documented type and leaves the rest zero: one odd field of one connection must not make the
// other connections disappear.
func lenient[T any](raw json.RawMessage) T {
	var v, zero T
	err := json.Unmarshal(raw, &v)
	if odd := (*json.UnmarshalTypeError)(nil); err != nil && !errors.As(err, &odd) {
		return zero
	}
	return v
}

// ParseSnapshot reads the JSON form back.
func ParseSnapshot(raw []byte) (Snapshot, error) {
	var s Snapshot
	if err := json.Unmarshal(raw, &s); err != nil {
		return Snapshot{}, fmt.Errorf("snapshot is not valid JSON: %w", err)
	}
	if s.Schema != SnapshotSchema {
		return Snapshot{}, fmt.Errorf("snapshot has schema %q, this program reads %q", s.Schema, SnapshotSchema)
	}
	return s, nil
}
