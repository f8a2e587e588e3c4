package main

import (
	"encoding/json"
	"runtime/debug"
)

// bom is the part of CycloneDX 1.6 that says what a program is made of. It has neither time nor chance in it, so that the same program
// has the same document.
type bom struct {
	Format     string      `json:"bomFormat"`
	Version    string      `json:"specVersion"`
	Document   int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type       string     `json:"type"`
	Name       string     `json:"name"`
	Version    string     `json:"version,omitempty"`
	PURL       string     `json:"purl,omitempty"`
	Licenses   []licensed `json:"licenses,omitempty"`
	Properties []property `json:"properties,omitempty"`
}

type licensed struct {
	Expression string `json:"expression"`
}

type property struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// cycloneDX writes the document of a program.
func cycloneDX(info *debug.BuildInfo, modules []module) ([]byte, error) {
	program := component{Type: "application", Name: "upe", Version: info.Main.Version, Licenses: under("MIT")}
	for _, s := range info.Settings {
		program.Properties = append(program.Properties, property{"go:" + s.Key, s.Value})
	}
	document := bom{Format: "CycloneDX", Version: "1.6", Document: 1, Metadata: metadata{program}}
	for _, m := range modules {
		c := component{Type: "library", Name: m.path, Version: m.version, PURL: m.purl, Licenses: under(m.licence)}
		if m.sum != "" {
			c.Properties = []property{{"go:sum", m.sum}} // Go's own hash of the module's files, as in go.sum
		}
		document.Components = append(document.Components, c)
	}
	return json.MarshalIndent(document, "", "  ")
}

func under(expression string) []licensed { return []licensed{{expression}} }
