package openapitest

import (
	"slices"
	"strings"
)

// Drift is a known difference between the description and the service.
type Drift struct {
	Ops  []string // as in [Violation]; each of them has it
	Part string   // as in [Violation]
	Says string   // part of what it says
	Why  string   // what the service does, and how that is known
}

func (d Drift) explains(v Violation) bool {
	return slices.Contains(d.Ops, v.Op) && d.Part == v.Part && strings.Contains(v.Says, d.Says)
}

// Explain holds violations against known differences: those that no row explains, and, as "METHOD /path, part: says", what
// the rows name and nobody met.
func Explain(violations []Violation, known []Drift) (unexplained []Violation, unused []string) {
	met := map[string]bool{}
	for _, v := range violations {
		explained := false
		for _, d := range known {
			if d.explains(v) {
				explained, met[d.on(v.Op)] = true, true
			}
		}
		if !explained && !slices.Contains(unexplained, v) {
			unexplained = append(unexplained, v)
		}
	}
	for _, d := range known {
		for _, op := range d.Ops {
			if !met[d.on(op)] {
				unused = append(unused, d.on(op))
			}
		}
	}
	return unexplained, unused
}

func (d Drift) on(op string) string { return Violation{op, d.Part, d.Says}.String() }
