package wizard_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"upe/client/oracle"
)

// shape is a tenant file, to compare: normal is the file without what no two runs have in common.
type shape struct{ file, normal json.RawMessage }

func (v voyage) shape(file json.RawMessage) shape { return shape{file, v.normal(withoutLogs(file))} }

// withoutLogs cuts the list of the tenant logs out of a tenant file as the emulator writes it.
func withoutLogs(file json.RawMessage) json.RawMessage {
	from := bytes.Index(file, []byte("\n  \"logs\": ["))
	if from < 0 {
		return file
	}
	length := bytes.Index(file[from:], []byte("\n  ]"))
	return slices.Concat(file[:from], []byte(`"logs": [`), file[from+max(length, 0):])
}

// against says how a tenant differs from what it was to be; what nobody can put back, and what is left on purpose, does not count.
func (want shape) against(got shape, left ...string) string {
	if bytes.Equal(want.normal, got.normal) {
		return ""
	}
	var all []string
	for _, path := range oracle.Changes(want.normal, got.normal) {
		if !unrepeatable(path) && !slices.Contains(left, path) {
			all = append(all, path)
		}
	}
	return strings.Join(all, ", ")
}

// normal is JSON with every date, and every id that was not there at the beginning, replaced.
func (v voyage) normal(text []byte) []byte {
	out := make([]byte, 0, len(text))
	for {
		before, rest, quoted := bytes.Cut(text, []byte(`"`))
		out = append(out, before...)
		if !quoted {
			return out
		}
		end := closing(rest)
		out = append(append(append(out, '"'), v.plain(rest[:end])...), '"')
		text = rest[min(end+1, len(rest)):]
	}
}

// closing is where a JSON text ends that has begun; a journal may be cut off before.
func closing(text []byte) int {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i
		}
	}
	return len(text)
}

// plain is one JSON text, or what stands for it; the ids in an address are replaced one by one.
func (v voyage) plain(text []byte) []byte {
	switch {
	case dated(text), bytes.HasPrefix(text, []byte("sha256:")):
		return []byte("STAMP")
	case v.isNew(text):
		return []byte("NEW")
	case bytes.HasPrefix(text, []byte("P")) && bytes.Contains(text, []byte(" /")):
		parts := bytes.Split(text, []byte("/"))
		for i, part := range parts {
			if v.isNew(part) {
				parts[i] = []byte("NEW")
			}
		}
		return bytes.Join(parts, []byte("/"))
	}
	return text
}

// dated reports whether a text is a date as APIs write it: 2026-11-05T09:15:30.412Z.
func dated(text []byte) bool {
	return len(text) >= 20 && len(text) <= 30 && text[4] == '-' && text[10] == 'T' && text[len(text)-1] == 'Z'
}

// isNew reports whether a text is an id that the tenant did not have at the beginning.
func (v voyage) isNew(text []byte) bool {
	const uuid, shortest, longest = 36, 20, 60
	switch {
	case len(text) == uuid && text[8] == '-' && text[13] == '-':
	case len(text) < shortest || len(text) > longest || text[3] != '_':
		return false
	case !bytes.HasPrefix(text, []byte("pro_")) && !bytes.HasPrefix(text, []byte("tem_")) && !bytes.HasPrefix(text, []byte("con_")):
		return false
	}
	return !bytes.Contains(v.start, text)
}

// unrepeatable reports whether a place holds what nobody can put back: dates, versions, logs.
func unrepeatable(path string) bool {
	for _, end := range []string{".updated_at", ".built_at", ".deployed_version", ".versions", ".deployed_at"} {
		if strings.HasSuffix(path, end) || strings.Contains(path, end+".") || strings.Contains(path, end+"[") {
			return true
		}
	}
	return false
}
