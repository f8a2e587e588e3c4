package main

import (
	"errors"
	"fmt"
	"strings"

	"upe/client/login"
	"upe/flows/wizard"
)

// What is asked for. No answers file has these keys: they are about this computer, not about the migration.
const (
	keyWay      = wizard.Key("connect.way")
	keyTenant   = wizard.Key("connect.domain")
	keyLogin    = wizard.Key("connect.login")
	keyApp      = wizard.Key("connect.client_id")
	keySecret   = wizard.Key("connect.client_secret")
	keyToken    = wizard.Key("connect.token")
	keyAudience = wizard.Key("connect.audience")
)

// The ways that are offered.
const (
	wayEnvironment = "environment"
	wayDemo        = "demo"
)

// next is the page for what was answered so far.
func (c *connecting) next(_ wizard.Known, answers wizard.Answers) wizard.Page {
	way, _ := answers[keyWay].(string)
	switch way {
	case "":
		return c.ways()
	case wayEnvironment:
		return c.environment()
	case string(login.WayCLI):
		return c.keptLogin()
	case string(login.WayDevice):
		return c.deviceLogin()
	case string(login.WaySecret):
		return c.application()
	case string(login.WayToken):
		return c.pasted()
	}
	return c.demo()
}

// station is a page of this conversation.
func station(id, title, lead string) wizard.Page {
	return wizard.Page{ID: "connect-" + id, Stage: wizard.StageConnect, Group: wizard.Look, Title: title, Lead: lead}
}

// leads is a page that ends in a session, or stays.
func leads(p wizard.Page, does string, effect *wizard.Effect, questions ...wizard.Question) wizard.Page {
	p.Final, p.Effect, p.Questions = true, effect, questions
	p.Continue, p.Safe = does, "Nothing is written, and nothing is stored on this computer."
	return p
}

func (c *connecting) ways() wizard.Page {
	p := station("ways", "Connect to a tenant",
		"upe reads and changes a tenant through its Management API. Choose how it gets there; nothing you enter is stored.")
	p.Blocks = append(p.Blocks, c.unfinished()...)
	p.Questions = []wizard.Question{{
		Key: keyWay, Kind: wizard.One, Title: "How should upe connect?",
		Help:    "What the token may not do is named before anything is written.",
		Default: c.usual(),
		Options: []wizard.Option{
			c.cliOption(),
			{Value: string(login.WayDevice), Label: "Log in with a browser", Consequence: "shows an address and a code; needs an application in the tenant"},
			{Value: string(login.WaySecret), Label: "Enter an application's client id and secret", Consequence: "of a machine-to-machine application; the secret is not shown"},
			{Value: string(login.WayToken), Label: "Paste a Management API token", Consequence: "from the Dashboard; it is not shown, and is valid for a day"},
			{Value: wayEnvironment, Label: "Set variables of the environment", Consequence: "shows which, for the next start"},
			{Value: wayDemo, Label: "Try it on an embedded tenant", Consequence: "nothing leaves this computer, and nothing is real"},
		},
	}}
	p.Continue, p.Safe = "Continue", "Nothing is sent yet."
	return p
}

// usual is the way that is there already; where there is none, only a person can say.
func (c *connecting) usual() wizard.Value {
	if len(c.logins.Domains()) == 0 {
		return nil
	}
	return string(login.WayCLI)
}

// unfinished says what waits for somebody, whoever connects: the wizard offers it once it is there.
func (c *connecting) unfinished() []wizard.Block {
	if len(c.waiting) == 0 {
		return nil
	}
	facts := wizard.Facts{Title: "Unfinished on this computer: connect to its tenant, and the next page offers to go on"}
	for _, r := range c.waiting {
		facts.Rows = append(facts.Rows, wizard.Fact{Label: r.domain, Value: r.id, Note: "waits for " + r.waitsFor, Tone: wizard.Careful})
	}
	return []wizard.Block{facts}
}

func (c *connecting) cliOption() wizard.Option {
	o := wizard.Option{Value: string(login.WayCLI), Label: "Use the login of auth0-cli", Consequence: "it is only read"}
	switch there := c.logins.Domains(); len(there) {
	case 0:
		o.Disabled = "auth0-cli has no login on this computer"
	case 1:
		o.Consequence = "for " + there[0] + "; it is only read"
	default:
		o.Consequence = fmt.Sprintf("for one of %d tenants; it is only read", len(there))
	}
	return o
}

// environment shows what to set. It ends the conversation: a program cannot change the shell it was started from.
func (c *connecting) environment() wizard.Page {
	p := station("environment", "Variables of the environment", "Set these in your shell and start upe again. Auth0's Terraform provider and SDKs use the same names.")
	p.Blocks = []wizard.Block{
		wizard.Code{Title: "A token", Text: "export " + login.EnvDomain + "=acme.us.auth0.com\nexport " + login.EnvToken + "=..."},
		wizard.Code{Title: "Or an application", Text: strings.Join([]string{
			"export " + login.EnvDomain + "=acme.us.auth0.com", "export " + login.EnvClientID + "=...", "export " + login.EnvClientSecret + "=...",
		}, "\n")},
		wizard.Text{Body: "In place of the secret, " + login.EnvPrivateKey + " holds a private key, or the path of its file. With a custom domain, " +
			login.EnvAudience + " is https://TENANT.REGION.auth0.com/api/v2/."},
		scopesBlock(),
	}
	p.Final, p.Continue = true, "Close"
	return p
}

func (c *connecting) keptLogin() wizard.Page {
	p := station("auth0-cli", "The login of auth0-cli", "Its token is read from its configuration and this computer's keyring, which may ask you to unlock it.")
	p.Blocks = []wizard.Block{scopesBlock()}
	q := wizard.Question{Key: keyLogin, Kind: wizard.One, Title: "Which tenant?", Default: c.logins.Default}
	for _, domain := range c.logins.Domains() {
		q.Options = append(q.Options, wizard.Option{Value: domain, Label: domain})
	}
	return leads(p, "Connect", &wizard.Effect{Title: "Connecting with the login of auth0-cli", Do: c.byCLI}, q)
}

func (c *connecting) deviceLogin() wizard.Page {
	p := station("device", "Log in with a browser", "Any browser on any device will do. You log in to the tenant, and this computer gets a token for it.")
	if c.code == nil {
		p.Blocks = []wizard.Block{wizard.Text{
			Title: "The application",
			Body: "It is yours to choose: of type Native, with Token Endpoint Authentication Method None and the grant type Device Code. Auth0 may limit " +
				"what a person's token can do with the Management API to that person's own data; then the next page says which scopes are missing, and another way is needed.",
		}, scopesBlock()}
	} else {
		p.Blocks = []wizard.Block{
			wizard.Facts{Title: "Log in now", Rows: []wizard.Fact{
				{Label: "Address", Value: c.code.URL},
				{Label: "Code", Value: c.code.Code, Note: "compare it, or enter it there"},
			}},
		}
	}
	return leads(p, "Get a code", &wizard.Effect{Title: "Waiting until you have logged in", Do: c.byDevice}, domainQuestion(), appQuestion())
}

func (c *connecting) application() wizard.Page {
	p := station("application", "An application's client id and secret",
		"A machine-to-machine application that is authorized for the Auth0 Management API: Applications > APIs > Auth0 Management API.")
	p.Blocks = []wizard.Block{scopesBlock()}
	return leads(p, "Connect", &wizard.Effect{Title: "Connecting", Do: c.bySecret}, domainQuestion(), appQuestion(),
		wizard.Question{Key: keySecret, Kind: wizard.Hidden, Title: "Client secret", Help: "It is not shown, and not stored.", Check: secretGiven},
		wizard.Question{
			Key: keyAudience, Kind: wizard.Line, Title: "Audience", Help: "Only with a custom domain: https://TENANT.REGION.auth0.com/api/v2/; empty otherwise.",
		})
}

func (c *connecting) pasted() wizard.Page {
	p := station("token", "A Management API token", "Copy one in the Dashboard: Applications > APIs > Auth0 Management API > API Explorer.")
	p.Blocks = []wizard.Block{scopesBlock()}
	return leads(p, "Connect", &wizard.Effect{Title: "Connecting", Do: c.bySecret}, domainQuestion(),
		wizard.Question{Key: keyToken, Kind: wizard.Hidden, Title: "Token", Help: "It is not shown, and not stored.", Check: secretGiven})
}

func (c *connecting) demo() wizard.Page {
	p := station("demo", "An embedded tenant", "A tenant with MFA by SMS, and a phone that shows what arrives. The same wizard, on this computer alone.")
	p.Blocks = []wizard.Block{wizard.Text{Body: "There are more of them: upe check --demo --scenario all lists them, and upe --demo --scenario NAME opens one."}}
	return leads(p, "Start it", &wizard.Effect{Title: "Starting the embedded tenant", Do: c.byDemo})
}

func domainQuestion() wizard.Question {
	return wizard.Question{
		Key: keyTenant, Kind: wizard.Line, Title: "The tenant's domain", Help: "Such as acme.us.auth0.com.",
		Check: func(v wizard.Value) error {
			given, _ := v.(string)
			_, err := login.ParseDomain(given)
			return shortly(err)
		},
	}
}

func appQuestion() wizard.Question {
	return wizard.Question{
		Key: keyApp, Kind: wizard.Line, Title: "Client id", Help: "Of the application: Applications > Applications > Settings.",
		Check: func(v wizard.Value) error {
			if given, _ := v.(string); strings.TrimSpace(given) == "" {
				return errors.New("it is empty")
			}
			return nil
		},
	}
}

func secretGiven(v wizard.Value) error {
	if given, _ := v.(wizard.Secret); strings.TrimSpace(given.Reveal()) == "" {
		return errors.New("it is empty")
	}
	return nil
}

// shortly is the reason alone: what to do stands beside the question.
func shortly(err error) error {
	var known *login.Error
	if errors.As(err, &known) {
		return errors.New(known.Why)
	}
	return err
}

// scopesBlock lists what the token should be allowed to do.
func scopesBlock() wizard.Block {
	return wizard.Facts{Title: "Scopes it needs", Rows: []wizard.Fact{
		{Label: "To look", Value: scopeNames(readScopes())},
		{Label: "To migrate", Value: scopeNames(writeScopes())},
		{Label: "To take it back", Value: scopeNames(undoScopes())},
	}}
}

func scopeNames(needs []need) string {
	names := make([]string, len(needs))
	for i, n := range needs {
		names[i] = n.Scope
	}
	return strings.Join(names, " ")
}
