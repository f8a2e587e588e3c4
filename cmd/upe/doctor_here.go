package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime"
	"slices"
	"strings"

	"upe/flows/report"
	"upe/ui/safe"
	"upe/ui/theme"
)

// storage says where anything is kept on this computer, and who may read it.
func (o *doctorOptions) storage() {
	o.group("On this computer")
	o.add(o.runFolders())
	o.add(exam{ID: "secrets", Title: "Secrets", Status: sound, Result: "none are stored: tokens and passwords live as long as a command does"})
	o.add(o.cliFile())
}

func (o *doctorOptions) runFolders() exam {
	e := exam{ID: "runs", Title: "Runs", Status: sound}
	dir, err := o.app.runsDir()
	if err != nil {
		e.Status, e.Result, e.Do = broken, err.Error(), "name a folder with --run-dir"
		return e
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Result = dir + ", which the first run makes"
		return e
	case err != nil || !info.IsDir():
		e.Status, e.Result, e.Do = broken, dir+" cannot be used", "name another folder with --run-dir"
		return e
	}
	runs, err := runFolders(dir)
	if err == nil {
		err = writable(dir)
	}
	e.Result = fmt.Sprintf("%s, with %s", dir, counted(len(runs), "run", "runs"))
	switch {
	case err != nil:
		e.Status, e.Result, e.Do = broken, dir+" cannot be read and written: "+cause(err), "put right who may write there, or name another folder with --run-dir"
	case runtime.GOOS != "windows" && info.Mode().Perm()&0o077 != 0:
		e.Status, e.Result = warned, e.Result+"; others on this computer may look into it"
		e.Do = "chmod 700 " + dir + " (there is no secret in it, and it tells how the tenant is set up)"
	}
	return e
}

// cause is a file's error without its path.
func cause(err error) string {
	var failed *fs.PathError
	if errors.As(err, &failed) {
		return failed.Err.Error()
	}
	return err.Error()
}

// writable makes a file and removes it again.
func writable(dir string) error {
	file, err := os.CreateTemp(dir, ".doctor-")
	if err != nil {
		return err
	}
	return errors.Join(file.Close(), os.Remove(file.Name()))
}

func (o *doctorOptions) cliFile() exam {
	e := exam{ID: "auth0-cli", Title: "auth0-cli", Status: sound, Result: "no login of it is here"}
	logins, err := o.app.cliLogins()
	switch there := logins.Domains(); {
	case err != nil:
		p := explain(err)
		e.Status, e.Result, e.Do = noted, p.failed, p.do
	case len(there) > 0:
		e.Status, e.Result = noted, "keeps a login for "+strings.Join(there, ", ")+"; --cli-login with --domain uses it, and only reads it"
	}
	return e
}

// terminal says what the wizard would draw on.
func (o *doctorOptions) terminal() {
	o.group("Terminal")
	a := o.app
	if !a.people {
		o.add(exam{
			ID: "terminal", Title: "Wizard", Status: noted, Result: "standard input and output are no terminal",
			Do: "commands work as they are; the wizard goes line by line: upe --accessible",
		})
		return
	}
	kind, _ := a.lookup("TERM")
	e := exam{ID: "terminal", Title: "Wizard", Status: sound, Result: fmt.Sprintf("full screen, %d columns, TERM=%s", a.columns(), kind)}
	switch {
	case a.lineByLine():
		e.Result = "line by line, as --accessible, ACCESSIBLE or TERM=dumb ask for"
	case a.columns() < smallestColumns:
		e.Status, e.Do = warned, fmt.Sprintf("make the window %d columns wide; 80 are comfortable", smallestColumns)
	}
	o.add(e)
	colours := exam{ID: "colours", Title: "Colours", Status: sound, Result: "as the terminal offers them"}
	switch a.theme() {
	case theme.Plain:
		colours.Result = "none of our own, as NO_COLOR or --no-color ask for"
	case theme.HighContrast:
		colours.Result = "of high contrast, as HIGH_CONTRAST or --high-contrast ask for"
	case theme.Normal:
	}
	o.add(colours)
	o.add(a.alphabet())
	editor := exam{ID: "editor", Title: "Editor", Status: sound, Result: "none is found; texts are edited in the wizard itself"}
	if words, err := a.editorCommand(); err == nil {
		editor.Result = strings.Join(words, " ")
	} else if a.set("VISUAL") || a.set("EDITOR") {
		editor.Status, editor.Result, editor.Do = warned, err.Error(), "correct $VISUAL or $EDITOR"
	}
	o.add(editor)
}

// smallestColumns is the width below which the wizard's screens say that they are too small.
const smallestColumns = 60

// alphabet says whether the terminal shows every letter. What a locale says is all there is to go by.
func (a *app) alphabet() exam {
	e := exam{ID: "characters", Title: "Characters", Status: sound, Result: "UTF-8"}
	for _, variable := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		value, _ := a.lookup(variable)
		if value == "" {
			continue
		}
		if upper := strings.ToUpper(value); !strings.Contains(upper, "UTF-8") && !strings.Contains(upper, "UTF8") {
			e.Status, e.Result, e.Do = warned, variable+"="+value+" is not UTF-8", "set LANG=C.UTF-8 or your own language's, or use upe --accessible"
		}
		return e
	}
	if runtime.GOOS != "windows" {
		e.Status, e.Result = noted, "no locale is set; UTF-8 is taken for granted"
	}
	return e
}

// doctorDocument is the JSON form of all that was looked at.
type doctorDocument struct {
	Schema  string       `json:"schema"`
	Domain  string       `json:"domain"`
	Healthy bool         `json:"healthy"` // nothing failed
	Groups  []examGroup  `json:"groups"`
	Scopes  []scopeGroup `json:"scopes"`
}

func (d doctorDocument) text() string {
	d = safe.Lines(d)
	var out strings.Builder
	for i, g := range d.Groups {
		if len(g.Exams) == 0 {
			continue
		}
		if i > 0 {
			out.WriteString("\n")
		}
		out.WriteString(g.Title + "\n")
		for _, e := range g.Exams {
			out.WriteString(e.text())
		}
	}
	return out.String()
}

// text is one line, and what hangs under it.
func (e exam) text() string {
	head := fmt.Sprintf("  %-8s%-16s", e.Status, e.Title)
	indent := strings.Repeat(" ", len(head))
	lines := report.Wrap(e.Result, report.Width-len(head))
	for _, item := range e.Items {
		lines = append(lines, "- "+strings.Join(report.Wrap(item, report.Width-len(head)-2), "\n"+indent+"  "))
	}
	if e.Do != "" {
		lines = slices.Concat(lines, report.Wrap("what to do: "+e.Do, report.Width-len(head)))
	}
	return head + strings.Join(lines, "\n"+indent) + "\n"
}
