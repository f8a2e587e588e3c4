// Command dependencies tells which modules are in a built program, from what Go wrote into it.
//
//	go run ./tools/dependencies PROGRAM                   a line each: module, version, licence
//	go run ./tools/dependencies -texts FILE PROGRAM       their licences in full as well, as packages have to carry them
//	go run ./tools/dependencies -sbom FILE PROGRAM        a CycloneDX document
//
// It fails where a module has a licence that is not in its list, or none.
package main

import (
	"debug/buildinfo"
	"flag"
	"fmt"
	"os"
	"runtime/debug"
	"strings"
)

func main() {
	texts := flag.String("texts", "", "write the licences in full to this `FILE`")
	sbom := flag.String("sbom", "", "write a CycloneDX document to this `FILE`")
	flag.Parse()
	if flag.NArg() != 1 {
		fmt.Fprintln(os.Stderr, "usage: dependencies [-texts FILE] [-sbom FILE] PROGRAM")
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *texts, *sbom); err != nil {
		fmt.Fprintln(os.Stderr, "dependencies:", err)
		os.Exit(1)
	}
}

func run(program, texts, sbom string) error {
	info, err := buildinfo.ReadFile(program)
	if err != nil {
		return err
	}
	modules, err := find(info.Deps)
	if err != nil {
		return err
	}
	for _, m := range modules {
		fmt.Printf("%-50s %-40s %s\n", m.path, m.version, m.licence)
	}
	if texts != "" {
		if err := os.WriteFile(texts, []byte(together(modules)), 0o644); err != nil {
			return err
		}
	}
	if sbom == "" {
		return nil
	}
	document, err := cycloneDX(info, modules)
	if err != nil {
		return err
	}
	return os.WriteFile(sbom, document, 0o644)
}

// together is every licence in full.
func together(modules []module) string {
	var out strings.Builder
	out.WriteString("upe holds these modules. Each is under its own licence, which follows it.\n")
	for _, m := range modules {
		fmt.Fprintf(&out, "\n%s\n%s %s (%s)\n%[1]s\n\n%[5]s\n", strings.Repeat("-", 80), m.path, m.version, m.licence, strings.TrimSpace(m.text))
	}
	return out.String()
}

// replaced is the module that was really built.
func replaced(m *debug.Module) *debug.Module {
	if m.Replace != nil {
		return m.Replace
	}
	return m
}
