package oracle

import (
	"fmt"
	"net/http"
	"strings"

	"upe/flows/tenant"
)

// End is what a migration was to come to.
type End struct {
	Moves  []string      // "mfa", and ids or names of connections
	Writes []tenant.Call // what the migration was to write, and nothing else may be different
	Flags  []string      // migration flags that somebody turned in the Dashboard
	// FlagMovesAll says that the tenant flag moves whatever was left behind, too, and sets the other flags along with it: then
	// what was left behind has to deliver, by whichever way.
	FlagMovesAll bool
}

// Complaints says what is not as it was to be, and which connections moved that were to stay, where the flag moves all. Losses on the
// way are not among the complaints, see [Witness.Lost].
func (w *Witness) Complaints(end End) (wrong, along []string) {
	w.Look("")
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, l := range w.baseline {
		if l.gone(w.tenant) {
			continue
		}
		if why := l.wrong(end); why != "" {
			wrong = append(wrong, fmt.Sprintf("%s: %s", l.Route, why))
		}
		if l.Connection != "" && !l.Moved(end.Moves) && byTenant(l.now) && !byTenant(l.before) {
			along = append(along, l.Name)
		}
	}
	return append(wrong, w.unaskedWords(end)...), along
}

func (w *Witness) unaskedWords(end End) []string {
	var all []string
	for _, path := range w.unasked(end) {
		all = append(all, "changed, and nobody asked for it: "+path)
	}
	return all
}

// wrong says what is wrong with what became of a code at the end, or "".
func (l leg) wrong(end End) string {
	now := l.now
	moves := l.Moved(end.Moves) || byTenant(l.before)
	switch {
	case !now.Delivered:
		return "does not come at the end: " + now.Error
	case moves && !byTenant(now):
		return "was to move, and goes by " + carrier(now)
	case moves, end.FlagMovesAll, carrier(now) == carrier(l.before):
		return ""
	}
	return fmt.Sprintf("was to stay with %s, and goes by %s", carrier(l.before), carrier(now))
}

// Untouched says what of the tenant is not as it was, for a migration that was refused: routes that go another way, and every
// change but those that were written before the refusal.
func (w *Witness) Untouched(end End) []string {
	w.Look("")
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []string
	for _, l := range w.baseline {
		if now := l.now; !now.Delivered || carrier(now) != carrier(l.before) {
			all = append(all, fmt.Sprintf("%s: went by %s, and goes by %s %s", l.Route, carrier(l.before), carrier(now), now.Error))
		}
	}
	return append(all, w.unaskedWords(end)...)
}

// Writes lists the writes that the tenant accepted, as "METHOD path". Test messages and tokens are none.
func (w *Witness) Writes() []string {
	var all []string
	for _, r := range w.tenant.Requests() {
		path := strings.TrimPrefix(r.Path, "/api/v2")
		if r.Method == http.MethodGet || r.Status == 0 || r.Status >= http.StatusMultipleChoices ||
			strings.HasSuffix(path, "/try") || path == "/oauth/token" {
			continue
		}
		all = append(all, r.Method+" "+path)
	}
	return all
}
