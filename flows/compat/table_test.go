package compat_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"upe/flows/compat"
)

var (
	none  compat.Factors
	sms   = compat.FactorsOf(compat.FactorSMS)
	voice = compat.FactorsOf(compat.FactorVoice)
	both  = compat.FactorsOf(compat.FactorSMS, compat.FactorVoice)
)

func methods(f compat.Factors) compat.Methods { return compat.Needed(f) }

// errata are the documented rows known to be wrong. The tests below hold the
// rule and the tables together everywhere else.
var errata = []string{"A5", "B9", "B10", "P2", "P3"}

func TestErrata(t *testing.T) {
	t.Parallel()
	var got []string
	for _, row := range compat.Errata() {
		got = append(got, row.ID)
	}
	if !slices.Equal(got, errata) {
		t.Errorf("errata %v, want %v", got, errata)
	}
}

// A row has an erratum exactly when it says something else than the rule, and
// in P2 and P3 only the remedy is wrong.
func TestRuleAndTablesAgreeButForTheErrata(t *testing.T) {
	t.Parallel()
	for _, table := range compat.Tables() {
		for _, row := range table.Rows {
			wrong := slices.Contains(errata, row.ID)
			if row.Agrees() == wrong || (row.Erratum != "") != wrong {
				t.Errorf("%s: documented %q, rule %q, erratum %q", row.ID, row.Action, row.Rule, row.Erratum)
			}
			says, remedyOnly := row.Action == "None", table.ID == "P"
			if says != row.Situation.Holds() && (!wrong || remedyOnly) {
				t.Errorf("%s: documented %q, but the rule holds: %v", row.ID, row.Action, row.Situation.Holds())
			}
		}
	}
}

// The same from the other side: ask about any situation, worked out here from
// the rule alone, and look what the documentation says about it.
func TestPropertyRuleAndTablesAgree(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		sets := rapid.SampledFrom([]compat.Factors{none, sms, voice, both})
		s := compat.Situation{
			Factors: sets.Draw(t, "factors"), WantFactors: sets.Draw(t, "want factors"),
			Methods: methods(sets.Draw(t, "methods")), WantMethods: methods(sets.Draw(t, "want methods")),
			Passwordless: rapid.Bool().Draw(t, "passwordless"),
		}
		for _, row := range compat.Lookup(s) {
			mfa := row.ID[0] != 'P'
			holds := s.WantMethods.Has(compat.MethodText)
			if mfa {
				holds = subset(s.WantFactors, s.WantMethods)
			}
			if (row.Action == "None") != holds && !slices.Contains(errata, row.ID) {
				t.Errorf("%s: documented %q, the rule holds: %v (%+v)", row.ID, row.Action, holds, s)
			}
		}
	})
}

// subset is the rule once more, spelled out on the API's names.
func subset(f compat.Factors, m compat.Methods) bool {
	carrier := map[compat.Factor]compat.Method{"sms": "text", "voice": "voice"}
	for _, factor := range f.List() {
		if !slices.Contains(m.List(), carrier[factor]) {
			return false
		}
	}
	return true
}

// Documented and missing rows together are every situation of their kind once,
// but for the one that is documented twice.
func TestTablesAreComplete(t *testing.T) {
	t.Parallel()
	combinations := map[string]int{"A": 3 * 2 * 3, "B": 3 * 3 * 2, "P": 3 * 2}
	for _, table := range compat.Tables() {
		rows := map[[3]string][]string{}
		for _, row := range slices.Concat(table.Rows, table.Missing) {
			rows[row.Cells] = append(rows[row.Cells], row.ID)
		}
		if len(rows) != combinations[table.ID] {
			t.Errorf("table %s: %d situations, want %d", table.ID, len(rows), combinations[table.ID])
		}
		for cells, ids := range rows {
			twice := slices.Equal(ids, []string{"A5", "A6"})
			if len(ids) > 1 && !twice {
				t.Errorf("%q: rows %v", cells, ids)
			}
		}
	}
}

func TestMissingRows(t *testing.T) {
	t.Parallel()
	want := map[string]int{"A": 9, "B": 8, "P": 2}
	for _, table := range compat.Tables() {
		if len(table.Missing) != want[table.ID] {
			t.Errorf("table %s: %d missing rows, want %d", table.ID, len(table.Missing), want[table.ID])
		}
		for _, row := range table.Missing {
			if row.Documented() || row.Rule == "" || !strings.Contains(row.Erratum, "no row") {
				t.Errorf("%s: %+v", row.ID, row)
			}
			if got := compat.Lookup(row.Situation); got != nil {
				t.Errorf("%s is missing, but Lookup found %v", row.ID, got)
			}
			// The one sound starting point the documentation forgot.
			forgotten := row.Cells == [3]string{"Voice", "SMS", "Voice"} && table.ID == "A"
			if row.Situation.HeldBefore() && table.ID != "B" && !forgotten {
				t.Errorf("%s: %q starts from settings that keep the rule", row.ID, row.Cells)
			}
		}
	}
}

func TestLookup(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		s    compat.Situation
		want string
	}{
		{"duplicate row", compat.Situation{Factors: voice, WantFactors: sms, Methods: methods(both), WantMethods: methods(both)}, "A5 A6"},
		{"methods narrow under both factors", compat.Situation{Factors: both, WantFactors: both, Methods: methods(both), WantMethods: methods(sms)}, "B9"},
		{"factors and methods change", compat.Situation{Factors: sms, WantFactors: both, Methods: methods(sms), WantMethods: methods(both)}, "A4"},
		{"MFA and Passwordless", compat.Situation{Factors: sms, WantFactors: sms, Methods: methods(both), WantMethods: methods(voice), Passwordless: true}, "B3 P3"},
		{"Passwordless alone", compat.Situation{Methods: methods(sms), WantMethods: methods(both), Passwordless: true}, "P1"},
		{"nothing changes", compat.Situation{Factors: sms, WantFactors: sms, Methods: methods(sms), WantMethods: methods(sms), Passwordless: true}, ""},
		{"no provider yet", compat.Situation{Factors: sms, WantFactors: sms, WantMethods: methods(sms)}, ""},
		{"missing row", compat.Situation{Factors: voice, WantFactors: sms, Methods: methods(voice), WantMethods: methods(voice)}, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			var ids []string
			for _, row := range compat.Lookup(tt.s) {
				ids = append(ids, row.ID)
			}
			if got := strings.Join(ids, " "); got != tt.want {
				t.Errorf("Lookup found %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLookupFindsEveryDocumentedRow(t *testing.T) {
	t.Parallel()
	for _, table := range compat.Tables() {
		for _, row := range table.Rows {
			found := compat.Lookup(row.Situation)
			if !slices.ContainsFunc(found, func(r compat.Row) bool { return r.ID == row.ID }) {
				t.Errorf("Lookup(%+v) lacks %s", row.Situation, row.ID)
			}
		}
	}
}

// What a caller does to a table stays with the caller.
func TestTablesAreFresh(t *testing.T) {
	t.Parallel()
	compat.Tables()[0].Rows[0].Action = "changed"
	compat.Endpoints()[0].Path = "changed"
	if compat.Tables()[0].Rows[0].Action == "changed" || compat.Endpoints()[0].Path == "changed" {
		t.Error("a change by one caller reached the next")
	}
}

func TestErrataAreWhole(t *testing.T) {
	t.Parallel()
	ids := map[string]bool{}
	for _, e := range append(compat.EventErrata(), compat.EndpointErrata()...) {
		if ids[e.ID] {
			t.Errorf("%s twice", e.ID)
		}
		ids[e.ID] = true
		if e.Where == "" || e.Says == "" || e.Truth == "" || e.Basis == "" || !strings.HasPrefix(e.Document.URL(), "https://auth0.com/docs/") {
			t.Errorf("%s is incomplete: %+v", e.ID, e)
		}
	}
	for _, m := range append(compat.EventMapping(), compat.GatewayMapping()...) {
		if m.Group == "" || m.From == "" && m.To == "" && m.Note == "" {
			t.Errorf("an empty row: %+v", m)
		}
	}
	for _, e := range compat.Endpoints() {
		if (e.Fate == compat.Stops) != (e.Replacement != "") {
			t.Errorf("%s %s, replacement %q", e.From(), e.Fate, e.Replacement)
		}
	}
}
