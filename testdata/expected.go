package testdata

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

//go:embed tenants/*.yaml
var expectations embed.FS

// The schemas of what this package reads and hands on.
const (
	schema        = "upe.expected/1"
	answersSchema = "upe.answers/1"
)

// Expected is what the program must say of a tenant, and what must come of the migration that its answers describe.
type Expected struct {
	Title string `yaml:"-"` // as [Title] has it

	// What a check says.
	Verdict  string   `yaml:"verdict"`
	State    string   `yaml:"state"`
	Routes   []string `yaml:"routes"`   // see [Route]
	Findings []string `yaml:"findings"` // ids, in the order in which they are shown

	// Answers is the answers file of the admin who migrates the tenant; nil where nobody would. It is complete: no question
	// is left to a default that a person should decide. Its secrets are references to variables of the environment that
	// [Secret] knows.
	Answers []byte `yaml:"-"`

	// Files are those that the answers name, by name.
	Files map[string]string `yaml:"files"`

	// Migrates is false where in every world the program must refuse, or has nothing to do.
	Migrates bool `yaml:"migrates"`

	// Worlds are the outcomes by world; "*" is every world that is not named.
	Worlds map[string]Outcome `yaml:"worlds"`

	// Quirks are the outcomes under a quirk, where it makes a difference in a world in which the migration holds otherwise.
	Quirks map[string]Outcome `yaml:"quirks"`
}

// Result is what a migration by commands comes to.
type Result string

// The results.
const (
	// Holds: every route of the baseline delivers after every write, what was chosen ends on the tenant-level provider, and
	// nothing else has changed, but for Outcome.Along.
	Holds Result = "holds"
	// Blocked: nothing was written that a user could notice; Outcome.Wrote lists what was. Every route is as before.
	Blocked Result = "blocked"
	// Gap: codes were lost for the time that Outcome.Length says, which was accepted before.
	Gap Result = "gap"
	// Nothing: the tenant is as wanted, so nothing was written.
	Nothing Result = "nothing"
)

// Outcome is a result with what belongs to it.
type Outcome struct {
	Result Result `yaml:"result"`

	// By is what blocked: the id of the step that Auth0 refuses, or the finding or problem code by which the program refuses
	// before it writes.
	By string `yaml:"by"`

	// Wrote lists the ids of the steps that were carried out before the block, in order.
	Wrote []string `yaml:"wrote"`

	// Accepted is the id of the finding by which the admin accepted a gap, and Length its length in words.
	Accepted string `yaml:"accepted"`
	Length   string `yaml:"length"`

	// Along names the connections that were to stay and that Auth0 moves by itself with the tenant flag. Their codes go on
	// arriving; a run has to notice, and to say so.
	Along []string `yaml:"along"`
}

// In is the outcome in a world, under these quirks. A world that blocks does so whatever the quirks are: its refusal comes
// with the provider, before any of theirs.
func (e Expected) In(world string, quirks ...string) Outcome {
	outcome, named := e.Worlds[world]
	if !named {
		outcome = e.Worlds["*"]
	}
	if outcome.Result != Holds {
		return outcome
	}
	for _, quirk := range quirks {
		if other, differs := e.Quirks[quirk]; differs && (outcome.Result == Holds || len(other.Wrote) < len(outcome.Wrote)) {
			outcome = other
		}
	}
	return outcome
}

// Route is how Expected.Routes writes a route: "mfa sms: legacy twilio", "passwordless sms [Customers]: tenant action!". The
// mark says that it does not deliver. A carrier that is not known is "none".
func Route(flow, channel, connection, via, carrier string, delivers bool) string {
	where := flow + " " + channel
	if connection != "" {
		where += " [" + connection + "]"
	}
	if carrier == "" {
		carrier = "none"
	}
	if !delivers {
		carrier += "!"
	}
	return where + ": " + via + " " + carrier
}

// Expectation reads what is expected of a tenant.
func Expectation(name string) (Expected, error) {
	if !slices.Contains(Tenants(), name) {
		return Expected{}, unknown(name)
	}
	raw, err := expectations.ReadFile("tenants/" + name + ".yaml")
	if err != nil {
		return Expected{}, err
	}
	e, err := parse(raw)
	if err != nil {
		return Expected{}, fmt.Errorf("tenants/%s.yaml: %w", name, err)
	}
	e.Title = Title(name)
	return e, nil
}

// document is the file. Its answers are kept as they stand, so that the answers of a scenario are read by the same code as an
// admin's.
type document struct {
	Schema   string    `yaml:"schema"`
	Answers  yaml.Node `yaml:"answers"`
	Expected `yaml:",inline"`
}

// parse reads one document. Unknown keys are errors: a misspelt one would expect nothing.
func parse(raw []byte) (Expected, error) {
	var d document
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	decoder.KnownFields(true)
	if err := decoder.Decode(&d); err != nil {
		return Expected{}, err
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return Expected{}, errors.New("more text after the expectation")
	}
	if d.Schema != schema {
		return Expected{}, fmt.Errorf("schema %q, this package reads %q", d.Schema, schema)
	}
	var err error
	d.Expected.Answers, err = answers(&d.Answers)
	return d.Expected, err
}

// answers is the answers file: what stands in the expectation, below the schema line of answers files.
func answers(node *yaml.Node) ([]byte, error) {
	if node.IsZero() {
		return nil, nil
	}
	if node.Kind != yaml.MappingNode {
		return nil, fmt.Errorf("line %d: answers is a mapping", node.Line)
	}
	body, err := yaml.Marshal(node)
	if err != nil {
		return nil, fmt.Errorf("write the answers: %w", err)
	}
	return append([]byte("schema: "+answersSchema+"\n"), body...), nil
}

// secretPrefix begins every variable of the environment that answers of scenarios refer to.
const secretPrefix = "UPE_TEST_"

// Secret is the value of a secret that the answers of a scenario refer to: {env: UPE_TEST_TWILIO_AUTH_TOKEN}. A test puts it
// into the environment of the program, or hands it in where answers are looked up; "" is no secret of ours. It opens nothing.
// Where a tenant stores a secret that its answers refer to, the two are the same, as they are when the admin knows what they do;
// but for the tokens of the tenants that were here first (mfa-twilio, mfa-twilio-voice, passwordless-twilio).
func Secret(env string) string {
	name, ours := strings.CutPrefix(env, secretPrefix)
	if !ours || name == "" {
		return ""
	}
	return "not-a-real-secret-" + strings.ToLower(strings.ReplaceAll(name, "_", "-")) + "-0000001"
}
