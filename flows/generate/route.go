package generate

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"upe/flows/js"
)

// Flow is one of Auth0's uses of phone messages.
type Flow string

// The flows. Phone as ID is a phone number as the identifier of a database user.
const (
	MFA             Flow = "mfa"
	Passwordless    Flow = "passwordless"
	PhoneIdentifier Flow = "phone-identifier"
)

// Route says which messages a carrier sends. Of the routes of one flow and connection the first that fits a message sends it; a
// route for a connection comes before one for all.
type Route struct {
	Name         string // for the table; empty: made of the flow
	Flow         Flow
	ConnectionID string   // of Passwordless and Phone as ID: "con_…"
	Connection   string   // its name; without an id it is known by this. Both empty: every connection of the flow
	MessageTypes []string // "otp_verify", "otp_enroll"; nil: all that the flow sends
	Methods      []string // delivery methods "text", "voice"; nil: both
	Countries    []string // country calling codes, or longer beginnings of numbers: "44", "+1 242"; nil: all
	Part         Part
}

// What is wrong with routes, for errors.Is.
var (
	ErrRoute       = errors.New("the route does not make sense")
	ErrUnreachable = errors.New("the route is never used")
	ErrPart        = errors.New("the code of a part cannot be used")
	ErrAnswer      = errors.New("there is no such answer")
)

// Router is an Action that sends each message by the carrier that its route names. What the events leave open is asked: while an
// answer is open the code takes the first choice.
func Router(routes []Route, o Options) (Action, []Undecidable, error) {
	routes, err := checked(routes)
	if err != nil {
		return Action{}, nil, err
	}
	r := &router{options: o, groups: grouped(routes)}
	r.modules(r.parts())
	rows := r.rows()
	if r.err != nil {
		return Action{}, nil, r.err
	}
	a := r.write(rows)
	if err := js.Check(a.Code); err != nil {
		return Action{}, nil, fmt.Errorf("generate a routing Action: %w", err)
	}
	return a, r.questions, nil
}

// checked are the routes with their country codes as digits, each of which can be used.
func checked(routes []Route) ([]Route, error) {
	if len(routes) == 0 {
		return nil, fmt.Errorf("%w: there is none", ErrRoute)
	}
	routes = slices.Clone(routes)
	for i := range routes {
		if err := routes[i].check(); err != nil {
			return nil, fmt.Errorf("route %d: %w", i+1, err)
		}
	}
	for i, r := range routes {
		for j, earlier := range routes[:i] {
			if earlier.takesAll(r) {
				return nil, fmt.Errorf("route %d: %w: route %d takes all that it would", i+1, ErrUnreachable, j+1)
			}
		}
	}
	return routes, nil
}

func (r *Route) check() error {
	switch {
	case r.Part == nil:
		return fmt.Errorf("%w: it has no carrier", ErrRoute)
	case r.Flow != MFA && r.Flow != Passwordless && r.Flow != PhoneIdentifier:
		return fmt.Errorf("%w: there is no flow %q", ErrRoute, r.Flow)
	case r.Flow == MFA && r.ConnectionID+r.Connection != "":
		return fmt.Errorf("%w: MFA belongs to no connection", ErrRoute)
	case len(r.types()) == 0:
		return fmt.Errorf("%w: the flow %s sends none of these message types", ErrRoute, r.Flow)
	case len(r.methods()) == 0:
		return fmt.Errorf("%w: the flow %s has none of these delivery methods", ErrRoute, r.Flow)
	}
	countries := make([]string, len(r.Countries))
	for i, c := range r.Countries {
		if countries[i] = digits(c); countries[i] == "" {
			return fmt.Errorf("%w: %q is no country calling code", ErrRoute, c)
		}
	}
	r.Countries = countries
	r.simplify()
	if t, ok := r.Part.(Translated); ok {
		return t.check()
	}
	return nil
}

// simplify forgets conditions that hold for every message of the flow.
func (r *Route) simplify() {
	all := Route{Flow: r.Flow}
	if len(r.types()) == len(all.types()) {
		r.MessageTypes = nil
	}
	if len(r.methods()) == len(all.methods()) {
		r.Methods = nil
	}
}

// digits of a country calling code as people write it, or nothing.
func digits(s string) string {
	s = strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimPrefix(s, "+"))
	if s == "" || s[0] == '0' || strings.Trim(s, "0123456789") != "" {
		return ""
	}
	return s
}

// types are the message types that the route takes of those that its flow sends.
func (r *Route) types() []string {
	if r.Flow == MFA {
		return common(codes, r.MessageTypes)
	}
	return common(codes[:1], r.MessageTypes)
}

// methods are the delivery methods that the route takes of those that its flow has. Passwordless sends text.
func (r *Route) methods() []string {
	if r.Flow == Passwordless {
		return common(methods[:1], r.Methods)
	}
	return common(methods, r.Methods)
}

var methods = []string{"text", "voice"}

// common is all, or what of it is wanted.
func common(all, wanted []string) []string {
	if len(wanted) == 0 {
		return all
	}
	return slices.DeleteFunc(slices.Clone(all), func(s string) bool { return !slices.Contains(wanted, s) })
}

// takesAll reports whether the route takes every message that a later one would.
func (r *Route) takesAll(later Route) bool {
	return r.Flow == later.Flow && r.ConnectionID == later.ConnectionID && r.Connection == later.Connection &&
		within(later.types(), r.types()) && within(later.methods(), r.methods()) && r.takesCountries(later.Countries)
}

func within(some, all []string) bool {
	return !slices.ContainsFunc(some, func(s string) bool { return !slices.Contains(all, s) })
}

func (r *Route) takesCountries(later []string) bool {
	if len(r.Countries) == 0 {
		return true
	}
	return len(later) > 0 && !slices.ContainsFunc(later, func(code string) bool {
		return !slices.ContainsFunc(r.Countries, func(c string) bool { return strings.HasPrefix(code, c) })
	})
}
