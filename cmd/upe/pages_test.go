package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
	"github.com/spf13/pflag"
)

// pagesDir holds one page for each command, made from its help.
const pagesDir = "../../docs/commands"

var manDir = flag.String("man", "", "also write manual pages into this `DIR`")

// updating reports whether -update was given; package termtest defines it.
func updating() bool { return flag.Lookup("update").Value.String() == "true" }

// documented is the command tree as it is documented, the completion command included.
func documented(t *testing.T) []*cobra.Command {
	t.Helper()
	root := testApp(t).root()
	root.InitDefaultCompletionCmd()
	root.DisableAutoGenTag = true
	return append([]*cobra.Command{root}, commands(root)...)
}

// TestCommandPages: docs/commands says what the help says. With -update it writes the pages; with -man DIR manual pages as well:
//
//	go test ./cmd/upe -run TestCommandPages -update
//	go test ./cmd/upe -run TestCommandPages -man "$PWD/man"
func TestCommandPages(t *testing.T) {
	t.Parallel()
	tree := documented(t)
	want := map[string]string{"README.md": contents(tree)}
	for _, c := range tree {
		want[pageName(c)] = page(c)
	}
	if updating() {
		writePages(t, want)
	}
	got := map[string]string{}
	files, err := filepath.Glob(filepath.Join(pagesDir, "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		got[filepath.Base(path)] = string(raw)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("docs/commands is not what the help says; -update writes it (-want +got):\n%s", diff)
	}
	if *manDir != "" {
		manual(t, tree[0])
	}
}

// TestManualPages: every command has one, in the form that man reads.
func TestManualPages(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	tree := documented(t)
	manualIn(t, tree[0], dir)
	for _, c := range tree {
		raw, err := os.ReadFile(filepath.Join(dir, strings.ReplaceAll(c.CommandPath(), " ", "-")+".1"))
		if err != nil || !strings.Contains(string(raw), ".SH NAME") || !strings.Contains(string(raw), ".TH") {
			t.Errorf("%s: %v", c.CommandPath(), err)
		}
	}
}

func manual(t *testing.T, root *cobra.Command) {
	t.Helper()
	if err := os.MkdirAll(*manDir, 0o755); err != nil {
		t.Fatal(err)
	}
	manualIn(t, root, *manDir)
}

func manualIn(t *testing.T, root *cobra.Command, dir string) {
	t.Helper()
	date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC) // the same help makes the same pages
	if err := doc.GenManTree(root, &doc.GenManHeader{Title: "UPE", Section: "1", Source: "upe", Manual: "upe", Date: &date}, dir); err != nil {
		t.Fatal(err)
	}
}

func writePages(t *testing.T, pages map[string]string) {
	t.Helper()
	if err := os.RemoveAll(pagesDir); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(pagesDir, 0o755); err != nil {
		t.Fatal(err)
	}
	for name, text := range pages {
		if err := os.WriteFile(filepath.Join(pagesDir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") + ".md" }

// contents lists the pages in the order of the help.
func contents(tree []*cobra.Command) string {
	var out strings.Builder
	out.WriteString("# Commands\n\nOne page for each command, made from its `--help`.\n\n")
	for _, c := range tree {
		fmt.Fprintf(&out, "- [%s](%s): %s\n", c.CommandPath(), pageName(c), c.Short)
	}
	out.WriteString("\n[Exit codes, error codes and schemas](../exit-codes.md). [What is stored where](../security.md).\n")
	return out.String()
}

// page is the help of a command as Markdown.
func page(c *cobra.Command) string {
	var out strings.Builder
	fmt.Fprintf(&out, "# %s\n\n%s.\n\n%s", c.CommandPath(), c.Short, prose(c.Long))
	if c.Runnable() {
		fmt.Fprintf(&out, "## Usage\n\n    %s\n\n", c.UseLine())
	}
	if c.Example != "" {
		fmt.Fprintf(&out, "## Examples\n\n%s\n\n", indentedBlock(c.Example))
	}
	if subs := slices.DeleteFunc(c.Commands(), func(s *cobra.Command) bool { return s.Hidden }); len(subs) > 0 {
		out.WriteString("## Commands\n\n")
		for _, s := range subs {
			fmt.Fprintf(&out, "- [%s](%s): %s\n", s.CommandPath(), pageName(s), s.Short)
		}
		out.WriteString("\n")
	}
	out.WriteString(flagTable(c))
	if c.HasParent() {
		out.WriteString("The flags of every command are those of [upe](upe.md#flags).\n")
	}
	return strings.TrimRight(out.String(), "\n") + "\n"
}

// prose is a help text: what is set in by blanks stays as it is.
func prose(text string) string {
	var out strings.Builder
	for _, part := range strings.Split(strings.TrimSpace(text), "\n\n") {
		lines := strings.Split(part, "\n")
		at := slices.IndexFunc(lines, func(l string) bool { return strings.HasPrefix(l, " ") || strings.HasPrefix(l, "\t") })
		if at < 0 {
			at = len(lines)
		}
		if at > 0 {
			out.WriteString(strings.NewReplacer("<", "&lt;", "*", `\*`).Replace(strings.Join(lines[:at], "\n")) + "\n\n")
		}
		if at < len(lines) {
			out.WriteString(indentedBlock(strings.Join(lines[at:], "\n")) + "\n\n")
		}
	}
	return out.String()
}

// indentedBlock is text as Markdown shows it unchanged.
func indentedBlock(text string) string {
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	for i, line := range lines {
		lines[i] = strings.TrimRight("    "+strings.TrimPrefix(strings.ReplaceAll(line, "\t", "    "), "  "), " ")
	}
	return strings.Join(lines, "\n")
}

// flagTable lists the flags that are the command's own.
func flagTable(c *cobra.Command) string {
	var rows strings.Builder
	row := func(f *pflag.Flag) {
		if f.Hidden || f.Name == "help" {
			return
		}
		value, says := pflag.UnquoteUsage(f)
		name := "--" + f.Name
		if f.Shorthand != "" {
			name = "-" + f.Shorthand + ", " + name
		}
		if value != "" {
			name += " " + value
		}
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" && f.DefValue != "[]" {
			says += " (default " + f.DefValue + ")"
		}
		says = strings.NewReplacer("\n", " ", "|", `\|`, "<", "&lt;", "*", `\*`).Replace(says)
		fmt.Fprintf(&rows, "| `%s` | %s |\n", name, says)
	}
	c.NonInheritedFlags().VisitAll(row)
	if rows.Len() == 0 {
		return ""
	}
	return "## Flags\n\n| flag | |\n| --- | --- |\n" + rows.String() + "\n"
}
