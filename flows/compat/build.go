package compat

import "strconv"

// table reads the documented rows, asks the rule about each, and adds the
// situations the documentation leaves out.
func table(id, title string, doc Document, columns [4]string, rows []documented) Table {
	t := Table{ID: id, Title: title, Document: doc, Columns: columns}
	seen := map[[3]string]bool{}
	for i, d := range rows {
		c := [3]string{d.first, d.second, d.third}
		s := situation(id, c)
		seen[c] = true
		t.Rows = append(t.Rows, Row{id + strconv.Itoa(i+1), c, d.action, ruleAction(id, s), d.erratum, s})
	}
	for _, c := range combinations(id) {
		if !seen[c] {
			s := situation(id, c)
			t.Missing = append(t.Missing, Row{id + "+" + strconv.Itoa(len(t.Missing)+1), c, "", ruleAction(id, s), missing(s), s})
		}
	}
	return t
}

// situation reads the three cells of a row.
func situation(id string, c [3]string) Situation {
	switch id {
	case "A":
		tenant := Needed(factors(c[2]))
		return Situation{Factors: factors(c[0]), WantFactors: factors(c[1]), Methods: tenant, WantMethods: tenant}
	case "B":
		mfa := factors(c[0])
		return Situation{Factors: mfa, WantFactors: mfa, Methods: Needed(factors(c[1])), WantMethods: Needed(factors(c[2]))}
	default:
		return Situation{Methods: Needed(factors(c[1])), WantMethods: Needed(factors(c[2])), Passwordless: true}
	}
}

// factors reads a cell; it undoes [Set.String].
func factors(cell string) Factors {
	for _, f := range nonEmpty() {
		if f.String() == cell {
			return f
		}
	}
	return Factors{}
}

func nonEmpty() []Factors {
	return []Factors{FactorsOf(FactorSMS), FactorsOf(FactorVoice), FactorsOf(FactorSMS, FactorVoice)}
}

// ruleAction is what the rule says about a row of the table: the documented
// words for "something must change" differ from table to table.
func ruleAction(id string, s Situation) string {
	if s.Holds() {
		return actionNone
	}
	switch id {
	case "A":
		return actionUpdateProvider
	case "B":
		return actionUpdateFactors
	default:
		return actionKeepText
	}
}

// combinations lists every situation a table could have a row for: what the
// table is about changes, and nothing is empty.
func combinations(id string) [][3]string {
	var all [][3]string
	for _, a := range nonEmpty() {
		for _, b := range nonEmpty() {
			for _, c := range nonEmpty() {
				changes := a != b
				if id != "A" {
					changes = b != c
				}
				if changes && (id != "P" || a == FactorsOf(FactorSMS)) {
					all = append(all, cells(a, b, c))
				}
			}
		}
	}
	return all
}

// missing says why a row is not there, as far as can be told.
func missing(s Situation) string {
	if s.HeldBefore() {
		return "The documentation has no row for this."
	}
	return "The documentation has no row for this: today's settings already break the rule."
}
