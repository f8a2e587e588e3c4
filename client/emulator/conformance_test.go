package emulator_test

import (
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"upe/client/emulator"
	"upe/client/openapitest"
)

// fewest is how many interactions there have to be: version 1.45.0 has 333.
const fewest = 300

// TestRecordings sends the requests that were recorded between Auth0's Go SDK and a real tenant to a fresh emulator, and
// compares the answers: status codes, error bodies, and bodies field by field. Ids are mapped, and times only have to be
// times. What may differ is in [deliberate], and nothing else.
func TestRecordings(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("UPE_RECORDINGS")
	if folder == "" {
		t.Skip("UPE_RECORDINGS is not set: it names the folder test/data/recordings of the module github.com/auth0/go-auth0, as .ci/run does")
	}
	table := compiled(deliberate())
	replayed, differing, unexplained := 0, 0, 0
	var described []openapitest.Violation
	for _, r := range recordings(t, folder) {
		interactions, violations := replay(t, r)
		described = append(described, violations...)
		for _, found := range interactions {
			replayed++
			if len(found) > 0 {
				differing++
			}
			for _, d := range found {
				if !table.explains(d) {
					unexplained++
					t.Errorf("unexplained: %v", d)
				}
			}
		}
	}
	for _, row := range table {
		if !row.used {
			t.Errorf("this row explains nothing any more: %+v", row.exception)
		}
	}
	if _, unused := openapitest.Explain(described, openapitest.Replayed()); len(described) > 0 && len(unused) > 0 {
		t.Errorf("a difference between recordings and description is none any more: %v", unused)
	}
	if replayed < fewest {
		t.Errorf("only %d recorded interactions: is %s the whole folder?", replayed, folder)
	}
	t.Logf("%d recorded interactions replayed, %d differ deliberately, %d differences are unexplained", replayed, differing, unexplained)
}

// replay sends a recording to a fresh tenant, and gives the differences of each interaction, and what Auth0's description has
// differently.
func replay(t *testing.T, r recording) ([][]difference, []openapitest.Violation) {
	t.Helper()
	p := open(t, r.before(t), func(o *emulator.Options) { o.BuildTime = time.Second })
	c := &comparison{ids: map[string]string{}}
	var out [][]difference
	written := p.clock.now()
	for _, i := range r.Interactions {
		path := i.path(t)
		c.at = difference{recording: r.name, request: i.Request.Method + " " + general(path)}
		c.found = nil
		if i.Request.Method == "GET" {
			p.clock.pass(written.Add(age(i)).Sub(p.clock.now()))
		}
		answer := p.send(i.Request.Method+" "+c.mapped(path), c.mapped(i.Request.Body))
		if i.Request.Method != "GET" {
			written = p.clock.now()
		}
		if answer.status != i.Response.Code {
			c.differs("status code", strconv.Itoa(i.Response.Code), strconv.Itoa(answer.status))
		} else {
			c.values("", decoded(t, i.Response.Body), decoded(t, answer.body))
		}
		out = append(out, c.found)
	}
	if p.watch == nil {
		return out, nil
	}
	return out, p.watch.Violations()
}

// age is how long after the last write an Action was read, as its status tells: building takes a second here.
func age(i interaction) time.Duration {
	switch {
	case strings.Contains(i.Response.Body, `"status":"built"`):
		return time.Second
	case strings.Contains(i.Response.Body, `"status":"building"`):
		return time.Second / 2
	}
	return 0
}

var idSegment = regexp.MustCompile(`/(?:[a-z]{3}_\w+|[0-9a-f]{8}-[0-9a-f-]{27}|auth0%7C\w+|\w{32,})(/|$)`)

// general is a path without ids and query.
func general(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return idSegment.ReplaceAllString(path, "/{id}$1")
}

// row is an exception that notes whether it was needed.
type row struct {
	exception
	fits *regexp.Regexp
	used bool
}

type rows []*row

func compiled(list []exception) rows {
	var out rows
	for _, e := range list {
		pattern := regexp.QuoteMeta(strings.Join([]string{e.recording, e.request, e.field, e.recorded, e.emulated}, "\n"))
		out = append(out, &row{exception: e, fits: regexp.MustCompile("^" + strings.ReplaceAll(pattern, `\*`, "[^\n]*") + "$")})
	}
	return out
}

// explains reports whether some row allows d.
func (list rows) explains(d difference) bool {
	for _, r := range list {
		if r.fits.MatchString(strings.Join([]string{d.recording, d.request, d.field, d.recorded, d.emulated}, "\n")) {
			r.used = true
			return true
		}
	}
	return false
}
