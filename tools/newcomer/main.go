// Command newcomer does what the first screen of the README says, as somebody would who has cloned the project and owns nothing but Go.
//
//	go run ./tools/newcomer
//
// What git knows of the tree, as it stands, is copied to a folder of its own, and the two commands are read from the README that is among
// it. The first is run in a terminal until the wizard's first page stands there, and left; the second, the tests, is run to its end. Both have
// an empty home. Only what Go itself has fetched and compiled is shared with the outside: to a newcomer too the first build happens once.
//
// It fails where a command fails, where the wizard does not come, and where the wizard left something in the home.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
)

// firstPage is the title of the wizard's first page.
const firstPage = "Before we start"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := newcomer(ctx)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "newcomer:", err)
		os.Exit(1)
	}
}

func newcomer(ctx context.Context) (err error) {
	work, err := os.MkdirTemp("", "newcomer-")
	if err != nil {
		return err
	}
	defer func() {
		if gone := os.RemoveAll(work); err == nil {
			err = gone
		}
	}()
	clone, home := filepath.Join(work, "upe"), filepath.Join(work, "home")
	if err := copyTree(ctx, clone); err != nil {
		return fmt.Errorf("copy the tree: %w", err)
	}
	if err := os.Mkdir(home, 0o700); err != nil {
		return err
	}
	try, test, err := commands(filepath.Join(clone, "README.md"))
	if err != nil {
		return err
	}
	env, err := environment(ctx, home)
	if err != nil {
		return err
	}
	if err := visit(command(ctx, clone, env, try), firstPage); err != nil {
		return fmt.Errorf("%s: %w", try, err)
	}
	fmt.Printf("%s: the wizard came, and went when it was left\n", try)
	if err := untouched(home); err != nil {
		return err
	}
	tests := command(ctx, clone, env, test)
	tests.Stdout, tests.Stderr = os.Stdout, os.Stderr
	if err := tests.Run(); err != nil {
		return fmt.Errorf("%s: %w", test, err)
	}
	fmt.Printf("%s: passed\n", test)
	return nil
}

// command is a line of the README, given to a shell.
func command(ctx context.Context, dir string, env []string, line string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "sh", "-c", line) //nolint:gosec // the README's own words
	cmd.Dir, cmd.Env = dir, env
	return cmd
}
