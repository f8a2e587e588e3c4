package wizard_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"upe/flows/wizard"
)

func keysOf(questions []wizard.Question) string {
	var keys []string
	for _, q := range questions {
		keys = append(keys, string(q.Key))
	}
	return strings.Join(keys, " ")
}

// What every plan needs is named at once, also beyond the first page without an answer.
func TestWhatIsMissingIsNamedAtOnce(t *testing.T) {
	t.Parallel()
	if raced {
		t.Skip("the engine is 35 times slower under the race detector")
	}
	known := wizard.Answers{"accept": []string{"no-user-feedback"}}
	cases := []struct {
		name, scenario string
		answers        wizard.Answers
		want           string
		more           bool
	}{
		{"one after the other", "templates-macros", wizard.Answers{"scope.connections.sms": "move"}, "accept templates.otp_verify.source", true},
		{"independent ones", "mfa-twilio-voice", nil, "accept resolution", false},
		{"on every way", "mfa-several-actions", known, "action.delivers", true},
		{"a way without a plan counts for nothing", "passwordless-twilio", nil, "scope.connections.con_Ur6mXk9TvQ2nLz4P accept", false},
		{"nothing", "mfa-twilio", known, "", false},
		{"what only one way asks", "passwordless-several", wizard.Answers{
			"accept": []string{"no-user-feedback"}, "scope.connections.riders": "move", "scope.connections.drivers": "move", "scope.connections.partners": "leave",
		}, "provider", true},
	}
	for _, c := range cases {
		w := newWorld(t, c.scenario)
		open, more, err := wizard.Missing(t.Context(), w.read(), c.answers, w.host())
		if got := keysOf(open); err != nil || got != c.want || more != c.more {
			t.Errorf("%s: %q, more %v, %v; want %q, more %v", c.name, got, more, err, c.want, c.more)
		}
	}
}

// Whatever is left out of the answers of an admin: what is named is needed, and where nothing else is said to follow it is enough.
func TestWhatIsNamedAsMissingIsNeededAndEnough(t *testing.T) {
	t.Parallel()
	scenarios := []string{"same-account-other-sender", "different-carriers", "templates-macros", "half-live-gateway", "mfa-several-actions"}
	if raced || testing.Short() {
		scenarios = scenarios[:1] // Actions are tried in the others, and the engine is 35 times slower under the race detector
	}
	for _, name := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, name)
			whole, host := w.admin(name)
			known := w.read()
			w.missing(known, whole, wizard.Answers{}, host)
			for key := range whole {
				w.missing(known, whole, unanswered(whole, string(key)), host)
				w.missing(known, whole, wizard.Answers{key: whole[key]}, host)
			}
		})
	}
}

// missing checks what is said to be missing from a part of whole answers.
func (w *world) missing(known wizard.Known, whole, part wizard.Answers, host wizard.Host) {
	w.t.Helper()
	open, more, err := wizard.Missing(w.t.Context(), known, part, host)
	if err != nil {
		w.t.Fatal(err)
	}
	filled := maps.Clone(part)
	for _, q := range open {
		key := answered(whole, q.Key)
		if key == "" {
			w.t.Fatalf("%s is not needed: the whole answers have no such key", q.Key)
		}
		filled[key] = whole[key]
		if _, rest, err := wizard.Drive(w.t.Context(), known, unanswered(whole, string(key)), host); err == nil && len(rest) == 0 {
			w.t.Errorf("%s is not needed", q.Key)
		}
	}
	if _, rest, err := wizard.Drive(w.t.Context(), known, filled, host); !more && err == nil && len(rest) > 0 {
		w.t.Errorf("with %v, %s is missing as well", slices.Sorted(maps.Keys(part)), keysOf(rest))
	}
}

// answered is the key under which whole answers have an answer: they name the only connection by its name.
func answered(whole wizard.Answers, key wizard.Key) wizard.Key {
	for other := range whole {
		if other == key || strings.HasPrefix(string(key), "scope.connections.") && strings.HasPrefix(string(other), "scope.connections.") {
			return other
		}
	}
	return ""
}

// A file to fill in goes on past what nobody can guess.
func TestAnAnswersFileGoesOnPastAFileThatIsMissing(t *testing.T) {
	t.Parallel()
	byFile := wizard.Answers{"action.source": "file"}
	for name, want := range map[string][]string{
		"mfa-action":        {`file: ""`, "delivery_methods: [text]", "message_types: [sms]"},
		"half-live-gateway": {"delivery_methods: "},
		"nothing":           {"environment: "},
	} {
		w := newWorld(t, name)
		file, err := wizard.WriteAnswers(t.Context(), w.read(), byFile, w.host())
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range want {
			if !strings.Contains(string(file), line) {
				t.Errorf("%s: no %q in\n%s", name, line, file)
			}
		}
	}
}
