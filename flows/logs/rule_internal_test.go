package logs

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

// chances are how likely each number of n is, when each of them comes with probability p.
func chances(n int, p float64) []float64 {
	all := make([]float64, n+1)
	for k := range all {
		up, _ := math.Lgamma(float64(n + 1))
		down, _ := math.Lgamma(float64(k + 1))
		rest, _ := math.Lgamma(float64(n - k + 1))
		all[k] = math.Exp(up - down - rest + float64(k)*math.Log(p) + float64(n-k)*math.Log(1-p))
	}
	return all
}

// odds is how likely it is that two samples, with these true shares, satisfy a rule: over all outcomes there can be.
func odds(n, m int, p, q float64, rule func(a, b share) bool) float64 {
	sum := 0.0
	from, to := chances(n, p), chances(m, q)
	for i, x := range from {
		if x < 1e-9 {
			continue
		}
		for j, y := range to {
			if y > 1e-9 && rule(share{i, n}, share{j, m}) {
				sum += x * y
			}
		}
	}
	return sum
}

// TestHowOftenTheRuleIsMistaken computes what the rule's comment says.
func TestHowOftenTheRuleIsMistaken(t *testing.T) {
	t.Parallel()
	worst, unseen, tenfold := 0.0, 0.0, 0.0
	for _, sizes := range [][2]int{{20, 20}, {20, 200}, {200, 20}, {60, 60}, {250, 30}, {150, 150}} {
		for _, p := range []float64{.1, .3, .5, .7, .8, .9, .95, .98} {
			wrong := odds(sizes[0], sizes[1], p, p, fell)
			right := odds(sizes[0], sizes[1], p, p*(1-tenth), held)
			failing := odds(sizes[0], sizes[1], 1-p, 1-p, rose)
			worst, unseen, tenfold = max(worst, wrong), max(unseen, right), max(tenfold, failing)
			if wrong > 1.0/400 {
				t.Errorf("%v at %.0f%%: nothing changed, and it looks wrong in %.4f", sizes, 100*p, wrong)
			}
			if right > 1.0/10 {
				t.Errorf("%v at %.0f%%: a tenth is lost, and it looks right in %.3f", sizes, 100*p, right)
			}
			if failing > 1.0/400 {
				t.Errorf("%v at %.0f%%: as much fails as before, and it looks wrong in %.4f", sizes, 100*(1-p), failing)
			}
			if lost := odds(sizes[0], sizes[1], p, p/2, held); lost > 1.0/50 {
				t.Errorf("%v at %.0f%%: half is lost, and it looks right in %.4f", sizes, 100*p, lost)
			}
		}
	}
	t.Logf("at worst: looks wrong though nothing changed %.4f, by failures %.4f; looks right though a tenth is lost %.3f", worst, tenfold, unseen)
}

// TestTheRuleSeesWhatMatters: a flow that stopped is found out with the fewest codes that are compared, and one as good as before
// is soon known to be.
func TestTheRuleSeesWhatMatters(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		got  bool
		want bool
	}{
		{"all gone", fell(share{18, 20}, share{0, 20}), true},
		{"a third gone of few", fell(share{18, 20}, share{12, 20}), false},
		{"a third gone of many", fell(share{180, 200}, share{120, 200}), true},
		{"a hundredth gone of very many", fell(share{90_000, 100_000}, share{89_000, 100_000}), false},
		{"as before, few", held(share{18, 20}, share{18, 20}), false},
		{"as before, all of few", held(share{30, 30}, share{30, 30}), true},
		{"as before, many", held(share{180, 200}, share{180, 200}), true},
		{"better than nothing", held(share{0, 40}, share{40, 40}), true},
		{"nothing as before", held(share{0, 1000}, share{0, 1000}), false},
		{"one of three failed", rose(share{0, 200}, share{1, 3}), false},
		{"all failed", rose(share{0, 20}, share{10, 10}), true},
		{"all failed, nothing before", rose(share{}, share{20, 20}), true},
		{"some failed, nothing before", rose(share{}, share{5, 20}), false},
		{"failed as before", rose(share{10, 20}, share{10, 20}), false},
	} {
		if c.got != c.want {
			t.Errorf("%s: %v", c.name, c.got)
		}
	}
}

func anyShare(t *rapid.T, name string) share {
	all := rapid.IntRange(0, 5000).Draw(t, name)
	return share{rapid.IntRange(0, all).Draw(t, "of"), all}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyShare(t, "before"), anyShare(t, "after")
		z := rapid.Float64Range(0.1, 6).Draw(t, "z")
		if low, high := a.between(z); low < 0 || high > 1 || low > a.rate()+1e-9 && a.all > 0 || high < a.rate()-1e-9 {
			t.Fatalf("%v lies between %v and %v", a, low, high)
		}
		low, high := fall(a, b, z)
		if d := a.rate() - b.rate(); low > d || high < d || math.IsNaN(low) || math.IsNaN(high) {
			t.Fatalf("the fall from %v to %v lies between %v and %v", a, b, low, high)
		}
		back, forth := fall(b, a, z)
		if math.Abs(back+high) > 1e-9 || math.Abs(forth+low) > 1e-9 {
			t.Fatalf("the rise from %v to %v is not its fall the other way", a, b)
		}
		if fell(a, a) || rose(a, a) && a.all > 0 {
			t.Fatalf("%v differs from itself", a)
		}
	})
}

// TestOneMoreLoginMakesNothingWorse: the rule never turns to the bad because somebody came in, nor because one message more failed.
func TestOneMoreLoginMakesNothingWorse(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		a, b := anyShare(t, "before"), anyShare(t, "after")
		if b.of == b.all {
			return
		}
		more := share{b.of + 1, b.all}
		if fell(a, more) && !fell(a, b) {
			t.Errorf("from %v, %v fell and %v did not", a, more, b)
		}
		if held(a, b) && !held(a, more) {
			t.Errorf("from %v, %v held and %v did not", a, b, more)
		}
		if rose(a, b) && !rose(a, more) {
			t.Errorf("from %v, %v rose and %v did not", a, b, more)
		}
	})
}
