package scan

// SARIF is a log in the Static Analysis Results Interchange Format 2.1.0, which code scanning services read. Of that format it has what they
// show: rules, places, messages.
type SARIF struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool       sarifTool     `json:"tool"`
	ColumnKind string        `json:"columnKind"`
	Results    []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver sarifDriver `json:"driver"`
}

type sarifDriver struct {
	Name    string      `json:"name"`
	Version string      `json:"version,omitempty"`
	Rules   []sarifRule `json:"rules"`
}

type sarifRule struct {
	ID    string    `json:"id"`
	Name  string    `json:"name"`
	Short sarifText `json:"shortDescription"`
	Full  sarifText `json:"fullDescription"`
	Help  sarifText `json:"help"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifResult struct {
	Rule      string            `json:"ruleId"`
	Index     int               `json:"ruleIndex"`
	Level     string            `json:"level"` // error, warning or note
	Message   sarifText         `json:"message"`
	Locations []sarifLocation   `json:"locations"`
	Prints    map[string]string `json:"partialFingerprints"`
}

type sarifLocation struct {
	Physical sarifPhysical `json:"physicalLocation"`
}

type sarifPhysical struct {
	Artifact sarifArtifact `json:"artifactLocation"`
	Region   sarifRegion   `json:"region"`
}

type sarifArtifact struct {
	URI string `json:"uri"`
}

type sarifRegion struct {
	Line    int        `json:"startLine"`
	Column  int        `json:"startColumn"`
	Snippet *sarifText `json:"snippet,omitempty"`
}

// NewSARIF puts files into a log. The version is that of the program.
func NewSARIF(version string, files []File) SARIF {
	driver := sarifDriver{Name: "upe scan", Version: version}
	index := map[string]int{}
	for i, row := range Rows() {
		index[row.ID] = i
		driver.Rules = append(driver.Rules, ruleOf(row))
	}
	results := []sarifResult{} // a log without results has an empty list
	for _, f := range files {
		results = append(results, resultsOf(f, index)...)
	}
	return SARIF{
		Schema: "https://json.schemastore.org/sarif-2.1.0.json", Version: "2.1.0",
		Runs: []sarifRun{{sarifTool{driver}, "unicodeCodePoints", results}},
	}
}

func ruleOf(row Row) sarifRule {
	name := row.Ecosystem
	if row.Versions != "" {
		name += " " + row.Versions
	}
	return sarifRule{
		ID: row.ID, Name: name, Short: sarifText{name + ": stops working with the Unified Phone Experience"},
		Full: sarifText{"Looks for " + row.Finds + ". After the switch: " + row.After + "."}, Help: sarifText{"Use instead: " + row.Instead.String()},
	}
}

func resultsOf(f File, index map[string]int) []sarifResult {
	var results []sarifResult
	same := map[string]int{}
	for _, h := range f.Hits {
		// A fingerprint survives lines that are added above.
		key := h.Row + " " + h.Endpoint + " " + h.Text
		same[key]++
		region := sarifRegion{Line: h.Line, Column: h.Column}
		if h.Text != "" {
			region.Snippet = &sarifText{h.Text}
		}
		results = append(results, sarifResult{
			Rule: h.Row, Index: index[h.Row], Level: level(h.Confidence), Message: sarifText{message(h)},
			Locations: []sarifLocation{{sarifPhysical{sarifArtifact{uri(f.Path)}, region}}},
			Prints:    map[string]string{"upeScan/v1": fingerprint(key, same[key])},
		})
	}
	return results
}

func message(h Hit) string {
	text := h.Endpoint + " (" + string(h.Confidence) + "). After the switch: " + h.After + ". Use instead: " + h.Instead + "."
	if h.Note != "" {
		text += " " + h.Note
	}
	return text
}

func level(c Confidence) string {
	switch c {
	case Certain:
		return "error"
	case Likely, Unknown:
		return "warning"
	case Hint:
	}
	return "note"
}
