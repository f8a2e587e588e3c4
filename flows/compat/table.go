package compat

import "fmt"

// Document is a page of Auth0's documentation.
type Document struct {
	Title string `json:"title"`
	// Path is the page below https://auth0.com.
	Path string `json:"path"`
}

// URL is the address of the page.
func (d Document) URL() string { return "https://auth0.com" + d.Path }

// MFADocument is the page with tables A and B, the event mapping and the
// legacy endpoints.
func MFADocument() Document {
	return Document{
		Title: "Use Auth0's Unified Phone Experience for Multi-Factor Authentication",
		Path:  "/docs/customize/phone-messages/unified-phone/use-auth0s-unified-phone-experience-for-multi-factor-authentication",
	}
}

// PasswordlessDocument is the page with table P and the custom SMS gateway
// example.
func PasswordlessDocument() Document {
	return Document{
		Title: "Use the Unified Phone Experience for Passwordless",
		Path:  "/docs/customize/phone-messages/unified-phone/unified-phone-experience-passwordless",
	}
}

// Table is one documented compatibility table.
type Table struct {
	// ID is our name for the table: "A" (MFA factors change), "B" (delivery
	// methods change, MFA) or "P" (delivery methods change, Passwordless).
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Document Document `json:"document"`
	// Columns are the documented headings, word for word. The last one heads
	// Row.Action.
	Columns [4]string `json:"columns"`
	// Rows are the documented rows, in the documented order.
	Rows []Row `json:"rows"`
	// Missing are the situations of the same kind without a row, with what the
	// rule says about them.
	Missing []Row `json:"missing"`
}

// Row is one row of a table, documented or missing.
type Row struct {
	// ID is the table and the position, "A1"; missing rows count "A+1".
	ID string `json:"id"`
	// Cells are the three sets of the row as documented, in column order.
	Cells [3]string `json:"cells"`
	// Action is the documented user action, word for word; empty in a missing
	// row.
	Action string `json:"action"`
	// Rule is what the subset rule says, in the documented words where they
	// exist.
	Rule string `json:"rule"`
	// Erratum says what is wrong with the documented row. It is empty when the
	// row agrees with the rule. In a missing row it says what is missing.
	Erratum string `json:"erratum,omitempty"`
	// Situation is the row read as sets.
	Situation Situation `json:"situation"`
}

// Documented reports whether Auth0's documentation has the row.
func (r Row) Documented() bool { return r.Action != "" }

// Agrees reports whether the documented action is what the rule says.
func (r Row) Agrees() bool { return r.Action == r.Rule }

// Tables returns the documented tables A, B and P.
func Tables() []Table { return []Table{tableA(), tableB(), tableP()} }

// Errata returns the documented rows that contradict the rule, each other, or
// what can be done.
func Errata() []Row {
	var wrong []Row
	for _, table := range Tables() {
		for _, row := range table.Rows {
			if row.Erratum != "" {
				wrong = append(wrong, row)
			}
		}
	}
	return wrong
}

// Lookup returns the documented rows that speak about the situation, with their
// errata: from table A when the MFA factors change, from B when the delivery
// methods change under MFA, from P when they change under Passwordless. It
// returns nil when no documented row does. Two rows of one table (A5 and A6)
// speak about the same situation.
func Lookup(s Situation) []Row {
	var found []Row
	for _, table := range Tables() {
		key, ok := tableKey(table.ID, s)
		for _, row := range table.Rows {
			if rowKey, _ := tableKey(table.ID, row.Situation); ok && rowKey == key {
				found = append(found, row)
			}
		}
	}
	return found
}

// tableKey reduces a situation to the three cells a table has columns for, and
// reports whether the table is about this kind of situation at all.
func tableKey(id string, s Situation) (key [3]string, ok bool) {
	switch id {
	case "A":
		return cells(s.Factors, s.WantFactors, s.WantMethods), s.Factors != s.WantFactors
	case "B":
		return cells(s.WantFactors, s.Methods, s.WantMethods), s.Methods != s.WantMethods
	default:
		return cells(FactorsOf(FactorSMS), s.Methods, s.WantMethods), s.Passwordless && s.Methods != s.WantMethods
	}
}

func cells(sets ...fmt.Stringer) (c [3]string) {
	for i, set := range sets {
		c[i] = set.String()
	}
	return c
}
