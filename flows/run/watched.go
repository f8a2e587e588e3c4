package run

import (
	"upe/flows/logs"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// Watched lists the moves that are switched on, with what tells of their logins in the tenant logs: what a [logs.Watcher] follows.
// It fails as [Replay] does.
func Watched(p plan.Plan, journal []byte) ([]logs.Course, error) {
	j, err := Parse(journal)
	if err != nil {
		return nil, err
	}
	h, err := recall(p, j.Entries)
	if err != nil {
		return nil, err
	}
	var courses []logs.Course
	for _, m := range p.Summary.Moves {
		if !h.switched[m.ID] {
			continue
		}
		c := logs.Course{Move: m.ID, Title: m.Title, Sought: logs.Sought{Since: h.since[m.ID], Provider: p.Summary.Provider}}
		c.Flow, c.Connection, c.Name = h.flowOf(m)
		courses = append(courses, c)
	}
	return courses, nil
}

// flowOf is whose codes a move is about: the flow, and of Passwordless the connection's id, where it is known, and its name.
func (h *history) flowOf(m plan.Move) (flow logs.Flow, connection, name string) {
	switch m.ID {
	case plan.MoveMFA:
		return logs.MFA, "", ""
	case plan.MoveProvider:
		return logs.Any, "", ""
	case plan.MoveNewConnection:
		return logs.Passwordless, h.created(tenant.CreateConnection), m.Name
	}
	return logs.Passwordless, m.ID, m.Name
}
