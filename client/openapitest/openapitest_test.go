package openapitest_test

import (
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/client/openapitest"
)

// small is a description with a pattern that Go's regular expressions refuse.
const small = `{"openapi":"3.1.0","info":{"title":"small","version":"1"},"paths":{
	"/things":{"get":{"parameters":[{"name":"page","in":"query","schema":{"type":"integer"}}],
		"responses":{"200":{"description":"ok","content":{"application/json":{"schema":{"oneOf":[
			{"type":"array","items":{"$ref":"#/components/schemas/Thing"}},{"type":"object","required":["things"]}]}}}}}}},
	"/things/{id}":{"parameters":[],"put":{"parameters":[{"name":"id","in":"path","required":true,"schema":{"type":"string"}}],
		"requestBody":{"content":{"application/json":{"schema":{"$ref":"#/components/schemas/Thing"}}}},
		"responses":{"204":{"description":"ok"},"404":{"description":"no"}}}},
	"/things/all":{"put":{"responses":{"204":{"description":"ok"}}}}},
	"components":{"schemas":{"Thing":{"type":"object","additionalProperties":false,"required":["name"],
		"properties":{"name":{"type":["string","null"],"pattern":"^(.){1,1024}$"}}}}}}`

// answer is a service that always says the same.
type answer struct {
	status int
	body   string
}

func (a answer) RoundTrip(req *http.Request) (*http.Response, error) {
	if a.status == 0 {
		return nil, errors.New("lost")
	}
	return &http.Response{
		StatusCode: a.status, Header: http.Header{"Content-Type": {"application/json; charset=utf-8"}},
		Body: io.NopCloser(strings.NewReader(a.body)), Request: req,
	}, nil
}

// TestWatch lets everything through, and notes what is not as described.
func TestWatch(t *testing.T) {
	t.Parallel()
	d, err := openapitest.Parse(t.Context(), []byte(small))
	if err != nil {
		t.Fatal(err)
	}
	const list, put = "GET /things", "PUT /things/{id}"
	notFound := answer{404, `{"statusCode":404,"error":"Not Found","message":"no thing"}`}
	for name, tc := range map[string]struct {
		op, body string
		answer   answer
		want     []openapitest.Violation
	}{
		"as described":         {"GET /api/v2/things?page=1", "", answer{200, `[{"name":"a"},{"name":null}]`}, nil},
		"a body":               {"PUT /api/v2/things/1", `{"name":"a"}`, answer{204, ""}, nil},
		"a literal goes first": {"PUT /api/v2/things/all", "", answer{204, ""}, nil},
		"an error":             {"PUT /api/v2/things/1", `{"name":"a"}`, notFound, nil},
		"a lost answer":        {"GET /api/v2/things", "", answer{}, nil},
		"somewhere else":       {"POST /oauth/token", "x", answer{418, "short and stout"}, nil},
		"two things": {"GET /api/v2/things", "", answer{200, `[{"name":"a"},{"name":1},{"nam":2}]`}, []openapitest.Violation{
			{list, "response 200", "at /*/name: value must be one of string, null"},
			{list, "response 200", `at /*/name: property "name" is missing`},
			{list, "response 200", `at /*: property "nam" is unsupported`},
		}},
		"a wrong body": {"PUT /api/v2/things/1", `{"name":""}`, answer{204, "x"}, []openapitest.Violation{
			{put, "request", `at /name: string doesn't match the regular expression "^(.){1,1024}$"`},
			{put, "response 204", "a body"},
		}},
		"an undescribed status": {"PUT /api/v2/things/1", `{"name":"a"}`, answer{200, ""}, []openapitest.Violation{{put, "response 200", "status is not supported"}}},
		"an error of no shape":  {"PUT /api/v2/things/1", `{"name":"a"}`, answer{404, `{"statusCode":400}`}, []openapitest.Violation{{put, "response 404", "not an error as recorded"}}},
		"a wrong query": {"GET /api/v2/things?page=x&size=1", "", answer{200, "[]"}, []openapitest.Violation{
			{list, "request", "no query parameter size"}, {list, "request", `parameter "page" in query has an error: value x: an invalid integer: invalid syntax`},
		}},
		"nothing of that name": {"PUT /api/v2/things", "", answer{204, ""}, []openapitest.Violation{{"PUT /things", "request", "no such operation"}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := d.Around(tc.answer)
			method, path, _ := strings.Cut(tc.op, " ")
			req, err := http.NewRequestWithContext(t.Context(), method, "https://acme.test"+path, strings.NewReader(tc.body))
			if err != nil {
				t.Fatal(err)
			}
			if tc.body != "" {
				req.Header.Set("Content-Type", "application/json")
			}
			if resp, err := w.RoundTrip(req); err == nil {
				said, err := io.ReadAll(resp.Body)
				if err := errors.Join(err, resp.Body.Close()); err != nil || string(said) != tc.answer.body {
					t.Errorf("heard %q, %v", said, err)
				}
			} else if tc.answer.status != 0 {
				t.Error(err)
			}
			slices.SortFunc(tc.want, func(a, b openapitest.Violation) int { return strings.Compare(a.String(), b.String()) })
			if diff := cmp.Diff(tc.want, w.Violations()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestExplain: a difference that is known is none to report, and one that is gone is.
func TestExplain(t *testing.T) {
	t.Parallel()
	met := openapitest.Violation{Op: "GET /a", Part: "response 200", Says: `at /x: property "x" is unsupported`}
	other := openapitest.Violation{Op: "GET /c", Part: met.Part, Says: met.Says}
	row := openapitest.Drift{Ops: []string{"GET /a", "GET /b"}, Part: met.Part, Says: `property "x"`, Why: "recorded"}
	unexplained, unused := openapitest.Explain([]openapitest.Violation{met, other, other}, []openapitest.Drift{row})
	if diff := cmp.Diff([]openapitest.Violation{other}, unexplained); diff != "" {
		t.Errorf("unexplained (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{`GET /b, response 200: property "x"`}, unused); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
}

// TestKnownNamesItsSources: a difference without one is an excuse.
func TestKnownNamesItsSources(t *testing.T) {
	t.Parallel()
	for _, row := range openapitest.Known() {
		if len(row.Ops) == 0 || row.Part == "" || row.Says == "" || row.Why == "" {
			t.Errorf("a row says too little: %+v", row)
		}
	}
}
