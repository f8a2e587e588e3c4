package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"testing/synctest"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// oracle answers every GET in one way, and counts the writes, which change nothing.
type oracle struct {
	answer string
	err    *tenant.Error
	writes int
}

func (o *oracle) Do(_ context.Context, call tenant.Call) (json.RawMessage, error) {
	if call.Op.Writes() {
		o.writes++
		return nil, nil
	}
	if o.err != nil {
		return nil, o.err
	}
	return raw(o.answer), nil
}

func (o *oracle) api(tenant.Permit) tenant.API { return o }

func TestWhatACheckSees(t *testing.T) {
	t.Parallel()
	const providers = `{"note":"x","providers":[{"name":"a","on":false},{"name":"b","on":true,"list":["x","y"]}]}`
	cases := []struct {
		name   string
		answer string
		err    *tenant.Error
		check  plan.Check
		differ string // empty: it holds
	}{
		{"the answer itself", `{"on":true,"more":1}`, nil, plan.Check{Want: raw(`{"on":true}`)}, ""},
		{"a field differs", `{"on":false}`, nil, plan.Check{Want: raw(`{"on":true}`)}, "/on: want true, have false"},
		{"a field is absent", `{}`, nil, plan.Check{Want: raw(`{"a":{"on":true}}`)}, "the answer is empty"},
		{"a field deep inside", `{"a":{"b":1}}`, nil, plan.Check{Want: raw(`{"a":{"b":2,"c":3}}`)}, "/a/b: want 2, have 1; /a/c: want 3, have nothing"},
		{"a secret differs", `{"auth_token":"abc"}`, nil, plan.Check{Want: raw(`{"auth_token":"def"}`)}, `/auth_token: want "(secret)", have "(secret)"`},
		{"a long value", `{"code":"x"}`, nil, plan.Check{Want: raw(`{"code":"` + strings.Repeat("y", 500) + `"}`)}, `yyy…, have "x"`},
		{"an element of a wrapped list", providers, nil, plan.Check{Match: raw(`{"name":"b"}`), Want: raw(`{"on":true}`)}, ""},
		{"a list is a set", providers, nil, plan.Check{Match: raw(`{"name":"b"}`), Want: raw(`{"list":["y","x"]}`)}, ""},
		{"the element differs", providers, nil, plan.Check{Match: raw(`{"name":"a"}`), Want: raw(`{"on":true}`)}, "/on: want true, have false"},
		{"no such element", providers, nil, plan.Check{Match: raw(`{"name":"c"}`), Want: raw(`{"on":true}`)}, `nothing there contains {"name":"c"}`},
		{"an element of a plain list", `[{"id":"1"},{"id":"2"}]`, nil, plan.Check{Match: raw(`{"id":"2"}`)}, ""},
		{"one of two that match", `[{"k":1,"on":false},{"k":1,"on":true}]`, nil, plan.Check{Match: raw(`{"k":1}`), Want: raw(`{"on":true}`)}, ""},
		{"an object that is no list", `{"id":"1"}`, nil, plan.Check{Match: raw(`{"id":"1"}`)}, ""},
		{"an empty answer", ``, nil, plan.Check{Want: raw(`{"on":true}`)}, "the answer is empty"},
		{"not JSON", `<html>`, nil, plan.Check{Want: raw(`{"on":true}`)}, "not valid JSON"},
		{"absent", providers, nil, plan.Check{Match: raw(`{"name":"c"}`), Absent: true}, ""},
		{"still there", providers, nil, plan.Check{Match: raw(`{"name":"a"}`), Absent: true}, "it is still there"},
		{"absent by 404", "", &tenant.Error{Status: 404}, plan.Check{Absent: true}, ""},
		{"404", "", &tenant.Error{Status: 404}, plan.Check{Want: raw(`{"on":true}`)}, "it is not there"},
		{"refused as wanted", "", &tenant.Error{Status: 403, Code: "closed"}, plan.Check{Refused: "closed"}, ""},
		{"refused otherwise", "", &tenant.Error{Status: 403, Code: "insufficient_scope"}, plan.Check{Refused: "closed"}, "insufficient_scope"},
		{"answered, want it refused", `{}`, nil, plan.Check{Refused: "closed"}, "want it refused with closed"},
		{"no answer", "", &tenant.Error{Status: 401}, plan.Check{Want: raw(`{"on":true}`)}, "401"},
		{"a reference to nothing", `{}`, nil, plan.Check{Want: raw(`{"on":{"$from":"step#/other"}}`)}, "no answer yet"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				c.check.Get = get(tenant.ListProviders, "")
				p := plan.Plan{Steps: []plan.Step{{
					ID: "step", Title: "step", Kind: plan.Request, Phase: plan.Prepare,
					Call: call(tenant.PatchSettings, "", `{}`), Done: &c.check,
				}}}
				o := &oracle{answer: c.answer, err: c.err}
				r := newRunner(nil, run.NewMemory(nil))
				r.API = o.api
				state, err := r.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
				if c.differ == "" {
					if err != nil || how(state, "step") != run.Adopted || o.writes != 0 {
						t.Errorf("%v, %d writes", err, o.writes)
					}
					return
				}
				if err == nil || !strings.Contains(err.Error(), c.differ) {
					t.Errorf("%v\nwant %s", err, c.differ)
				}
			})
		})
	}
}

func TestAConnectionWhoseOptionsAreNotShownIsNotWritten(t *testing.T) {
	t.Parallel()
	p := migration()
	i := len(p.Steps) - 3
	p.Steps = p.Steps[i : i+1]
	p.Steps[0].Phase = plan.Prepare
	o := &oracle{answer: `{"id":"con_1","strategy":"sms"}`}
	r := newRunner(nil, run.NewMemory(nil))
	r.API = o.api
	p.Relies = nil
	_, err := r.Run(t.Context(), p, run.Until{Phase: plan.Prepare}, nil)
	if err == nil || !strings.Contains(err.Error(), `does not show "options"`) || o.writes != 0 {
		t.Errorf("%v, %d writes", err, o.writes)
	}
}

func TestASecretThatIsNotGivenStopsTheStepBeforeItIsAnnounced(t *testing.T) {
	t.Parallel()
	f, log := newFake(), run.NewMemory(nil)
	r := newRunner(f, log)
	none := errors.New("nobody typed it")
	r.Secret = func(string) (string, error) { return "", none }
	_, err := r.Run(t.Context(), migration(), run.Until{Phase: plan.Prepare}, nil)
	var step *run.StepError
	if !errors.Is(err, none) || !errors.As(err, &step) || step.Step != "action" {
		t.Errorf("%v", err)
	}
	if journal := string(read(t, log)); strings.Contains(journal, `"event":"intent"`) || len(f.writes()) != 0 {
		t.Errorf("%s", journal)
	}
}

func TestAPlanThatCannotBeProvedIsNotRun(t *testing.T) {
	t.Parallel()
	for _, s := range []plan.Step{
		{ID: "no check", Kind: plan.Request, Call: call(tenant.PatchSettings, "", `{}`)},
		{ID: "no request", Kind: plan.Request, Done: &plan.Check{}},
		{ID: "no end", Kind: plan.Wait},
	} {
		r := newRunner(newFake(), run.NewMemory(nil))
		if _, err := r.Begin(plan.Plan{Steps: []plan.Step{s}}); err == nil {
			t.Errorf("%s: not refused", s.ID)
		}
	}
}
