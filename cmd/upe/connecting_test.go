package main

import (
	"context"
	"fmt"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"upe/ui/termtest"
)

// TestConnectingLineByLine connects in each way that is offered, and lands on the wizard's own first page.
func TestConnectingLineByLine(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		prepare func(d *desk)
		lines   []string // HOST is the tenant, TOKEN its token
		exit    exitCode
		says    []string
	}{
		"auth0-cli": {
			func(d *desk) { d.uses(d.host()) },
			[]string{"1", "", "", ":quit"},
			exitOK,
			[]string{"Use the login of auth0-cli: for 127.0.0.1", "press enter for 1, 127.0.0.1", "Before we start", "Tenant: acme.us.auth0.com"},
		},
		"none of auth0-cli": {
			func(*desk) {},
			[]string{":quit"},
			exitOK,
			[]string{"Not available: Use the login of auth0-cli, because auth0-cli has no login on this computer", "Left. Nothing was written to the tenant."},
		},
		"browser": {
			func(*desk) {},
			[]string{"1", "HOST", "app", "", ":quit"},
			exitOK,
			[]string{"Waiting until you have logged in", "https://acme.us.auth0.com/activate", "BDWP-HQPK", "Before we start"},
		},
		"browser, refused": {
			func(d *desk) { d.refuse = "access_denied" },
			[]string{"1", "HOST", "app", "", ":quit"},
			exitCredentials,
			[]string{"the login was refused", "for a new code"},
		},
		"application": {
			func(*desk) {},
			[]string{"2", "not a domain", "HOST", "app", "", "typed-secret", "https://acme.us.auth0.com/api/v2/", "", ":quit"},
			exitOK,
			[]string{"it contains spaces", "That does not do: it is empty", "Before we start"},
		},
		"token": {
			func(*desk) {},
			[]string{"3", "HOST", "TOKEN", "", ":quit"},
			exitOK,
			[]string{"Before we start", "Tenant: acme.us.auth0.com"},
		},
		"a domain that is known": {
			func(d *desk) { d.env["AUTH0_DOMAIN"] = d.url },
			[]string{"3", "", "TOKEN", "", ":quit"},
			exitOK,
			[]string{"Before we start", "Tenant: acme.us.auth0.com"},
		},
		"another tenant's token": {
			func(*desk) {},
			[]string{"3", "globex.eu.auth0.com", "TOKEN", "", ":quit"},
			exitCredentials,
			[]string{"the access token is for another tenant"},
		},
		"the environment": {
			func(*desk) {},
			[]string{"4", ""},
			exitOK,
			[]string{"AUTH0_API_TOKEN", "read:tenant_settings", "delete:phone_providers"},
		},
		"demo": {
			func(*desk) {},
			[]string{"5", "", ":quit"},
			exitOK,
			[]string{"Press enter for: Start it.", "Mode: demo", "Before we start"},
		},
		"back and another way": {
			func(*desk) {},
			[]string{"3", ":back", "5", "", ":quit"},
			exitOK,
			[]string{"Mode: demo"},
		},
		"to a tenant and back, and another way": {
			func(*desk) {},
			[]string{"3", "HOST", "TOKEN", "", "", ":back", ":back", "5", "", ":back", "", "", "", ":quit"},
			exitOK,
			[]string{"Tenant: acme.us.auth0.com", "Mode: demo", "press enter for 5, Try it on an embedded tenant"},
		},
		"the end of the input": {func(*desk) {}, []string{"3", "HOST"}, exitDecision, []string{"Nothing was decided by that"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newDesk(t)
			tt.prepare(d)
			input := strings.NewReplacer("HOST", d.host(), "TOKEN", d.tenant.Token()).Replace(strings.Join(tt.lines, "\n") + "\n")
			sys, out, errs := d.system(input)
			exit := execute([]string{"--accessible"}, sys)
			said := strings.Join(strings.Fields(out.String()+errs.String()), " ")
			if exit != tt.exit {
				t.Errorf("exit code %d, want %d", exit, tt.exit)
			}
			for _, want := range tt.says {
				if !strings.Contains(said, want) {
					t.Errorf("it does not say %q:\n%s%s", want, out, errs)
				}
			}
			if n := strings.Count(said, "upe, line by line"); n != 1 {
				t.Errorf("it greets %d times", n)
			}
			for _, secret := range []string{d.tenant.Token(), "device-secret", "typed-secret"} {
				if strings.Contains(said, secret) {
					t.Errorf("it shows %q", secret)
				}
			}
		})
	}
}

// TestAnUnfinishedRunIsNamedBeforeThereIsATenant: the run's tenant is what is most likely wanted.
func TestAnUnfinishedRunIsNamedBeforeThereIsATenant(t *testing.T) {
	t.Parallel()
	c := newCrossing(t, "mfa-twilio", "docs")
	if c.decide() {
		t.Fatal("there is no plan")
	}
	c.insist("prepare", c.file("plan.json"))
	d := newDesk(t)
	d.env["XDG_STATE_HOME"] = c.dir
	sys, out, _ := d.system("3\n:quit\n")
	if exit := execute([]string{"--accessible"}, sys); exit != exitOK {
		t.Errorf("exit code %d", exit)
	}
	said := strings.Join(strings.Fields(out.String()), " ")
	for _, want := range []string{"Unfinished on this computer", c.run, c.plan.Tenant.Domain} {
		if !strings.Contains(said, want) {
			t.Errorf("it does not say %q:\n%s", want, out)
		}
	}
}

// TestConnectingOnTheScreen draws the same pages, and ends by itself once there is a tenant.
func TestConnectingOnTheScreen(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {60, 20}} {
		d := newDesk(t)
		d.uses(d.host())
		sys, _, _ := d.system("")
		c, err := (&app{system: sys}).newConnecting()
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if c.session != nil {
				c.session.close()
			}
		})
		busy := func(m tea.Model) bool { return m.(*leaver).Busy() } //nolint:errcheck,forcetypeassert // it is the model below
		termtest.RunReal(t, &leaver{Root: c.screens(t.Context(), c.conversation())}, size[0], size[1], func(s *termtest.Session) {
			s.WaitText("Connect to a tenant")
			s.WaitText("NOT CONNECTED")
			s.WaitText("Use the login of auth0-cli")
			termtest.Fits(s.T, s.Screen(), size[0], size[1])
			s.Press("enter")
			s.WaitText("Which tenant?")
			termtest.Fits(s.T, s.Screen(), size[0], size[1])
			s.Press("enter")
			if _, err := s.Final(); err != nil {
				t.Error(err)
			}
		}, termtest.Busy(busy))
		if c.session == nil || c.session.who.Domain != "acme.us.auth0.com" {
			t.Errorf("%v: connected to %+v", size, c.session)
		}
	}
}

// TestTheCodeIsOnTheScreen while somebody logs in elsewhere.
func TestTheCodeIsOnTheScreen(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.env["AUTH0_DOMAIN"], d.env["AUTH0_CLIENT_ID"] = "", ""
	sys, _, _ := d.system("")
	c, err := (&app{system: sys}).newConnecting()
	if err != nil {
		t.Fatal(err)
	}
	busy := func(m tea.Model) bool { return m.(*leaver).Busy() } //nolint:errcheck,forcetypeassert // it is the model below
	termtest.RunReal(t, &leaver{Root: c.screens(t.Context(), c.conversation())}, 80, 24, func(s *termtest.Session) {
		s.Press("down", "enter")
		s.WaitText("Log in with a browser")
		s.Type(d.host())
		s.Press("enter")
		s.Type("app")
		s.Send(tea.KeyPressMsg{Code: tea.KeyEnter})
		if _, err := s.Final(); err != nil {
			t.Error(err)
		}
		if !strings.Contains(string(s.Bytes()), "BDWP-HQPK") {
			t.Errorf("the code was not shown; screen:\n%s", s.Screen())
		}
	}, termtest.Busy(busy))
	if c.session == nil {
		t.Fatal("nobody is connected")
	}
	c.session.close()
}

// TestConnectingPages are the pages as somebody sees them who has nothing yet.
func TestConnectingPages(t *testing.T) {
	t.Parallel()
	for _, size := range [][2]int{{80, 24}, {120, 40}} {
		d := newDesk(t)
		sys, _, _ := d.system("")
		model := &lazy{build: func() tea.Model {
			c, err := (&app{system: sys}).newConnecting()
			if err != nil {
				t.Error(err)
			}
			return &leaver{Root: c.screens(context.Background(), c.conversation())}
		}}
		termtest.Run(t, model, size[0], size[1], func(s *termtest.Session) {
			album := visitAll(s, []visit{
				{"Connect to a tenant", []string{"down", "enter"}},
				{"Log in with a browser", []string{"esc"}},
				{"Connect to a tenant", []string{"down", "enter"}},
				{"An application's client id and secret", []string{"esc"}},
				{"Connect to a tenant", []string{"down", "enter"}},
				{"A Management API token", []string{"esc"}},
				{"Connect to a tenant", []string{"down", "enter"}},
				{"Variables of the environment", []string{"esc"}},
				{"Connect to a tenant", []string{"down", "enter"}},
				{"An embedded tenant", []string{"esc"}},
			}, size[0], size[1])
			termtest.Golden(s.T, fmt.Sprintf("screens/ways-to-connect-%dx%d", size[0], size[1]), album)
		})
	}
}
