package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strings"

	"upe/flows/judge"
	"upe/flows/logs"
	"upe/flows/run"
)

// inLogs is what the tenant logs say of a test message, to be added to what is known of it.
func inLogs(e run.Evidence) string {
	switch {
	case e.Logs == nil:
		return ""
	case e.Denied():
		return "; but " + e.Logs.Words() + ": test again"
	}
	return "; " + e.Logs.Words()
}

// overheard is what the logs said about one thing.
type overheard struct {
	about string
	words string
	logs.Verdict
}

// told lists what the logs said, of test messages and of moves.
func told(s run.State) []overheard {
	var all []overheard
	for _, e := range s.Earlier {
		if e.Logs != nil {
			all = append(all, overheard{"Earlier test by " + judge.ChannelName(e.Channel), e.Logs.Words(), *e.Logs})
		}
	}
	for _, e := range s.Evidence {
		if e.Logs != nil {
			all = append(all, overheard{"Test by " + judge.ChannelName(e.Channel), e.Logs.Words(), *e.Logs})
		}
	}
	for _, m := range s.Moves {
		if m.Logs != nil {
			all = append(all, overheard{m.Title, m.Logs.Codes(), *m.Logs})
		}
	}
	return all
}

// heard lists the entries of the logs that a person should look at, as they were read.
func heard(t *text, s run.State) {
	for _, o := range told(s) {
		if !o.Worth() {
			continue
		}
		t.heading("In the tenant logs: " + o.about)
		for _, c := range o.Candidates {
			t.item(2, "-", entryWords(c))
			if len(c.Raw) > 0 {
				t.block(4, spaced(c.Raw))
			}
		}
		if o.More > 0 {
			t.line("    and %d more", o.More)
		}
	}
}

// heard tells what the tenant logs said, with the entries as they were read.
func (r Record) heard(m *markdown) {
	m.section("What the tenant logs said")
	all := told(r.State)
	for _, o := range all {
		m.item(0, plain(fmt.Sprintf("%s: %s (%s)", o.about, o.words, read(o.Verdict))))
		for _, c := range o.Candidates {
			m.item(1, plain(entryWords(c))+raw(c))
		}
		if o.More > 0 {
			m.item(1, fmt.Sprintf("and %d more", o.More))
		}
	}
	if len(all) == 0 {
		m.para("They were not looked at.")
	}
}

// read says how much was looked at.
func read(v logs.Verdict) string {
	if v.Standing == logs.Unreadable {
		return "since " + moment(v.Since)
	}
	return fmt.Sprintf("%s read, since %s", entries(v.Read), moment(v.Since))
}

// entryWords is one entry: what it is to the message, and how well founded that is.
func entryWords(c logs.Told) string {
	words := fmt.Sprintf("%s, %s: %s", c.Type, c.Kind, c.Why)
	if !c.At.IsZero() {
		words = moment(c.At) + ", " + words
	}
	if c.Basis == logs.Inferred {
		words += " (our conclusion, Auth0 does not document it)"
	}
	return words
}

// raw is an entry as it was read; that of a code which was sent is not kept.
func raw(c logs.Told) string {
	if len(c.Raw) == 0 {
		return ""
	}
	return ": " + code(spaced(c.Raw))
}

// spaced is a document in one line that can be wrapped.
func spaced(raw json.RawMessage) string {
	var out bytes.Buffer
	if json.Indent(&out, raw, "", "") != nil {
		return string(raw)
	}
	return strings.Join(strings.Fields(out.String()), " ")
}
