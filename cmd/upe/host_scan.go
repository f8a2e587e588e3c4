package main

import (
	"context"
	"fmt"

	"upe/flows/plan"
	"upe/flows/scan"
	"upe/flows/wizard"
)

// firstPlaces is how many places a page names; the command lists them all.
const firstPlaces = 12

// scan implements the host's Scan.
func (h *host) scan(ctx context.Context, folder string) (wizard.Scanned, error) {
	found := wizard.Scanned{Folder: folder}
	tree, root, err := treeOf(folder)
	if err != nil {
		return found, cannotLook(folder, err)
	}
	summary, err := scan.Scan(ctx, scan.Options{FS: tree, Root: root}, func(f scan.File) error {
		for _, hit := range f.Hits {
			if hit.Finding() && len(found.First) < firstPlaces {
				found.First = append(found.First, fmt.Sprintf("%s:%d  %s", shown(folder, root, f.Path), hit.Line, hit.Endpoint))
			}
		}
		return nil
	})
	if err != nil {
		return found, cannotLook(folder, err)
	}
	found.Places, found.Verdict = summary.Findings, summary.Sentence()+" "+summary.Looked()
	for _, c := range summary.Endpoints {
		found.Endpoints = append(found.Endpoints, wizard.Fact{Label: c.Endpoint, Value: fmt.Sprint(c.Findings)})
	}
	return found, nil
}

// codeOf is what a plan carries of a folder's scan.
func (a *app) codeOf(ctx context.Context, folder string) (*plan.Code, error) {
	if folder == "" {
		return nil, nil
	}
	found, err := (&host{app: a}).scan(ctx, folder)
	if err != nil {
		return nil, err
	}
	return found.Code(), nil
}
