package run

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// way is one part of the tenant that a message travels through.
type way struct{ path, name string }

// ways lists the parts that a message through the tenant-level provider depends on.
func ways(p plan.Plan) []way {
	list := []way{{tenant.PathProviders, "the provider"}, {tenant.PathPhoneTemplates, "a message template"}}
	if p.Summary.Provider == tenant.KindCustom {
		list = append(list, way{tenant.PathPhoneActions, "the Action"}, way{tenant.PathPhoneBindings, "what is bound to the Action's trigger"})
	}
	return list
}

// waysAhead are the reads of a stamp.
func (e *engine) waysAhead() []errand {
	var all []errand
	for _, w := range ways(e.plan) {
		all = append(all, parts(w.path)...)
	}
	return all
}

// stamp reads what a message travels through now, see [Entry.Stamp]. Auth0 never shows credentials and the secrets of an
// Action, but a change of theirs moves updated_at. A part that is refused is an error: what cannot be seen cannot be compared.
func (e *engine) stamp(ctx context.Context) (map[string]string, error) {
	stamp := map[string]string{}
	for _, w := range ways(e.plan) {
		raw, err := e.part(ctx, w.path)
		if err != nil {
			return nil, err
		}
		if stamp[w.path], err = digest(raw); err != nil {
			return nil, fmt.Errorf("read %s: %w", w.path, err)
		}
	}
	return stamp, nil
}

// part reads a part of the tenant; a refusal is an error.
func (e *engine) part(ctx context.Context, path string) (json.RawMessage, error) {
	part, err := tenant.ReadPart(ctx, e.api, path)
	if err == nil && part.Err != nil {
		err = e.secrets.cleanError(part.Err)
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", path, err)
	}
	return part.Raw, nil
}

// digest is the same for the same document, in whatever order its lists come, and tells nothing of its secrets.
func digest(raw json.RawMessage) (string, error) {
	if tenant.Empty(raw) {
		raw = json.RawMessage("null")
	}
	document, err := plan.Decode(tenant.Redact(raw))
	if err != nil {
		return "", err
	}
	undated(document)
	sum := sha256.Sum256(plan.Encode(unordered(document)))
	return "sha256:" + hex.EncodeToString(sum[:]), nil
}

// undated takes the dates from the message templates that nobody customised: Auth0 lists these without an id (go-auth0 recording
// ListPhoneNotificationTemplate), and of what is not stored a date may be that of the answer.
func undated(document any) {
	templates, _ := field(document, "templates").([]any) // another part has none
	for _, one := range templates {
		if template, ok := one.(map[string]any); ok && template["id"] == nil {
			delete(template, "created_at")
			delete(template, "updated_at")
		}
	}
}

// unordered puts every list of a document into one order: that of Auth0's lists means nothing.
func unordered(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for key, inner := range v {
			v[key] = unordered(inner)
		}
	case []any:
		for i, inner := range v {
			v[i] = unordered(inner)
		}
		slices.SortFunc(v, func(a, b any) int { return strings.Compare(string(plan.Encode(a)), string(plan.Encode(b))) })
	}
	return value
}

// retest is what a move looks at once more of the test messages that it relies on.
type retest struct {
	move   plan.Move
	ways   []errand
	echoes []*echo // in the tenant logs, by channel
}

// retest is nil where there is nothing to compare, or the move has begun already: then it may always be finished.
func (e *engine) retest(m plan.Move) *retest {
	if len(m.Channels) == 0 || e.started(m) || e.overridden(m) {
		return nil
	}
	return &retest{m, e.waysAhead(), e.echoes(m)}
}

func (t *retest) errands() []errand {
	if t == nil {
		return nil
	}
	all := slices.Clone(t.ways)
	for _, one := range t.echoes {
		all = append(all, one.listen)
	}
	return all
}

// asTested refuses a move when somebody changed what the test messages travelled through: what they proved is past. Our own
// writes are in the journal; those of others show in the tenant alone. What is found is journalled, so that another message is
// asked for.
func (e *engine) asTested(ctx context.Context, again *retest) error {
	if again == nil {
		return nil
	}
	m := again.move
	now, err := e.stamp(ctx)
	if err != nil {
		return unlessStopped(ctx, fmt.Errorf("look again at what the test messages travelled through: %w", err))
	}
	for _, channel := range m.Channels {
		changed := e.changed(e.evidence[channel].stamp, now)
		if changed == "" {
			continue
		}
		if err := e.write(Entry{Event: Outdated, Channel: channel, Note: changed}); err != nil {
			return err
		}
	}
	if err := e.listenAgain(again); err != nil {
		return err
	}
	if missing := e.unproven(m); len(missing) > 0 {
		return needsEvidence(missing)
	}
	return nil
}

// changed says in words what is different between two stamps; empty when nothing is.
func (e *engine) changed(then, now map[string]string) string {
	var names []string
	for _, w := range ways(e.plan) {
		if then[w.path] != now[w.path] {
			names = append(names, w.name)
		}
	}
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0] + " was changed after the test message"
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " and " + names[last] + " were changed after the test message"
}
