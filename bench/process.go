package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// processes measures whole processes: what a shell waits for.
func processes(l *lab) ([]row, error) {
	var rows []row
	for _, argument := range []string{"version", "--help"} {
		took, err := l.times(l.upe, argument)
		if err != nil {
			return rows, err
		}
		nothing, err := l.times(l.empty, "--nothing")
		if err != nil {
			return rows, err
		}
		rows = append(rows, row{
			"upe " + argument, "<= 10 ms", ms(took.median()), fmt.Sprintf("whole process, median of %d, p90 %s; %s that fails at once takes %s",
				len(took), ms(took.at(0.9)), "the do-nothing program without a terminal", ms(nothing.median())),
			took.median() > 10*time.Millisecond,
		})
	}
	return rows, nil
}

// times runs a program again and again. One that ends with an error has run as well.
func (l *lab) times(program, argument string) (samples, error) {
	var took samples
	for range l.few(60) {
		c := exec.CommandContext(l, program, argument)
		c.Env = clean()
		began := time.Now()
		if err := c.Run(); err != nil && c.ProcessState == nil {
			return nil, fmt.Errorf("run %s: %w", program, err)
		}
		took = append(took, time.Since(began))
	}
	return took, nil
}

// binarySize is how large the released program is.
func binarySize(l *lab) ([]row, error) {
	info, err := os.Stat(l.upe)
	if err != nil {
		return nil, err
	}
	return []row{{
		"size of the program", "<= 22 MB", fmt.Sprintf("%s (%d bytes)", mb(info.Size()), info.Size()),
		"as .ci/release builds it", info.Size() > 22e6,
	}}, nil
}

// cpuOf is the processor time that a process has had, all its threads together. Linux tells it exactly.
func cpuOf(pid int) (time.Duration, error) {
	tasks, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", pid))
	if err != nil || len(tasks) == 0 {
		return 0, fmt.Errorf("the processor time of a running process is read from /proc, which Linux has")
	}
	var sum time.Duration
	for _, task := range tasks {
		raw, err := os.ReadFile(task)
		if err != nil {
			continue // that thread has ended
		}
		first, _, _ := strings.Cut(string(raw), " ")
		ns, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, err
		}
		sum += time.Duration(ns)
	}
	return sum, nil
}

// residentPeak is the most memory that a running process has had, in bytes.
func residentPeak(pid int) (int64, error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, fmt.Errorf("the memory of a running process is read from /proc, which Linux has: %w", err)
	}
	_, rest, _ := strings.Cut(string(raw), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0, fmt.Errorf("/proc tells no memory of %d", pid)
	}
	kb, err := strconv.ParseInt(fields[0], 10, 64)
	return kb * 1024, err
}
