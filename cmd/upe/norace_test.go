//go:build !race

package main

import (
	"path/filepath"

	"upe/testdata"
)

// scripts are all of them.
func scripts() []string {
	files, _ := filepath.Glob("testdata/script/*.txt") // the pattern is well formed
	return files
}

// scenarios that the commands migrate are all.
func scenarios() []string { return testdata.Tenants() }
