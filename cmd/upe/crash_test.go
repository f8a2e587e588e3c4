package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"upe/flows/wizard"
)

// mistake is a model that panics, with a secret in its hands.
type mistake struct{ inView bool }

func (m mistake) Init() tea.Cmd { return nil }

func (m mistake) Update(msg tea.Msg) (tea.Model, tea.Cmd) {
	if _, ok := msg.(tea.KeyPressMsg); ok && !m.inView {
		panic("hush-hush")
	}
	return m, nil
}

func (m mistake) View() tea.View {
	if m.inView {
		panic(errors.New("hush-hush"))
	}
	return tea.NewView("all is well")
}

// TestACrash: a mistake of ours ends the program in order, and leaves a report that says where and holds no value.
func TestACrash(t *testing.T) {
	t.Parallel()
	for name, m := range map[string]mistake{"in Update": {}, "in View": {inView: true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			keys, typist := io.Pipe()
			model := &careful{Model: m}
			program := tea.NewProgram(model, tea.WithInput(keys), tea.WithOutput(&out), tea.WithoutSignalHandler(), tea.WithWindowSize(80, 24))
			model.end = program.Quit
			go func() { _, _ = typist.Write([]byte("x")) }()
			if _, err := program.Run(); err != nil {
				t.Fatal(err)
			}
			if model.crash == nil || strings.Contains(out.String(), "hush") {
				t.Fatalf("crash %v, screen %q", model.crash, out.String())
			}
			dir := t.TempDir()
			a := &app{system: system{now: time.Now, random: func() string { return "bcdfghjk" }}, global: globals{runDir: filepath.Join(dir, "runs")}}
			err := a.crashed(model.crash)
			var told *problem
			if !errors.As(err, &told) || told.code != "crash" || strings.Contains(told.text(), "hush") {
				t.Errorf("told %v", err)
			}
			files, err := filepath.Glob(filepath.Join(dir, "crash-*.txt"))
			if err != nil || len(files) != 1 {
				t.Fatal(files, err)
			}
			report, err := os.ReadFile(files[0])
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(string(report), "hush") || !strings.Contains(string(report), "crash_test.go") {
				t.Errorf("the report:\n%s", report)
			}
		})
	}
}

// TestACrashOfAnEffect: what an effect does wrong is an error of its page, with the same report.
func TestACrashOfAnEffect(t *testing.T) {
	t.Parallel()
	e := &wizard.Effect{Do: func(context.Context, wizard.Host, wizard.Answers, func(func(wizard.Known) wizard.Known)) error {
		panic("hush-hush")
	}}
	err := e.Run(t.Context(), wizard.Host{}, nil, nil)
	var crash *wizard.Crash
	if !errors.As(err, &crash) || !strings.Contains(string(crash.Stack()), "crash_test.go") {
		t.Fatal(err)
	}
	a := &app{system: system{now: time.Now, random: func() string { return "bcdfghjk" }}, global: globals{runDir: filepath.Join(t.TempDir(), "runs")}}
	var told *problem
	if !errors.As(a.reportedCrash(err), &told) || strings.Contains(told.text(), "hush") {
		t.Error(told)
	}
}
