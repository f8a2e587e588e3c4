package main

// shot is one picture: what must stand on the screen for it, its name ("" for a frame of the film alone), and what is typed after it.
type shot struct {
	until, name string
	keys        []string
}

// The keys by name, as a terminal sends them.
const (
	enter = "\r"
	down  = "\x1b[B"
	space = " "
)

// migration is the shortest way through: the embedded tenant mfa-twilio, to a switch that was confirmed.
var migration = []shot{
	{"Before we start", "", []string{enter}},
	{"This tenant can move", "look", []string{enter}},
	{"What to move", "", []string{enter, enter}},
	{"Yours to decide", "decide", []string{space, enter}},
	{"Who should send?", "", []string{enter}},
	{"Account SID", "", []string{enter, enter, enter, enter}},
	{"Delivery methods and factors", "methods", []string{enter, enter}},
	{"Verification code", "wording", []string{enter}},
	{"Enrolment code", "", []string{enter}},
	{"What next?", "plan", []string{enter}},
	{"Prepare now", "", []string{enter}},
	{"Your phone number", "", []string{enter, enter, enter}},
	{"Did the message arrive?", "test", []string{"\x1b[A", enter, enter, enter}},
	{"Switch MFA on now?", "switch", []string{down, enter, enter}},
	{"Log in as a user", "", []string{enter}},
	{"Could you log in with a code?", "confirm", []string{"\x1b[A", enter, enter, enter}},
	{"Every switch is confirmed", "", []string{enter}},
	{"somebody has confirmed each switch", "done", nil},
}
