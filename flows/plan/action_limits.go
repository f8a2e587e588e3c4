package plan

import "fmt"

// The limits of one Action (docs: customize/actions/limitations and the entity limit policy). Auth0 gives the first as "100 kB".
const (
	maxCode         = 100_000 // bytes
	maxSecrets      = 30
	maxSecretName   = 128 // characters
	maxDependencies = 10
)

// Exceeds says which of Auth0's limits an Action is beyond, in words; nil for none. One that is kept as it is has none to meet.
func (a Action) Exceeds() []string {
	if a.Keep {
		return nil
	}
	var beyond []string
	if len(a.Code) > maxCode {
		beyond = append(beyond, fmt.Sprintf("its code has %d bytes, and Auth0 takes %d at most", len(a.Code), maxCode))
	}
	if len(a.Secrets) > maxSecrets {
		beyond = append(beyond, fmt.Sprintf("it has %d secrets, and Auth0 takes %d at most", len(a.Secrets), maxSecrets))
	}
	for _, name := range a.Secrets {
		if len([]rune(name)) > maxSecretName {
			beyond = append(beyond, fmt.Sprintf("the name of its secret %.20s… is longer than %d characters", name, maxSecretName))
		}
	}
	if len(a.Dependencies) > maxDependencies {
		beyond = append(beyond, fmt.Sprintf("it needs %d npm modules, and Auth0 takes %d at most", len(a.Dependencies), maxDependencies))
	}
	return beyond
}
