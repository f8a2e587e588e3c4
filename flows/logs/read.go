package logs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"upe/flows/tenant"
)

// How much is read at most. Search gives 100 logs a page and 1,000 in all (Auth0's API description of GET /logs).
const (
	pageSize   = 100
	knownPages = 10 // of the types that can be about a message
	otherPages = 2  // of all others, right after the message, where an unknown type would stand
	lookTime   = 30 * time.Second
)

// How often the logs are looked at again while they are silent.
const (
	firstPause = time.Second
	longPause  = 3 * time.Second
)

// Wait looks at the logs until they tell of a success or a failure, or until patience has passed: entries come late. Without
// patience it looks once. A context that ends, ends the waiting and not what was found.
func Wait(ctx context.Context, api tenant.API, s Sought, now func() time.Time, patience time.Duration) Verdict {
	pause := firstPause
	var before *Verdict
	for {
		s.Until = now()
		v := Stronger(before, Read(ctx, api, s))
		if before = &v; v.Standing != Nothing || patience <= 0 || !rest(ctx, min(pause, patience)) {
			return v
		}
		patience -= pause
		pause = min(pause*3/2, longPause)
	}
}

// rest reports false when ctx ended first.
func rest(ctx context.Context, d time.Duration) bool {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-ctx.Done():
		return false
	}
}

// Read looks at the logs once. It never fails: a verdict says what could not be read, and why.
func Read(ctx context.Context, api tenant.API, s Sought) Verdict { return s.Fetch(ctx, api).Judge(s) }

// Fetched is what one look at the logs brought back. It holds entries as they are: with secrets and phone numbers.
type Fetched struct {
	known, others []json.RawMessage
	cut, more     bool // there is more of either
	err, otherErr error
}

// Fetch looks at the logs once, at the known types and at all others side by side.
func (s Sought) Fetch(ctx context.Context, api tenant.API) (f Fetched) {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	tenant.Together(
		func() { f.known, f.cut, f.err = pages(ctx, api, s.query(true), knownPages) },
		func() { f.others, f.more, f.otherErr = pages(ctx, api, s.query(false), otherPages) },
	)
	return f
}

// Judge judges what was fetched for s, which may know of more secrets by now.
func (f Fetched) Judge(s Sought) Verdict {
	if f.err != nil {
		return Verdict{Standing: Unreadable, Since: s.Since.UTC(), Why: s.free(whyNot(f.err))}
	}
	v := s.Judge(slices.Concat(f.known, f.others))
	v.Cut = f.cut || f.more
	switch {
	case f.otherErr != nil:
		v.Why = s.free("entries of other types were not read: " + whyNot(f.otherErr))
	case f.cut:
		v.Why = fmt.Sprintf("only %d entries were read, there are more", len(f.known))
	}
	return v
}

// Present lists the ids of entries that are in the logs already and look as if they told of s: what is there before a message is
// sent is not about it, whatever the clocks say. Logs that cannot be read have none.
func Present(ctx context.Context, api tenant.API, s Sought) []string {
	ctx, cancel := context.WithTimeout(ctx, lookTime)
	defer cancel()
	entries, _, err := pages(ctx, api, s.query(true), knownPages)
	if err != nil {
		return nil
	}
	var ids []string
	for _, raw := range entries {
		e := Parse(raw)
		if kind := s.Match(e).Kind; s.isID(e.ID) && (kind == Failure || kind == Warning) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}

// query asks for the entries of the known types, or of all others, in the time that matters: those right after a test message, and
// of the codes of a flow the newest. A range may name the millisecond (Auth0's log search query syntax); details cannot be searched.
func (s Sought) query(known bool) url.Values {
	terms := fmt.Sprintf("date:[%s TO %s]", moment(s.begin()), moment(s.end().Add(skew)))
	list := "type:(" + strings.Join(sought(), " OR ") + ")"
	if known {
		terms += " AND " + list
	} else {
		terms += " AND NOT " + list
	}
	sort := "date:-1"
	if s.Flow == Try {
		sort = "date:1"
	}
	return url.Values{"q": {terms}, "sort": {sort}, "per_page": {strconv.Itoa(pageSize)}}
}

func moment(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05.000Z") }

// pages reads so many pages at most, and reports whether there are more.
func pages(ctx context.Context, api tenant.API, query url.Values, most int) (all []json.RawMessage, cut bool, err error) {
	for number := range most {
		query = maps.Clone(query)
		query.Set("page", strconv.Itoa(number))
		answer, err := api.Do(ctx, tenant.Call{Op: tenant.ListLogs, Query: query})
		if err != nil {
			return nil, false, err
		}
		page, err := list(answer)
		if err != nil {
			return nil, false, err
		}
		all = append(all, page...)
		if len(page) < pageSize {
			return all, false, nil
		}
	}
	return all, true, nil
}

var errOther = errors.New("the answer is not a list of logs")

// list takes an answer apart: an array, or an object around it when totals come with it.
func list(answer json.RawMessage) ([]json.RawMessage, error) {
	if tenant.Empty(answer) {
		return nil, nil
	}
	var plain []json.RawMessage
	if json.Unmarshal(answer, &plain) == nil {
		return plain, nil
	}
	var object struct {
		Logs *[]json.RawMessage `json:"logs"`
	}
	if json.Unmarshal(answer, &object) != nil || object.Logs == nil {
		return nil, errOther
	}
	return *object.Logs, nil
}

// whyNot says in words why the logs cannot be read.
func whyNot(err error) string {
	var answered *tenant.Error
	if !errors.As(err, &answered) {
		return err.Error()
	}
	switch answered.Class() {
	case tenant.ClassScope:
		return "the token lacks " + strings.Join(tenant.ListLogs.Scopes(), ", ")
	case tenant.ClassToken:
		return "the token is not taken any more"
	case tenant.ClassRateLimit:
		return "Auth0 asks to wait (429)"
	case tenant.ClassNetwork, tenant.ClassUnknown:
		return "no answer came to " + string(answered.Op)
	case tenant.ClassUnified, tenant.ClassNotAllowed, tenant.ClassOneAction, tenant.ClassNotFound, tenant.ClassNotDeployed,
		tenant.ClassConflict, tenant.ClassInvalid, tenant.ClassAuth0, tenant.ClassRefusedLocal:
	}
	return fmt.Sprintf("Auth0 answered %d to %s", answered.Status, answered.Op)
}
