package run

import (
	"context"
	"maps"
	"slices"

	"upe/flows/tenant"
)

// stays are the reads by which connections are seen that moved along.
func (e *engine) stays() []errand {
	if len(e.plan.Summary.Stays) == 0 {
		return nil
	}
	return parts(tenant.PathSMSConnections)
}

// movedAlong lists the connections that this plan leaves on their own settings and that are opted in all the same: whether Auth0's
// flag moves every flow at once is not documented, so it is looked at. Their codes arrive, because the provider covers them too,
// but their users see another sender. Each is told of once; what cannot be read tells nothing.
func (e *engine) movedAlong(ctx context.Context) []string {
	if len(e.plan.Summary.Stays) == 0 {
		return nil
	}
	part, err := tenant.ReadPart(ctx, e.api, tenant.PathSMSConnections)
	if err != nil {
		return nil
	}
	now := tenant.Snapshot{Parts: map[string]tenant.Part{tenant.PathSMSConnections: part}}
	told := slices.Concat(slices.Collect(maps.Values(e.along))...)
	var along []string
	for _, stay := range e.plan.Summary.Stays {
		if c, ok := now.Connection(stay.ID); ok && c.SMS().OptedIn() && !slices.Contains(told, c.Name) {
			along = append(along, c.Name)
		}
	}
	return along
}
