// Command bench measures what nobody should have to wait for, and prints it beside its target.
//
//	go run ./bench              everything, about five minutes on two cores that have nothing else to do
//	go run ./bench --quick      the same rows from fewer samples
//	go run ./bench --only keys  one row; the names stand in the first column
//
// It builds the program as it is released, uses it from outside (in terminals of its own, against tenants that this process emulates), and
// says where a target was missed. Its exit code is 0 either way: a busy machine is no mistake. Where something cannot be measured
// the row says why. Standard error tells what is being measured.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// lab is where measurements are made.
type lab struct {
	context.Context

	quick      bool
	work       string // a folder that is thrown away
	upe, empty string // the built programs
}

// few is how many samples to take: less when it has to be quick.
func (l *lab) few(many int) int {
	if l.quick {
		return max(3, many/6)
	}
	return many
}

// measurement makes rows of the table.
type measurement struct {
	name string
	run  func(*lab) ([]row, error)
}

// measurements are all there are, in the order of the table.
func measurements() []measurement {
	return []measurement{
		{"start", start},
		{"process", processes},
		{"keys", keys},
		{"idle", idle},
		{"memory", memory},
		{"size", binarySize},
		{"verify", verify},
		{"migrate", migrate},
		{"large", large},
		{"fleet", fleetOfMany},
		{"actions", actions},
		{"scan", scanTree},
		{"emulator", emulatorAlone},
	}
}

func main() {
	quick := flag.Bool("quick", false, "fewer samples")
	only := flag.String("only", "", "the `ROWS` to measure, separated by commas")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *quick, *only); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, quick bool, only string) error {
	work, err := os.MkdirTemp("", "upe-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	l := &lab{Context: ctx, quick: quick, work: work, upe: filepath.Join(work, "upe"), empty: filepath.Join(work, "empty")}
	if err := l.build(ctx); err != nil {
		return err
	}
	fmt.Println(machine())
	wanted := strings.FieldsFunc(only, func(r rune) bool { return r == ',' })
	heading()
	for _, m := range measurements() {
		if len(wanted) > 0 && !slices.Contains(wanted, m.name) {
			continue
		}
		began := time.Now()
		fmt.Fprintf(os.Stderr, "bench: %s ...\n", m.name)
		rows, err := m.run(l)
		if ctx.Err() != nil {
			return context.Cause(ctx)
		}
		if err != nil {
			rows = append(rows, row{what: "(not measured)", result: err.Error()})
		}
		for _, r := range rows {
			r.print(m.name)
		}
		fmt.Fprintf(os.Stderr, "bench: %s took %.0f s, %s\n", m.name, time.Since(began).Seconds(), load())
	}
	return nil
}

// build builds the program as it is released, and the one that does nothing.
func (l *lab) build(ctx context.Context) error {
	for _, args := range [][]string{{".ci/release", l.upe}, {"go", "build", "-trimpath", "-ldflags", "-s -w", "-o", l.empty, "./bench/empty"}} {
		if said, err := exec.CommandContext(ctx, args[0], args[1:]...).CombinedOutput(); err != nil {
			return fmt.Errorf("%s (bench is run in the folder of go.mod): %w\n%s", strings.Join(args, " "), err, said)
		}
	}
	return nil
}
