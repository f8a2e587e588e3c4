// Command pictures takes pictures of the program's screens, for the README and for looking at them.
//
//	go run ./tools/pictures -o docs/pictures
//
// It builds the program, sits at it in a terminal of its own (80 columns, 24 lines), types what a script says, and writes what stands in
// the terminal's cells as SVG. Where rsvg-convert is installed each becomes a PNG, and where ffmpeg is, all of them a GIF:
//
//	apt-get install -y librsvg2-bin fonts-jetbrains-mono ffmpeg
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
)

func main() {
	out := flag.String("o", "pictures", "the `DIR` to write to")
	light := flag.Bool("light", false, "as on a light terminal")
	columns := flag.Int("columns", 80, "the terminal's `WIDTH`")
	lines := flag.Int("lines", 24, "the terminal's `HEIGHT`")
	flag.Parse()
	if err := run(*out, *columns, *lines, *light); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

func run(out string, columns, lines int, light bool) error {
	work, err := os.MkdirTemp("", "pictures")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(work) }()
	program := filepath.Join(work, "upe")
	if said, err := exec.Command("go", "build", "-o", program, "./cmd/upe").CombinedOutput(); err != nil { //nolint:noctx // a tool's
		return fmt.Errorf("build the program: %w: %s", err, said)
	}
	if err := os.MkdirAll(out, 0o755); err != nil {
		return err
	}
	p := photographer{dir: out, work: work, colours: dark}
	if light {
		p.colours = bright
	}
	sitting, err := sit(program, work, columns, lines, light)
	if err != nil {
		return err
	}
	defer sitting.leave()
	for _, s := range migration {
		if err := sitting.until(s.until); err != nil {
			return err
		}
		if err := p.take(s.name, sitting.cells()); err != nil {
			return err
		}
		for _, key := range s.keys {
			if err := sitting.press(key); err != nil {
				return err
			}
		}
	}
	return p.film()
}
