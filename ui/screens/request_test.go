package screens_test

import (
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"upe/flows/wizard"
	"upe/ui/screens"
)

// sentBy is a message with the request that brought it.
func sentBy(change func(*wizard.Message)) wizard.Message {
	post := wizard.Sent{
		Method: "POST", URL: "https://sms.acme.example/v2/send", Header: "authorization: Bearer (secret)\ncontent-type: application/json",
		Body: `{"recipient":"+15550001111","body":"123456 is your code","sender":"ACME","req":{"ip":"203.0.113.7","user-agent":"Mobile Safari 17.4 / iOS 17.4"}}`,
	}
	m := wizard.Message{At: noon, To: "+15550001111", From: "ACME", Channel: "text", Text: "123456 is your code", Sent: post}
	change(&m)
	return m
}

// onHandset is a page that shows one message.
func onHandset(m wizard.Message) wizard.Page {
	page := testPage()
	page.Blocks = []wizard.Block{wizard.Messages{Items: []wizard.Message{m}}}
	return page
}

func TestTheHandsetShowsWhatBroughtAMessage(t *testing.T) {
	t.Parallel()
	const none = "no such text"
	for name, tt := range map[string]struct {
		change        func(*wizard.Message)
		calm, details []string
		hidden        string // without the details
	}{
		"request": {
			func(*wizard.Message) {},
			[]string{"by POST https://sms.acme.example/v2/send", `{"recipient":"+15550001111"`},
			[]string{"authorization: Bearer (secret)", `17.4"}}`},
			"authorization",
		},
		"the same as before": {
			func(m *wizard.Message) { m.Before = m.Sent }, []string{"✓ the same request as before"}, []string{"✓ the same request as before"}, "before by",
		},
		"otherwise": {
			func(m *wizard.Message) { m.Before, m.Changed = m.Sent, "body, header authorization" },
			[]string{"not as before: body, header authorization"},
			[]string{"before by POST https://sms.acme.example/v2/send"},
			"before by",
		},
		"by another carrier": {
			func(m *wizard.Message) {
				m.Before, m.Changed = wizard.Sent{Method: "POST", URL: "https://api.twilio.com/x", Body: "To=1"}, "URL, body"
			},
			[]string{"before by POST https://api.twilio.com/x"},
			[]string{"To=1"},
			"To=1",
		},
		"a call": {
			func(m *wizard.Message) {
				m.Sent = wizard.Sent{Method: "CALL", URL: "twilio().messages.create", Body: "[1]"}
			},
			[]string{"by CALL twilio().messages.create", "[1]"},
			nil, none,
		},
		"unknown": {func(m *wizard.Message) { m.Sent = wizard.Sent{} }, []string{"123456 is your code"}, nil, "by "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, size := range sizes[:3] {
				r := newRoot(screens.Options{Now: func() time.Time { return noon }}, acme(wizard.Demo), still(onHandset(sentBy(tt.change))))
				screen := draw(t, r, size[0], size[1])
				sees(t, screen, tt.calm...)
				if strings.Contains(screen, tt.hidden) {
					t.Errorf("%q is there without the details:\n%s", tt.hidden, screen)
				}
				press(r, "d")
				screen = draw(t, r, size[0], size[1])
				sees(t, scrolled(t, r, screen, size), tt.details...)
			}
		})
	}
}

// scrolled is a page to its end.
func scrolled(t *testing.T, r *screens.Root, screen string, size [2]int) string {
	t.Helper()
	for range 4 {
		r.Update(tea.KeyPressMsg{Code: tea.KeyPgDown})
		screen += "\n" + draw(t, r, size[0], size[1])
	}
	return screen
}

// Whatever a request holds, it stays within the screen and is no control sequence.
func TestAHostileRequestStaysWithinItsLines(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("https://evil.example/\x1b[2J\x1b]0;title\x07\u202e{\r\n\t}", 60)
	m := sentBy(func(m *wizard.Message) {
		m.Sent = wizard.Sent{Method: long, URL: long, Header: long, Body: long}
		m.Before, m.Changed = m.Sent, long
	})
	for _, size := range sizes[:3] {
		known := acme(wizard.Demo)
		known.Handset = []wizard.Message{m}
		r := newRoot(screens.Options{Now: func() time.Time { return noon }, Host: demoHost()}, known, still(onHandset(m)))
		for _, key := range []string{"", "d", "p", "d"} {
			if key != "" {
				press(r, key)
			}
			for _, line := range strings.Split(draw(t, r, size[0], size[1]), "\n") {
				if ansi.StringWidth(line) > size[0] || strings.ContainsAny(line, "\x07\u202e\r") {
					t.Errorf("%dx%d: %q", size[0], size[1], line)
				}
			}
		}
	}
}
