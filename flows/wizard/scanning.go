package wizard

import (
	"context"
	"fmt"
	"strings"

	"upe/flows/plan"
)

// Scanned is what a scan of a folder of source code came to.
type Scanned struct {
	Folder    string   // as it was typed
	Verdict   string   // in a sentence
	Places    int      // that stop working after the switch
	Endpoints []Fact   // what they reach, and how often
	First     []string // the first of them: "infra/guardian.tf:12"
}

// Keys of scanning; no answers file has them.
const (
	keyFolder    Key = "scan.folder"
	keyNextAfter Key = "scan.next" // what next, asked once more after the scan
	keyEndAfter  Key = "scan.end"
)

// nextScan is the answer that leads to a scan.
const nextScan = "scan"

// scanOption offers a scan where the program can read folders.
func (c conversation) scanOption() []Option {
	if !c.known.Scans {
		return nil
	}
	return []Option{{Value: nextScan, Label: "Look through a folder of your code for what stops working"}}
}

// scanPages ask for a folder, and show the plan once more with what was found there. They are the pages behind a review that was
// answered so.
func (c conversation) scanPages(made plan.Plan) []Page {
	if c.text(keyNext) != nextScan {
		return nil
	}
	again := c.reviewed(made, keyNextAfter)
	again.ID = "review-scanned"
	again.Blocks = append(c.scanned(), again.Blocks...)
	return []Page{c.scanFolder("scan", StageReview), again}
}

// nextAnswer is what the person wants next, asked before or after a scan.
func (c conversation) nextAnswer() string {
	if c.text(keyNext) == nextScan {
		return c.text(keyNextAfter)
	}
	return c.text(keyNext)
}

// scanFolder asks for a folder and looks through it.
func (c conversation) scanFolder(id string, stage Stage) Page {
	p := page(id, stage, "A folder of your code",
		"Terraform, Deploy CLI files, services that call the Management API, applications that show login errors: what is in your code that stops working?")
	p.Questions = []Question{{
		Key: keyFolder, Kind: Line, Title: "Which folder?", Default: ".",
		Help: "Everything below it is read, but for what .gitignore leaves out and for vendored code. Links are not followed.",
		Check: func(v Value) error {
			if text, _ := v.(string); strings.TrimSpace(text) == "" {
				return fmt.Errorf("name a folder; . is the one in which upe was started")
			}
			return nil
		},
	}}
	p.Continue, p.Safe = "Look through it", "Only files on this computer are read."
	p.Effect = &Effect{Title: "Looking through your code", Do: func(ctx context.Context, host Host, given Answers, update func(func(Known) Known)) error {
		folder, _ := given[keyFolder].(string)
		found, err := host.Scan(ctx, strings.TrimSpace(folder))
		if err != nil {
			return err
		}
		update(func(k Known) Known { k.Scanned, k.Scanning = &found, false; return k })
		return nil
	}}
	return p
}

// scanned shows what was found.
func (c conversation) scanned() []Block {
	s := c.known.Scanned
	if s == nil {
		return nil
	}
	tone := Good
	if s.Places > 0 {
		tone = Careful
	}
	blocks := []Block{Facts{Title: "Your code in " + s.Folder, Rows: s.Endpoints}, Text{Body: s.Verdict, Tone: tone}}
	if s.Places > 0 {
		blocks = append(blocks,
			Text{Title: "The first of them", Body: strings.Join(s.First, "\n")},
			Code{Title: "To see every place, and what to use instead", Text: "upe scan " + s.Folder})
	}
	return blocks
}

// code is what the plan carries of a scan.
func (c conversation) code() *plan.Code {
	if c.known.Scanned == nil || c.text(keyNext) != nextScan {
		return nil
	}
	return c.known.Scanned.Code()
}

// Code is the scan as a plan carries it.
func (s Scanned) Code() *plan.Code {
	code := &plan.Code{Folder: s.Folder, Places: s.Places}
	for _, row := range s.Endpoints {
		code.Endpoints = append(code.Endpoints, row.Value+" × "+row.Label)
	}
	return code
}

// reportScan is the page for a folder, behind the report; nil: nobody asked for it.
func (c conversation) reportScan() *Page {
	if !c.known.Scanning {
		return nil
	}
	p := c.scanFolder("report-scan", StageReport)
	p.Leave = func(k Known) Known { k.Scanning = false; return k }
	return &p
}

// endKey is the key of the report's question: another one after a scan, so that the scan is not offered as the last answer.
func (c conversation) endKey() Key {
	if c.known.Scanned != nil {
		return keyEndAfter
	}
	return keyEnd
}
