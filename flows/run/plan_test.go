package run_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"testing"
	"time"

	"upe/flows/plan"
	"upe/flows/run"
	"upe/flows/tenant"
)

// Secrets that must appear nowhere. The first is asked for, the second is read from the tenant.
const (
	canaryAsked = `can"ary/asked+one`
	canaryRead  = "canary-read-from-the-tenant-0123"
)

func raw(text string) json.RawMessage { return json.RawMessage(text) }

func call(op tenant.Op, id, body string) *tenant.Call {
	return &tenant.Call{Op: op, ID: id, Body: raw(body)}
}

func get(op tenant.Op, id string) tenant.Call { return tenant.Call{Op: op, ID: id} }

// migration is a plan with every kind of step: a custom provider with its Action, a template, MFA, one connection, and what
// comes after.
func migration() plan.Plan {
	actions := tenant.Call{Op: tenant.ListActions, Query: url.Values{"triggerId": {tenant.TriggerPhone}}}
	bound := raw(`{"action":{"id":{"$from":"action#/id"}}}`)
	text := raw(`{"content":{"body":{"text":"{{ code }}"}}}`)
	flag := `{"phone_consolidated_experience":true}`
	both := `{"message_types":["sms","voice"]}`
	p := plan.Plan{
		Schema: plan.Schema, Tenant: tenant.Identity{Domain: "acme.us.auth0.com"},
		Summary: plan.Summary{
			Provider: "custom", DeliveryMethods: []string{"text"},
			Moves: []plan.Move{
				{ID: "mfa", Name: "mfa", Title: "MFA", Channels: []string{"text"}},
				{ID: "con_1", Name: "sms", Title: "Passwordless sms", Channels: []string{"text"}},
			},
		},
		Relies: []plan.Fact{
			{Path: tenant.PathSettings, Pointer: "/phone_consolidated_experience", Value: raw(`false`), What: "the flag"},
			{Path: tenant.PathMessageTypes, Pointer: "/message_types", Value: raw(`["sms"]`), What: "the message types"},
			{Path: tenant.PathSelectedProvider, Pointer: "/provider", Value: raw(`"twilio"`), What: "the MFA provider"},
			{Path: tenant.PathProviders, Pointer: "/providers/0/id", Value: raw(`null`), What: "the provider"},
			{Path: tenant.PathSMSConnections, Pointer: "/[id=con_1]/options/from", Value: raw(`"+15550100"`), What: "the sender"},
		},
		Steps: []plan.Step{
			{
				ID: "action", Kind: plan.Request, Phase: plan.Prepare,
				Call: call(tenant.CreateAction, "", `{"name":"send","code":"x","secrets":[{"name":"KEY","value":{"$secret":"key"}}]}`),
				Done: &plan.Check{Get: actions, Match: raw(`{"name":"send"}`), Want: raw(`{"code":"x"}`)},
			},
			{
				ID: "built", Kind: plan.Wait, Phase: plan.Prepare, Needs: []string{"action"},
				Done:  &plan.Check{Get: get(tenant.GetAction, "@action#/id"), Want: raw(`{"status":"built"}`)},
				Fails: &plan.Check{Get: get(tenant.GetAction, "@action#/id"), Want: raw(`{"status":"failed"}`)},
			},
			{
				ID: "deploy", Kind: plan.Request, Phase: plan.Prepare, Needs: []string{"built"},
				Call: call(tenant.DeployAction, "@action#/id", ""),
				Done: &plan.Check{Get: get(tenant.GetAction, "@action#/id"), Want: raw(`{"all_changes_deployed":true}`)},
			},
			{
				ID: "bind", Kind: plan.Request, Phase: plan.Prepare, Needs: []string{"deploy"},
				Call: call(tenant.PatchBindings, tenant.TriggerPhone, `{"bindings":[{"ref":{"type":"action_id","value":{"$from":"action#/id"}}}]}`),
				Done: &plan.Check{Get: get(tenant.GetBindings, tenant.TriggerPhone), Match: bound, Want: bound},
			},
			{
				ID: "provider", Kind: plan.Request, Phase: plan.Prepare, Needs: []string{"bind"},
				Call: call(tenant.CreateProvider, "", `{"name":"custom","configuration":{"delivery_methods":["text"]},"credentials":{}}`),
				Done: &plan.Check{Get: get(tenant.ListProviders, ""), Match: raw(`{"name":"custom"}`), Want: raw(`{"configuration":{"delivery_methods":["text"]}}`)},
			},
			{
				ID: "template", Kind: plan.Request, Phase: plan.Prepare, Needs: []string{"provider"},
				Call: call(tenant.CreatePhoneTemplate, "", `{"type":"otp_verify","content":{"body":{"text":"{{ code }}"}}}`),
				Done: &plan.Check{Get: get(tenant.ListPhoneTemplates, ""), Match: raw(`{"type":"otp_verify"}`), Want: text},
			},
			{
				ID: "test-text", Kind: plan.Test, Phase: plan.Testing, Channel: "text", Needs: []string{"provider"},
				Call: call(tenant.TryProvider, "@provider#/id", `{"to":{"$input":"test.to"},"delivery_method":"text"}`),
			},
			{
				ID: "flag", Kind: plan.Request, Phase: plan.Switch, Move: "mfa",
				Call: call(tenant.PatchSettings, "", flag),
				Done: &plan.Check{Get: get(tenant.GetSettings, ""), Want: raw(flag)},
			},
			{
				ID: "unified", Kind: plan.Manual, Phase: plan.Switch, Move: "mfa", Needs: []string{"flag"}, Proof: "api",
				Done: &plan.Check{Get: get(tenant.GetSelectedProvider, ""), Refused: tenant.CodeLegacyNotAllowed},
			},
			{
				ID: "types", Kind: plan.Request, Phase: plan.Switch, Move: "mfa", Needs: []string{"flag", "unified"},
				Call: call(tenant.PutMessageTypes, "", both),
				Done: &plan.Check{Get: get(tenant.GetMessageTypes, ""), Want: raw(both)},
			},
			{
				ID: "connection", Kind: plan.Request, Phase: plan.Switch, Move: "con_1",
				Call:  call(tenant.PatchConnection, "con_1", `{"options":{"use_phone_provider":true}}`),
				Merge: &plan.Base{Get: get(tenant.GetConnection, "con_1"), Keep: []string{"options"}, Secrets: []string{"/options/twilio_token"}},
				Done:  &plan.Check{Get: get(tenant.GetConnection, "con_1"), Want: raw(`{"options":{"use_phone_provider":true}}`)},
			},
			{ID: "scripts", Kind: plan.Manual, Phase: plan.After, Proof: "person"},
			{
				ID: "narrow", Kind: plan.Request, Phase: plan.After,
				Call: call(tenant.PutMessageTypes, "", `{"message_types":["voice"]}`),
				Done: &plan.Check{Get: get(tenant.GetMessageTypes, ""), Want: raw(`{"message_types":["voice"]}`)},
			},
		},
	}
	for i := range p.Steps {
		p.Steps[i].Title = "step " + p.Steps[i].ID
	}
	p.Checksum = "sha256:migration" // sealing it anew for every run of the matrices would cost most of their time
	return p
}

func newRunner(f *fake, log run.Log) *run.Runner {
	return &run.Runner{
		API: f.api, Log: log, Now: time.Now,
		Secret: func(string) (string, error) { return canaryAsked, nil },
		NewID:  func(kind string) string { return kind + "-1" },
	}
}

// stage is one thing that a person, or a command, asks of a run.
type stage struct {
	name string
	do   func(context.Context, *run.Runner, plan.Plan) (run.State, error)
}

func running(phase plan.Phase, move string) stage {
	return stage{string(phase) + " " + move, func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
		return r.Run(ctx, p, run.Until{Phase: phase, Move: move}, nil)
	}}
}

// stages is a whole migration, as a person goes through it.
func stages() []stage {
	return []stage{
		running(plan.Prepare, ""),
		{"send", func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.Send(ctx, p, "text", "+15550100123")
		}},
		{"arrived", func(_ context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.Answer(p, "text", true, "Ann")
		}},
		running(plan.Switch, "mfa"),
		{"confirm mfa", func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.Confirm(ctx, p, "mfa", "Ann")
		}},
		running(plan.Switch, "sms"),
		{"confirm con_1", func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.Confirm(ctx, p, "con_1", "Ann")
		}},
		{"by hand", func(ctx context.Context, r *run.Runner, p plan.Plan) (run.State, error) {
			return r.ByHand(ctx, p, "scripts", "Ann")
		}},
		running(plan.After, ""),
	}
}

// survive does one stage again and again until it succeeds: a person who does not give up, over the end of the process.
func survive(t *testing.T, s stage, f *fake, log run.Log, p plan.Plan) run.State {
	t.Helper()
	var last error
	for range 5 {
		state, err := attempt(t, s, newRunner(f, log), p)
		if err == nil {
			return state
		}
		last = err
	}
	t.Fatalf("%s does not succeed: %v", s.name, last)
	return run.State{}
}

// attempt does one stage; the end of the process becomes an error.
func attempt(t *testing.T, s stage, r *run.Runner, p plan.Plan) (state run.State, err error) {
	t.Helper()
	defer func() {
		if end := recover(); end != nil {
			killed, ok := end.(error)
			if !ok || !errors.Is(killed, errKilled) {
				panic(end)
			}
			err = killed
		}
	}()
	return s.do(t.Context(), r, p)
}

// migrate goes through all stages.
func migrate(t *testing.T, f *fake, log run.Log) run.State {
	t.Helper()
	var state run.State
	p := migration()
	for _, s := range stages() {
		state = survive(t, s, f, log, p)
	}
	return state
}
