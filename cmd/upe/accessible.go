package main

import (
	"context"
	"errors"
	"strings"

	"golang.org/x/term"

	"upe/ui/linear"
)

// lineByLine reports whether the conversation is asked for line by line: by the flag, by the variable ACCESSIBLE, or by a terminal that
// can do nothing but print. A pipe takes part only when it was asked for, since a TERM of dumb is common where nobody sits.
func (a *app) lineByLine() bool {
	accessible, _ := a.lookup("ACCESSIBLE")
	kind, _ := a.lookup("TERM")
	return a.global.accessible || affirmed(accessible) || a.people && kind == "dumb"
}

// affirmed reports whether the value of a variable switches something on.
func affirmed(value string) bool {
	switch strings.ToLower(value) {
	case "", "0", "false", "no", "off":
		return false
	}
	return true
}

// talk holds the conversation line by line, and reports whether the person went back to the ways to connect.
func (a *app) talk(ctx context.Context, h *host) (back bool, err error) {
	in, width := a.lineInput()
	err = linear.Run(ctx, linear.Options{
		Session: h.talk, Host: h.functions(), In: in, Out: a.out, Now: a.now, Width: width,
		Greeted: a.ways != nil, Follows: a.ways != nil, Editor: a.editLines(ctx),
	})
	switch {
	case errors.Is(err, linear.ErrBack):
		return true, nil
	case errors.Is(err, linear.ErrInputEnded):
		return false, inputEnded(err)
	}
	return false, a.reportedCrash(err)
}

// editLines is the person's own editor for the conversation line by line; nil where there is no terminal for one.
func (a *app) editLines(ctx context.Context) func(name, text string) (linear.Editor, error) {
	if !a.people {
		return nil
	}
	open := a.edit(ctx)
	return func(name, text string) (linear.Editor, error) {
		e, err := open(name, text)
		if err != nil {
			return nil, err
		}
		e.SetStdin(a.in)
		e.SetStdout(a.out)
		e.SetStderr(a.err)
		return e, nil
	}
}

// typed are the lines of a terminal, which shows them as they are typed unless they are to be hidden.
type typed struct {
	*linear.Lines
	terminal int
}

// Read implements [linear.Input]. What was typed ahead was shown already, and is taken as it is.
func (t typed) Read(ctx context.Context, hidden bool) (string, error) {
	if !hidden || t.Ahead() {
		return t.Lines.Read(ctx, hidden)
	}
	before, err := term.GetState(t.terminal)
	if err != nil {
		return "", err
	}
	type line struct {
		text []byte
		err  error
	}
	read := make(chan line, 1)
	go func() {
		text, err := term.ReadPassword(t.terminal)
		read <- line{text, err}
	}()
	select {
	case l := <-read:
		return string(l.text), l.err
	case <-ctx.Done():
		// The read goes on until the process ends; the terminal must not stay as it is meanwhile.
		return "", errors.Join(context.Cause(ctx), term.Restore(t.terminal, before))
	}
}
