package emulator_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// difference is one field that the emulator answers otherwise than the real tenant did.
type difference struct {
	recording string // its name
	request   string // "GET /connections/{id}"
	field     string // "status code", or a path into the body; items of a list go by name where they have one
	recorded  string // as JSON, or absent
	emulated  string
}

const absent = "(absent)"

func (d difference) String() string {
	return fmt.Sprintf("%s: %s: %s: recorded %s, emulated %s", d.recording, d.request, d.field, d.recorded, d.emulated)
}

// comparison compares answers of one recording. ids maps the recorded ids to the emulated ones, as they turn up.
type comparison struct {
	ids   map[string]string
	found []difference
	at    difference // the request that is compared
}

// opaque are the ids that a tenant makes up. A trigger's id is a name.
var opaque = regexp.MustCompile(`^(?:(?:con|pro|tem)_\w+|[0-9a-f]{8}-[0-9a-f-]{27})$`)

// mapped is text with every recorded id replaced by the emulated one.
func (c *comparison) mapped(text string) string {
	var pairs []string
	for _, id := range slices.Sorted(maps.Keys(c.ids)) {
		pairs = append(pairs, id, c.ids[id])
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func (c *comparison) differs(field, recorded, emulated string) {
	d := c.at
	d.field, d.recorded, d.emulated = field, recorded, emulated
	c.found = append(c.found, d)
}

// values compares what is at a path of a body.
func (c *comparison) values(field string, recorded, emulated any) {
	switch want := recorded.(type) {
	case map[string]any:
		if have, same := emulated.(map[string]any); same {
			c.objects(field, want, have)
			return
		}
	case []any:
		if have, same := emulated.([]any); same {
			c.objects(field, c.named(want, true), c.named(have, false))
			return
		}
	case string:
		if have, same := emulated.(string); same && c.alike(field, want, have) {
			return
		}
	}
	if a, b := printed(recorded), printed(emulated); a != b {
		c.differs(field, a, b)
	}
}

// objects compares key by key. The key id goes first, because other fields may repeat it.
func (c *comparison) objects(field string, recorded, emulated map[string]any) {
	keys := slices.Sorted(maps.Keys(recorded))
	for key := range emulated {
		if _, both := recorded[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, func(a, b string) int {
		if a == "id" || b == "id" {
			return strings.Compare(strings.TrimPrefix(a, "id"), strings.TrimPrefix(b, "id"))
		}
		return strings.Compare(a, b)
	})
	for _, key := range keys {
		want, wanted := recorded[key]
		have, had := emulated[key]
		path := strings.TrimPrefix(field+"."+key, ".")
		switch {
		case !wanted:
			c.differs(path, absent, printed(have))
		case !had:
			c.differs(path, printed(want), absent)
		default:
			c.values(path, want, have)
		}
	}
}

// alike compares strings: an id with the one it stands for, and a time with any other.
func (c *comparison) alike(field, recorded, emulated string) bool {
	key := field[strings.LastIndex(field, ".")+1:]
	known := c.ids[recorded]
	switch {
	case known != "":
		return known == emulated
	case key == "id" && opaque.MatchString(recorded) && emulated != "":
		c.ids[recorded] = emulated
		return true
	case strings.HasSuffix(key, "_at"), key == "build_time", key == "date":
		return isTime(recorded) && isTime(emulated)
	}
	return recorded == emulated
}

func isTime(s string) bool {
	_, err := time.Parse(time.RFC3339Nano, s)
	return err == nil
}

// named gives the items of a list the names by which they are compared: what they are called in their list when that is
// unique, the position otherwise.
func (c *comparison) named(list []any, recorded bool) map[string]any {
	byName, byPlace := map[string]any{}, map[string]any{}
	for i, item := range list {
		byPlace[fmt.Sprint(i)] = item
		if name := c.nameOf(item, recorded); name != "" {
			byName[name] = item
		}
	}
	if len(byName) == len(list) {
		return byName
	}
	return byPlace
}

func (c *comparison) nameOf(item any, recorded bool) string {
	o, isObject := item.(map[string]any)
	if !isObject {
		return ""
	}
	for _, key := range []string{"log_id", "type", "name", "display_name"} {
		if name, found := o[key].(string); found {
			return name
		}
	}
	id, _ := o["id"].(string)
	if version, found := o["version"].(string); found {
		return id + " " + version
	}
	if recorded && c.ids[id] != "" {
		return c.ids[id]
	}
	return id
}

// printed is v as JSON, shortened.
func printed(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return err.Error()
	}
	const most = 160
	if len(raw) > most {
		return string(raw[:most]) + "..."
	}
	return string(raw)
}

// What the comparison of recordings sees, and what it sets aside.
func TestComparison(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		recorded, emulated string
		want               []string // fields
	}{
		"equal":             {`{"a":[1,{"b":null}]}`, `{"a":[1,{"b":null}]}`, nil},
		"another value":     {`{"a":{"b":true}}`, `{"a":{"b":false}}`, []string{"a.b"}},
		"another type":      {`{"a":"1"}`, `{"a":1}`, []string{"a"}},
		"absent":            {`{"a":1}`, `{}`, []string{"a"}},
		"null is a value":   {`{"a":null}`, `{}`, []string{"a"}},
		"too much":          {`{}`, `{"a":1}`, []string{"a"}},
		"empty":             {``, `{}`, []string{""}},
		"times":             {`{"created_at":"2023-01-25T17:42:12.320532785Z"}`, `{"created_at":"2026-11-20T12:00:00.000Z"}`, nil},
		"no time":           {`{"created_at":"2023-01-25T17:42:12Z"}`, `{"created_at":"now"}`, []string{"created_at"}},
		"ids":               {`{"id":"con_a","x":{"connection_id":"con_a"}}`, `{"id":"c-1","x":{"connection_id":"c-1"}}`, nil},
		"another's id":      {`{"id":"con_a","x":{"id":"con_a"}}`, `{"id":"c-1","x":{"id":"c-2"}}`, []string{"x.id"}},
		"an id that is not": {`{"id":"post-login"}`, `{"id":"pre-login"}`, []string{"id"}},
		"a list by names":   {`[{"name":"a"},{"name":"b"}]`, `[{"name":"b"},{"name":"a"},{"name":"c"}]`, []string{"c"}},
		"a list by place":   {`["a","b"]`, `["b","a"]`, []string{"0", "1"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			at := comparison{ids: map[string]string{}}
			at.values("", decoded(t, c.recorded), decoded(t, c.emulated))
			var fields []string
			for _, d := range at.found {
				fields = append(fields, d.field)
			}
			if diff := cmp.Diff(c.want, fields); diff != "" {
				t.Errorf("fields (-want +got):\n%s", diff)
			}
		})
	}
}
