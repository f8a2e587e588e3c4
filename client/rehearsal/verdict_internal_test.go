package rehearsal

import (
	"strings"
	"testing"
)

func TestTheVerdict(t *testing.T) {
	t.Parallel()
	outcome := func(r Result) Outcome { return Outcome{Result: r, Times: 1} }
	world := func(name string, migrates, crashes, returns Result) World {
		return World{World: name, Title: title(name), Migrates: outcome(migrates), Crashes: outcome(crashes), Returns: outcome(returns)}
	}
	fine := world("docs", Holds, Holds, Holds)
	for name, tt := range map[string]struct {
		worlds          []World
		want            []string // parts of it
		not             string
		hopeless, stuck bool
	}{
		"everything holds": {worlds: []World{fine, world("one-way", Holds, Holds, Holds)}, want: []string{"in each of 2 ways"}, not: "refuse"},
		"a gap":            {worlds: []World{world("docs", Gap, Gap, Holds)}, want: []string{"but in the time in which the plan says that codes may be lost (as documented)"}},
		"a gap on the way back": {
			worlds: []World{fine, world("one-way", Holds, Holds, Gap)},
			want:   []string{"Every code came after every write", "Should the run be taken back, codes may be lost for a moment (old settings are lost)"},
		},
		"lost":                  {worlds: []World{fine, world("dashboard", Holds, Lost, Holds)}, want: []string{"Do not carry this plan out", "the Dashboard decides"}},
		"differs":               {worlds: []World{world("docs", Holds, Holds, Differs)}, want: []string{"does not end as it was to", "as documented"}},
		"refused somewhere":     {worlds: []World{fine, world("provider-after-flag", Refused, Refused, Holds)}, want: []string{"Every code came", "may refuse to go on (the flag comes first)"}},
		"refused as documented": {worlds: []World{world("docs", Refused, Refused, Holds), world("one-way", Holds, Holds, Holds)}, want: []string{"the plan is refused (as documented)"}, hopeless: true},
		"no way back":           {worlds: []World{fine, world("one-way", Holds, Holds, Refused)}, want: []string{"somebody has to decide", "old settings are lost"}, stuck: true},
		"no way on":             {worlds: []World{world("docs", Holds, Refused, Holds)}, want: []string{"somebody has to decide"}, stuck: true},
		"not this tenant":       {worlds: []World{{World: "docs", Impossible: "it shows otherwise"}}, want: []string{"Nothing was rehearsed"}, hopeless: true},
		"not everywhere":        {worlds: []World{{World: "docs", Impossible: "it shows otherwise"}, world("one-way", Holds, Holds, Holds)}, want: []string{"in the one way"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := Rehearsal{Worlds: tt.worlds, Result: Holds, Codes: []string{"mfa sms"}}
			for _, w := range tt.worlds {
				if w.Impossible == "" && w.worst().Worse(r.Result) {
					r.Result = w.worst()
				}
			}
			got := r.verdict()
			for _, part := range tt.want {
				if !strings.Contains(got, part) {
					t.Errorf("verdict %q, want %q in it", got, part)
				}
			}
			if tt.not != "" && strings.Contains(got, tt.not) {
				t.Errorf("verdict %q, want no %q in it", got, tt.not)
			}
			if r.Hopeless() != tt.hopeless || r.Stuck() != tt.stuck {
				t.Errorf("hopeless %v, stuck %v", r.Hopeless(), r.Stuck())
			}
		})
	}
}

func TestTheVerdictOnATenantThatSendsNothing(t *testing.T) {
	t.Parallel()
	held := Outcome{Result: Holds, Times: 1}
	r := Rehearsal{Worlds: []World{{World: "docs", Migrates: held, Crashes: held, Returns: held}}}
	if got := r.verdict(); !strings.HasPrefix(got, "No code is sent now") {
		t.Errorf("verdict %q", got)
	}
}

// The worse of two outcomes is kept, and both are counted.
func TestOutcomesAreAddedUp(t *testing.T) {
	t.Parallel()
	var sum Outcome
	for _, o := range []Outcome{{Result: Holds, Times: 1}, {Result: Refused, Times: 1, Step: "provider"}, {Result: Gap, Times: 2}, {Result: Refused, Times: 1, Step: "later"}} {
		sum = sum.with(o)
	}
	if sum.Result != Refused || sum.Step != "provider" || sum.Times != 5 {
		t.Errorf("%+v", sum)
	}
}

// A remark is for people: it names steps and flows as every page does, and which plan says so.
func TestALossInWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		loss Loss
		want string
	}{
		{
			Loss{Code: "mfa voice", From: "back-tenant-flag", FromTitle: "Turn it off", Until: "back-selected", UntilTitle: "Choose it", Stated: true, Back: true, Why: "no settings"},
			`if the run is taken back, codes of MFA by voice are lost from "Turn it off" to "Choose it", which is said before it begins (no settings)`,
		},
		{Loss{Code: "mfa sms (enrolment)", From: "flag", Stated: true, Until: "x", Why: "w"}, `codes of MFA by SMS (enrolment) are lost from "flag" to "x", as the plan says (w)`},
		{Loss{Code: `passwordless sms ["A [b] c"]`, From: "f", Why: "w"}, `codes of Passwordless "A [b] c" by SMS are lost from "f" on, to the end, which the plan does not say (w)`},
		{Loss{Code: "phone-identifier sms", From: "f", Until: "u", Why: "w"}, `codes of Phone as ID by SMS are lost from "f" to "u", which the plan does not say (w)`},
		{Loss{Code: "another", From: "f", Until: "u", Why: "w"}, `codes of another are lost from "f" to "u", which the plan does not say (w)`},
	} {
		if got := c.loss.String(); got != c.want {
			t.Errorf("%s\nwant\n%s", got, c.want)
		}
	}
}
