package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// keys measures how long a person waits for a key, on every page of a whole migration of the biggest tenant.
func keys(l *lab) ([]row, error) {
	var rows []row
	for _, s := range []size{usual, {200, 60}} {
		felt, err := l.feel(s)
		if err != nil {
			return rows, err
		}
		all := slices.Concat(felt.stages...)
		p50, p99 := all.median(), all.at(0.99)
		r := row{
			what: "key to changed screen, " + s.String(), target: "p99 <= 15 ms", missed: p99 > 15*time.Millisecond,
			result: fmt.Sprintf("p50 %s, p99 %s", ms(p50), ms(p99)), how: felt.how(),
		}
		if s != usual {
			r.target, r.missed = "p50 <= 12, p99 <= 20 ms", p50 > 12*time.Millisecond || p99 > 20*time.Millisecond
		}
		rows = append(rows, r)
	}
	return rows, nil
}

// feeling is what keys felt like, by stage.
type feeling struct {
	names  []string
	stages []samples
	pages  int
	worst  string
	most   time.Duration
}

func (f *feeling) add(stage, where string, took time.Duration) {
	if took == 0 {
		return // the key had nothing to change
	}
	i := slices.Index(f.names, stage)
	if i < 0 {
		f.names, f.stages = append(f.names, stage), append(f.stages, nil)
		i = len(f.names) - 1
	}
	f.stages[i] = append(f.stages[i], took)
	if took > f.most {
		f.most, f.worst = took, where
	}
}

// how says what each stage came to.
func (f *feeling) how() string {
	var parts []string
	for i, name := range f.names {
		s := f.stages[i]
		parts = append(parts, fmt.Sprintf("%s %.1f/%.1f (%d)", name, float64(s.median())/1e6, float64(s.at(0.99))/1e6, len(s)))
	}
	return fmt.Sprintf("p50/p99 by stage: %s; %d pages of the tenant %s, worst %s on %q", strings.Join(parts, ", "), f.pages, biggest, ms(f.most), f.worst)
}

// feel walks through a migration and tries keys on every page: selection, scrolling, help, and enter itself.
func (l *lab) feel(s size) (*feeling, error) {
	folder, env, err := l.answers(biggest)
	if err != nil {
		return nil, err
	}
	t, err := sitIn(folder, s, env, l.upe, "--demo", "--scenario", biggest, "--answers", filepath.Join(folder, "answers.yaml"))
	if err != nil {
		return nil, err
	}
	defer t.leave()
	if _, err := t.shows("Before we start"); err != nil {
		return nil, err
	}
	f, seen := &feeling{}, map[string]bool{}
	look := func(stage, title string) error {
		if seen[title] { // the next question of the same page, or the page again: enter first brings what was scrolled away into view
			return nil
		}
		seen[title] = true
		f.pages++
		return f.try(t, stage, title, l.few(18)/3)
	}
	return f, t.walk(look, func(stage string, took time.Duration) { f.add(stage, "enter", took) })
}

// pairs are keys of which each takes back what the other does. Scrolling comes last: it leaves the answers alone, but not always the view,
// as the end of a page is rarely a whole screen away.
var pairs = []struct {
	one, other string
	scrolls    bool
}{{down, up, false}, {f1, f1, false}, {pgdn, pgup, true}}

// try presses pairs of keys, and leaves the answers of the page as they were. That can be seen where the whole page is; elsewhere the arrows,
// which choose, are left out.
func (f *feeling) try(t *terminal, stage, title string, rounds int) error {
	before, phase := t.text(), 0
	fits := !strings.Contains(before, " more lines (")
	for _, pair := range pairs {
		if pair.one == down && !fits {
			continue
		}
		for range rounds {
			// Where the first had nothing to change the second may have: then the first takes it back.
			for n, key := range []string{pair.one, pair.other, pair.one, pair.other, pair.other} {
				if n >= 2 && (pair.scrolls || t.text() == before) {
					break
				}
				phase++
				if err := f.press(t, stage, title, key, phase); err != nil {
					return err
				}
			}
			if !pair.scrolls && t.text() != before {
				return nil // the program has gone on by itself: this is another page now
			}
		}
	}
	return nil
}

// press tries one key. The program draws at a fixed rate, so keys come at moments that are spread evenly between two of its frames.
func (f *feeling) press(t *terminal, stage, title, key string, phase int) error {
	const frame, golden = 16667 * time.Microsecond, 0.618034
	_, part := math.Modf(float64(phase) * golden)
	took, err := t.press(key, 50*time.Millisecond+time.Duration(part*float64(frame)))
	f.add(stage, title, took)
	return err
}
