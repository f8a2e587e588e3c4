package emulator

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Options of a tenant. The zero Options is a default legacy tenant on the system clock.
type Options struct {
	File []byte // a tenant file; empty for the default legacy tenant

	Now   func() time.Time         // nil: the system clock
	NewID func(kind string) string // nil: ids that look like Auth0's and follow from File; called by one goroutine at a time

	// ClientID and ClientSecret are the credentials that /oauth/token accepts; empty for DefaultClientID and
	// DefaultClientSecret. Scopes limits what its tokens may do, beside what File says; nil for every scope there is.
	ClientID, ClientSecret string
	Scopes                 []string

	Latency   time.Duration // every answer takes this long
	RateLimit RateLimit     // zero: no limit, but the headers are there
	Faults    []Fault       // what goes wrong, see [Fault]
	BuildTime time.Duration // how long an Action takes from pending to built; 0 for DefaultBuildTime
}

// The credentials that /oauth/token accepts unless Options say otherwise. They open nothing but an emulated tenant.
const (
	DefaultClientID     = "upe-demo-client"
	DefaultClientSecret = "upe-demo-client-secret-not-a-secret"
)

// DefaultBuildTime is how long an Action stays pending, then building: real ones took about two seconds (recorded), which a
// demo need not wait for.
const DefaultBuildTime = 600 * time.Millisecond

// Tenant is an emulated tenant. It is an [http.Handler] and safe for concurrent use.
type Tenant struct {
	opts Options

	mu       sync.Mutex // guards what follows, and the calls of opts.NewID
	state    state
	version  int // counts the changes of state
	requests []Request
	handset  []Message
	faults   []*Fault
	bucket   bucket
}

// New makes a tenant from a tenant file. A file that is wrong gives a [*FileError] with line and key.
func New(opts Options) (*Tenant, error) {
	if opts.Now == nil {
		opts.Now = systemClock
	}
	if opts.NewID == nil {
		opts.NewID = countedIDs(opts.File)
	}
	if opts.BuildTime == 0 {
		opts.BuildTime = DefaultBuildTime
	}
	opts.ClientID = first(opts.ClientID, DefaultClientID)
	opts.ClientSecret = first(opts.ClientSecret, DefaultClientSecret)
	s, err := parse(opts.File)
	if err != nil {
		return nil, fmt.Errorf("tenant file: %w", err)
	}
	s.complete(opts.Now(), opts.NewID)
	t := &Tenant{opts: opts, state: s, bucket: newBucket(opts.RateLimit, opts.Now())}
	t.Inject(opts.Faults...)
	return t, nil
}

// Domain of the tenant, such as "acme.us.auth0.com".
func (t *Tenant) Domain() string { return t.snapshot().Domain }

// State is the whole state as a tenant file: New with it gives the same tenant.
func (t *Tenant) State() json.RawMessage {
	s := t.snapshot()
	s.settle(t.opts.Now(), t.opts.BuildTime)
	return s.file()
}

// Version counts the changes of the state: equal versions, equal states.
func (t *Tenant) Version() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.version
}

// snapshot is the state as it is now. Its documents are shared and never changed in place.
func (t *Tenant) snapshot() state {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.state
}

// Toggle sets a migration flag, as the Dashboard's "Use Tenant-level Messaging Provider" does: no Management API token can.
// legacy is true while the legacy provider is to be used. It fails for an unknown flag, and in a world whose Dashboard shows
// the toggle only once the tenant flag is on.
func (t *Tenant) Toggle(flag string, legacy bool) error {
	if flag != migrationMFA && flag != migrationPasswordless {
		return fmt.Errorf("no migration flag %q", flag)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.state.world().toggleAfterFlag && !byFlag(&t.state) {
		return fmt.Errorf("the toggle is not there before %s is on", tenantFlag)
	}
	t.state.Migrations = under(t.state.Migrations, map[string]bool{flag: legacy})
	t.version++
	return nil
}

// Request is one request the tenant was sent. Control paths are not recorded.
type Request struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	Query  string `json:"query"`
	Status int    `json:"status"` // as answered; 0 when the answer was lost, or is not there yet
}

// Requests lists what was sent, in the order of arrival, /oauth/token included.
func (t *Tenant) Requests() []Request {
	t.mu.Lock()
	defer t.mu.Unlock()
	return orEmpty(slices.Clone(t.requests))
}

// arrived records r and says where, for [Tenant.answered].
func (t *Tenant) arrived(r *http.Request) int {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests = append(t.requests, Request{Method: r.Method, Path: r.URL.Path, Query: r.URL.RawQuery})
	return len(t.requests) - 1
}

func (t *Tenant) answered(i, status int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.requests[i].Status = status
}
