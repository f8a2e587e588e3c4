package screens_test

import (
	"encoding/base64"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"upe/flows/wizard"
	"upe/ui/screens"
	"upe/ui/termtest"
)

// sendable is a plan whose first step can be sent by hand, by two programs.
func sendable() wizard.Page {
	p := reviewPage()
	p.Copy = func(step string) []wizard.Command {
		if step != "provider" {
			return nil
		}
		return []wizard.Command{
			{Name: "curl", Text: "curl -X POST \"$base\" # $UPE_TWILIO_AUTH_TOKEN \x1b[2J"},
			{Name: "auth0 api", Text: strings.Repeat("line\n", 60) + "auth0 api post"},
		}
	}
	return p
}

// inClipboard is what a terminal is told to take into its clipboard (OSC 52).
func inClipboard(text string) string {
	return "\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte(text)) + "\a"
}

// TestCopyingARequest: the text goes to the clipboard as it is, and to the screen made safe.
func TestCopyingARequest(t *testing.T) {
	t.Parallel()
	for _, page := range []wizard.Page{sendable(), questioned(sendable())} {
		r := newRoot(screens.Options{}, acme(wizard.DryRun), still(page), still(endPage()))
		termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
			afterGrace(s)
			s.Press("c")
			commands := page.Copy("provider")
			shows(s, "Copied as curl: Create the phone provider", `$UPE_TWILIO_AUTH_TOKEN \x1b[2J`, "c copy as auth0 api")
			if !strings.Contains(string(s.Bytes()), inClipboard(commands[0].Text)) {
				s.T.Error("nothing was put into the clipboard")
			}
			s.Press("c")
			shows(s, "Copied as auth0 api", "48 more lines (pgdn)")
			if !strings.Contains(string(s.Bytes()), inClipboard(commands[1].Text)) {
				s.T.Error("the second form was not put into the clipboard")
			}
			s.Press("pgdown", "pgdown", "pgdown", "pgdown")
			shows(s, "auth0 api post")
			s.Press("esc")
			shows(s, "The plan")
			s.Press("down", "c")
			shows(s, "This step has no request to copy")
		})
	}
}

// questioned asks something below the plan, as the real review does.
func questioned(p wizard.Page) wizard.Page {
	p.Questions = providerPage().Questions
	return p
}

// TestNothingToCopy: where there is no plan the key means nothing, and in a text it is a letter.
func TestNothingToCopy(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		page wizard.Page
		want string
	}{{verifyPage(), "How codes travel today"}, {twilioPage(), "› c"}} {
		r := newRoot(screens.Options{}, acme(wizard.DryRun), still(c.page), still(endPage()))
		termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
			s.Press("c")
			shows(s, c.want)
			if strings.Contains(s.Screen(), "Copied") {
				s.T.Errorf("something was copied:\n%s", s.Screen())
			}
		})
	}
}

// TestRequestsAsTheyAreSent: the list can be opened while a run goes on, and grows at its end.
func TestRequestsAsTheyAreSent(t *testing.T) {
	t.Parallel()
	attempt := 0
	var sent atomic.Int32
	sent.Store(1)
	host := wizard.Host{Requests: func() []wizard.Request {
		return []wizard.Request{
			{At: noon, Method: "POST", Path: "/api/v2/branding/phone/providers", Status: 201, Took: 123 * time.Millisecond, Attempt: 1},
			{At: noon, Method: "PATCH", Path: "/api/v2/tenants/settings", Status: 429, Took: 1500 * time.Millisecond, Attempt: 2},
			{At: noon, Method: "GET", Path: "/api/v2/x\x1b[2J", Error: "connection reset", Attempt: 1},
		}[:sent.Load()]
	}}
	r := newRoot(screens.Options{Host: host}, acme(wizard.Live), preparePage(&attempt, 0), still(endPage()))
	termtest.Run(t, r, 80, 24, func(s *termtest.Session) {
		afterGrace(s)
		s.Press("l")
		shows(s, "Requests: 1, the newest last", "POST   201         123 ms  /branding/phone/providers")
		s.Press("esc", "enter")
		shows(s, "l requests")
		sent.Store(2)
		s.Press("l")
		shows(s, "Requests: 2", "PATCH  429          1.5 s  /tenants/settings  attempt 2", "Preparing")
		sent.Store(3)
		s.Sleep(time.Second)
		shows(s, "Requests: 3", `GET    no answer`, `/x\x1b[2J  connection reset`)
		s.Press("l")
		shows(s, "Create the phone provider")
		s.Sleep(3 * time.Second)
		shows(s, "Everything has moved.")
	})
}

// TestManyRequests: the newest are in sight, and the oldest within reach.
func TestManyRequests(t *testing.T) {
	t.Parallel()
	var all []wizard.Request
	for i := range 100 {
		all = append(all, wizard.Request{At: noon.Add(time.Duration(i) * time.Second), Method: "GET", Path: "/api/v2/logs", Status: 200})
	}
	page := endPage()
	r := newRoot(screens.Options{Host: wizard.Host{Requests: func() []wizard.Request { return all }}, Now: func() time.Time { return noon }},
		acme(wizard.Live), still(page))
	draw(t, r, 60, 20)
	press(r, "l")
	if got := draw(t, r, 60, 20); !strings.Contains(got, "12:01:39") || !strings.Contains(got, "more lines (pgup)") {
		t.Errorf("the newest is not in sight:\n%s", got)
	}
	for range 30 {
		press(r, "pgup")
	}
	if got := draw(t, r, 60, 20); !strings.Contains(got, "12:00:00") || strings.Contains(got, "pgup)") {
		t.Errorf("the oldest is not in sight:\n%s", got)
	}
}
