package wizard_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"

	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// choose holds the conversation with the admin's answers.
func (m *migration) choose(ctx context.Context, snapshot tenant.Snapshot, judged judge.Judgement) (plan.Choices, error) {
	file := m.expected.Answers
	if file == nil {
		file = []byte("schema: " + wizard.AnswersSchema + "\n")
	}
	answers, err := wizard.ParseAnswers(file, func(ref wizard.SecretRef) (string, error) {
		return testdata.Secret(ref.Env), nil
	})
	if err != nil {
		return plan.Choices{}, err
	}
	m.answers = answers
	m.out.Gaps, _ = answers["accept"].([]string)
	known := wizard.Known{Mode: wizard.Emulated, Tenant: m.tenant.Identity(), Snapshot: &snapshot, Judgement: &judged}
	choices, open, err := wizard.Drive(ctx, known, answers, wizard.Host{ReadFile: m.file})
	if err == nil && len(open) > 0 {
		names := []string{"answers-missing"}
		for _, q := range open {
			names = append(names, string(q.Key))
		}
		err = fmt.Errorf("%s", strings.Join(names, ": "))
	}
	return choices, err
}

// file is one that the answers name.
func (m *migration) file(name string) ([]byte, error) {
	text, ok := m.expected.Files[name]
	if !ok {
		return nil, fs.ErrNotExist
	}
	return []byte(text), nil
}

// secret is what the admin has at hand: the secrets that the tenant has, which the API may not show, and those that the answers
// refer to.
func (m *migration) secret(name string) string {
	if own := m.secrets.Named(name, m.account()); own != "" {
		return own
	}
	given, _ := wizard.Secrets(m.answers)(name)
	return given
}

// account is the Twilio account of the planned provider.
func (m *migration) account() string {
	for _, step := range m.plan.Steps {
		if step.Call == nil || step.Call.Op != tenant.CreateProvider && step.Call.Op != tenant.PatchProvider {
			continue
		}
		var body struct {
			Configuration tenant.ProviderConfiguration `json:"configuration"`
		}
		if json.Unmarshal(step.Call.Body, &body) == nil && body.Configuration.SID != "" {
			return body.Configuration.SID
		}
	}
	return ""
}
