package report_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"upe/flows/judge"
	"upe/flows/report"
)

// A route that may go two ways is shown with both, and nobody is told that its codes go to nothing.
func TestARouteThatIsNotKnown(t *testing.T) {
	t.Parallel()
	j := judgement()
	j.Routes = []judge.Route{
		{Flow: judge.MFA, Channel: "sms", Via: judge.Unknown, Delivers: true, Why: "the flags disagree"},
		{Flow: judge.Passwordless, Channel: "sms", Name: "a", Via: judge.Unknown, Problem: "it is lost if it goes by its own settings: no URL", Why: "odd"},
		{Flow: judge.Passwordless, Channel: "sms", Name: "b", Via: judge.Unknown, Problem: judge.Undetermined, Why: "no scope"},
	}
	text := strings.Join(strings.Fields(report.Check(j)), " ")
	for _, want := range []string{
		"State legacy: by which way some codes travel is not known",
		"MFA by SMS: by the MFA settings or the tenant-level provider, nobody knows which Why nobody knows: the flags disagree",
		`"a" by SMS: by the connection's own settings or the tenant-level provider, nobody knows which; it is lost if it goes by its own settings: no URL Why`,
		`"b" by SMS: it is not known where a code sent now would go Why nobody knows: no scope`,
	} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(text, "to nothing") || strings.Contains(text, "every code") {
		t.Error(text)
	}
}

// Where nothing is left to move, nobody is told that it can.
func TestADecisionInATenantThatHasMoved(t *testing.T) {
	t.Parallel()
	for state, want := range map[judge.State]string{
		judge.StateUnified: "needs-decision: everything in this tenant has moved", judge.StateMixed: "needs-decision: this tenant can move once",
	} {
		j := judgement()
		j.State = state
		if text := strings.Join(strings.Fields(report.Check(j)), " "); !strings.Contains(text, want) {
			t.Errorf("%s: no %q in %s", state, want, text)
		}
	}
}

// What a connection keeps of its old settings says nothing about who sends.
func TestAMovedConnectionIsShownWithItsProvider(t *testing.T) {
	t.Parallel()
	for via, want := range map[judge.Via]string{
		judge.Tenant: "the tenant-level provider, 2 applications", judge.Legacy: "the SMS gateway https://gateway.example, 2 applications",
		judge.Unknown: "the SMS gateway https://gateway.example, or the tenant-level provider, 2 applications",
	} {
		j := judgement()
		j.SMS[0].Via = via
		if text := strings.Join(strings.Fields(report.Check(j)), " "); !strings.Contains(text, "Passwordless sms "+want) {
			t.Errorf("%s: %s", via, text)
		}
	}
}

// A name that is made safe is not escaped once more, and a long one leaves its value a column.
func TestAHostileNameKeepsItsPlace(t *testing.T) {
	t.Parallel()
	j := judgement()
	name := `\x1b[31msms ` + strings.Repeat("long ", 12) + `end`
	j.SMS[0].Name, j.Routes[1].Name = name, name
	text := report.Check(j)
	if strings.Contains(text, `\\x1b`) || !strings.Contains(text, `\x1b[31msms`) {
		t.Error(text)
	}
	for line := range strings.Lines(text) {
		if utf8.RuneCountInString(line) > report.Width+1 {
			t.Errorf("too wide: %q", line)
		}
	}
}
