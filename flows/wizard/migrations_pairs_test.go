package wizard_test

import (
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"strings"
	"testing"

	"upe/client/emulator"
	"upe/testdata"
)

// factor is one small thing about Auth0 that may be one way or another: a quirk, or several that exclude each other. The empty
// value is the one without a quirk.
type factor []string

// is reports whether the factor has this value in a row.
func (f factor) is(value int, row []string) bool {
	if f[value] != "" {
		return slices.Contains(row, f[value])
	}
	return !slices.ContainsFunc(f, func(other string) bool { return slices.Contains(row, other) })
}

// Factors of our own: what an admin may do differently.
const (
	inReverse    = "moves-in-reverse" // the moves are made in another order than the plan's
	withoutProof = "without-proof"    // no test message is sent: a reason is given for that
)

// own reports whether a name in a row is a factor of ours and no quirk of Auth0's.
func own(name string) bool { return name == inReverse || name == withoutProof }

// exclusive quirks are several answers to one question, so that they make one factor.
var exclusive = [][]string{
	{"secrets_masked", "secrets_absent"},                    // a secret that is left out cannot be masked
	{"legacy_closed_by_flag", "legacy_closed_by_migration"}, // either of them "alone" closes the endpoints
}

// factors are every quirk of the emulator, and our own.
func factors() []factor {
	var all []factor
	for _, group := range exclusive {
		all = append(all, append(factor{""}, group...))
	}
	for _, quirk := range append(emulator.Quirks(), inReverse, withoutProof) {
		if !slices.ContainsFunc(exclusive, func(group []string) bool { return slices.Contains(group, quirk) }) {
			all = append(all, factor{"", quirk})
		}
	}
	return all
}

// excluded are quirks that are not tried in a world, or with a scenario.
type excluded struct {
	scenario, world string // empty: any
	quirk           string // empty: all of them, but for the row without any
	why             string
}

func exclusions() []excluded {
	return []excluded{
		{
			world: "dashboard", quirk: "legacy_closed_by_flag",
			why: "the flag closes MFA's old settings although MFA waits for the Dashboard's switch: nothing that can be read tells. " +
				"See TestOnlyALoginTellsThatNothingMoved",
		},
		{scenario: "many", why: "what is tried there is its size; every row costs a second"},
	}
}

// leftOut reports whether a quirk is not tried.
func leftOut(scenario, world, quirk string) bool {
	return slices.ContainsFunc(exclusions(), func(e excluded) bool {
		return (e.scenario == "" || e.scenario == scenario) && (e.world == "" || e.world == world) && (e.quirk == "" || e.quirk == quirk)
	})
}

// rowsFor are the rows of quirks for a scenario in a world. A quirk under which it is refused hides what others would do, so that it has
// a row of its own; the rest are tried in pairs. Quirks of the tenant's own file are in every row already.
func rowsFor(scenario string, want testdata.Expected, present []string, world string) [][]string {
	var free []factor
	var alone [][]string
	refusedAnyway := want.In(world).Result == testdata.Blocked
	for _, f := range factors() {
		if slices.ContainsFunc(f, func(quirk string) bool { return slices.Contains(present, quirk) }) {
			continue
		}
		values := factor{""}
		for _, quirk := range f[1:] {
			refusal := want.In(world, quirk)
			switch {
			case leftOut(scenario, world, quirk):
			case refusal.Result != testdata.Blocked || refusedAnyway:
				values = append(values, quirk)
			case byTest(refusal):
				alone = append(alone, []string{quirk}, []string{quirk, withoutProof})
			default:
				alone = append(alone, []string{quirk})
			}
		}
		free = append(free, values)
	}
	return append(covering(free), alone...)
}

// byTest reports whether what refused is a test message: who goes without one is not refused.
func byTest(o testdata.Outcome) bool { return strings.HasPrefix(o.By, "test-") }

// outcome is what is expected of a scenario in a world, for a row.
func outcome(want testdata.Expected, world string, row []string) testdata.Outcome {
	felt := slices.DeleteFunc(slices.Clone(row), func(name string) bool {
		return own(name) || slices.Contains(row, withoutProof) && byTest(want.In(world, name)) && !byTest(want.In(world))
	})
	return want.In(world, felt...)
}

// covering gives rows of quirks in which every two values of every two factors stand together at least once; the first row is without
// any quirk. Every quirk alone and every two of them are tried with far fewer rows than there are combinations, and what goes
// wrong takes two at most, in all experience. Two factors of three values need nine rows; more rarely are needed.
func covering(factors []factor) [][]string {
	sorted := append([]factor{{""}, {""}}, factors...)
	slices.SortStableFunc(sorted, func(a, b factor) int { return len(b) - len(a) })
	n := len(sorted[0]) * len(sorted[1])
	columns := columnsOf(sorted, n)
	for columns == nil {
		n++
		columns = columnsOf(sorted, n)
	}
	rows := make([][]string, n)
	for r := range rows {
		for i, f := range sorted {
			for value, in := range columns[i] {
				if in>>r&1 == 1 && f[value] != "" {
					rows[r] = append(rows[r], f[value])
				}
			}
		}
		slices.Sort(rows[r])
	}
	return rows
}

// column says for each value of a factor in which rows it is: one bit for each row.
type column []uint

// columnsOf finds a column of n rows for each factor, or nil. The first two factors are the largest: their values meet because they are
// counted through. Of the others only two values are tried, each in half of the rows, until one meets all that were found before.
func columnsOf(factors []factor, n int) []column {
	columns := []column{make(column, len(factors[0])), make(column, len(factors[1]))}
	for r := range n {
		first, second := r%len(factors[0]), r/len(factors[0])%len(factors[1])
		columns[0][first] |= 1 << r
		columns[1][second] |= 1 << r
	}
	for _, f := range factors[2:] {
		found := column{1<<n - 1}
		if len(f) > 1 {
			found = meeting(columns, n)
		}
		if found == nil || len(f) > 2 {
			return nil
		}
		columns = append(columns, found)
	}
	return columns
}

// meeting is a column of two values that meet every value of every other column; nil when there is none.
func meeting(columns []column, n int) column {
	all := uint(1)<<n - 1
	for on := uint(0); on <= all; on += 2 { // the first row has no quirk
		misses := func(in uint) bool { return in&on == 0 || in&^on == 0 }
		fits := func(c column) bool { return len(c) == 1 || !slices.ContainsFunc(c, misses) }
		if bits.OnesCount(on) == n/2 && !slices.ContainsFunc(columns, func(c column) bool { return !fits(c) }) {
			return column{all &^ on, on}
		}
	}
	return nil
}

// product gives the indices of every two values.
func product(f, g factor) iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for a := range f {
			for b := range g {
				if !yield(a, b) {
					return
				}
			}
		}
	}
}

func TestTheRowsCoverEveryPairOfQuirks(t *testing.T) {
	t.Parallel()
	all := factors()
	rows := covering(all)
	for i, f := range all {
		for j, g := range all[i+1:] {
			for a, b := range product(f, g) {
				meet := func(row []string) bool { return f.is(a, row) && g.is(b, row) }
				if !slices.ContainsFunc(rows, meet) {
					t.Errorf("%q and %q never meet (factors %d and %d)", f[a], g[b], i, i+1+j)
				}
			}
		}
	}
	for _, row := range rows {
		for _, group := range exclusive {
			if slices.Contains(row, group[0]) && slices.Contains(row, group[1]) {
				t.Errorf("%s exclude each other", strings.Join(group, " and "))
			}
		}
	}
	if len(rows) > 9 || len(rows[0]) > 0 {
		t.Errorf("%d rows, the first with %v", len(rows), rows[0])
	}
	if again := covering(all); fmt.Sprint(again) != fmt.Sprint(rows) {
		t.Error("the rows are different the second time")
	}
	t.Logf("%d factors, %d rows", len(all), len(rows))
}
