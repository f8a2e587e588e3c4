package run

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"sync"

	"upe/flows/plan"
)

// Journal is a parsed journal.
type Journal struct {
	Entries []Entry
	Torn    bool // the last line was cut off, and is ignored

	open bool // the last line has no newline: the next entry brings one
}

// Parse reads a journal. A last line that was cut off is survived: no write was sent before its line was safe, so it tells
// nothing that must be known. The entry after it is marked [Entry.Torn]. A line that cannot be read anywhere else, and a gap in the
// numbers, are errors: the journal cannot be trusted.
func Parse(raw []byte) (Journal, error) {
	j := Journal{open: len(raw) > 0 && raw[len(raw)-1] != '\n'}
	unread := 0 // the first of the lines since the last entry that could not be read; counted from 1
	for i, line := range bytes.Split(raw, []byte("\n")) {
		if len(bytes.TrimSpace(line)) == 0 {
			continue
		}
		entry, err := parseEntry(line)
		switch {
		case err != nil && unread == 0:
			unread = i + 1
		case err != nil:
		case unread > 0 && !entry.Torn:
			return Journal{}, fmt.Errorf("line %d of the journal cannot be read", unread)
		case entry.Seq != len(j.Entries)+1:
			return Journal{}, fmt.Errorf("line %d of the journal has number %d instead of %d", i+1, entry.Seq, len(j.Entries)+1)
		default:
			j.Entries = append(j.Entries, entry)
			unread = 0
		}
	}
	j.Torn = unread > 0
	return j, nil
}

func parseEntry(line []byte) (Entry, error) {
	decoder := json.NewDecoder(bytes.NewReader(line))
	decoder.UseNumber()
	var entry Entry
	if err := decoder.Decode(&entry); err != nil {
		return Entry{}, err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return Entry{}, errors.New("something follows the entry")
	}
	if entry.Event == "" {
		return Entry{}, errors.New("no event")
	}
	return entry, nil
}

// Memory is a journal in memory.
type Memory struct {
	mu   sync.Mutex
	data []byte
}

// NewMemory is a journal in memory that begins with data.
func NewMemory(data []byte) *Memory { return &Memory{data: bytes.Clone(data)} }

// Append adds to the journal.
func (m *Memory) Append(line []byte) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.data = append(m.data, line...)
	return nil
}

// Read is everything appended so far.
func (m *Memory) Read() ([]byte, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return bytes.Clone(m.data), nil
}

// book is an open journal: what it told so far, and how to add to it.
type book struct {
	*history
	runner  *Runner
	secrets secrets // what must not be written into it
	open    bool    // see Journal
	torn    bool
}

// open reads the runner's journal, and begins it when it is empty.
func (r *Runner) open(p plan.Plan) (*book, error) {
	raw, err := r.Log.Read()
	if err != nil {
		return nil, fmt.Errorf("read the journal: %w", err)
	}
	journal, err := Parse(raw)
	if err != nil {
		return nil, err
	}
	told, err := recall(p, journal.Entries)
	if err != nil {
		return nil, err
	}
	b := &book{history: told, runner: r, open: journal.open, torn: journal.Torn}
	if len(journal.Entries) > 0 {
		return b, nil
	}
	return b, b.write(Entry{Schema: EntrySchema, Event: Began, By: r.NewID("run"), Plan: p.Checksum})
}

// write appends an entry, cleaned of secrets and phone numbers. When it fails, nothing that the entry announces may be done.
func (b *book) write(e Entry) error {
	e.Seq, e.At, e.Torn = b.entries+1, b.runner.Now().UTC(), b.torn
	e = b.secrets.clean(e)
	line := append(plan.Encode(e), '\n')
	if b.open {
		line = append([]byte("\n"), line...)
	}
	if err := b.runner.Log.Append(line); err != nil {
		return fmt.Errorf("write the journal: %w", err)
	}
	b.open, b.torn = false, false
	return b.apply(e)
}
