package emulator_test

import (
	"slices"
	"strings"
	"testing"

	"upe/flows/tenant"
)

const fourLogs = `{"logs":[
	{"log_id":"1","date":"2026-11-01T00:00:00.000Z","type":"gd_send_sms","client_name":"Web Shop","strategy":"auth0"},
	{"log_id":"2","date":"2026-11-02T00:00:00.000Z","type":"gd_send_voice","client_name":"App","strategy":"auth0"},
	{"log_id":"3","date":"2026-11-03T00:00:00.000Z","type":"fn","client_name":"App","strategy":"sms"},
	{"log_id":"4","date":"2026-11-04T00:00:00.000Z","type":"cs","client_name":"App","strategy":"sms"}]}`

func TestLogSearch(t *testing.T) {
	t.Parallel()
	p := open(t, fourLogs)
	for q, want := range map[string]string{
		"":                                       "4 3 2 1",
		"&sort=date:1":                           "1 2 3 4",
		"&per_page=2&page=1":                     "2 1",
		"&q=type:cs":                             "4",
		"&q=type:(gd_send_sms OR gd_send_voice)": "2 1",
		"&q=type:gd_*":                           "2 1",
		"&q=type:cs AND strategy:sms":            "4",
		"&q=strategy:sms type:fn":                "3",
		"&q=strategy:sms AND NOT type:fn":        "4",
		`&q=client_name:"Web Shop"`:              "1",
		"&q=client_name:app":                     "",
		"&q=date:[2026-11-02 TO 2026-11-03T00:00:00.000Z]":   "3 2",
		"&q=date:{2026-11-02T00:00:00.000Z TO *}":            "4 3",
		"&q=(type:cs OR type:fn) AND date:[2026-11-04 TO *]": "4",
		"&q=log_id:3 OR log_id:1 AND type:gd_send_sms":       "3 1",
		"&take=2":        "1 2",
		"&from=2":        "3 4",
		"&from=3&take=1": "4",
		"&from=4":        "",
	} {
		r := p.must("GET /logs?fields=log_id"+strings.NewReplacer(" ", "%20", `"`, "%22").Replace(q), "")
		got := strings.Join(strings.Fields(strings.NewReplacer(`{"log_id":"`, " ", `"}`, " ", "[", "", "]", "", ",", "").Replace(r.body)), " ")
		if got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	for _, q := range []string{
		"details.body:x", "plain", "type:", "type:(a", "type:cs)", "date:[a TO", "[a TO b]", "AND", strings.Repeat("(", 60), strings.Repeat("x", 5000),
	} {
		p.send("GET /logs?q="+strings.ReplaceAll(q, " ", "%20"), "").want(t, 400, "invalid_query_string")
	}
	p.send("GET /logs?include_totals=true&per_page=1", "").want(t, 200, `"length":1,"limit":1`, `"total":4`)
	p.send("GET /logs?from=nothing", "").want(t, 400)
	p.send("GET /logs/2", "").want(t, 200, "gd_send_voice")
	p.send("GET /logs/9", "").want(t, 404)
}

// TestWhoUsedTheAPI: what upe asks the logs for is answered with the entries of API operations alone, and with no more of them than was
// asked for. The tenant shows what logs of a tool look like: no name of the application, and a User-Agent that is taken for no browser.
func TestWhoUsedTheAPI(t *testing.T) {
	t.Parallel()
	p := open(t, scenario(t, "half-provider-only"))
	r := p.must("GET /logs?q=type:(sapi%20OR%20mgmt_api_read)&sort=date:-1&per_page=100&fields=type,date,client_id,client_name,user_agent,auth0_client&include_fields=true", "")
	if r.field(t, "0.client_id") != "Lq7mVt3KxB9nRz5WpHc2Jd8FgYs4Aeu6" || r.field(t, "0.auth0_client.name") != "go-auth0" || strings.Count(r.body, `"type"`) != 2 {
		t.Error(r.body)
	}
	for _, personal := range []string{"user_id", "user_name", "ip\"", "details", "morag@", "gd_send_sms"} {
		if strings.Contains(r.body, personal) {
			t.Errorf("%s is in %s", personal, r.body)
		}
	}
	s, err := tenant.Read(t.Context(), p.Identity(), p.Port(tenant.Permit{}), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []tenant.Operator{
		{ClientID: "Lq7mVt3KxB9nRz5WpHc2Jd8FgYs4Aeu6", Tool: tenant.Terraform, Writes: true, Last: "2026-11-14T05:02:18Z"},
		{ClientID: "Hx3nWq8TzK5vRm2LbPs7Cd4FgJa9Yeu6", Writes: true, Last: "2026-11-12T16:02:31Z"},
	}
	if got, _ := s.Operators(); !slices.Equal(got, want) {
		t.Errorf("%+v", got)
	}
}

// A query of any bytes is answered, with logs or with a 400.
func FuzzLogQuery(f *testing.F) {
	for _, seed := range []string{"type:cs", `a:"b`, "NOT NOT type:x", "date:[a TO b}", "((type:(a OR b)))", "type:type:x"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, q string) {
		p := open(t, fourLogs)
		w := p.send("GET /logs?q="+escape(q), "")
		if w.status != 200 && w.status != 400 {
			t.Errorf("%d for %q", w.status, q)
		}
	})
}

// Logs with ids stand in the order of their arrival, which a real tenant answers by; without ids a file goes by the dates.
func TestOrderOfLogs(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, query, want string }{
		"arrival":  {`[{"log_id":"a","date":"2026-11-02","type":"cs"},{"log_id":"b","date":"2026-11-01","type":"fn"}]`, "", "fn cs"},
		"by date":  {`[{"log_id":"a","date":"2026-11-02","type":"cs"},{"log_id":"b","date":"2026-11-01","type":"fn"}]`, "?sort=date:-1", "cs fn"},
		"upwards":  {`[{"log_id":"a","date":"2026-11-02","type":"cs"},{"log_id":"b","date":"2026-11-01","type":"fn"}]`, "?sort=date:1", "fn cs"},
		"dates":    {`[{"date":"2026-11-02","type":"cs"},{"date":"2026-11-01","type":"fn"}]`, "", "cs fn"},
		"one lags": {`[{"log_id":"a","date":"2026-11-02","type":"cs"},{"date":"2026-11-01","type":"fn"}]`, "", "cs fn"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := open(t, `{"logs":`+c.file+`}`).must("GET /logs"+c.query, "")
			if got := r.field(t, "0.type") + " " + r.field(t, "1.type"); got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}
