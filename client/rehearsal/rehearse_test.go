package rehearsal_test

import (
	"context"
	"encoding/json"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"upe/client/emulator"
	"upe/client/rehearsal"
	"upe/flows/judge"
	"upe/flows/plan"
	"upe/flows/tenant"
	"upe/flows/wizard"
	"upe/testdata"
)

// planned reads an embedded tenant and makes the plan that its admin's answers lead to; ok is false where there is none.
func planned(tb testing.TB, name string) (tenant.Snapshot, plan.Plan, bool) {
	tb.Helper()
	file, err := testdata.Tenant(name)
	if err != nil {
		tb.Fatal(err)
	}
	want, err := testdata.Expectation(name)
	if err != nil {
		tb.Fatal(err)
	}
	emulated, err := emulator.New(emulator.Options{File: file})
	if err != nil {
		tb.Fatal(err)
	}
	snapshot, err := tenant.Read(tb.Context(), emulated.Identity(), emulated.Port(tenant.Permit{}), nil)
	if err != nil {
		tb.Fatal(err)
	}
	judged := judge.Judge(snapshot)
	if judged.Verdict == judge.Blocked || want.Answers == nil {
		return snapshot, plan.Plan{}, false
	}
	choices, err := choose(tb.Context(), want, wizard.Known{Mode: wizard.Emulated, Tenant: emulated.Identity(), Snapshot: &snapshot, Judgement: &judged})
	if err != nil {
		return snapshot, plan.Plan{}, false
	}
	p, err := plan.Build(snapshot, judged, choices)
	if err != nil {
		return snapshot, plan.Plan{}, false
	}
	return snapshot, p, true
}

func choose(ctx context.Context, want testdata.Expected, known wizard.Known) (plan.Choices, error) {
	answers, err := wizard.ParseAnswers(want.Answers, func(ref wizard.SecretRef) (string, error) { return testdata.Secret(ref.Env), nil })
	if err != nil {
		return plan.Choices{}, err
	}
	host := wizard.Host{ReadFile: func(path string) ([]byte, error) {
		if text, ok := want.Files[path]; ok {
			return []byte(text), nil
		}
		return nil, fs.ErrNotExist
	}}
	choices, open, err := wizard.Drive(ctx, known, answers, host)
	if err == nil && len(open) > 0 {
		err = errors.New("a question is open")
	}
	return choices, err
}

func rehearse(tb testing.TB, snapshot tenant.Snapshot, p plan.Plan, worlds ...string) rehearsal.Rehearsal {
	tb.Helper()
	found, err := rehearsal.Rehearse(tb.Context(), rehearsal.Options{Snapshot: snapshot, Plan: p, Worlds: worlds, Start: time.Unix(1_800_000_000, 0)})
	if err != nil {
		tb.Fatal(err)
	}
	return found
}

// What a migration comes to by commands, a rehearsal of its plan comes to as well, and finds the way back.
func TestARehearsalComesToWhatAMigrationComesTo(t *testing.T) {
	t.Parallel()
	everywhere := []string{"mfa-twilio", "flag-before-provider"}
	for _, name := range testdata.Tenants() {
		worlds := emulator.Worlds()[:1]
		if slices.Contains(everywhere, name) {
			worlds = nil
		}
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if testing.Short() && !slices.Contains(everywhere, name) {
				t.Skip("two tenants only")
			}
			snapshot, p, ok := planned(t, name)
			if !ok {
				t.Skip("nobody makes a plan for this tenant")
			}
			want, err := testdata.Expectation(name)
			if err != nil {
				t.Fatal(err)
			}
			found := rehearse(t, snapshot, p, worlds...)
			for _, w := range found.Worlds {
				hold(t, name, w, want.In(w.World))
			}
			if len(found.Missing) > 0 {
				t.Errorf("not rehearsed: %v", found.Missing)
			}
			secretless(t, snapshot, found)
		})
	}
}

// hold compares what became of a plan in a world with what is expected of the tenant.
func hold(t *testing.T, name string, got rehearsal.World, want testdata.Outcome) {
	t.Helper()
	expected := map[testdata.Result]rehearsal.Result{
		testdata.Holds: rehearsal.Holds, testdata.Gap: rehearsal.Gap, testdata.Blocked: rehearsal.Refused,
	}[want.Result]
	if name == "token-read-only" {
		expected = rehearsal.Holds // a snapshot does not tell what a token may write
	}
	if got.Impossible != "" || got.Migrates.Result != expected || got.Crashes.Result != expected {
		t.Errorf("%s: %s migrates %+v, after a crash %+v, want %s", got.World, got.Impossible, got.Migrates, got.Crashes, expected)
	}
	if got.Migrates.Result == rehearsal.Refused && got.Migrates.Step != want.By {
		t.Errorf("%s: refused at %s, want %s", got.World, got.Migrates.Step, want.By)
	}
	if got.Returns.Result.Worse(rehearsal.Gap) {
		t.Errorf("%s: goes back: %+v", got.World, got.Returns)
	}
	if got.Crashes.Times == 0 || expected != rehearsal.Refused && got.Returns.Times == 0 {
		t.Errorf("%s: nothing died, or nothing went back: %+v", got.World, got)
	}
}

// secretless looks for what a tenant shows of its secrets in what is printed.
func secretless(t *testing.T, snapshot tenant.Snapshot, found rehearsal.Rehearsal) {
	t.Helper()
	printed, err := json.Marshal(found)
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range snapshot.Paths() {
		for _, secret := range tenant.Secrets(snapshot.Parts[path].Raw) {
			if strings.Contains(string(printed), secret) {
				t.Errorf("a secret of %s stands in %s", path, printed)
			}
		}
	}
	if strings.Contains(string(printed), "made-up") {
		t.Errorf("a made-up secret stands in %s", printed)
	}
}

// A provider that delivers less than is used now, in a plan that nobody tests the rest of.
func TestAPlanThatLosesACodeIsFound(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-voice")
	if !ok {
		t.Fatal("no plan")
	}
	narrow := func(raw json.RawMessage) json.RawMessage {
		return json.RawMessage(strings.ReplaceAll(string(raw), `["voice"]`, `["text"]`))
	}
	for i := range p.Steps {
		s := &p.Steps[i]
		if s.ID == "provider" {
			s.Call.Body, s.Done.Want = narrow(s.Call.Body), narrow(s.Done.Want)
		}
	}
	for i := range p.Summary.Moves {
		p.Summary.Moves[i].Channels = []string{}
	}
	found := rehearse(t, snapshot, p.Sealed(), "docs")
	if found.Result != rehearsal.Lost || !strings.HasPrefix(found.Verdict, "Codes would be lost") {
		t.Fatalf("%+v", found)
	}
	lost := found.Worlds[0].Migrates.Codes
	want := rehearsal.Loss{Code: "mfa voice", From: "tenant-flag", FromTitle: "Turn the Unified Phone Experience on for the tenant", Why: "voice is not among the delivery methods of the phone provider"}
	enrolment := want
	enrolment.Code = "mfa voice (enrolment)"
	if !slices.Equal(lost, []rehearsal.Loss{want, enrolment}) {
		t.Errorf("lost %+v, want %+v", lost, want)
	}
}

// A code that is needed once, to enroll a phone, is a code.
func TestAnActionThatLosesEnrolmentsIsFound(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-action")
	if !ok {
		t.Fatal("no plan")
	}
	for i := range p.Steps {
		if s := &p.Steps[i]; s.ID == "action" {
			for _, raw := range []*json.RawMessage{&s.Call.Body, &s.Done.Want} {
				*raw = json.RawMessage(strings.ReplaceAll(string(*raw), "const { recipient", "if (event.notification.message_type === 'otp_enroll') return; const { recipient"))
			}
		}
	}
	found := rehearse(t, snapshot, p.Sealed(), "docs")
	lost := found.Worlds[0].Migrates.Codes
	if found.Result != rehearsal.Lost || len(lost) != 1 || lost[0].Code != "mfa sms (enrolment)" || lost[0].From != "tenant-flag" {
		t.Errorf("%s, lost %+v, %s", found.Result, lost, found.Verdict)
	}
}

// Nobody would switch after a test message that does not arrive, and neither does a rehearsal.
func TestATestMessageThatDoesNotArriveStopsARehearsal(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-voice")
	if !ok {
		t.Fatal("no plan")
	}
	for i := range p.Steps {
		if s := &p.Steps[i]; s.ID == "provider" {
			for _, raw := range []*json.RawMessage{&s.Call.Body, &s.Done.Want} {
				*raw = json.RawMessage(strings.ReplaceAll(string(*raw), `["voice"]`, `["text"]`))
			}
		}
	}
	found := rehearse(t, snapshot, p.Sealed(), "docs")
	w := found.Worlds[0]
	if w.Migrates.Result != rehearsal.Refused || w.Migrates.Step != "test-voice" || w.Returns.Result != rehearsal.Holds {
		t.Errorf("%+v", w)
	}
	if !found.Hopeless() {
		t.Error("the plan is refused everywhere, which nobody says")
	}
}

// The snapshot of a run folder has no secrets, and does as well.
func TestARedactedSnapshotWillDo(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "same-twilio")
	if !ok {
		t.Fatal("no plan")
	}
	live, stored := rehearse(t, snapshot, p, "docs"), rehearse(t, snapshot.Redacted(), p, "docs")
	if diff := cmp.Diff(live, stored); diff != "" || live.Result != rehearsal.Holds {
		t.Errorf("(-of the tenant +of the file):\n%s", diff)
	}
}

func TestTheSameRehearsalTwiceIsTheSame(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-twilio")
	if !ok {
		t.Fatal("no plan")
	}
	if diff := cmp.Diff(rehearse(t, snapshot, p), rehearse(t, snapshot, p)); diff != "" {
		t.Error(diff)
	}
}

func TestATenantThatShowsOtherwiseIsNotInAWorld(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-twilio")
	if !ok {
		t.Fatal("no plan")
	}
	p.Relies = slices.Clone(p.Relies)
	for i := range p.Relies {
		if p.Relies[i].Path == tenant.PathTwilio {
			p.Relies[i].Value = json.RawMessage(`{"refused":"legacy_mfa_phone_provider_not_allowed"}`)
		}
	}
	found := rehearse(t, snapshot, p.Sealed(), "docs")
	if found.Worlds[0].Impossible == "" || !found.Hopeless() || !strings.HasPrefix(found.Verdict, "Nothing was rehearsed") {
		t.Errorf("%+v", found)
	}
}

func TestARehearsalEndsWithItsContext(t *testing.T) {
	t.Parallel()
	snapshot, p, ok := planned(t, "mfa-twilio")
	if !ok {
		t.Fatal("no plan")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := rehearsal.Rehearse(ctx, rehearsal.Options{Snapshot: snapshot, Plan: p}); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that of the context", err)
	}
}

func TestResultsAreOrdered(t *testing.T) {
	t.Parallel()
	from := []rehearsal.Result{rehearsal.Holds, rehearsal.Gap, rehearsal.Refused, rehearsal.Differs, rehearsal.Lost}
	for i, worse := range from {
		for j, better := range from {
			if got := worse.Worse(better); got != (i > j) {
				t.Errorf("%s worse than %s: %v", worse, better, got)
			}
		}
	}
}

func BenchmarkRehearse(b *testing.B) {
	for _, name := range []string{"mfa-twilio", "mfa-action", "hostile"} {
		s, p, ok := planned(b, name)
		if !ok {
			b.Fatal("no plan")
		}
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				rehearse(b, s, p)
			}
		})
	}
}
