package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/wizard"
	"upe/ui/linear"
	"upe/ui/safe"
	spoken "upe/ui/words"
)

// TestNothingIsLeftUnsaid walks through every embedded tenant line by line, and holds what is printed of each page against what the page
// has: every block, every wording, every line of code and of a request, in order, none dropped. What follows the answers has to be said
// before it is asked for.
func TestNothingIsLeftUnsaid(t *testing.T) {
	t.Parallel()
	all := scenarios()
	for i, scenario := range all {
		if testing.Short() && len(all) > 4 && i%4 != 0 {
			continue
		}
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { listen(t, scenario) })
		})
	}
}

func listen(t *testing.T, scenario string) {
	t.Helper()
	a := testApp(t)
	h := a.newHost(inProcess(t, embed(t, scenario)), nil)
	ear := &listener{t: t, session: h.talk, visits: map[string]int{}}
	host := h.functions()
	host.Save = func(name string, _ []byte) (string, error) { return "/saved/" + name, nil }
	err := linear.Run(t.Context(), linear.Options{Session: h.talk, Host: host, In: ear, Out: &ear.out, Now: a.now})
	if err = errors.Join(err, h.close()); err != nil && !ear.failed {
		t.Errorf("%v\n%s", err, ear.end())
	}
	if ear.pages < 2 {
		t.Errorf("%d pages were listened to:\n%s", ear.pages, ear.end())
	}
	if whole := []string{"mfa-twilio", "mfa-twilio-voice", "mfa-action"}; slices.Contains(whole, scenario) && ear.visits["report"] == 0 {
		t.Errorf("it does not come to the end:\n%s", ear.end())
	}
	if strings.Contains(ear.out.String(), typedSecret) {
		t.Error("a secret was said")
	}
}

// listener answers in a person's place, and compares what it hears with the page that is shown.
type listener struct {
	t       *testing.T
	session *wizard.Session
	out     bytes.Buffer

	page     string // the page it heard
	live     func(wizard.Answers) []wizard.Block
	from     int  // where the printing of that began
	detailed bool // it has asked for the details
	pages    int
	upTo     int            // how much was said when it answered last
	refusals int            // of the answer before, one after the other
	visits   map[string]int // how often a page came
	reads    int
	failed   bool // a page did, and was left
}

// end is what was said last.
func (l *listener) end() string { return l.out.String()[max(l.out.Len()-3000, 0):] }

// Read implements [linear.Input].
func (l *listener) Read(context.Context, bool) (string, error) {
	if l.reads++; l.reads > 500 {
		l.t.Errorf("it goes round in circles:\n%s", l.end())
		return ":quit", nil
	}
	p, said := l.session.Page(), l.out.String()
	at := strings.LastIndex(said, "\nPage: ")
	switch {
	case p.ID != l.page:
		if l.live != nil {
			l.heard(l.page+", behind it", said[l.from:], l.live(l.session.Answers()), l.detailed)
		}
		l.live, l.page, l.from, l.detailed = p.Live, p.ID, at, false
		l.pages++
		l.visits[p.ID]++
		l.hears(p, said[at:], false)
		return ":details", nil
	case !l.detailed:
		l.detailed = true
		l.hears(p, said[at:], true)
	}
	return l.answer(p, said[strings.LastIndex(said, "\n")+1:]), nil
}

// hears compares what is said of a page with what it has.
func (l *listener) hears(p wizard.Page, said string, details bool) {
	rest := shorter(said)
	for _, b := range p.Blocks {
		for _, text := range heardOf(b, details) {
			for _, line := range strings.Split(safe.Block(text), "\n") {
				line = shorter(strings.TrimRight(line, " "))
				_, after, found := strings.Cut(rest, line)
				if !found {
					l.t.Errorf("page %s, details %v: %T is not said, or out of its order:\n%q\nof %q\n%s", p.ID, details, b, line, text, said)
					return
				}
				rest = after
			}
		}
	}
	if p.Live == nil {
		return
	}
	for _, given := range l.choices(p) {
		l.heard(p.ID+", before it is asked", said, slices.DeleteFunc(p.Live(given), isMaking), details)
	}
}

// heard compares what is said with blocks that may stand anywhere in it.
func (l *listener) heard(where, said string, blocks []wizard.Block, details bool) {
	all := flat(said)
	for _, b := range blocks {
		for _, text := range heardOf(b, details) {
			if !strings.Contains(all, flat(safe.Block(text))) {
				l.t.Errorf("page %s: %T is not said: %q\n%s", where, b, text, said)
			}
		}
	}
}

// isMaking reports whether a block says how a choice is made, which is said once it is made.
func isMaking(b wizard.Block) bool {
	switch b := b.(type) {
	case wizard.Diff, wizard.Facts:
		return true
	case wizard.Text:
		return b.Tone == wizard.Plain
	}
	return false
}

// choices are the answers to the page's first question that a person chooses between: for each option, or as it is filled in.
func (l *listener) choices(p wizard.Page) []wizard.Answers {
	filled := l.session.Answers()
	for _, q := range p.Questions {
		if value := l.session.Default(q); value != nil {
			filled[q.Key] = value
		}
	}
	q := p.Questions[0]
	if q.Kind != wizard.One {
		return []wizard.Answers{filled}
	}
	var all []wizard.Answers
	for _, o := range q.Options {
		if o.Disabled == "" {
			one := l.session.Answers()
			one[q.Key] = o.Value
			all = append(all, one)
		}
	}
	return all
}

// flat is a text as it can be looked for wherever it stands.
func flat(text string) string { return strings.Join(strings.Fields(shorter(text)), " ") }

var sid = regexp.MustCompile(`\b([A-Z]{2})[0-9a-f]{28}([0-9a-f]{4})\b`)

// shorter tells Twilio's SIDs by their ends: on a page they are spelled once.
func shorter(text string) string { return sid.ReplaceAllString(text, "$1 ending in $2") }

// heardOf lists the texts of a block, in the order in which they are said.
func heardOf(b wizard.Block, details bool) []string {
	var all []string
	add := func(texts ...string) { all = append(all, texts...) }
	switch b := b.(type) {
	case wizard.Text:
		add(strings.TrimRight(b.Title, ":."))
		add(strings.Split(b.Body, "\n")...)
	case wizard.Facts:
		for _, row := range b.Rows {
			add(strings.TrimRight(row.Label, ":."), row.Value, row.Note)
		}
	case wizard.Findings:
		for _, f := range b.Items {
			add(f.Title)
			for _, e := range f.Evidence {
				add(e.What, e.Value)
			}
			add(f.Consequence, f.Remedy)
			if details {
				add(f.Source)
			}
		}
		for _, part := range b.Parts {
			if details {
				add(part.Path, spoken.Answer(part.JSON))
			}
		}
	case wizard.Journey:
		for _, leg := range b.Legs {
			add(leg.Flow, leg.Through, leg.Carrier, leg.Problem)
		}
	case wizard.Matrix:
		for _, row := range b.Rows {
			add(row.Label)
		}
		add(b.Verdict, b.Row)
	case wizard.Diff:
		if b.Language == "" || details {
			add(changed(b)...)
		}
	case wizard.Preview:
		for _, row := range b.Rows {
			add(row.Label, row.Before)
			if row.After != row.Before {
				add(row.After)
			}
			add(row.Note)
		}
	case wizard.Steps:
		for _, s := range b.Items {
			add(s.Heading, s.Title, s.Note)
			if details {
				add(s.Why, s.Request, spoken.JSON(s.Body), spoken.JSON(s.Before), spoken.JSON(s.After), s.Dashboard, s.Link, s.Undo, s.Basis)
			}
		}
	case wizard.Evidence:
		for _, row := range b.Rows {
			add(spoken.Method(row.Channel), spoken.Accepted(row), spoken.Arrived(row))
		}
	case wizard.Messages:
		for _, m := range b.Items {
			add(m.To, m.From, safe.Line(m.Text))
		}
	case wizard.Code:
		add(strings.TrimSuffix(b.Text, "\n"))
	default:
		add(fmt.Sprintf("nobody has said what a %T holds", b))
	}
	return slices.DeleteFunc(all, func(text string) bool { return text == "" })
}

// changed are the texts of a change that can be looked for in one piece: of code, the lines of either side come in turns.
func changed(b wizard.Diff) []string {
	if b.Language == "" && b.Before != b.After {
		return []string{strings.TrimSuffix(b.Before, "\n"), strings.TrimSuffix(b.After, "\n")}
	}
	return []string{strings.TrimSuffix(b.After, "\n")}
}

// answer says what a person would, who wants to go on. An answer that is refused is followed by another one.
func (l *listener) answer(p wizard.Page, prompt string) string {
	n := l.refused()
	prompt = strings.TrimSuffix(prompt, ": ")
	switch {
	case p.Returns, l.visits[p.ID] > 3: // a tenant on which messages do not arrive would be tested for ever
		return ":quit"
	case strings.HasPrefix(prompt, "Type yes"):
		return "yes"
	case strings.HasSuffix(prompt, " in full"):
		return strings.TrimSuffix(strings.TrimPrefix(prompt, "Type "), " in full")
	case strings.Contains(prompt, "enter alone decides nothing"), strings.HasSuffix(prompt, ", No"):
		return []string{"yes", "1", "2", "3", "4"}[n%5]
	case strings.HasPrefix(prompt, "Type 1"):
		return "1"
	case strings.HasPrefix(prompt, "Type numbers") && strings.HasSuffix(prompt, "enter for none"):
		return "1, 2, 3, 4, 5, 6, 7, 8, 9"[:max(3*optionsOf(p)-2, 1)]
	case strings.HasPrefix(prompt, "Type or paste it") && !strings.Contains(prompt, "Enter keeps"):
		return []string{typedSecret, "0123456789abcdef0123456789abcdef", "https://sms.example.com/send"}[min(n, 2)]
	case strings.HasPrefix(prompt, "Type it") && !strings.Contains(prompt, "press enter"):
		from := 0
		if p.Questions[0].Kind == wizard.PathTo {
			from = 4
		}
		return []string{"Robin", "+15005550006", "ACaf2de21f0f15db9e970288df42fce42d", "sms", actionFile}[(n+from)%5]
	case strings.HasPrefix(prompt, "Type again"): // Auth0 refuses some tenants what is written to others
		l.failed = true
		return ":quit"
	}
	return []string{"", "+15005550006", "2", "1"}[n%4]
}

// refused counts how often what was answered did not do.
func (l *listener) refused() int {
	behind := l.out.String()[l.upTo:]
	l.upTo = l.out.Len()
	if strings.Contains(behind, "That does not do: ") || strings.Contains(behind, "It takes ") || strings.Contains(behind, "it takes ") {
		l.refusals++
	} else {
		l.refusals = 0
	}
	return l.refusals
}

// optionsOf counts the options of the page's longest list.
func optionsOf(p wizard.Page) int {
	n := 0
	for _, q := range p.Questions {
		if q.Kind == wizard.Many {
			n = max(n, len(q.Options))
		}
	}
	return min(n, 9)
}
