package tenant

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Progress says how far a read is.
type Progress struct {
	Done, Total int
	Path        string // what was just read
}

// read is one part to fetch: its path in the snapshot, and how.
type read struct {
	path  string
	call  Call
	pages pager // nil: one request, kept whole
	shape shape // of the answer to one request; nil: any JSON will do
	hint  bool  // nothing depends on it alone: no answer of the tenant, not even a failure of Auth0, ends the read
}

// readPlan is everything a migration depends on. Its order is not important: all reads but the first run at once.
func readPlan() []read {
	connections := func(strategy string) Call {
		return Call{Op: ListConnections, Query: url.Values{"strategy": {strategy}}}
	}
	actions := func(trigger string) Call {
		return Call{Op: ListActions, Query: url.Values{"triggerId": {trigger}}}
	}
	return []read{
		{path: PathSettings, call: Call{Op: GetSettings}, shape: object},
		{path: PathMigrations, call: Call{Op: GetMigrations}, hint: true},
		{path: PathFactors, call: Call{Op: ListFactors}, shape: array},
		{path: PathMessageTypes, call: Call{Op: GetMessageTypes}, shape: listUnder("message_types")},
		{path: PathSelectedProvider, call: Call{Op: GetSelectedProvider}, shape: objectOrNothing},
		{path: PathTwilio, call: Call{Op: GetTwilio}, shape: objectOrNothing},
		{path: PathMFATemplates, call: Call{Op: GetMFATemplates}, shape: objectOrNothing},
		{path: PathPolicies, call: Call{Op: GetPolicies}, shape: array},
		{path: PathProviders, call: Call{Op: ListProviders}, shape: listUnder("providers")},
		{path: PathPhoneTemplates, call: Call{Op: ListPhoneTemplates}, shape: listUnder("templates")},
		{path: PathSMSConnections, call: connections("sms"), pages: checkpoints("connections", pageSize)},
		{path: PathDBConnections, call: connections("auth0"), pages: checkpoints("connections", pageSize)},
		{path: PathLegacyActions, call: actions(TriggerLegacy), pages: offsets("actions")},
		{path: PathPhoneActions, call: actions(TriggerPhone), pages: offsets("actions")},
		{path: PathLegacyBindings, call: Call{Op: GetBindings, ID: TriggerLegacy}, shape: listUnder("bindings")},
		{path: PathPhoneBindings, call: Call{Op: GetBindings, ID: TriggerPhone}, shape: listUnder("bindings")},
		{path: PathClients, call: Call{Op: ListClients, Query: url.Values{
			"fields": {"client_id,name"}, "include_fields": {"true"},
		}}, pages: checkpoints("clients", pageSize), hint: true},
		{path: PathProtection, call: Call{Op: GetProtection}, hint: true},
		{path: PathAllActions, call: Call{Op: ListActions}, pages: counted, hint: true},
		{path: PathLogs, call: Call{Op: ListLogs, Query: operations()}, pages: operated, hint: true},
	}
}

// Read takes a snapshot. The first request goes alone, so that the transport learns the rate limit; the others follow at
// once. A refusal becomes a part with an error, and so does an answer that is not the documented JSON; only a token that is not
// accepted, a tenant that does not answer (a rate limit or a failure of Auth0 that outlasts the transport's patience is none),
// or a cancelled context end the read. progress may be nil; it is called from one goroutine at a time.
func Read(ctx context.Context, who Identity, api API, progress func(Progress)) (Snapshot, error) {
	r := &reader{api: api, progress: progress, snapshot: Snapshot{
		Schema: SnapshotSchema, Tenant: who, Parts: map[string]Part{},
	}}
	if err := r.readAll(ctx); err != nil {
		if ctx.Err() != nil {
			// How a port words its error when it is cancelled is its own business.
			return Snapshot{}, fmt.Errorf("read the tenant: %w", context.Cause(ctx))
		}
		return Snapshot{}, err
	}
	return r.snapshot, nil
}

// ReadPart reads one part of a snapshot again, by its path: what a step relies on, just before it is sent.
func ReadPart(ctx context.Context, api API, path string) (Part, error) {
	for _, todo := range readPlan() {
		if todo.path == path {
			return fetchPart(ctx, api, todo)
		}
	}
	if id, ok := match(GetConnectionClients, path); ok {
		return fetchPart(ctx, api, clientsOf(id))
	}
	for _, op := range []Op{GetConnection, GetAction, GetProvider} {
		if id, ok := match(op, path); ok {
			return fetchPart(ctx, api, read{path: path, call: Call{Op: op, ID: id}})
		}
	}
	return Part{}, fmt.Errorf("no part of a snapshot has the path %q", path)
}

type reader struct {
	api      API
	mu       sync.Mutex // guards snapshot.Parts, done, and the calls of progress
	snapshot Snapshot
	done     int
	total    int
	progress func(Progress)
}

func (r *reader) readAll(ctx context.Context) error {
	todo := readPlan()
	r.total = len(todo)
	if err := r.fetch(ctx, todo[0]); err != nil {
		return err
	}
	if odd := r.snapshot.Refusal(todo[0].path); odd != nil && odd.Code == CodeUnreadable {
		return fmt.Errorf("read %s: %w", todo[0].path, odd) // no Auth0 tenant answers there
	}
	if err := r.fetchAll(ctx, todo[1:]); err != nil {
		return err
	}
	var clients []read
	for _, c := range r.snapshot.SMSConnections() {
		if c.ID != "" {
			clients = append(clients, clientsOf(c.ID))
		}
	}
	r.total += len(clients)
	return r.fetchAll(ctx, clients)
}

// clientsOf reads the applications enabled on one connection.
func clientsOf(id string) read {
	return read{path: ClientsPath(id), call: Call{Op: GetConnectionClients, ID: id}, pages: checkpoints("clients", enabledPage)}
}

func (r *reader) fetchAll(ctx context.Context, todo []read) error {
	group, ctx := errgroup.WithContext(ctx)
	for _, one := range todo {
		group.Go(func() error { return r.fetch(ctx, one) })
	}
	return group.Wait()
}

func (r *reader) fetch(ctx context.Context, todo read) error {
	part, err := fetchPart(ctx, r.api, todo)
	if err != nil {
		return fmt.Errorf("read %s: %w", todo.path, err)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.snapshot.Parts[todo.path] = part
	r.done++
	if r.progress != nil {
		r.progress(Progress{Done: r.done, Total: r.total, Path: todo.path})
	}
	return nil
}

func fetchPart(ctx context.Context, api API, todo read) (Part, error) {
	do := todo.pages
	if do == nil {
		do = single(todo.shape)
	}
	raw, err := do(ctx, api, todo.call)
	var refused *Error
	switch {
	case err == nil:
		return Part{Raw: raw}, nil
	case errors.As(err, &refused) && (refused.isKnowledge() || todo.hint && refused.Class() == ClassAuth0):
		return Part{Err: refused}, nil
	}
	return Part{}, err
}

// isKnowledge reports whether the tenant answered: a refusal tells something about it. A token that is not accepted tells
// nothing, neither does silence.
func (e *Error) isKnowledge() bool {
	switch e.Class() {
	case ClassToken, ClassNetwork, ClassUnknown, ClassRateLimit, ClassAuth0, ClassRefusedLocal:
		return false
	case ClassScope, ClassUnified, ClassNotAllowed, ClassOneAction, ClassNotFound, ClassNotDeployed, ClassConflict, ClassInvalid:
	}
	return true
}

// match reports whether path is that of op, and for which resource.
func match(op Op, path string) (id string, ok bool) {
	before, after, _ := strings.Cut(strings.TrimPrefix(op.Template(), "/"), "{id}")
	rest, fits := strings.CutPrefix(path, before)
	escaped, ends := strings.CutSuffix(rest, after)
	if !fits || !ends || escaped == "" || strings.ContainsAny(escaped, "/?") {
		return "", false
	}
	id, err := url.PathUnescape(escaped)
	return id, err == nil
}
