package scan

import (
	"bytes"
	"strings"
	"unicode/utf8"
)

// Hit is one place in a file that depends on what stops, or a hint.
type Hit struct {
	Line       int        `json:"line"`   // from 1
	Column     int        `json:"column"` // in characters, from 1
	Text       string     `json:"text"`   // the line, cut to the part around the place; as it is, so a front end makes it safe
	Row        string     `json:"row"`    // the row of the table that found it
	Ecosystem  string     `json:"ecosystem"`
	Versions   string     `json:"versions,omitempty"`
	Endpoint   string     `json:"endpoint"`
	Confidence Confidence `json:"confidence"`
	After      string     `json:"after"`   // what happens once the switch is made
	Instead    string     `json:"instead"` // in the same ecosystem and version
	Scopes     []string   `json:"scopes,omitempty"`
	Note       string     `json:"note,omitempty"`
}

// Finding reports whether the hit counts: hints do not.
func (h Hit) Finding() bool { return h.Confidence != Hint }

// hit makes one of what was found.
func (m *matcher) hit(f found, p pos, line string) Hit {
	row := m.rows[f.row]
	note := strings.TrimSpace(f.what.note() + " " + row.Note)
	return Hit{
		Line: p.line + 1, Column: p.column + 1, Text: line,
		Row: row.ID, Ecosystem: row.Ecosystem, Versions: row.Versions, Endpoint: f.what.String(), Confidence: f.sure,
		After: row.After, Instead: row.Instead.of(f.what), Scopes: f.what.scopes(), Note: note,
	}
}

// hits turns what was found in a piece into hits: one for each line, row and target.
func (m *matcher) hits(p piece, all []found) []Hit {
	var hits []Hit
	at, place := 0, p.start
	said := map[found]bool{}
	for _, f := range all {
		if f.at < p.from || f.at >= p.to {
			continue
		}
		next := place.after(p.data[at:f.at])
		if next.line != place.line {
			clear(said)
		}
		at, place = f.at, next
		key := found{row: f.row, what: f.what}
		if said[key] {
			continue
		}
		said[key] = true
		line := excerpt(p.data, f.at)
		hits = append(hits, m.hit(f, pos{place.line, place.column - extra(p.data, f.at)}, line))
	}
	return hits
}

// Shown of a line, in bytes.
const (
	shownBefore = 60
	shownAfter  = 120
)

// excerpt is the line at a place, without its indent and not longer than can be read.
func excerpt(data []byte, at int) string {
	start := bytes.LastIndexByte(data[:at], '\n') + 1
	end := len(data)
	if n := bytes.IndexByte(data[at:], '\n'); n >= 0 {
		end = at + n
	}
	from, to := max(start, at-shownBefore), min(end, at+shownAfter)
	for from > start && !utf8.RuneStart(data[from]) && at-from < shownBefore+utf8.UTFMax {
		from--
	}
	line := strings.TrimSpace(readable(data[from:to]))
	if from > start {
		line = "… " + line
	}
	if to < end {
		line += " …"
	}
	return line
}

// extra is how many bytes more than characters a line has before a place.
func extra(data []byte, at int) int {
	line := data[bytes.LastIndexByte(data[:at], '\n')+1 : at]
	return len(line) - utf8.RuneCount(line)
}

// readable is text in UTF-8. What is not is read as Latin-1, in which every byte is a letter.
func readable(data []byte) string {
	for cut := range utf8.UTFMax {
		if cut <= len(data) && utf8.Valid(data[:len(data)-cut]) {
			return string(data[:len(data)-cut]) // a letter may have been cut at the end
		}
	}
	runes := make([]rune, len(data))
	for i, b := range data {
		runes[i] = rune(b)
	}
	return string(runes)
}
