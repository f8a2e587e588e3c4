package wizard

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
)

// movableMFA reports whether MFA by phone is in use on the old way.
func (c conversation) movableMFA() bool {
	return c.judged().MFA.InUse && c.judged().MFA.Via != judge.Tenant
}

// offMFA reports whether MFA by phone could be turned on: it is off, and either configured or nothing is set up at all.
func (c conversation) offMFA() bool {
	_, configured := c.judged().Finding("mfa-configured-but-off")
	return !c.judged().MFA.InUse && (configured || c.fromScratch())
}

// fromScratch reports whether nothing is set up that could move.
func (c conversation) fromScratch() bool {
	return c.judged().State == judge.StateNone && len(c.judged().SMS) == 0
}

func (c conversation) movable() []judge.SMSState {
	var movable []judge.SMSState
	for _, s := range c.judged().SMS {
		if s.Via != judge.Tenant {
			movable = append(movable, s)
		}
	}
	return movable
}

// movesMFA and moving are the scope as answered. MFA that is turned on moves as well: it has no other way from then on.
func (c conversation) movesMFA() bool {
	return c.judged().MFA.Via != judge.Tenant && c.text(keyScopeMFA) == move || c.turnsMFAOn()
}

func (c conversation) turnsMFAOn() bool { return c.offMFA() && c.text(keyScopeMFA) == turnOn }

func (c conversation) moving() []judge.SMSState {
	var moving []judge.SMSState
	for _, s := range c.judged().SMS {
		if s.Via != judge.Tenant && c.text(keyConnection(s.ID)) == move {
			moving = append(moving, s)
		}
	}
	return moving
}

// newConnection is the sms connection to create, or nil.
func (c conversation) newConnection() *plan.NewConnection {
	name := c.trimmed(keyNewName)
	if !c.fromScratch() || name == "" {
		return nil
	}
	return &plan.NewConnection{Name: name, DisableSignup: c.text(keyNewSignUps) == signUpsClosed, Clients: c.clientIDs(c.list(keyNewClients))}
}

// usesPasswordless reports whether Passwordless codes are among what is chosen.
func (c conversation) usesPasswordless() bool { return len(c.moving()) > 0 || c.newConnection() != nil }

// scope asks what to move or to set up, and what kind of tenant this is.
func (c conversation) scope() []Page {
	p := page("scope", StageScope, "What to move",
		"MFA and each Passwordless connection can move by itself. What you leave keeps its own settings.")
	if c.fromScratch() {
		p.Title, p.Lead = "What to set up", "Nothing is set up yet. Choose what users are to get; what you leave out stays as it is."
	}
	p.Blocks = c.movedAlready()
	switch {
	case c.movableMFA():
		p.Questions = append(p.Questions, c.moveMFA())
	case c.offMFA():
		p.Questions = append(p.Questions, c.turnMFAOn())
	}
	for _, s := range c.movable() {
		p.Questions = append(p.Questions, moveConnection(s))
	}
	if c.fromScratch() {
		p.Questions = append(p.Questions, Question{
			Key: keyNewName, Kind: Line, Title: "Name of a new Passwordless SMS connection", Default: "",
			Help: "Empty: none is created. Applications name it when they start a login, and it cannot be changed later: sms is usual.", Check: line(connectionName),
		})
	}
	p.Questions = append(p.Questions, Question{
		Key: keyEnvironment, Kind: One, Title: "What is this tenant used for?", Default: c.likelyEnvironment(),
		Help: "Nothing in the tenant says so. In production you type the tenant's domain before each switch.",
		Options: []Option{
			{Value: "production", Label: "Production"},
			{Value: "staging", Label: "Staging"},
			{Value: "development", Label: "Development"},
		},
	})
	pages := append(one(p), c.newConnectionPage()...)
	return append(pages, c.nothingChosen()...)
}

func (c conversation) moveMFA() Question {
	mfa := c.judged().MFA
	return Question{
		Key: keyScopeMFA, Kind: One, Title: "MFA by " + channels(mfa.MessageTypes), Default: move,
		Help:    c.mfaToday(),
		Options: moveOrLeave(),
	}
}

// mfaToday says who sends MFA's codes; by call it may be another sender than in an SMS.
func (c conversation) mfaToday() string {
	var said []string
	same := true
	for _, r := range c.judged().Routes {
		if r.Flow == judge.MFA {
			said = append(said, judge.ChannelName(r.Channel)+" through "+r.Carrier.String())
			same = same && r.Carrier == c.judged().MFA.Carrier
		}
	}
	if same {
		return "Today it goes through " + c.judged().MFA.Carrier.String() + "."
	}
	return "Today: " + strings.Join(said, "; ") + "."
}

// turnMFAOn offers what is off. It says when users will notice, because a factor alone asks nobody for a code.
func (c conversation) turnMFAOn() Question {
	policies := "no policy asks users for MFA"
	if names := c.snapshot().Policies(); len(names) > 0 {
		policies = "the policy for MFA is " + strings.Join(names, ", ")
	}
	return Question{
		Key: keyScopeMFA, Kind: One, Title: "MFA by phone", Default: leave,
		Help: "It is off now, and " + policies + ". upe does not change policies.",
		Options: []Option{
			{Value: leave, Label: "Leave it off", Consequence: "nobody gets MFA codes by phone, as today"},
			{Value: turnOn, Label: "Turn it on", Consequence: "the phone factor is enabled, and sends through the tenant-level provider"},
		},
	}
}

// moveConnection asks for one connection. It has no default: only its owner knows whether its applications are ready.
func moveConnection(s judge.SMSState) Question {
	return Question{
		Key: keyConnection(s.ID), Kind: One, Title: fmt.Sprintf("Passwordless connection %q", s.Name),
		Help:    fmt.Sprintf("Used by %s. Today it goes through %s.", applications(s.Clients), s.Carrier.String()),
		Options: moveOrLeave(),
	}
}

func moveOrLeave() []Option {
	return []Option{
		{Value: move, Label: "Move", Consequence: "its codes will travel through the tenant-level provider"},
		{Value: leave, Label: "Leave as it is", Consequence: "it keeps its own settings"},
	}
}

// likelyEnvironment is production, but for a tenant on which nobody depends.
func (c conversation) likelyEnvironment() Value {
	if c.known.Mode == Demo {
		return "development"
	}
	return "production"
}

// Whether an unknown number becomes a user.
const (
	signUpsOpen   = "open"
	signUpsClosed = "closed"
)

// newConnectionPage asks for what a connection needs beside its name.
func (c conversation) newConnectionPage() []Page {
	if c.newConnection() == nil {
		return nil
	}
	p := page("new-connection", StageScope, fmt.Sprintf("The new connection %q", c.trimmed(keyNewName)),
		"It is created once the provider is ready and tested, and sends through the provider from the start.")
	clients := Question{
		Key: keyNewClients, Kind: Many, Title: "Applications that may use it", Default: []string{},
		Help: "None is a beginning too: enable them later in Authentication > Passwordless > SMS.",
	}
	for _, client := range c.snapshot().Clients() {
		clients.Options = append(clients.Options, Option{Value: client.ID, Label: c.snapshot().ClientName(client.ID), Consequence: client.ID})
	}
	p.Questions = []Question{{
		Key: keyNewSignUps, Kind: One, Title: "May a new number sign up?", Default: signUpsOpen,
		Options: []Option{
			{Value: signUpsOpen, Label: "Yes", Consequence: "entering a code creates a user when the number is new"},
			{Value: signUpsClosed, Label: "No", Consequence: "a number without a user gets no code, which tells a stranger which numbers have one"},
		},
	}}
	if len(clients.Options) > 0 {
		p.Questions = append(p.Questions, clients)
	}
	return one(p)
}

// clientIDs finds applications by client id or by name.
func (c conversation) clientIDs(named []string) []string {
	var ids []string
	for _, name := range named {
		if id, ok := clientID(c.snapshot(), name); ok {
			ids = append(ids, id)
		}
	}
	return ids
}

// clientID finds an application by its client id, or by its name where only one has it.
func clientID(snapshot tenant.Snapshot, idOrName string) (id string, ok bool) {
	var byName []string
	for _, client := range snapshot.Clients() {
		if client.ID == idOrName {
			return client.ID, true
		}
		if client.Name == idOrName {
			byName = append(byName, client.ID)
		}
	}
	if len(byName) != 1 {
		return "", false
	}
	return byName[0], true
}

// validConnection is how Auth0 names connections (OpenAPI description, POST /connections).
var validConnection = regexp.MustCompile(`^[a-zA-Z0-9](?:-?[a-zA-Z0-9])*$`)

func connectionName(name string) error {
	switch {
	case name == "":
		return nil
	case len(name) > 128:
		return errors.New("Auth0 takes 128 characters at most")
	case !validConnection.MatchString(name):
		return errors.New("letters, digits, and single hyphens between them")
	}
	return nil
}

// nothingChosen ends the conversation when everything is left as it is.
func (c conversation) nothingChosen() []Page {
	if !c.seen(Page{ID: "scope", Stage: StageScope}) || c.movesMFA() || c.usesPasswordless() {
		return nil
	}
	p := page("nothing-chosen", StageScope, "Nothing to move", "You left everything as it is, so there is nothing to do.")
	p.Blocks = []Block{Text{Body: "Go back to choose again."}}
	p.Final, p.Returns = true, true
	return one(p)
}

func applications(names []string) string {
	switch len(names) {
	case 0:
		return "no application"
	case 1:
		return "the application " + names[0]
	}
	return fmt.Sprintf("%d applications (%s)", len(names), strings.Join(names, ", "))
}
