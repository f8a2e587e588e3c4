package generate

import (
	"fmt"
	"slices"
	"strings"
)

// The identifiers of questions. Elsewhere is followed by a colon and whom it is about, module by the name of the module.
const (
	afterPasswordless = "mfa_after_passwordless"
	phoneOrMFA        = "phone_id_or_mfa"
	noConnection      = "no_connection"
	noticesBy         = "notices"
	elsewhere         = "elsewhere"
	moduleVersion     = "module"
)

// nobodySends is the answer that a message is to be dropped.
const nobodySends = "drop"

// ask keeps a question with the answer that was given to it. One without choices is none.
func (r *router) ask(questions ...Undecidable) {
	for _, q := range questions {
		if len(q.Choices) < 2 {
			continue
		}
		q.Answer = r.options.Decided[q.ID]
		if q.Answer != "" && !slices.Contains(q.values(), q.Answer) && r.err == nil {
			r.err = fmt.Errorf("%w: %s: %q is not one of %s", ErrAnswer, q.ID, q.Answer, strings.Join(q.values(), ", "))
		}
		r.questions = append(r.questions, q)
	}
}

func (q Undecidable) values() []string {
	var all []string
	for _, c := range q.Choices {
		all = append(all, c.Value)
	}
	return all
}

// answer is what was answered, or the first choice while that is open, or nothing if nobody was asked.
func (r *router) answer(id string) string {
	i := slices.IndexFunc(r.questions, func(q Undecidable) bool { return q.ID == id })
	if i < 0 {
		return ""
	}
	return r.questions[i].taken().Value
}

// taken is the choice that the code has.
func (q Undecidable) taken() Choice {
	for _, c := range q.Choices {
		if c.Value == q.Answer {
			return c
		}
	}
	return q.Choices[0]
}

// of are the groups of a flow.
func (r *router) of(flow Flow) []group {
	return slices.DeleteFunc(slices.Clone(r.groups), func(g group) bool { return g.flow != flow })
}

// afterPasswordless is about users who signed in by a code on an sms connection and then meet MFA.
func (r *router) afterPasswordless() Undecidable {
	connections, mfa := r.of(Passwordless), r.of(MFA)
	if len(connections) == 0 || len(mfa) == 0 || len(identities(append(connections, mfa...)...)) < 2 {
		return Undecidable{}
	}
	return Undecidable{
		ID:    afterPasswordless,
		Title: "Which carrier sends MFA's codes to users who have just signed in with Passwordless?",
		Why: "Auth0 does not document whether the event of such a code names the sms connection. If it does, the code looks " +
			"like one of Passwordless: the same type, the same delivery method, the same connection.",
		Choices: []Choice{
			{string(Passwordless), "the carrier of the connection", "Codes that name an sms connection go by its carrier, some of MFA's perhaps " +
				"among them. Enrolment codes and calls are MFA's in any case."},
			{string(MFA), "the carrier of MFA", "All codes that name an sms connection go by MFA's carrier, those of Passwordless too: the " +
				"carriers of the connections are not used."},
		},
	}
}

// phoneOrMFA is about users of a database who identify themselves by phone number.
func (r *router) phoneOrMFA() Undecidable {
	databases, mfa := r.of(PhoneIdentifier), r.of(MFA)
	if len(databases) == 0 || len(mfa) == 0 || len(identities(append(databases, mfa...)...)) < 2 {
		return Undecidable{}
	}
	return Undecidable{
		ID:    phoneOrMFA,
		Title: "Which carrier sends codes to users of a database who sign in by phone number?",
		Why: "A code of Phone as ID and a code of MFA for the same user have the same type and can name the same connection. Nothing " +
			"else in the event tells them apart.",
		Choices: []Choice{
			{string(PhoneIdentifier), "the carrier of Phone as ID", "Codes that name such a connection go by its carrier, MFA's for its users " +
				"perhaps among them. Enrolment codes are MFA's in any case."},
			{string(MFA), "the carrier of MFA", "Codes of Phone as ID go by MFA's carrier; its own is not used."},
		},
	}
}

// anonymous asks whose carrier sends codes that name no connection, and is that group.
func (r *router) anonymous() *group {
	r.ask(Undecidable{
		ID:    noConnection,
		Title: "Which carrier sends login codes that name no connection?",
		Why: "The connection is optional in the event, and Auth0 does not document which messages have one. MFA's are expected to have " +
			"none or that of the user's database, those of Passwordless their own, Auth0's test message none.",
		Choices: r.choices("Login codes without a connection go as those of %s do, whatever flow they are from."),
	})
	return r.chosen(noConnection)
}

// notices asks whose carrier sends what is no code, and is that group; nil for nobody's.
func (r *router) notices() *group {
	if r.options.NonCode == DropNonCode {
		return nil
	}
	choices := r.choices("Notices go as the codes of %s do.")
	if len(choices) > 0 {
		choices = append(choices, Choice{nobodySends, "nobody", "Notices are dropped: users do not learn that an account was blocked or a " +
			"password was found in a breach."})
	}
	r.ask(Undecidable{
		ID:    noticesBy,
		Title: "Which carrier sends notices that are no codes?",
		Why: "Notices of blocked accounts, changed passwords and passwords found in a breach belong to none of the flows, and no " +
			"legacy flow sent them.",
		Choices: choices,
	})
	if r.answer(noticesBy) == nobodySends {
		return nil
	}
	return r.chosen(noticesBy)
}
