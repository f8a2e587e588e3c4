package generate_test

import (
	"net/url"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"upe/flows/generate"
	"upe/flows/js"
	"upe/flows/tenant"
)

// routingCase is routes, and where messages go by them.
type routingCase struct {
	Title     string            `json:"title"`
	Parts     map[string]part   `json:"parts"`
	Routes    []route           `json:"routes"`
	Options   options           `json:"options"`
	Questions []string          `json:"questions"` // by ID, asked whether answered or not
	Secrets   []string          `json:"secrets"`
	Modules   []generate.Module `json:"modules"`
	Messages  []routedMessage   `json:"messages"`
}

// part is one of a connection's gateway, a Twilio account, and an Action.
type part struct {
	Gateway *tenant.Connection   `json:"gateway"`
	Twilio  *generate.Twilio     `json:"twilio"`
	Action  *generate.Translated `json:"action"`
}

type route struct {
	Name         string        `json:"name"`
	Flow         generate.Flow `json:"flow"`
	ConnectionID string        `json:"connection_id"`
	Connection   string        `json:"connection"`
	MessageTypes []string      `json:"message_types"`
	Methods      []string      `json:"methods"`
	Countries    []string      `json:"countries"`
	Part         string        `json:"part"`
}

type routedMessage struct {
	message
	Want string `json:"want"` // host and path that it is sent to, or "dropped: " and the reason
}

func (p part) part() generate.Part {
	switch {
	case p.Gateway != nil:
		g, _ := generate.GatewayOf(*p.Gateway)
		return g
	case p.Twilio != nil:
		return *p.Twilio
	}
	return *p.Action
}

func (test routingCase) routes() []generate.Route {
	all := make([]generate.Route, len(test.Routes))
	for i, r := range test.Routes {
		all[i] = generate.Route{
			Name: r.Name, Flow: r.Flow, ConnectionID: r.ConnectionID, Connection: r.Connection, MessageTypes: r.MessageTypes,
			Methods: r.Methods, Countries: r.Countries, Part: test.Parts[r.Part].part(),
		}
	}
	return all
}

// Each message goes by its route, and what cannot be told is asked.
func TestRoutingFixtures(t *testing.T) {
	t.Parallel()
	all := fixtures[routingCase](t, "testdata/routings")
	for dir, test := range all {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			t.Parallel()
			a, questions, err := generate.Router(test.routes(), generate.Options(test.Options))
			if err != nil {
				t.Fatal(err)
			}
			golden(t, filepath.Join(dir, "action.js"), a.Code)
			asked := []string{}
			for _, q := range questions {
				asked = append(asked, q.ID)
				if q.Answer != test.Options.Decided[q.ID] {
					t.Errorf("%s: answer %q", q.ID, q.Answer)
				}
			}
			if diff := cmp.Diff(test.Questions, asked); diff != "" {
				t.Errorf("questions (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.Secrets, append([]string{}, a.Secrets...)); diff != "" {
				t.Errorf("secrets (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.Modules, a.Modules); diff != "" {
				t.Errorf("modules (-want +got):\n%s", diff)
			}
			for _, m := range test.Messages {
				if got := sentTo(t, a, m.message); got != m.Want {
					t.Errorf("%+v\ngoes to %s", m, got)
				}
			}
		})
	}
}

// sentTo is where an Action sends a message.
func sentTo(t *testing.T, a generate.Action, m message) string {
	t.Helper()
	secrets := map[string]string{}
	for _, name := range a.Secrets {
		secrets[name] = "value of " + name
	}
	result := run(t, a, m.event(secrets), js.Response{})
	sent := requests(result)
	switch {
	case result.Err != nil:
		return result.Err.Error()
	case result.Outcome == js.Dropped && len(sent) == 0:
		return "dropped: " + result.Reason
	case result.Outcome != js.Done || len(sent) != 1:
		return string(result.Outcome) + ": " + result.Reason
	}
	u, err := url.Parse(sent[0].URL)
	if err != nil {
		t.Fatal(err)
	}
	return u.Host + u.Path
}
