package report

import (
	"fmt"
	"slices"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
)

// Command is a request of a plan as it is typed into a shell.
type Command struct {
	Name string // of the program that sends it: "curl", "auth0 api"
	Text string // lines for a POSIX shell, in parentheses: nothing of it stays behind
}

// Commands are the ways to send the request of one step by hand; none for a step that has no request. Each needs jq. Secrets, and
// the ids that earlier steps answer with, come from the environment: see [Curl], of which this is one step.
func Commands(p plan.Plan, step string) []Command {
	s, ok := p.Step(step)
	if !ok || s.Call == nil {
		return nil
	}
	return []Command{{"curl", alone(p, s, (*curl).byCurl)}, {"auth0 api", alone(p, s, (*curl).byAuth0)}}
}

// alone is one step without the script around it.
func alone(p plan.Plan, s plan.Step, send func(*curl, plan.Step)) string {
	c := &curl{plan: p}
	c.say(s.Title)
	c.line("(")
	send(c, s)
	c.line(")")
	return c.out.String()
}

func (c *curl) byCurl(s plan.Step) {
	c.token()
	c.needs(s)
	c.out.WriteString(curlSettings)
	send := fmt.Sprintf("curl -sS --fail-with-body -K \"$settings\" -X %s %s", s.Call.Op.Method(), c.address(*s.Call))
	if c.define(c.body(s, c.reads)) {
		send = "body | " + send + " --data-binary @-"
	}
	c.line(send)
}

func (c *curl) byAuth0(s plan.Step) {
	c.needs(s)
	send := fmt.Sprintf("auth0 api %s %s --tenant %s", strings.ToLower(s.Call.Op.Method()), c.path(*s.Call), c.tenant())
	body := c.body(s, func(call tenant.Call) string {
		return fmt.Sprintf("auth0 api get %s --tenant %s", c.path(call), c.tenant())
	})
	if c.define(body) {
		send = "body | " + send
	}
	c.line(send)
}

// tenant names the one of several that auth0-cli may be logged in to.
func (c *curl) tenant() string { return shellQuote(printable(c.plan.Tenant.Domain)) }

// define writes the function that prints the body, where there is one.
func (c *curl) define(body string) bool {
	if body != "" {
		c.line("body() {\n" + body + "\n}")
	}
	return body != ""
}

// needs stops where a variable is missing, and hands them to jq.
func (c *curl) needs(s plan.Step) {
	var names []string
	need := func(key, name string) {
		v := variable(key, name)
		if slices.Contains(names, v) {
			return
		}
		names = append(names, v)
		why := ""
		if key == "$from" {
			why = "the id that an earlier step answered with"
		}
		c.line(fmt.Sprintf(": \"${%s:?%s}\"", v, why))
	}
	eachIn(*s.Call, need)
	if s.Merge != nil {
		eachIn(s.Merge.Get, need)
	}
	if len(names) > 0 {
		c.line("export " + strings.Join(names, " "))
	}
}
