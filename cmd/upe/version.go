package main

import (
	"context"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// buildInfo says which program this is.
type buildInfo struct {
	Schema  string `json:"schema"`
	Version string `json:"version"` // "v1.2.3", or "devel" when it was built from a working tree
	Commit  string `json:"commit,omitempty"`
	Time    string `json:"time,omitempty"` // of the commit
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
}

func (a *app) newVersion() *cobra.Command {
	c := command("version", "Say which upe this is", "version prints the version, the commit it was built from, and the system it is\nfor.", "",
		func(context.Context, []string) error { return a.version() })
	c.Args = noArguments
	return c
}

func (a *app) version() error {
	b := build()
	return a.answer(b, func() string {
		return fmt.Sprintf("upe %s\ncommit %s\n%s %s/%s\n", b.Version, b.Commit, b.Go, b.OS, b.Arch)
	})
}

// build reads what the Go toolchain wrote into the program.
func build() buildInfo {
	b := buildInfo{Schema: "upe.version/1", Version: "devel", Commit: "unknown", Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return b
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		b.Version = v
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			b.Commit = s.Value
		case "vcs.time":
			b.Time = s.Value
		}
	}
	return b
}
