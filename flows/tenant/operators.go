package tenant

import (
	"cmp"
	"context"
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Operator is who used the Management API, as the tenant logs have it: an application, and the tool it did so with. It is all that is
// kept of the logs: they are about people, and an application is none.
type Operator struct {
	ClientID   string `json:"client_id,omitempty"`
	ClientName string `json:"client_name,omitempty"` // often empty where the application has a name (Auth0's schema of the entry)
	Tool       Tool   `json:"tool,omitempty"`        // empty: the entries tell of none
	Writes     bool   `json:"writes,omitempty"`      // an entry tells of a write; without one it was seen to read only
	Last       string `json:"last,omitempty"`        // when, by the newest entry: RFC 3339, UTC; empty where the entry tells no time
}

// Tool is a program that keeps tenants as code, and names itself in its requests.
type Tool string

// The tools whose own code tells how they name themselves.
const (
	Terraform Tool = "terraform"  // also Pulumi, whose provider is made from Terraform's
	DeployCLI Tool = "deploy-cli" // auth0-deploy-cli
)

// Operators lists who used the Management API, the newest first. known is false where the logs were not read, or only asked whether they
// may be: snapshots of earlier programs hold nothing of them.
func (s Snapshot) Operators() (list []Operator, known bool) {
	part := s.Parts[PathLogs]
	if part.Err != nil || Empty(part.Raw) {
		return nil, false
	}
	return lenient[[]Operator](part.Raw), true
}

// OperationsRead is how many entries are looked at: a search gives no more in one answer.
const OperationsRead = pageSize

// Types of entries that tell of a request to the Management API: sapi of each that writes, mgmt_api_read of one that read a secret
// (Auth0's schema of the tenant logs).
const (
	operationWritten = "sapi"
	operationRead    = "mgmt_api_read"
)

// operations asks for the newest requests to the Management API alone, so that no logins are read, nor push them out; and for no field
// that is about a person. auth0_client is in the schema of the entry, if not in the list of fields that can be searched.
func operations() url.Values {
	return url.Values{
		"q":    {"type:(" + operationWritten + " OR " + operationRead + ")"},
		"sort": {"date:-1"}, "per_page": {strconv.Itoa(OperationsRead)},
		"fields": {"type,date,client_id,client_name,user_agent,auth0_client"}, "include_fields": {"true"},
	}
}

// operated keeps of a page of the logs who used the Management API.
func operated(ctx context.Context, api API, call Call) (json.RawMessage, error) {
	page, err := fetchPage(ctx, api, call, "logs")
	if err != nil {
		return nil, err
	}
	return json.Marshal(operators(page.items))
}

func operators(entries []json.RawMessage) []Operator {
	all := []Operator{}
	for _, raw := range entries {
		o, ok := operator(raw)
		if !ok {
			continue
		}
		if same := slices.IndexFunc(all, o.sameAs); same >= 0 {
			all[same] = all[same].with(o)
			continue
		}
		all = append(all, o)
	}
	slices.SortStableFunc(all, func(a, b Operator) int { return strings.Compare(b.Last, a.Last) })
	return all
}

// sameAs reports whether both are one application with one tool: its id decides, where there is one.
func (o Operator) sameAs(other Operator) bool {
	return o.Tool == other.Tool && o.ClientID == other.ClientID && (o.ClientID != "" || o.ClientName == other.ClientName)
}

// with is what both tell of one application.
func (o Operator) with(other Operator) Operator {
	o.ClientName = cmp.Or(o.ClientName, other.ClientName)
	o.Writes = o.Writes || other.Writes
	o.Last = max(o.Last, other.Last)
	return o
}

// operator is what is kept of an entry; nothing of one that is of another type, whatever was asked for, or that names nobody.
func operator(raw json.RawMessage) (Operator, bool) {
	entry := lenient[struct {
		Type       string          `json:"type"`
		Date       json.RawMessage `json:"date"`
		ClientID   string          `json:"client_id"`
		ClientName string          `json:"client_name"`
		UserAgent  string          `json:"user_agent"`
		Client     json.RawMessage `json:"auth0_client"`
	}](raw)
	o := Operator{
		ClientID: entry.ClientID, ClientName: entry.ClientName, Tool: toolOf(entry.UserAgent, entry.Client),
		Writes: entry.Type == operationWritten, Last: moment(entry.Date),
	}
	return o, (o.Writes || entry.Type == operationRead) && (o.ClientID != "" || o.ClientName != "" || o.Tool != "")
}

// toolOf is the tool that a request named itself: in its User-Agent, which logs show as it was sent or as the browser it is taken for
// ("Other 0.0.0 / Other 0.0.0"), or in the environment of its Auth0-Client header. Terraform's provider writes its name into both
// (internal/config of terraform-provider-auth0), the Deploy CLI into the first (src/context of auth0-deploy-cli).
func toolOf(userAgent string, client json.RawMessage) Tool {
	const provider = "terraform-provider-auth0"
	names := []string{strings.ToLower(userAgent)}
	for name := range lenient[struct {
		Env map[string]json.RawMessage `json:"env"`
	}](client).Env {
		names = append(names, strings.ToLower(name))
	}
	switch {
	case slices.ContainsFunc(names, func(name string) bool { return strings.HasPrefix(name, provider) }):
		return Terraform
	case strings.HasPrefix(names[0], "deploy-cli/"):
		return DeployCLI
	}
	return ""
}

// moment is the time of an entry to the second; none where it is not the documented text.
func moment(date json.RawMessage) string {
	at, err := time.Parse(time.RFC3339, lenient[string](date))
	if err != nil {
		return ""
	}
	return at.UTC().Format(time.RFC3339)
}
