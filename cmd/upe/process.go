package main

import (
	"context"
	"crypto/rand"
	"io"
	"os"
	"os/signal"
	"syscall"
	"time"

	"golang.org/x/term"

	"upe/client/login"
)

// system is what a command may touch of the process it runs in.
type system struct {
	in       io.Reader
	out, err io.Writer

	lookup func(name string) (value string, found bool) // an environment variable
	now    func() time.Time
	random func() string // eight letters
	chance io.Reader     // for what is signed

	keyring login.Keyring // where auth0-cli keeps its login; nil: there is none

	people  bool // standard input and output are terminals: somebody can be asked
	watched bool // standard error is a terminal: somebody sees progress

	width func() int // columns of standard output; 0 where nobody knows. nil: nobody does

	signals func() (context.Context, context.CancelFunc)
}

// process is the system of this process.
func process() system {
	return system{
		in: os.Stdin, out: os.Stdout, err: os.Stderr,
		lookup: os.LookupEnv, now: time.Now, random: randomLetters,
		chance: rand.Reader, keyring: login.SystemKeyring{},
		people:  terminal(os.Stdin) && terminal(os.Stdout),
		watched: terminal(os.Stderr),
		width:   width,
		signals: signals,
	}
}

func terminal(f *os.File) bool { return term.IsTerminal(int(f.Fd())) }

// width is how many columns the terminal at standard output has; 0 when it is none.
func width() int {
	columns, _, err := term.GetSize(int(os.Stdout.Fd()))
	if err != nil {
		return 0
	}
	return columns
}

// columns is how wide a table may be: as wide as the terminal, and 80 columns in a file or a pipe.
func (s system) columns() int {
	if s.width != nil && s.width() > 0 {
		return s.width()
	}
	return narrowColumns
}

// signals is a context that ends with the first interrupt, hang-up or request to terminate. From then on signals do what they
// always do, so a second one kills.
func signals() (context.Context, context.CancelFunc) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}

// randomLetters are eight letters that nobody can guess. There is no digit among them: a journal hides what looks like a phone
// number.
func randomLetters() string {
	const letters = "bcdfghjklmnpqrst"
	var raw [8]byte
	_, _ = rand.Read(raw[:]) // never fails, see crypto/rand
	for i, b := range raw {
		raw[i] = letters[int(b)%len(letters)]
	}
	return string(raw[:])
}
