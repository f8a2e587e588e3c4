package report

import (
	"fmt"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// proof says how a step is known to be done.
func proof(s plan.Step) string {
	switch c := s.Done; {
	case s.Kind == plan.Test:
		return "a person says that the message arrived"
	case c == nil && s.Kind == plan.Manual:
		return "a person says so"
	case c == nil:
		return ""
	case c.Refused != "":
		return fmt.Sprintf("%s is refused with %s", requestLine(c.Get), c.Refused)
	case c.Each != nil:
		return requestLine(c.Get) + " shows each of them"
	case c.Absent:
		return fmt.Sprintf("%s shows none%s", requestLine(c.Get), where(c))
	case within(fieldsOf(c.Want), fieldsOf(c.Match)):
		return fmt.Sprintf("%s shows one%s", requestLine(c.Get), where(c))
	case readsBack(s):
		return fmt.Sprintf("it reads back in %s%s%s", requestLine(c.Get), where(c), unlessSilent(c))
	default:
		return fmt.Sprintf("%s%s shows %s", requestLine(c.Get), where(c), equations(fieldsOf(c.Want)))
	}
}

// unlessSilent says what counts where the tenant may not show what was written.
func unlessSilent(c *plan.Check) string {
	if !c.Silent {
		return ""
	}
	return "; where that does not show it, Auth0's answer to the request is all the proof there is"
}

// readsBack reports whether what a step's check wants to see is what its request said, or what it is to change.
func readsBack(s plan.Step) bool {
	said := fieldsOf(s.After)
	if s.Call != nil {
		said = append(said, fieldsOf(s.Call.Body)...)
	}
	return within(fieldsOf(s.Done.Want), said)
}

// where names the element that a check looks at.
func where(c *plan.Check) string {
	if match := fieldsOf(c.Match); len(match) > 0 {
		return ", where " + equations(match)
	}
	return ""
}

func equations(fields []field) string {
	words := make([]string, len(fields))
	for i, f := range fields {
		name := f.path
		if name == "" {
			name = "the list"
		}
		words[i] = name + " is " + value(f.value)
	}
	return strings.Join(words, " and ")
}

// base says what a request is laid over.
func base(s plan.Step) string {
	if s.Merge == nil {
		return ""
	}
	return fmt.Sprintf("It is laid over %s as %s answers immediately before.", list(s.Merge.Keep), requestLine(s.Merge.Get))
}

// request is a step's request in one line, empty when it has none.
func request(s plan.Step) string {
	if s.Call == nil {
		return ""
	}
	return requestLine(*s.Call)
}

func requestLine(c tenant.Call) string {
	if strings.HasPrefix(c.ID, "@") { // the answer of an earlier step
		return c.Op.Method() + " " + c.Op.Template()
	}
	return c.Op.Method() + " " + c.Path()
}
