package wizard

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
)

// Session walks the pages of one conversation. It is not safe for concurrent use: the front end's loop owns it.
type Session struct {
	next    func(Known, Answers) Page
	known   Known
	answers Answers
	drafts  Answers        // what questions are filled with when their page is shown
	under   map[Key]string // for which scope a draft was given here
	trail   []Page         // the pages passed
	page    Page
}

// NewSession begins a conversation. filled may come from an answers file: each becomes the default of its question.
func NewSession(known Known, filled Answers) *Session { return NewSessionWith(Next, known, filled) }

// NewSessionWith begins a conversation whose pages come from next: front ends are tested with pages of their own.
func NewSessionWith(next func(Known, Answers) Page, known Known, filled Answers) *Session {
	s := &Session{next: next, known: known, answers: Answers{}, drafts: filled.clone(), under: map[Key]string{}}
	s.page = s.next(s.known, s.answers)
	return s
}

// Page is the page to show now.
func (s *Session) Page() Page { return s.page }

// Known is what is known now.
func (s *Session) Known() Known { return s.known }

// Answers are the answers given so far. The map is the caller's.
func (s *Session) Answers() Answers { return s.answers.clone() }

// Default is what a question is filled with: what was answered or typed before, or the question's own default.
func (s *Session) Default(q Question) Value {
	if value, ok := s.answers[q.Key]; ok && !q.Adds {
		return value
	}
	if value, ok := s.drafts[q.Key]; ok && !s.overtaken(q) {
		return value
	}
	return q.Default
}

// overtaken reports whether a question has no default for what is to move now, and what it was answered with was decided when
// something else was to move: who sends for one flow was never said of two.
func (s *Session) overtaken(q Question) bool {
	scope, decided := s.under[q.Key]
	open := q.Default == nil || q.Default == ""
	return decided && open && (q.Kind == One || q.Kind == Line) && !scopes(q.Key) && scope != s.scope()
}

// scopes reports whether a key is one of those that say what is to move.
func scopes(key Key) bool { return strings.HasPrefix(string(key), "scope.") }

// scope is what is to move, as far as it is answered.
func (s *Session) scope() string {
	var said []string
	for key, value := range s.answers {
		if scopes(key) {
			said = append(said, fmt.Sprint(key, "=", value))
		}
	}
	slices.Sort(said)
	return strings.Join(said, "\n")
}

// Draft keeps what is being typed, so that leaving the page loses nothing.
func (s *Session) Draft(given Answers) {
	scope := s.scope()
	for key, value := range s.joined(given) {
		s.drafts[key], s.under[key] = value, scope
	}
}

// joined are the answers of the current page, with what other pages gave under the same keys.
func (s *Session) joined(given Answers) Answers {
	whole := given.clone()
	for _, q := range s.page.Questions {
		if value, ok := given[q.Key]; ok {
			whole[q.Key] = q.joined(s.Default(q), value)
		}
	}
	return whole
}

// Pass answers the page and goes to the next. It is called once the page's effect, if any, has succeeded.
func (s *Session) Pass(given Answers) {
	scope := s.scope()
	for key, value := range s.joined(given) {
		s.answers[key] = value
		s.drafts[key], s.under[key] = value, scope
	}
	s.answers[seen(s.page)] = true
	s.trail = append(s.trail, s.page)
	if s.known.Again {
		s.again()
	}
	s.page = s.next(s.known, s.answers)
}

// again goes back to the choice of the provider, after the tenant was read anew. Everything answered from there on is kept as
// defaults, and leads to a new plan.
func (s *Session) again() {
	s.known.Again = false
	for _, key := range []Key{keySilence, keyRefused, keyDrifted, keyTurnTest, keyTurnPrepare, keyEnded} {
		delete(s.answers, key)
		delete(s.drafts, key)
	}
	for i, page := range s.trail {
		if page.Stage != StageProvider {
			continue
		}
		for _, later := range s.trail[i:] {
			s.forget(later)
		}
		s.trail = s.trail[:i]
		return
	}
}

// CanBack reports whether there is a page to go back to, and if not, why.
func (s *Session) CanBack() (ok bool, why string) {
	if s.page.Leave != nil {
		return true, ""
	}
	if len(s.trail) == 0 {
		return false, "this is the first page"
	}
	if s.known.Back != nil && s.known.Back.Open != nil || s.known.Open != nil && !s.untouched() {
		return false, s.noWayBack()
	}
	return true, ""
}

// untouched reports whether a run was opened here and has written nothing: there is nothing that going back would hide.
func (s *Session) untouched() bool {
	c := conversation{known: &s.known}
	first := s.page.ID == preparePage || s.page.ID == "move-"+plan.MoveProvider // of a live provider nothing is prepared
	return first && !s.known.Resumed && s.known.Back == nil && s.known.Plan != nil && !c.hasWritten()
}

// noWayBack says what to do instead of going back to a page once a run is open.
func (s *Session) noWayBack() string {
	for _, q := range s.page.Questions {
		for _, o := range q.Options {
			if o.Value == string(TakeBack) {
				return "it undoes nothing. Answer \"" + o.Label + "\" here, if that is what you want"
			}
		}
	}
	if state := s.known.Standing(); state != nil && state.Entries == 0 {
		return "the run is open, and has written nothing yet. Leave, and start again"
	}
	if s.known.Mode == Demo {
		return "it undoes nothing, and the tenant of a demo ends with the program"
	}
	return "it undoes nothing. Leave, and start upe again: its first page offers to go on, and to take the run back"
}

// Fresh reports whether the conversation stands on its first page, with nothing written: leaving it takes nothing away.
func (s *Session) Fresh() bool {
	return len(s.trail) == 0 && s.page.Leave == nil && s.known.Open == nil && s.known.Back == nil
}

// Kept are the answers as they would fill in a conversation about the same tenant, without secrets.
func (s *Session) Kept() Answers {
	kept := s.drafts.clone()
	for key, value := range s.answers {
		kept[key] = value
	}
	for key, value := range kept {
		if _, secret := value.(Secret); secret || strings.HasPrefix(string(key), seenBy) {
			delete(kept, key)
		}
	}
	return kept
}

// Back returns to the page before. What was answered there is kept as its default.
func (s *Session) Back() {
	if ok, _ := s.CanBack(); !ok {
		return
	}
	if s.page.Leave != nil {
		s.known = s.page.Leave(s.known)
		s.page = s.next(s.known, s.answers)
		return
	}
	if s.known.Open != nil {
		s.known = s.known.forgetRun()
	}
	last := s.trail[len(s.trail)-1]
	s.trail = s.trail[:len(s.trail)-1]
	s.forget(last)
	s.page = s.next(s.known, s.answers)
}

// fit makes answers from a file fit the tenant, once that is read. What does not fit is left to the questions.
func (s *Session) fit() {
	if fit, err := s.known.fitting(s.drafts); err == nil {
		s.drafts = fit
	}
}

func (s *Session) forget(page Page) {
	delete(s.answers, seen(page))
	for _, q := range page.Questions {
		value, ok := s.answers[q.Key]
		if !ok {
			continue
		}
		s.drafts[q.Key] = value
		delete(s.answers, q.Key)
		if others := q.others(value); q.Adds && len(others) > 0 {
			s.answers[q.Key] = others
		}
	}
}

// Update changes what is known, as the effect of the current page reports it, and makes that page anew. A page that what is
// known has no place for any more stays as it is until its effect ends.
func (s *Session) Update(change func(Known) Known) {
	before := s.known.Snapshot
	s.known = change(s.known)
	if before == nil {
		s.fit()
	}
	running := s.known
	running.Running = s.page.ID
	if anew := s.next(running, s.answers); anew.ID == s.page.ID {
		s.page = anew
	}
}

// seenBy begins the keys of passed pages.
const seenBy = "seen."

// seen is the key under which a passed page is remembered; it never reaches an answers file.
func seen(p Page) Key { return Key(seenBy + p.ID) }

func (a Answers) clone() Answers {
	copied := make(Answers, len(a))
	for key, value := range a {
		copied[key] = value
	}
	return copied
}
