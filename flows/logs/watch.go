package logs

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"

	"upe/flows/tenant"
)

// Outlook is what can be said of a flow, from its logins before it was switched on and since.
type Outlook string

// The outlooks.
const (
	LooksRight   Outlook = "right"
	LooksWrong   Outlook = "wrong"
	Inconclusive Outlook = "inconclusive" // too little is known; that is no good news, and no bad
)

// Course is a flow that was switched on: [Sought.Since] is when.
type Course struct {
	Move, Title string
	Sought
}

// FlowLook is what one look at the tenant logs says of a flow.
type FlowLook struct {
	Move    string  `json:"move"`
	Title   string  `json:"title"`
	Outlook Outlook `json:"verdict"`
	Why     string  `json:"why"`
	Before  Tally   `json:"before"`
	After   Tally   `json:"after"`
}

// Look is one look at the tenant logs.
type Look struct {
	At      time.Time  `json:"at"`
	Outlook Outlook    `json:"verdict"` // wrong when a flow looks wrong; right when all look right
	Flows   []FlowLook `json:"flows"`
}

// Watcher looks at the logins of flows that were switched on, again and again. What was before the switch is read once. It reads at
// most 5 pages of either side of each flow: those nearest to the switch before it, and the newest after it.
type Watcher struct {
	API     tenant.API
	Courses []Course
	// Lag is how much of the newest time is left out: logs come late, and who was sent a code a moment ago has not entered it yet.
	Lag time.Duration

	before map[string]Tally // by move
}

// shortest is how much of the time before the switch is looked at, at least.
const shortest = time.Hour

// mostPages is how much is read of either side: with two flows, a burst of requests that Auth0 allows on its smaller plans
// (Read Logs: 10 at once, 100 a minute).
const mostPages = 5

// Look looks once. An error is one of the API, as [tenant.Error].
func (w *Watcher) Look(ctx context.Context, now time.Time) (Look, error) {
	ctx, cancel := context.WithTimeout(ctx, lookTime*time.Duration(max(1, len(w.Courses))))
	defer cancel()
	l := Look{At: now.UTC(), Outlook: LooksRight, Flows: []FlowLook{}}
	for _, c := range w.Courses {
		flow, err := w.flow(ctx, c, now)
		if err != nil {
			return l, fmt.Errorf("read the tenant logs: %w", err)
		}
		l.Flows = append(l.Flows, flow)
		switch {
		case flow.Outlook == LooksWrong:
			l.Outlook = LooksWrong
		case flow.Outlook == Inconclusive && l.Outlook == LooksRight:
			l.Outlook = Inconclusive
		}
	}
	return l, nil
}

func (w *Watcher) flow(ctx context.Context, c Course, now time.Time) (FlowLook, error) {
	switched := c.Since.Truncate(time.Millisecond) // as exact as a log's date
	until := now.Add(-w.Lag)
	before, known := w.before[c.Move]
	if !known {
		var err error
		length := max(until.Sub(switched), shortest)
		if before, err = c.read(ctx, w.API, switched.Add(-length), switched.Add(-time.Millisecond)); err != nil {
			return FlowLook{}, err
		}
		if w.before == nil {
			w.before = map[string]Tally{}
		}
		w.before[c.Move] = before
	}
	after := Tally{Since: switched.UTC(), Until: switched.UTC()}
	if until.After(switched) {
		var err error
		if after, err = c.read(ctx, w.API, switched, until); err != nil {
			return FlowLook{}, err
		}
	}
	return c.Compare(before, after), nil
}

// read counts what the logs hold of a stretch of time, the newest first. Where there is more than is read, the stretch is as long as
// what was: logins and codes are then counted over the same time.
func (c Course) read(ctx context.Context, api tenant.API, since, until time.Time) (Tally, error) {
	entries, cut, err := pages(ctx, api, c.countQuery(since, until), mostPages)
	if err != nil {
		return Tally{}, err
	}
	if cut {
		if oldest := oldestOf(entries); oldest.After(since) {
			since = oldest
		}
	}
	t := c.Count(entries, since, until)
	t.Cut = cut
	return t, nil
}

func oldestOf(entries []json.RawMessage) time.Time {
	var oldest time.Time
	for _, raw := range entries {
		if at := Parse(raw).At; !at.IsZero() && (oldest.IsZero() || at.Before(oldest)) {
			oldest = at
		}
	}
	return oldest
}

// countQuery asks for what a tally is made of. Details, such as the factor, cannot be searched.
func (c Course) countQuery(since, until time.Time) url.Values {
	kinds := "type:(" + strings.Join(counted(c.Flow), " OR ") + ")"
	if c.Flow != MFA {
		kinds = "(" + kinds + " OR (type:s AND strategy:sms))"
	}
	terms := fmt.Sprintf("date:[%s TO %s] AND %s", moment(since), moment(until), kinds)
	return url.Values{"q": {terms}, "sort": {"date:-1"}, "per_page": {strconv.Itoa(pageSize)}}
}
