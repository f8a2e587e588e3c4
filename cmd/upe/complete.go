package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/flows/plan"
	"upe/flows/translate"
	"upe/testdata"
	"upe/ui/safe"
)

// completions tells the shell what can stand where. Nothing is asked of a tenant: a key press must not send a request.
func (a *app) completions(root *cobra.Command) {
	complete(root, "scenario", func(cmd *cobra.Command, _ []string) []cobra.Completion {
		if cmd.Name() == "check" {
			return append([]cobra.Completion{allScenarios}, testdata.Tenants()...)
		}
		return testdata.Tenants()
	})
	complete(root, "domain", func(*cobra.Command, []string) []cobra.Completion { return a.domains() })
	for _, c := range commands(root) {
		if strings.Contains(c.Use, "RUN") {
			c.ValidArgsFunction = a.completeRun(strings.Contains(c.Use, "PLAN") || strings.Contains(c.Use, "FILE"))
		}
		for flag, values := range map[string][]string{
			"show/format": forms(), "scan/format": {"text", "json", "sarif"}, "test/channel": {"sms", "voice"},
			"translate/style": {string(translate.Auto), string(translate.Rewrite), string(translate.Adapter)},
		} {
			if name, flag, _ := strings.Cut(flag, "/"); name == c.Name() {
				complete(c, flag, func(*cobra.Command, []string) []cobra.Completion { return values })
			}
		}
		if c.Flags().Lookup("move") != nil {
			complete(c, "move", func(_ *cobra.Command, args []string) []cobra.Completion { return a.moves(args) })
		}
	}
}

// noOther has the commands that the library adds, help and completion, refuse what they do not know: it would answer with a help text,
// and with success.
func noOther(root *cobra.Command) {
	root.InitDefaultHelpCmd()
	root.InitDefaultCompletionCmd()
	for _, c := range root.Commands() {
		switch c.Name() {
		case "help":
			c.Args = func(_ *cobra.Command, args []string) error {
				if found, rest, err := root.Find(args); err != nil || found == root && len(rest) > 0 {
					return noArguments(root, args)
				}
				return nil
			}
		case "completion":
			c.Args, c.RunE = noArguments, func(c *cobra.Command, _ []string) error { return c.Help() }
			for _, shell := range c.Commands() {
				shell.Args = noArguments
			}
		}
	}
}

// commands are all commands below one.
func commands(c *cobra.Command) []*cobra.Command {
	var all []*cobra.Command
	for _, sub := range c.Commands() {
		all = append(append(all, sub), commands(sub)...)
	}
	return all
}

// complete offers values for a flag, and no files.
func complete(c *cobra.Command, flag string, values func(cmd *cobra.Command, args []string) []cobra.Completion) {
	err := c.RegisterFlagCompletionFunc(flag, func(cmd *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		return starting(values(cmd, args), begun), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // there is no such flag: a mistake that the first call of the program shows
	}
}

// starting are the values that begin as what was typed does.
func starting(values []cobra.Completion, begun string) []cobra.Completion {
	return slices.DeleteFunc(slices.Clone(values), func(v cobra.Completion) bool { return !strings.HasPrefix(v, begun) })
}

// completeRun offers runs, each with its tenant and what it waits for, the newest first; and files where a plan will do as well.
func (a *app) completeRun(files bool) cobra.CompletionFunc {
	return func(_ *cobra.Command, args []string, begun string) ([]cobra.Completion, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		directive := cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveKeepOrder
		if files {
			directive = cobra.ShellCompDirectiveKeepOrder
		}
		var runs []cobra.Completion
		for _, f := range a.knownRuns() {
			line := a.lineOf(f.dir)
			stands := "finished"
			if !line.Finished {
				stands = "waits for " + line.WaitsFor
			}
			runs = append([]cobra.Completion{cobra.CompletionWithDesc(a.runName(f), safe.Line(line.Domain+", "+stands))}, runs...)
		}
		return starting(runs, begun), directive
	}
}

// moves are those of the run that was named.
func (a *app) moves(args []string) []cobra.Completion {
	if len(args) == 0 {
		return []cobra.Completion{plan.MoveMFA}
	}
	f, err := a.findRun(args[0])
	if err != nil {
		return nil
	}
	var all []cobra.Completion
	for _, m := range f.plan.Summary.Moves {
		all = append(all, cobra.CompletionWithDesc(safe.Line(m.ID), safe.Line(m.Title)))
	}
	return all
}

// domains are the tenants that this computer knows of: of runs, and of auth0-cli's logins.
func (a *app) domains() []cobra.Completion {
	var all []cobra.Completion
	for _, f := range a.knownRuns() {
		all = append(all, safe.Line(f.plan.Tenant.Domain))
	}
	if logins, err := a.cliLogins(); err == nil {
		for _, domain := range logins.Domains() {
			all = append(all, safe.Line(domain))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
