package main

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"strings"

	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
)

// secrets finds the values that a plan needs and does not hold, in this order: where the answers file says, the environment
// variable named after the secret, and what Auth0 still returns of the legacy settings. They stay in memory.
type secrets struct {
	given  func(name string) (string, bool) // of the answers file
	lookup func(name string) (string, bool) // of the environment
	legacy func(name string) string         // of the tenant as it was read; "" for nothing
}

// find is the value of a secret, or a problem that says where it was looked for.
func (s secrets) find(name string) (string, error) {
	if value := s.entered(name); value != "" {
		return value, nil
	}
	if value := s.legacy(name); plan.Readable(value) {
		return value, nil
	}
	return "", missingSecrets([]detail{{Name: name, Text: "set " + wizard.SecretEnv(name)}})
}

// check names every secret that steps need and that cannot be found, before anything is written.
func (s secrets) check(p plan.Plan, steps []plan.Step) error {
	var missing []detail
	for _, known := range p.Secrets {
		if !needs(steps, known.Name) {
			continue
		}
		if _, err := s.find(known.Name); err != nil {
			missing = append(missing, detail{known.Name, known.Why + "; set " + wizard.SecretEnv(known.Name)})
		}
	}
	if len(missing) > 0 {
		return missingSecrets(missing)
	}
	return nil
}

func missingSecrets(missing []detail) *problem {
	return &problem{
		exit: exitDecision, code: "secret-missing", failed: "nothing was written: a secret is missing",
		why: "a plan holds no secrets, and neither the answers file nor the environment has these", details: missing,
		do: "set the variable named, or give --answers a file with a reference: {env: NAME} or {file: PATH}",
	}
}

func needs(steps []plan.Step, secret string) bool {
	reference := `{"$secret":` + string(plan.Encode(secret)) + `}`
	for _, s := range steps {
		if s.Call != nil && strings.Contains(string(s.Call.Body), reference) {
			return true
		}
	}
	return false
}

// secretsFor are the secrets of a plan; snapshot is read when the legacy settings are asked for one.
func (a *app) secretsFor(p plan.Plan, snapshot tenant.Snapshot) (secrets, error) {
	answers, err := a.readAnswers(true)
	if err != nil {
		return secrets{}, err
	}
	return secrets{
		given: wizard.Secrets(answers), lookup: a.lookup,
		legacy: func(name string) string { return legacySecret(p, snapshot, name) },
	}, nil
}

// legacySecret is what Auth0 still returns of a secret: a connection's own, or a Twilio AuthToken with settings of the account that the plan
// is for, or, as the former one, with those of MFA.
func legacySecret(p plan.Plan, s tenant.Snapshot, name string) string {
	if name == plan.SecretFormerToken {
		return s.Twilio().AuthToken
	}
	if shown := plan.SecretShown(s, name); shown != "" {
		return shown
	}
	account := twilioAccount(p)
	if name != plan.SecretTwilioToken || account == "" {
		return ""
	}
	if t := s.Twilio(); t.SID == account && plan.Readable(t.AuthToken) {
		return t.AuthToken
	}
	for _, c := range s.SMSConnections() {
		if o := c.SMS(); o.TwilioSID == account && plan.Readable(o.TwilioToken) {
			return o.TwilioToken
		}
	}
	return ""
}

// twilioAccount is the Account SID that the plan's provider sends with.
func twilioAccount(p plan.Plan) string {
	for _, s := range p.Steps {
		if s.Call == nil || (s.Call.Op != tenant.CreateProvider && s.Call.Op != tenant.PatchProvider) {
			continue
		}
		var body struct {
			Configuration struct {
				SID string `json:"sid"`
			} `json:"configuration"`
		}
		if json.Unmarshal(s.Call.Body, &body) == nil && body.Configuration.SID != "" {
			return body.Configuration.SID
		}
	}
	return ""
}

// readAnswers reads the answers file, if one was named. Without resolve no secret is read: a plan does not need them.
func (a *app) readAnswers(resolve bool) (wizard.Answers, error) {
	if a.global.answers == "" {
		return wizard.Answers{}, nil
	}
	raw, err := os.ReadFile(a.global.answers)
	if err != nil {
		p := badAnswers(naming(a.global.answers, err))
		p.do = "name a file that is there; `upe plan --write-answers FILE` writes one with what this tenant is asked"
		return nil, p
	}
	lookup := func(wizard.SecretRef) (string, error) { return "", nil }
	if resolve {
		lookup = a.resolveSecret
	}
	answers, err := wizard.ParseAnswers(raw, lookup)
	var unread *problem
	switch {
	case errors.As(err, &unread):
		return nil, unread
	case err != nil:
		return nil, badAnswers(err).tooNew(raw, wizard.AnswersSchema)
	}
	return answers, nil
}

func badAnswers(err error) *problem {
	return &problem{
		exit: exitError, code: "answers-file", failed: "the answers file cannot be used", why: err.Error(),
		do: "correct it; `upe plan --write-answers FILE` writes one with what this tenant is asked", cause: err,
	}
}

// resolveSecret reads one reference. A variable that is not set is no answer; a file that is named must be there.
func (a *app) resolveSecret(ref wizard.SecretRef) (string, error) {
	if ref.Env != "" {
		value, _ := a.lookup(ref.Env)
		return value, nil
	}
	raw, err := os.ReadFile(ref.File)
	if err != nil {
		return "", &problem{
			exit: exitError, code: "file", failed: "a secret cannot be read", why: naming(ref.File, err).Error(), cause: err,
			do: "put the file there, or correct the reference to it",
		}
	}
	return strings.TrimRight(string(raw), "\r\n"), nil
}

// snapshotForSecrets reads the tenant when a secret can only be found there.
func (a *app) snapshotForSecrets(ctx context.Context, s *session, p plan.Plan, steps []plan.Step) (secrets, error) {
	found, err := a.secretsFor(p, tenant.Snapshot{})
	if err != nil || found.check(p, steps) == nil {
		return found, err
	}
	snapshot, _, err := s.read(ctx, nil)
	if err != nil {
		return secrets{}, err
	}
	return a.secretsFor(p, snapshot)
}
