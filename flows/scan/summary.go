package scan

import (
	"cmp"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"unicode/utf8"
)

// Summary is what a scan came to.
type Summary struct {
	Files      int     `json:"files"` // text files that were read
	Bytes      int64   `json:"bytes"` // of all files
	Findings   int     `json:"findings"`
	Hints      int     `json:"hints"`
	Hit        int     `json:"files_with_findings"`
	Endpoints  []Count `json:"endpoints"` // findings by endpoint, the most first
	Ignored    int     `json:"ignored"`   // files and folders that a .gitignore leaves out
	Vendored   int     `json:"vendored"`  // folders of other people's code
	Minified   int     `json:"minified"`  // files that a program wrote
	Binary     int     `json:"binary"`    // files that are no text
	Links      int     `json:"links"`     // symbolic links, which are not followed
	Unreadable int     `json:"unreadable"`
	// Problems are the first of the files and folders that could not be read, with the reason.
	Problems []string `json:"problems,omitempty"`

	counts map[string]int
}

// Count is how often an endpoint was found.
type Count struct {
	Endpoint string `json:"endpoint"`
	Findings int    `json:"findings"`
}

// maxProblems is how many are named.
const maxProblems = 20

// unreadable notes a file or folder that could not be read.
func (s *Summary) unreadable(name string, err error) {
	s.Unreadable++
	if len(s.Problems) >= maxProblems {
		return
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		err = p.Err
	}
	if !utf8.ValidString(name) { // io/fs knows no such names, and says only that they are not valid
		name, err = strings.ToValidUTF8(name, "\uFFFD"), errors.New("its name is not UTF-8")
	}
	s.Problems = append(s.Problems, name+": "+err.Error())
}

// count adds the hits of a file.
func (s *Summary) count(f File) {
	before := s.Findings
	for _, h := range f.Hits {
		if !h.Finding() {
			s.Hints++
			continue
		}
		s.Findings++
		if s.counts == nil {
			s.counts = map[string]int{}
		}
		s.counts[h.Endpoint]++
	}
	if s.Findings > before {
		s.Hit++
	}
}

// sorted are the counts, the most first.
func (s *Summary) sorted() []Count {
	all := []Count{}
	for endpoint, n := range s.counts {
		all = append(all, Count{endpoint, n})
	}
	slices.SortFunc(all, func(a, b Count) int {
		return cmp.Or(cmp.Compare(b.Findings, a.Findings), cmp.Compare(a.Endpoint, b.Endpoint))
	})
	return all
}

// add adds another's figures.
func (s *Summary) add(other Summary) {
	s.Files += other.Files
	s.Bytes += other.Bytes
	s.Ignored += other.Ignored
	s.Vendored += other.Vendored
	s.Minified += other.Minified
	s.Binary += other.Binary
	s.Links += other.Links
	s.Unreadable += other.Unreadable
	s.Problems = append(s.Problems, other.Problems...)
	s.Problems = s.Problems[:min(len(s.Problems), maxProblems)]
}

// Merge adds another scan, such as that of another folder.
func (s *Summary) Merge(other Summary) {
	s.add(other)
	s.Findings += other.Findings
	s.Hints += other.Hints
	s.Hit += other.Hit
	if s.counts == nil {
		s.counts = map[string]int{}
	}
	for _, c := range other.Endpoints {
		s.counts[c.Endpoint] += c.Findings
	}
	s.Endpoints = s.sorted()
}
