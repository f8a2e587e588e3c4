package emulator_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"upe/client/emulator"
)

const settings = "/tenants/settings"

func TestFaults(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		fault   emulator.Fault
		lost    bool // no answer comes
		status  int
		part    string
		applied bool
	}{
		"refuse":    {emulator.Fault{Kind: emulator.FaultRefuse, Status: 503}, false, 503, `"statusCode":503`, false},
		"own words": {emulator.Fault{Kind: emulator.FaultRefuse, Status: 502, Body: "<html>bad gateway</html>"}, false, 502, "<html>", false},
		"own JSON":  {emulator.Fault{Kind: emulator.FaultRefuse, Body: `{"a":1}`}, false, 500, `{"a":1}`, false},
		"reset":     {emulator.Fault{Kind: emulator.FaultReset}, true, 0, "", false},
		"lost":      {emulator.Fault{Kind: emulator.FaultLost}, true, 0, "", true},
		"malformed": {emulator.Fault{Kind: emulator.FaultMalformed}, false, 200, `{"`, true},
		"delay":     {emulator.Fault{Kind: emulator.FaultDelay, Delay: time.Millisecond}, false, 200, "friendly_name", true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			tc.fault.Match = "PATCH /tenants/settings"
			p := open(t, "", func(o *emulator.Options) { o.Faults = []emulator.Fault{tc.fault} })
			p.must("GET "+settings, "")
			req, err := http.NewRequestWithContext(t.Context(), "PATCH", "http://x/api/v2"+settings, strings.NewReader(`{"friendly_name":"New"}`))
			if err != nil {
				t.Fatal(err)
			}
			req.Header.Set("Authorization", "Bearer "+p.token)
			res, err := p.Transport().RoundTrip(req)
			switch {
			case tc.lost:
				if !errors.Is(err, io.ErrUnexpectedEOF) {
					t.Errorf("error %v", err)
				}
			case err != nil:
				t.Fatal(err)
			default:
				defer func() { _ = res.Body.Close() }()
				body, err := io.ReadAll(res.Body)
				if err != nil {
					t.Fatal(err)
				}
				response{res.StatusCode, res.Header, string(body)}.want(t, tc.status, tc.part)
			}
			if applied := field(t, p.State(), "settings.friendly_name") == "New"; applied != tc.applied {
				t.Errorf("applied: %v", applied)
			}
			if got := p.Requests()[1].Status; got != tc.status {
				t.Errorf("recorded status %d, want %d", got, tc.status)
			}
			p.must("PATCH "+settings, `{}`) // one time is over
		})
	}
}

func TestWhichRequestsAFaultHits(t *testing.T) {
	t.Parallel()
	refuse := emulator.FaultRefuse
	for name, tc := range map[string]struct {
		fault emulator.Fault
		want  string // statuses of four requests
	}{
		"once":       {emulator.Fault{Kind: refuse}, "500 404 404 404"},
		"skip, two":  {emulator.Fault{Kind: refuse, Skip: 1, Times: 2}, "404 500 500 404"},
		"for ever":   {emulator.Fault{Kind: refuse, Times: -1}, "500 500 500 500"},
		"operation":  {emulator.Fault{Kind: refuse, Match: "GET /connections/{id}", Times: -1}, "500 500 500 500"},
		"any method": {emulator.Fault{Kind: refuse, Match: "* /connections/*"}, "500 404 404 404"},
		"another":    {emulator.Fault{Kind: refuse, Match: "GET /connections"}, "404 404 404 404"},
		"method":     {emulator.Fault{Kind: refuse, Match: "PATCH /connections/{id}"}, "404 404 404 404"},
	} {
		p := open(t, "")
		p.Inject(tc.fault)
		var got []string
		for range 4 {
			got = append(got, http.StatusText(p.send("GET /connections/con_1", "").status))
		}
		want := strings.NewReplacer("500", http.StatusText(500), "404", http.StatusText(404)).Replace(tc.want)
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", name, got, want)
		}
	}
}

func TestLatency(t *testing.T) {
	t.Parallel()
	file := scenario(t, "mfa-twilio")
	synctest.Test(t, func(t *testing.T) {
		p := open(t, file, func(o *emulator.Options) { o.Now, o.Latency = time.Now, time.Minute })
		start := time.Now()
		p.must("GET "+settings, "")
		if took := time.Since(start); took != time.Minute {
			t.Errorf("took %v", took)
		}
	})
}
