package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"upe/ui/safe"
)

func (a *app) newFleetStatus() *cobra.Command {
	c := command("status", "Say where the runs of all tenants stand",
		`status reads the run folders and says for each tenant what its last run waits
for. It sends nothing. Runs of several machines are told together when their
folders are in one directory: name it with --run-dir.`,
		`  upe fleet status
  upe fleet status --run-dir /mnt/runs --json`,
		func(context.Context, []string) error { return a.fleetStatus() })
	c.Args = noArguments
	return c
}

// tenantRuns is where one tenant stands.
type tenantRuns struct {
	Domain string  `json:"domain"`
	Runs   int     `json:"runs"`
	Last   runLine `json:"last"`
}

func (a *app) fleetStatus() error {
	dir, err := a.runsDir()
	if err != nil {
		return err
	}
	dirs, err := runFolders(dir)
	if err != nil {
		return err
	}
	byDomain := map[string]tenantRuns{}
	for _, d := range dirs { // the oldest first, so the last one stays
		line := a.lineOf(d)
		byDomain[line.Domain] = tenantRuns{Domain: line.Domain, Runs: byDomain[line.Domain].Runs + 1, Last: line}
	}
	tenants := []tenantRuns{}
	for _, domain := range slices.Sorted(maps.Keys(byDomain)) {
		tenants = append(tenants, byDomain[domain])
	}
	document := struct {
		Schema  string       `json:"schema"`
		Tenants []tenantRuns `json:"tenants"`
	}{"upe.fleet-status/1", tenants}
	return a.answer(document, func() string { return fleetStatusText(dir, safe.Lines(tenants)) })
}

func fleetStatusText(dir string, tenants []tenantRuns) string {
	if len(tenants) == 0 {
		return "No runs in " + dir + ".\n"
	}
	var out strings.Builder
	g := grid{out: &out, head: []string{"Tenant", "Last run", "Stands"}}
	for _, t := range tenants {
		stands := "finished"
		switch l := t.Last; {
		case l.Error != "":
			stands = "cannot be read: " + l.Error
		case l.Back == "done":
			stands = "taken back"
		case !l.Finished:
			stands = "waits for " + l.WaitsFor
		}
		g.add([]string{cmp.Or(t.Domain, "unknown"), t.Last.Run, stands})
	}
	g.write()
	return out.String()
}
