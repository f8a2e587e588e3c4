package logs

import "math"

// The rule compares how many of the codes that were asked for led to a login, before a switch and after it. Logins fail on any
// day, and few of them say little; so the question is never whether the share fell, but what chance alone may have done to it.
// Each share is known as a range (Wilson's score interval), and so is the fall from one to the other (Newcombe 1998, method 10):
//
//	looks wrong     the whole range of the fall is above nothing, and it is a twentieth of the share before, or more
//	looks right     the whole range of the fall is below a tenth of the share before
//	inconclusive    neither; or fewer than 20 codes were asked for on either side
//
// The ranges are wide where a verdict costs something. "Looks wrong" may send somebody back in a hurry: a flow in which nothing
// changed is called that in fewer than 1 of 400 looks, in most cases fewer than 1 of 1,000. "Looks right" lets people go home: a flow
// that lost a tenth of its logins is called that in fewer than 1 of 10. A test computes both over all outcomes there can be.
const (
	fewestStarts   = 20
	fewestFailures = 5
	surely         = 3.5   // standard errors: 1 of 4,300 on one side, where counts are large
	likely         = 1.645 // 1 of 20 on one side
	twentieth      = 1.0 / 20
	tenth          = 1.0 / 10
	half           = 1.0 / 2
)

// share is so many of all, at most all of them.
type share struct{ of, all int }

func (s share) rate() float64 {
	if s.all == 0 {
		return 0
	}
	return float64(s.of) / float64(s.all)
}

// between is the range that the true share lies in, z standard errors wide on either side. Of nothing, it is anything.
func (s share) between(z float64) (low, high float64) {
	if s.all == 0 {
		return 0, 1
	}
	n, p := float64(s.all), s.rate()
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	reach := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, middle-reach), min(1, middle+reach)
}

// fall is the range that the fall from one share to the other lies in; a rise is below zero.
func fall(from, to share, z float64) (low, high float64) {
	d := from.rate() - to.rate()
	fromLow, fromHigh := from.between(z)
	toLow, toHigh := to.between(z)
	return d - math.Hypot(from.rate()-fromLow, toHigh-to.rate()), d + math.Hypot(fromHigh-from.rate(), to.rate()-toLow)
}

// fell reports whether the share fell by more than chance explains, and by enough to matter.
func fell(before, after share) bool {
	low, _ := fall(before, after, surely)
	return low > 0 && before.rate()-after.rate() >= before.rate()*twentieth
}

// held reports whether a fall that matters is ruled out.
func held(before, after share) bool {
	_, high := fall(before, after, likely)
	return high < before.rate()*tenth || before.of == 0 && high < 0
}

// rose reports whether more fails than before, by more than chance explains and by enough to matter; or, where there is nothing to
// compare with, whether more than half of everything fails.
func rose(before, after share) bool {
	if after.of < fewestFailures {
		return false // the range of so few says too much
	}
	low, _ := fall(after, before, surely)
	least, _ := after.between(surely)
	return low > 0 && after.rate()-before.rate() >= twentieth || before.all == 0 && least > half
}
