package main

import (
	"fmt"
	"strings"
	"time"

	"upe/flows/report"
	"upe/flows/run"
)

// newer is the last run that was begun for the same tenant after f, nil for none: its plan began from what f had done, so that f is not
// gone on with by itself. A run that was taken back counts no more.
func (a *app) newer(f *folder) *folder {
	var last *folder
	since := f.began()
	for _, other := range a.knownRuns() {
		if other.dir == f.dir || other.plan.Tenant != f.plan.Tenant || other.plan.Reverts != "" || !other.began().After(since) {
			continue
		}
		if back, err := other.back(); err == nil && !back.done() {
			last, since = other, other.began()
		}
	}
	return last
}

// began is when the journal begins; the zero time where it has not.
func (f *folder) began() time.Time {
	if _, entries, err := f.state(); err == nil && len(entries) > 0 {
		return entries[0].At
	}
	return time.Time{}
}

// supersededBy names the run that has taken the place of one that is not finished; "" for none.
func (a *app) supersededBy(f *folder, state run.State) string {
	if f.of != nil || state.Finished || state.Entries == 0 {
		return ""
	}
	if other := a.newer(f); other != nil {
		return a.runName(other)
	}
	return ""
}

// supersededText says so, and how to be rid of the older run.
func (a *app) supersededText(f *folder, state run.State) string {
	other := a.supersededBy(f, state)
	if other == "" {
		return ""
	}
	text := fmt.Sprintf("This run is superseded by run %s, which began later on the same tenant: go on with that one. To list this one no more, "+
		"delete its folder. Keep it as long as you may want to take back what it wrote:", other)
	return "\n" + strings.Join(report.Wrap(text, report.Width), "\n") + "\nupe revert " + a.runName(f) + "\n"
}

// earlier names the runs on the same tenant that f began from, that were left unfinished and not taken back: what they wrote is there, and
// stays when f is taken back. The last comes first, as they are taken back.
func (a *app) earlier(f *folder) []string {
	var names []string
	began := f.top().began()
	for _, other := range a.knownRuns() {
		if other.dir == f.top().dir || other.plan.Tenant != f.plan.Tenant || began.IsZero() || !other.began().Before(began) {
			continue
		}
		state, _, err := other.state()
		back, errBack := other.back()
		if err == nil && errBack == nil && !state.Finished && !back.done() && other.wroteAny() {
			names = append([]string{a.runName(other)}, names...)
		}
	}
	return names
}

// wroteAny reports whether a run has written anything to its tenant, or may have.
func (f *folder) wroteAny() bool {
	raw, err := journal{f.journalPath()}.Read()
	if err != nil {
		return false
	}
	wrote, err := run.Wrote(f.plan, raw)
	return err == nil && len(wrote) > 0
}

// earlierText says what is still there when a run is taken back that began from another one.
func (a *app) earlierText(f *folder) string {
	names := a.earlier(f)
	if len(names) == 0 {
		return ""
	}
	text := "This run began from what an earlier one on this tenant had written and left unfinished; that stays when this one is taken back. To take it back too, afterwards:"
	return "\n" + strings.Join(report.Wrap(text, report.Width), "\n") + "\nupe revert " + strings.Join(names, "\nupe revert ") + "\n"
}
