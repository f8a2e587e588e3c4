package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	uv "github.com/charmbracelet/ultraviolet"
)

// seconds is how long a picture stands in the film.
const seconds = 2

// photographer keeps pictures, and makes a film of all.
type photographer struct {
	dir, work string
	colours   colours
	frames    []string
}

// take draws the cells. A picture without a name is a frame of the film only.
func (p *photographer) take(name string, cells [][]uv.Cell) error {
	drawing := filepath.Join(p.work, fmt.Sprintf("frame-%02d.svg", len(p.frames)))
	if err := os.WriteFile(drawing, []byte(p.colours.svg(cells)), 0o600); err != nil {
		return err
	}
	picture := strings.TrimSuffix(drawing, ".svg") + ".png"
	if err := tool("rsvg-convert", "-o", picture, drawing); err != nil {
		return err
	}
	p.frames = append(p.frames, picture)
	if name == "" {
		return nil
	}
	target := filepath.Join(p.dir, name+".png")
	raw, err := os.ReadFile(picture)
	if errors.Is(err, os.ErrNotExist) { // without the tool the drawing is the picture
		target = filepath.Join(p.dir, name+".svg")
		raw, err = os.ReadFile(drawing)
	}
	if err != nil {
		return err
	}
	return os.WriteFile(target, raw, 0o644) //nolint:gosec // a picture for everybody
}

// film puts all frames into one GIF.
func (p *photographer) film() error {
	var list strings.Builder
	for _, frame := range p.frames {
		fmt.Fprintf(&list, "file '%s'\nduration %d\n", frame, seconds)
	}
	fmt.Fprintf(&list, "file '%s'\n", p.frames[len(p.frames)-1])
	order := filepath.Join(p.work, "frames.txt")
	if err := os.WriteFile(order, []byte(list.String()), 0o600); err != nil {
		return err
	}
	return tool("ffmpeg", "-y", "-loglevel", "error", "-f", "concat", "-safe", "0", "-i", order,
		"-vf", "fps=1,split[a][b];[a]palettegen=max_colors=16[p];[b][p]paletteuse=dither=none:diff_mode=rectangle", filepath.Join(p.dir, "migration.gif"))
}

// tool runs a program if there is one of that name.
func tool(name string, args ...string) error {
	path, err := exec.LookPath(name)
	if err != nil {
		fmt.Fprintln(os.Stderr, "pictures: there is no", name)
		return nil
	}
	if said, err := exec.Command(path, args...).CombinedOutput(); err != nil { //nolint:noctx // a tool's
		return fmt.Errorf("%s: %w: %s", name, err, said)
	}
	return nil
}
